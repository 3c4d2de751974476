"""The editors' preview of a public page: the same page, with everything that is not public yet, marked as such."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.dossier import load_case
from cases.pages import case_page


def preview_case(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the page of a case with its drafts, to an editor who may see the case; the site lets no cache keep it."""
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    dossier = load_case(slug, drafts=True)
    if dossier is None:
        raise Http404
    page = case_page(dossier, request.GET, today=timezone.localdate())
    context = {"page": page, "record": page.record, "case": dossier.case, "noindex": True, "here": request.path}
    part = getattr(request, "htmx", False) and page.record is not None
    template = "components/record.html" if part else "cases/case.html"
    return render(request, template, {**context, "part": part})

"""The editors' preview of a public page: the same page, with everything that is not public yet, marked as such."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.dossier import load_case


def preview_case(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the page of a case with its drafts, to an editor who may see the case."""
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    dossier = load_case(slug, drafts=True)
    if dossier is None:
        raise Http404
    context = {"dossier": dossier, "as_of": timezone.localdate(), "preview": True}
    response = render(request, "cases/case.html", context)
    response["Cache-Control"] = "no-store"
    return response

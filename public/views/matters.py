"""The page of a matter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.choices import Editorial
from cases.dossier import load_matter
from cases.models import Matter
from cases.pages import matter_page
from cases.templatetags.record import unmarked
from people.addresses import was_public
from public.corrections import corrections_of
from public.errors import gone
from public.reading import pushed_url, reader_page, wants_part
from public.sharing import Share, citation


@reader_page
def matter(request: HttpRequest, slug: str) -> HttpResponse:
    """``/matters/SLUG/``: every defendant's charges and every linked case, each with its own status."""
    dossier = load_matter(slug)
    if dossier is None:
        if _was_taken_away(slug):
            return gone(request)
        raise Http404
    page = matter_page(dossier, request.GET, today=timezone.localdate())
    if wants_part(request):
        part = {"record": page.record, "page": page, "here": request.path, "part": True}
        response = render(request, "components/record.html", part)
        response.headers["HX-Push-Url"] = pushed_url(request)
        return response
    context = {
        "page": page,
        "matter": dossier.matter,
        "corrections": corrections_of(dossier.matter) if page.is_today else [],
        "section": "cases",
        "noindex": page.noindex or bool(request.GET),
        "canonical": request.build_absolute_uri(dossier.matter.get_absolute_url()),
        "here": request.path,
        "share": Share(unmarked(dossier.matter.title), "Every charge, ruling and outcome of each case, with sources."),
        "cite": citation(request, dossier.matter.title, page.as_of),
        "crumbs": [("Start", reverse("public:home")), (dossier.matter.title, "")],
    }
    return render(request, "matters/matter.html", context)


def _was_taken_away(slug: str) -> bool:
    """Whether readers could open this matter, and it was withdrawn, or withdrawn and then deleted."""
    state = Matter.objects.filter(slug=slug).values_list("editorial_state", flat=True).first()
    return state == Editorial.WITHDRAWN or (state is None and was_public("matter", slug))

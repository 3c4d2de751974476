"""The courts that have a case in the record, and the page of one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.listing import Listing, listed_by_court
from cases.models import Case, Court
from public.lists import page_of_cases
from public.reading import reader_page


@reader_page
def court_list(request: HttpRequest) -> HttpResponse:
    """``/courts/``."""
    counts = listed_by_court()
    courts = list(
        Court.objects.filter(pk__in=counts)
        .select_related("jurisdiction")
        .order_by("jurisdiction__name", "name", "slug")
    )
    for one in courts:
        one.listed_cases = counts[one.pk]  # type: ignore[attr-defined]  # for the template
    context = {"title": "Courts", "section": "courts", "courts": courts}
    return render(request, "courts/index.html", context)


@reader_page
def court(request: HttpRequest, slug: str) -> HttpResponse:
    """``/courts/SLUG/``: the court and its listed cases. A court of the reference data has its page without any, too.

    One that an editor added is nobody's yet but theirs, until somebody has published a case of it.
    """
    found = Court.objects.filter(slug=slug).select_related("jurisdiction").first()
    if found is None or not (found.source_key or Case.objects.listed().filter(court=found).exists()):
        raise Http404
    page, rows = page_of_cases(Listing(court=found.pk), request.GET)
    context = {
        "title": found.name,
        "section": "courts",
        "court": found,
        "page": page,
        "rows": rows,
        "noindex": bool(request.GET) or any(row.noindex for row in rows),
        "canonical": request.build_absolute_uri(request.path),
        "crumbs": [("Courts", reverse("public:courts")), (found.name, "")],
    }
    return render(request, "courts/court.html", context)

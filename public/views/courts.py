"""The courts that have a case in the record, and the page of one of them."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.models import Case, Court
from public.lists import page_of_cases
from public.reading import reader_page


@reader_page
def court_list(request: HttpRequest) -> HttpResponse:
    """``/courts/``."""
    listed = Q(cases__in=Case.objects.listed())
    courts = (
        Court.objects.filter(listed)
        .annotate(listed_cases=Count("cases", filter=listed, distinct=True))
        .select_related("jurisdiction")
        .order_by("jurisdiction__name", "name", "slug")
    )
    context = {"title": "Courts", "section": "courts", "courts": courts}
    return render(request, "courts/index.html", context)


@reader_page
def court(request: HttpRequest, slug: str) -> HttpResponse:
    """``/courts/SLUG/``: the court and its listed cases. A court without any still has its page."""
    found = Court.objects.filter(slug=slug).select_related("jurisdiction").first()
    if found is None:
        raise Http404
    page, rows = page_of_cases(Case.objects.listed().filter(court=found), request.GET)
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

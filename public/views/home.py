"""The start page: what this is, the matters, and what was decided of late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.models import Case, Matter
from public.lists import case_rows, matter_rows
from public.reading import reader_page
from public.sharing import Share

MATTERS, DECIDED = 12, 6


@reader_page
def home(request: HttpRequest) -> HttpResponse:
    """``/``."""
    decided = Case.objects.listed().filter(derived_status="disposed").latest_first()[:DECIDED]
    matters = matter_rows(Matter.objects.published().latest_first()[:MATTERS])
    rows = case_rows(decided)
    context = {
        "title": "Court cases, with their sources",
        "matters": matters,
        "decided": rows,
        "noindex": any(row.noindex for row in (*rows, *(one for matter in matters for one in matter.cases))),
        "share": Share(
            "Docketline", "Who was charged, what was decided, and whether it is final: court cases, act by act."
        ),
        "total": Case.objects.listed().count(),
    }
    return render(request, "pages/home.html", context)

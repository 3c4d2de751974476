"""The start page: what this is, the matters, and what was decided of late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.law.vocabulary import CaseStatus
from cases.listing import Listing
from cases.models import Matter
from public.lists import matter_rows, rows_of
from public.reading import reader_page
from public.sharing import Share

MATTERS, DECIDED = 12, 6


@reader_page
def home(request: HttpRequest) -> HttpResponse:
    """``/``."""
    decided = Listing(status=CaseStatus.DISPOSED.value)[:DECIDED]
    matters = matter_rows(Matter.objects.published().latest_first()[:MATTERS])
    rows = rows_of(decided)
    context = {
        "title": "Court cases, with their sources",
        "matters": matters,
        "decided": rows,
        "noindex": any(row.noindex for row in (*rows, *(one for matter in matters for one in matter.cases))),
        "share": Share(
            "Docketline", "Who was charged, what was decided, and whether it is final: court cases, act by act."
        ),
        "total": Listing().count(),
    }
    return render(request, "pages/home.html", context)

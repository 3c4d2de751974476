"""The list of all corrections, and its feed."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from public.corrections import IN_THE_FEED, ON_A_PAGE, CorrectionForm, CorrectionRow, correction_rows, list_url
from public.lists import page_asked
from public.reading import reader_page


@reader_page
def corrections(request: HttpRequest) -> HttpResponse:
    """``/corrections/``: what was changed in what could be read here, newest first."""
    form = CorrectionForm(request.GET)
    page = Paginator(form.corrections(), ON_A_PAGE).get_page(page_asked(request.GET))
    rows = correction_rows(page.object_list)
    context = {
        "title": "Corrections",
        "section": "corrections",
        "form": form,
        "case": form.cleaned_data.get("case"),
        "page": page,
        "rows": rows,
        "noindex": bool(request.GET) or any(row.noindex for row in rows),
        "canonical": request.build_absolute_uri(request.path),
    }
    return render(request, "corrections/list.html", context)


class CorrectionFeed(Feed):
    """``/corrections/feed/``: the newest of them as Atom; it takes the same questions as the page."""

    feed_type = Atom1Feed
    title = "Docketline: corrections"
    subtitle = "What was changed in what could be read here, and why."
    author_name = "Docketline"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_object(self, request: HttpRequest) -> tuple[CorrectionForm, str]:
        """The question, and the address of this site."""
        return CorrectionForm(request.GET), request.build_absolute_uri("/")

    def link(self) -> str:
        return reverse("public:corrections")

    def items(self, asked: tuple[CorrectionForm, str]) -> Iterable[tuple[CorrectionRow, str]]:
        form, site = asked
        return [(row, site) for row in correction_rows(form.corrections()[:IN_THE_FEED])]

    def item_title(self, item: tuple[CorrectionRow, str]) -> str:
        row, _ = item
        return printable(f"{row.kind_label}: {'; '.join(where.caption.replace('*', '') for where in row.places)}")

    def item_description(self, item: tuple[CorrectionRow, str]) -> str:
        """The sentence, escaped: readers of feeds take this text for HTML."""
        row, _ = item
        return escape(printable(row.sentence))

    def item_link(self, item: tuple[CorrectionRow, str]) -> str:
        return item[0].url

    def item_guid(self, item: tuple[CorrectionRow, str]) -> str:
        row, site = item
        return f"{site.rstrip('/')}{list_url(row)}"

    def item_pubdate(self, item: tuple[CorrectionRow, str]) -> datetime:
        return item[0].made_at

    def item_updateddate(self, item: tuple[CorrectionRow, str]) -> datetime:
        return item[0].made_at

    def item_categories(self, item: tuple[CorrectionRow, str]) -> list[str]:
        return [item[0].kind]


def printable(text: str) -> str:
    """Leave out what XML can not carry."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))


feed = reader_page(CorrectionFeed())

"""Rows of lists: cases and matters in a few lines each, from stored answers, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils.timezone import localdate

from cases.checking import bring_up_to_date
from cases.law.vocabulary import CaseKind, CaseStatus, Finality
from cases.listing import Listing
from cases.models import Case
from cases.pages.parts import WITHHELD, Badge, caption_of, finality_badge, may_name, status_badge
from cases.querysets import CaseQuerySet, MatterQuerySet, kept_defendants, published_defendants
from people.choices import Visibility

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """One defendant in a row: the name, if it may be told, and where they stand."""

    name: str
    wording: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list. ``wording`` is the case's own; ``noindex``: search engines may keep no page that lists it."""

    caption: str
    url: str
    kind: str
    court: str
    docket_number: str
    years: str
    status: Badge
    finality: Badge | None
    standings: tuple[Standing, ...]
    wording: str = ""
    noindex: bool = False

    @property
    def only(self) -> str:
        """Where the one defendant stands, if there is only one."""
        return self.standings[0].wording if len(self.standings) == 1 else ""


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter in a list, with its cases: each has its own status, the matter has none."""

    title: str
    url: str
    summary: str
    cases: tuple[CaseRow, ...]


class PageForm(forms.Form):
    """Which page of a list is asked for."""

    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)


def page_asked(asked: Mapping[str, Any]) -> int:
    """The page number asked for. Nonsense gives the first page; a number too high ends at the last."""
    form = PageForm(asked)
    return (form.cleaned_data["page"] or 1) if form.is_valid() else 1


def page_of_cases(listing: Listing, asked: Mapping[str, Any]) -> tuple[Page[int], list[CaseRow]]:
    """One page of ``listing``, and its rows. Two or three queries more: for the count, and who is on the page."""
    pages: Paginator[int] = Paginator(listing, A_PAGE)  # type: ignore[arg-type]  # it counts and gives slices: enough
    page = pages.get_page(page_asked(asked))
    return page, rows_of(list(page.object_list))


def rows_of(ids: Sequence[int]) -> list[CaseRow]:
    """The rows of the cases with these ids, in their order. Whether each may be listed is asked of the case itself."""
    order = {pk: at for at, pk in enumerate(ids)}
    found = _with_defendants(Case.objects.listed().filter(pk__in=order))
    return _rows(sorted(found, key=lambda case: order[case.pk]))


def matter_rows(matters: MatterQuerySet) -> list[MatterRow]:
    """The rows of ``matters`` with their listed cases: four queries."""
    cases = _with_defendants(Case.objects.listed()).order_by("first_act_on", "slug")
    found = list(matters.prefetch_related(Prefetch("cases", cases)))
    rows = iter(_rows([case for matter in found for case in matter.cases.all()]))
    return [
        MatterRow(matter.title, matter.get_absolute_url(), matter.summary, tuple(islice(rows, len(matter.cases.all()))))
        for matter in found
    ]


def years_of(case: Case) -> str:
    """The years from the first act to the latest: "2023–2024"."""
    first, latest = case.first_act_on, case.latest_act_on
    if first is None or latest is None:
        return ""
    return str(first.year) if first.year == latest.year else f"{first.year}–{latest.year}"


def badges_of(case: Case) -> tuple[Badge, Badge | None]:
    """A case's stored status and finality; an override that holds today is in the stored status."""
    status = CaseStatus(case.derived_status)
    return status_badge(CaseKind(case.kind), status), finality_badge(Finality(case.derived_finality))


def _with_defendants(cases: CaseQuerySet) -> CaseQuerySet:
    shown = (
        published_defendants()
        .exclude(person__visibility=Visibility.SEALED)
        .select_related("person")
        .order_by("position", "person__sort_name", "pk")
    )
    # Asked of the cases of the page: as a condition of each case in the record it takes half a minute among many.
    kept = Prefetch("defendants", kept_defendants(), to_attr="kept_back")
    return cases.select_related("court").prefetch_related(Prefetch("defendants", shown), kept)


def _rows(cases: Sequence[Case]) -> list[CaseRow]:
    """The rows of loaded cases; what time has changed since it was stored is derived anew."""
    bring_up_to_date(cases, *(row for case in cases for row in case.defendants.all()), on=localdate())
    return [_row(case) for case in cases]


def _row(case: Case) -> CaseRow:
    status, finality = badges_of(case)
    withheld = case.visibility == Visibility.NAME_WITHHELD
    standings: Iterable[Standing] = (
        Standing(WITHHELD if withheld or not may_name(row) else row.person.name, row.derived_wording)
        for row in case.defendants.all()
    )
    return CaseRow(
        caption=caption_of(case),
        url=case.get_absolute_url(),
        kind=case.get_kind_display(),
        court=case.court.short_name or case.court.name,
        docket_number=case.docket_number,
        years=years_of(case),
        status=status,
        finality=finality,
        standings=tuple(standings),
        wording=case.derived_wording,
        noindex=case.visibility != Visibility.PUBLIC or bool(vars(case)["kept_back"]),
    )

"""`make bench-lists`: the lists of a large record, beside a row by its primary key and beside Django's own ways.

It asks the database that `make bench-search` built, and builds nothing. What is asked in turn, in one process, is the
whole page of each list; the same rows by Django's paginator over the same tables (a count, a page and a count for each
choice, in SQL that Django writes); and, of the desk, the stock list with its ``search_fields``.
"""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import _timed, prepare

ROUNDS, MOST_SECONDS = 3, 12  # a way that takes so long is asked once
PAGES = (
    "/", "/cases/", "/cases/?page=4000", "/cases/?year=2019", "/cases/?q=smith", "/cases/?q=state",
    "/cases/?outcome=conviction", "/cases/?court=court-5&status=disposed&year=2019", "/courts/", "/courts/court-5/",
    "/people/", "/people/?page=4000", "/people/?q=smith", "/people/?q=smith&court=court-5", "/corrections/",
    "/corrections/feed/", "/cases/case-5/feed/",
)  # fmt: skip
DESK = (
    "/desk/cases/case/", "/desk/cases/case/?q=smith", "/desk/people/person/", "/desk/people/person/?q=john+smith",
    "/desk/cases/event/", "/desk/cases/defendant/", "/desk/cases/defendant/?q=smith",
    "/desk/autocomplete/?app_label=cases&model_name=defendant&field_name=person&term=smith",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.lists", description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="number of persons")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/docketline-bench"))  # noqa: S108 - scratch
    asked = parser.parse_args()
    prepare(asked.folder, asked.size)
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import transaction
    from django.test import Client

    from bench.rivals import floor

    settings.ALLOWED_HOSTS = ["*"]
    floors = [_timed(floor, pk) for pk in range(1, 60)]
    least = median(cpu for _, cpu, _ in floors)
    print(
        f"{asked.size:,} persons; milliseconds, the median of {ROUNDS}, by the clock and of work (the time of processors)"
    )
    print(f"A row by its primary key: {median(ms for ms, _, _ in floors):.2f}, work {least:.2f}. Ratios are of work.")
    print(f"{'':88}{'ours':>7}{'work':>7}{'x floor':>9}{'stock':>8}{'work':>7}{'x ours':>8}")
    reader = Client()
    stock = _stock()
    for address in PAGES:
        _line(address, least, _page(reader, address), stock.get(address))
    with transaction.atomic():  # whoever signs in here is gone afterwards
        editor = Client()
        editor.force_login(User.objects.create_superuser("bench-lists"))
        for address in DESK:
            _line(address, least, _page(editor, address), None)
        transaction.set_rollback(True)


def _page(client: Any, address: str) -> Callable[[], object]:
    def ask() -> None:
        answer = client.get(address, HTTP_HOST="127.0.0.1")
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    return ask


def _line(address: str, least: float, ours: Callable[[], object], stock: Callable[[], object] | None) -> None:
    ms, work = _medians(ours)
    beside = ""
    if stock is not None:
        theirs, worked = _medians(stock)
        beside = f"{theirs:8.0f}{worked:7.0f}{worked / work:8.0f}" if theirs else f"{'given up':>15}"
    print(f"{address:88}{ms:7.0f}{work:7.0f}{work / least:9.0f}{beside}", flush=True)


def _medians(act: Callable[[], object]) -> tuple[float, float]:
    """By the clock and of work, once warm; nought where the statement timeout ended it."""
    from django.db import OperationalError

    times: list[tuple[float, float]] = []
    try:
        while len(times) <= ROUNDS and sum(ms for ms, _ in times) < MOST_SECONDS * 1000:
            ms, cpu, _ = _timed(lambda _: act(), None)
            times.append((ms, cpu))
    except OperationalError:
        return 0.0, 0.0
    counted = times[1:] or times
    return median(ms for ms, _ in counted), median(cpu for _, cpu in counted)


def _stock() -> dict[str, Callable[[], object]]:
    """The same cases, counted, paged and counted by choices as Django does it over the tables of the record."""
    from django.core.paginator import Paginator
    from django.db.models import Count, Exists, OuterRef, Q, QuerySet

    from cases.models import Case, Charge, Defendant, Event

    def listed() -> QuerySet[Case]:
        return Case.objects.listed()

    def shown(cases: QuerySet[Case], number: int = 1) -> Callable[[], object]:
        def ask() -> None:
            page = Paginator(cases.latest_first().select_related("court"), 20).get_page(number)
            list(page.object_list)
            for column in ("court", "kind", "derived_status", "derived_finality"):
                list(cases.order_by().values_list(column).annotate(n=Count("pk")))
            ended = Charge.objects.filter(defendant__case__in=cases, created_by__editorial_state="published")
            list(ended.values_list("derived_class").annotate(n=Count("defendant__case", distinct=True)))

        return ask

    acts = Event.objects.published().filter(case=OuterRef("pk"), on__range=(date(2019, 1, 1), date(2019, 12, 31)))
    called = Defendant.objects.filter(case=OuterRef("pk"), person__folded__contains="smith")
    return {
        "/cases/": shown(listed()),
        "/cases/?page=4000": shown(listed(), 4000),
        "/cases/?year=2019": shown(listed().filter(Exists(acts))),
        "/cases/?q=smith": shown(listed().filter(Q(folded__contains="smith") | Exists(called))),
        "/cases/?q=state": shown(listed().filter(folded__contains="state")),
        "/courts/court-5/": shown(listed().filter(court__slug="court-5")),
    }


if __name__ == "__main__":
    main()

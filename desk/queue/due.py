"""What is due: dates that passed, windows to appeal that ended, public cases that nobody verified for 90 days.

Each leaves the list when somebody says “verified today, nothing new”. A passed date comes back a week later, until
somebody has said what came of it; an ended window does not.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse

from cases.choices import Editorial
from cases.law.dates import day_words
from cases.law.vocabulary import Finality, Occurrence
from cases.models import Case, Event
from desk.queue.rows import A_LIST, Group, Row, Section, row_of
from people.choices import Visibility

UNVERIFIED_FOR = timedelta(days=90)
AGAIN_AFTER = timedelta(days=7)
NOTHING_NEW = "Verified today, nothing new"


def passed(today: date) -> QuerySet[Event]:
    """Acts of public cases that are still scheduled, on a day that has passed, and not verified since or lately."""
    looked = Q(case__verified_on__gt=F("on"), case__verified_on__gte=today - AGAIN_AFTER)
    rows = Event.objects.filter(occurrence=Occurrence.SCHEDULED, on__lt=today, case__isnull=False)
    rows = rows.exclude(editorial_state=Editorial.WITHDRAWN).filter(_public("case__")).exclude(looked)
    return rows.exclude(precision="month", on__gt=today - timedelta(days=31)).exclude(
        precision="year", on__gt=today - timedelta(days=366)
    )


def ended(today: date) -> QuerySet[Case]:
    """Public cases whose estimated window to appeal has ended, and which nobody verified since."""
    open_ = (Finality.APPEALABLE, Finality.FINAL)
    rows = Case.objects.filter(_public(), derived_deadline__lt=today, derived_finality__in=open_)
    return rows.filter(Q(verified_on__isnull=True) | Q(verified_on__lte=F("derived_deadline")))


def unverified(today: date) -> QuerySet[Case]:
    """Public cases that nobody verified for 90 days, or ever."""
    rows = Case.objects.filter(_public())
    return rows.filter(Q(verified_on__isnull=True) | Q(verified_on__lt=today - UNVERIFIED_FOR))


def _public(where: str = "") -> Q:
    return Q(**{f"{where}editorial_state": Editorial.PUBLISHED}) & ~Q(**{f"{where}visibility": Visibility.SEALED})


def due(today: date, *, may_verify: bool) -> list[Section]:
    """Return the lists of what is due; those that are empty are left out."""
    cases = reverse("admin:cases_case_changelist")
    acts = reverse("admin:cases_event_changelist")
    sections = [
        _section(
            "A scheduled date has passed",
            passed(today).select_related("case", "matter").order_by("on", "pk"),
            f"{acts}?due=passed",
            lambda act: _act(act, may_verify=may_verify),
        ),
        _section(
            "A window to appeal has ended",
            ended(today).order_by("derived_deadline", "pk"),
            f"{cases}?due=ended",
            lambda case: _case(case, f"About {day_words(case.derived_deadline)}, by estimate.", may_verify=may_verify),
        ),
        _unverified(today, f"{cases}?due=unverified", may_verify=may_verify),
    ]
    return [section for section in sections if section.total]


def _unverified(today: date, more: str, *, may_verify: bool) -> Section:
    """Return the cases that nobody verified; of many only how many in each matter, since none is urgent by itself."""
    heading, found = "Not verified for 90 days", unverified(today)
    total = found.count()
    if total > A_LIST:
        hint = "choose many there, and verify them at once" if may_verify else ""
        return Section(heading, (), more, total, tuple(_by_matter(found, more)), hint)
    return _section(
        heading,
        found.order_by(F("verified_on").asc(nulls_first=True), "pk"),
        more,
        lambda case: _case(
            case,
            f"Last on {day_words(case.verified_on)}." if case.verified_on else "Never verified.",
            may_verify=may_verify,
        ),
        total=total,
    )


def _by_matter(found: QuerySet[Case], more: str) -> Iterator[Group]:
    """Yield how many there are in each matter: first where most were never looked at, then by the oldest look."""
    never = Count("pk", filter=Q(verified_on__isnull=True))
    by = found.values("matter", "matter__title").annotate(many=Count("pk"), never=never, oldest=Min("verified_on"))
    for row in by.order_by("-never", "oldest", "matter__title")[:A_LIST]:
        told = f"{row['never']} never verified" if row["never"] else f"the oldest on {day_words(row['oldest'])}"
        where = f"{more}&matter={row['matter']}" if row["matter"] is not None else more
        yield Group(row["matter__title"] or "Cases of no matter", row["many"], told, where)


def _section(heading: str, found: QuerySet, more: str, row: object, *, total: int | None = None) -> Section:
    rows = tuple(row(thing) for thing in found[:A_LIST])  # type: ignore[operator]  # a function, of one row each
    total = found.count() if total is None else total
    return Section(heading, rows, more if total > len(rows) else "", total)


def _case(case: Case, words: str, *, may_verify: bool) -> Row:
    do, label = ("verify", NOTHING_NEW) if may_verify else ("", "")
    return row_of(case, words, do=do, label=label)


def _act(act: Event, *, may_verify: bool) -> Row:
    """An act's button verifies its case."""
    shown = row_of(act, "Say what came of it." if may_verify else "Tell an editor what came of it.")
    if not may_verify or act.case is None:
        return shown
    tend = reverse("admin:tend", args=["case", act.case.pk])
    return replace(shown, tend_url=tend, do="verify", label=NOTHING_NEW, became=act)

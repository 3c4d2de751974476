"""What is due: dates that passed, windows to appeal that ended, public cases that nobody verified for 90 days.

Each leaves the list when somebody says “verified today, nothing new”. A passed date comes back a week later, until
somebody has said what came of it; an ended window does not.
"""

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from cases.choices import Editorial
from cases.law.dates import day_words
from cases.law.vocabulary import Finality, Occurrence
from cases.models import Case, Event
from desk.queue.rows import A_LIST, Row, Section, row_of
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
        _section(
            "Not verified for 90 days",
            unverified(today).order_by(F("verified_on").asc(nulls_first=True), "pk"),
            f"{cases}?due=unverified",
            lambda case: _case(
                case,
                f"Last on {day_words(case.verified_on)}." if case.verified_on else "Never verified.",
                may_verify=may_verify,
            ),
        ),
    ]
    return [section for section in sections if section.rows]


def _section(heading: str, found: QuerySet, more: str, row: object) -> Section:
    rows = tuple(row(thing) for thing in found[:A_LIST])  # type: ignore[operator]  # a function, of one row each
    total = found.count()
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

"""One sitting: a transaction in which verbs write, one writer at a time, and statuses are derived at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from cases.editing import standing
from cases.editing.reach import acts_of, cases_of, matters_of, with_dependents
from cases.editing.refusals import told_in_words
from cases.editing.status import refresh_status, take_turn
from cases.models import Case
from cases.public_standing import persons_of, refresh_standing


class Sitting:
    """What was touched since the transaction began. ``on`` is the day the statuses are derived for."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.cases: set[int] = set()
        self.acts: set[int] = set()
        self.matters: set[int] = set()
        self.persons: set[int] = set()

    def touch(self, *rows: Model | None) -> None:
        """Note what ``rows`` bear on: before a write as they were stored, after it as they are."""
        for row in rows:
            if row is not None and row.pk is not None:
                self.cases |= cases_of(row)
                self.acts |= acts_of(row)
                self.matters |= matters_of(row)
                self.persons |= persons_of(row)

    def settle(self) -> None:
        """See that every rule of the record holds, and derive each status that may have changed."""
        standing.check_acts(self.acts, on=self.on)
        standing.check_cases(self.cases)
        standing.check_matters(self.matters)
        for case in Case.objects.filter(pk__in=with_dependents(self.cases)).order_by("pk"):
            refresh_status(case, on=self.on)
        refresh_standing(self.persons)
        with told_in_words():
            connection.check_constraints()  # references are checked late: hear of a missing one now, not at the commit


_sitting: ContextVar[Sitting | None] = ContextVar("sitting", default=None)


@contextmanager
def sitting(*, on: date | None = None) -> Iterator[Sitting]:
    """Several verbs as one: all is written or nothing, and statuses are derived once, as of ``on`` (today).

    A sitting within a sitting joins it. Sittings wait for one another (see decision 0020).
    """
    running = _sitting.get()
    if running is not None:
        yield running
        return
    with transaction.atomic():
        take_turn()
        opened = Sitting(on or timezone.localdate())
        token = _sitting.set(opened)
        try:
            yield opened
            opened.settle()
        finally:
            _sitting.reset(token)

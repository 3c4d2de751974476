"""One sitting: a transaction in which verbs write, one writer at a time, and statuses are derived at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from cases.choices import Editorial
from cases.editing import correcting, heeding, standing
from cases.editing.forgetting import forget_hidden
from cases.editing.hiding import Wording
from cases.editing.reach import acts_of, cases_of, matters_of, with_dependents
from cases.editing.refusals import told_in_words
from cases.editing.status import refresh_statuses, take_turn
from cases.editing.veiling import Veiling
from cases.editing.watching import Watch
from cases.models import Case, Source
from cases.public_standing import persons_of, refresh_standing

if TYPE_CHECKING:
    from cases.editing.rights import Publishable


class Sitting:
    """What was touched since the transaction began. ``on`` is the day the statuses are derived for.

    ``published`` is what it published, with the sentence said against the guard's advice; ``signed`` are the acts,
    cases and matters whose content it changed. ``said`` is how readers are told of what it changes, if somebody said
    so (``correcting.correct``).
    """

    def __init__(self, on: date) -> None:
        self.on = on
        self.cases: set[int] = set()
        self.acts: set[int] = set()
        self.matters: set[int] = set()
        self.persons: set[int] = set()
        self.cited: set[int] = set()  # the acts that cite a source which was touched
        self.texts: tuple[set[int], set[int]] = (set(), set())  # cases and matters of which a correction was reworded
        self.published: dict[Publishable, str] = {}
        self.signed: set[Publishable] = set()
        self.watch = Watch()
        self.wording = Wording()
        self.veiling = Veiling()
        self.said = correcting.standing_word()
        self.derived_anew: set[int] = set()
        self.entered: set[int] = set()  # cases

    def touch(self, *rows: Model | None) -> None:
        """Note what ``rows`` bear on: before a write as they were stored, after it as they are.

        The first time a row is met, it has to be as it is stored: what readers read of it is kept, to be compared.
        One that the sitting itself entered is given to ``enters`` first.
        """
        for row in rows:
            if row is not None and row.pk is not None:
                self.watch.note(row)
                self.cases |= cases_of(row)
                self.acts |= acts_of(row)
                self.cited |= acts_of(row) if isinstance(row, Source) else set()
                self.matters |= matters_of(row)
                self.persons |= persons_of(row)

    def enters(self, row: Model) -> None:
        """Note a row that was written just now and is new, and what it bears on."""
        self.watch.add(row)
        self.touch(row)
        if isinstance(row, Case):
            self.entered.add(row.pk)

    def settle(self) -> None:
        """See that every rule of the record holds, derive each status that may have changed, and list the correction.

        Raises ``CorrectionNeeded`` where readers could read what is otherwise now, and nobody said so.
        """
        standing.check_acts(self.acts, on=self.on)
        standing.check_cases(self.cases)
        standing.check_matters(self.matters)
        heeding.heed(self.published)
        heeding.refuse_names(self.signed - set(self.published))
        self.wording.refuse_names(self.watch, published=self.published)
        self.published, self.signed, self.wording = {}, set(), Wording()
        cases = Case.objects.filter(pk__in=with_dependents(self.cases))
        # A draft that is new here says nothing, and never did: its columns are as they begin.
        told = cases.exclude(~Q(editorial_state=Editorial.PUBLISHED), pk__in=self.entered)
        self.derived_anew |= refresh_statuses(told, on=self.on).keys()
        correcting.record(self.watch.changes(derived_anew=self.derived_anew), self.said)
        refresh_standing(self.persons)
        homes, matters = self.cases | self.texts[0], self.matters | self.texts[1]
        forget_hidden(cases=homes, persons=self.persons, matters=matters, acts=self.cited)
        self.veiling.tell()
        self.veiling = Veiling()
        with told_in_words():
            connection.check_constraints()  # references are checked late: hear of a missing one now, not at the commit


_sitting: ContextVar[Sitting | None] = ContextVar("sitting", default=None)


def running() -> Sitting | None:
    """Return the sitting that is under way here, if there is one."""
    return _sitting.get()


@contextmanager
def sitting(*, on: date | None = None, by: User | None = None) -> Iterator[Sitting]:
    """Several verbs as one: all is written or nothing, and statuses are derived once, as of ``on`` (today).

    A sitting within a sitting joins it. Sittings wait for one another (see decision 0020). The history notes ``by``
    beside what is written from then on, and all that one sitting writes as one change.
    """
    with pghistory.context(**({"user": by.pk} if by is not None else {})), _joined(on) as current:
        yield current


@contextmanager
def _joined(on: date | None) -> Iterator[Sitting]:
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

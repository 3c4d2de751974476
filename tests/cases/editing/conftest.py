"""A published case in Freedonia, entered through the verbs, on a day that stands still."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import User

from cases import editing
from cases.models import (
    Case,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Jurisdiction,
    Source,
)
from people.models import Person

TODAY = date(2025, 3, 1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def by() -> User:
    return User.objects.create_superuser("edith")


@pytest.fixture(autouse=True)
def said(by: User) -> Iterator[None]:
    """What readers are told of each change of what they could read: these tests ask for other things."""
    with editing.corrected(kind="update", sentence="The record was changed by a test.", by=by):
        yield


@pytest.fixture
def court() -> Court:
    where = Jurisdiction.objects.create(slug="freedonia", name="Freedonia")
    return Court.objects.create(slug="district", name="District Court", jurisdiction=where)


@pytest.fixture
def dismissed() -> Disposition:
    return Disposition.objects.create(
        slug="dismissed_with_prejudice", cls="non_conviction", label="Dismissed with prejudice", sentence="It ended."
    )


@pytest.fixture
def report() -> Source:
    return Source.objects.create(kind="court_record", title="Report")


@pytest.fixture
def enter(by: User, report: Source) -> Callable[..., Event]:
    """Enter an act with a citation, and publish it unless told not to."""

    def _enter(case: Case, what: str, on: str, *, publish: bool = True, **more: object) -> Event:
        category, kind, *decision = what.split()
        act = Event(case=case, title=what, category=category, kind=kind, decision="".join(decision), on=on, **more)
        with editing.sitting():
            editing.save(act, by=by)
            editing.save(Citation(event=act, source=report), by=by)
            if publish:
                editing.publish(act, by=by)
        return act

    return _enter


@pytest.fixture
def case(by: User, court: Court, enter: Callable[..., Event]) -> Case:
    """A published case: Zoë Quint charged with arson on 10 January 2024."""
    with editing.sitting():
        person = editing.save(Person(slug="zoe-quint", name="Zoë Quint"), by=by)
        case = editing.save(Case(slug="state-v-quint", caption="State v. Quint", court=court), by=by)
        defendant = editing.save(Defendant(case=case, person=person), by=by)
        complaint = enter(case, "filing complaint", "2024-01-10", publish=False)
        editing.save(Charge(defendant=defendant, created_by=complaint, title="Arson"), by=by)
        editing.publish(complaint, by=by)
        editing.publish(case, by=by)
    return case

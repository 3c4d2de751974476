"""Several verbs as one; several editors at once."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection

from cases import editing
from cases.checking import status_differences
from cases.models import (
    Case,
    Charge,
    Citation,
    Court,
    Disposition,
    Event,
    Outcome,
    Source,
)
from people.models import Person
from tests.cases.editing.conftest import TODAY
from tests.cases.editing.told import refusal

pytestmark = pytest.mark.django_db


def test_a_sitting_writes_all_or_nothing(by: User, court: Court) -> None:
    def half() -> None:
        with editing.sitting():
            editing.save(Person(slug="a", name="A"), by=by)
            editing.save(Person(slug="b", name="!"), by=by)

    assert refusal(half) == ["Enter a name with at least one letter or digit."]
    assert Person.objects.count() == 0


def test_within_a_sitting_the_order_of_publication_is_free(by: User, court: Court, report: Source) -> None:
    case = editing.save(Case(slug="c", caption="A v. B", court=court), by=by)
    act = editing.save(Event(case=case, title="Heard", category="hearing", kind="trial_day", on="2024-01-01"), by=by)
    with editing.sitting():
        editing.publish(case, by=by)
        editing.publish(act, by=by)
        editing.save(Citation(event=act, source=report), by=by)
    assert (Case.objects.get().editorial_state, Event.objects.get().editorial_state) == ("published", "published")


@pytest.mark.django_db(transaction=True)
def test_two_editors_at_once_leave_the_status_of_both(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    hearing = enter(case, "hearing arraignment", "2024-08-01", publish=False)
    started, failures = threading.Barrier(2), []

    def publish(act: Event) -> None:
        try:
            started.wait(60)
            editing.publish(act, by=by)
        except Exception as failure:  # noqa: BLE001  (whatever it is, the test must tell)
            failures.append(failure)
        finally:
            connection.close()

    editors = [threading.Thread(target=publish, args=[act]) for act in (ruling, hearing)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert failures == []
    row = Case.objects.get()
    assert (row.derived_status, row.latest_act_on) == ("disposed", date(2024, 8, 1))
    assert status_differences(row, on=TODAY) == []


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_is_told_and_nothing_is_written(by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.editing.status.PATIENCE_MS", 100)
    taken, done = threading.Event(), threading.Event()

    def long_import() -> None:
        with editing.sitting():
            taken.set()
            done.wait(60)
        connection.close()

    other = threading.Thread(target=long_import)
    other.start()
    taken.wait(60)
    told = refusal(editing.save, Person(slug="a", name="A"), by=by)
    done.set()
    other.join()
    assert told == ["Somebody else is writing a large change. Nothing of yours was saved: try again in a moment."]
    assert Person.objects.count() == 0

"""Statuses follow each verb at once, in every case that rests on what was written."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from cases import editing
from cases.checking import status_differences, status_differences_of
from cases.editing.status import refresh_statuses
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Court,
    Defendant,
    Disposition,
    Event,
    Outcome,
)
from people.models import Person
from tests.cases import record
from tests.cases.editing.conftest import TODAY
from tests.cases.editing.told import stored

pytestmark = pytest.mark.django_db


def test_the_status_follows_each_verb(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    assert stored(case) == ("open_active", "pending")
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    assert stored(case) == ("open_active", "pending")
    editing.publish(ruling, by=by)
    assert stored(case) == ("disposed", "non_conviction")
    editing.withdraw(ruling, by=by)
    assert stored(case) == ("open_active", "pending")


def test_first_and_latest_act_are_of_public_held_acts(by: User, case: Case, enter: Callable[..., Event]) -> None:
    enter(case, "hearing arraignment", "2024-02-01")
    enter(case, "hearing trial_day", "2026-02-01", occurrence="scheduled")
    enter(case, "hearing preliminary", "2024-03-01", publish=False)
    enter(case, "incident offence_alleged", "2023-12-31")
    row = Case.objects.get()
    assert (row.first_act_on, row.latest_act_on) == (date(2023, 12, 31), date(2024, 2, 1))


def test_an_act_of_the_appeal_changes_the_trial_case(
    by: User, court: Court, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    editing.publish(ruling, by=by)
    appeal = editing.save(Case(slug="appeal", caption="Appeal", court=court, kind="appellate"), by=by)
    relation = editing.save(CaseRelation(case=appeal, kind="appeal_of", target=case), by=by)
    before = Case.objects.get(pk=case.pk).derived_finality
    enter(appeal, "filing notice_of_appeal", "2024-07-20")
    editing.publish(appeal, by=by)
    assert Case.objects.get(pk=case.pk).derived_finality == "under_appeal"
    enter(appeal, "filing withdrawal_of_appeal", "2024-12-23")
    assert Case.objects.get(pk=case.pk).derived_finality == "final_by_withdrawal"
    editing.remove(relation, by=by)
    assert Case.objects.get(pk=case.pk).derived_finality == before


def test_a_new_name_of_a_term_reaches_every_charge_that_has_it(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    editing.publish(ruling, by=by)
    dismissed.cls = "conviction"
    editing.save(dismissed, by=by)
    assert Charge.objects.get().derived_class == "conviction"


def test_a_withheld_name_leaves_the_derived_wording(by: User, case: Case) -> None:
    person = Person.objects.get()
    person.visibility = "name_withheld"
    editing.save(person, by=by)
    row, defendant = Case.objects.get(), Defendant.objects.get()
    assert "Quint" not in f"{row.derived_wording} {defendant.derived_wording}"


def test_refreshing_again_changes_nothing(case: Case) -> None:
    assert status_differences(Case.objects.get(), on=TODAY) == []
    assert editing.refresh_status(case, on=TODAY) == []


def test_many_cases_are_derived_with_as_many_questions_as_one_and_each_row_is_written_once(
    case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in ("state-v-roe", "state-v-poe"):
        other = record.case(slug, court=case.court)
        complaint = record.act(other, "2024-02-01", "filing complaint")
        record.charge(record.defendant(other, record.person(slug)), "Arson", complaint)
    everything = Case.objects.order_by("pk")
    assert len(everything) == 3
    for some in (list(everything)[:1], list(everything)):
        with django_assert_num_queries(14):
            status_differences_of(some, on=TODAY)
    written = 6  # a case, a defendant and a charge of each of the two that nobody derived yet
    listed = 1  # the index of the lists, of all of them
    with django_assert_num_queries(2 + 14 + written + listed):
        found = refresh_statuses(everything, on=TODAY)
    assert sorted(found) == sorted(other.pk for other in everything if other != case)
    assert refresh_statuses(everything, on=TODAY) == {}


def test_an_override_of_a_day_to_come_is_not_stored_as_todays_status(by: User, case: Case) -> None:
    case.status_override, case.override_reason = "closed_administratively", "The docket will be closed."
    case.override_on = TODAY + timedelta(days=3)
    editing.save(case, by=by)
    assert stored(case)[0] == "open_active"
    case.override_on = TODAY
    editing.save(case, by=by)
    assert stored(case)[0] == "closed_administratively"

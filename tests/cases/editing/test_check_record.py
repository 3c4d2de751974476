"""The daily check of what is stored against what is derived."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases import editing
from cases.checking import folded_differences
from cases.models import (
    AppealPeriod,
    Case,
    Charge,
    Citation,
    Court,
    Disposition,
    Event,
    Outcome,
)
from people.models import Person, Standing
from tests.cases.editing.told import stored

pytestmark = pytest.mark.django_db


def test_check_record_tells_what_is_out_of_step_and_repair_mends_it(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_record")
    assert capsys.readouterr().out == "Everything stored is as derived.\n"
    Case.objects.update(derived_status="disposed")
    Person.objects.update(folded="alec", derived_standing=0)
    with pytest.raises(CommandError, match=r"^3 differences. Run check_record --repair to mend what is derived.$"):
        call_command("check_record")
    pk, person = Case.objects.get().pk, Person.objects.get().pk
    told = [
        f"case {pk} “State v. Quint”, derived_status: stored 'disposed', derived 'open_active'",
        f"person {person} “Zoë Quint”, folded: stored 'alec', derived 'zoe quint'",
        f"person {person} “Zoë Quint”, derived_standing: stored 0, derived {Standing.DEFENDANT}",
    ]
    assert capsys.readouterr().out == "".join(f"differs: {line}\n" for line in told)
    call_command("check_record", "--repair")
    assert capsys.readouterr().out == "".join(f"mended: {line}\n" for line in told) + "3 mended.\n"
    call_command("check_record")
    assert stored(case) == ("open_active", "pending")


def test_time_alone_makes_a_result_final_and_the_daily_check_writes_it(
    by: User, court: Court, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    AppealPeriod.objects.create(jurisdiction=court.jurisdiction, case_kind="criminal", days=30, authority="Rule 1")
    ruling = enter(case, "ruling dismiss granted", "2025-02-20", entered_on="2025-02-20", publish=False)
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    editing.publish(ruling, by=by)
    assert Case.objects.get().derived_finality == "appealable"
    with time_machine.travel(date(2025, 6, 1)):
        with pytest.raises(CommandError):
            call_command("check_record")
        call_command("check_record", "--repair")
        assert Case.objects.get().derived_finality == "final"


def test_check_record_tells_of_a_public_act_whose_source_is_gone(
    case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    Citation.objects.all().delete()
    with pytest.raises(CommandError, match=r"^1 differences\.$"):
        call_command("check_record", "--repair")
    act = Event.objects.get()
    assert capsys.readouterr().out == (
        f"an editor must mend: published act {act.pk} “{act}” has no source that supports it\n"
    )


def test_a_name_that_was_changed_meanwhile_is_folded_as_it_is_now(case: Case) -> None:
    Person.objects.update(folded="alec")
    (found,) = folded_differences()
    Person.objects.update(name="Ann Poe")
    editing.refold(found)
    assert Person.objects.get().folded == "ann poe"

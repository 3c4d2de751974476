"""Save, remove, concern: what each writes, and what it refuses with which sentence."""

from collections.abc import Callable

import pytest
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
    Outcome,
    Source,
)
from people.models import Person, Standing
from tests.cases.editing.told import refusal, stored

pytestmark = pytest.mark.django_db


def test_saving_validates_keeps_who_did_it_and_returns_the_row(by: User, court: Court) -> None:
    case = Case(slug="state-v-quint", caption="State v. Quint", court=court)
    assert editing.save(case, by=by) is case
    row = Case.objects.get()
    assert (row.updated_by, row.editorial_state, row.derived_status) == (by, "draft", "unknown")
    assert refusal(editing.save, Case(slug="another", caption="", court=court), by=by) == [
        "This field cannot be blank.",
    ]
    assert Case.objects.count() == 1


def test_an_address_is_permanent(by: User, case: Case) -> None:
    case.slug = "state-v-quint-2"
    assert refusal(editing.save, case, by=by) == ["This address is permanent: readers link to it. Keep it as it is."]
    assert Case.objects.get().slug == "state-v-quint"


def test_state_and_seal_are_not_saved_by_the_way(by: User, case: Case) -> None:
    case.editorial_state = "draft"
    assert refusal(editing.save, case, by=by) == [
        "A new record is a draft. Publish, withdraw or redraft it by its own button, once it is saved."
    ]
    case.editorial_state, case.visibility = "published", "sealed"
    assert refusal(editing.save, case, by=by) == [
        "Seal, or lift the seal, by its own button: a seal needs its legal basis and its day."
    ]


def test_a_tip_stays_one_so_that_nobody_reads_who_told_us(by: User, case: Case, enter: Callable[..., Event]) -> None:
    act = enter(case, "hearing arraignment", "2024-02-01")
    tip = editing.save(Source(kind="tip", title="A call from the clerk"), by=by)
    editing.save(Citation(event=act, source=tip), by=by)
    tip.kind = "news_report"
    assert refusal(editing.save, tip, by=by) == [
        "A tip stays a tip: as anything else readers could see who told you. What confirms it is a source of its own."
    ]
    assert Source.objects.get(pk=tip.pk).kind == "tip"


def test_an_old_copy_does_not_write_an_old_status_back(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    old_case, old_charge = Case.objects.get(), Charge.objects.get()
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    editing.save(Outcome(event=ruling, charge=old_charge, disposition=dismissed), by=by)
    editing.publish(ruling, by=by)
    assert stored(case) == ("disposed", "non_conviction")
    old_case.summary = "A fire."
    editing.save(old_case, by=by)
    old_charge.statute = "§ 1"
    editing.save(old_charge, by=by)
    assert stored(case) == ("disposed", "non_conviction")


def test_what_was_removed_meanwhile_is_not_written_again(by: User, report: Source) -> None:
    old = Source.objects.get()
    editing.remove(report, by=by)
    assert refusal(editing.save, old, by=by) == ["This was removed meanwhile. Start again from the list."]
    assert Source.objects.count() == 0


def test_an_act_with_charges_stays_in_its_case(by: User, case: Case, court: Court) -> None:
    other = editing.save(Case(slug="other", caption="State v. Other", court=court), by=by)
    act = Event.objects.get()
    act.case = other
    assert refusal(editing.save, act, by=by) == [
        "Charges, outcomes or people rest on this act in its case. Remove them before it is moved."
    ]


def test_a_ruling_with_outcomes_stays_one_that_decides(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    outcome = editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    editing.publish(ruling, by=by)
    ruling.decision = "denied"
    assert refusal(editing.save, ruling, by=by) == [
        (f"{outcome}: This kind of act decides nothing about a charge. "
        "Enter the ruling, verdict or notice that does.")
    ]  # fmt: skip
    assert stored(case) == ("disposed", "non_conviction")


def test_what_others_rest_on_is_not_removed_and_they_are_named(by: User, case: Case) -> None:
    defendant = Defendant.objects.get()
    assert refusal(editing.remove, defendant.person, by=by) == [
        (
            "This can not be removed: others rest on it. Remove or change these first: "
            "defendant “Zoë Quint in State v. Quint”."
        )
    ]
    assert refusal(editing.remove, defendant, by=by) == [
        "This can not be removed: others rest on it. Remove or change these first: charge “Arson”."
    ]


def test_what_is_published_is_withdrawn_before_it_is_removed(by: User, case: Case, enter: Callable[..., Event]) -> None:
    act = enter(case, "hearing arraignment", "2024-02-01")
    assert refusal(editing.remove, act, by=by) == [
        f"“{act}” is published. Withdraw it first; a withdrawn record can be removed."
    ]
    editing.withdraw(act, by=by)
    editing.remove(act, by=by)
    assert Event.objects.count() == 1


def test_an_act_concerns_only_people_of_its_case(by: User, case: Case, court: Court) -> None:
    other = editing.save(Case(slug="other", caption="State v. Other", court=court), by=by)
    stranger = editing.save(Defendant(case=other, person=Person.objects.get()), by=by)
    act = Event.objects.get()
    assert refusal(editing.concern, act, defendants=[stranger], by=by) == [
        "Zoë Quint is not a defendant of this case, nor of one that it is an appeal of."
    ]
    assert list(act.defendants.all()) == []
    editing.concern(act, defendants=Defendant.objects.filter(case=case), by=by)
    assert list(act.defendants.all()) == [Defendant.objects.get(case=case)]


def test_whom_an_act_no_longer_names_is_no_longer_public_by_it(
    by: User, case: Case, enter: Callable[..., Event]
) -> None:
    other = editing.save(Person(slug="max-roe", name="Max Roe"), by=by)
    uncharged = editing.save(Defendant(case=case, person=other), by=by)
    act = enter(case, "hearing arraignment", "2024-02-01")
    editing.concern(act, defendants=[uncharged], by=by)
    assert Person.objects.get(pk=other.pk).derived_standing == Standing.DEFENDANT
    editing.concern(act, defendants=[], by=by)
    assert Person.objects.get(pk=other.pk).derived_standing == Standing.NOTHING

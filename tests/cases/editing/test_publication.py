"""What may be public, and when; and what a seal leaves."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.models import (
    Case,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from people.models import Person
from tests.cases.editing.told import refusal, stored

pytestmark = pytest.mark.django_db


def test_an_act_is_published_only_with_a_source_that_supports_it(
    by: User, case: Case, enter: Callable[..., Event]
) -> None:
    act = enter(case, "hearing arraignment", "2024-02-01", publish=False)
    citation = act.citations.get()
    wanted = [
        (
            "“hearing arraignment” can not be public without a source that supports it, and a tip is none. "
            "Add such a citation, or leave the act unpublished."
        )
    ]
    citation.stance = "contradicts"
    editing.save(citation, by=by)
    assert refusal(editing.publish, act, by=by) == wanted
    citation.stance = "supports"
    editing.save(citation, by=by)
    tip = editing.save(Source(kind="tip", title="A call"), by=by)
    citation.source = tip
    editing.save(citation, by=by)
    assert refusal(editing.publish, Event.objects.get(pk=act.pk), by=by) == wanted
    assert Event.objects.get(pk=act.pk).editorial_state == "draft"


def test_a_published_act_keeps_a_source(by: User, case: Case, enter: Callable[..., Event]) -> None:
    act = enter(case, "hearing arraignment", "2024-02-01")
    citation, source = act.citations.get(), act.citations.get().source
    sentence = (
        "“{}” can not be public without a source that supports it, and a tip is none. "
        "Add such a citation, or leave the act unpublished."
    )
    assert refusal(editing.remove, citation, by=by) == [sentence.format("hearing arraignment")]
    source.kind = "tip"
    assert refusal(editing.save, source, by=by) == [sentence.format("filing complaint")]
    assert (Citation.objects.filter(event=act).count(), Source.objects.get().kind) == (1, "court_record")


def test_a_case_is_public_only_with_a_public_act(by: User, case: Case, court: Court) -> None:
    empty = editing.save(Case(slug="empty", caption="State v. Nobody", court=court), by=by)
    assert refusal(editing.publish, empty, by=by) == [
        (
            "“State v. Nobody” can not be public without a published act: its name alone would accuse somebody "
            "without a source. Publish one of its acts first, or withdraw the case first."
        )
    ]
    complaint = Event.objects.get()
    with pytest.raises(ValidationError):
        editing.withdraw(complaint, by=by)
    assert Event.objects.get().editorial_state == "published"
    editing.withdraw(case, by=by)
    editing.withdraw(complaint, by=by)
    assert Event.objects.get().editorial_state == "withdrawn"
    assert stored(case) == ("unknown", "unknown")


def test_a_matter_is_public_only_with_a_public_case_or_act(by: User, case: Case) -> None:
    matter = editing.save(Matter(slug="fire", title="The fire"), by=by)
    assert refusal(editing.publish, matter, by=by) == [
        ("“The fire” can not be public without a published case or act. "
        "Publish one first, or withdraw the matter first.")
    ]  # fmt: skip
    case.matter = matter
    editing.save(case, by=by)
    editing.publish(matter, by=by)
    with pytest.raises(ValidationError):
        editing.withdraw(case, by=by)
    assert Case.objects.get().editorial_state == "published"


def test_the_states_of_a_draft(by: User, court: Court) -> None:
    case = editing.save(Case(slug="c", caption="A v. B", court=court), by=by)
    assert refusal(editing.withdraw, case, by=by) == ["“A v. B” is not published, so there is nothing to withdraw."]
    editing.submit(case, by=by)
    assert Case.objects.get().editorial_state == "in_review"
    assert refusal(editing.submit, case, by=by) == ["“A v. B” is not a draft, so it can not be submitted for review."]
    editing.redraft(case, by=by)
    assert Case.objects.get().editorial_state == "draft"


def test_a_published_act_is_not_redrafted_in_one_step(by: User, case: Case) -> None:
    act = Event.objects.get()
    assert refusal(editing.redraft, act, by=by) == [f"“{act}” is published. Withdraw it first."]


def test_a_matter_does_not_lose_its_only_public_case_to_another(by: User, case: Case) -> None:
    fire, flood = (editing.save(Matter(slug=slug, title=slug), by=by) for slug in ("fire", "flood"))
    case.matter = fire
    editing.save(case, by=by)
    editing.publish(fire, by=by)
    case.matter = flood
    assert refusal(editing.save, case, by=by) == [
        "“fire” can not be public without a published case or act. Publish one first, or withdraw the matter first."
    ]


def test_an_act_of_a_day_to_come_is_not_held(by: User, case: Case, enter: Callable[..., Event]) -> None:
    assert refusal(enter, case, "hearing trial_day", "2025-03-02") == [
        "This day has not come yet. Correct the date, or set the act to “Scheduled” until it was held."
    ]
    enter(case, "hearing trial_day", "2025-03-02", occurrence="scheduled")
    enter(case, "hearing trial_day", "2025-03-01")
    enter(case, "hearing trial_day", "2025-01-01", precision="year")


def test_a_role_is_shown_by_an_act_of_the_same_case_or_matter(by: User, case: Case, court: Court) -> None:
    other = editing.save(Case(slug="other", caption="State v. Other", court=court), by=by)
    judge = editing.save(Person(slug="ana-ruiz", name="Ana Ruiz"), by=by)
    shown_by = Event.objects.get()
    assert refusal(editing.save, Participant(case=other, person=judge, role="judge", shown_by=shown_by), by=by) == [
        "Choose an act of the same case or matter."
    ]
    matter = editing.save(Matter(slug="fire", title="Fire"), by=by)
    case.matter = other.matter = matter
    editing.save(case, by=by)
    editing.save(other, by=by)
    editing.save(Participant(matter=matter, person=judge, role="victim", shown_by=shown_by), by=by)
    counsel = Participant(case=other, person=judge, role="defence_counsel", represents=Defendant.objects.get())
    counsel.shown_by = editing.save(
        Event(matter=matter, title="Fire", category="incident", kind="offence_alleged", on="2023-12-31"), by=by
    )
    assert refusal(editing.save, counsel, by=by) == ["Choose a defendant of the same case."]
    counsel.represents = None
    editing.save(counsel, by=by)


def test_a_sealed_case_keeps_nothing_derived_that_could_leak(by: User, case: Case) -> None:
    editing.seal_case(case, basis="Order of 1 February 2025", on=date(2025, 2, 1), by=by)
    row, charge = Case.objects.get(), Charge.objects.get()
    assert (row.derived_status, row.derived_finality, row.derived_wording, row.first_act_on, row.latest_act_on) == (
        "sealed",
        "unknown",
        "",
        None,
        None,
    )
    assert (charge.derived_class, charge.derived_wording, Defendant.objects.get().derived_wording) == (
        "unknown",
        "",
        "",
    )
    editing.lift_seal(case, by=by)
    assert stored(case) == ("open_active", "pending")


def test_a_seal_needs_its_basis(by: User, case: Case) -> None:
    assert refusal(editing.seal_case, case, basis="", on=date(2025, 2, 1), by=by) == [
        "A sealed record needs its legal basis and the day it was sealed."
    ]
    assert Case.objects.get().visibility == "public"


def test_sealing_one_defendant_leaves_the_others(by: User, case: Case) -> None:
    other = editing.save(Person(slug="max-roe", name="Max Roe"), by=by)
    second = editing.save(Defendant(case=case, person=other), by=by)
    charge = editing.save(Charge(defendant=second, created_by=Event.objects.get(), title="Arson"), by=by)
    first = Defendant.objects.get(person__slug="zoe-quint")
    editing.seal_defendant(first, basis="Expunged", on=date(2025, 2, 1), by=by)
    classes = Charge.objects.order_by("pk").values_list("derived_class", flat=True)
    assert list(classes) == ["unknown", "pending"]
    assert Charge.objects.get(pk=charge.pk).derived_class == "pending"
    assert "Quint" not in Case.objects.get().derived_wording
    assert refusal(editing.lift_seal, second, by=by) == [f"“{second}” is not sealed."]


@pytest.mark.parametrize(
    "what",
    ["ruling dismiss granted", "ruling dismiss", "ruling new_trial granted_in_part", "ruling acquittal granted",
     "verdict guilty", "verdict hung"],
)  # fmt: skip
def test_a_decision_is_not_public_before_it_says_what_it_did_to_the_charges(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition, what: str
) -> None:
    act = enter(case, what, "2024-07-12", publish=False)
    wanted = [
        (
            f"“{what}”: Enter what it did to each charge, as outcomes of this act, before it is public. Without them "
            "readers would be told of a decision, and be shown charges that stand as before or are not known."
        )
    ]
    assert refusal(editing.publish, act, by=by) == wanted
    outcome = editing.save(Outcome(event=act, charge=Charge.objects.get(), disposition=dismissed), by=by)
    editing.publish(act, by=by, despite="The headline is the docket's.")  # which calls a dismissal an acquittal
    assert refusal(editing.remove, outcome, by=by) == wanted


def test_a_decision_that_ends_nothing_needs_no_outcome(
    by: User, court: Court, case: Case, enter: Callable[..., Event]
) -> None:
    enter(case, "ruling dismiss denied", "2024-05-24")
    enter(case, "ruling suppress granted", "2024-05-25")
    enter(case, "ruling dismiss", "2026-05-25", occurrence="scheduled")
    earlier = enter(case, "ruling stay granted", "2024-06-01")
    enter(case, "ruling dismiss granted", "2024-06-02", reverses=earlier)
    bare = editing.save(Case(slug="bare", caption="In re Bare", court=court), by=by)
    enter(bare, "ruling dismiss granted", "2024-06-02")
    assert Event.objects.exclude(editorial_state="published").count() == 0


def test_nothing_is_said_of_a_charge_while_nobody_may_read_who_brought_it(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    indictment = enter(case, "filing indictment", "2024-03-01", publish=False)
    charge = editing.save(Charge(defendant=Defendant.objects.get(), created_by=indictment, title="Theft"), by=by)
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    editing.save(Outcome(event=ruling, charge=charge, disposition=dismissed), by=by)
    sentence = enter(case, "sentence imposed", "2024-07-13", publish=False)
    editing.save(SentencePart(event=sentence, charge=charge, kind="fine"), by=by)

    def told(act: str) -> list[str]:
        return [
            (
                f"“{act}” says what became of a charge that “filing indictment” brought, and that act is not public. "
                f"Publish “filing indictment” first, or withdraw “{act}” first."
            )
        ]

    assert refusal(editing.publish, ruling, by=by) == told("ruling dismiss granted")
    assert refusal(editing.publish, sentence, by=by) == told("sentence imposed")
    editing.publish(indictment, by=by)
    editing.publish(sentence, by=by)
    assert refusal(editing.withdraw, indictment, by=by) == told("sentence imposed")
    editing.withdraw(sentence, by=by)
    editing.withdraw(indictment, by=by)

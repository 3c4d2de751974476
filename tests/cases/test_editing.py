"""The verbs: what each one writes, what it refuses with which sentence, and that statuses follow at once."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cases import editing
from cases.checking import status_differences
from cases.models import (
    AppealPeriod,
    Case,
    CaseRelation,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Jurisdiction,
    Matter,
    Outcome,
    Participant,
    Source,
)
from people.models import Person, Standing

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def by() -> User:
    return User.objects.create_user("edith")


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
    return Source.objects.create(kind="news_report", title="Report")


@pytest.fixture
def enter(by: User, report: Source) -> Callable[..., Event]:
    """Enter an act with a citation, and publish it unless told not to."""

    def _enter(case: Case, what: str, on: str, *, publish: bool = True, **more: object) -> Event:
        category, kind, *decision = what.split()
        act = Event(case=case, title=what, category=category, kind=kind, decision="".join(decision), on=on, **more)
        editing.save(act, by=by)
        editing.save(Citation(event=act, source=report), by=by)
        if publish:
            editing.publish(act, by=by)
        return act

    return _enter


@pytest.fixture
def case(by: User, court: Court, enter: Callable[..., Event]) -> Case:
    """A published case: Zoë Quint charged with arson on 10 January 2024."""
    person = editing.save(Person(slug="zoe-quint", name="Zoë Quint"), by=by)
    case = editing.save(Case(slug="state-v-quint", caption="State v. Quint", court=court), by=by)
    defendant = editing.save(Defendant(case=case, person=person), by=by)
    complaint = enter(case, "filing complaint", "2024-01-10", publish=False)
    editing.save(Charge(defendant=defendant, created_by=complaint, title="Arson"), by=by)
    editing.publish(complaint, by=by)
    editing.publish(case, by=by)
    return case


def stored(case: Case) -> tuple[str, str]:
    """The status and the class of the only charge, as stored."""
    row = Case.objects.get(pk=case.pk)
    return row.derived_status, Charge.objects.get(defendant__case=row).derived_class


def refusal(verb: Callable[..., object], *args: object, **kwargs: object) -> list[str]:
    """The sentences with which a verb refuses."""
    with pytest.raises(ValidationError) as refused:
        verb(*args, **kwargs)
    return refused.value.messages


# --- save


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


def test_an_old_copy_does_not_write_an_old_status_back(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    old_case, old_charge = Case.objects.get(), Charge.objects.get()
    ruling = enter(case, "ruling dismiss granted", "2024-07-12")
    editing.save(Outcome(event=ruling, charge=old_charge, disposition=dismissed), by=by)
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
    ruling = enter(case, "ruling dismiss granted", "2024-07-12")
    outcome = editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    ruling.decision = "denied"
    assert refusal(editing.save, ruling, by=by) == [
        (f"{outcome}: This kind of act decides nothing about a charge. "
        "Enter the ruling, verdict or notice that does.")
    ]  # fmt: skip
    assert stored(case) == ("disposed", "non_conviction")


# --- statuses follow


def test_the_status_follows_each_verb(
    by: User, case: Case, enter: Callable[..., Event], dismissed: Disposition
) -> None:
    assert stored(case) == ("open_active", "pending")
    ruling = enter(case, "ruling dismiss granted", "2024-07-12", publish=False)
    outcome = editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    assert stored(case) == ("open_active", "pending")
    editing.publish(ruling, by=by)
    assert stored(case) == ("disposed", "non_conviction")
    editing.withdraw(ruling, by=by)
    assert stored(case) == ("open_active", "pending")
    editing.publish(ruling, by=by)
    editing.remove(outcome, by=by)
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
    ruling = enter(case, "ruling dismiss granted", "2024-07-12")
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
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
    ruling = enter(case, "ruling dismiss granted", "2024-07-12")
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
    dismissed.cls = "conviction"
    editing.save(dismissed, by=by)
    assert Charge.objects.get().derived_class == "conviction"


def test_a_withheld_name_leaves_the_derived_wording(by: User, case: Case) -> None:
    person = Person.objects.get()
    person.visibility = "name_withheld"
    editing.save(person, by=by)
    row, defendant = Case.objects.get(), Defendant.objects.get()
    assert "Quint" not in f"{row.derived_wording} {defendant.derived_wording}"


def test_refreshing_again_changes_nothing_and_asks_a_fixed_number_of_questions(
    case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert status_differences(Case.objects.get(), on=TODAY) == []
    assert editing.refresh_status(case, on=TODAY) == []


# --- publication


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
    assert (Citation.objects.filter(event=act).count(), Source.objects.get().kind) == (1, "news_report")


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


# --- removal


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


# --- whom an act concerns


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


# --- seals


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


# --- sittings


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
            started.wait(5)
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
            done.wait(10)
        connection.close()

    other = threading.Thread(target=long_import)
    other.start()
    taken.wait(10)
    told = refusal(editing.save, Person(slug="a", name="A"), by=by)
    done.set()
    other.join()
    assert told == ["Somebody else is writing a large change. Nothing of yours was saved: try again in a moment."]
    assert Person.objects.count() == 0


# --- check_record


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
    ruling = enter(case, "ruling dismiss granted", "2025-02-20", entered_on="2025-02-20")
    editing.save(Outcome(event=ruling, charge=Charge.objects.get(), disposition=dismissed), by=by)
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

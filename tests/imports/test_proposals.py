"""A file becomes proposals, and what an editor accepts becomes drafts: nothing is lost, nothing invented."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.models import Case, Charge, Citation, Correction, Court, Defendant, Event, Outcome, Participant
from imports.accepting import Correction as Said
from imports.accepting import accept, reject
from imports.account import account
from imports.items import NO_COUNSEL, OF_SEVERAL, items_of_case
from imports.models import Batch, Proposal, SourceKey
from imports.proposing import propose
from imports.reading.found import FoundAttorney, FoundOfficial, FoundParty
from people.models import Name, Person
from tests.imports.files import day, docket, file, with_act, with_party

COUNTED = {"parties": 4, "attorney_links": 3, "counts": 3, "docket_entries": 4, "unnumbered_entries": 1}


def told(batch: Batch) -> dict[str, dict[str, int]]:
    return {line.name: dict(line.told) for line in account(batch)}


def states(batch: Batch) -> list[tuple[str, str, str]]:
    rows = batch.proposals.order_by("position")
    return [(one.kind, one.state, one.label) for one in rows if one.decision == "open"]


def take(found: Any, by: User) -> Batch:
    batch = propose(found, by=by)
    accept(batch, by=by)
    return batch


def test_a_file_is_proposed_whole_and_what_is_accepted_lands_as_drafts(ida: User) -> None:
    batch = propose(file(docket(), **COUNTED), by=ida)
    assert (Case.objects.count(), Person.objects.count(), batch.proposals.filter(decision="open").count()) == (0, 0, 19)

    assert accept(batch, by=ida).accepted == 19

    assert [line.name for line in account(batch) if not line.adds_up] == []
    assert told(batch)["parties"] == {"imported": 3, "left out: A material witness is not accused of anything.": 1}
    assert told(batch)["counts"] == {"imported": 3}
    case = Case.objects.get()
    assert (case.court.slug, case.docket_number, case.editorial_state) == ("dcd", "1:21-cr-00007", "draft")
    assert set(Event.objects.values_list("editorial_state", flat=True)) == {"draft"}
    charges = Charge.objects.order_by("defendant__position", "count")
    assert [(str(c.defendant.person), c.count, c.quantity, c.created_by.kind) for c in charges] == [
        ("Ada Quillfeather", 1, 1, "indictment"),
        ("Ada Quillfeather", 2, 3, "indictment"),
        ("Bob Marrowbone", 1, 1, "indictment"),
    ]
    assert charges[0].raw_text == "18:1343 WIRE FRAUD(1)"
    assert [(o.disposition.slug, o.raw_text, o.event.kind) for o in Outcome.objects.order_by("charge__count")] == [
        ("convicted_jury", "guilty", "conviction_entered"),
        ("unknown", "see order", "conviction_entered"),
    ]
    roles = Participant.objects.order_by("role", "pk")
    assert [(str(r.person), r.role, str(r.represents.person) if r.represents else "") for r in roles] == [
        ("Rex Counsel", "defence_counsel", "Ada Quillfeather"),
        ("USA", "government", ""),
        ("Pat Prosecutor", "prosecutor", ""),
        ("Rex Counsel", "public_defender", "Bob Marrowbone"),
    ]
    assert list(Name.objects.values_list("person__name", "text")) == [("Ada Quillfeather", "Ada Q.")]


def test_every_row_rests_on_the_file_and_equal_entries_are_kept_as_often_as_the_court_has_them(ida: User) -> None:
    batch = take(file(docket()), ida)
    lines = Event.objects.filter(kind="docket_entry").order_by("pk")
    assert [(str(e.on), e.raw_text) for e in lines] == [("2021-03-02", "NOTICE of Appearance")] * 2
    assert [[str(d.person) for d in e.defendants.all()] for e in lines] == [["Ada Quillfeather"]] * 2
    places = Citation.objects.order_by("event__pk").values_list("source", "locator")
    assert list(places) == [(batch.source_id, place) for place in ("entry 1", "entry 2", "unnumbered entry", "entry 3")]


def test_whoever_is_not_brought_in_is_kept_nowhere(ida: User) -> None:
    batch = take(file(docket()), ida)
    assert Person.objects.filter(name__contains="Wilma").count() == 0
    kept = [str((one.label, one.new, one.key)) for one in batch.proposals.all()]
    assert [text for text in kept if "Wilma" in text] == []


def test_the_same_file_proposes_nothing_a_second_time(ida: User, sam: User) -> None:
    found = file(docket(), **COUNTED)
    first = propose(found, by=ida)
    assert propose(found, by=sam) == first, "while editors decide on it, it is one batch"
    bob = first.proposals.get(label="Bob Marrowbone")
    assert reject(first, Proposal.objects.filter(pk=bob.pk), by=sam) == 3, "with his counsel and his charge"
    accept(first, by=ida)

    again = propose(found, by=ida)

    assert (again != first, states(again)) == (True, [])
    assert told(again)["counts"] == {"already there": 2, "rejected before": 1}
    assert [line.name for line in account(again) if not line.adds_up] == []
    assert Defendant.objects.count() == 1


def test_a_newer_file_changes_only_what_the_source_changed_and_deletes_nothing(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    act = Event.objects.get(kind="conviction_entered")
    act.title, act.raw_text = "Judgment of conviction", "JUDGMENT"
    editing.save(act, by=sam)
    later = with_act(docket(), "1", when=day(3))
    later = with_act(later, "3", raw_text="AMENDED JUDGMENT")  # the headline is the editor's own
    entries = [replace(one, key="4", number="4", title="Transcript") for one in later.acts if one.key == "2"]
    later = replace(later, acts=(*(one for one in later.acts if one.key != "2#2"), *entries))

    newer = propose(file(later, name="newer.json"), by=ida)

    assert states(newer) == [
        ("act", "changed", "3 March 2021: Indictment"),
        ("act", "changed", "9 March 2021: Judgment"),
        ("act", "new", "2 March 2021: Transcript"),
    ]
    changed = newer.proposals.get(label="3 March 2021: Indictment")
    assert (changed.old, changed.new["on"]) == ({"on": "2021-03-01"}, "2021-03-03")
    gone = newer.proposals.filter(state="gone").values_list("label", "decision")
    assert list(gone) == [("2 March 2021: Notice of appearance", "noted")]

    accept(newer, by=sam)

    act.refresh_from_db()
    assert (act.title, act.raw_text) == ("Judgment of conviction", "AMENDED JUDGMENT")
    assert sorted(str(e.on) for e in Event.objects.filter(kind="docket_entry")) == ["2021-03-02"] * 3


def test_what_an_editor_and_the_source_both_changed_is_a_conflict(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    act = Event.objects.get(kind="indictment")
    act.on = day(5).on
    editing.save(act, by=sam)
    newer = propose(file(with_act(docket(), "1", when=day(3)), name="newer.json"), by=ida)
    conflict = newer.proposals.get(decision="open")
    assert (conflict.state, conflict.old, conflict.reason) == (
        "conflict",
        {"on": "2021-03-05"},
        "The record says something else since: on.",
    )
    reject(newer, newer.proposals.all(), by=sam)
    act.refresh_from_db()
    assert str(act.on) == "2021-03-05"
    once_more = propose(file(with_act(docket(), "1", when=day(3)), name="and-again.json"), by=ida)
    assert states(once_more) == []


def test_what_readers_read_is_changed_with_a_correction_and_added_to_as_drafts(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    with editing.sitting(by=ida):
        for act in Event.objects.order_by("pk"):
            editing.publish(act, by=ida, despite="A test.")
        editing.publish(Case.objects.get(), by=ida, despite="A test.")
    later = with_act(docket(), "1", when=day(3), title="Indictment returned")
    later = replace(
        later,
        acts=(*later.acts, replace(later.acts[1], key="4", number="4", title="Transcript")),
        charges=(*later.charges, replace(later.charges[2], key="bob-2", title="Tax fraud", count=2)),
    )
    newer = propose(file(later, name="newer.json"), by=ida)

    refused = accept(newer, by=sam)

    assert (refused.accepted, Event.objects.filter(title="Transcript").count()) == (0, 0)
    assert ["is public" in reason for reason in refused.reasons] == [True]
    reject(newer, newer.proposals.filter(label__contains="Tax fraud"), by=sam)
    assert "Say what kind of correction" in next(iter(accept(newer, by=sam).reasons))
    done = accept(newer, by=sam, correction=Said("error", "The day of the indictment was wrong."))
    assert done.accepted == 2
    assert Correction.objects.get().sentence == "The day of the indictment was wrong."
    act = Event.objects.get(title="Transcript")
    assert (act.editorial_state, Event.objects.get(kind="indictment").editorial_state) == ("draft", "published")


def test_one_is_accepted_with_what_it_rests_on_and_rejected_with_what_rests_on_it(ida: User) -> None:
    batch = propose(file(docket()), by=ida)
    charge = batch.proposals.filter(kind="charge", label="Count 2: Bank fraud")
    accept(batch, by=ida, chosen=charge)
    accepted = batch.proposals.filter(decision="accepted").order_by("position")
    assert [(one.kind, one.label) for one in accepted] == [
        ("case", "United States v. Quillfeather (1:21-cr-00007)"),
        ("act", "1 March 2021: Indictment"),
        ("party", "Ada Quillfeather"),
        ("charge", "Count 2: Bank fraud"),
    ]
    assert reject(batch, batch.proposals.filter(label="USA"), by=ida) == 2
    assert set(batch.proposals.filter(decision="rejected").values_list("kind", flat=True)) == {"party", "attorney"}


def test_more_than_a_tenth_changed_at_once_needs_a_second_person(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    later = with_act(with_act(docket(), "1", when=day(3)), "3", when=day(10))
    newer = propose(file(later, name="newer.json"), by=ida)
    with pytest.raises(ValidationError, match="more than a tenth, so a second person has to accept it"):
        accept(newer, by=ida)
    assert Event.objects.filter(on=day(3).on).count() == 0
    assert accept(newer, by=sam).accepted == 2


def test_a_case_of_the_same_court_and_number_is_joined_and_a_blank_number_joins_nobody(ida: User) -> None:
    court = Court.objects.get(slug="dcd")
    there = editing.save(Case(slug="us-v-q", court=court, docket_number="1:21-CR-00007", caption="US v. Q."), by=ida)
    other = editing.save(Case(slug="blank", court=there.court, caption="United States v. Blank"), by=ida)
    blank = replace(docket(""), key="row-1", caption="United States v. Blank", parties=(), charges=(), acts=())
    elsewhere = replace(docket(), key="txsd:1:21-cr-00007", court_id="txsd")
    take(file(docket(), blank, elsewhere), ida)
    assert Case.objects.filter(docket_number="").exclude(pk=other.pk).count() == 1
    assert sorted(Case.objects.exclude(docket_number="").values_list("court__slug", "caption")) == [
        ("dcd", "US v. Q."),
        ("txsd", "United States v. Quillfeather"),
    ]
    assert there.defendants.count() == 2
    opened = Event.objects.get(case__caption="United States v. Blank")
    assert (opened.title, str(opened.when)) == ("Docket opened", "1 March 2021")


def test_two_dockets_of_one_case_are_one_case_with_all_their_defendants(ida: User) -> None:
    ada, bob, usa, witness = docket().parties
    of = {one: tuple(c for c in docket().charges if c.party == one) for one in ("ada", "bob")}
    first = replace(docket(), parties=(ada, usa), charges=of["ada"])
    acts = tuple(replace(one, outcomes=(), sentence=(), about=()) for one in docket().acts)
    second = replace(docket(), parties=(bob, usa), charges=of["bob"], acts=acts)
    take(file(first, name="ada.json"), ida)
    take(file(second, name="bob.json"), ida)
    case = Case.objects.get()
    assert [str(d.person) for d in case.defendants.order_by("pk")] == ["Ada Quillfeather", "Bob Marrowbone"]
    assert (case.participants.filter(role="government").count(), case.events.count()) == (1, 4)
    assert witness.role == "other"


def test_an_entry_that_another_docket_explains_concerns_whom_that_one_says(ida: User, sam: User) -> None:
    ada, bob, usa, _ = docket().parties
    of = {one: tuple(c for c in docket().charges if c.party == one) for one in ("ada", "bob")}
    line = replace(docket().acts[1], key="4", number="4", title="JUDGMENT as to Bob", about=())
    told = replace(line, category="judgment", kind="conviction_entered", about=("bob",), when=day(8))
    acts = tuple(replace(one, outcomes=(), sentence=(), about=()) for one in docket().acts)
    first = replace(docket(), parties=(ada, usa), charges=of["ada"], acts=(*acts, line))
    second = replace(docket(), parties=(bob, usa), charges=of["bob"], acts=(*acts, told))
    take(file(first, name="ada.json"), ida)
    batch = propose(file(second, name="bob.json"), by=ida)
    assert ("act", "changed", "8 March 2021: JUDGMENT as to Bob") in states(batch)
    accept(batch, by=sam)
    judged = Event.objects.get(title="JUDGMENT as to Bob")
    assert (judged.kind, judged.on) == ("conviction_entered", day(8).on)
    assert list(judged.defendants.values_list("person__name", flat=True)) == ["Bob Marrowbone"]
    assert states(propose(file(first, name="ada-again.json"), by=ida)) == []
    later = with_act(first, "2", when=day(4))  # and a line of which the source corrects the day is changed
    assert ("act", "changed", "4 March 2021: Notice of appearance") in states(propose(file(later), by=ida))


def test_why_something_has_its_day_is_told_with_the_proposal(ida: User) -> None:
    batch = propose(file(with_act(docket(), "3", why="The day is that of entry 3.")), by=ida)
    assert batch.proposals.get(label="9 March 2021: Judgment").reason == "The day is that of entry 3."


def test_counsel_on_appeal_have_a_role_where_it_is_clear_for_whom_they_act(ida: User) -> None:
    def appeal(*parties: tuple[str, str, str], about: str = "Criminal (DCRIM)") -> dict[str, str]:
        rows = tuple(
            FoundParty(name, name, raw.split()[-1].lower(), raw, kind=kind, attorneys=(FoundAttorney(f"C. {name}"),))
            for name, raw, kind in parties
        )
        case = replace(
            docket(), kind="appellate", parties=rows, charges=(), acts=(), raw={"case_type_information": about}
        )
        return {
            one.label: one.values.get("role") or one.left_out for one in items_of_case(case) if one.kind == "attorney"
        }

    otter, usa = ("Otter", "Defendant\xa0- Appellant", ""), ("USA", "Plaintiff - Appellee", "government_body")
    assert appeal(otter, usa) == {"C. Otter": "defence_counsel", "C. USA": "prosecutor"}
    assert appeal(otter, usa, about="Civil") == {"C. Otter": "defence_counsel", "C. USA": "plaintiff_counsel"}
    assert appeal(otter, ("Teal", "Defendant - Appellant", "")) == {"Attorney": OF_SEVERAL}
    assert appeal(("Wren", "Appellant", "")) == {"Attorney": NO_COUNSEL}


def test_a_court_that_nobody_has_placed_is_asked_for(ida: User) -> None:
    strange = replace(docket(), court_id="zzz", court_name="Court of Nowhere")
    batch = propose(file(strange), by=ida)
    refused = accept(batch, by=ida)
    assert next(iter(refused.reasons)).startswith("Which court is “zzz”?")
    assert (refused.accepted, Case.objects.count(), SourceKey.objects.count()) == (0, 0, 0)


def test_a_name_spelt_anew_is_left_to_the_person_s_own_page(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    newer = propose(file(with_party(docket(), "ada", name="Ada Quill-Feather"), name="newer.json"), by=ida)
    refused = accept(newer, by=sam)
    told = next(iter(refused.reasons))
    assert told.startswith("The source spells the name differently now: “Ada Quill-Feather”.")
    assert Person.objects.filter(name="Ada Quillfeather").count() == 1


def test_a_seal_empties_the_proposals_and_no_file_comes_back_to_the_case(ida: User, sam: User) -> None:
    batch = take(file(docket()), ida)
    bob = Defendant.objects.get(person__name="Bob Marrowbone")
    editing.seal_defendant(bob, basis="Order of 1 April", on=day(9).on, by=ida)
    kept = [str((one.label, one.new)) for one in batch.proposals.all()]
    assert (sum("Marrowbone" in one for one in kept), sum("Quillfeather" in one for one in kept) > 0) == (0, True)

    waiting = propose(file(with_act(docket(), "2", title="Transcript"), name="newer.json"), by=ida)
    editing.seal_case(Case.objects.get(), basis="Order of 1 April", on=day(9).on, by=ida)

    kept = [str((one.label, one.new, one.old)) for one in Proposal.objects.all()]
    assert [one for one in kept if "Quillfeather" in one or "Wilma" in one or "Counsel" in one] == []
    assert accept(waiting, by=sam).accepted == 0
    again = propose(file(docket(), name="again.json", **COUNTED), by=ida)
    assert (again.proposals.count(), told(again)["counts"]) == (0, {"left out: the case is sealed": 3})
    assert [line.title for line in account(again) if not line.adds_up] == []


def test_a_day_that_has_not_come_is_refused_for_its_case_and_the_others_go_in(ida: User) -> None:
    ahead = with_act(docket("1:21-cr-8"), "3", when=replace(day(9), on=date(2999, 1, 1)))
    batch = propose(file(ahead, docket()), by=ida)
    told = accept(batch, by=ida)
    (reason,) = told.reasons
    assert reason.startswith("act “Judgment”: on: This day has not come yet.")
    assert (told.accepted, list(Case.objects.values_list("docket_number", flat=True))) == (19, ["1:21-cr-00007"])
    assert batch.proposals.filter(within="dcd:1:21-cr-8", decision="open", reason=reason).count() == 19


def test_what_was_brought_is_known_by_the_same_key_whatever_the_fold_of_names_learns(ida: User) -> None:
    case = with_party(docket(), "ada", aliases=("Kaʻahumanu",), attorneys=(FoundAttorney("Igor Vasilʹev"),))
    case = replace(case, officials=(FoundOfficial("Omar aʿOud ’t Hooft", "judge"),))
    take(file(case), ida)
    # Literally as they were stored before the fold left such signs out: a change here loses what stands in databases.
    parts = ("official", "alias", "attorney")
    stored = list(SourceKey.objects.order_by("pk").values_list("key", flat=True))
    own = {key.removeprefix(f"{case.key}|") for key in stored if any(f"|{part}|" in key for part in parts)}
    assert own == {
        "official|judge|omar a oud t hooft", "party|ada|alias|ka ahumanu", "party|ada|attorney|igor vasil ev",
        "party|bob|attorney|rex counsel", "party|usa|attorney|pat prosecutor",
    }  # fmt: skip
    again = propose(file(case, name="again.json"), by=ida)
    assert states(again) == []

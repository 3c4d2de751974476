"""What only an editor answers: the same name is not the same person, and a case may have had another number."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.models import Case, Charge, Defendant
from imports.accepting import accept
from imports.answering import are_new, are_the_likeliest, is_case, is_person
from imports.models import Batch, FormerNumber, Proposal
from imports.proposing import propose
from imports.reading.found import FoundAct, FoundCase, FoundCharge, FoundParty, When
from people.models import Name, Person
from tests.imports.files import docket, file


def row(number: str, name: str = "Adams, Daniel", charge: str = "Trespass") -> FoundCase:
    """One row of a snapshot of cases: its key is the number where there is one, else the name."""
    key = f"dcd:{number}" if number else f"row:{name}"
    brought = FoundAct("brought", "Charged", When(date(2021, 1, 17), "day"), "filing", "charges_filed", entry=False)
    return FoundCase(
        key, f"Prosecution of {name}", "criminal", "dcd", "", number, parties=(FoundParty("d", name, "defendant"),),
        charges=(FoundCharge("c1", "d", charge, "brought"),), acts=(brought,), marks=(name,),
    )  # fmt: skip


def question(batch: Batch, label: str) -> Proposal:
    return batch.proposals.get(label=label, decision="open")


def test_a_like_name_is_asked_about_with_reasons_and_waits(ida: User) -> None:
    known = editing.save(Person(slug="ada-quillfeather", name="Ada Quillfeather", described_as="painter"), by=ida)
    near = editing.save(Person(slug="bob", name="Bob T. Marrowbone"), by=ida)
    editing.save(Name(person=near, text="Ada Q."), by=ida)
    batch = propose(file(docket()), by=ida)

    ada, bob = question(batch, "Ada Quillfeather"), question(batch, "Bob Marrowbone")
    assert [(one["person"], one["name"], one["reasons"]) for one in ada.candidates] == [
        (known.pk, "Ada Quillfeather (painter)", ["The same name."]),
        (near.pk, "Bob T. Marrowbone", ["The record also calls them “Ada Q.”."]),
    ]
    assert [one["reasons"] for one in bob.candidates] == [["The same surname and first name; the rest differs."]]
    refused = accept(batch, by=ida)
    assert (Defendant.objects.count(), Charge.objects.count()) == (0, 0)
    assert refused.reasons["First say who this is: somebody of the record, or a new person."] == 2

    with pytest.raises(ValidationError, match="not among those offered"):
        is_person(ada, editing.save(Person(slug="x", name="Somebody Else"), by=ida), by=ida)
    is_person(ada, known, by=ida)
    is_person(bob, None, by=ida)
    accept(batch, by=ida)

    assert sorted(Defendant.objects.values_list("person__slug", flat=True)) == ["ada-quillfeather", "bob-marrowbone"]
    assert known.names.get().text == "Ada Q."


def test_many_are_answered_at_once(ida: User) -> None:
    known = editing.save(Person(slug="usa", name="USA", kind="government_body"), by=ida)
    for slug in ("bob-1", "bob-2"):
        editing.save(Person(slug=slug, name="Bob Marrowbone"), by=ida)
    batch = propose(file(docket()), by=ida)
    assert are_the_likeliest(batch, batch.proposals.all(), by=ida) == 1, "of two Bobs neither is the likeliest"
    assert are_new(batch, batch.proposals.all(), by=ida) == 1
    accept(batch, by=ida)
    assert known.participant_in.get().role == "government"
    assert Person.objects.filter(name="Bob Marrowbone").count() == 3


def test_namesakes_in_one_file_are_two_persons(ida: User) -> None:
    batch = propose(file(row("1:21-mj-10"), row("1:21-mj-11"), kind="table"), by=ida)
    accept(batch, by=ida)
    assert sorted(Person.objects.values_list("name", "slug")) == [
        ("Adams, Daniel", "adams-daniel"),
        ("Adams, Daniel", "adams-daniel-2"),
    ]


def test_a_renumbered_case_is_asked_about_and_keeps_its_old_number(ida: User, sam: User) -> None:
    accept(propose(file(row("1:21-mj-10"), row("", "Blank, Ann"), kind="table"), by=ida), by=ida)
    newer = propose(file(row("1:21-cr-99", charge="Riot"), kind="table", name="newer"), by=ida)

    asked = question(newer, "Prosecution of Adams, Daniel (1:21-cr-99)")
    (offered,) = asked.candidates
    assert (offered["name"], len(offered["reasons"])) == ("Prosecution of Adams, Daniel (1:21-mj-10)", 1)
    assert offered["reasons"][0].endswith("had under another number: the same “Adams, Daniel”.")
    assert accept(newer, by=sam).accepted == 0, "nothing before it is said which case it is"

    is_case(asked, asked.candidates[0]["case"], by=sam)
    waiting = newer.proposals.filter(decision="open").order_by("position")
    assert [(one.kind, one.state, one.old) for one in waiting] == [
        ("case", "changed", {"docket_number": "1:21-mj-10"}),
        ("charge", "changed", {"title": "Trespass"}),
    ]
    accept(newer, by=sam)

    case = Case.objects.get(docket_number="1:21-cr-99")
    assert (FormerNumber.objects.get().case, FormerNumber.objects.get().docket_number) == (case, "1:21-mj-10")
    assert [str(one) for one in case.relations.all()] == ["Supersedes 1:21-mj-10 (an earlier number of this case)"]
    assert (case.defendants.count(), Charge.objects.get(defendant__case=case).title) == (1, "Riot")
    again = propose(file(row("1:21-cr-99", charge="Riot"), kind="table", name="again"), by=ida)
    assert again.proposals.filter(decision="open").count() == 0


def test_the_editor_may_say_that_it_is_another_case(ida: User) -> None:
    accept(propose(file(row("1:21-mj-10"), kind="table"), by=ida), by=ida)
    newer = propose(file(row("1:21-cr-99"), kind="table", name="newer"), by=ida)
    asked = question(newer, "Prosecution of Adams, Daniel (1:21-cr-99)")
    with pytest.raises(ValidationError, match="not among those offered"):
        is_case(asked, 999_999, by=ida)
    is_case(asked, None, by=ida)
    are_new(newer, newer.proposals.all(), by=ida)
    accept(newer, by=ida)
    assert (Case.objects.count(), FormerNumber.objects.count()) == (2, 0)


def test_a_blank_number_merges_no_strangers(ida: User) -> None:
    strangers = [replace(row("", f"Blank, {name}"), marks=()) for name in ("Ann", "Bea")]
    accept(propose(file(*strangers, kind="table"), by=ida), by=ida)
    assert sorted(Case.objects.values_list("caption", "docket_number")) == [
        ("Prosecution of Blank, Ann", ""),
        ("Prosecution of Blank, Bea", ""),
    ]

"""A seal, or a withheld name, reaches what files said: proposals open and closed, accounts, files that come later."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Defendant, Event, Participant
from imports.accepting import accept, reject
from imports.account import account
from imports.answering import is_person
from imports.judging import NAMES_HIDDEN
from imports.models import Batch, Proposal
from imports.proposing import propose
from imports.reading.found import Found, FoundAct, NotUnderstood
from people.models import Person
from tests.imports.files import day, docket, file, with_act, with_party
from tests.imports.test_proposals import COUNTED, take

pytestmark = pytest.mark.django_db
SAID_OF = {"said of/Ada Quillfeather": 2, "said of/Bob Marrowbone": 1}  # a table may count by what a column says
ADA = ("Quillfeather", "Ada Q.", "QUILLFEATHER")


def spoken() -> Found:
    """The docket of two accused; one is named in a text, in a line that nobody understood, and in the file's name."""
    case = with_act(docket(), "2", title="Notice of appearance for Ada Quillfeather", raw_text="NOTICE: QUILLFEATHER")
    unclear = NotUnderstood("Party 4, extra line", "(Ret.) Ada Quillfeather", "No reader knows what this means.")
    return file(replace(case, not_understood=(unclear,)), name="us-v-quillfeather.json", **COUNTED, **SAID_OF)


def kept() -> list[str]:
    """What the imports keep that a page, or a later run, could show."""
    rows = [
        f"{one.label} {one.reason} {one.old} {one.new} {one.candidates} {one.marks}" for one in Proposal.objects.all()
    ]
    rows += [f"{one.file_name} {one.account}" for one in Batch.objects.all()]
    return [row for row in rows if any(name in row for name in ADA)]


def told(batch: Batch) -> dict[str, dict[str, int]]:
    return {line.name: dict(line.told) for line in account(batch)}


def shown(who: User, batch: Batch) -> str:
    client = Client()
    client.force_login(who)
    return client.get(reverse("admin:imports_batch_change", args=[batch.pk]), {"show": "all"}).content.decode()


def test_a_seal_reaches_what_was_accepted_what_waits_and_what_nobody_understood(ida: User, sam: User) -> None:
    done = take(spoken(), ida)
    more = FoundAct("9", "Sentencing memorandum of Ada Quillfeather", day(20), number="9")
    other = FoundAct("10", "Transcript", day(21), number="10")
    case = docket()
    waiting = propose(file(replace(case, acts=(*case.acts, more, other)), name="newer.json"), by=ida)
    before = {one.name: one.total for one in account(done)}
    assert len(kept()) > 5

    ada = Defendant.objects.get(person__name="Ada Quillfeather")
    editing.seal_defendant(ada, basis="Order of 1 April", on=day(9).on, by=sam)

    assert kept() == []
    assert {one.name: one.total for one in account(done)} == before
    assert [line.title for line in account(done) if not line.adds_up] == []
    assert told(done)["counts"] == {"imported": 3}, "what was accepted stays accepted"
    closed = waiting.proposals.filter(decision="sealed").order_by("position").values_list("label", flat=True)
    assert list(closed) == ["2 March 2021: Notice of appearance", "(removed after a seal)"], "one was to be changed"
    assert told(waiting)["entries"] == {"already there": 3, "removed after a seal": 2, "waiting for an editor": 1}
    assert "United States v. " in shown(sam, waiting), "a group is called as the record calls its case"
    page = shown(sam, done)
    assert "(removed after a seal)" in page
    assert [name for name in ADA if name in page] == []
    # The rest can be taken; and the same file again says nothing of whoever is sealed.
    assert accept(waiting, by=sam).accepted == 1
    again = propose(spoken(), by=ida)
    assert again != done
    assert kept() == []
    assert again.proposals.filter(decision="open").count() == 0
    assert told(again)["counts"] == {"already there": 1, "left out: the defendant is sealed": 2}


def test_a_withheld_name_is_warned_of_and_forgotten_once_it_is_decided(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    ada = Person.objects.get(name="Ada Quillfeather")
    ada.visibility, ada.not_named_because = "name_withheld", "victim"
    editing.save(ada, by=sam)
    assert kept() == []
    case = docket()
    acts = (
        *case.acts,
        FoundAct("9", "Motion of Ada Quillfeather", day(20), number="9"),
        FoundAct("10", "Order", day(21)),
    )
    unclear = NotUnderstood("Line 7", "Quillfeather (Ret.)", "No reader knows what this means.")
    newer = propose(file(replace(case, acts=acts, not_understood=(unclear,)), name="newer.json"), by=ida)
    waiting = {one.label: one.reason for one in newer.proposals.filter(decision="open")}
    assert waiting == {"20 March 2021: Motion of Ada Quillfeather": NAMES_HIDDEN, "21 March 2021: Order": ""}
    assert "Quillfeather" not in str(newer.proposals.get(state="not_understood").new)
    assert accept(newer, by=sam).accepted == 2
    assert kept() == []
    assert Event.objects.filter(title="Motion of Ada Quillfeather", editorial_state="draft").count() == 1
    # An editor words it otherwise; the same file proposes nothing of it again.
    act = Event.objects.get(title__startswith="Motion of")
    act.title = "Motion"
    editing.save(act, by=sam)
    same = propose(file(replace(case, acts=acts), name="same.json"), by=ida)
    assert same.proposals.filter(decision="open").count() == 0


def test_nobody_is_shown_again_by_accepting(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    ada = Person.objects.get(name="Ada Quillfeather")
    ada.visibility = "name_withheld"
    editing.save(ada, by=sam)
    # Another source has the same docket, and calls its parties otherwise.
    case = with_party(docket(), "bob", role="witness")
    parties = tuple(replace(one, key=f"other-{one.key}") for one in case.parties)
    charges, acts = (), tuple(replace(one, about=(), outcomes=(), sentence=()) for one in case.acts)
    other = propose(
        file(replace(case, parties=parties, charges=charges, acts=acts), kind="table", name="table.csv"), by=ida
    )
    asked = other.proposals.get(label="Ada Quillfeather", kind="party")
    assert asked.reason == NAMES_HIDDEN
    assert "Their name is withheld or sealed in the record." in asked.candidates[0]["reasons"]
    is_person(asked, None, by=sam)
    accept(other, by=sam)
    again = Person.objects.filter(name="Ada Quillfeather").exclude(pk=ada.pk).get()
    assert again.visibility == "name_withheld"
    assert {one.person.visibility for one in Defendant.objects.filter(person__name="Ada Quillfeather")} == {
        "name_withheld"
    }
    assert kept() == []


def test_a_new_case_of_somebody_hidden_is_not_kept_under_their_name(ida: User, sam: User) -> None:
    ada = editing.save(Person(slug="ada-quillfeather", name="Ada Quillfeather", visibility="name_withheld"), by=ida)
    batch = propose(spoken(), by=ida)
    is_person(batch.proposals.get(label="Ada Quillfeather", kind="party"), ada, by=sam)
    noted = batch.proposals.filter(kind__in=("case", "party"))
    accept(batch, by=sam, chosen=noted)
    assert Defendant.objects.filter(person=ada).count() == 1
    waiting = batch.proposals.filter(decision="open", label__contains="Quillfeather")
    assert set(waiting.values_list("reason", flat=True)) == {NAMES_HIDDEN}
    accept(batch, by=sam)
    assert batch.proposals.filter(decision="open").count() == 0
    assert kept() == []


def test_another_source_says_nothing_of_a_sealed_case(ida: User, sam: User) -> None:
    take(file(docket()), ida)
    case = Case.objects.get()
    waiting = propose(file(docket(), kind="table", name="before.csv"), by=ida)
    editing.seal_case(case, basis="Order of 1 April", on=day(9).on, by=sam)
    assert kept() == []
    assert set(waiting.proposals.exclude(decision="noted").values_list("decision", flat=True)) == {"sealed"}
    after = propose(file(docket(), kind="table", name="after.csv", **COUNTED), by=ida)
    assert (after.proposals.count(), kept()) == (0, [])
    assert told(after)["counts"] == {"left out: the case is sealed": 3}


def test_a_hidden_witness_and_counsel_are_forgotten_too_and_what_was_rejected(ida: User, sam: User) -> None:
    batch = propose(file(docket()), by=ida)
    accept(batch, by=ida, chosen=batch.proposals.exclude(label="Bob Marrowbone"))
    reject(batch, batch.proposals.filter(decision="open"), by=ida)
    counsel = Participant.objects.get(person__name="Pat Prosecutor").person
    counsel.visibility = "name_withheld"
    editing.save(counsel, by=sam)
    rows = [f"{one.label} {one.new}" for one in Proposal.objects.all()]
    assert [row for row in rows if "Prosecutor" in row] == []
    assert len([row for row in rows if "Marrowbone" in row]) > 0
    labels = batch.proposals.filter(kind="attorney", decision="accepted").order_by("pk").values_list("label", flat=True)
    assert list(labels) == ["Rex Counsel", "Rex Counsel", "(removed after a seal)"]

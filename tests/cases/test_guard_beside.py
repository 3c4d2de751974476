"""Hidden names in what becomes public with an act or a case, and in what is changed while readers read it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model

from cases import editing, guard
from cases.editing import hiding, sealing
from cases.models import Case, CaseRelation, Court, Defendant, Event, Matter, Source
from people.models import Name, Namesake, Person
from tests.cases import record
from tests.cases.editing.told import refusal

pytestmark = pytest.mark.django_db
SEALED = {"visibility": "sealed", "sealed_basis": "By order", "sealed_on": "2024-03-03"}
WORD = "To publish it all the same, say why in one sentence: it is kept, and other editors read it."


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss")


@pytest.fixture
def case(db: None) -> Case:
    """A published case: Zoë Quint is charged with arson, and Mimi Hopper, a child, is its withheld victim."""
    case = record.case("state-v-quint", caption="State v. Quint", matter=record.matter("fire"))
    complaint = record.act(case, "2024-01-10", "filing complaint", title="Zoë Quint charged with arson")
    record.charge(record.defendant(case, record.person("Zoë Quint", slug="zoe-quint")), "Arson", complaint)
    record.cite(complaint)
    child = record.person("Mimi Hopper", visibility="name_withheld", not_named_because="minor")
    record.role(case, child, "victim", complaint)
    return case


def named(thing: Event | Case | Matter) -> list[tuple[str, str, Model]]:
    """What the guard says of names: how much it weighs, the words before the name, and where it is mended."""
    found = [item for item in guard.items(thing) if item.code == "named"]
    return [(item.weight.name, item.words.split(" has the ")[0], item.row) for item in found]


def test_words_that_become_public_with_an_act_are_looked_at_with_it(case: Case, boss: User) -> None:
    aunt = record.person("Ann Poe")
    heard = record.act(case, "2024-02-01", "hearing preliminary", state="draft", title="Heard")
    record.cite(heard)
    record.role(case, aunt, "witness", heard)
    assert named(heard) == []
    Person.objects.filter(pk=aunt.pk).update(described_as="aunt of Mimi Hopper")
    apart = Namesake.objects.create(person=aunt, other=record.person("Ann Poe II"), note="not Mimi Hopper’s teacher")
    called = Name.objects.create(person=aunt, text="Aunt of Mimi Hopper")
    assert named(heard) == [
        ("MUST", "The description of a person", aunt),
        ("MUST", "What tells namesakes apart", aunt),
        ("MUST", "Another name of a person", aunt),
    ]
    said = "The description of a person has the name of Mimi Hopper, who is not to be named (a minor)."
    assert refusal(editing.publish, heard, by=boss, despite="Everybody knows.")[0] == said
    Person.objects.filter(pk=aunt.pk).update(described_as="")
    apart.delete()
    called.delete()
    # Whoever is called as the hidden person is, and is somebody else, is not taken for a text about them.
    judge = record.person("Mimi Hopper", slug="mimi-hopper-2")
    record.role(case, judge, "judge", heard)
    estate = record.person("Estate of Mimi Hopper", kind="company")
    record.role(case, estate, "interested_party", heard)
    assert named(heard) == [("MUST", "The name of a person", estate)]
    # The queue knows these words, too, of what was public before somebody was hidden.
    Event.objects.filter(pk=heard.pk).update(editorial_state="published")
    Court.objects.update(name="Mimi Hopper Court")
    assert [(item.words.split(" has the ")[0], item.row) for item in guard.still_read()] == [
        ("The court's name", case.court), ("The name of a person", estate),
    ]  # fmt: skip


def test_words_that_become_public_with_a_case_are_looked_at_with_it(case: Case, boss: User) -> None:
    with editing.sitting():
        editing.correct(kind="error", sentence="It was shown by mistake.", by=boss)
        editing.withdraw(case.matter, by=boss)
        editing.withdraw(case, by=boss)
    Court.objects.update(name="Mimi Hopper Court")
    CaseRelation.objects.create(case=case, kind="related", target_text="In re Mimi Hopper, 24-1")
    # What was said when nobody was hidden, and may not be said any more.
    complaint = Event.objects.get()
    Event.objects.update(text="Mimi Hopper saw it.")
    Source.objects.update(title="What Mimi Hopper saw")
    Person.objects.filter(name="Zoë Quint").update(described_as="mother of Mimi Hopper")
    assert named(case) == [
        ("MUST", "The court's name", case.court),
        ("MUST", "The other case", case),
        ("MUST", "The description of a person", Person.objects.get(name="Zoë Quint")),
        ("MUST", "The text", complaint),
        ("MUST", "The name of a source", Source.objects.get()),
    ]
    assert len(refusal(editing.publish, case, by=boss, despite="Everybody knows.")) == 5
    # What somebody published for a good reason is not asked again.
    Person.objects.filter(name="Mimi Hopper").update(not_named_because="")
    Court.objects.update(name="Court")
    CaseRelation.objects.update(target_text="24-1")
    Source.objects.update(title="What was seen")
    Person.objects.update(described_as="")
    assert refusal(editing.publish, case, by=boss) == [
        "The text has the name of Mimi Hopper, whose name is withheld.", WORD,
    ]  # fmt: skip
    Event.objects.update(published_despite="The family said so.")
    editing.publish(case, by=boss)


def test_no_save_lets_readers_read_a_hidden_name(case: Case, boss: User) -> None:
    quint, complaint = Person.objects.get(name="Zoë Quint"), Event.objects.get()
    beside = record.case("state-v-ng", caption="State v. Ng", matter=case.matter)
    ng = record.defendant(beside, record.person("Kim Ngata"))
    record.charge(ng, "Arson", record.act(beside, "2024-01-11", "filing complaint", title="Charged"))
    Defendant.objects.filter(pk=ng.pk).update(**SEALED)
    cited = complaint.citations.get()

    def refused(row: Any, **columns: Any) -> list[str]:
        for name, value in columns.items():
            setattr(row, name, value)
        told = refusal(corrected, row, boss)
        row.refresh_from_db()
        assert told[-1] in (hiding.SAY_OTHERWISE, told[0]), "whole names of those not to be named were refused before"
        return [one.split(" has the ")[0] for one in told[:1]]

    for who in ("Mimi Hopper", "Kim Ngata", "Ms. Ngata"):
        assert refused(quint, described_as=f"aunt of {who}") == ["The description of a person"]
        assert refused(cited.source, title=f"What {who} saw") == ["The name of a source"]
        assert refused(cited, quote=f"{who} saw it") == ["A quotation"]
        assert refused(complaint, title=f"{who} saw it") == ["The headline"]
        assert refused(case.matter, summary=f"{who} saw it") == ["The matter's summary"]
        assert refused(case.court, name=f"{who} Court") == ["The court's name"]
    assert refusal(corrected, Name(person=quint, text="Aunt of Kim Ngata"), boss)
    assert refusal(corrected, Namesake(person=quint, other=record.person("Z. Quint"), note="not Kim Ngata’s"), boss)
    assert refusal(corrected, CaseRelation(case=case, kind="related", target_text="In re Kim Ngata"), boss)
    # Nor among many, as a loader changes them.
    quint.described_as = "aunt of Kim Ngata"
    nobody = [Person(slug=f"nobody-{number}", name=f"Nobody {number}") for number in range(21)]
    assert refusal(corrected, *nobody, quint, boss)[0].startswith("The description of a person has the name of Kim")
    quint.refresh_from_db()
    # Somebody whom nobody reads yet may be described; what was there already may be mended word by word.
    editing.save(Person(slug="poe", name="Ann Poe", described_as="aunt of Kim Ngata"), by=boss)
    Event.objects.filter(pk=complaint.pk).update(text="Kim Ngata and Kim Ngata’s aunt saw it.")
    complaint.refresh_from_db()
    complaint.text = "Kim Ngata saw it."
    corrected(complaint, boss)
    assert Event.objects.get(pk=complaint.pk).text == "Kim Ngata saw it."


def test_a_draft_beside_lets_nobody_be_named(case: Case) -> None:
    beside = record.case("state-v-ng", caption="State v. Ng", matter=case.matter)
    ng = record.person("Kim Ngata")
    charged = record.act(beside, "2024-01-11", "filing complaint", title="Charged")
    record.charge(record.defendant(beside, ng), "Arson", charged)
    Defendant.objects.filter(person=ng).update(**SEALED)
    heard = record.act(case, "2024-02-01", "hearing preliminary", state="draft", title="Heard")
    record.cite(heard)
    Event.objects.filter(pk=heard.pk).update(title="Kim Ngata is heard")
    heard.refresh_from_db()
    told = [("SHOULD", "The headline", heard)]
    assert named(heard) == told
    # Somebody enters them, by name, where no reader reads it: in a draft case, and by a draft act of a public one.
    third = record.case("state-v-third", caption="State v. Third", matter=case.matter, state="draft")
    filed = record.act(third, "2024-01-12", "filing complaint", title="Filed")
    record.charge(record.defendant(third, ng), "Theft", filed)
    fourth = record.case("state-v-fourth", caption="State v. Fourth", matter=case.matter)
    record.charge(
        record.defendant(fourth, ng), "Theft", record.act(fourth, "2024-01-12", "filing complaint", state="draft")
    )
    assert named(heard) == told
    Case.objects.filter(pk=third.pk).update(editorial_state="published")
    assert named(heard) == [], "there readers read it"


def test_a_tombstone_does_not_say_whose_it_is(case: Case, boss: User) -> None:
    quint = Defendant.objects.get()
    for basis in ("Order in the matter of Zoë Quint", "Order as to Quint"):
        assert refusal(editing.seal_defendant, quint, basis=basis, on=date(2024, 3, 3), by=boss) == [
            sealing.BASIS_NAMES
        ]
        assert refusal(editing.seal_case, case, basis=basis, on=date(2024, 3, 3), by=boss) == [sealing.BASIS_NAMES]
        quint.refresh_from_db()
        case.refresh_from_db()
    editing.seal_case(case, basis="Order of 3 March", on=date(2024, 3, 3), by=boss)


def corrected(*rows_and_by: Any) -> None:
    """Save what readers read, with the word for them; the last is who."""
    *rows, by = rows_and_by
    with editing.sitting():
        editing.correct(kind="error", sentence="It said less of the hearing.", by=by)
        for row in rows:
            editing.save(row, by=by)

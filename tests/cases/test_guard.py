"""The publish guard: what forbids publication, what speaks against it, and what is only to be looked at."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cases import editing, guard
from cases.models import Case, Defendant, Event, Matter
from people.models import Name, Person, Redirect
from tests.cases import record
from tests.cases.editing.told import refusal

pytestmark = pytest.mark.django_db
NEEDS_A_WORD = "To publish it all the same, say why in one sentence: it is kept, and other editors read it."


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_superuser("boss")


@pytest.fixture
def docket(db: None) -> tuple[Case, Defendant, Event]:
    """A published case: Zoë Quint, charged with arson on 10 January 2024."""
    case = record.case("state-v-quint", caption="State v. Quint", matter=record.matter("fire", state="draft"))
    who = record.defendant(case, record.person("Zoë Quint"))
    complaint = record.act(case, "2024-01-10", "filing complaint", title="Zoë Quint charged with arson")
    record.charge(who, "Arson", complaint)
    record.cite(complaint)
    return case, who, complaint


def told(thing: Matter | Case | Event) -> list[tuple[str, str]]:
    """How much each item weighs, and what it is about."""
    return [(item.weight.name, item.code) for item in guard.items(thing)]


def decided(case: Case, title: str, term: str, what: str, day: str = "2024-07-12") -> Event:
    """A draft act that decides about the only charge, without a source."""
    act = record.act(case, day, what, state="draft", title=title)
    record.outcome(act, case.defendants.get().charges.get(), term)
    return act


# --- sources ------------------------------------------------------------------------------------------------------


def test_a_decision_needs_more_than_one_press_report(docket: tuple[Case, Defendant, Event]) -> None:
    case, _, complaint = docket
    assert told(complaint) == [], "what brings a charge may rest on one report"
    ruling = decided(case, "Case dismissed", "dismissed_with_prejudice", "ruling dismiss granted")
    assert told(ruling) == [("MUST", "no_source")]
    first = record.cite(ruling, "The Daily Docket")
    assert told(ruling) == [("SHOULD", "one_report")]
    second = record.cite(ruling, "The Evening Docket")
    assert told(ruling) == []
    second.source.relays = first.source
    second.source.save()
    assert told(ruling) == [("SHOULD", "one_report")], "the second repeats the first"
    first.source.relays = second.source
    first.source.save()
    assert told(ruling) == [("SHOULD", "one_report")], "a ring of relays ends"
    first.source.relays = None
    first.source.save()
    first.relayed_from, second.relayed_from = "Wire Agency", "wire agency "
    first.save()
    second.save()
    second.source.relays = None
    second.source.save()
    assert told(ruling) == [("SHOULD", "one_report")], "both repeat one agency"
    record.cite(ruling, "The clerk", kind="tip")
    assert told(ruling) == [("SHOULD", "one_report")]
    record.cite(ruling, "Freedonia District Court", kind="court_record")
    assert told(ruling) == []


# --- names --------------------------------------------------------------------------------------------------------


def test_nobody_who_is_not_to_be_named_is_named_in_words(docket: tuple[Case, Defendant, Event], boss: User) -> None:
    case, _, complaint = docket
    child = record.person("Mía Álvarez-Roe", visibility="name_withheld", not_named_because="minor")
    Name.objects.create(person=child, text="Mimi Hopper")
    record.role(case, child, "victim", complaint)
    heard = record.act(case, "2024-02-01", "hearing preliminary", state="draft", title="Heard")
    cited = record.cite(heard)
    assert told(heard) == []

    def after(what: str, text: str) -> list[tuple[str, str]]:
        Event.objects.filter(pk=heard.pk).update(**{what: text})
        found = told(Event.objects.get(pk=heard.pk))
        Event.objects.filter(pk=heard.pk).update(**{what: "Heard" if what == "title" else ""})
        return found

    must = [("MUST", "named")]
    assert after("text", "The court heard mia alvarez roe.") == must
    assert after("title", "MIMI HOPPER, aged 9, is heard") == must
    assert after("text", "The court heard Mía Lucía Álvarez-Roe.") == must
    assert after("text", "The family Álvarez-Roe was heard.") == [("SHOULD", "named")], "the surname alone"
    assert after("text", "The court heard the girl.") == []
    cited.quote = "“She said so”, Mimi Hopper's mother said."
    cited.save()
    assert told(heard) == must
    (item,) = guard.items(heard)
    assert item.words == "A quotation has the name of Mía Álvarez-Roe, who is not to be named (a minor)."
    assert refusal(editing.publish, heard, by=boss, despite="Everybody knows.") == [item.words]
    cited.quote = ""
    cited.save()
    editing.publish(heard, by=boss)

    public = Event.objects.get(pk=heard.pk)
    public.text = "Mimi Hopper was heard."
    said = ["The text has the name of Mía Álvarez-Roe, who is not to be named (a minor)."]
    assert refusal(corrected, public, boss) == said

    # Nor in another case of the matter, which the child has no part in.
    beside = record.case("state-v-poe", matter=case.matter)
    charged = record.act(beside, "2024-01-12", "filing complaint", title="Poe charged")
    record.charge(record.defendant(beside, record.person("Max Poe")), "Theft", charged)
    record.cite(charged)
    charged.text = "Mimi Hopper saw it."
    assert refusal(corrected, charged, boss) == said


def corrected(act: Event, by: User) -> None:
    """Save an act that readers read, with the word for them."""
    with editing.sitting():
        editing.correct(kind="error", sentence="It said less of the hearing.", by=by)
        editing.save(act, by=by)


def test_a_surname_that_somebody_shown_has_too_tells_of_nobody(docket: tuple[Case, Defendant, Event]) -> None:
    case, _, complaint = docket
    child = record.person("Ada Quint", visibility="name_withheld", not_named_because="victim")
    record.role(case, child, "victim", complaint)
    assert (told(case), told(complaint)) == ([], [])
    Case.objects.filter(pk=case.pk).update(summary="Quint is said to have burnt the house of Ada Quint.")
    assert told(Case.objects.get()) == [("MUST", "named")]


def test_who_is_marked_later_is_found_in_what_readers_read(docket: tuple[Case, Defendant, Event]) -> None:
    case, _, complaint = docket
    witness = record.person("Ida Winter")
    record.role(case, witness, "witness", complaint)
    Event.objects.filter(pk=complaint.pk).update(text="Ida Winter saw the fire.")
    assert guard.still_read(witness) == []
    Person.objects.filter(pk=witness.pk).update(visibility="name_withheld", not_named_because="minor")
    (item,) = guard.still_read(Person.objects.get(pk=witness.pk))
    assert guard.still_read() == [item]
    assert (item.words, item.row) == (
        "The text has the name of Ida Winter, who is not to be named (a minor).",
        complaint,
    )


def test_a_hidden_name_is_told_wherever_readers_read_it_until_it_is_mended(
    docket: tuple[Case, Defendant, Event],
) -> None:
    """A sealed defendant, a sealed case beside it, a withheld witness: and nobody whom readers may read there."""
    case, quint, complaint = docket
    Matter.objects.update(editorial_state="published", summary="Zoë Quint was tried with Kim Ng; Grant fled.")
    assert guard.still_read() == []
    beside = record.case("state-v-ng", caption="State v. Ng", matter=case.matter)
    ng = record.defendant(beside, record.person("Kim Ng"))
    record.charge(ng, "Arson", record.act(beside, "2024-01-11", "filing complaint", title="Kim Ng charged"))
    witness = record.person("Ida Grant", visibility="name_withheld")
    record.role(case, witness, "witness", complaint)
    ruling = record.act(case, "2024-02-01", "ruling bail granted", title="Grant of bail", text="Ms. Grant was heard.")
    record.cite(ruling, quote="We grant bail. Ng is not at risk of flight")
    Event.objects.filter(pk=complaint.pk).update(text="Quint, and Kim O. Ng, were seen by Ida Grant.")
    record.act(case, "2024-02-02", "statement denial", title="Ida Grant denies it", state="draft")
    assert [(item.words, item.row) for item in guard.still_read()] == [
        ("The text has the name of Ida Grant, whose name is withheld.", complaint),
        ("The text has the surname of Ida Grant, whose name is withheld.", ruling),
    ]
    Event.objects.filter(pk=ruling.pk).update(text="")
    Event.objects.filter(pk=complaint.pk).update(text="Quint, and Kim O. Ng, were seen.")
    assert guard.still_read() == []
    Person.objects.filter(pk=ng.person_id).update(described_as="neighbour of Ida Grant")
    apart = ng.person.namesakes.create(other=record.person("Kim Ng II"), note="not the one who lived with Ida Grant")
    assert [(item.words, item.row) for item in guard.still_read()] == [
        ("The description of a person has the name of Ida Grant, whose name is withheld.", ng.person),
        ("What tells namesakes apart has the name of Ida Grant, whose name is withheld.", ng.person),
    ]
    apart.delete()
    Person.objects.filter(pk=ng.person_id).update(described_as="")

    # The guard says so before it is public; an ordinary word is only to be looked at.
    draft = record.act(case, "2024-02-03", "statement denial", title="A statement", state="draft", text="Grant left.")
    record.cite(draft)
    assert told(draft) == [("LOOK", "named")]

    seal = {"visibility": "sealed", "sealed_basis": "By order", "sealed_on": "2024-03-03"}
    Case.objects.filter(pk=beside.pk).update(**seal)
    ng_is_read = [
        ("The matter's summary has the name of Kim Ng, whose name is sealed here.", case.matter),
        ("The text has the name of Kim Ng, whose name is sealed here.", complaint),
        ("A quotation has the surname of Kim Ng, whose name is sealed here.", ruling),
    ]
    assert [(item.words, item.row) for item in guard.still_read()] == ng_is_read
    Defendant.objects.filter(pk=quint.pk).update(**seal)
    assert {(item.words, item.row) for item in guard.still_read()} - set(ng_is_read) == {
        ("The matter's summary has the name of Zoë Quint, whose name is sealed here.", case.matter),
        ("The case's name has the surname of Zoë Quint, whose name is sealed here.", case),
    }
    assert [item.words for item in guard.still_read(quint.person)][1] == (
        "The case's address, which can not be changed, has the surname of Zoë Quint, whose name is sealed here."
    )


def test_an_old_address_leads_nobody_elsewhere(docket: tuple[Case, Defendant, Event], boss: User) -> None:
    somebody = record.person("Max Roe")
    gone = record.person("Lea Poe", derived_standing=1)
    gone.delete()
    assert refusal(editing.save, Redirect(old_slug="lea-poe", person=somebody), by=boss)[0].startswith("This address")
    editing.save(Redirect(old_slug="max-r", person=somebody), by=boss)


def test_who_is_not_to_be_named_is_withheld(db: None) -> None:
    person = Person(slug="ada", name="Ada Roe", not_named_because="minor")
    with pytest.raises(ValidationError) as refused:
        person.full_clean()
    assert refused.value.messages == ["Somebody who is not to be named has the visibility “Name withheld”."]


def test_a_juvenile_case_withholds_its_defendants(docket: tuple[Case, Defendant, Event]) -> None:
    case, who, _ = docket
    Case.objects.filter(pk=case.pk).update(kind="juvenile")
    assert told(Case.objects.get()) == [("SHOULD", "juvenile")]
    Person.objects.filter(pk=who.person_id).update(visibility="name_withheld")
    assert ("SHOULD", "juvenile") not in told(Case.objects.get())


# --- order --------------------------------------------------------------------------------------------------------


def test_acts_of_one_day_whose_order_decides(docket: tuple[Case, Defendant, Event]) -> None:
    case, _, _ = docket
    first = decided(case, "Case dismissed", "dismissed_with_prejudice", "ruling dismiss granted")
    second = decided(case, "The case is dismissed", "dismissed_without_prejudice", "ruling dismiss granted")
    for act in (first, second):
        record.cite(act, kind="court_record")
    assert told(first) == []
    Event.objects.filter(pk=first.pk).update(editorial_state="published")
    (item,) = guard.items(second)
    assert (item.code, item.row, item.words) == (
        "order_uncertain",
        second,
        (
            "The record does not say which of these came last, and it matters: “Case dismissed” (12 July 2024); “The "
            "case is dismissed” (12 July 2024). Give each a sequence, or a more exact date."
        ),
    )
    for number, act in enumerate((first, second), 1):
        Event.objects.filter(pk=act.pk).update(sequence=number)
    assert told(Event.objects.get(pk=second.pk)) == []


# --- words --------------------------------------------------------------------------------------------------------


def test_words_are_read_in_the_state_of_the_day(docket: tuple[Case, Defendant, Event]) -> None:
    case, _, complaint = docket
    Event.objects.filter(pk=complaint.pk).update(title="Zoë Quint, arsonist, charged")
    assert told(Event.objects.get(pk=complaint.pk)) == [("SHOULD", "words_label")]
    verdict = decided(case, "Jury convicts Quint of arson", "convicted_jury", "verdict guilty", "2024-03-01")
    record.cite(verdict, kind="court_record")
    assert told(verdict) == [], "the act itself says so"
    later = record.act(case, "2024-04-01", "statement reaction", title="The family on Quint's conviction")
    record.cite(later)
    assert told(later) == [("SHOULD", "words_convicted")], "a draft verdict has convicted nobody"
    Event.objects.filter(pk=verdict.pk).update(editorial_state="published")
    assert told(later) == []
    assert told(Event.objects.get(pk=complaint.pk)) == [("SHOULD", "words_label")], "on its own day she was no convict"
    Case.objects.filter(pk=case.pk).update(summary="Zoë Quint was convicted of arson.")
    Matter.objects.update(summary="Quint was found innocent.")
    assert (told(Case.objects.get()), told(Matter.objects.get())) == ([], [("SHOULD", "words_innocent")])


def test_a_civil_case_has_no_crime_and_another_case_of_the_matter_is_known(
    docket: tuple[Case, Defendant, Event],
) -> None:
    case, _, _ = docket
    suit = record.case("roe-v-max", caption="Roe v. Max", kind="civil", matter=case.matter)
    who = record.defendant(suit, record.person("Max Poe"))
    filed = record.act(suit, "2024-02-01", "filing complaint", title="Poe charged with negligence")
    record.charge(who, "Negligence", filed)
    record.cite(filed)
    assert [item.words.split(". ")[:2] for item in guard.items(filed)] == [
        ["The headline says “charged with”", "A civil suit charges nobody"]
    ]
    Event.objects.filter(pk=filed.pk).update(title="Poe sued; Zoë Quint is charged with arson")
    assert told(Event.objects.get(pk=filed.pk)) == []


def test_the_list_is_loaded_in_as_many_queries_for_many_as_for_one(
    docket: tuple[Case, Defendant, Event], django_assert_num_queries: object
) -> None:
    case, _, complaint = docket
    others = [record.act(case, f"2024-05-{day:02}", "hearing trial_day") for day in range(1, 9)]
    for number, few in ((26, [complaint]), (26, [complaint, case, *others])):
        with django_assert_num_queries(number):
            guard.items_of(few)


# --- addresses ----------------------------------------------------------------------------------------------------


def test_an_address_never_changes_hands(docket: tuple[Case, Defendant, Event], boss: User) -> None:
    taken = (
        "This address belonged to another page that readers could open. It is never given to a different one, not "
        "even after that page was withdrawn or deleted. Choose another."
    )
    gone = record.case("state-v-gone", state="withdrawn")
    draft = record.case("state-v-draft", state="draft")
    person = record.person("Lea Poe", derived_standing=1)
    for row in (gone, draft):
        editing.remove(row, by=boss)
    Person.objects.filter(pk=person.pk).delete()
    court = record.court()
    again = Case(slug="state-v-gone", caption="State v. Somebody Else", court=court)
    assert refusal(editing.save, again, by=boss) == [taken]
    with pytest.raises(IntegrityError, match="This address belonged to another page"):
        Case.objects.create(slug="state-v-gone", caption="By a loader", court=court)


def test_a_draft_s_address_is_free_again_and_a_row_may_come_back(db: None, boss: User) -> None:
    draft = record.case("state-v-draft", state="draft")
    editing.remove(draft, by=boss)
    editing.save(Case(slug="state-v-draft", caption="Another", court=record.court()), by=boss)
    person = record.person("Lea Poe", derived_standing=1)
    number = person.pk
    person.delete()
    assert refusal(editing.save, Person(slug="lea-poe", name="Lea Poe"), by=boss)[0].startswith("This address")
    Person.objects.create(pk=number, slug="lea-poe", name="Lea Poe")
    assert Person.objects.get(slug="lea-poe").pk == number

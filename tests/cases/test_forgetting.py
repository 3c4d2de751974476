"""Sealing and withholding forget on purpose: no earlier value that names somebody lives on in the history."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.timezone import now

from cases import editing, history
from cases.models import (
    Case,
    Charge,
    Correction,
    Court,
    Defendant,
    Entry,
    Event,
    Jurisdiction,
    Matter,
    Participant,
    Source,
)
from desk.signin.models import KeptTyping
from people.models import Name, Person
from tests.desk.record import Docket, act, docket

pytestmark = pytest.mark.django_db

ORDER = {"basis": "Order of 3 March 2025", "on": date(2025, 3, 3)}


@pytest.fixture
def anna() -> User:
    return User.objects.create_superuser("anna")


@pytest.fixture(autouse=True)
def said(anna: User) -> Iterator[None]:
    with editing.corrected(kind="update", sentence="The record was changed by a test.", by=anna):
        yield


@pytest.fixture
def quint(anna: User) -> Docket:
    """Zoë Quint in one case, named wherever an editor may name somebody, now and in earlier wordings."""
    where = Jurisdiction.objects.create(slug="freedonia", name="Freedonia")
    court = Court.objects.create(slug="district", name="District Court", jurisdiction=where)
    report = Source.objects.create(kind="court_record", publisher="The Daily Docket", title="State against Zoë Quint")
    kept = docket(court, report, anna)
    case, person = kept.case, kept.defendant.person
    with editing.sitting():
        case.matter = editing.save(Matter(slug="fire", title="The fire that Quint set"), by=anna)
        case.summary = "Zoe Quint is accused."
        editing.save(case, by=anna)
        editing.save(Name(person=person, text="Zoë de la Quinta"), by=anna)
        draft = act(case, "Quint arraigned", "hearing arraignment", date(2024, 2, 1), report, anna, actor=person)
    draft.text = "Ms. Quint said nothing."
    editing.save(draft, by=anna)
    for table in ("case", "defendant", "person"):
        row = {"case": case, "defendant": kept.defendant, "person": person}[table]
        kind = ContentType.objects.get_for_model(type(row))
        LogEntry.objects.create(
            user=anna, content_type=kind, object_id=str(row.pk), object_repr=str(row), action_flag=CHANGE,
            change_message="Changed the name of Zoë Quint.",
        )  # fmt: skip
    return kept


def tables() -> list[str]:
    """Every table that keeps earlier values."""
    kept = [history.history_of(model)._meta.db_table for model in history.tracked_models()]
    return [*kept, LogEntry._meta.db_table]


def holding(*words: str) -> set[str]:
    """The tables in which a row, as text, holds one of the words."""
    found = set()
    with connection.cursor() as cursor:
        for table in tables():
            for word in words:
                cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text ILIKE %s LIMIT 1', [f"%{word}%"])  # noqa: S608 - names of our tables
                if cursor.fetchone():
                    found.add(table)
    return found


def test_before_a_seal_the_name_is_in_many_tables(quint: Docket) -> None:
    assert holding("Quint") == {
        "cases_casehistory", "cases_eventhistory", "cases_matterhistory", "cases_sourcehistory",
        "people_personhistory", "people_namehistory", "django_admin_log",
    }  # fmt: skip


def test_a_sealed_defendant_is_in_no_history(quint: Docket, anna: User) -> None:
    editing.seal_defendant(quint.defendant, **ORDER, by=anna)
    assert holding("Quint", "Zoë") == set()
    assert Person.objects.get().name == "Zoë Quint"  # the record itself keeps what it says now


def test_a_sealed_case_is_in_no_history_and_says_nothing_of_its_charges_either(quint: Docket, anna: User) -> None:
    editing.seal_case(quint.case, **ORDER, by=anna)
    assert holding("Quint", "Zoë", "Arson") == set()


def test_whoever_is_known_by_a_sealed_case_alone_is_forgotten_with_it(quint: Docket, anna: User) -> None:
    victim = editing.save(Person(slug="vera", name="Vera Victim"), by=anna)
    editing.save(Participant(case=quint.case, person=victim, role="victim", shown_by=quint.complaint), by=anna)
    gone = editing.save(Person(slug="gus", name="Gus Gone"), by=anna)
    was = editing.save(Defendant(case=quint.case, person=gone), by=anna)
    quint.complaint.text = "Mr. Gone was seen."
    editing.save(quint.complaint, by=anna)
    quint.complaint.text = ""
    editing.save(quint.complaint, by=anna)
    editing.remove(was, by=anna)
    gone.visibility = "name_withheld"
    editing.save(gone, by=anna)
    assert holding("Mr. Gone", "Gus Gone") == set()
    assert holding("Vera") == {"people_personhistory"}
    editing.seal_case(quint.case, **ORDER, by=anna)
    assert holding("Vera") == set()


def test_a_withheld_name_is_in_no_history(quint: Docket, anna: User) -> None:
    person = quint.defendant.person
    person.visibility = "name_withheld"
    editing.save(person, by=anna)
    assert holding("Quint", "Zoë") == set()
    assert holding("Arson") == {"cases_chargehistory"}  # nobody is named by a charge


def test_a_name_of_short_words_is_forgotten_and_so_is_what_a_window_answered(quint: Docket, anna: User) -> None:
    person = Person.objects.get(pk=quint.defendant.person_id)
    person.name = "Wu Yi"
    editing.save(person, by=anna)
    kind = ContentType.objects.get_for_model(Person)
    LogEntry.objects.create(
        user=anna, content_type=kind, object_id=str(person.pk), object_repr="Wu Yi", action_flag=CHANGE
    )
    for name in ("Zoë Quint", "Wu Yi", "Wu Yin"):
        Entry.objects.create(key=uuid4(), by=anna, led_to=json.dumps({"value": "1", "obj": name}))
    person.visibility = "name_withheld"
    editing.save(person, by=anna)
    assert holding("Wu Yi") == set()
    assert [json.loads(led)["obj"] for led in Entry.objects.values_list("led_to", flat=True)] == ["Wu Yin"]


def test_an_edit_of_what_is_sealed_leaves_no_new_trace(quint: Docket, anna: User) -> None:
    editing.seal_case(quint.case, **ORDER, by=anna)
    quint.case.refresh_from_db()
    quint.case.summary = "Zoë Quint stood trial."
    editing.save(quint.case, by=anna)
    draft = Event.objects.get(title="Quint arraigned")
    draft.title = "Quint was arraigned"
    editing.save(draft, by=anna)
    assert holding("Quint") == set()


def test_that_somebody_wrote_and_when_is_kept(quint: Docket, anna: User) -> None:
    occasions = len(history.changes_since(Event, quint.complaint.pk, 0))
    editing.seal_case(quint.case, **ORDER, by=anna)
    kept = history.changes_since(Event, quint.complaint.pk, 0)
    assert len(kept) >= occasions
    assert {(change.state.user_id, change.state.values) for change in kept} == {(anna.pk, None)}


def test_what_was_forgotten_can_not_be_restored(quint: Docket, anna: User) -> None:
    then = history.last_state(Case, quint.case.pk)
    assert then is not None
    editing.seal_case(quint.case, **ORDER, by=anna)
    emptied = history.state_at(Case, then.position)
    assert emptied is not None
    with pytest.raises(ValidationError, match="A seal has removed"):
        editing.restore(emptied, by=anna)


def test_other_peoples_history_is_left_alone(quint: Docket, anna: User) -> None:
    other = docket(quint.case.court, Source.objects.get(), anna, slug="state-v-ames", name="Ann Ames")
    editing.seal_defendant(quint.defendant, **ORDER, by=anna)
    assert {"cases_casehistory", "people_personhistory"} <= holding("Ames")
    assert history.last_state(Charge, other.charge.pk).values is not None


def test_somebody_public_elsewhere_is_forgotten_only_where_they_are_sealed(quint: Docket, anna: User) -> None:
    person = quint.defendant.person
    other = editing.save(Case(slug="second", caption="State v. Q.", court=quint.case.court), by=anna)
    again = editing.save(Defendant(case=other, person=person), by=anna)
    heard = act(other, "Complaint filed", "filing complaint", date(2024, 3, 1), Source.objects.get(), anna)
    editing.save(Charge(defendant=again, created_by=heard, title="Theft"), by=anna)
    editing.publish(heard, by=anna)
    editing.publish(other, by=anna)
    editing.seal_defendant(quint.defendant, **ORDER, by=anna)
    assert {"people_personhistory", "people_namehistory"} <= holding("Quint")
    assert holding("Quint") & {"cases_casehistory", "cases_eventhistory"} == set()
    assert holding("Theft") == {"cases_chargehistory"}


def test_no_old_wording_of_a_correction_no_kept_form_and_no_row_of_history_keeps_the_name(
    quint: Docket, anna: User
) -> None:
    """Wherever an editor may have written the name once, in this case and in those around it."""
    case, person = quint.case, quint.defendant.person
    beside = docket(case.court, Source.objects.get(), anna, slug="state-v-ames", name="Ann Ames")
    beside.case.matter = case.matter
    beside.case.summary = "Ames is tried apart from Quint."
    editing.save(beside.case, by=anna)
    for one in (case, beside.case):
        with editing.sitting():
            editing.correct(kind="error", sentence="It said that Zoë Quint was seen there.", by=anna)
            one.summary = "Nobody was seen there."
            editing.save(one, by=anna)
    for said in Correction.objects.filter(sentence__contains="Quint"):
        editing.reword(said, kind="error", sentence="The page said that Quint was seen there.", by=anna)
    with editing.sitting():
        editing.correct(kind="error", sentence="The page said that the charge was robbery.", by=anna)
        quint.charge.count = "1"
        editing.save(quint.charge, by=anna)
    KeptTyping.objects.create(token="t", user=anna, address="/desk/", typed="(encrypted)", kept_at=now())
    assert {"cases_correctionhistory", "cases_casehistory"} <= holding("Quint")

    person.visibility = "name_withheld"
    editing.save(person, by=anna)
    assert holding("Quint", "Zoë") == set()
    assert "cases_casehistory" in holding("Ames")
    assert not KeptTyping.objects.exists()
    # What is mended afterwards leaves no wording behind either.
    for said in Correction.objects.filter(sentence__contains="Quint"):
        editing.reword(said, kind="error", sentence="The page said that somebody was seen there.", by=anna)
    beside.case.refresh_from_db()
    beside.case.caption = "State v. Ames and another"
    editing.save(beside.case, by=anna)
    assert holding("Quint", "Zoë") == set()
    # Of a sealed case the corrections are forgotten whole, as its charges are.
    assert holding("robbery") == {"cases_correctionhistory"}
    editing.seal_case(case, **ORDER, by=anna)
    assert holding("robbery") == set()


def test_a_name_of_short_words_is_forgotten_by_its_surname_too(quint: Docket, anna: User) -> None:
    person = Person.objects.get(pk=quint.defendant.person_id)
    person.name = "Mary Ng"
    editing.save(person, by=anna)
    for text in ("Ng was heard.", "A witness was heard.", "5 ng were found."):
        quint.complaint.text = text
        editing.save(quint.complaint, by=anna)
    editing.seal_defendant(quint.defendant, **ORDER, by=anna)
    assert holding("Ng was") == set()
    assert holding("ng were") == {"cases_eventhistory"}

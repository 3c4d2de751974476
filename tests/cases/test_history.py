"""The history of every fact: each write leaves a row, in whatever way it was made, and nothing else does."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from cases import editing, history
from cases.models import Case, Charge, Concern, Court, Event, Jurisdiction, Source
from people.models import Name, Person
from tests.desk.record import Docket, act, docket

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return User.objects.create_superuser("anna", first_name="Anna")


@pytest.fixture(autouse=True)
def said(anna: User) -> Iterator[None]:
    """What readers are told of each change of what they could read: these tests ask for other things."""
    with editing.corrected(kind="update", sentence="The record was changed by a test.", by=anna):
        yield


@pytest.fixture
def quint(anna: User) -> Docket:
    where = Jurisdiction.objects.create(slug="freedonia", name="Freedonia")
    court = Court.objects.create(slug="district", name="District Court", jurisdiction=where)
    report = Source.objects.create(kind="court_record", publisher="The Daily Docket", title="What was decided")
    return docket(court, report, anna)


def labels(row: object) -> list[str]:
    """What was written of a row, in order."""
    rows = history.history_of(type(row)).objects.filter(id=row.pk).order_by("pgh_id")
    return list(rows.values_list("pgh_label", flat=True))


# --- what is kept -------------------------------------------------------------------------------------------------


def test_every_noun_that_editors_write_has_a_history() -> None:
    kept_by_others = {
        "NameToken", "IndexedName", "ListCell", "ListedCase", "UsedAddress",  # written by triggers only
        "Entry",  # a form that was sent, and no fact
        "SecondLook",  # who has still to look, and no fact
    }  # fmt: skip
    nouns = {
        model.__name__
        for room in ("people", "cases")
        for model in apps.get_app_config(room).get_models()
        if not hasattr(model, "pgh_tracked_model") and not model._meta.proxy
    }
    tracked = {model.__name__ for model in history.tracked_models()}
    assert nouns - kept_by_others == tracked - {"Concern", "Mapping"}  # how a source's tables are read (imports)


def test_an_update_a_bulk_update_and_plain_sql_leave_a_row_each(quint: Docket) -> None:
    person = quint.defendant.person
    before = labels(person)
    person.name = "Zoe Quint"
    person.save()
    Person.objects.filter(pk=person.pk).update(name="Zoë Quint")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET described_as = 'clerk' WHERE id = %s", [person.pk])
    assert labels(person) == [*before, "update", "update", "update"]


def test_what_is_derived_and_who_saved_last_is_no_history(quint: Docket, anna: User) -> None:
    before = labels(quint.case), labels(quint.charge)
    Case.objects.update(derived_status="disposed", updated_by=anna, folded="x")
    Charge.objects.update(derived_wording="x")
    quint.case.refresh_from_db()
    quint.case.save()
    assert (labels(quint.case), labels(quint.charge)) == before


def test_a_bulk_insert_and_a_delete_are_kept_row_by_row(quint: Docket) -> None:
    names = Name.objects.bulk_create([Name(person=quint.defendant.person, text=f"Z. Quint {n}") for n in range(3)])
    Name.objects.filter(pk__in=[names[0].pk, names[2].pk]).delete()
    assert [labels(name) for name in names] == [["insert", "delete"], ["insert"], ["insert", "delete"]]
    assert history.last_state(Name, names[0].pk).values["text"] == "Z. Quint 0"


def test_whom_an_act_concerns_has_a_history(quint: Docket, anna: User) -> None:
    editing.concern(quint.complaint, defendants=[quint.defendant], by=anna)
    row = Concern.objects.get()
    editing.concern(quint.complaint, defendants=[], by=anna)
    assert history.history_of(Concern).objects.filter(id=row.pk).count() == 2


def test_a_verb_notes_who_wrote_and_all_of_one_sitting_as_one(quint: Docket, anna: User) -> None:
    bob = User.objects.create_superuser("bob")
    with editing.sitting(by=bob):
        quint.complaint.title = "Complaint"
        editing.save(quint.complaint, by=bob)
        quint.case.summary = "A fire."
        editing.save(quint.case, by=bob)
    with connection.cursor() as cursor:  # a transaction of its own has no note of who writes; this test is one
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
        cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")
    Event.objects.filter(pk=quint.complaint.pk).update(title="Complaint again")
    newest = [history.last_state(Case, quint.case.pk), *history.changes_since(Event, quint.complaint.pk, 0)[-2:]]
    case, first, second = newest[0], newest[1].state, newest[2].state
    assert case is not None
    assert [case.user_id, first.user_id, second.user_id] == [bob.pk, bob.pk, None]
    assert case.occasion == first.occasion
    assert case.occasion is not None
    assert history.Names().user(second.user_id) == "unknown, outside the desk"


# --- in words -----------------------------------------------------------------------------------------------------


def test_a_change_is_told_in_labels_and_words(quint: Docket, anna: User) -> None:
    charge = quint.charge
    since = history.last_state(Charge, charge.pk)
    assert since is not None
    charge.severity, charge.count, charge.replaces_how = "felony", 2, ""
    editing.save(charge, by=anna)
    (change,) = history.changes_since(Charge, charge.pk, since.position)
    told = history.diff(Charge, change.old, change.new, history.Names())
    assert [(line.label, line.before, line.after) for line in told] == [
        ("Count", "nothing", "2"),
        ("Severity", "Not established", "Felony"),
    ]


def test_a_row_that_is_gone_keeps_its_name_in_the_history(quint: Docket, anna: User) -> None:
    clerk = editing.save(Person(slug="clerk", name="Cora Clerk"), by=anna)
    draft = act(quint.case, "Hearing held", "hearing arraignment", date(2024, 2, 1), None, anna, actor=clerk)
    draft.actor = None
    editing.save(draft, by=anna)
    editing.remove(clerk, by=anna)
    change = history.changes_since(Event, draft.pk, 0)[-1]
    (line,) = history.diff(Event, change.old, change.new, history.Names())
    assert (line.label, line.before, line.after) == ("Actor", "Cora Clerk (removed since)", "nothing")


def test_a_long_text_is_compared_word_by_word(quint: Docket, anna: User) -> None:
    quint.case.summary = "A fire burned down the mill in the night of 3 January. Nobody was hurt."
    editing.save(quint.case, by=anna)
    quint.case.summary = "A fire burned down the old mill in the night of 3 January. Nobody was hurt."
    editing.save(quint.case, by=anna)
    change = history.changes_since(Case, quint.case.pk, 0)[-1]
    (line,) = history.diff(Case, change.old, change.new, history.Names())
    assert [text for kind, text in line.pieces if kind == "new"] == [" old"]
    assert [text for kind, text in line.pieces if kind == "cut"] == []


def test_a_cases_stream_has_its_acts_and_what_lies_below_them(quint: Docket, anna: User) -> None:
    occasions, more = history.stream(quint.case)
    seen = {(change.state.model.__name__, change.state.label) for one in occasions for change in one.changes}
    assert more is None
    assert {("Case", "insert"), ("Event", "insert"), ("Charge", "insert"), ("Citation", "insert")} <= seen
    assert ("Case", "update") in seen  # it was published
    assert ("Person", "insert") not in seen  # a person has a page, and a history, of their own


# --- back again ---------------------------------------------------------------------------------------------------


def test_an_earlier_state_is_restored_as_an_edit_and_stays_in_its_editorial_state(quint: Docket, anna: User) -> None:
    act_ = quint.complaint
    first = history.last_state(Event, act_.pk)
    assert first is not None
    act_.title, act_.text = "Something else", "Other words."
    editing.save(act_, by=anna)
    editing.withdraw(quint.case, by=anna)
    editing.withdraw(act_, by=anna)
    editing.restore(first, by=anna)
    act_.refresh_from_db()
    assert (act_.title, act_.text, act_.editorial_state) == ("Complaint filed", "", "withdrawn")
    assert history.last_state(Event, act_.pk).user_id == anna.pk


def test_a_state_that_a_rule_forbids_now_is_not_restored(quint: Docket, anna: User) -> None:
    court = quint.case.court
    quint.case.docket_number = "D-1"
    editing.save(quint.case, by=anna)
    then = history.last_state(Case, quint.case.pk)
    assert then is not None
    quint.case.docket_number = "D-2"
    editing.save(quint.case, by=anna)
    editing.save(Case(slug="other", caption="Other", court=court, docket_number="D-1"), by=anna)
    with pytest.raises(ValidationError, match="already has a case with that docket number"):
        editing.restore(then, by=anna)


def test_what_was_removed_together_comes_back_together_with_its_numbers(quint: Docket, anna: User) -> None:
    draft = act(quint.case, "Hearing held", "hearing arraignment", date(2024, 2, 1), Source.objects.get(), anna)
    editing.concern(draft, defendants=[quint.defendant], by=anna)
    citation = draft.citations.get()
    pk = draft.pk
    with editing.sitting(by=anna):
        editing.remove(draft, by=anna)
    (deletion,) = history.deletions()
    assert {state.model.__name__ for state in deletion.states} == {"Event", "Citation", "Concern"}
    editing.bring_back(deletion.states, by=anna)
    again = Event.objects.get(pk=pk)
    assert (again.title, again.editorial_state) == ("Hearing held", "draft")
    assert (again.citations.get().pk, list(again.defendants.all())) == (citation.pk, [quint.defendant])
    assert history.deletions() == []
    with pytest.raises(ValidationError, match="is there already"):
        editing.bring_back(deletion.states, by=anna)


def test_what_rested_on_something_that_is_gone_says_what_to_bring_back_first(
    quint: Docket, anna: User, db: None
) -> None:
    name = editing.save(Name(person=editing.save(Person(slug="ann", name="Ann Ames"), by=anna), text="Annie"), by=anna)
    person = name.person
    editing.remove(name, by=anna)
    editing.remove(person, by=anna)
    lost = {state.model: state for deletion in history.deletions() for state in deletion.states}
    with pytest.raises(ValidationError, match=r"“Ann Ames .removed since.”, which is no longer there"):
        editing.bring_back([lost[Name]], by=anna)
    editing.bring_back(lost.values(), by=anna)
    assert Person.objects.get(slug="ann").names.get().text == "Annie"

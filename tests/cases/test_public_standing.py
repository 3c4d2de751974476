"""Who can be found in public: it follows each verb at once, and a check finds what passed them by."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User

from cases import editing
from cases.models import Defendant, Event, Participant
from cases.public_standing import refresh_standing, standing_differences
from people.models import IndexedName, Person, Standing
from tests.cases import record

NOTHING, ROLE, DEFENDANT = Standing.NOTHING, Standing.ROLE, Standing.DEFENDANT
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor")


@pytest.fixture(autouse=True)
def said(editor: User) -> Iterator[None]:
    """What readers are told of each change of what they could read, for tests that ask for other things."""
    with editing.corrected(kind="update", sentence="The record was changed by a test.", by=editor):
        yield


@pytest.fixture
def docket(editor: User) -> Event:
    """A draft case with a draft, sourced complaint against Ann Ames, which also shows Judge Bea Bell."""
    case = record.case("state-v-ames", state="draft")
    complaint = record.act(case, "2024-01-02", "filing complaint", state="draft")
    record.cite(complaint)
    record.charge(record.defendant(case, record.person("Ann Ames")), "Arson", complaint)
    record.role(case, record.person("Bea Bell"), "judge", complaint)
    return complaint


def standings() -> dict[str, int]:
    """What the person says, which is also what each of their indexed names says."""
    stored = dict(Person.objects.values_list("name", "derived_standing"))
    indexed = set(IndexedName.objects.values_list("text", "standing"))
    visible = Person.objects.visible().values_list("name", "derived_standing")
    assert indexed == set(visible)
    assert list(standing_differences()) == []
    return stored


def test_it_follows_publication_and_withdrawal(docket: Event, editor: User) -> None:
    assert standings() == {"Ann Ames": NOTHING, "Bea Bell": NOTHING}
    editing.publish(docket, by=editor)
    assert standings() == {"Ann Ames": NOTHING, "Bea Bell": NOTHING}
    editing.publish(docket.case, by=editor)
    assert standings() == {"Ann Ames": DEFENDANT, "Bea Bell": ROLE}
    editing.withdraw(docket.case, by=editor)
    assert standings() == {"Ann Ames": NOTHING, "Bea Bell": NOTHING}


def test_it_follows_a_seal_and_a_withheld_name(docket: Event, editor: User) -> None:
    with editing.sitting():
        editing.publish(docket, by=editor)
        editing.publish(docket.case, by=editor)
    ann = Defendant.objects.get()
    editing.seal_defendant(ann, basis="Order of 3 March", on=date(2024, 3, 3), by=editor)
    assert standings() == {"Ann Ames": NOTHING, "Bea Bell": ROLE}
    editing.lift_seal(ann, by=editor)
    assert standings() == {"Ann Ames": DEFENDANT, "Bea Bell": ROLE}
    ann.person.visibility = "name_withheld"
    editing.save(ann.person, by=editor)
    assert standings() == {"Ann Ames": NOTHING, "Bea Bell": ROLE}
    assert list(IndexedName.objects.values_list("text", flat=True)) == ["Bea Bell"]


def test_it_follows_whom_an_act_names(docket: Event, editor: User) -> None:
    with editing.sitting():
        editing.publish(docket, by=editor)
        editing.publish(docket.case, by=editor)
    cal = editing.save(Defendant(case=docket.case, person=record.person("Cal Coe")), by=editor)
    assert standings()["Cal Coe"] == NOTHING
    editing.concern(docket, defendants=[cal], by=editor)
    assert standings()["Cal Coe"] == DEFENDANT
    editing.concern(docket, defendants=[], by=editor)
    assert standings()["Cal Coe"] == NOTHING


def test_it_follows_a_role_that_is_removed(docket: Event, editor: User) -> None:
    with editing.sitting():
        editing.publish(docket, by=editor)
        editing.publish(docket.case, by=editor)
    editing.remove(Participant.objects.get(), by=editor)
    assert standings() == {"Ann Ames": DEFENDANT, "Bea Bell": NOTHING}


def test_what_no_verb_wrote_is_found_and_mended(docket: Event) -> None:
    Event.objects.update(editorial_state="published")
    type(docket.case)._base_manager.update(editorial_state="published")
    found = [(one.name, one.stored, one.derived) for one in standing_differences()]
    assert found == [("Ann Ames", NOTHING, DEFENDANT), ("Bea Bell", NOTHING, ROLE)]
    refresh_standing()
    assert standings() == {"Ann Ames": DEFENDANT, "Bea Bell": ROLE}

"""Two persons become one, and two again: their parts, names, addresses, statuses and the index move with them."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from cases import editing
from cases.checking import status_differences
from cases.models import Case, Defendant, Participant
from cases.public_standing import standing_differences
from people import indexing
from people.merging import preview_merge
from people.models import Name, Namesake, Person, Redirect
from people.search import find
from tests.cases import record

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
def ann(editor: User) -> Person:
    """Ann Ames, a public defendant in one case, with an old address."""
    who = _accused("state-v-ames", record.person("Ann Ames"), editor)
    Redirect.objects.create(old_slug="a-ames", person=who)
    return who


@pytest.fixture
def anna(editor: User) -> Person:
    """Anna Ames-Bell, a public defendant in another and a witness in a third, with an alias and an old address."""
    who = _accused("state-v-bell", record.person("Anna Ames-Bell"), editor)
    Name.objects.create(person=who, text="Annie Bell", kind="alias")
    Redirect.objects.create(old_slug="annie-bell", person=who)
    other = _accused("state-v-coe", record.person("Cal Coe"), editor).defendant_in.get().case
    record.role(other, who, "witness", other.events.get())
    return who


def _accused(slug: str, who: Person, editor: User) -> Person:
    case = record.case(slug, state="draft")
    complaint = record.act(case, "2024-01-02", "filing complaint", state="draft")
    record.cite(complaint)
    record.charge(record.defendant(case, who), "Arson", complaint)
    with editing.sitting():
        editing.publish(complaint, by=editor)
        editing.publish(case, by=editor)
    return who


def parts(who: Person) -> list[str]:
    """In which cases somebody is a defendant or has a role."""
    return sorted(
        [row.case.slug for row in Defendant.objects.filter(person=who)]
        + [f"{row.role} in {row.case.slug}" for row in Participant.objects.filter(person=who) if row.case]
    )


def all_is_in_step() -> bool:
    """Statuses, standing and the index agree with the record."""
    return not [
        *(found for case in Case.objects.all() for found in status_differences(case, on=localdate())),
        *standing_differences(),
        *indexing.check(),
    ]


def test_a_preview_tells_what_would_move_and_writes_nothing(ann: Person, anna: Person) -> None:
    told = preview_merge(keep=ann, absorb=anna)
    assert [(move.noun, len(move.rows)) for move in told.moves] == [("defendant", 1), ("participant", 1)]
    assert told.names == ("Anna Ames-Bell", "Annie Bell")
    assert told.addresses == ("anna-ames-bell", "annie-bell")
    assert told.obstacles == ()
    assert parts(anna) == ["state-v-bell", "witness in state-v-coe"]


def test_merging_moves_everything_and_undoing_it_brings_everything_back(
    ann: Person, anna: Person, editor: User
) -> None:
    done = editing.merge_people(keep=ann, absorb=anna, by=editor)
    assert parts(ann) == ["state-v-ames", "state-v-bell", "witness in state-v-coe"]
    assert dict(Redirect.objects.values_list("old_slug", "person__slug")) == {
        "a-ames": "ann-ames", "anna-ames-bell": "ann-ames", "annie-bell": "ann-ames",
    }  # fmt: skip
    assert set(ann.names.values_list("text", "kind")) == {("Anna Ames-Bell", "alias"), ("Annie Bell", "alias")}
    assert [hit.person_id for hit in find("Annie Bell").hits] == [ann.pk]
    assert all_is_in_step()

    restored = editing.unmerge_people(done, by=editor)
    assert (restored.pk, restored.slug, restored.name) == (anna.pk, "anna-ames-bell", "Anna Ames-Bell")
    assert (parts(ann), parts(restored)) == (["state-v-ames"], ["state-v-bell", "witness in state-v-coe"])
    assert dict(Redirect.objects.values_list("old_slug", "person__slug")) == {
        "a-ames": "ann-ames", "annie-bell": "anna-ames-bell",
    }  # fmt: skip
    assert (list(ann.names.all()), [name.text for name in restored.names.all()]) == ([], ["Annie Bell"])
    assert [hit.person_id for hit in find("Annie Bell").hits][:1] == [restored.pk]
    assert all_is_in_step()
    with pytest.raises(ValidationError, match="undone already"):
        editing.unmerge_people(done, by=editor)


def test_what_was_entered_since_stays_with_the_person_kept(ann: Person, anna: Person, editor: User) -> None:
    done = editing.merge_people(keep=ann, absorb=anna, by=editor)
    later = _accused("state-v-later", ann, editor).defendant_in.get(case__slug="state-v-later")
    Name.objects.create(person=ann, text="A. Ames")
    restored = editing.unmerge_people(done, by=editor)
    assert (later.person, [name.text for name in ann.names.all()]) == (ann, ["A. Ames"])
    assert parts(restored) == ["state-v-bell", "witness in state-v-coe"]


def test_merges_are_undone_in_reverse(ann: Person, anna: Person, editor: User) -> None:
    first = editing.merge_people(keep=anna, absorb=ann, by=editor)
    dee = record.person("Dee Doe")
    second = editing.merge_people(keep=dee, absorb=anna, by=editor)
    first.refresh_from_db()
    with pytest.raises(ValidationError, match="Undo the later merge of “Anna Ames-Bell” first"):
        editing.unmerge_people(first, by=editor)
    editing.unmerge_people(second, by=editor)
    first.refresh_from_db()
    editing.unmerge_people(first, by=editor)
    assert parts(Person.objects.get(slug="ann-ames")) == ["state-v-ames"]
    assert all_is_in_step()


def test_obstacles_are_told_and_refuse_the_merge(ann: Person, anna: Person, editor: User) -> None:
    case = Case.objects.get(slug="state-v-ames")
    record.defendant(case, anna)
    Namesake.objects.create(person=anna, other=ann, note="Born on other days.")
    told = preview_merge(keep=ann, absorb=anna).obstacles
    assert told == (
        "An editor has said that “Ann Ames” and “Anna Ames-Bell” are not the same. Remove that first if it is wrong.",
        (
            f"Both have the same part: defendant “Anna Ames-Bell in {case}” and defendant “Ann Ames in {case}”. "
            "Make one of them first."
        ),
    )
    with pytest.raises(ValidationError) as refused:
        editing.merge_people(keep=ann, absorb=anna, by=editor)
    assert tuple(refused.value.messages) == told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "organisation"}, "are not of one kind"),
        ({"visibility": "name_withheld"}, "may be shown further"),
    ],
)
def test_unlike_persons_are_refused(
    ann: Person, anna: Person, editor: User, changes: dict[str, str], said: str
) -> None:
    Person.objects.filter(pk=anna.pk).update(**changes)
    anna.refresh_from_db()
    with pytest.raises(ValidationError, match=said):
        editing.merge_people(keep=ann, absorb=anna, by=editor)


def test_nobody_is_merged_with_themselves(ann: Person, editor: User) -> None:
    with pytest.raises(ValidationError, match="Choose two different persons"):
        editing.merge_people(keep=ann, absorb=ann, by=editor)


def test_not_the_same_person_as_a_third_is_carried_over(ann: Person, anna: Person, editor: User) -> None:
    third = record.person("Ann Ames II")
    Namesake.objects.create(person=third, other=anna, note="Another town.")
    done = editing.merge_people(keep=ann, absorb=anna, by=editor)
    assert list(Namesake.objects.values_list("person", "other", "note")) == [(ann.pk, third.pk, "Another town.")]
    editing.unmerge_people(done, by=editor)
    assert list(Namesake.objects.values_list("person", "other", "note")) == [(third.pk, anna.pk, "Another town.")]


def test_who_is_not_to_be_named_stays_so_as_one_person(ann: Person, anna: Person, editor: User) -> None:
    Person.objects.filter(pk__in=[ann.pk, anna.pk]).update(visibility="name_withheld")
    Person.objects.filter(pk=anna.pk).update(not_named_because="victim")
    editing.merge_people(keep=Person.objects.get(pk=ann.pk), absorb=Person.objects.get(pk=anna.pk), by=editor)
    assert Person.objects.get(pk=ann.pk).not_named_because == "victim"

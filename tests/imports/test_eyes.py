"""A second pair of eyes for what files bring in: an undo publishes nothing, and hides nobody who wrote something."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.models import Case, Charge, Defendant, Event, Outcome
from desk.roles import CONTRIBUTORS, EDITORS, make_groups
from imports.accepting import Correction as Said
from imports.accepting import accept
from imports.models import Batch
from imports.proposing import propose
from imports.reading.found import Found
from imports.undoing import undo
from people.models import Name
from tests.imports.files import day, docket, file, with_act

WORDS = "Notice of appearance, as Eve worded it"


@pytest.fixture
def staff(reference: None) -> dict[str, User]:
    """Three editors and a contributor."""
    groups = make_groups()
    made = {}
    for name, role in (("eve", EDITORS), ("fay", EDITORS), ("gil", EDITORS), ("con", CONTRIBUTORS)):
        made[name] = User.objects.create_user(name, is_staff=True)
        made[name].groups.add(groups[role])
    return made


def taken(found: Found, by: User, said: Said | None = None) -> Batch:
    batch = propose(found, by=by)
    accept(batch, by=by, correction=said)
    return batch


def writers(act: Event) -> set[str]:
    stored = Event.objects.get(pk=act.pk)
    return set(User.objects.filter(pk__in=stored.writers).values_list("username", flat=True))


def test_what_an_undo_puts_back_is_still_the_word_of_who_wrote_it(staff: dict[str, User], ida: User) -> None:
    eve, fay, gil, _ = staff.values()
    taken(file(docket(), docket("1:21-cr-00008"), docket("1:21-cr-00009")), ida)
    acts = Event.objects.filter(case__docket_number="1:21-cr-00007", kind="docket_entry")
    act = acts.earliest("pk")
    act.title = WORDS
    editing.save(act, by=eve)
    newer = propose(file(with_act(docket(), "2", title="Transcript"), name="newer.json"), by=ida)
    accept(newer, by=fay)
    assert Event.objects.get(pk=act.pk).title == "Transcript"
    Event.objects.filter(pk=act.pk).update(writers=[])  # somebody else looked at what Fay accepted

    assert undo(newer, by=gil).restored == 1

    assert Event.objects.get(pk=act.pk).title == WORDS
    assert writers(act) == {"eve", "gil"}
    with pytest.raises(ValidationError, match="words of yours that nobody else"):
        editing.publish(act, by=eve)


def test_who_brought_a_file_does_not_publish_what_another_accepted_of_it(staff: dict[str, User]) -> None:
    eve, fay, _, _ = staff.values()
    batch = propose(file(docket()), by=eve)
    accept(batch, by=fay)
    act = Event.objects.get(kind="indictment")
    assert writers(act) == {"eve", "fay"}
    assert set(Case.objects.get().writers) == {eve.pk, fay.pk}
    newer = propose(file(with_act(docket(), "1", when=day(3)), name="newer.json"), by=eve)
    Event.objects.filter(pk=act.pk).update(writers=[])
    accept(newer, by=fay)
    assert writers(act) == {"eve", "fay"}


def test_an_undo_takes_nothing_from_what_readers_read(staff: dict[str, User], ida: User) -> None:
    *_, gil, con = staff.values()
    batch = taken(file(docket()), ida)
    case = Case.objects.get()
    with editing.sitting(by=ida):
        for act in Event.objects.order_by("pk"):
            editing.publish(act, by=ida, despite="A test.")
        editing.publish(case, by=ida, despite="A test.")
    before = [model.objects.count() for model in (Charge, Outcome, Defendant, Name, Event)]
    for who in (con, gil, ida):
        told = undo(batch, by=who)
        assert [model.objects.count() for model in (Charge, Outcome, Defendant, Name, Event)] == before
        assert (told.removed, told.restored) == (0, 0)
    reasons = dict(told.kept)
    assert reasons["Count 1: Wire fraud"] == "It is part of “1 March 2021: Indictment”, which readers read, or could."
    assert reasons["Ada Q."] == "It is part of “Ada Quillfeather”, which readers read, or could."
    # Nor does the verb beneath, whoever asks it.
    with pytest.raises(ValidationError, match="public, or was"):
        editing.unenter({Outcome: Outcome.objects.values_list("pk", flat=True)}, by=ida)

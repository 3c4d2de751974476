"""A batch can be undone: its drafts go and its changes are taken back, where nobody has built on them since."""

from django.contrib.auth.models import User

from cases import editing
from cases.models import Case, Charge, Citation, Event, Participant, Source
from imports.accepting import accept
from imports.answering import is_person
from imports.models import SourceKey
from imports.proposing import propose
from imports.undoing import undo
from people.models import Name, Person
from tests.imports.files import day, docket, file, with_act

RECORD = (Case, Event, Charge, Participant, Citation, Person, Name)


def test_an_undo_leaves_nothing_and_the_file_can_come_again(ida: User) -> None:
    found = file(docket())
    batch = propose(found, by=ida)
    accept(batch, by=ida)

    told = undo(batch, by=ida)

    assert (told.removed, told.kept, told.left) == (19, [], 0)
    assert [model.objects.count() for model in RECORD] == [0] * len(RECORD)
    assert SourceKey.objects.count() == 0
    again = propose(found, by=ida)
    assert again != batch
    assert accept(again, by=ida).accepted == 19


def test_what_somebody_has_built_on_stays_with_its_reason(ida: User, sam: User) -> None:
    batch = propose(file(docket()), by=ida)
    accept(batch, by=ida)
    note = Event.objects.filter(kind="docket_entry").earliest("pk")
    note.title = "Counsel appears"
    editing.save(note, by=sam)
    report = editing.save(Source(kind="news_report", title="A report"), by=sam)
    editing.save(Citation(event=Event.objects.get(kind="conviction_entered"), source=report), by=sam)

    told = undo(batch, by=ida)

    reasons = dict(told.kept)
    assert reasons["2 March 2021: Notice of appearance"] == "An editor changed it since: title."
    assert reasons["9 March 2021: Judgment"] == "“A report (supports)” rests on it."
    assert reasons["United States v. Quillfeather (1:21-cr-00007)"].endswith("rests on it.")
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Counsel appears", "Judgment"]
    assert (Charge.objects.count(), Person.objects.count(), Case.objects.count()) == (0, 1, 1)
    assert not batch.undone_at


def test_a_change_is_taken_back_and_what_the_record_had_before_stays(ida: User, sam: User) -> None:
    first = propose(file(docket()), by=ida)
    accept(first, by=ida)
    newer = propose(file(with_act(docket(), "1", when=day(3)), name="newer.json"), by=ida)
    accept(newer, by=sam)
    assert str(Event.objects.get(kind="indictment").on) == "2021-03-03"

    assert undo(newer, by=sam).restored == 1

    assert str(Event.objects.get(kind="indictment").on) == "2021-03-01"
    assert propose(file(docket(), name="first-again.json"), by=ida).proposals.filter(decision="open").count() == 0


def test_a_person_who_was_there_before_is_only_let_go(ida: User) -> None:
    known = editing.save(Person(slug="ada", name="Ada Quillfeather"), by=ida)
    batch = propose(file(docket()), by=ida)
    is_person(batch.proposals.get(label="Ada Quillfeather"), known, by=ida)
    accept(batch, by=ida)
    undo(batch, by=ida)
    assert list(Person.objects.values_list("slug", flat=True)) == ["ada"]

"""A batch can be undone: its drafts go and its changes are taken back, where nobody has built on them since."""

from django.contrib.auth.models import User

from cases import editing
from cases.history import history_of
from cases.models import Case, CaseRelation, Charge, Citation, Event, Participant, Source
from imports.accepting import Correction as Said
from imports.accepting import accept
from imports.answering import is_case, is_person
from imports.models import FormerNumber, SourceKey
from imports.proposing import propose
from imports.undoing import undo
from people.models import Name, Person
from tests.imports.files import day, docket, file, with_act
from tests.imports.test_who import question, row

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


def test_what_is_public_now_and_what_a_later_file_changed_stay(ida: User, sam: User) -> None:
    batch = propose(file(docket()), by=ida)
    accept(batch, by=ida)
    editing.publish(Event.objects.get(kind="indictment"), by=ida, despite="A test.")
    newer = propose(file(with_act(docket(), "2", title="Transcript"), name="newer.json"), by=ida)
    accept(newer, by=sam)

    told = undo(batch, by=ida)

    reasons = dict(told.kept)
    assert reasons["1 March 2021: Indictment"] == "It is no draft any more: published."
    assert reasons["2 March 2021: Notice of appearance"] == "A later file changed it."
    assert sorted(Event.objects.values_list("title", flat=True)) == ["Indictment", "Transcript"]
    assert Case.objects.count() == 1, "the case of an act that stays"
    assert told.removed == 19 - len(told.kept)


def test_whom_an_act_that_stays_concerns_stays(ida: User, sam: User) -> None:
    batch = propose(file(docket()), by=ida)
    accept(batch, by=ida)
    case = Case.objects.get()
    note = editing.save(Event(case=case, title="A talk", category="hearing", kind="status_conference", on=day(5).on,
                              precision="day"), by=sam)  # fmt: skip
    editing.concern(note, defendants=case.defendants.filter(person__name="Bob Marrowbone"), by=sam)
    reasons = dict(undo(batch, by=ida).kept)
    assert reasons["Bob Marrowbone"] == "“5 March 2021: A talk” rests on it."
    assert list(case.defendants.values_list("person__name", flat=True)) == ["Bob Marrowbone"]


def test_a_change_on_which_somebody_has_built_is_not_taken_back(ida: User, sam: User) -> None:
    accept(propose(file(docket()), by=ida), by=ida)
    changed = with_act(with_act(docket(), "2", title="Transcript"), "1", when=day(3))
    newer = propose(file(changed, name="newer.json"), by=ida)
    accept(newer, by=sam)
    note = Event.objects.get(title="Transcript")
    note.title = "Transcript of a hearing"
    editing.save(note, by=sam)
    told = undo(newer, by=sam)
    assert (told.restored, told.kept) == (1, [("2 March 2021: Transcript", "An editor changed it since: title.")])
    assert list(Event.objects.filter(kind="docket_entry").order_by("title").values_list("title", flat=True)) == [
        "Notice of appearance", "Transcript of a hearing",
    ]  # fmt: skip
    editing.remove(note, by=sam)
    assert undo(newer, by=sam).kept == [("2 March 2021: Transcript", "It is not in the record any more.")]


def test_a_change_that_readers_read_is_not_taken_back_in_silence(ida: User, sam: User) -> None:
    accept(propose(file(docket(), docket("1:21-cr-8")), by=ida), by=ida)
    with editing.sitting(by=ida):
        for act in Event.objects.filter(case__docket_number="1:21-cr-00007").order_by("pk"):
            editing.publish(act, by=ida, despite="A test.")
        editing.publish(Case.objects.get(docket_number="1:21-cr-00007"), by=ida, despite="A test.")
    cases = (with_act(docket(), "1", when=day(3)), with_act(docket("1:21-cr-8"), "1", when=day(4)))
    newer = propose(file(*cases, name="newer.json"), by=ida)
    accept(newer, by=sam, correction=Said("error", "The day of the indictment was wrong."))

    told = undo(newer, by=sam)

    assert (told.restored, [label for label, _ in told.kept]) == (1, ["3 March 2021: Indictment"])
    assert "correction" in told.kept[0][1]
    acts = Event.objects.filter(kind="indictment").order_by("case__docket_number")
    assert [str(act.on) for act in acts] == ["2021-03-03", "2021-03-01"]
    changed = newer.proposals.filter(state="changed").order_by("position")
    assert [one.decision for one in changed] == ["accepted", "undone"]


def test_a_number_that_was_kept_goes_by_a_verb_that_its_history_names(ida: User, sam: User) -> None:
    accept(propose(file(row("1:21-mj-10"), kind="table"), by=ida), by=ida)
    newer = propose(file(row("1:21-cr-99"), kind="table", name="newer"), by=ida)
    asked = question(newer, "Prosecution of Adams, Daniel (1:21-cr-99)")
    is_case(asked, asked.candidates[0]["case"], by=sam)
    accept(newer, by=sam)
    assert (FormerNumber.objects.count(), CaseRelation.objects.count()) == (1, 1)
    assert undo(newer, by=sam).restored == 1
    assert (FormerNumber.objects.count(), CaseRelation.objects.count()) == (0, 0)
    assert Case.objects.get().docket_number == "1:21-mj-10"
    removed = history_of(CaseRelation).objects.get(pgh_label="delete")
    assert removed.pgh_context["user"] == sam.pk


def test_a_person_who_was_there_before_is_only_let_go(ida: User) -> None:
    known = editing.save(Person(slug="ada", name="Ada Quillfeather"), by=ida)
    batch = propose(file(docket()), by=ida)
    is_person(batch.proposals.get(label="Ada Quillfeather"), known, by=ida)
    accept(batch, by=ida)
    undo(batch, by=ida)
    assert list(Person.objects.values_list("slug", flat=True)) == ["ada"]

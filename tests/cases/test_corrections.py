"""Nothing that readers can read is changed by a verb without its kind and one public sentence; all else is free."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.editing import CorrectionNeeded
from cases.editing.correcting import NAMES_SOMEBODY, NEEDED
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Correction,
    Defendant,
    Disposition,
    Event,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from people.models import Name, Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db
SAID = "The page gave it wrongly, and says now what the order says."


@pytest.fixture
def by() -> User:
    return User.objects.create_superuser("edith")


@pytest.fixture
def roe() -> world.Docket:
    """A published case in a published matter: convicted and sentenced, with an alias and a role of a witness."""
    docket = world.tried(matter=record.matter("harbour-fire"))
    sentence = record.act(docket.case, "2024-09-01", "sentence imposed", title="Roe is sentenced")
    SentencePart.objects.create(event=sentence, charge=docket.charge, kind="prison", years=2)
    record.cite(sentence, "The Morning Docket")
    Name.objects.create(person=docket.defendant.person, text="J. Roe")
    record.role(docket.case.matter, record.person("Una Fire"), "victim", docket.complaint)
    world.derive(docket.case)
    return docket


def correct(change: Callable[[], Any], by: User, sentence: str = SAID, kind: str = "error") -> Correction:
    """Do what a change does, with a correction, and return that."""
    with editing.sitting():
        editing.correct(kind=kind, sentence=sentence, by=by)
        change()
    return Correction.objects.order_by("pk").last()


def places(correction: Correction) -> set[tuple[int | None, int | None, int | None]]:
    """The case, matter and act of each place that lists a correction."""
    return set(correction.places.values_list("case_id", "matter_id", "event_id"))


def edit(row: Any, by: User, **values: Any) -> Callable[[], None]:
    """A change of one stored row through the verb."""

    def _edit() -> None:
        stored = type(row)._base_manager.get(pk=row.pk)
        for name, value in values.items():
            setattr(stored, name, value)
        editing.save(stored, by=by)

    return _edit


def what_readers_read(roe: world.Docket, by: User) -> dict[str, tuple[Callable[[], Any], set[Any]]]:
    """Every sort of change that readers see, with the places that list its correction."""
    case, matter = roe.case, roe.case.matter
    assert matter is not None
    part = SentencePart.objects.get()
    acquitted = Disposition.objects.create(
        slug="acquitted_jury", cls="non_conviction", label="Acquitted", sentence="No."
    )
    cited = roe.verdict.citations.get()
    further, spare = (record.charge(roe.defendant, title, roe.complaint) for title in ("Perjury", "Fraud"))
    spare_id, cited_id = spare.pk, cited.pk
    witness = Participant.objects.get(role="victim", matter=matter)
    in_case, at_verdict = {(case.pk, None, None)}, {(case.pk, None, roe.verdict.pk)}
    at_complaint = {(case.pk, None, roe.complaint.pk)}
    record.cite(roe.verdict, "The Second Docket")
    Person.objects.filter(pk=roe.judge.person_id).update(visibility="name_withheld")
    return {
        "headline": (edit(roe.verdict, by, title="Jury decides"), at_verdict),
        "day": (edit(roe.verdict, by, on=date(2024, 6, 4)), at_verdict),
        "text": (edit(roe.verdict, by, text="After three days."), at_verdict),
        "caption": (edit(case, by, caption="People v. Roe"), in_case),
        "docket": (edit(case, by, docket_number="D-2"), in_case),
        "summary": (edit(case, by, summary="A boat."), in_case),
        "override": (edit(case, by, status_override="reopened", override_reason="By order."), in_case),
        "matter": (edit(matter, by, title="Harbour blaze"), {(None, matter.pk, None)}),
        "charge": (edit(roe.charge, by, statute="Code § 8"), at_complaint),
        "outcome": (edit(roe.charge.outcomes.get(), by, disposition=acquitted), at_verdict),
        "outcome added": (
            lambda: editing.save(Outcome(event=roe.verdict, charge=further, disposition=acquitted), by=by), at_verdict
        ),
        "outcome removed": (lambda: editing.remove(roe.charge.outcomes.get(), by=by), at_verdict),
        "charge added": (
            lambda: editing.save(Charge(defendant=roe.defendant, created_by=roe.complaint, title="Arson"), by=by),
            at_complaint,
        ),
        "charge removed": (lambda: editing.remove(Charge.objects.get(pk=spare_id), by=by), at_complaint),
        "sentence": (edit(part, by, years=3), {(case.pk, None, part.event_id)}),
        "quotation": (edit(cited, by, quote="Guilty."), at_verdict),
        "contradicted": (
            lambda: editing.save(Citation(event=roe.verdict, source=record.cite(roe.complaint, "P").source,
                                          stance="contradicts"), by=by), at_verdict,
        ),
        "source": (edit(cited.source, by, title="Another report"), at_verdict),
        "source removed": (lambda: editing.remove(Citation.objects.get(pk=cited_id), by=by), at_verdict),
        "role": (edit(witness, by, described_as="the owner"), {(case.pk, None, roe.complaint.pk)}),
        "role of somebody withheld": (edit(roe.judge, by, role="magistrate"), at_complaint),
        "described": (edit(roe.defendant, by, described_as="captain"), in_case),
        "name": (edit(roe.defendant.person, by, name="Jane Row"), in_case),
        "alias": (edit(Name.objects.get(), by, text="Janet Roe"), in_case),
        "whom": (lambda: editing.concern(roe.verdict, defendants=[roe.defendant], by=by), at_verdict),
        "withdrawn": (lambda: editing.withdraw(Event.objects.get(title="Roe is sentenced"), by=by), None),
        "case withdrawn": (
            lambda: (editing.withdraw(matter, by=by), editing.withdraw(case, by=by)),
            in_case | {(None, matter.pk, None)},
        ),
    }  # fmt: skip


@pytest.mark.slow
def test_what_readers_read_is_changed_with_a_correction_that_says_where(by: User, roe: world.Docket) -> None:
    for what, (change, where) in what_readers_read(roe, by).items():
        refused = ""
        try:
            change()
        except CorrectionNeeded as needed:
            refused = needed.message
        assert refused.startswith("This changes what readers can read now"), what
        if where is None:
            continue  # another rule refuses it next, or the place is gone with it
        with editing.sitting() as current:
            editing.correct(kind="error", sentence=SAID, by=by)
            change()
            current.settle()
            assert current.said is not None
            assert current.said.row is not None, what
            assert places(current.said.row) == where, what


def test_a_refused_change_is_not_written_and_says_what_it_was(by: User, roe: world.Docket) -> None:
    with pytest.raises(CorrectionNeeded) as refusal:
        edit(roe.verdict, by, title="Jury convicts", text="After three days.")()
    assert refusal.value.messages == [NEEDED.format("act “3 June 2024: Jury convicts”: title, text")]
    roe.verdict.refresh_from_db()
    assert roe.verdict.title == "Jury decides on Jane Roe"
    assert Correction.objects.count() == 0


def somebody_new(roe: world.Docket, report: Source, by: User) -> None:
    """A further defendant, charged by an act that is published in the same sitting."""
    with editing.sitting():
        who = editing.save(Defendant(case=roe.case, person=record.person("Ann Poe"), position=2), by=by)
        filed = editing.save(
            Event(case=roe.case, title="Poe charged", category="filing", kind="complaint", on=date(2025, 1, 5)), by=by
        )
        editing.save(Citation(event=filed, source=report), by=by)
        editing.save(Charge(defendant=who, created_by=filed, title="Arson"), by=by)
        editing.publish(filed, by=by)


def test_what_readers_do_not_read_and_what_is_new_asks_nothing(by: User, roe: world.Docket) -> None:
    case = roe.case
    report = record.cite(roe.complaint, "The Third Docket").source
    hearing = record.act(case, "2024-11-01", "hearing sentencing", title="Sentencing", occurrence="scheduled")
    record.cite(hearing, "The Fourth Docket")
    draft = record.act(case, "2024-12-01", "ruling new_trial denied", title="New trial denied", state="draft")
    record.cite(draft, "The Fifth Docket")
    free: dict[str, Callable[[], Any]] = {
        "verified": lambda: editing.verify(case, by=by),
        "assigned": lambda: editing.assign(case, to=by, by=by),
        "raw words": edit(roe.verdict, by, raw_text="WE THE JURY"),
        "read again": edit(report, by, accessed_on=date(2024, 7, 1)),
        "sequence": edit(roe.verdict, by, sequence=1),
        "for search engines": edit(roe.defendant.person, by, visibility="noindex"),
        "further source": lambda: editing.save(Citation(event=roe.verdict, source=report), by=by),
        "further name": lambda: editing.save(Name(person=roe.defendant.person, text="Jane Q. Roe"), by=by),
        "further role": lambda: editing.save(
            Participant(case=case, person=Person.objects.get(slug="una-fire"), role="witness", shown_by=roe.complaint),
            by=by,
        ),
        "draft": edit(draft, by, title="A new trial is denied"),
        "held": edit(hearing, by, occurrence="cancelled"),
        "published": lambda: editing.publish(draft, by=by),
        "name withheld": edit(roe.judge.person, by, visibility="name_withheld", name="Somebody"),
        "somebody new": lambda: somebody_new(roe, report, by),
        "sealed": lambda: editing.seal_case(case, basis="Code § 99", on=date(2024, 8, 1), by=by),
    }
    for change in free.values():
        change()
    assert Correction.objects.count() == 0


def test_order_asks_for_a_correction_only_where_it_changes_what_is_derived(by: User, roe: world.Docket) -> None:
    """Two decisions of one day, of which the later one stands: to turn them round is to change the status."""
    acquittal = record.act(roe.case, "2024-06-03", "ruling acquittal granted", title="Acquitted", sequence=2)
    record.cite(acquittal, "The Night Docket")
    record.outcome(acquittal, roe.charge, "acquitted_jury")
    Event.objects.filter(pk=roe.verdict.pk).update(sequence=1)
    world.derive(roe.case)
    edit(acquittal, by, sequence=3)()
    with pytest.raises(CorrectionNeeded, match="sequence"):
        edit(roe.verdict, by, sequence=4)()
    assert places(correct(edit(roe.verdict, by, sequence=4), by)) == {(roe.case.pk, None, roe.verdict.pk)}


def test_a_relation_is_free_unless_it_changes_what_is_derived(by: User, roe: world.Docket) -> None:
    other = world.tried("state-v-poe", "Ann Poe")
    editing.save(CaseRelation(case=other.case, kind="related", target=roe.case), by=by)
    appeal = record.case("roe-v-state", kind="appellate", caption="Roe v. State")
    reversal = record.act(appeal, "2025-02-01", "appellate reversed", title="Reversed")
    record.cite(reversal, "The Appeal Docket")
    with pytest.raises(CorrectionNeeded, match="is added"):
        editing.save(CaseRelation(case=appeal, kind="appeal_of", target=roe.case), by=by)


def test_merging_persons_who_are_read_is_a_correction_in_the_cases_of_both_that_change(
    by: User, roe: world.Docket
) -> None:
    poe = world.tried("state-v-poe", "Jane Row")
    keep, absorb = roe.defendant.person, poe.defendant.person

    def merge() -> None:
        editing.merge_people(keep=keep, absorb=absorb, by=by)

    with pytest.raises(CorrectionNeeded):
        merge()
    assert places(correct(merge, by)) == {(poe.case.pk, None, None)}
    done = keep.merges.get()
    with pytest.raises(CorrectionNeeded):
        editing.unmerge_people(done, by=by)
    assert places(correct(lambda: editing.unmerge_people(done, by=by), by)) == {(poe.case.pk, None, None)}


@pytest.mark.parametrize(
    ("kind", "sentence", "about"),
    [
        ("", SAID, {"kind"}),
        ("gossip", SAID, {"kind"}),
        ("error", "", {"sentence"}),
        ("error", "Typo", {"sentence"}),
        ("error", "One line.\nAnother line here.", {"sentence"}),
        ("error", "A NUL \0 in it.", {"sentence"}),
        ("error", "x " * 151, {"sentence"}),
    ],
)
def test_a_correction_is_a_kind_and_one_sentence(by: User, kind: str, sentence: str, about: set[str]) -> None:
    with pytest.raises(CorrectionNeeded) as refusal, editing.sitting():
        editing.correct(kind=kind, sentence=sentence, by=by)
    assert set(refusal.value.about) == about


def test_its_sentence_names_nobody_hidden_and_says_no_more_than_the_acts(by: User, roe: world.Docket) -> None:
    hidden = record.person("Tim Zebra", visibility="name_withheld")
    record.role(roe.case, hidden, "victim", roe.complaint)
    poe = world.tried("state-v-poe", "Ann Poe", matter=roe.case.matter, term="acquitted_jury")
    for docket in (roe, poe):
        with pytest.raises(CorrectionNeeded) as refusal:
            correct(edit(docket.case, by, summary="A boat."), by, "It was Zebra’s boat that was taken.")
        assert refusal.value.messages == [NAMES_SOMEBODY.format("zebra")]
    record.role(roe.case, record.person("Wu Yi", visibility="name_withheld"), "witness", roe.complaint)
    with pytest.raises(CorrectionNeeded) as refusal:
        correct(edit(roe.case, by, summary="A boat."), by, "It was the boat of Wu Yi that was taken.")
    assert refusal.value.messages == [NAMES_SOMEBODY.format("wu yi")]
    record.role(roe.case, record.person("Jun He", visibility="name_withheld"), "witness", roe.complaint)
    for sentence, held in (("It was the boat of Wu.", "wu"), ("The boat was not that of Mr. He.", "he")):
        with pytest.raises(CorrectionNeeded) as refusal:
            correct(edit(roe.case, by, summary="A boat."), by, sentence)
        assert refusal.value.messages == [NAMES_SOMEBODY.format(held)]
    with pytest.raises(CorrectionNeeded) as refusal:
        correct(edit(poe.case, by, summary="A boat."), by, "The page did not say that Poe was convicted.")
    assert set(refusal.value.about) == {"sentence"}
    quoted = "The page said “Poe was convicted”, and the jury acquitted her."
    assert correct(edit(poe.case, by, summary="A boat."), by, quoted).sentence == quoted


def test_a_correction_that_changes_nothing_is_not_listed(by: User, roe: world.Docket) -> None:
    with editing.sitting():
        editing.correct(kind="error", sentence=SAID, by=by)
        editing.save(Event.objects.get(pk=roe.verdict.pk), by=by)
    assert Correction.objects.count() == 0
    with pytest.raises(RuntimeError):
        editing.correct(kind="error", sentence=SAID, by=by)


def test_what_was_corrected_in_public_is_not_deleted(by: User, roe: world.Docket) -> None:
    correct(edit(roe.case, by, summary="A boat."), by)
    Case.objects.filter(pk=roe.case.pk).update(editorial_state="withdrawn")
    with pytest.raises(ValidationError, match="correction"):
        editing.remove(roe.case, by=by)

"""The demonstration record: entered whole or not at all, once, and saying only what is established."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core import serializers
from django.utils import timezone

from cases import guard
from cases.checking import folded_differences, status_differences
from cases.demonstration import Entered, enter_record
from cases.models import Case, Charge, Citation, Event, Matter, Outcome, Participant, SentencePart, Source
from cases.reference import load_reference
from people.models import Name, Person
from people.search import find

pytestmark = pytest.mark.django_db

CASES = {
    "new-mexico-v-baldwin-2023",
    "new-mexico-v-baldwin-2024",
    "new-mexico-v-baldwin-appeal",
    "new-mexico-v-gutierrez-reed",
    "new-mexico-v-halls",
    "hutchins-estate-wrongful-death-suit",
    "hutchins-family-v-baldwin",
    "baldwin-v-prosecutors",
    "baldwin-v-prosecutors-federal",
}


def dump() -> str:
    """Return every row of the record as text."""
    models = [
        model
        for label in ("people", "cases")
        for model in apps.get_app_config(label).get_models()
        if not model._meta.proxy
    ]
    return serializers.serialize("json", (row for model in models for row in model._base_manager.order_by("pk")))


# --- loading it ---------------------------------------------------------------------------------------------------


def test_everything_is_published_under_the_promised_addresses(demo_record: User) -> None:
    assert Matter.objects.get(editorial_state="published").slug == "rust-film-set-shooting"
    assert Matter.objects.get().title == "*Rust* film-set shooting"
    assert set(Case.objects.filter(editorial_state="published").values_list("slug", flat=True)) == CASES
    assert not Event.objects.exclude(editorial_state="published").exists()
    assert {case.updated_by for case in Case.objects.all()} == {demo_record}


def test_loading_it_again_changes_nothing(demo_record: User) -> None:
    before = dump()
    assert enter_record(by=demo_record) == Entered()
    load_reference()
    assert dump() == before


def test_what_editors_made_of_it_is_left_alone(demo_record: User) -> None:
    Case.objects.filter(slug="new-mexico-v-halls").update(summary="Ours.")
    Person.objects.filter(slug="joel-souza").update(described_as="film director")
    assert enter_record(by=demo_record) == Entered()
    assert Case.objects.get(slug="new-mexico-v-halls").summary == "Ours."
    assert Person.objects.get(slug="joel-souza").described_as == "film director"


def test_what_is_stored_is_what_the_law_derives(demo_record: User) -> None:
    today = timezone.localdate()
    assert [d for case in Case.objects.all() for d in status_differences(case, on=today)] == []
    assert list(folded_differences()) == []


# --- what it says -------------------------------------------------------------------------------------------------


def acts(slug: str) -> list[tuple[str, str]]:
    """Return what a case's acts are, in the order of their dates."""
    rows = Event.objects.filter(case__slug=slug).order_by("on", "sequence", "pk")
    return [(act.when.iso, f"{act.category}/{act.kind} {act.decision}".strip()) for act in rows]


def test_the_prosecutions_of_alec_baldwin(demo_record: User) -> None:
    assert acts("new-mexico-v-baldwin-2023") == [
        ("2023-01-31", "filing/charges_filed"),
        ("2023-02-20", "filing/amended_charge"),
        ("2023-04-21", "filing/notice_of_dismissal"),
    ]
    said = "2024-12-23/2024-12-24"
    assert acts("new-mexico-v-baldwin-2024") == [
        ("2024-01-19", "filing/indictment"),
        ("2024-05-24", "ruling/dismiss denied"),
        ("2024-07-09", "hearing/trial_day"),
        ("2024-07-10", "hearing/trial_day"),
        ("2024-07-12", "ruling/dismiss granted"),
        ("2024-10-24", "ruling/reconsideration denied"),
        ("2024-11-21", "filing/notice_of_appeal"),
        ("2024-12-23", "filing/withdrawal_of_appeal"),
        (said, "statement/reaction"),
        (said, "statement/reaction"),
        (said, "statement/reaction"),
        (said, "statement/position"),
    ]
    assert acts("new-mexico-v-baldwin-appeal") == [
        ("2024-11-21", "filing/notice_of_appeal"),
        ("2024-12-23", "appellate/dismissed_on_withdrawal"),
    ]
    outcome = Outcome.objects.get(event__on="2024-07-12")
    assert (outcome.by, outcome.reason, outcome.jeopardy) == ("court_on_defence_motion", "evidence_withheld", "yes")
    assert outcome.event.entered_on is None
    again = Charge.objects.get(defendant__case__slug="new-mexico-v-baldwin-2024")
    assert again.replaces is not None
    assert (again.replaces.defendant.case.slug, again.replaces_how) == ("new-mexico-v-baldwin-2023", "refiled")


def test_the_other_prosecutions(demo_record: User) -> None:
    assert acts("new-mexico-v-gutierrez-reed") == [
        ("2023-01-31", "filing/charges_filed"),
        ("2023-06-22", "filing/amended_charge"),
        ("2023-08-01", "ruling/dismiss denied"),
        ("2023-08-09", "hearing/plea_hearing"),
        ("2024-03-06", "verdict/mixed"),
        ("2024-03-29", "ruling/new_trial denied"),
        ("2024-04-15", "sentence/imposed"),
        ("2024-05", "filing/notice_of_appeal"),
        ("2024-09-30", "ruling/new_trial denied"),
        ("2025-05", "custody/released"),
    ]
    assert acts("new-mexico-v-halls") == [
        ("2023-01-31", "filing/plea_agreement"),
        ("2023-03-31", "hearing/plea_hearing"),
        ("2023-03-31", "sentence/imposed"),
    ]
    halls = SentencePart.objects.filter(event__case__slug="new-mexico-v-halls").order_by("pk")
    assert list(halls.values_list("kind", "months", "hours", "amount", "currency", "all_suspended")) == [
        ("custody", 6, None, None, "", True),
        ("probation_unsupervised", None, None, None, "", False),
        ("fine", None, None, 500, "USD", False),
    ]


def test_the_civil_cases(demo_record: User) -> None:
    assert acts("hutchins-estate-wrongful-death-suit") == [
        ("2022-10", "filing/settlement_agreement"),
        ("2023~", "ruling/approve_settlement granted"),
        ("2024-02", "incident/report_published"),
        ("XXXX", "filing/complaint"),
    ]
    assert acts("hutchins-family-v-baldwin") == [("XXXX", "filing/complaint")]
    assert acts("baldwin-v-prosecutors") == [
        ("2025-01", "filing/complaint"),
        ("2025-07", "judgment/dismissal"),
        ("2025-10-20", "ruling/other granted"),
        ("2025-10-20", "filing/notice_of_removal"),
    ]
    assert acts("baldwin-v-prosecutors-federal") == [("2025-10-20", "filing/notice_of_removal")]


def test_how_the_cases_are_related(demo_record: User) -> None:
    relations = {
        (case.slug, relation.kind, relation.target.slug if relation.target else "")
        for case in Case.objects.all()
        for relation in case.relations.all()
    }
    assert relations == {
        ("new-mexico-v-baldwin-2024", "refiled_from", "new-mexico-v-baldwin-2023"),
        ("new-mexico-v-baldwin-appeal", "appeal_of", "new-mexico-v-baldwin-2024"),
        ("hutchins-estate-wrongful-death-suit", "civil_counterpart_of", "new-mexico-v-baldwin-2024"),
        ("hutchins-family-v-baldwin", "civil_counterpart_of", "new-mexico-v-baldwin-2024"),
        ("baldwin-v-prosecutors", "arises_from_prosecution_of", "new-mexico-v-baldwin-2024"),
        ("baldwin-v-prosecutors-federal", "arises_from_prosecution_of", "new-mexico-v-baldwin-2024"),
        ("baldwin-v-prosecutors-federal", "removed_from", "baldwin-v-prosecutors"),
    }


def test_what_is_not_established_is_left_empty(demo_record: User) -> None:
    assert {case.docket_number for case in Case.objects.all()} == {""}
    assert {charge.statute for charge in Charge.objects.all()} == {""}
    assert {charge.count for charge in Charge.objects.all()} == {None}
    assert {charge.instrument for charge in Charge.objects.all()} == {"", "indictment"}
    assert {str(case.verified_on) for case in Case.objects.all()} == {"2026-11-22"}


def test_no_summary_types_a_status(demo_record: User) -> None:
    words = ("convicted", "acquitted", "guilty", "dismissed", "final", "pending", "settled")
    texts = [case.summary for case in Case.objects.all()] + [Matter.objects.get().summary]
    assert [text for text in texts if any(word in text.lower().split() for word in words)] == []


def test_every_source_without_an_address_names_its_publisher(demo_record: User) -> None:
    assert set(Source.objects.exclude(url="").values_list("publisher", flat=True)) == {
        "CBS News", "Interaksyon", "KUNM", "Santa Fe New Mexican", "Santa Fe Reporter", "TheWrap",
    }  # fmt: skip
    assert not Source.objects.filter(publisher="").exists()


def test_days_from_a_chronology_are_marked(demo_record: User) -> None:
    marked = Citation.objects.filter(note="day from a chronology").values_list("event__on", flat=True)
    assert {str(day) for day in marked} == {
        "2023-01-31", "2023-02-20", "2023-03-31", "2023-06-22", "2024-01-19", "2024-07-09", "2024-07-10",
    }  # fmt: skip


def test_where_reports_differ_both_are_cited(demo_record: User) -> None:
    release = Event.objects.get(case__slug="new-mexico-v-gutierrez-reed", category="custody")
    assert set(release.citations.values_list("stance", flat=True)) == {"supports", "contradicts"}


def test_one_reports_community_service_is_a_note_and_no_sentence(demo_record: User) -> None:
    assert not SentencePart.objects.filter(kind="community_service").exists()
    assert Citation.objects.filter(note__contains="24 hours of community service").count() == 1


@pytest.mark.parametrize("typed", ["baldwin", "Alec Baldwin", "alexander baldwin", "BALDWIN rae"])
def test_alec_baldwin_is_found_by_each_of_his_names(demo_record: User, typed: str) -> None:
    assert Person.objects.get(slug="alec-baldwin").pk in {hit.person_id for hit in find(typed).hits}
    assert Name.objects.get().text == "Alexander Rae Baldwin III"


def test_victims_and_plaintiffs_are_accused_of_nothing(demo_record: User) -> None:
    others: Any = ("victim", "decedent", "plaintiff", "advocate", "judge", "government", "appellant")
    roles = Participant.objects.filter(role__in=others).exclude(person__slug="alec-baldwin")
    accused = {charge.defendant.person_id for charge in Charge.objects.select_related("defendant")}
    assert {role.person.slug for role in roles if role.person_id in accused} == set()


def test_the_guard_raises_no_false_alarm_over_it(demo_record: User) -> None:
    things = [*Matter.objects.all(), *Case.objects.all(), *Event.objects.all()]
    assert len(things) > 50
    found = {thing.pk: items for thing, items in guard.items_of(things).items() if items and isinstance(thing, Event)}
    assert sum(bool(items) for items in guard.items_of(things).values()) == len(found), "cases and matters have none"
    told = {Event.objects.get(pk=pk).title: [(i.weight.name, i.code) for i in items] for pk, items in found.items()}
    assert told == {
        # Somebody else's words, told as such.
        "Defence lawyers Alex Spiro and Luke Nikas on the withdrawal": [("LOOK", "words_cleared")],
        # True: one report each is at hand. The record says why it was published all the same.
        "Jury: guilty of involuntary manslaughter, not guilty of tampering with evidence": [("SHOULD", "one_report")],
        "Suit dismissed for inactivity": [("SHOULD", "one_report")],
    }
    reasons = Event.objects.exclude(published_despite="").values_list("published_despite", flat=True)
    assert [reason.split(" ", 4)[:4] for reason in reasons] == [["The", "court's", "own", "record"]] * 2

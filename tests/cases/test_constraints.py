"""Every rule that the database keeps: it refuses a raw write, and its sentence reaches whoever validates.

The table is checked against the models: a constraint that has no row here makes the suite fail.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from cases.editing.refusals import TRIGGERS, sentence_for
from cases.models import (
    AppealPeriod,
    Case,
    CaseRelation,
    Charge,
    Citation,
    Correction,
    CorrectionPlace,
    Court,
    Defendant,
    Disposition,
    Event,
    Jurisdiction,
    Matter,
    Outcome,
    Participant,
    SecondLook,
    SentencePart,
    Source,
)
from people.models import Name, Namesake, Person, Redirect, UsedAddress

pytestmark = pytest.mark.django_db


class World:
    """One valid row of each kind, to be broken."""

    def __init__(self) -> None:
        self.where = Jurisdiction.objects.create(slug="freedonia", name="Freedonia")
        self.court = Court.objects.create(
            slug="district", name="District Court", jurisdiction=self.where, source_key="fd"
        )
        self.matter = Matter.objects.create(slug="fire", title="The fire")
        self.case = Case.objects.create(slug="a-v-b", caption="A v. B", court=self.court, docket_number="1")
        self.other = Case.objects.create(slug="c-v-d", caption="C v. D", court=self.court, docket_number="2")
        self.person = Person.objects.create(slug="b", name="B")
        self.name = Name.objects.create(person=self.person, text="Bee")
        self.defendant = Defendant.objects.create(case=self.case, person=self.person)
        self.act = Event.objects.create(**self.dated, category="filing", kind="complaint")
        self.ruling = Event.objects.create(**self.dated, category="ruling", kind="dismiss", decision="granted")
        self.charge = Charge.objects.create(defendant=self.defendant, created_by=self.act, title="Arson", count=1)
        self.earlier = Charge.objects.create(defendant=self.defendant, created_by=self.act, title="Fraud", count=2)
        self.term = Disposition.objects.create(slug="gone", cls="unknown", label="Gone", sentence="It is gone.")
        self.outcome = Outcome.objects.create(event=self.ruling, charge=self.charge, disposition=self.term)
        self.source = Source.objects.create(kind="news_report", title="Report", url="https://example.org/1")
        self.citation = Citation.objects.create(event=self.act, source=self.source)
        self.relation = CaseRelation.objects.create(case=self.case, kind="related", target=self.other)
        self.role = Participant.objects.create(case=self.case, person=self.person, role="judge", shown_by=self.act)
        self.period = AppealPeriod.objects.create(
            jurisdiction=self.where, case_kind="criminal", days=30, authority="Rule 1"
        )

    @property
    def dated(self) -> dict[str, object]:
        return {"case": self.case, "title": "It happened", "on": date(2024, 1, 1)}

    def event(self, **wrong: object) -> Event:
        return Event(**({**self.dated, "category": "hearing", "kind": "arraignment"} | wrong))

    def sentence(self, **wrong: object) -> SentencePart:
        return SentencePart(**({"event": self.ruling, "charge": self.charge, "kind": "fine"} | wrong))

    def a_charge(self, **wrong: object) -> Charge:
        return Charge(**({"defendant": self.defendant, "created_by": self.act, "title": "Theft"} | wrong))

    def a_role(self, **wrong: object) -> Participant:
        return Participant(
            **({"case": self.case, "person": self.person, "role": "victim", "shown_by": self.act} | wrong)
        )


def changed(row: models.Model, **wrong: object) -> models.Model:
    """The stored row with other values."""
    for name, value in wrong.items():
        setattr(row, name, value)
    return row


def said_twice(world: World) -> Namesake:
    """That two persons are not the same, said once already."""
    other = Person.objects.create(slug="b-2", name="B")
    Namesake.objects.create(person=world.person, other=other)
    return Namesake(person=world.person, other=other)


def corrected(world: World) -> Correction:
    """A correction that a case lists."""
    row = Correction.objects.create(kind="error", sentence="The day was another one.")
    CorrectionPlace.objects.create(correction=row, case=world.case)
    return row


def used(world: World, slug: str) -> str:
    """The address of a case that was public, and is deleted since."""
    UsedAddress.objects.create(noun="case", slug=slug, owner=world.case.pk + 10**6)
    return slug


BREAKS: dict[str, Callable[[World], models.Model]] = {
    "person_has_name": lambda w: Person(slug="nobody", name=""),
    "name_once_a_person": lambda w: Name(person=w.person, text="Bee", kind="former"),
    "namesake_once": said_twice,
    "namesake_of_another": lambda w: Namesake(person=w.person, other=w.person),
    "redirect_from_somewhere": lambda w: Redirect(old_slug="", person=w.person),
    "court_has_name": lambda w: Court(slug="no-name", name="", jurisdiction=w.where),
    "court_source_key_once": lambda w: Court(slug="twin", name="Twin", jurisdiction=w.where, source_key="fd"),
    "appeal_period_once": lambda w: AppealPeriod(jurisdiction=w.where, case_kind="criminal", days=1, authority="R"),
    "appeal_period_positive": lambda w: AppealPeriod(jurisdiction=w.where, case_kind="civil", days=0, authority="R"),
    "matter_has_title": lambda w: Matter(slug="no-title", title=""),
    "matter_state_known": lambda w: Matter(slug="m", title="M", editorial_state="secret"),
    "case_has_caption": lambda w: Case(slug="no-caption", caption="", court=w.court),
    "case_state_known": lambda w: Case(slug="c", caption="C", court=w.court, editorial_state="secret"),
    "docket_number_once_a_court": lambda w: Case(slug="c", caption="C", court=w.court, docket_number="1"),
    "override_has_reason": lambda w: Case(slug="c", caption="C", court=w.court, status_override="disposed"),
    "case_sealed_is_explained": lambda w: Case(slug="c", caption="C", court=w.court, visibility="sealed"),
    "relation_has_one_target": lambda w: CaseRelation(
        case=w.case, kind="appeal_of", target=w.other, target_text="Court of Appeals, 7"
    ),
    "relation_not_to_itself": lambda w: CaseRelation(case=w.case, kind="appeal_of", target=w.case),
    "relation_once": lambda w: CaseRelation(case=w.case, kind="related", target=w.other),
    "defendant_once_a_case": lambda w: Defendant(case=w.case, person=w.person),
    "defendant_sealed_is_explained": lambda w: Defendant(case=w.other, person=w.person, visibility="sealed"),
    "participant_in_case_or_matter": lambda w: w.a_role(matter=w.matter),
    "participant_ends_after_start": lambda w: w.a_role(started_on=date(2024, 2, 1), ended_on=date(2024, 1, 31)),
    "participant_once": lambda w: w.a_role(role="judge"),
    "event_has_title": lambda w: w.event(title=""),
    "event_in_case_or_matter": lambda w: w.event(matter=w.matter),
    "event_kind_fits_category": lambda w: w.event(kind="complaint"),
    "event_occurrence_known": lambda w: w.event(occurrence="perhaps"),
    "event_state_known": lambda w: w.event(editorial_state="secret"),
    "event_decision_only_on_ruling": lambda w: w.event(decision="granted"),
    "event_timeliness_only_on_ruling": lambda w: w.event(timeliness="timely"),
    "event_motion_only_on_motion": lambda w: w.event(motion="dismiss"),
    "event_date_fits_precision": lambda w: w.event(on=None),
    "event_month_is_first_day": lambda w: w.event(precision="month", on=date(2024, 1, 2)),
    "event_year_is_first_january": lambda w: w.event(precision="year", on=date(2024, 2, 1)),
    "event_until_not_before": lambda w: w.event(until=date(2023, 12, 31)),
    "event_not_reverses_itself": lambda w: changed(w.act, reverses=w.act),
    "disposition_has_words": lambda w: Disposition(slug="x", cls="unknown", label="X", sentence=""),
    "charge_has_title": lambda w: w.a_charge(title=""),
    "count_once_an_instrument": lambda w: w.a_charge(count=1),
    "charge_replaces_says_how": lambda w: w.a_charge(replaces=w.earlier),
    "charge_not_its_own_successor": lambda w: changed(w.charge, replaces=w.charge, replaces_how="amended"),
    "charge_not_its_own_enhancement": lambda w: changed(w.charge, enhances=w.charge),
    "charge_quantity_positive": lambda w: w.a_charge(quantity=0),
    "outcome_once_an_act": lambda w: Outcome(event=w.ruling, charge=w.charge, disposition=w.term),
    "sentence_amount_has_currency": lambda w: w.sentence(amount=500),
    "sentence_amount_not_negative": lambda w: w.sentence(amount=-1, currency="USD"),
    "source_has_title": lambda w: Source(kind="news_report", title=""),
    "source_not_its_own_relay": lambda w: changed(w.source, relays=w.source),
    "source_url_once": lambda w: Source(kind="broadcast", title="Again", url="https://example.org/1"),
    "citation_once": lambda w: Citation(event=w.act, source=w.source),
    "correction_has_sentence": lambda w: Correction(kind="error", sentence=""),
    "correction_kind_known": lambda w: Correction(kind="whim", sentence="The day was another one."),
    "correction_in_case_or_matter": lambda w: CorrectionPlace(correction=corrected(w), case=w.case, matter=w.matter),
    "correction_place_once": lambda w: CorrectionPlace(correction=corrected(w), case=w.case),
    "person_not_named_is_withheld": lambda w: Person(slug="child", name="A Child", not_named_because="minor"),
    "usedaddress_once": lambda w: UsedAddress(noun="case", slug=used(w, "gone"), owner=2),
}


def record_models() -> Iterator[type[models.Model]]:
    """The models that editors write; what is listed and the index of names are kept by themselves, a second look by
    the verbs.
    """
    kept = ("people.index_models", "cases.models.listing")
    for label in ("people", "cases"):
        for model in apps.get_app_config(label).get_models():
            if not model._meta.proxy and model.__module__ not in kept and model is not SecondLook:
                yield model


RULES = {rule.name: rule for model in record_models() for rule in model._meta.constraints}


def broken_by(row: models.Model) -> str:
    """Write ``row`` without asking any rule of ours; return which one the database says it breaks."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    told = refused.value.__cause__
    return str(told.diag.constraint_name)


@pytest.fixture
def world() -> World:
    return World()


def test_every_constraint_of_the_record_has_a_row_here() -> None:
    assert set(BREAKS) == set(RULES)


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_database_keeps_the_rule(world: World, name: str) -> None:
    assert broken_by(BREAKS[name](world)) == name


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_rule_is_told_in_its_own_sentence(world: World, name: str) -> None:
    row = BREAKS[name](world)
    sentence = str(RULES[name].violation_error_message)
    assert sentence != str(RULES[name].default_violation_error_message)
    assert (sentence[0].isupper(), sentence[-1]) == (True, ".")
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert refused.value.messages == [sentence]
    with pytest.raises(ValidationError):
        row.full_clean()


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_same_sentence_is_told_when_only_the_database_noticed(world: World, name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name](world).save()
    assert sentence_for(refused.value) == str(RULES[name].violation_error_message)


@pytest.mark.parametrize("row", ["court", "matter", "case", "person", "where", "term"])
def test_an_address_is_taken_once(world: World, row: str) -> None:
    twin = getattr(world, row)
    twin.pk = None
    twin._state.adding = True
    if isinstance(twin, Case):
        twin.docket_number = ""
    if isinstance(twin, Court):
        twin.source_key = ""
    assert broken_by(twin).endswith("_slug_key")
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert list(refused.value.message_dict) == ["slug"]


TRIGGER_BREAKS: dict[str, Callable[[World], models.Model]] = {
    "address_belonged_to_another": lambda w: Case(slug=used(w, "gone"), caption="E v. F", court=w.court),
    "charge_needs_held_act": lambda w: changed(w.charge, created_by=scheduled(w)),
    "outcome_needs_held_act": lambda w: Outcome(event=scheduled(w), charge=w.charge, disposition=w.term),
    "sentence_needs_held_act": lambda w: w.sentence(event=scheduled(w)),
    "event_held_while_it_has_outcomes": lambda w: changed(w.ruling, occurrence="scheduled"),
}


def scheduled(world: World) -> Event:
    """A ruling that is still to come."""
    act = world.event(category="ruling", kind="dismiss", occurrence="scheduled")
    act.save()
    return act


def test_every_trigger_has_a_sentence_and_a_row_here() -> None:
    declared = {
        trigger.name
        for model in apps.get_app_config("cases").get_models()
        if not model._meta.proxy
        for trigger in getattr(model._meta, "triggers", ())
        if not trigger.name.startswith(("history_of_", "remember_", "list_", "unlist_"))  # they refuse nothing
    }
    called = {"address_belonged_to_another": "address_is_free"}
    assert {called.get(name, name.removeprefix("event_")) for name in TRIGGERS} == declared
    assert set(TRIGGER_BREAKS) == set(TRIGGERS)


@pytest.mark.parametrize("name", sorted(TRIGGERS))
def test_the_trigger_refuses_and_has_its_sentence(world: World, name: str) -> None:
    row = TRIGGER_BREAKS[name](world)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save()
    assert sentence_for(refused.value) == TRIGGERS[name]
    with pytest.raises(ValidationError):
        row.full_clean()


def test_a_trigger_also_sees_an_update_in_bulk(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=world.ruling.pk).update(occurrence="cancelled")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=world.act.pk).update(occurrence="cancelled")
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.update(event=scheduled(world))
    world.ruling.refresh_from_db()
    assert world.ruling.occurrence == "held"

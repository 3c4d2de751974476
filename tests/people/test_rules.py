"""The rules of a row asked in one question: the same refusals as Django's own, one by one."""

import random
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from cases.models import Case, Event
from people.models import Person
from people.rules import RulesAtOnce

pytestmark = pytest.mark.django_db

RULED = [model for model in apps.get_models() if issubclass(model, RulesAtOnce) and not model._meta.proxy]
DAY = date(2024, 3, 5)
AN_ACT = {"case_id": 7, "category": "ruling", "kind": "dismiss", "decision": "granted", "on": DAY, "title": "Dismissed"}


def drawn(model: type[models.Model], dice: random.Random) -> models.Model:
    """A row that was not written: most of its columns as they begin, the others anything they can hold."""
    row = model(pk=dice.choice((None, 7)), **(AN_ACT if model is Event else {}))
    often = 0.1 if model is Event else 0.6
    for field in model._meta.concrete_fields:
        if field.primary_key or dice.random() > often:
            continue
        options: list[Any] = [field.value_from_object(row)]
        if isinstance(field, models.ForeignKey):
            options = [None, 7, 8] if field.null else [7, 8]
        elif isinstance(field, models.CharField | models.TextField):
            slugs = [slug for slug, _ in field.flatchoices if isinstance(slug, str)]
            options = ["", "o'clock 100% \\", *slugs, "no such thing"]
        elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            options = [None, date(2024, 1, 1), date(2024, 3, 1), DAY]
        elif isinstance(field, models.IntegerField | models.DecimalField):
            options = [None, 0, 1, 40_000]
        setattr(row, field.attname, dice.choice(options))
    return row


def told(validate: Any, row: models.Model, exclude: set[str]) -> dict[str, list[str]]:
    try:
        validate(row, exclude=set(exclude))
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


@pytest.mark.parametrize("model", RULED, ids=lambda model: model.__name__)
def test_refused_as_django_refuses(model: type[RulesAtOnce]) -> None:
    dice, kinds = random.Random(model.__name__), set()
    for _ in range(40):
        row = drawn(model, dice)
        exclude = {field.name for field in model._meta.concrete_fields if dice.random() < 0.1}
        expected = told(models.Model.validate_constraints, row, exclude)
        assert told(model.validate_constraints, row, exclude) == expected
        kinds.add(bool(expected))
    assert kinds == {True, False}  # what holds and what does not were both drawn


def test_asked_in_one_question(django_assert_num_queries: Any) -> None:
    person = Person(slug="zoe", name="Zoë")
    act = Event(
        case_id=7, category="ruling", kind="dismiss", decision="granted", on=date(2024, 3, 5), title="Dismissed"
    )
    case = Case(slug="state-v-zoe", caption="State v. Zoë", court_id=7)
    for row, questions in ((person, 1), (act, 1), (case, 4)):  # a case's number also is no other's
        with django_assert_num_queries(questions):
            row.validate_constraints()


def test_what_the_database_computes_is_left_to_django() -> None:
    person = Person(slug="zoe", name=models.Value(""))
    with pytest.raises(ValidationError, match="Enter a name"):
        person.validate_constraints()

"""Which table keeps whose history, which columns are facts, and which rows lie below which."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from cases.models import (
    AppealPeriod,
    Case,
    CaseRelation,
    Charge,
    Citation,
    Concern,
    Defendant,
    Event,
    Jurisdiction,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from people.models import Merge, Name, Namesake, Person, Redirect
from people.tracking import is_derived, is_fact

AnyModel = type[models.Model]

# The rows below one: their model, and their column that points to it. What lies below those is below it too.
BELOW: dict[AnyModel, tuple[tuple[AnyModel, str], ...]] = {
    Matter: ((Participant, "matter"), (Event, "matter")),
    Case: ((Defendant, "case"), (CaseRelation, "case"), (Participant, "case"), (Event, "case")),
    Event: (
        (Charge, "created_by"),
        (Outcome, "event"),
        (SentencePart, "event"),
        (Citation, "event"),
        (Participant, "shown_by"),
        (Concern, "event"),
    ),
    Defendant: ((Charge, "defendant"),),
    Charge: ((Outcome, "charge"), (SentencePart, "charge")),
    Person: ((Name, "person"), (Namesake, "person"), (Namesake, "other"), (Redirect, "person"), (Merge, "kept")),
    Jurisdiction: ((AppealPeriod, "jurisdiction"),),
}

# In which order what was written together is told: what others rest on comes first.
_TOLD: tuple[AnyModel, ...] = (
    Person, Source, Matter, Case, Defendant, Event, Concern, Charge, Outcome, SentencePart, Citation, Participant,
)  # fmt: skip


def place_of(model: AnyModel) -> tuple[int, str]:
    """Return where rows of a model stand among others that were written together."""
    return (_TOLD.index(model) if model in _TOLD else len(_TOLD), model._meta.label)


@cache
def _histories() -> dict[AnyModel, Any]:
    return {
        model.pgh_tracked_model: model  # type: ignore[attr-defined]  # pghistory's attribute
        for model in apps.get_models()
        if getattr(model, "pgh_tracked_model", None) is not None and not model._meta.proxy
    }


def tracked_models() -> list[AnyModel]:
    """Return the models whose history is kept, in a fixed order."""
    return sorted(_histories(), key=lambda model: model._meta.label)


def history_of(model: AnyModel) -> Any:
    """Return the model of the history of ``model``, a proxy's included. Raises ``KeyError`` if none is kept."""
    found = _histories()
    return found.get(model) or found[model._meta.concrete_model or model]


def kept_as(model: AnyModel) -> AnyModel | None:
    """Return the model under which the history of ``model`` is kept, for a proxy its own; None if none is kept."""
    found = _histories()
    concrete: AnyModel = model._meta.concrete_model or model
    return model if model in found else concrete if concrete in found else None


@cache
def facts(model: AnyModel) -> tuple[models.Field, ...]:
    """Return the columns that say something: a change of one of them makes a row of history."""
    return tuple(field for field in model._meta.concrete_fields if is_fact(field))


@cache
def kept(model: AnyModel) -> tuple[models.Field, ...]:
    """Return every column that history keeps of a row."""
    return tuple(field for field in model._meta.concrete_fields if not is_derived(field))


def ids_below(root: AnyModel, pks: set[int]) -> dict[AnyModel, set[int]]:
    """Return the ids of every row that lies, or ever lay, below the rows ``pks`` of ``root``, by model; those too."""
    found: dict[AnyModel, set[int]] = {}
    waiting = [(root, pks)]
    while waiting:
        model, ids = waiting.pop()
        fresh = ids - found.get(model, set())
        if not fresh:
            continue
        found.setdefault(model, set()).update(fresh)
        for lower, column in BELOW.get(model, ()):
            rows = history_of(lower)._base_manager.filter(**{f"{column}__in": fresh})
            waiting.append((lower, set(rows.values_list("id", flat=True).distinct())))
    return found

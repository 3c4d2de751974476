"""The history of every row: a table beside each table of the record, that only triggers fill.

``@tracked()`` on a model makes ``<Model>History``: one row for each insert, update and delete of a fact, in
whatever way it was written (a form, ``update``, a bulk load, SQL), with who did it where that is known.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pghistory.trigger
import pgtrigger
from django.db import models

from people.fields import FoldedField

AnyModel = TypeVar("AnyModel", bound=type[models.Model])

INSERT, UPDATE, DELETE = "insert", "update", "delete"
# Two more that no trigger writes: how a row stood when its history began, and a row emptied by a seal.
BEGUN, PURGED = "begun", "purged"

DERIVED = ("first_act_on", "latest_act_on")  # and every derived_* column: they are not kept, but derived again
NO_FACT = ("entry_key", "writers")  # how a row was entered, and by whom since when, not what it says
# Who did what to a row, and when: a change of nothing else is no change of a fact, and is no history.
UNWATCHED = (
    *("updated_at", "updated_by", "changed_at", "changed_by", "verified_by", "submitted_by", "assigned_to"),
    *("sent_back_by", "sent_back_because", "published_by", "published_at", "published_despite", "unseen"),
)


def is_derived(field: models.Field) -> bool:
    """Whether a column only repeats what the record's other rows say, or is no part of the record at all."""
    return field.name.startswith("derived_") or field.name in DERIVED or field.name in NO_FACT


def is_fact(field: models.Field) -> bool:
    """Whether a change of this column is a change of what the record says: it makes a row of history."""
    return not (is_derived(field) or field.name in UNWATCHED or isinstance(field, FoldedField) or field.primary_key)


class _KeepsHistory(pghistory.trigger.Event):
    """Copies the rows of one statement at once. Who and where stand in each copy, so there is no table of contexts."""

    def get_func(self, model: Any) -> pgtrigger.Func:
        """Return the library's function without its call that would write a context for every statement."""
        text = super().get_func(model).func
        text = text.removeprefix("WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) ")
        return pgtrigger.Func(text.replace(", _pgh_attached_context;", ";"))


class _Kept(pghistory.RowEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        trigger = _KeepsHistory(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=pghistory.Statement,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class _Inserts(_Kept, pghistory.InsertEvent):
    trigger_name = "history_of_inserts"


class _Updates(_Kept, pghistory.UpdateEvent):
    trigger_name = "history_of_updates"


class _Deletes(_Kept, pghistory.DeleteEvent):
    trigger_name = "history_of_deletes"


def _kept(field: models.Field) -> models.Field:
    """Return the plain column in which history keeps a value: no rule of the record holds there, none can break."""
    if isinstance(field, models.ForeignKey):
        return models.BigIntegerField(null=True, db_column=field.column)
    if isinstance(field, models.CharField):
        return models.TextField(null=True)
    if isinstance(field, models.PositiveSmallIntegerField | models.SmallIntegerField):
        return models.IntegerField(null=True)
    if isinstance(field, models.DateTimeField):
        return models.DateTimeField(null=True)
    kwargs = field.deconstruct()[3]
    plain = {key: kwargs[key] for key in ("max_digits", "decimal_places") if key in kwargs}
    return type(field)(null=True, **plain)


def tracked(*within: str) -> Callable[[AnyModel], AnyModel]:
    """Keep the history of a model. ``within`` names the columns by which the rows below another are looked up."""

    def decorate(model: AnyModel) -> AnyModel:
        told = f"What was written of each {model.__name__}, by triggers; see people.tracking."
        columns = [field for field in model._meta.local_fields or model._meta.fields if not is_derived(field)]
        kept = {field.name: _kept(field) for field in columns if not field.primary_key}
        watched = pghistory.AnyChange(*(field.name for field in columns if is_fact(field)))
        pghistory.track(
            _Inserts(INSERT),
            _Updates(UPDATE, condition=watched),
            _Deletes(DELETE),
            fields=[field.name for field in columns],
            obj_field=None,
            context_field=pghistory.ContextJSONField(),
            model_name=f"{model.__name__}History",
            attrs={**kept, "pgh_id": models.BigAutoField(primary_key=True), "__doc__": told},
            meta={
                "default_permissions": (),
                "indexes": [models.Index(fields=fields) for fields in (["id", "pgh_id"], *([c] for c in within))],
            },
        )(model)
        return model

    return decorate

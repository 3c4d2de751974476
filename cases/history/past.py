"""The record as it was at the end of a past day: the same tables, read from their histories.

Within ``as_recorded`` every query of the record reads the past: temporary views that bear the tables' names stand
before them, and no code has to know. What is sealed or withheld today is sealed and withheld there too, so nothing
comes back that was taken away; and nothing can be written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from cases.history.layout import AnyModel, history_of, kept, tracked_models
from cases.models import Case
from people.choices import Visibility
from people.tracking import BEGUN, DELETE, PURGED

_STRICTEST_LAST = ", ".join(f"'{value}'" for value in Visibility.values)  # from public to sealed
_GO_WITH_IT = ("visibility", "sealed_basis", "sealed_on", "not_named_because")


class NotYetKept(ValueError):  # noqa: N818  (an answer, and no fault)
    """Nobody can know what was said on that day. The message says why."""


def end_of(day: date) -> datetime:
    """Return the moment at which ``day`` is over, by the site's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def history_begins(pk: int, model: AnyModel = Case) -> date | None:
    """Return the first day of which the history of a row is whole; None if it has none."""
    first = history_of(model)._base_manager.filter(id=pk).order_by("pgh_id").first()
    return timezone.localdate(first.pgh_created_at) if first is not None else None


def was_entered(pk: int, model: AnyModel = Case) -> bool:
    """Return whether the history of a row begins with its entry, and not with how it stood when histories began."""
    first = history_of(model)._base_manager.filter(id=pk).order_by("pgh_id").first()
    return first is not None and first.pgh_label != BEGUN


@contextmanager
def as_recorded(day: date) -> Iterator[None]:
    """Read the record as it was when ``day`` ended. Draw the page inside: what is read later reads the present.

    Derived columns are not kept: they have their defaults, and whoever asks the law derives them again.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            for model in tracked_models():
                cursor.execute(*_view(model, end_of(day)))
            cursor.execute("SET LOCAL transaction_read_only = on")
        try:
            yield
        finally:
            transaction.set_rollback(True)  # the views go with it


def _view(model: AnyModel, at: datetime) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    table, history = quote(model._meta.db_table), quote(history_of(model)._meta.db_table)
    values: list[Any] = []
    columns = ", ".join(_column(model, field, values) for field in model._meta.concrete_fields)
    sealable = any(field.name == "visibility" for field in model._meta.concrete_fields)
    live = f" LEFT JOIN {table} live ON live.id = h.id" if sealable else ""
    text = (
        f"CREATE TEMPORARY VIEW {table} AS SELECT {columns} FROM {history} h{live} "  # noqa: S608 - names of ours
        f"WHERE h.pgh_created_at < %s AND h.pgh_label NOT IN ('{DELETE}', '{PURGED}') AND NOT EXISTS ("
        f"SELECT 1 FROM {history} n WHERE n.id = h.id AND n.pgh_id > h.pgh_id AND n.pgh_created_at < %s)"
    )
    return text, [*values, at, at]


def _column(model: AnyModel, field: models.Field, values: list[Any]) -> str:
    """Return what the view has in a column; a value that has to be given is added to ``values``."""
    name = connection.ops.quote_name(str(field.column))
    if field not in kept(model):
        values.append(_default(field))
        return f"%s::{field.db_type(connection)} AS {name}"
    if field.name in _GO_WITH_IT and any(f.name == "visibility" for f in model._meta.concrete_fields):
        order = f"ARRAY[{_STRICTEST_LAST}]::text[]"
        stricter = f"array_position({order}, live.visibility::text) > array_position({order}, h.visibility)"
        return f"CASE WHEN {stricter} THEN live.{name} ELSE h.{name} END AS {name}"
    if field.null or field.primary_key:
        return f"h.{name}"
    values.append(_default(field))
    return f"COALESCE(h.{name}, %s::{field.db_type(connection)}) AS {name}"  # a column that came later


def _default(field: models.Field) -> Any:
    if field.null or not field.has_default():
        return "" if field.empty_strings_allowed and not field.null and isinstance(field, models.CharField) else None
    return field.get_db_prep_value(field.get_default(), connection)

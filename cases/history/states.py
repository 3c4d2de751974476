"""State: what a row said after one write, with who wrote it, where and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from cases.history.layout import AnyModel, history_of, kept
from people.tracking import DELETE, PURGED


@dataclass(frozen=True, slots=True)
class State:
    """One row of history. ``values`` are by attribute (``case_id``); None if a seal has emptied them.

    ``position`` orders the states of one model. ``occasion`` is the same for all that was written together; it and
    ``user_id`` are None where nobody said who wrote: outside the desk and its verbs.
    """

    model: AnyModel
    pk: int
    position: int
    at: datetime
    label: str
    user_id: int | None
    url: str
    occasion: UUID | None
    values: dict[str, Any] | None

    @property
    def is_deletion(self) -> bool:
        """Whether this write removed the row; the values are those it had."""
        return self.label == DELETE

    @property
    def is_purged(self) -> bool:
        """Whether a seal has removed what was written."""
        return self.label == PURGED

    def instance(self) -> Model:
        """Return an unsaved row with these values, as it stood. Columns that came later have their defaults."""
        values = {name: value for name, value in (self.values or {}).items() if value is not None}
        return self.model(pk=self.pk, **values)


def read(model: AnyModel, row: Any) -> State:
    """Return a row of a history table as a state."""
    told = row.pgh_context or {}
    user = told.get("user")
    purged = row.pgh_label == PURGED
    return State(
        model=model,
        pk=row.id,
        position=row.pgh_id,
        at=row.pgh_created_at,
        label=row.pgh_label,
        user_id=int(user) if user is not None else None,
        url=str(told.get("url") or ""),
        occasion=row.pgh_context_id,
        values=None if purged else {f.attname: getattr(row, f.name) for f in kept(model) if not f.primary_key},
    )


def states_of(model: AnyModel, pks: Iterable[int]) -> dict[int, list[State]]:
    """Return every state of each of these rows, oldest first."""
    found: dict[int, list[State]] = {}
    for row in history_of(model)._base_manager.filter(id__in=set(pks)).order_by("pgh_id"):
        found.setdefault(row.id, []).append(read(model, row))
    return found


def state_at(model: AnyModel, position: int) -> State | None:
    """Return one state by its place in the history of its model."""
    row = history_of(model)._base_manager.filter(pgh_id=position).first()
    return read(model, row) if row is not None else None


def last_state(model: AnyModel, pk: int) -> State | None:
    """Return the last thing written of a row, which may be that it was removed."""
    row = history_of(model)._base_manager.filter(id=pk).order_by("-pgh_id").first()
    return read(model, row) if row is not None else None


def writers_of(model: AnyModel, pk: int, values: Mapping[str, Any]) -> set[int]:
    """Return everybody who ever let these columns of a row say these values, however often others changed them since.

    ``values`` are by attribute. What nobody known wrote, or was emptied by a seal, is nobody's.
    """
    found: set[int] = set()
    before: dict[str, Any] = {}
    for one in states_of(model, [pk]).get(pk, []):
        if one.values is None or one.is_deletion:
            continue
        for name, value in one.values.items():
            anew = name not in before or before[name] != value
            if anew and one.user_id is not None and name in values and values[name] == value:
                found.add(one.user_id)
        before = one.values
    return found

"""Change: one write of one row. Occasion: all that was written together, by one person, of a row and those below it."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Model

from cases.history.layout import AnyModel, history_of, ids_below, kept_as, place_of
from cases.history.states import State, read, states_of
from people.tracking import PURGED

A_PAGE = 40  # occasions
_ROWS = 400  # of one table, looked at for one page


@dataclass(frozen=True, slots=True)
class Change:
    """One state, and the one before it (None: the first that is known)."""

    state: State
    before: State | None

    @property
    def old(self) -> dict[str, Any] | None:
        """What the row said before; None if it was not there, or nobody knows."""
        if self.state.is_deletion:
            return self.state.values
        return self.before.values if self.before is not None and not self.before.is_deletion else None

    @property
    def new(self) -> dict[str, Any] | None:
        """What the row says since; None if it was removed."""
        return None if self.state.is_deletion else self.state.values


@dataclass(slots=True)
class Occasion:
    """What was written together."""

    at: datetime
    occasion: UUID | None
    user_id: int | None
    url: str
    changes: list[Change] = field(default_factory=list)


def stream(row: Model, *, until: datetime | None = None) -> tuple[list[Occasion], datetime | None]:
    """Return what was written of a row and of all that lies below it, newest first, and where the next page begins.

    ``until`` is such a beginning: only what was written before it is returned.
    """
    found: list[State] = []
    horizon: datetime | None = None
    for model, ids in ids_below(kept_as(type(row)) or type(row), {row.pk}).items():
        rows = history_of(model)._base_manager.filter(id__in=ids)
        if until is not None:
            rows = rows.filter(pgh_created_at__lt=until)
        states = [read(model, one) for one in rows.order_by("-pgh_created_at", "-pgh_id")[:_ROWS]]
        if len(states) == _ROWS and (horizon is None or states[-1].at > horizon):
            horizon = states[-1].at  # older ones of this table are not here, so what is as old is not told yet
        found += states
    times = sorted({state.at for state in found}, reverse=True)
    shown = [at for at in times if horizon is None or at > horizon] or times[:1]
    shown = shown[:A_PAGE]
    later = shown[-1] if shown and len(shown) < len(times) else None
    return _occasions([state for state in found if shown and state.at >= shown[-1]]), later


def _occasions(states: list[State]) -> list[Occasion]:
    before = _before(states)
    found: dict[tuple[datetime, UUID | None, int | None], Occasion] = {}
    for state in sorted(states, key=lambda one: (one.at, place_of(one.model), one.position)):
        key = (state.at, state.occasion, state.user_id)
        if key not in found:
            found[key] = Occasion(state.at, state.occasion, state.user_id, state.url)
        found[key].changes.append(Change(state, before.get((state.model, state.position))))
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def _before(states: list[State]) -> dict[tuple[AnyModel, int], State]:
    """Return for each state the one before it, by model and position."""
    wanted: dict[AnyModel, set[int]] = {}
    for state in states:
        wanted.setdefault(state.model, set()).add(state.pk)
    found: dict[tuple[AnyModel, int], State] = {}
    for model, pks in wanted.items():
        for of_one in states_of(model, pks).values():
            for earlier, later in pairwise(of_one):
                found[model, later.position] = earlier
    return found


def changes_since(model: AnyModel, pk: int, position: int) -> list[Change]:
    """Return what was written of a row after a state of it, oldest first."""
    states = states_of(model, [pk]).get(pk, [])
    pairs = zip([None, *states], states, strict=False)
    return [Change(later, earlier) for earlier, later in pairs if later.position > position]


def anything_purged(row: Model) -> bool:
    """Return whether a seal or a withheld name has emptied something of the history of a row, or of those below it."""
    for model, ids in ids_below(kept_as(type(row)) or type(row), {row.pk}).items():
        if history_of(model)._base_manager.filter(id__in=ids, pgh_label=PURGED).exists():
            return True
    return False

"""Deletion: rows that are gone from the record, with what went together, and can be brought back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.history.layout import AnyModel, history_of, place_of, tracked_models
from cases.history.states import State, read
from cases.models import Concern
from people.models import Merge, Person
from people.tracking import DELETE

_MOST = 500  # of one table, the newest


@dataclass(frozen=True, slots=True)
class Deletion:
    """Rows that were removed together and are still gone."""

    at: datetime
    occasion: UUID | None
    user_id: int | None
    states: tuple[State, ...]


def _gone(model: AnyModel) -> QuerySet:
    """Return the last states of rows of a model that are gone. Somebody merged away is not lost: a merge is undone."""
    there = model._base_manager.filter(pk=OuterRef("id"))
    if model is Concern:  # what is said again has another number
        there = Concern._base_manager.filter(event=OuterRef("event"), defendant=OuterRef("defendant"))
    later = history_of(model)._base_manager.filter(id=OuterRef("id"), pgh_id__gt=OuterRef("pgh_id"))
    rows: QuerySet = history_of(model)._base_manager.filter(~Exists(there), ~Exists(later), pgh_label=DELETE)
    return rows.exclude(id__in=_merged_away()) if model is Person else rows


def _merged_away() -> set[int]:
    records = Merge.objects.filter(undone_at=None).values_list("record", flat=True)
    return {int(record["person"]["id"]) for record in records}


def deletions(*, until: datetime | None = None) -> list[Deletion]:
    """Return what was removed and is still gone, newest first; with ``until``, what was removed before it."""
    found: list[State] = []
    for model in tracked_models():
        rows = _gone(model)
        if until is not None:
            rows = rows.filter(pgh_created_at__lt=until)
        found += [read(model, row) for row in rows.order_by("-pgh_created_at", "-pgh_id")[:_MOST]]
    return _together(found)


def deletion_of(state: State) -> Deletion | None:
    """Return the deletion that ``state`` is part of, with all of it that is still gone; None if it is there again."""
    same = Q(pgh_created_at=state.at)
    same &= Q(pgh_context_id__isnull=True) if state.occasion is None else Q(pgh_context_id=state.occasion)
    found = [read(model, row) for model in tracked_models() for row in _gone(model).filter(same).order_by("pgh_id")]
    if not any((one.model, one.pk) == (state.model, state.pk) for one in found):
        return None
    return next(iter(_together(found)))


def _together(states: list[State]) -> list[Deletion]:
    groups: dict[tuple[datetime, UUID | None, int | None], list[State]] = {}
    for state in states:
        groups.setdefault((state.at, state.occasion, state.user_id), []).append(state)
    found = [
        Deletion(at, occasion, user, tuple(sorted(rows, key=lambda one: (place_of(one.model), one.position))))
        for (at, occasion, user), rows in groups.items()
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)

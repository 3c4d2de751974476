"""Stamps: what a row says, in a short mark that a form carries, to see whether somebody changed it meanwhile.

A stamp is made of the facts themselves. So it notices every change, however it was written, and none of what is only
derived; a row that was changed and changed back is as it was.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from cases.history.layout import AnyModel, facts
from cases.history.states import State, states_of

_LENGTH = 24  # hexadecimal digits; a form compares two states of one row, nobody searches for a collision


def stamp_of(row: Model) -> str:
    """Return the stamp of a stored row: of its facts, and of whom it concerns (its many-to-many choices)."""
    own = _own({field.attname: getattr(row, field.attname) for field in facts(type(row))}, type(row))
    return "-".join([own, *_chosen(row)])


def _own(values: Mapping[str, Any], model: AnyModel) -> str:
    told = json.dumps([[field.attname, values.get(field.attname)] for field in facts(model)], default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:_LENGTH]


def _chosen(row: Model) -> list[str]:
    found = []
    for field in row._meta.many_to_many:
        ids = getattr(row, field.attname).order_by("pk").values_list("pk", flat=True)
        found.append(".".join(str(pk) for pk in ids))
    return found


def chosen_in(stamp: str) -> list[int] | None:
    """Return the ids that were chosen when ``stamp`` was made; None if it does not say."""
    _, dash, rest = stamp.partition("-")
    parts = [part for part in rest.split(".") if part] if dash else []
    if not dash or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return [int(part) for part in parts]


def state_stamped(model: AnyModel, pk: int, stamp: str) -> State | None:
    """Return the latest state in which a row's own columns had this stamp; None if it never had, or a seal hid it."""
    own = stamp.partition("-")[0]
    for state in reversed(states_of(model, [pk]).get(pk, [])):
        if state.values is not None and not state.is_deletion and _own(state.values, model) == own:
            return state
    return None

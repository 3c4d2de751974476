"""Marks: what a row said when a list, or a button beside it, was drawn. What is done is done to what was read."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cases import editing, history
from cases.history.layout import facts
from cases.models import Source
from cases.models.review import Reviewed
from people.models import Person

MARK = "mark"
SHOWN_AT = "shown_at"
_LENGTH = 16
SINCE = "It was changed, by {}, after this was shown to you. Look at it again first."
UNMARKED = "This list does not say what it showed you. Open it again, and choose there."
REMOVED = "It was removed meanwhile."


def mark_of(row: Model, *more: object) -> str:
    """Return the mark of a row: of its facts, of when the rows beneath were changed last, and of who has it in hand.

    It asks nothing of the database. ``more`` is what else was shown of it.
    """
    told: list[object] = [getattr(row, field.attname) for field in facts(history.kept_as(type(row)) or type(row))]
    if isinstance(row, Reviewed):
        told += [row.changed_at, row.assigned_to_id, row.unseen]
    return hashlib.sha256(json.dumps([*told, *more], default=str).encode()).hexdigest()[:_LENGTH]


def name_of(row: Model) -> str:
    """Return the name of the hidden field in which a list carries the mark of a row."""
    return f"{MARK}-{row.pk}"


def carried(request: HttpRequest, rows: Iterable[Model]) -> list[tuple[str, str]]:
    """Return the hidden fields with which a page that asks first hands on what the list had shown."""
    names = [SHOWN_AT, *map(name_of, rows)]
    return [(name, request.POST[name]) for name in names if name in request.POST]


def refuse_changed(request: HttpRequest, row: Model) -> None:
    """Raise ``ValidationError`` if ``row`` says something else now than in the list in which it was chosen.

    Of what was chosen with “all”, beyond the page, the list has no mark: it must not be changed since it was drawn.
    Ask within the sitting that writes: nobody else writes meanwhile.
    """
    stored = type(row)._base_manager.filter(pk=row.pk).first()
    if stored is None:
        raise ValidationError(REMOVED)
    if mark := request.POST.get(name_of(row)):
        if mark != mark_of(stored):
            raise ValidationError(SINCE.format(_who(stored)))
        return
    shown = _moment(request.POST.get(SHOWN_AT, ""))
    if shown is None:
        raise ValidationError(UNMARKED)
    last = history.last_state(type(stored), stored.pk) if history.kept_as(type(stored)) is not None else None
    beneath = stored.changed_at if isinstance(stored, Reviewed) else None
    if (last is not None and last.at > shown) or (beneath is not None and beneath > shown):
        raise ValidationError(SINCE.format(_who(stored)))


def look_mark(row: Model) -> str:
    """Return the mark of what somebody is asked to confirm: of a person or a source with the names beside it."""
    look = editing.look_at(row) if isinstance(row, Person | Source) else None
    return mark_of(row, *([look.changed_at] if look is not None else []))


def refuse_another(request: HttpRequest, row: Model) -> None:
    """Raise ``ValidationError`` if what is to be confirmed is not what was shown beside the button."""
    mark = request.POST.get(MARK)
    if not mark:
        raise ValidationError(UNMARKED)
    if mark != look_mark(row):
        raise ValidationError(SINCE.format(_who(row)))


def _moment(said: str) -> datetime | None:
    try:
        shown = parse_datetime(said)
    except ValueError:
        return None
    return shown if shown is not None and timezone.is_aware(shown) else None


def _who(row: Model) -> str:
    state = history.last_state(type(row), row.pk) if history.kept_as(type(row)) is not None else None
    user = getattr(row, "updated_by", None)
    return str(user) if user is not None else history.Names().user(state.user_id if state is not None else None)

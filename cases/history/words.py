"""History in words: what a row is called, what a value means, and what differs between two states, piece by piece."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, JSONField
from django.utils import timezone
from django.utils.formats import date_format

from cases.history.layout import AnyModel, facts, history_of
from cases.history.states import State, last_state, read
from cases.models import (
    AppealPeriod,
    CaseRelation,
    Charge,
    Citation,
    Concern,
    Defendant,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from people.models import Merge, Namesake, Redirect

NOTHING = "nothing"
GONE = "removed since"
OUTSIDE = "unknown, outside the desk"
GONE_ACCOUNT = "an account that is gone"
LONG = 60  # characters from which two texts are compared word by word

# By which columns a row is called, where it is not its title, caption, name, text or label.
CALLED: dict[AnyModel, tuple[str, ...]] = {
    AppealPeriod: ("case_kind", "days"),
    CaseRelation: ("kind", "target", "target_text"),
    Charge: ("count", "title"),
    Citation: ("source",),
    Concern: ("defendant",),
    Defendant: ("person",),
    Merge: ("absorbed_name",),
    Namesake: ("other",),
    Outcome: ("charge",),
    Participant: ("person", "role"),
    Redirect: ("old_slug",),
    SentencePart: ("kind", "charge"),
    Source: ("publisher", "title"),
}
_TITLES = ("title", "caption", "name", "text", "label", "sentence", "slug")


class Names:
    """What referenced rows and accounts are called, asked for once each: the live row, or its last state."""

    def __init__(self) -> None:
        self._rows: dict[tuple[AnyModel, int], str] = {}
        self._users: dict[int, str] = {}

    def expect(self, model: AnyModel, pks: Iterable[int]) -> None:
        """Ask for many rows of one model at once, and for those after which they are called."""
        wanted = {pk for pk in pks if (model, pk) not in self._rows}
        rows = list(model._base_manager.filter(pk__in=wanted)) if wanted else []
        for name in CALLED.get(model, ()) if rows else ():
            field = model._meta.get_field(name)
            if isinstance(field, ForeignKey):
                self.expect(_model(field), {getattr(row, field.attname) for row in rows} - {None})
        for row in rows:
            self._rows[model, row.pk] = self.title(model, {f.attname: getattr(row, f.attname) for f in facts(model)})

    def expect_all(self, states: Iterable[State]) -> None:
        """Ask at once for everything that these states point to."""
        wanted: dict[AnyModel, set[int]] = {}
        for state in states:
            for field in facts(state.model) if state.values is not None else ():
                value = (state.values or {}).get(field.attname)
                if isinstance(field, ForeignKey) and value is not None and _model(field) is not User:
                    wanted.setdefault(_model(field), set()).add(int(value))
        for model, pks in wanted.items():
            self.expect(model, pks)

    def of(self, model: AnyModel, pk: int) -> str:
        """Return what a row is called; one that is gone by its last name, with a word that it is gone."""
        if (model, pk) not in self._rows:
            self.expect(model, [pk])
        if (model, pk) not in self._rows:
            last = _last(model, pk)
            said = self.title(model, last) if last is not None else f"{model._meta.verbose_name} {pk}"
            self._rows[model, pk] = f"{said} ({GONE})"
        return self._rows[model, pk]

    def title(self, model: AnyModel, values: Mapping[str, Any] | None) -> str:
        """Return what a row with these values is called."""
        if values is None:
            return str(model._meta.verbose_name)
        columns = CALLED.get(model._meta.concrete_model or model) or CALLED.get(model)
        if columns is None:
            columns = next(((name,) for name in _TITLES if values.get(name)), ())
        fields = [model._meta.get_field(name) for name in columns]
        told = [(f, values.get(f.attname)) for f in fields if isinstance(f, Field)]
        parts = [f"Count {value}" if f.name == "count" else self.value(f, value) for f, value in told if _is(value)]
        return ": ".join(parts) or str(model._meta.verbose_name)

    def value(self, field: Field, value: Any) -> str:
        """Return a value in words: a choice by its label, a row by what it is called, a day as a day."""
        if not _is(value):
            return NOTHING
        if isinstance(field, ForeignKey):
            model = _model(field)
            return self.user(value) if model is User else self.of(model, int(value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "j F Y, H:i")
        if isinstance(value, date):
            return date_format(value, "j F Y")
        return str(value)

    def user(self, pk: int | None) -> str:
        """Return who an account is: the full name if there is one."""
        if pk is None:
            return OUTSIDE
        if pk not in self._users:
            user = User.objects.filter(pk=pk).first()
            self._users[pk] = (user.get_full_name() or user.get_username()) if user is not None else GONE_ACCOUNT
        return self._users[pk]


def _model(field: ForeignKey) -> AnyModel:
    """Return what a column points to."""
    model: Any = field.related_model
    return cast(AnyModel, model)


def _is(value: Any) -> bool:
    return value is not None and value != ""


def _last(model: AnyModel, pk: int) -> dict[str, Any] | None:
    try:
        state = last_state(model, pk)
    except KeyError:  # nobody keeps the history of accounts
        return None
    if state is not None and state.values is None:  # emptied by a seal
        earlier = history_of(model)._base_manager.filter(id=pk).exclude(pgh_label="purged").order_by("-pgh_id").first()
        return read(model, earlier).values if earlier is not None else None
    return state.values if state is not None else None


@dataclass(frozen=True, slots=True)
class Line:
    """One fact that differs: its label, both values in words, and the pieces of a long text, kept, cut or added."""

    name: str
    label: str
    before: str
    after: str
    pieces: tuple[tuple[str, str], ...] = ()


def diff(
    model: AnyModel, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Names
) -> list[Line]:
    """Return what differs between two states of a row; None is a row that was not there."""
    lines = []
    for field in facts(model):
        if isinstance(field, JSONField) or getattr(field, "auto_now_add", False):
            continue  # what a merge needs to undo itself, and when a row was entered: the history says that
        old, new = ((side or {}).get(field.attname) for side in (before, after))
        if old == new or (not _is(old) and not _is(new)) or (before is None and new == _default(field)):
            continue
        if after is None and old == _default(field):
            continue
        first, second = names.value(field, old), names.value(field, new)
        lines.append(Line(field.name, _label(field), first, second, _pieces(first, second)))
    return lines


def _label(field: Field) -> str:
    """Return what a form calls a column; one that only repeats a model's name is called as the model is."""
    label = str(field.verbose_name)
    if isinstance(field, ForeignKey) and isinstance(field.related_model, type) and field.name == label:
        options = field.related_model._meta
        label = str(options.verbose_name) if options.model_name == label else label
    return label[:1].upper() + label[1:]


def _default(field: Field) -> Any:
    return field.get_default() if field.has_default() else None


def _pieces(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return two long texts as one, with what was cut and what was added; nothing if they have too little in common."""
    if NOTHING in (before, after) or max(len(before), len(after)) < LONG:
        return ()
    old, new = (re.findall(r"\s+|[^\s]+", text)[:4000] for text in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.4:
        return ()
    found: list[tuple[str, str]] = []
    for step, i, j, k, m in matcher.get_opcodes():
        if step == "equal":
            found.append(("same", "".join(old[i:j])))
            continue
        if j > i:
            found.append(("cut", "".join(old[i:j])))
        if m > k:
            found.append(("new", "".join(new[k:m])))
    return tuple(found)

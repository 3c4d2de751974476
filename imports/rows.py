"""Between a proposal's values and a row of the record: making a new row, reading what a row says now, changing it.

``COLUMNS`` names, kind by kind, the values that are columns of the same name; the rest is told here in code.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Defendant,
    Event,
    Outcome,
    Participant,
    SentencePart,
)
from imports.choices import Kind
from people.models import Name

COLUMNS: dict[str, tuple[str, ...]] = {
    Kind.CASE: ("caption", "kind", "docket_number", "summary"),
    Kind.ACT: (
        "on", "precision", "qualifier", "until", "category", "kind", "motion", "decision", "occurrence", "entered_on",
        "sequence", "title", "text", "raw_text",
    ),
    Kind.PARTY: ("described_as",),
    Kind.ALIAS: ("text",),
    Kind.OFFICIAL: ("role",),
    Kind.ATTORNEY: ("role",),
    Kind.CHARGE: (
        "count", "quantity", "title", "statute", "severity", "applicability", "instrument", "replaces_how", "raw_text",
    ),
    Kind.OUTCOME: ("prejudice", "by", "reason", "note", "raw_text"),
    Kind.SENTENCE: ("kind", "years", "months", "days", "hours", "amount", "currency", "order", "note"),
    Kind.RELATION: ("kind", "target_text"),
}  # fmt: skip
DATES = frozenset({"on", "until", "entered_on"})
# What tells an editor more, and is compared with nothing: it stands in no column.
TOLD = frozenset(
    {"position", "marks", "who", "shown_by", "links", "number", "date_raw", "section", "suffix", "roles", "role_raw",
     "disposition_raw", "sentence_raw", "court_id", "court_name", "matter", "for", "act", "charge"}
)  # fmt: skip
MODELS: dict[str, tuple[type[models.Model], ...]] = {
    Kind.CASE: (Case,),
    Kind.ACT: (Event,),
    Kind.PARTY: (Defendant, Participant),
    Kind.ALIAS: (Name,),
    Kind.OFFICIAL: (Participant,),
    Kind.ATTORNEY: (Participant,),
    Kind.CHARGE: (Charge,),
    Kind.OUTCOME: (Outcome,),
    Kind.SENTENCE: (SentencePart,),
    Kind.RELATION: (CaseRelation,),
}


def model_of(kind: str, values: dict[str, Any]) -> type[models.Model]:
    """Return the model of which a proposal with these values is a row."""
    if kind == Kind.PARTY and values.get("role") != "defendant":
        return Participant
    return MODELS[kind][0]


def columns_of(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return a proposal's values as the columns of its row, typed; what is no column is left aside."""
    found = {name: _typed(name, values[name]) for name in COLUMNS[kind] if name in values}
    if kind == Kind.SENTENCE and found.get("amount") is None:
        found["currency"] = ""
    return found


def _typed(name: str, value: Any) -> Any:
    if name in DATES:
        return date.fromisoformat(value) if value else None
    if name == "amount":
        try:
            return Decimal(value) if value else None
        except InvalidOperation:
            return None
    return value


def said_by(kind: str, row: models.Model) -> dict[str, Any]:
    """Return what a row says now, under the names and in the form of a proposal's values."""
    found = {name: _plain(name, getattr(row, name)) for name in COLUMNS[kind]}
    match row:
        case Defendant() | Participant():
            found["name"] = row.person.name
        case Outcome():
            found["disposition"] = row.disposition.slug
    if isinstance(row, Defendant):
        found["role"] = "defendant"
    elif isinstance(row, Participant):
        found["role"] = row.role
    return found


def _plain(name: str, value: Any) -> Any:
    if name in DATES:
        return value.isoformat() if value else None
    if name == "amount":
        return f"{value:.2f}" if value is not None else ""
    return value


def differences(kind: str, before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the names of the values that differ, of those that a row of this kind holds."""
    names = {*COLUMNS[kind], *({"name", "role"} if kind in (Kind.PARTY, Kind.OFFICIAL, Kind.ATTORNEY) else ())}
    names |= {"disposition"} if kind == Kind.OUTCOME else set()
    return sorted(name for name in names if _even(name, before.get(name)) != _even(name, now.get(name)))


def _even(name: str, value: Any) -> Any:
    """Return a value so that 2 and "2.00", or nothing and an empty text, compare as what they are."""
    if name == "amount":
        return _typed(name, value)
    return None if value == "" else value


def load(kind: str, model: type[models.Model], ids: Iterable[int]) -> dict[int, models.Model]:
    """Return rows by their ids, with what ``said_by`` and the rules look at, in one query."""
    rows = model._base_manager.filter(pk__in=list(ids))
    joined = {
        Defendant: ("person", "case"),
        Participant: ("person", "case"),
        Charge: ("defendant__person", "created_by"),
        Outcome: ("disposition", "event", "charge"),
        SentencePart: ("event", "charge"),
        Name: ("person",),
        Event: ("case",),
        CaseRelation: ("case",),
        Case: ("court",),
    }
    return {row.pk: row for row in rows.select_related(*joined.get(model, ()))}

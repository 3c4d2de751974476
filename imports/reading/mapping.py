"""Mappings: for each source of tables, which column is what, kept as a small TOML file.

A mapping is checked whole before the first row is read; what is wrong with it is said in one sentence.
"""

import re
import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imports.reading.found import NotReadableError
from imports.reading.privacy import is_private

SHIPPED = Path(__file__).parent / "mappings"
_COLUMN = re.compile(r"\{([^{}]+)\}")
_WAYS = ("iso", "us", "script", "compact")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class DateRule:
    """Where a date stands: a column and how it writes days, or a first day and a number of days after it."""

    column: str = ""
    way: str = "iso"
    start: str = ""
    days: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """What a column says happened to a charge after all else.

    ``convicted`` and ``pending`` are the outcomes it gives a charge decided against the accused, and an open one. ""
    is no outcome; None says that the column can not be true of such a charge.
    """

    column: str
    value: str
    category: str
    kind: str
    title: str
    convicted: str | None = None
    pending: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Something a file is counted by for the account of a run."""

    name: str
    column: str = ""
    value: str | None = None
    filled: bool | None = None
    contains: str = ""
    distinct: bool = False
    each: bool = False


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Which column of one source's tables is what. The file format is told in docs/reading-files.md."""

    name: str
    columns: tuple[str, ...]
    title: str = ""
    credit: str = ""
    never: tuple[str, ...] = ()
    key: str = ""
    kind: str = "criminal"
    caption: str = ""
    matter: str = ""
    matters: Map[str, str] = field(default_factory=dict)
    court: str = ""
    courts: Map[str, str] = field(default_factory=dict)
    number: str = ""
    party: str = ""
    order: str = ""
    pseudonym: str = ""
    empty: str = ""
    role: str = "defendant"
    marks: Map[str, str] = field(default_factory=dict)
    charge_title: str = ""
    charge_columns: tuple[str, ...] = ()
    charge_list: str = ""
    statute: str = ""
    brought: DateRule = DateRule()
    outcome: str = ""
    outcome_of: str = "charge"
    outcome_on: DateRule = DateRule()
    outcomes: Map[str, str] = field(default_factory=dict)
    outcomes_of_all: tuple[str, ...] = ()
    sentenced_on: DateRule = DateRule()
    terms: Map[str, str] = field(default_factory=dict)
    sums: Map[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    currency: str = "USD"
    notes: str = ""
    links: str = ""
    later: tuple[Later, ...] = ()
    counts: tuple[Count, ...] = ()

    def needed(self) -> tuple[str, ...]:
        """Return every column that the mapping speaks of, each once."""
        templates = (self.key, self.caption, self.matter, self.court, self.party)
        dates = (self.brought, self.outcome_on, self.sentenced_on)
        found = [column for template in templates for column in _COLUMN.findall(template)]
        found += [part for rule in dates for part in (rule.column, rule.start, rule.days)]
        found += [self.number, self.charge_list, self.statute, self.outcome, self.notes, self.links, *self.columns]
        found += [*self.charge_columns, *self.words, *self.terms, *self.sums, *self.marks.values()]
        found += [one.column for one in self.later] + [one.column for one in self.counts]
        return tuple(dict.fromkeys(filter(None, found)))


def filled_in(template: str, row: Map[str, Any]) -> str:
    """Return a template ("{firstName} {lastName}") with the row's own words, in single spaces."""
    return " ".join(_COLUMN.sub(lambda match: str(row.get(match[1]) or ""), template).split())


def shipped() -> tuple[TableMapping, ...]:
    """Return the mappings that come with the program."""
    return tuple(load(path) for path in sorted(SHIPPED.glob("*.toml")))


def named(name: str) -> TableMapping:
    """Return a mapping by its name, or from a TOML file at a path. Raises ``NotReadableError`` if there is none."""
    if _NAME.fullmatch(name) and (SHIPPED / f"{name}.toml").is_file():
        return load(SHIPPED / f"{name}.toml")
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return load(path)
    known = ", ".join(mapping.name for mapping in shipped())
    raise NotReadableError(f"There is no mapping called “{name[:60]}”. Known are: {known}; or name a TOML file.")


def fitting(columns: tuple[str, ...]) -> TableMapping:
    """Return the one shipped mapping whose columns a table has. Raises ``NotReadableError`` if not exactly one does."""
    found = [mapping for mapping in shipped() if set(mapping.columns) <= set(columns)]
    if len(found) == 1:
        return found[0]
    shown = ", ".join(columns[:8])
    raise NotReadableError(
        f"No mapping fits this table, whose columns begin {shown[:200]}. Name a mapping, or write one for this source."
    )


def load(path: Path) -> TableMapping:
    """Return the mapping in a TOML file. Raises ``NotReadableError`` with one sentence on what is wrong with it."""
    try:
        return from_toml(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotReadableError(f"The mapping {path.name} can not be read: it is not whole TOML in UTF-8.") from error
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise NotReadableError(f"The mapping {path.name} is not complete: {error}.") from error


def from_toml(data: Map[str, Any]) -> TableMapping:
    """Return a mapping from the tables of a TOML file. Raises ``ValueError`` or ``KeyError`` on what it lacks."""
    case, party, charge = data["case"], data["party"], data["charge"]
    outcome, sentence = data.get("outcome", {}), data.get("sentence", {})
    mapping = TableMapping(
        name=data["name"],
        columns=tuple(data["columns"]),
        title=data.get("title", ""),
        credit=data.get("credit", ""),
        never=tuple(data.get("never", ())),
        key=case["key"],
        kind=case.get("kind", "criminal"),
        caption=case["caption"],
        matter=case.get("matter", ""),
        matters=dict(case.get("matters", {})),
        court=case.get("court", ""),
        courts=dict(case.get("courts", {})),
        number=case.get("number", ""),
        party=party["name"],
        order=party.get("order", ""),
        pseudonym=party.get("pseudonym", ""),
        empty=party.get("empty", ""),
        role=party.get("role", "defendant"),
        marks=dict(party.get("marks", {})),
        charge_title=charge.get("title", ""),
        charge_columns=tuple(charge.get("columns", ())),
        charge_list=charge.get("list", ""),
        statute=charge.get("statute", ""),
        brought=_date(charge.get("brought")),
        outcome=outcome.get("column", ""),
        outcome_of=outcome.get("of", "charge"),
        outcome_on=_date(outcome.get("date")),
        outcomes=dict(outcome.get("values", {})),
        outcomes_of_all=tuple(outcome.get("all", ())),
        sentenced_on=_date(sentence.get("date")),
        terms=dict(sentence.get("terms", {})),
        sums=dict(sentence.get("sums", {})),
        words=tuple(sentence.get("words", ())),
        nothing=tuple(sentence.get("nothing", ())),
        currency=sentence.get("currency", "USD"),
        notes=data.get("notes", {}).get("list", ""),
        links=data.get("links", {}).get("list", ""),
        later=tuple(_later(row) for row in data.get("later", ())),
        counts=tuple(_count(row) for row in data.get("count", ())),
    )
    _check(mapping)
    return mapping


def _date(rule: Any) -> DateRule:
    if rule is None:
        return DateRule()
    way = rule.get("as", "iso")
    if way not in _WAYS:
        raise ValueError(f"a date is written {', '.join(_WAYS)}, not “{way}”")
    return DateRule(rule.get("column", ""), way, rule.get("start", ""), rule.get("days", ""))


def _later(row: Map[str, Any]) -> Later:
    return Later(
        row["column"], row["is"], row["category"], row["kind"], row["title"], row.get("convicted"), row.get("pending")
    )


def _count(row: Map[str, Any]) -> Count:
    return Count(
        row["name"],
        row.get("column", ""),
        row.get("is"),
        row.get("filled"),
        row.get("contains", ""),
        bool(row.get("distinct")),
        bool(row.get("each")),
    )


def _check(mapping: TableMapping) -> None:
    if not _NAME.fullmatch(mapping.name):
        raise ValueError("its name must be of small letters, digits, - and _")
    if not mapping.columns:
        raise ValueError("it names no columns to know a table by")
    if not (mapping.charge_title or mapping.charge_columns or mapping.charge_list):
        raise ValueError("it does not say where the charges stand")
    if mapping.outcome_of not in ("charge", "defendant"):
        raise ValueError("an outcome is of a “charge” or of a “defendant”")
    if mapping.pseudonym:
        re.compile(mapping.pseudonym)
    private = next((column for column in mapping.needed() if is_private(column)), None)
    if private is not None:
        raise ValueError(f"the column “{private}” holds what is never kept")

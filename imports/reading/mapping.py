"""Mappings: for each source of tables, which column is what, kept as a small TOML file.

A mapping is checked whole before the first row is read; what is wrong with it is said in one sentence.
"""

import re
import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imports.reading.found import NoMappingError, NotReadableError
from imports.reading.mapping_shape import refuse_misshapen
from imports.reading.privacy import is_private

SHIPPED = Path(__file__).parent / "mappings"
_COLUMN = re.compile(r"\{([^{}]+)\}")
# The names of sources that are no tables: a mapping of that name would mix its keys with theirs.
_TAKEN = re.compile(r"pacer|files|old[-_]bailey|timelinejs.*")
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
        """Return every column without which a table can not be read by this mapping, each once."""
        templates = (self.key, self.caption, self.matter, self.court, self.party)
        dates = (self.brought, self.outcome_on, self.sentenced_on)
        found = [column for template in templates for column in _COLUMN.findall(template)]
        found += [part for rule in dates for part in (rule.column, rule.start, rule.days)]
        found += [self.number, self.charge_list, self.statute, self.outcome, self.notes, self.links]
        found += [*self.charge_columns, *self.words, *self.terms, *self.sums, *self.marks.values()]
        found += [one.column for one in self.later] + [one.column for one in self.counts]
        return tuple(dict.fromkeys(filter(None, found)))


def filled_in(template: str, row: Map[str, Any]) -> str:
    """Return a template ("{firstName} {lastName}") with the row's own words, in single spaces."""
    return " ".join(_COLUMN.sub(lambda match: str(row.get(match[1]) or ""), template).split())


def shipped() -> tuple[TableMapping, ...]:
    """Return the mappings that come with the program."""
    return tuple(load(path) for path in sorted(SHIPPED.glob("*.toml")))


def known(kept: str = "") -> tuple[TableMapping, ...]:
    """Return the mappings that come with the program, and those in the folder ``kept``, as TOML files."""
    own = sorted(Path(kept).glob("*.toml")) if kept else []
    return (*(load(path) for path in own), *shipped())


def named(name: str, kept: str = "") -> TableMapping:
    """Return a mapping by its name, or from a TOML file at a path. Raises ``NotReadableError`` if there is none."""
    if _NAME.fullmatch(name):
        for folder in (*([Path(kept)] if kept else []), SHIPPED):
            if (folder / f"{name}.toml").is_file():
                return load(folder / f"{name}.toml")
    path = Path(name)
    if path.suffix == ".toml":
        if path.is_file():
            return load(path)
        raise NotReadableError(f"There is no file {path.name[:100]} with a mapping.")
    names = ", ".join(mapping.name for mapping in known(kept))
    raise NotReadableError(f"There is no mapping called “{name[:60]}”. Known are: {names}; or name a TOML file.")


def fitting(columns: tuple[str, ...], kept: str = "") -> TableMapping:
    """Return the mapping whose columns a table has; of several, the one that knows most of them.

    Raises ``NoMappingError`` if none fits, and ``NotReadableError`` if two fit equally well.
    """
    found = [mapping for mapping in known(kept) if set(mapping.columns) <= set(columns)]
    if not found:
        shown = ", ".join(columns[:8])
        raise NoMappingError(
            f"No mapping fits this table, whose columns begin {shown[:200]}. Name a mapping, or write one for this "
            "source: at the desk (Imported files, Bring a file) you are asked what each column is."
        )
    most = max(len(mapping.columns) for mapping in found)
    best = [mapping for mapping in found if len(mapping.columns) == most]
    if len(best) > 1:
        told = " and ".join(f"“{mapping.title or mapping.name}”" for mapping in best[:3])
        raise NotReadableError(f"The mappings {told} both fit this table. Say which one it is to be read by.")
    return best[0]


def load(path: Path) -> TableMapping:
    """Return the mapping in a TOML file. Raises ``NotReadableError`` with one sentence on what is wrong with it."""
    try:
        words = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise NotReadableError(f"The mapping {path.name} can not be opened.") from error
    except UnicodeDecodeError as error:
        raise NotReadableError(f"The mapping {path.name} is not written in UTF-8. Save it as UTF-8.") from error
    return of_words(words, path.name)


def of_words(words: str, called: str = "") -> TableMapping:
    """Return the mapping that TOML says. Raises ``NotReadableError`` naming the line, or the key, that is wrong."""
    whose = f"The mapping {called}" if called else "The mapping"
    try:
        return from_toml(tomllib.loads(words))
    except tomllib.TOMLDecodeError as error:
        raise NotReadableError(f"{whose} is not TOML: {_in_words(error, words)}.") from error
    except RecursionError as error:
        raise NotReadableError(f"{whose} is nested too deeply to be one.") from error
    except ValueError as error:
        told = str(error)
        raise NotReadableError(f"{whose} can not be used: {told}{'' if told.endswith('?') else '.'}") from error


def _in_words(error: tomllib.TOMLDecodeError, words: str) -> str:
    """Return the line at which TOML breaks off, with what stands there."""
    place = re.search(r"at line ([0-9]+)", str(error))
    lines = words.splitlines()
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    why = str(error).split(" (at ")[0]
    return f"line {number} can not be read: “{line[:80]}” ({why[:1].lower()}{why[1:]})"


def from_toml(data: Map[str, Any]) -> TableMapping:
    """Return a mapping from the tables of a TOML file. Raises ``ValueError`` with a sentence that names the key."""
    refuse_misshapen(data)
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
    return DateRule(rule.get("column", ""), rule.get("as", "iso"), rule.get("start", ""), rule.get("days", ""))


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
    """Raise ``ValueError`` with a sentence on what can not be, though it is written rightly."""
    strange = next((slug for slug in mapping.outcomes_of_all if slug not in mapping.outcomes), None)
    private = next((column for column in (*mapping.needed(), *mapping.columns) if is_private(column)), None)
    for wrong, sentence in (
        (not _NAME.fullmatch(mapping.name), "name must be of small letters, digits, - and _"),
        (
            _TAKEN.fullmatch(mapping.name) is not None,
            f"name can not be “{mapping.name}”: another kind of file has it",
        ),
        (
            not (mapping.charge_title or mapping.charge_columns or mapping.charge_list),
            "[charge] does not say where the charges stand: give columns, list, or a title for all",
        ),
        (mapping.outcome_of not in ("charge", "defendant"), "[outcome] of must be “charge” or “defendant”"),
        (mapping.order not in ("", "last, first"), "[party] order must be “last, first”, or be left out"),
        (
            bool(mapping.outcome) and not mapping.outcomes,
            "[outcome.values] is missing: it says what each word in the column means",
        ),
        (
            bool(mapping.outcomes) and not mapping.outcome,
            "[outcome] column is missing: it says where the words in [outcome.values] stand",
        ),
        (strange is not None, f"[outcome] all speaks of “{strange}”, which [outcome.values] does not have"),
        (
            not re.fullmatch("[A-Z]{3}", mapping.currency),
            "[sentence] currency must be three capitals, such as USD",
        ),
        (private is not None, f"the column “{private}” holds what is never kept"),
    ):
        if wrong:
            raise ValueError(sentence)
    try:
        re.compile(mapping.pseudonym)
    except (re.error, OverflowError) as error:
        raise ValueError(f"[party] pseudonym is no pattern: {error}") from error

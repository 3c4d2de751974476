"""Reading a record's files: TOML tables as entries that know where they stand, and dates in EDTF."""

import re
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from cases.law.dates import PartialDate
from cases.law.vocabulary import Precision, Qualifier

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?]?)")
_MARKS = {"": Qualifier.NONE, "~": Qualifier.APPROXIMATE, "?": Qualifier.UNCERTAIN}
_NAMED_BY = ("key", "slug", "person", "charge", "title", "source", "target")
_AMISS = (ValidationError, ObjectDoesNotExist, KeyError, TypeError, ValueError, AttributeError)


class BadRecord(Exception):  # noqa: N818  (a noun, as every answer of the record is)
    """A file of the record that can not be entered: which file, which entry, and why."""


@dataclass(frozen=True)
class Entry:
    """One table of a file. ``where`` says which, for whoever has to mend it."""

    where: str
    values: dict[str, Any]

    def entries(self, name: str) -> list["Entry"]:
        """Return the tables of a list of tables, [] if there is none."""
        tables = self.values.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise BadRecord(f"{self.where}: “{name}” is not a list of tables.")
        return [Entry(f"{self.where}, {name} {_name_of(table, place)}", table) for place, table in enumerate(tables, 1)]

    def entry(self, name: str) -> "Entry":
        """Return one table that has to be there."""
        table = self.values.get(name)
        if not isinstance(table, dict):
            raise BadRecord(f"{self.where}: the table [{name}] is missing.")
        return Entry(f"{self.where}, {name}", table)

    def without(self, *names: str) -> dict[str, Any]:
        """Return the values that are columns: all but ``names``."""
        return {key: value for key, value in self.values.items() if key not in names}


def _name_of(table: dict[str, Any], place: int) -> str:
    return next((f"“{table[name]}”" for name in _NAMED_BY if isinstance(table.get(name), str)), f"number {place}")


@contextmanager
def blaming(entry: Entry) -> Iterator[None]:
    """Whatever is wrong inside is raised as a ``BadRecord`` that names the entry."""
    try:
        yield
    except _AMISS as error:
        raise BadRecord(f"{entry.where}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        if hasattr(error, "message_dict"):
            return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
        return " ".join(error.messages)
    if isinstance(error, KeyError):
        return f"{error} is missing, or names nothing in this file."
    return str(error)


def read(path: Path) -> Entry:
    """Return a whole file as one entry; raise ``BadRecord`` if it can not be read."""
    try:
        return Entry(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadRecord(f"{path.name}: {reason}") from error


def read_date(text: str) -> PartialDate:
    """Return the date an EDTF text gives, as ``PartialDate.iso`` writes it; raise ``ValueError`` for anything else."""
    if text == "XXXX":
        return PartialDate(None, Precision.UNKNOWN)
    first, mark, last = text.partition("/")
    start = _read_one(first)
    if not mark:
        return start
    end = _read_one(last)
    if not (start.is_day and end.is_day and start.earliest <= end.earliest):
        raise ValueError(f"“{text}” is not a range of days, the first before the last.")
    return PartialDate(start.start, Precision.DAY, start.qualifier, end.start)


def _read_one(text: str) -> PartialDate:
    match = _EDTF.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a date: write 2024-07-12, 2024-07, 2024, 2024~ or XXXX.")
    year, month, day = (int(part) if part else None for part in match.group(1, 2, 3))
    if not year or (month is not None and not 1 <= month <= 12) or (day and month and day > monthrange(year, month)[1]):
        raise ValueError(f"There is no such date as “{text}”.")
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return PartialDate(date(year, month or 1, day or 1), precision, _MARKS[match.group(4)])

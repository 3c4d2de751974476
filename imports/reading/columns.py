"""What the columns of a table of unknown shape are called, and a few of their values: for whoever says what they are.

Of a column that holds what is never kept, not one value is handed on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from imports.reading.dates import compact_date, iso_date, script_date, uk_date, us_date
from imports.reading.privacy import is_private, shown
from imports.reading.shape import one_line, rows, text
from imports.reading.sheets import Sheet

EXAMPLES = 3
MOST_VALUES = 150  # a column with more different words than these is running text, and says no outcome
LONGEST = 200  # characters of one such word
_WAYS: dict[str, Callable[[str], date | None]] = {
    "iso": iso_date, "us": us_date, "uk": uk_date, "compact": compact_date, "script": script_date,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``values`` are all its different words, if they are few and short; else none.

    ``ways`` are those in which its values can be read as days (``mapping_shape.WAYS``), those that read most first;
    ``tied``: no value tells whether "us" or "uk" it is. ``is_list``: its values are lists (JSON).
    """

    name: str
    filled: int = 0
    examples: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    tied: bool = False
    is_private: bool = False
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table in their order, and how many rows it has."""

    rows: int
    columns: tuple[Column, ...]


def of(sheet: Sheet) -> Columns:
    """Return what is told of a table's columns."""
    return Columns(len(sheet.rows), tuple(_column(sheet, name) for name in sheet.columns))


def _column(sheet: Sheet, name: str) -> Column:
    values = [row.get(name) for row in sheet.rows]
    is_list = any(isinstance(value, list) for value in values)
    words = [one for value in values for one in map(text, rows(value) if isinstance(value, list) else [value])]
    words = [one.strip() for one in words if one.strip()]
    if is_private(name):
        return Column(name, len(words), is_private=True, is_list=is_list)
    different = dict.fromkeys(words)
    few = len(different) <= MOST_VALUES and all(len(one) <= LONGEST for one in different)
    ways, tied = _ways(list(different))
    return Column(
        name,
        len(words),
        tuple(one_line(shown(one), 80) for one in list(different)[:EXAMPLES]),
        tuple(sorted(different)) if few else (),
        ways,
        tied,
        is_list=is_list,
    )


def _ways(different: list[str]) -> tuple[tuple[str, ...], bool]:
    """Return the ways in which words can be read as days, and whether it is open which of day and month is first."""
    read = {way: sum(1 for words in different if as_day(words)) for way, as_day in _WAYS.items()}
    found = sorted((way for way, number in read.items() if number), key=lambda way: -read[way])
    return tuple(found), set(found[:2]) == {"us", "uk"} and read["us"] == read["uk"]

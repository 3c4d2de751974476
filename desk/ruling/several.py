"""The same outcome for several counts against one defendant, which are named by their numbers: 1-40, 52."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

LEAD = "some-"  # what the names of these fields begin with
LINES = 3
OFFERED_FROM = 9  # charges against one defendant; fewer are chosen one by one as quickly
HOW = "Name the counts by their numbers, as 1-40, 52."
LONGEST = 3000  # characters of the numbers of one line: four hundred of them, one by one
TOO_LONG = f"{HOW} A line takes at most {LONGEST:,} characters: use the next one for the others."
SEVERAL = "There are several counts {} here. Choose for each of them by itself."
NO_COUNT = "There is no count {} here."
TWICE = "Count {} is named twice. Name it once."
NOT_SO = "Count {} can not end so. Choose for it by itself."
NO_OUTCOME = "Choose what became of these counts."
NO_COUNTS = "Name the counts of which this is said."
_SPAN = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


@dataclass
class Several:
    """One line: the counts that are named, and what became of them."""

    name: str
    counts: str
    value: str
    options: SafeString
    error: str = ""

    @property
    def counts_name(self) -> str:
        """The name of the field for the numbers."""
        return f"{self.name}-counts"


def by_number(rows: Iterable[tuple[int | None, Any, tuple[str, ...]]]) -> dict[int, list[tuple[Any, tuple[str, ...]]]]:
    """Return the rows that each number means: those that can still be decided, if any; else all that have it.

    A document that takes the place of another begins to count anew, so an old count has the number of a new one.
    ``rows``: the number, the row, and how it can end.
    """
    found: dict[int, list[tuple[Any, tuple[str, ...]]]] = {}
    for count, row, likely in rows:
        if count:
            found.setdefault(count, []).append((row, likely))
    return {count: [one for one in some if one[1]] or some for count, some in found.items()}


def lines_for(defendant: int, data: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return for each line of a defendant its name, the counts as they were typed, and the outcome chosen."""
    names = [f"{LEAD}{defendant}-{number}" for number in range(LINES)]
    return [(name, _typed(data, f"{name}-counts"), _typed(data, name)) for name in names]


def _typed(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name, "")).replace("\0", "").strip()[: LONGEST + 1]


def read_counts(typed: str) -> list[range]:
    """Return the spans of numbers that were typed. Raises ``ValueError`` for anything else."""
    if len(typed) > LONGEST:
        raise ValueError(TOO_LONG)
    found = []
    for part in re.split(r"\s*[,;]\s*", typed.strip().strip(",;")):
        said = _SPAN.fullmatch(part)
        if said is None:
            raise ValueError(HOW)
        first, last = int(said[1]), int(said[2] or said[1])
        if last < first:
            raise ValueError(HOW)
        found.append(range(first, last + 1))
    return found


def apply(lines: list[Several], likely: Mapping[int, tuple[str, ...] | None]) -> dict[int, str]:
    """Return the outcome of each count that is named. ``likely``: the numbers there are, and how each count can end.

    None for a number that several counts have. What is amiss stands with its line.
    """
    found: dict[int, str] = {}
    for line in lines:
        if not line.counts and not line.value:
            continue
        try:
            named = _read(line, likely, found)
        except ValueError as amiss:
            line.error = str(amiss)
        else:
            found |= named
    return found


def _read(line: Several, likely: Mapping[int, tuple[str, ...] | None], before: Mapping[int, str]) -> dict[int, str]:
    if not line.counts:
        raise ValueError(NO_COUNTS)
    named: dict[int, str] = {}
    for span in read_counts(line.counts):
        for count in span:
            if count not in likely:
                raise ValueError(NO_COUNT.format(count))
            if count in named or count in before:
                raise ValueError(TWICE.format(count))
            if (ways := likely[count]) is None:
                raise ValueError(SEVERAL.format(count))
            if line.value and line.value not in ways:
                raise ValueError(NOT_SO.format(count))
            named[count] = line.value
    if not line.value:
        raise ValueError(NO_OUTCOME)
    return named

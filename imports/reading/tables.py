"""Tables of defendants and charges, row by row, as their source's mapping says which column is what."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from imports.reading.courts import court_id, docket_key, docket_number
from imports.reading.found import Found, FoundCase, LeftOut, NotReadableError, NotUnderstood
from imports.reading.mapping import Count, TableMapping, filled_in
from imports.reading.privacy import is_private
from imports.reading.rows import Row, plain_name
from imports.reading.shape import one_line, rows, text
from imports.reading.sheets import Sheet

NEVER = "The mapping says that this column is not kept."
NOBODY = "It names nobody."
UNSAID = "Nobody has said what this column is, so nothing of it is brought in."
PRIVATE = "Addresses, telephone numbers, e-mail addresses and dates of birth are never kept."
_ID = re.compile(r"[a-z0-9]{2,15}")  # a court's id, such as "dcd"; anything else is its name


def read(sheet: Sheet, mapping: TableMapping, *, file_name: str, sha256: str) -> Found:
    """Return what a table holds. Raises ``NotReadableError`` if it lacks a column that its mapping speaks of."""
    lacking = [column for column in mapping.needed() if column not in sheet.columns]
    if lacking:
        raise NotReadableError(
            f"The mapping “{mapping.name}” needs the column “{lacking[0]}”, which this table does not have."
        )
    cases = _Cases(mapping)
    for number, row in enumerate(sheet.rows, start=1):
        cases.take(number, row)
    return Found(
        source_kind="table",
        file_name=file_name,
        sha256=sha256,
        cases=tuple(case.whole() for case in cases.found.values()),
        totals=totals(sheet, mapping),
        not_understood=(*sheet.lost, *cases.lost),
        left_out=(*cases.left_out(), *_columns_left_out(sheet, mapping)),
        mapping=mapping.name,
        credit=mapping.credit,
    )


def totals(sheet: Sheet, mapping: TableMapping) -> dict[str, int]:
    """Count a table's rows, defendants and charges, and whatever its mapping counts besides."""
    people = [row for row in sheet.rows if filled_in(mapping.party, row)]
    found = {
        "rows": len(sheet.rows) + len(sheet.lost),
        "defendants": len(people),
        "charges": sum(len(charge_words(mapping, row)) for row in people),
    }
    if mapping.notes:
        found["notes"] = sum(len(listed(row, mapping.notes)) for row in people)
    for count in mapping.counts:
        found |= _counted(count, sheet)
    return found


def _counted(count: Count, sheet: Sheet) -> dict[str, int]:
    values = [text(row.get(count.column)) for row in sheet.rows]
    if count.each:
        each = {f"{count.name}/{value}": 0 for value in values}
        for value in values:
            each[f"{count.name}/{value}"] += 1
        return each
    if count.distinct:
        return {count.name: len(set(values))}
    if count.contains:
        every = (text(value) for row in sheet.rows for value in row.values())
        return {count.name: sum(1 for value in every if count.contains in value)}
    if count.filled is not None:
        return {count.name: sum(1 for value in values if bool(value.strip()) is count.filled)}
    return {count.name: sum(1 for value in values if value == count.value)}


def charge_words(mapping: TableMapping, row: Mapping[str, Any]) -> list[str]:
    """Return the words of each charge in a row: from its list, from its columns, or the mapping's own."""
    if mapping.charge_list:
        return listed(row, mapping.charge_list)
    if mapping.charge_columns:
        return [words for column in mapping.charge_columns if (words := text(row.get(column))).strip()]
    return [mapping.charge_title]


def listed(row: Mapping[str, Any], column: str) -> list[str]:
    """Return the texts of a list in a row, without the empty ones; a single text is a list of one."""
    value = row.get(column)
    found = [text(item) for item in rows(value)] if not isinstance(value, str) else [value]
    return [words for words in found if words.strip()]


class _Cases:
    """The cases of a table, in the order of its rows. Rows join only by a docket's court and number."""

    def __init__(self, mapping: TableMapping) -> None:
        self.mapping = mapping
        self.found: dict[str, Row] = {}
        self.lost: list[NotUnderstood] = []
        self._empty = 0
        self._unsaid: Counter[str] = Counter()
        self._keys: dict[str, int] = {}

    def take(self, number: int, row: dict[str, Any]) -> None:
        """Add one row: to the docket it names, or as a case of its own."""
        if not filled_in(self.mapping.party, row):
            self._take_nobody(number, row)
            return
        court, called = self._court(row)
        written = text(row.get(self.mapping.number)).strip() if self.mapping.number else ""
        key = docket_key(court, written) if court and written else self._own_key(row, written)
        case = self.found.get(key)
        if case is None:
            case = self.found[key] = Row(self.mapping, self._case(key, court, called, written, row))
        case.take(number, self._kept(row), charge_words(self.mapping, row))

    def _take_nobody(self, number: int, row: dict[str, Any]) -> None:
        """Leave out a row that names nobody, where the mapping says why it need not and nothing is told of anybody."""
        told = [later for later in self.mapping.later if text(row.get(later.column)) == later.value]
        if self.mapping.empty and not told and not text(row.get(self.mapping.outcome)).strip():
            self._empty += 1
            return
        self.lost.append(NotUnderstood(f"row {number}", str(self._kept(row)), NOBODY))
        for count in self.mapping.counts:
            value = text(row.get(count.column))
            if count.each and value.strip():
                self._unsaid[f"{count.name}/{value}"] += 1
            elif count.value is not None and value == count.value:
                self._unsaid[count.name] += 1

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the rows that name nobody, where the mapping says why they need not; and what the others say."""
        unsaid = [LeftOut(name, number, NOBODY) for name, number in self._unsaid.items()]
        empty = [LeftOut("rows_without_person", self._empty, self.mapping.empty)] if self._empty else []
        return (*empty, *unsaid)

    def _own_key(self, row: dict[str, Any], number: str) -> str:
        """Return a key that no other row has: the same words twice are two cases.

        A number whose court is not known joins nothing: two courts may both have it.
        """
        words = "/".join(filter(None, (docket_number(number), filled_in(self.mapping.key, row).casefold())))
        key = f"{self.mapping.name}:{words}"
        self._keys[key] = self._keys.get(key, 0) + 1
        return key if self._keys[key] == 1 else f"{key}#{self._keys[key]}"

    def _court(self, row: dict[str, Any]) -> tuple[str, str]:
        """Return the id of the row's court and what it is called there, each "" where nothing says it.

        Of the beginnings of numbers that fit, the longest decides; if none does, what the row says of the court names
        it, and joins nothing.
        """
        called = filled_in(self.mapping.court, row)
        if not self.mapping.courts:
            return court_id(called), called
        number = docket_number(text(row.get(self.mapping.number))).casefold()
        fitting = [start for start in self.mapping.courts if number.startswith(start.casefold())]
        if not fitting:
            return "", called
        said = self.mapping.courts[max(fitting, key=len)].strip()
        if _ID.fullmatch(said):
            return said, called
        return court_id(said), said

    def _case(self, key: str, court: str, called: str, number: str, row: dict[str, Any]) -> FoundCase:
        matter = filled_in(self.mapping.matter, row)
        return FoundCase(
            key=key,
            caption=one_line(self._caption(row)),
            kind=self.mapping.kind,
            court_id=court,
            court_name=called,
            docket_number=number,
            matter=self.mapping.matters.get(matter, matter),
        )

    def _caption(self, row: dict[str, Any]) -> str:
        """Return what the case is called, with the name as it is said: “Prosecution of Ann Otter”, not “Otter, Ann”."""
        written = filled_in(self.mapping.party, row)
        name, _ = plain_name(written, last_first=self.mapping.order == "last, first")
        return filled_in(self.mapping.caption, row).replace(written, name)

    def _kept(self, row: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in row.items() if not is_private(name) and name not in self.mapping.never}


def _columns_left_out(sheet: Sheet, mapping: TableMapping) -> tuple[LeftOut, ...]:
    found, said = [], mapping.needed()
    for column in sheet.columns:
        reason = PRIVATE if is_private(column) else NEVER if column in mapping.never else ""
        reason = reason or ("" if column in said else UNSAID)
        filled = sum(1 for row in sheet.rows if text(row.get(column)).strip() or rows(row.get(column)))
        if reason and filled:
            found.append(LeftOut(f"column {re.sub(r'[^A-Za-z0-9_ -]', '', column)[:40]}", filled, reason))
    return tuple(found)

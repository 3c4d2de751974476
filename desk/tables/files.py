"""Files that hold a table: read within limits, refused in one sentence, written so that a spreadsheet opens them."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import tablib
from defusedxml import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ValidationError
from import_export.formats.base_formats import CSV, XLSX

from desk.tables.cells import guarded, unguarded

MOST_COLUMNS = 60
LONGEST_CELL = 32_767  # signs, in a workbook
LONG = "A text is longer than a cell of a workbook can be, and would be cut. Take the table as CSV."
_UNPACKED = 20  # an XLSX may unpack to this many times the bytes that a file may have
_EMPTY_RUN = 10_000  # empty rows looked at before a sheet is called too long

NO_TABLE = "This is no table that can be read. Choose a CSV file (UTF-8) or an XLSX workbook."
NOT_UTF8 = "This CSV file is not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”, or as XLSX."
DAMAGED = "This workbook is damaged, or is no XLSX workbook. Save it anew as XLSX, or as “CSV UTF-8”."
EMPTY = "This table has no rows below its first line."
FORMULA = "Row {row} has a formula. Paste the values in its place: a formula can say something else tomorrow."
ROWS = "A table may have {most} rows at most; this one has more. Divide it."
BYTES = "A table may have {most} megabytes at most. Divide it."
COLUMNS = "This table has more than {most} columns, so it is none of ours. Start from a table that was taken out here."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its ending, what it is called, and the library's format that writes it."""

    ending: str
    label: str
    format: type[CSV] | type[XLSX]


KINDS = {kind.ending: kind for kind in (Kind("csv", "CSV", CSV), Kind("xlsx", "XLSX", XLSX))}


def read_table(data: bytes) -> tablib.Dataset:
    """Return the rows of a file, all cells as texts. Raises ``ValidationError`` with one sentence."""
    if len(data) > settings.TABLE_BYTES:
        raise ValidationError(BYTES.format(most=settings.TABLE_BYTES // 1_000_000))
    rows = _sheet(data) if data[:4] == b"PK\x03\x04" else _lines(data)
    header = [name.strip().lower() for name in next(rows, [])]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise ValidationError(EMPTY)
    if len(header) > MOST_COLUMNS:
        raise ValidationError(COLUMNS.format(most=MOST_COLUMNS))
    table = tablib.Dataset(headers=header)
    for row in rows:
        if any(row[len(header) :]):
            raise ValidationError(f"Row {len(table) + 2} has more cells than the first line has names.")
        if len(table) >= settings.TABLE_ROWS:
            raise ValidationError(ROWS.format(most=settings.TABLE_ROWS))
        table.append([unguarded(cell) for cell in [*row, *[""] * len(header)][: len(header)]])
    if not len(table):
        raise ValidationError(EMPTY)
    return table


def write_table(table: tablib.Dataset, kind: Kind) -> bytes:
    """Return a table as a file; no cell is a formula, and a spreadsheet reads its letters rightly.

    Raises ``ValidationError`` where a text is longer than a cell of a workbook can be.
    """
    safe = tablib.Dataset(headers=table.headers, title="Docketline")
    for row in table:
        safe.append([guarded(printable(cell)) if isinstance(cell, str) else cell for cell in row])
    longest = max((len(cell) for row in safe for cell in row if isinstance(cell, str)), default=0)
    if kind.ending == "xlsx" and longest > LONGEST_CELL:
        raise ValidationError(LONG)
    data = kind.format().export_data(safe)
    return data.encode("utf-8-sig") if isinstance(data, str) else data


def printable(text: str) -> str:
    """Leave out the control characters that a workbook can not hold."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _lines(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as refusal:
        control = sum(byte < 9 for byte in data[:1000])
        raise ValidationError(NO_TABLE if control or data[:4] == b"%PDF" else NOT_UTF8) from refusal
    if "\0" in text:
        raise ValidationError(NO_TABLE)
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else "\t" if first.count("\t") > first.count(",") else ","
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            if any(cell.strip() for cell in row):
                yield [cell.strip() for cell in row]
    except csv.Error as refusal:
        raise ValidationError(NO_TABLE) from refusal


def _sheet(data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # slow to import, and rarely needed

    try:
        _refuse_bombs(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its own size is not believed
        yield from _cells(sheet.iter_rows(values_only=False))
    except ValidationError:
        raise
    except (
        zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, ParseError,
        DefusedXmlException, OverflowError, NotImplementedError, RuntimeError,
    ) as refusal:  # fmt: skip  # what the library says of damaged workbooks is of many kinds
        raise ValidationError(DAMAGED) from refusal


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _UNPACKED * settings.TABLE_BYTES:
            raise ValidationError(BYTES.format(most=settings.TABLE_BYTES // 1_000_000))


def _cells(rows: Iterable[Sequence[Any]]) -> Iterator[list[str]]:
    empty = number = 0
    for cells in rows:
        if len(cells) > 4 * MOST_COLUMNS:
            raise ValidationError(COLUMNS.format(most=MOST_COLUMNS))
        values = [_text(cell.value) for cell in cells]
        if any(cell.data_type == "f" for cell in cells):
            raise ValidationError(FORMULA.format(row=number + 1))
        if any(values):
            number += 1
            empty = 0
            yield values
        elif (empty := empty + 1) > _EMPTY_RUN:
            raise ValidationError(ROWS.format(most=settings.TABLE_ROWS))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()

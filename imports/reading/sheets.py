"""Rows of a CSV file, an XLSX workbook or a JSON list, as text under the names of their columns."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from imports.reading.found import NotReadableError, NotUnderstood
from imports.reading.texts import decoded

MAX_COLUMNS = 500
FIELD_SIZE = 1_000_000
_ODD_XML = "This workbook's XML has a document type declaration, which can make it grow without end: it is not read."


@dataclass(slots=True)
class Sheet:
    """The rows of a table. ``lost`` are rows that do not fit its header, in their own words."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    lost: list[NotUnderstood] = field(default_factory=list)


def csv_sheet(data: bytes, *, rows: int) -> Sheet:
    """Return the rows of a CSV file. Raises ``NotReadableError`` if it is none, is cut off, or has too many."""
    words = decoded(data)
    csv.field_size_limit(FIELD_SIZE)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=_delimiter(words), strict=True)
    try:
        return _sheet(reader, rows)
    except csv.Error as error:
        raise NotReadableError(
            f"Line {reader.line_num} of this table can not be read: a quotation mark may be open, "
            "or the file was cut off."
        ) from error


def xlsx_sheet(data: bytes, *, rows: int, unpacked: int) -> Sheet:
    """Return the rows of a workbook's first sheet. ``unpacked`` is how many bytes it may unfold to."""
    _check_workbook(data, unpacked)
    import openpyxl  # after the check, and only where a workbook comes

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        first = book.worksheets[0] if book.worksheets else None
        if first is None:
            raise NotReadableError("This workbook has no sheet.")
        return _sheet(([_cell(value) for value in row] for row in first.iter_rows(values_only=True)), rows)
    except NotReadableError:
        raise
    except Exception as error:
        raise NotReadableError("This workbook is damaged. Open it, save it again as XLSX and try once more.") from error


def json_sheet(value: Any, *, rows: int) -> Sheet:
    """Return the rows of a JSON list of objects; values stay as they are."""
    if len(value) > rows:
        raise NotReadableError(_too_many(rows))
    sheet = Sheet((), [])
    columns: dict[str, None] = {}
    for number, row in enumerate(value, start=1):
        if isinstance(row, Mapping):
            sheet.rows.append(dict(row))
            columns |= dict.fromkeys(map(str, row))
        else:
            sheet.lost.append(NotUnderstood(f"row {number}", str(row), "It is no list of named fields."))
    sheet.columns = tuple(columns)
    return sheet


def _too_many(rows: int) -> str:
    return f"This table has more than {rows:,} rows. Split it, or ask whoever runs this site to raise the limit."


def _delimiter(words: str) -> str:
    first = words.split("\n", 1)[0]
    return max(",;\t|", key=first.count)  # the comma, if there is none


def _sheet(lines: Iterable[list[str]], limit: int) -> Sheet:
    filled = (line for line in lines if any(cell.strip() for cell in line))
    header = next(filled, None)
    if header is None:
        raise NotReadableError("This file is empty.")
    while header and not header[-1].strip():
        header.pop()
    columns = tuple(cell.strip() for cell in header)
    _check_header(columns)
    sheet = Sheet(columns, [])
    for number, line in enumerate(filled, start=1):
        if number > limit:
            raise NotReadableError(_too_many(limit))
        cells = [*line]
        while len(cells) > len(columns) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(columns):
            reason = f"It has {len(cells)} fields where the header has {len(columns)}."
            sheet.lost.append(NotUnderstood(f"row {number}", "\t".join(line), reason))
            continue
        if any("\x00" in cell for cell in cells):
            raise NotReadableError("This table holds NUL characters, which no text has: it was damaged.")
        sheet.rows.append(dict(zip(columns, cells, strict=True)))
    return sheet


def _check_header(columns: tuple[str, ...]) -> None:
    if len(columns) > MAX_COLUMNS:
        raise NotReadableError(f"This table has more than {MAX_COLUMNS} columns: it is not a table of cases.")
    if any(not column for column in columns):
        raise NotReadableError("A column of this table has no name in its first row. Name it, or remove the column.")
    twice = next((column for column in columns if columns.count(column) > 1), None)
    if twice is not None:
        raise NotReadableError(f"Two columns of this table are called “{twice[:60]}”. Give each its own name.")


def _cell(value: Any) -> str:
    """Return a cell as text: a date as the day it shows, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _check_workbook(data: bytes, unpacked: int) -> None:
    """Refuse a workbook that unfolds to more than ``unpacked`` bytes, is damaged, or declares a document type."""
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        with book:
            if "[Content_Types].xml" not in book.namelist():
                raise NotReadableError("This is a ZIP archive and not a workbook. Unpack it and bring the file inside.")
            if sum(member.file_size for member in book.infolist()) > unpacked:
                raise NotReadableError(
                    f"This workbook unfolds to more than {unpacked // 1_000_000} MB: it is not read."
                )
            for member in book.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    with book.open(member) as stream:
                        _check_xml(stream.read(unpacked + 1), unpacked)
    except NotReadableError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotReadableError(
            "This workbook is damaged or cut off. Save it again as XLSX and try once more."
        ) from error


def _check_xml(data: bytes, unpacked: int) -> None:
    if len(data) > unpacked:
        raise NotReadableError(f"This workbook unfolds to more than {unpacked // 1_000_000} MB: it is not read.")
    declares_type(data, _ODD_XML)


def declares_type(data: bytes, sentence: str) -> None:
    """Raise ``NotReadableError`` with ``sentence`` if XML declares a document type or an entity."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_Nothing(), forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        raise NotReadableError(sentence) from error
    except Exception as error:
        raise NotReadableError("This file's XML is damaged or cut off.") from error


class _Nothing:
    """A target that keeps nothing, so that a large document costs no memory."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, data: str) -> None: ...

    def close(self) -> None: ...

"""What kind of file some bytes are, by their content and never by their name, and the reader it goes to."""

import gzip
import io
import re
import zlib
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from imports.reading import columns, old_bailey, pacer_html, pacer_json, sheets, tables, timelinejs
from imports.reading import mapping as mappings
from imports.reading.columns import Columns
from imports.reading.found import Ending, Found, FoundCase, NotReadableError
from imports.reading.limits import Limits

KINDS = ("pacer_json", "pacer_html", "table", "old_bailey", "timelinejs")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|h[1-6]|div|center)\b", re.IGNORECASE)
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "This is a PDF. Save the page itself as HTML, or bring the docket as JSON."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel file (XLS). Open it, save it as XLSX and try again."),
    (b"\x89PNG", "This is a picture. Bring the page or the table itself."),
    (b"\xff\xd8\xff", "This is a picture. Bring the page or the table itself."),
    (b"7z\xbc\xaf", "This is an archive. Unpack it and bring the file inside."),
    (b"Rar!", "This is an archive. Unpack it and bring the file inside."),
)
NOTHING_KNOWN = (
    "This JSON is none of the kinds that can be read: a docket, a list of rows that a mapping knows, or trials of the "
    "Old Bailey, one on each line."
)


class Reader:
    """One file being read: its kind, and a way through its cases that ends with an ``Ending``."""

    def __init__(
        self, kind: str, cases: Generator[FoundCase, None, Ending], *, mapping: str = "", credit: str = ""
    ) -> None:
        self.kind = kind
        self.cases = cases
        self.mapping = mapping
        self.credit = credit


def reader_for(
    data: bytes, limits: Limits, *, kind: str | None, mapping: str | None, file_name: str, sha256: str, kept: str = ""
) -> Reader:
    """Return the reader for a file's bytes. Raises ``NotReadableError`` where nobody can read them.

    ``kind`` says what the file must be; without it, its content decides. ``kept`` is a folder of mappings beside those
    that come with the program.
    """
    if kind is not None and kind not in KINDS:
        raise NotReadableError(f"Nobody reads files of the kind “{kind[:40]}”. Known are: {', '.join(KINDS)}.")
    if data.startswith(b"\x1f\x8b"):
        return _packed(data, limits, kind=kind, mapping=mapping, file_name=file_name, sha256=sha256, kept=kept)
    found = kind or _kind_of(data)
    if found == "old_bailey":
        return _trials(data.splitlines(), limits)
    if found == "pacer_html":
        return _whole(pacer_html.read(data, file_name=file_name, sha256=sha256))
    if found == "pacer_json" or (found == "json" and not _is_list(data)):
        return _whole(
            pacer_json.found(_json(data, limits), source_kind="pacer_json", file_name=file_name, sha256=sha256)
        )
    return _whole(_table(data, limits, kind=kind, mapping=mapping, file_name=file_name, sha256=sha256, kept=kept))


def columns_of(data: bytes, limits: Limits) -> Columns:
    """Return what the columns of a table are called and hold. Raises ``NotReadableError`` if it is no table."""
    if data.startswith(b"\x1f\x8b"):
        data = b"".join(_unpacked(data, limits.unpacked_bytes))
    kind = _kind_of(data)
    if kind not in ("table", "json") or (kind == "json" and not _is_list(data)):
        raise NotReadableError("This is no table: there are no columns to tell apart.")
    return columns.of(_sheet(data, limits))


def _kind_of(data: bytes) -> str:
    """Return the kind that the content shows. Raises ``NotReadableError`` for what nobody reads."""
    for start, sentence in _FOREIGN:
        if data.startswith(start):
            raise NotReadableError(sentence)
    if not data.strip():
        raise NotReadableError("This file is empty.")
    if data.startswith(b"PK\x03\x04"):
        return "table"
    body = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if body.startswith(b"<"):
        return _markup(body)
    if body.startswith((b"{", b"[")):
        first = body.split(b"\n", 1)[0]
        return "old_bailey" if b'"trial_id"' in first and first.rstrip().endswith(b"}") else "json"
    return "table"


def _markup(body: bytes) -> str:
    if _HTML.search(body[:50_000]) and not body.startswith(b"<?xml "):
        if pacer_html.looks_like_pacer(body.decode("utf-8", "replace")):
            return "pacer_html"
        raise NotReadableError("This page does not come from PACER: only docket reports saved from PACER are read.")
    sheets.declares_type(
        body, "This XML file has a document type declaration, which can make it grow without end: it is not read."
    )
    raise NotReadableError("This is an XML file, and no reader is known for it. Bring a docket, a table or JSON.")


def _json(data: bytes, limits: Limits) -> Any:
    if len(data) > limits.json_bytes:
        raise NotReadableError(
            f"This JSON file is larger than {limits.json_bytes / 1_000_000:g} MB. "
            "Split it, or ask whoever runs this site to raise the limit."
        )
    return pacer_json.parsed(data)


def _is_list(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def _table(
    data: bytes, limits: Limits, *, kind: str | None, mapping: str | None, file_name: str, sha256: str, kept: str
) -> Found:
    sheet = _sheet(data, limits)
    if kind == "timelinejs" or (kind is None and mapping is None and timelinejs.is_timeline(sheet.columns)):
        return timelinejs.read(sheet, file_name=file_name, sha256=sha256)
    known = mappings.named(mapping, kept) if mapping else mappings.fitting(sheet.columns, kept)
    return tables.read(sheet, known, file_name=file_name, sha256=sha256)


def _sheet(data: bytes, limits: Limits) -> sheets.Sheet:
    if _is_list(data):
        value = _json(data, limits)
        if not isinstance(value, list) or not any(isinstance(row, dict) for row in value):
            raise NotReadableError(NOTHING_KNOWN)
        return sheets.json_sheet(value, rows=limits.rows)
    if data.startswith(b"PK\x03\x04"):
        return sheets.xlsx_sheet(data, rows=limits.rows, unpacked=limits.unpacked_bytes)
    return sheets.csv_sheet(data, rows=limits.rows)


def _whole(found: Found) -> Reader:
    def one_by_one() -> Generator[FoundCase, None, Ending]:
        yield from found.cases
        return Ending(found.totals, found.not_understood, found.left_out)

    return Reader(found.source_kind, one_by_one(), mapping=found.mapping, credit=found.credit)


def _trials(lines: Iterable[bytes], limits: Limits) -> Reader:
    return Reader("old_bailey", old_bailey.stream(_few(lines, limits.rows)), credit=old_bailey.CREDIT)


def _few(lines: Iterable[bytes], limit: int) -> Iterator[bytes]:
    for number, line in enumerate(lines, start=1):
        if number > limit:
            raise NotReadableError(
                f"This file has more than {limit:,} lines. Split it, or ask whoever runs this site to raise the limit."
            )
        yield line


def _packed(
    data: bytes, limits: Limits, *, kind: str | None, mapping: str | None, file_name: str, sha256: str, kept: str
) -> Reader:
    """Return the reader for what a gzip file holds: trials line by line, anything else unfolded whole."""
    lines = _unpacked(data, limits.unpacked_bytes)
    first = next(lines, b"")
    if kind == "old_bailey" or (kind is None and first.strip() and _kind_of(first) == "old_bailey"):
        return _trials(_again(first, lines), limits)
    whole = b"".join((first, *lines))
    if whole.startswith((b"\x1f\x8b", b"PK\x03\x04")):
        raise NotReadableError("This archive holds another one. Unpack it and bring the file inside.")
    return reader_for(whole, limits, kind=kind, mapping=mapping, file_name=file_name, sha256=sha256, kept=kept)


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _unpacked(data: bytes, limit: int) -> Iterator[bytes]:
    """Yield the lines of a gzip file, refusing one that unfolds to more than ``limit`` bytes or is cut off."""
    size = 0
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            while line := stream.readline(limit + 1):
                size += len(line)
                if size > limit:
                    raise NotReadableError(f"This file unfolds to more than {limit // 1_000_000} MB: it is not read.")
                yield line
    except (EOFError, OSError, zlib.error) as error:
        raise NotReadableError("This compressed file is damaged or cut off. Fetch it again.") from error

"""A TimelineJS sheet, as newsrooms keep them: each row becomes an act of one case, which an editor chooses.

What sort of act a headline tells of is never guessed: an editor says so. Marks of HTML are taken out of what is shown
and kept in ``raw_text``.
"""

import html
import re
from collections.abc import Mapping
from hashlib import sha256 as digest_of
from pathlib import PurePath
from typing import Any

from imports.reading.dates import of
from imports.reading.entries import headline
from imports.reading.found import (
    UNDATED,
    Found,
    FoundAct,
    FoundCase,
    LeftOut,
    NotReadableError,
    NotUnderstood,
    When,
)
from imports.reading.privacy import holds_private, shown
from imports.reading.shape import one_line, text
from imports.reading.sheets import Sheet

_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,200}>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["'](https?://[^"'\s<>]{1,2000})["']""", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"']{1,2000}")
_WHOLE = re.compile(r"[0-9]{1,4}(?:\.0)?")


def is_timeline(columns: tuple[str, ...]) -> bool:
    """Return whether a table has the columns of a TimelineJS sheet."""
    return {"Year", "Month", "Day", "Headline"} <= set(columns)


def read(sheet: Sheet, *, file_name: str, sha256: str) -> Found:
    """Return a sheet's rows as the acts of one case. Raises ``NotReadableError`` if it is no such sheet."""
    if not is_timeline(sheet.columns):
        raise NotReadableError("This is no TimelineJS sheet: it needs the columns Year, Month, Day and Headline.")
    titles, eras, found, lost = [], [], list[FoundAct](), list(sheet.lost)
    seen: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, start=1):
        sort = text(row.get("Type")).strip().casefold()
        if sort == "title":
            titles.append(row)
        elif sort == "era":
            eras.append(row)
        else:
            found.append(_act(row, seen, lost, f"row {number}"))
    stem = PurePath(file_name).stem or "sheet"
    caption = _plain(text(titles[0].get("Headline"))) if titles else ""
    case = FoundCase(
        key=f"timelinejs:{stem}",
        caption=one_line(caption or stem),
        kind="",
        summary=shown(_plain(text(titles[0].get("Text")))) if titles else "",
        acts=tuple(found),
    )
    left = (LeftOut("eras", len(eras), "An era is a stretch of a drawing and no act."),) if eras else ()
    totals = {
        "rows": len(sheet.rows) + len(sheet.lost),
        "titles": len(titles),
        "eras": len(eras),
        "acts": len(sheet.rows) - len(titles) - len(eras),
    }
    return Found("timelinejs", file_name, sha256, (case,), totals, tuple(lost), left)


def _act(row: Mapping[str, Any], seen: dict[str, int], lost: list[NotUnderstood], where: str) -> FoundAct:
    words, more = text(row.get("Headline")), text(row.get("Text"))
    when = _when(row, lost, where)
    digest = digest_of(f"{words}\n{more}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    key = f"row/{when.on or 'undated'}/{digest}"
    seen[key] = seen.get(key, 0) + 1
    links = [url for url in (text(row.get("Media")).strip(),) if _URL.fullmatch(url)]
    links += [html.unescape(url) for url in _HREF.findall(words + more)]
    return FoundAct(
        key=key if seen[key] == 1 else f"{key}#{seen[key]}",
        title=headline(_plain(words)) or headline(_plain(more)) or "A row without words",
        when=when,
        text=shown(_plain(more)),
        has_private=holds_private(f"{words}\n{more}"),
        raw_text=f"{words}\n{more}" if more else words,
        links=tuple(dict.fromkeys(links)),
        raw={name: value for name, value in row.items() if name not in ("Headline", "Text") and value},
    )


def _when(row: Mapping[str, Any], lost: list[NotUnderstood], where: str) -> When:
    """Return a row's date as exactly as it gives it; what is no date is told, and the act stays undated."""
    shown = text(row.get("Display Date")).strip()
    begin, precise = _day(row, "")
    end, _ = _day(row, "End ")
    written = " ".join(
        f"{name} {text(row.get(name)).strip()}" for name in ("Year", "Month", "Day") if text(row.get(name))
    )
    if begin is None:
        if written.strip():
            lost.append(NotUnderstood(where, written, "It is no date between the years 1000 and 2200."))
        return When(raw=shown or written) if shown or written else UNDATED
    if any(text(row.get(f"End {name}")).strip() for name in ("Year", "Month", "Day")) and end is None:
        lost.append(NotUnderstood(where, text(row.get("End Year")), "Its end is no date."))
    until = end if end is not None and end > begin else None
    return When(begin, precise, until if precise == "day" else None, shown)


def _day(row: Mapping[str, Any], prefix: str) -> tuple[Any, str]:
    """Return a day and how much of it is known; (None, "unknown") if the fields do not make a date together."""
    parts: list[int | None] = []
    for name in ("Year", "Month", "Day"):
        written = text(row.get(f"{prefix}{name}")).strip()
        if written and not _WHOLE.fullmatch(written):
            return None, "unknown"
        parts.append(int(written.split(".")[0]) if written else None)
    year, month, day = parts
    if year is None or (month is None and day is not None):
        return None, "unknown"
    known = of(year, month or 1, day or 1)
    if known is None:
        return None, "unknown"
    return known, "day" if day is not None else "month" if month is not None else "year"


def _plain(markup: str) -> str:
    """Return text without marks of HTML, its lines kept."""
    words = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)

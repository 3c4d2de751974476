"""Docket pages saved from PACER, by way of ``juriscraper`` (an optional extra): the same as its JSON.

``juriscraper`` is pinned, because what it makes of a page changes between its versions; nothing is fetched.
"""

import html
import json
import os
import re
from typing import Any

from imports.reading.courts import court_id
from imports.reading.found import Found, NotReadableError
from imports.reading.pacer_json import found

NOT_INSTALLED = (
    "Reading pages of PACER needs the optional package juriscraper: ask whoever runs this site to install it with "
    "“pip install .[pacer]”, or bring the docket as JSON."
)
NOT_A_DOCKET = (
    "This page of PACER is not a docket report{said}. Open the docket report of the case, save that page and bring it."
)
_HOST = re.compile(r"ecf[.-]([a-z0-9]{2,5})\.(?:uscourts|audit)", re.IGNORECASE)
_HEADING = re.compile(r"<h3\b[^>]*>(.*?)</h3>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_APPELLATE = re.compile(r"ca(?:[1-9]|1[01]|dc|fc)\Z")
_COMPLAINTS = ("Invalid ", "The starting document number", "There are no ", "Sorry, no ", "This case is sealed")


def looks_like_pacer(page: str) -> bool:
    """Return whether a page of HTML comes from PACER at all."""
    start = page[:200_000]
    marks = ("CM/ECF", "uscourts.gov", "PACER", "U.S. District Court", "Live Database", "live database")
    return any(mark in start for mark in marks)


def read(data: bytes, *, file_name: str, sha256: str) -> Found:
    """Return what one saved docket page holds. Raises ``NotReadableError`` with one sentence if it is none."""
    page = decoded(data)
    court = court_of(page)
    if not court:
        raise NotReadableError(_no_docket(page))
    value = _parsed(page, court)
    if not isinstance(value, dict) or not value.get("docket_number"):
        raise NotReadableError(_no_docket(page))
    return found(value, source_kind="pacer_html", file_name=file_name, sha256=sha256)


def decoded(data: bytes) -> str:
    """Return the page's text: UTF-8, or else Windows-1252, as older courts send it."""
    if b"\x00" in data:
        raise NotReadableError("This page holds NUL characters, which no page has. Save the docket again.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotReadableError("This page is in an encoding nobody can tell. Save the docket again.") from error


def court_of(page: str) -> str:
    """Return the id of the court that a page comes from: by its heading, else by most of its own links."""
    heading = _HEADING.search(page)
    named = court_id(_words(heading[1])) if heading else ""
    if named:
        return named
    hosts = [host.casefold() for host in _HOST.findall(page)]
    if hosts:
        return str(max(sorted(set(hosts)), key=hosts.count))
    title = _TITLE.search(page)
    return court_id(_words(title[1])) if title else ""


def _parsed(page: str, court: str) -> Any:
    os.environ.setdefault("JURISCRAPER_LOG", os.devnull)  # it writes a log wherever it is imported, unless told where
    try:
        from juriscraper.pacer import AppellateDocketReport, DocketReport
    except ImportError as error:
        raise NotReadableError(NOT_INSTALLED) from error
    report = (AppellateDocketReport if _APPELLATE.match(court) else DocketReport)(court)
    try:
        report._parse_text(page)
        # Through JSON, so that dates are words here as they are in the files juriscraper writes.
        return json.loads(json.dumps(report.data, default=str))
    except Exception as error:
        raise NotReadableError(_no_docket(page)) from error


def _no_docket(page: str) -> str:
    """Return the refusal, with what the page itself says if that is a complaint of PACER's."""
    headings = [_words(text) for text in _HEADING.findall(page)[:3]]
    said = next((words for words in headings if words.startswith(_COMPLAINTS)), "")
    if not said and "CASE #:" in page and "All Defendants" not in page:
        return NOT_A_DOCKET.format(said=" (it names a case and nothing of what happened in it)")
    return NOT_A_DOCKET.format(said=f" (it says: {said[:150]})" if said else "")


def _words(markup: str) -> str:
    return " ".join(html.unescape(_TAGS.sub(" ", markup)).split())

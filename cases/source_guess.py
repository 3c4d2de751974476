"""What can be told of a source from its address alone. Nothing is fetched, and nothing is invented."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from cases.choices import SourceKind
from cases.reference import DATA, federal_court_names

LONGEST_TITLE, LONGEST_PUBLISHER = 300, 200  # as Source has them
_ARCHIVED = re.compile(r"/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/(https?:/+.+)", re.IGNORECASE)
_LONG_COPY = re.compile(r"/(?:[\d.\-]+/)?(https?:/+.+)", re.IGNORECASE)
_SHORT_ARCHIVES = frozenset({"archive.ph", "archive.is", "archive.today", "archive.fo", "archive.li", "archive.md"})
_TRACKER = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|yclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|_ga|_gl"
    r"|cmpid|ito|smid|smtyp|ref_src|ref_url|s_cid|xtor|cndid|mkt_tok|_hs(?:enc|mi)|vero_id|__twitter_impression)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:"
    r"[/-](?P<m>\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-](?P<d>\d{1,2})|(?P<md>\d{4})"
    r")(?=[/._-]|$)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(r"^(?:(?:19|20)\d\d-\d\d?-\d\d?-)|(?:-(?:19|20)\d\d-\d\d?-\d\d?)$")
_FILE_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|pdf|amp|story|cms|ece)$", re.IGNORECASE)
_UNIQUE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[\w'’.,&]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Numbers and keys of a site's own: 1236075466, rcna161498, idUSKBN2X, n1234567, 5f3c9a..., art1b2c3.
_KEY = re.compile(r"(?:\d{4,}|(?=\w*\d)[0-9a-f]{6,}|[a-z]{1,5}\d{4,}\w*|id[a-z]{3,}\d\w*)", re.IGNORECASE)
_UNTOLD = frozenset({"index", "article", "articles", "story", "news", "page", "default", "amp", "document", "opinion"})
# An office of a government that calls itself a court. Which court's records it holds is not told.
_OF_A_COURT = re.compile(r"(?:^|\.)[a-z0-9-]*courts?\.(?:[a-z0-9-]+\.)*(?:gov|us)$")
_OFFICE = re.compile(r"/usao-([a-z]{2,4})(?:/|$)", re.IGNORECASE)
_RECAP = re.compile(r"gov\.uscourts\.([a-z0-9]+)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    """What an address tells; empty where it tells nothing.

    ``address`` is the source's own address, without what only tracks readers. Where a copy in a web archive was given,
    that is the original's, and ``archive_of`` repeats it; ``archive_url`` is then the copy's.
    """

    kind: str = ""
    publisher: str = ""
    title: str = ""
    published_on: date | None = None
    archive_of: str = ""
    address: str = ""
    archive_url: str = ""


def guess(address: str) -> Guess:
    """Return what can be told of ``address``. Of what is no http(s) address nothing is told. Never raises."""
    try:
        given = _split(address)
        if given is None:
            return Guess()
        original = _unarchived(given)
        if original is None:
            return _told(given)
        parts = _split(original)
        if parts is None:
            return _told(given)
        told = _told(parts)
        return Guess(
            told.kind, told.publisher, told.title, told.published_on, told.address, told.address, _joined(given)
        )
    except (ValueError, UnicodeError):  # urllib's word for an address that can not be one
        return Guess()


def _told(parts: SplitResult) -> Guess:
    kind, publisher = _publisher(parts)
    path = unquote(parts.path)
    return Guess(
        kind=kind,
        publisher=publisher[:LONGEST_PUBLISHER],
        title=_title(path),
        published_on=_day(path),
        address=_joined(parts),
    )


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address, without a password that came with it and without trackers; None if it is none."""
    address = address.strip()
    if any(not letter.isprintable() or letter.isspace() for letter in address):
        return None
    parts = urlsplit(address)
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or "." not in host.strip(".") or ":" in host:
        return None
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKER.fullmatch(pair.partition("=")[0])]
    fragment = "" if ":~:" in parts.fragment or _TRACKER.match(parts.fragment) else parts.fragment
    return SplitResult(parts.scheme, host.rstrip(".") + port, parts.path, "&".join(kept), fragment)


def _joined(parts: SplitResult) -> str:
    return urlunsplit(parts)


def _unarchived(parts: SplitResult) -> str | None:
    """Return the address of which this is an archived copy."""
    host = (parts.hostname or "").removeprefix("www.")
    pattern = _ARCHIVED if host in ("web.archive.org", "wayback.archive.org") else None
    if host in _SHORT_ARCHIVES:
        pattern = _LONG_COPY
    found = pattern.fullmatch(parts.path) if pattern else None
    if found is None:
        return None
    original = re.sub(r"^(https?):/+", r"\1://", found[1], flags=re.IGNORECASE)
    return f"{original}?{parts.query}" if parts.query else original


# --- who publishes there ------------------------------------------------------------------------------------------


@cache
def _hosts() -> dict[str, tuple[str, str]]:
    """Return (kind, publisher) by host."""
    table = tomllib.loads((DATA / "publishers.toml").read_text(encoding="utf-8"))
    return {host: (kind, publisher) for kind, rows in table.items() for host, publisher in rows.items()}


def _publisher(parts: SplitResult) -> tuple[str, str]:
    host = (parts.hostname or "").removeprefix("www.")
    if recap := _RECAP.search(parts.path) if _within(host, ("courtlistener.com", "archive.org")) else None:
        return SourceKind.COURT_RECORD, federal_court_names().get(recap[1].lower(), "")
    if host.endswith(".uscourts.gov"):
        court = federal_court_names().get(host.removesuffix(".uscourts.gov").rpartition(".")[2], "")
        return SourceKind.COURT_RECORD if court else "", court
    if office := _OFFICE.match(parts.path) if _within(host, ("justice.gov",)) else None:
        return SourceKind.OFFICIAL_STATEMENT, _attorneys_office(office[1].lower())
    home = host
    while home:
        if found := _hosts().get(home):
            return found
        home = home.partition(".")[2]
    return SourceKind.COURT_RECORD if _OF_A_COURT.search(host) else "", ""


def _attorneys_office(code: str) -> str:
    """Return the office at justice.gov/usao-sdny: the Southern District of New York's."""
    name = federal_court_names().get(f"{code[2:]}{code[:2]}" if len(code) == 4 else f"{code}d", "")
    district = name.partition(" for the ")[2]
    return f"United States Attorney's Office, {district}" if district else "United States Department of Justice"


def _within(host: str, homes: Iterable[str]) -> bool:
    return any(host == home or host.endswith(f".{home}") for home in homes)


# --- what the path says -------------------------------------------------------------------------------------------


def _day(path: str) -> date | None:
    """Return the first day that stands in a path in the order year, month, day; a month alone is none."""
    for found in _DAY.finditer(path):
        month, day = found["m"] or found["md"][:2], found["d"] or found["md"][2:]
        number = int(month) if month.isdecimal() else _MONTHS.index(month.lower()) + 1
        try:
            return date(int(found["y"]), number, int(day))
        except ValueError:
            continue
    return None


def _title(path: str) -> str:
    """Return the words of one of the last two parts of a path that read as words, as they stand there."""
    for part in reversed([part for part in path.split("/") if part][-2:]):
        if words := _words(part):
            title = " ".join(words)
            return (title[0].upper() + title[1:])[:LONGEST_TITLE].rstrip()
    return ""


def _words(part: str) -> list[str]:
    """Return the words of a slug; none where there are too few of them to be a title, and not only a section's name."""
    part = _DATE_WORDS.sub("", _UNIQUE.sub("", _FILE_ENDING.sub("", part)))
    words = [word for word in re.split(r"[-_+ ]+", part) if word]
    enough = 3
    for end in (-1, 0):
        while words and _tells_nothing(words[end]):
            words.pop(end)
            enough = 4
    told = sum(word.isalpha() for word in words)
    return words if told >= enough and all(_WORD.fullmatch(word) for word in words) else []


def _tells_nothing(word: str) -> bool:
    return word.lower() in _UNTOLD or (_KEY.fullmatch(word) is not None and _YEAR.fullmatch(word) is None)

"""A party of a PACER docket: role, aliases, attorneys by name; and who is called a defendant without being accused."""

import re
from collections.abc import Mapping
from typing import Any

from imports.reading.courts import APPELLATE, STATE
from imports.reading.dates import iso_date, on_day, us_date
from imports.reading.found import FoundAttorney, FoundParty
from imports.reading.privacy import public_part, shown
from imports.reading.shape import mapping, one_line, rows, text

NOT_ACCUSED_WITNESS = "A material witness is not accused of anything."
NOT_ACCUSED_WARRANT = "This docket is about a warrant or an investigation: nobody is charged in it."
NOT_A_PERSON = "This is the court's heading for a group, not somebody."
NO_ROLE = "The record has no role of this name."

_ROLES = {
    "defendant": "defendant",
    "plaintiff": "plaintiff",
    "petitioner": "petitioner",
    "respondent": "respondent",
    "appellant": "appellant",
    "appellee": "appellee",
    "intervenor": "intervenor",
    "third party defendant": "third_party_defendant",
    "amicus": "amicus",
    "amicus curiae": "amicus",
}
_BESIDE = re.compile(
    r"(?:consolidated|lead|counter|cross|intervenor|interpleader) (plaintiff|defendant)"
    r"|(?:plaintiff|defendant|petitioner|respondent|movant) - (appellant|appellee)"
)
_GROUP = re.compile(r"liaison counsel\b.*|all (?:plaintiffs|defendants)", re.IGNORECASE)
_GOVERNMENT = re.compile(
    rf"usa|u\.s\.a\.|united states(?: of america)?|(?:state|commonwealth|people of the state) of (?:{STATE})",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:inc|llc|l\.l\.c|corp|corporation|company|companies|co|ltd|lp|l\.p|llp|bank|trust|fund|association|union"
    r"|insurance|organization|department|agency|university|partners|group|plan|system|committee)\b\.?",
    re.IGNORECASE,
)
_TERMINATED = re.compile(r"TERMINATED: (?P<on>[0-9]{2}/[0-9]{2}/[0-9]{4})")
_ALIAS = re.compile(
    r"\b(?:also known as|formerly known as|now known as|doing business as|a/?k/?a|f/?k/?a|d/?b/?a)\b[:\s]*",
    re.IGNORECASE,
)


def party_of(row: Mapping[str, Any], keys: dict[str, int], *, court: str, kind: str, number: str = "") -> FoundParty:
    """Return one party of a docket. ``keys`` counts the keys given, so that namesakes on one docket keep apart.

    ``kind`` is the case's: in an investigation (a warrant) nobody is accused. ``number`` is the defendant's own number.
    """
    written = text(row.get("type"))
    name, within = _name_and_aliases(text(row.get("name")))
    key = f"{' '.join(written.split()).casefold()}/{name.casefold()}"
    keys[key] = keys.get(key, 0) + 1
    extra = text(row.get("extra_info"))
    after, described, ended = _extra(extra)
    role, reason = _role(written, name, kind)
    if role == "defendant" and APPELLATE.fullmatch(court):
        role, reason = "respondent", ""
    criminal = mapping(row.get("criminal_data"))
    raw = {field: value for field, value in row.items() if field not in ("attorneys", "criminal_data")}
    raw |= {field: value for field, value in criminal.items() if field not in ("counts", "complaints")}
    return FoundParty(
        key=key if keys[key] == 1 else f"{key}#{keys[key]}",
        name=name or "(a party without a name)",
        role=role,
        role_raw=written,
        role_reason=reason,
        kind=_kind(name, accused=role == "defendant" and bool(criminal)),
        aliases=tuple(alias for alias in dict.fromkeys((*within, *after)) if alias != name),
        described_as=described,
        terminated=on_day(iso_date(text(row.get("date_terminated"))) or us_date(ended)),
        attorneys=tuple(_attorney(item) for item in rows(row.get("attorneys"))),
        marks={"defendant_number": number} if number else {},
        raw_text=extra,
        raw=public_part(raw),
        has_criminal_data=bool(row.get("criminal_data")),
    )


def _attorney(value: Any) -> FoundAttorney:
    attorney = mapping(value)
    roles = tuple(one_line(role, 200) for role in rows(attorney.get("roles")) if one_line(role, 200))
    return FoundAttorney(one_line(attorney.get("name"), 200) or "(an attorney without a name)", roles)


def _name_and_aliases(written: str) -> tuple[str, tuple[str, ...]]:
    """Return the name before "also known as", and the names after it."""
    first, *others = _ALIAS.split(" ".join(written.split()))
    return one_line(first.strip(" ,;")), tuple(filter(None, (one_line(_unquoted(other), 200) for other in others)))


def _unquoted(name: str) -> str:
    return name.strip(' ,;\n"“”')


def _extra(extra: str) -> tuple[tuple[str, ...], str, str]:
    """Return aliases, a description, and the day of termination, out of the lines under a party's name."""
    ended = _TERMINATED.search(extra)
    words = _TERMINATED.sub("\n", extra)
    aliases: list[str] = []
    described: list[str] = []
    pieces = _ALIAS.split(words)
    described += [line.strip() for line in pieces[0].splitlines() if line.strip()]
    for piece in pieces[1:]:
        first, *rest = [line.strip() for line in piece.strip().splitlines() if line.strip()] or [""]
        aliases += [one_line(_unquoted(first), 200)] if _unquoted(first) else []
        described += rest
    return tuple(aliases), one_line(shown(" ".join(described)), 200), ended["on"] if ended else ""


def called(written: str) -> str:
    """Return what a court calls a party, in small letters and single spaces."""
    return " ".join(written.split()).casefold()


def _role(written: str, name: str, kind: str) -> tuple[str, str]:
    plain = called(written)
    beside = _BESIDE.fullmatch(plain)
    role = _ROLES.get((beside[1] or beside[2]) if beside else plain, "")
    if plain == "material witness":
        return "other", NOT_ACCUSED_WITNESS
    if _GROUP.fullmatch(name):
        return "other", NOT_A_PERSON
    if role == "defendant" and kind == "investigation":
        return "other", NOT_ACCUSED_WARRANT
    if role == "plaintiff" and kind in ("criminal", "investigation") and _GOVERNMENT.fullmatch(name):
        return "government", ""
    return (role, "") if role else ("other", NO_ROLE)


def _kind(name: str, *, accused: bool) -> str:
    if _GOVERNMENT.fullmatch(name):
        return "government_body"
    if _ORGANISATION.search(name):
        return "organisation"
    return "person" if accused else ""

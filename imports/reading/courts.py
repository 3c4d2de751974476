"""What a source calls a court, and the id that PACER and the list of courts give it; docket numbers in one form."""

import re

_STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "columbia": "dc", "connecticut": "ct", "delaware": "de", "florida": "fl", "georgia": "ga", "guam": "gu",
    "hawaii": "hi", "idaho": "id", "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky",
    "louisiana": "la", "maine": "me", "maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn",
    "mississippi": "ms", "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh",
    "new jersey": "nj", "new mexico": "nm", "new york": "ny", "north carolina": "nc", "north dakota": "nd",
    "northern mariana islands": "nmi", "ohio": "oh", "oklahoma": "ok", "oregon": "or", "pennsylvania": "pa",
    "puerto rico": "pr", "rhode island": "ri", "south carolina": "sc", "south dakota": "sd", "tennessee": "tn",
    "texas": "tx", "utah": "ut", "vermont": "vt", "virgin islands": "vi", "virginia": "va", "washington": "wa",
    "west virginia": "wv", "wisconsin": "wi", "wyoming": "wy",
}  # fmt: skip
# How many districts a state has, where it is more than one: the letters of its districts.
_PARTS = {
    "al": "mns", "ar": "ew", "ca": "cens", "fl": "mns", "ga": "mns", "il": "cns", "in": "ns", "ia": "ns", "ky": "ew",
    "la": "emw", "mi": "ew", "ms": "ns", "mo": "ew", "ny": "ensw", "nc": "emw", "oh": "ns", "ok": "enw", "pa": "emw",
    "tn": "emw", "tx": "ensw", "va": "ew", "wa": "ew", "wv": "ns", "wi": "ew",
}  # fmt: skip
STATE = "|".join(sorted(_STATES, key=len, reverse=True))
_PART = r"(?P<part>northern|southern|eastern|western|middle|central)"
_DISTRICT = re.compile(rf"(?:{_PART} )?district of (?:the )?(?P<state>{STATE})\b")
_REVERSED = re.compile(rf"(?P<state>{STATE}) {_PART} district\b")
_CIRCUITS = {
    "first": "ca1", "second": "ca2", "third": "ca3", "fourth": "ca4", "fifth": "ca5", "sixth": "ca6", "seventh": "ca7",
    "eighth": "ca8", "ninth": "ca9", "tenth": "ca10", "eleventh": "ca11", "d.c.": "cadc",
    "district of columbia": "cadc", "federal": "cafc",
}  # fmt: skip
_CIRCUIT = re.compile(rf"(?:the )?(?P<circuit>{'|'.join(re.escape(name) for name in _CIRCUITS)}) circuit\b")
_NUMBER = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{2}|[0-9]{4})-([a-z]{2,4})-([0-9]{1,6})(?:-[a-z]{1,5})*(?:-[0-9]{1,3})?")
_MDL = re.compile(r"mdl(?: docket)?(?: no\.?)? ?([0-9]{1,5})")
APPELLATE = re.compile(r"ca(?:[1-9]|1[01]|dc|fc)|scotus")


def court_id(words: str) -> str:
    """Return "gasd" for "U.S. District Court, Southern District of Georgia (Augusta)"; "" if the words name none."""
    plain = " ".join(words.casefold().replace(",", " ").split())
    if "multidistrict litigation" in plain:
        return "jpml"
    circuit = _CIRCUIT.search(plain)
    if circuit:
        return _CIRCUITS[circuit["circuit"]]
    district = _DISTRICT.search(plain) or _REVERSED.search(plain)
    if district is None:
        return ""
    state, part = _STATES[district["state"]], (district["part"] or "")[:1]
    if part not in _PARTS.get(state, "") or bool(part) != (state in _PARTS):
        return ""  # there is no such district
    return f"{state}{part}d"


def docket_number(words: str) -> str:
    """Return a docket number in one form: "1:21-mj-59" and "1:21-mj-00059-ABJ-1" are both "1:21-mj-00059".

    The judges' initials and the defendant's number at its end are no part of it. Anything else comes back as it is,
    without spaces at its ends.
    """
    plain = words.strip()
    match = _NUMBER.fullmatch(plain.casefold())
    if match:
        office, year, kind, number = match.groups()
        return f"{office + ':' if office else ''}{year[-2:]}-{kind}-{int(number):05d}"
    mdl = _MDL.fullmatch(plain.casefold())
    return f"MDL {int(mdl[1])}" if mdl else plain


def docket_key(court: str, number: str) -> str:
    """Return the key of a docket: its court's id and its number. The number must not be empty."""
    if not number.strip():
        raise ValueError("A docket without a number has no key of its own.")
    return f"{court}:{docket_number(number)}"


def case_kind(court: str, number: str) -> str:
    """Return the kind of proceeding that a federal docket's court and number say: "criminal", "appellate", ..."""
    if APPELLATE.fullmatch(court):
        return "appellate"
    match = _NUMBER.fullmatch(number.strip().casefold())
    kinds = {"cr": "criminal", "mj": "criminal", "po": "criminal", "bk": "bankruptcy", "ap": "bankruptcy"}
    return kinds.get(match[3] if match else "", "civil")

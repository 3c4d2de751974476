"""From a source's words to the parts of a sentence: all of them exactly, or none.

A text of which one clause is not understood gives no parts at all, because the clause may take back what the others
say ("all but six months suspended"). The words themselves are always kept beside the charge.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from imports.reading.dates import us_date
from imports.reading.dispositions import MAX_WORDS, clauses, of_clause
from imports.reading.found import FoundPart

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS: dict[str, int] = {word: number for number, word in enumerate(_SMALL)}
_NUMBERS |= {ten: (place + 2) * 10 for place, ten in enumerate(_TENS)}
_NUMBERS |= {f"{ten}-{_SMALL[one]}": (place + 2) * 10 + one for place, ten in enumerate(_TENS) for one in range(1, 10)}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_UNIT_OF = {"y": "years", "m": "months", "d": "days"}


def _length(place: int) -> str:
    """Return the pattern of "thirty-six months", "FOURTEEN (14) MONTHS" or "5 yrs.", its groups numbered ``place``."""
    number = rf"(?:(?P<word{place}>{_WORD})(?: \((?P<paren{place}>[0-9]{{1,4}})\))?|(?P<digits{place}>[0-9]{{1,4}}))"
    return rf"{number} (?P<unit{place}>years?|yrs?|months?|mos?|days?|weeks?)\.?"


_TERM = rf"{_length(1)}(?:,? (?:and )?{_length(2)})?(?:,? (?:and )?{_length(3)})?"
_TERM_ONLY = re.compile(_TERM)
_MONEY = r"\$ ?(?P<amount>[0-9][0-9,]{0,14}(?:\.[0-9]{2})?)"
_MONEY_ONLY = re.compile(r"\$? ?(?P<amount>[0-9][0-9,]{0,14}(?:\.[0-9]{1,2})?)")
_WHO = r"(?:(?:the )?(?:defendant|deft|dft) (?:is |shall be |was )?(?:hereby )?)?"
_BOP = r"(?:the )?(?:custody of )?(?:the )?(?:bop|(?:us |federal |united states )?bureau of prisons)"


@dataclass(frozen=True, slots=True)
class SentenceSaid:
    """The parts that words say, and the day of the sentence if they say that too."""

    parts: tuple[FoundPart, ...] = ()
    on: date | None = None


NOTHING = SentenceSaid()


def term(words: str) -> dict[str, int] | None:
    """Return {"years": 4, "months": 9} for "4 Years and 9 Months"; None for anything else ("NaN Year", "36").

    Weeks are given as days. Years, months and days are kept apart, as the source said them.
    """
    match = _TERM_ONLY.fullmatch(" ".join(words.casefold().split()))
    return _term(match) if match else None


def money(words: str) -> str:
    """Return "489174.25" for "$489,174.25" or "489174.25"; "" if it is no exact amount."""
    match = _MONEY_ONLY.fullmatch(words.strip())
    return _amount(match["amount"]) if match else ""


def sentence_said(words: str, charge: str = "") -> SentenceSaid:
    """Return the parts that ``words`` say for ``charge``; nothing if a single clause is not understood."""
    if len(words) > MAX_WORDS:
        return NOTHING
    parts: list[FoundPart] = []
    days: set[date] = set()
    no_fine = False
    for clause in clauses(words):
        no_fine = no_fine or clause in _NO_FINE
        if of_clause(clause) is not None or clause in _NO_FINE or _SURRENDER.fullmatch(clause):
            continue
        read = _clause(clause, charge, days)
        if not read:
            return NOTHING
        parts += read
    kinds = [part.kind for part in parts]
    if (
        (no_fine and "fine" in kinds)
        or len(days) > 1
        or any(kinds.count(kind) > 1 for kind in kinds if kind != "costs")
    ):
        return NOTHING  # two terms of one kind: a later one may have taken the place of the earlier
    return SentenceSaid(tuple(parts), next(iter(days), None))


def _clause(clause: str, charge: str, days: set[date]) -> list[FoundPart]:
    for pattern, make in _SAYINGS:
        match = pattern.fullmatch(clause)
        if match is None:
            continue
        said_on = match.groupdict().get("on")
        if said_on:
            day = us_date(said_on)
            if day is None:
                return []
            days.add(day)
        return make(match, charge)
    return []


def _amount(digits: str) -> str:
    try:
        value = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return ""
    return f"{value:.2f}" if value < Decimal(10) ** 12 else ""


def _number(match: re.Match[str], place: str) -> int | None:
    word, paren, digits = (match[f"{name}{place}"] for name in ("word", "paren", "digits"))
    if word is not None:
        value = _NUMBERS[word]
        return value if paren is None or int(paren) == value else None  # "FOURTEEN (15) MONTHS" says nothing
    return int(digits) if digits is not None else None


def _term(match: re.Match[str], places: tuple[str, ...] = ("1", "2", "3")) -> dict[str, int] | None:
    length: dict[str, int] = {}
    for place in places:
        unit = match.groupdict().get(f"unit{place}")
        if unit is None:
            continue
        number = _number(match, place)
        if number is None or number > 9_999:
            return None
        name = "days" if unit.startswith("w") else _UNIT_OF[unit[0]]
        if name in length:
            return None
        length[name] = number * 7 if unit.startswith("w") else number
    return length or None


def _serves(kind: str) -> Callable[[re.Match[str], str], list[FoundPart]]:
    def make(match: re.Match[str], charge: str) -> list[FoundPart]:
        length = _term(match)
        credit = "With credit for time served." if match.groupdict().get("credit") else ""
        return [FoundPart(charge, kind, note=credit, raw_text=match[0], **length)] if length else []  # type: ignore[arg-type]  # lengths are numbers by their units

    return make


def _pays(kind: str, note: str = "") -> Callable[[re.Match[str], str], list[FoundPart]]:
    def make(match: re.Match[str], charge: str) -> list[FoundPart]:
        amount = _amount(match["amount"])
        remitted = " Remitted." if match.groupdict().get("remitted") else ""
        part = FoundPart(charge, kind, amount=amount, currency="USD", note=f"{note}{remitted}", raw_text=match[0])
        return [part] if amount else []

    return make


def _is(kind: str) -> Callable[[re.Match[str], str], list[FoundPart]]:
    def make(match: re.Match[str], charge: str) -> list[FoundPart]:
        return [FoundPart(charge, kind, raw_text=match[0])]

    return make


def _works(match: re.Match[str], charge: str) -> list[FoundPart]:
    return [FoundPart(charge, "community_service", hours=int(match["hours"]), raw_text=match[0])]


def _custody_then_release(kind: str) -> Callable[[re.Match[str], str], list[FoundPart]]:
    def make(match: re.Match[str], charge: str) -> list[FoundPart]:
        inside, after = _term(match, ("1",)), _term(match, ("2",))
        if not inside or not after:
            return []
        return [
            FoundPart(charge, kind, raw_text=match[0], **inside),  # type: ignore[arg-type]  # numbers by name
            FoundPart(charge, "supervised_release", raw_text=match[0], **after),  # type: ignore[arg-type]  # lengths are numbers by their units
        ]

    return make


_LEAD = rf"(?:{_WHO}(?:sentenced(?: on (?P<on>[0-9/]{{6,10}}))? to (?:a term of )?)?)"
_CREDIT = r"(?P<credit>,? with credit for time served)?"
_FOR = r"(?: for)?(?: (?:a )?term of| -|:| for| of)? ?"
_ASSESSMENT = r"(?:special assessment|penalty assessment|special penalty assessment|mandatory assessment|p/a|s/a)"
_REMITTED = r"(?P<remitted> \(remitted\))?"
_RELEASE = r"supervised release"
_LET_OUT = r"(?:parole|release)"
_AFTER = r"(?:upon release(?: from imprisonment)?, )?"

_Maker = Callable[[re.Match[str], str], list[FoundPart]]
_SAYINGS: tuple[tuple[re.Pattern[str], _Maker], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"{_WHO}(?:committed to )?{_BOP}{_FOR}{_TERM}{_CREDIT}", _serves("prison")),
        (rf"{_LEAD}{_TERM} (?:imprisonment|prison|in prison|{_BOP}|in {_BOP}){_CREDIT}", _serves("prison")),
        (rf"{_LEAD}{_TERM}(?: in)? jail{_CREDIT}", _serves("jail")),
        (rf"{_LEAD}{_length(1)} with {_length(2)} (?:of )?{_RELEASE}(?: to follow)?", _custody_then_release("custody")),
        (rf"{_AFTER}{_WHO}(?:placed on )?{_RELEASE}{_FOR}{_TERM}", _serves("supervised_release")),
        (rf"{_TERM} (?:of )?(?:{_RELEASE}|sr)", _serves("supervised_release")),
        (rf"{_TERM} (?:of )?supervised probation", _serves("probation_supervised")),
        (rf"supervised probation{_FOR}{_TERM}", _serves("probation_supervised")),
        (rf"{_TERM} (?:of )?unsupervised probation", _serves("probation_unsupervised")),
        (rf"home (?:detention|confinement){_FOR}{_TERM}", _serves("home_detention")),
        (rf"{_ASSESSMENT}(?: of| -|:)? ?{_MONEY}{_REMITTED}", _pays("costs", "Special assessment.")),
        (rf"{_MONEY} {_ASSESSMENT}{_REMITTED}", _pays("costs", "Special assessment.")),
        (rf"fine(?: of| -|:)? ?{_MONEY}", _pays("fine")),
        (rf"{_MONEY} fine", _pays("fine")),
        (rf"restitution(?: of| -|:)? ?{_MONEY}", _pays("restitution")),
        (rf"{_MONEY} restitution", _pays("restitution")),
        (rf"forfeiture(?: of| -|:)? ?{_MONEY}", _pays("forfeiture")),
        (rf"{_MONEY} forfeiture", _pays("forfeiture")),
        (r"(?P<hours>[0-9]{1,4}) hours (?:of )?community service", _works),
        (rf"{_LEAD}time served", _is("time_served")),
        (rf"{_LEAD}life(?: in prison| imprisonment)?", _is("life")),
        (
            rf"{_LEAD}life(?: imprisonment)? without (?:the possibility of )?{_LET_OUT}",
            _is("life_without_parole"),
        ),
        (rf"{_LEAD}death", _is("death")),
    )
)
_NO_FINE = frozenset({"no fine", "fine waived"})
_SURRENDER = re.compile(r"self[- ]surrender (?:on|by) [a-z0-9 ,/]{4,30}")

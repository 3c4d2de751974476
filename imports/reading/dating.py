"""The day on which a docket's own entries say what its list of counts says: only where there can be no doubt.

A list of counts gives no days. The words beside a count are an entry's words: where the entry of a sentencing, or of a
judgment, names the accused and the count and then repeats those very words, its day is the day. Nothing less will do.
"""

import re
from collections.abc import Iterable, Sequence

from imports.reading.dates import us_date
from imports.reading.found import FoundAct, FoundCharge, FoundParty

REASON = "The day is that of {entry}, which says the same words of {counts}."
SHORTEST = 9  # characters: shorter words stand in many entries
_NUMBER = r"[0-9]{1,4}s{0,4}(?: ?- ?[0-9]{1,4}s{0,4})?"
_COUNTS = re.compile(rf"\bcounts?(?:\(s\))? (?P<numbers>{_NUMBER}(?:,? (?:and |& )?{_NUMBER})*)[ .,:-]*\Z")
_HELD = re.compile(r"\bheld on ([0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4})")
_SPACES = re.compile(r"\s+")


def saying(
    charge: FoundCharge, party: FoundParty, charges: Sequence[FoundCharge], entries: Iterable[FoundAct]
) -> FoundAct | None:
    """Return the entry that says the words beside a count, on the day they were said; None if there is any doubt.

    ``charges`` are all that the docket lists against the party. A sentencing comes before the judgment that repeats it.
    """
    words = _plain(charge.disposition_raw).rstrip(" .")
    if len(words) < SHORTEST or not _is_one_of_its_number(charge, charges):
        return None
    every = [entry for entry in entries if entry.when.on]
    sentenced = {entry.when.on for entry in every if entry.kind == "sentencing"}
    said = [entry for entry in every if _says(entry, words, charge, party, charges)]
    # A judgment may be filed days after what it says was said: then its day is not the day.
    said = [one for one in said if one.kind in ("sentencing", "dismissal") or one.when.on in sentenced]
    for sort in (("hearing",), ("judgment",)):
        found = [entry for entry in said if entry.category in sort]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _says(
    entry: FoundAct, words: str, charge: FoundCharge, party: FoundParty, charges: Sequence[FoundCharge]
) -> bool:  # fmt: skip
    """Whether an entry that decides something says these words of this count of this party."""
    if (entry.category, entry.kind) != ("hearing", "sentencing") and entry.category != "judgment":
        return False
    told = _plain(entry.raw_text)
    held = _HELD.search(told)
    if _plain(party.name) not in told or (held and us_date(held[1]) != entry.when.on):
        return False
    for place in re.finditer(rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])", told):
        named = _COUNTS.search(told, 0, place.start())
        if named is not None and _numbers(named["numbers"]) >= _own(charge):
            return True
        alone = sum(one.section != "complaint" for one in charges) == 1
        if named is None and alone and told.count(words) == 1 and "count" not in told:
            return True
    return False


def _is_one_of_its_number(charge: FoundCharge, charges: Sequence[FoundCharge]) -> bool:
    """Whether no other count has its number: a superseded one of that number may be meant instead."""
    own = _own(charge)
    others = [one for one in charges if one is not charge and one.section != "complaint"]
    return bool(own) and charge.section != "complaint" and not any(own & _own(other) for other in others)


def _own(charge: FoundCharge) -> set[int]:
    if charge.count is None:
        return set()
    return set(range(charge.count, (charge.count_to or charge.count) + 1))


def _numbers(words: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(r"([0-9]{1,4})s{0,4}(?: ?- ?([0-9]{1,4}))?", words):
        if int(last or first) - int(first) < 1_000:
            found |= set(range(int(first), int(last or first) + 1))
    return found


def _plain(words: str) -> str:
    return _SPACES.sub(" ", words).strip().casefold()


def reason(entry: FoundAct, charges: Sequence[FoundCharge]) -> str:
    """Return for an editor why something of these counts has the day of an entry."""
    number = f"entry {entry.number}" if entry.number else "an unnumbered entry"
    day = f"{entry.when.on.day} {entry.when.on:%B %Y}" if entry.when.on else ""
    counts = ", ".join(
        f"{one.count}-{one.count_to}" if one.count_to and one.count_to != one.count else f"{one.count}"
        for one in sorted(charges, key=lambda one: one.count or 0)
    )
    return REASON.format(entry=f"{number}, filed on {day}", counts=f"count {counts}")

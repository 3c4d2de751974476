"""A line of a docket's list of counts, taken apart: statute, title, count numbers, and what the suffix means.

A suffix of letters s says how often the charging document was superseded when the count was brought: "(1s)" stands in
the first superseding one, "(1ss)" in the second. "(1r)" was filed again. Anything else stays part of the title.
"""

import re
from dataclasses import dataclass

_SECTION = r"[0-9]{1,5}[A-Za-z]?(?:\([A-Za-z0-9]{1,4}\))*(?:\.[FMP](?![a-z]))?"
_MORE = rf"(?:(?:,? and |, ){_SECTION}|(?:,? and |, )(?:\([A-Za-z0-9]{{1,4}}\))+)*"
_ONE = rf"[0-9]{{1,2}}:{_SECTION}{_MORE}(?: et seq\.)?"
_STATUTE = re.compile(rf"(?P<statute>{_ONE}(?:; {_ONE})*)(?:; ?| ?-{{1,2}} ?| )(?=[A-Z])")
_COUNT = re.compile(r"\((?P<first>[0-9]{1,4})(?P<suffix>s{0,4}|r)(?:-(?P<last>[0-9]{1,4})(?P<again>s{0,4}|r))?\)\s*\Z")
_SEVERITY = re.compile(r"\((felony|misdemeanor|petty|infraction)\)", re.IGNORECASE)
TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class CountLine:
    """What one line of a list of counts says. ``first`` to ``last`` are its count numbers, None if it gives none."""

    title: str
    statute: str = ""
    first: int | None = None
    last: int | None = None
    suffix: str = ""
    severity: str = "unknown"

    @property
    def generation(self) -> int:
        """How often the charging document had been superseded."""
        return self.suffix.count("s")

    @property
    def refiled(self) -> bool:
        """Whether the count was filed again."""
        return self.suffix == "r"

    @property
    def numbers(self) -> range | None:
        """The count numbers, for words that name counts; None if the line gives none."""
        return None if self.first is None else range(self.first, (self.last or self.first) + 1)


def count_line(name: str) -> CountLine:
    """Return what a line such as "18:371; CONSPIRACY TO DEFRAUD THE UNITED STATES(1ss)" says."""
    title, first, last, suffix = name, None, None, ""
    match = _COUNT.search(name)
    if match and (match["again"] is None or match["again"] == match["suffix"]):
        low, high = int(match["first"]), int(match["last"] or match["first"])
        if low <= high and name[: match.start()].strip():
            title, first, suffix = name[: match.start()], low, match["suffix"]
            last = high if high > low else None
    statute = _STATUTE.match(title)
    severity = _SEVERITY.search(title)
    words = title[statute.end() :] if statute else title
    return CountLine(
        title=_line(words) or _line(title),
        statute=statute["statute"] if statute else "",
        first=first,
        last=last,
        suffix=suffix,
        severity=severity[1].casefold() if severity else "unknown",
    )


def _line(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= TITLE_LENGTH else plain[: TITLE_LENGTH - 1].rstrip() + "…"

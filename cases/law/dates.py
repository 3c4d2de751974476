"""PartialDate: a date of which the year, the month or the day is known, its order and its words."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from cases.law.vocabulary import Precision, Qualifier

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """Return "12 July 2024"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _before(first: date, last: date) -> str:
    """Return the first of several days, without what it shares with the last: "23", "30 November"."""
    if first.year != last.year:
        return day_words(first)
    return f"{first.day}" if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, month, year or nothing, with how sure it is, and the last day of an act that took several.

    An unknown date may lie anywhere, so it overlaps every other.
    """

    start: date | None
    precision: Precision = Precision.DAY
    qualifier: Qualifier = Qualifier.NONE
    until: date | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything of the date is known."""
        return self.start is not None and self.precision is not Precision.UNKNOWN

    @property
    def is_day(self) -> bool:
        """Whether the act happened on one known day."""
        return self.is_known and self.precision is Precision.DAY

    @property
    def earliest(self) -> date:
        """The first day the act can have happened on."""
        return self.start if self.start is not None and self.is_known else date.min

    @property
    def latest(self) -> date:
        """The last day the act can have happened on."""
        if self.start is None or not self.is_known:
            return date.max
        if self.precision is Precision.YEAR:
            return date(self.start.year, 12, 31)
        if self.precision is Precision.MONTH:
            return self.start.replace(day=monthrange(self.start.year, self.start.month)[1])
        return max(self.start, self.until or self.start)

    def overlaps(self, other: "PartialDate") -> bool:
        """Whether the two can have happened on the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def began_by(self, day: date) -> bool:
        """Whether the act can have happened by ``day``."""
        return self.earliest <= day

    def may_come_after(self, day: date) -> bool:
        """Whether part of the date's range lies after ``day``: the act is then counted with a caution."""
        return self.precision is not Precision.DAY and self.earliest <= day < self.latest

    def __str__(self) -> str:
        """Return the date in words: "12 July 2024", "July 2024", "about 2024", "date not known"."""
        if self.start is None or not self.is_known:
            return "date not known"
        words = {
            Precision.DAY: day_words(self.start),
            Precision.MONTH: f"{MONTHS[self.start.month - 1]} {self.start.year}",
            Precision.YEAR: str(self.start.year),
        }[self.precision]
        if self.until and self.until > self.start and self.precision is Precision.DAY:
            words = f"{_before(self.start, self.until)} to {day_words(self.until)}"
        return {Qualifier.APPROXIMATE: f"about {words}", Qualifier.UNCERTAIN: f"{words} (uncertain)"}.get(
            self.qualifier, words
        )

    @property
    def iso(self) -> str:
        """Return the date as EDTF level 1: "2024-07-12", "2024-07", "2024~", or "XXXX" when unknown."""
        if self.start is None or not self.is_known:
            return "XXXX"
        width = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        mark = {Qualifier.APPROXIMATE: "~", Qualifier.UNCERTAIN: "?"}.get(self.qualifier, "")
        text = self.start.isoformat()[:width] + mark
        return f"{text}/{self.until.isoformat()}" if self.until and self.is_day else text

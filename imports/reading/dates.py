"""Dates as sources write them: a day stays the day the source wrote, whatever the time zone says.

A date that can be read two ways (3/4/21 outside the United States) is only read by the way its source is known to
write; whatever is no date of the calendar is None, never a guess.
"""

import re
from datetime import date, timedelta

from imports.reading.found import When

_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})")
_UK = re.compile(r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_TIME = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{4,5})?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:{_TIME})?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{2}) ([0-9]{4}) [0-9:]{8} GMT[+-][0-9]{4}(?: \([^)]*\))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PIVOT = 70  # 69 is 2069 and 70 is 1970, as POSIX reads years of two figures
_YEARS = range(1000, 2200)


def of(year: int, month: int, day: int) -> date | None:
    """Return the day of the calendar, or None if there is none such between 1000 and 2200."""
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def us_date(words: str) -> date | None:
    """Return the day of "3/30/09" or "03/30/2009": month, day, year."""
    match = _US.fullmatch(words.strip())
    return of(_year(match[3]), int(match[1]), int(match[2])) if match else None


def uk_date(words: str) -> date | None:
    """Return the day of "30/3/09" or "30.03.2009": day, month, year."""
    match = _UK.fullmatch(words.strip())
    return of(_year(match[4]), int(match[3]), int(match[1])) if match else None


def _year(figures: str) -> int:
    year = int(figures)
    return year if len(figures) == 4 else year + (2000 if year < _PIVOT else 1900)


def iso_date(words: str) -> date | None:
    """Return the day of "2009-03-30"; a time of day beside it changes nothing, and shifts nothing."""
    match = _ISO.fullmatch(words.strip())
    return of(*(int(part) for part in match.groups())) if match else None


def compact_date(words: str) -> date | None:
    """Return the day of "17800112"."""
    match = _COMPACT.fullmatch(words.strip())
    return of(*(int(part) for part in match.groups())) if match else None


def script_date(words: str) -> date | None:
    """Return the day that "Mon Aug 08 2016 00:00:00 GMT+0000 (UTC)" names."""
    match = _SCRIPT.fullmatch(words.strip())
    if match is None or match[1] not in _MONTHS:
        return None
    return of(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))


def days_after(start: date, days: str) -> date | None:
    """Return the day that lies ``days`` ("-246") after ``start``."""
    if not re.fullmatch(r"-?[0-9]{1,6}", days.strip()):
        return None
    try:
        day = start + timedelta(days=int(days))
    except OverflowError:
        return None
    return day if day.year in _YEARS else None


def on_day(day: date | None, raw: str = "") -> When:
    """Return a known day; unknown, with the source's words, if there is none."""
    return When(day, "day") if day else When(raw=raw)

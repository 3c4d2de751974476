"""The fields for a date: as much of it as is known, in a form that everybody reads the same way."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.law.dates import MONTHS, PartialDate
from cases.law.vocabulary import Precision

HOW = "Write it as 2024-07-12, or 12 July 2024; 2024-07 or 2024 if that is all that is known; “unknown” if nothing is."
MISSING = "Enter the date, as 2024-07-12. If no source gives one, write “unknown”."
AMBIGUOUS = "07/12/2024 is July to some and December to others. Write it as 2024-07-12."
NO_DAY = "There is no such day."
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WORDS = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})")
_SHORT = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_LONG = {month.lower(): number for number, month in enumerate(MONTHS, 1)} | _SHORT | {"sept": 9}


def read_day(typed: str) -> PartialDate:
    """Return what was typed as a date with its precision. Raises ``ValidationError`` with what to write instead."""
    text = " ".join(typed.replace("\0", "").split()).lower()
    if not text:
        raise ValidationError(MISSING)
    if text == "unknown":
        return PartialDate(None, Precision.UNKNOWN)
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", text):
        raise ValidationError(AMBIGUOUS)
    year, month, day = _parts(text)
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    try:
        return PartialDate(date(year, month or 1, day or 1), precision)
    except ValueError as refusal:
        raise ValidationError(NO_DAY) from refusal


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day; zero for what is not said."""
    if not text.isascii():
        raise ValidationError(HOW)
    if iso := _ISO.fullmatch(text):
        month, day = int(iso[2] or 0), int(iso[3] or 0)
        if (iso[2] and not month) or (iso[3] and not day):
            raise ValidationError(NO_DAY)
        return int(iso[1]), month, day
    words = _WORDS.fullmatch(text)
    if words is None or words[2] not in _LONG or (words[1] and words[3]):
        raise ValidationError(HOW)
    return int(words[4]), _LONG[words[2]], int(words[1] or words[3] or 0)


def written(when: PartialDate) -> str:
    """Return a date as it is typed: "2024-07-12", "2024-07", "2024" or "unknown"."""
    if when.start is None or not when.is_known:
        return "unknown"
    return when.start.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[when.precision]]


class PartialDateField(forms.CharField):
    """A date of which the day, the month, the year or nothing is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return a ``PartialDate``."""
        return read_day(str(super().clean(value) or ""))


class IsoDateField(forms.DateField):
    """A day, written 2024-07-12 and in no other way."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": "2024-07-12", "inputmode": "numeric", "size": 11})
        wrong = {"invalid": "Write it as 2024-07-12."}
        super().__init__(required=False, widget=widget, input_formats=["%Y-%m-%d"], error_messages=wrong, **kwargs)

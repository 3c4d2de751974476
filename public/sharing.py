"""What others may take along of a page: the words of a shared link, a citation, the address of a feed.

A preview of a shared link is kept by others for months, so it tells no status and no outcome: they may change.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from cases.law.dates import day_words
from cases.templatetags.record import unmarked


@dataclass(frozen=True, slots=True)
class Share:
    """The preview of a shared link."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Cite:
    """How a page is cited as it stood on a day; ``feed`` is where to follow it, if anywhere."""

    title: str
    day: str
    url: str
    feed: str = ""
    has_acts: bool = True


def citation(request: HttpRequest, title: str, day: date, *, feed: str = "", has_acts: bool = True) -> Cite:
    """The citation of the page that ``request`` asked for, read at ``day``; ``has_acts``: it lists acts."""
    address = request.build_absolute_uri(f"{request.path}?as_of={day.isoformat()}")
    return Cite(unmarked(title), day_words(day), address, feed, has_acts)

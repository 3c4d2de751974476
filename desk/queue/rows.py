"""One row of the queue: what it is, where it is seen to, and the one button it may have."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from cases.models import Event
from desk.marks import mark_of
from desk.publishing import Line, Publishable, address_of, noun_of

A_LIST = 10  # rows of one list; the rest is a link to the list of all


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to see to. ``do`` is the button's deed (``desk.tending``), with its words.

    ``mark`` is that of what is shown (``desk.marks``). ``became`` is a scheduled act of which one press says what
    became of it (``desk.hearings``).
    """

    noun: str
    title: str
    url: str
    words: str = ""
    home: str = ""
    lines: tuple[Line, ...] = ()
    tend_url: str = ""
    do: str = ""
    label: str = ""
    became: Event | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Many things that are seen to together: what they have in common, how many, and where all of them are."""

    title: str
    total: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One list of the queue, with its heading, and where all of it is.

    A long list of what is not urgent has ``groups`` and no rows: it is folded. ``hint`` says what its link is for.
    """

    heading: str
    rows: tuple[Row, ...]
    more: str = ""
    total: int = 0
    groups: tuple[Group, ...] = ()
    hint: str = ""

    @property
    def anchor(self) -> str:
        """The id of the list on the page."""
        return f"queue-{slugify(self.heading)}"


def row_of(thing: Publishable, words: str = "", *, lines: tuple[Line, ...] = (), do: str = "", label: str = "") -> Row:
    """Return the row of an act, a case or a matter; of an act its case or matter has to be loaded."""
    home = getattr(thing, "case", None) or getattr(thing, "matter", None) if noun_of(thing) == "act" else None
    return Row(
        noun=noun_of(thing),
        title=str(thing),
        url=address_of(thing),
        words=words,
        home=str(home or ""),
        lines=lines,
        tend_url=reverse("admin:tend", args=[noun_of(thing), thing.pk]) if do else "",
        do=do,
        label=label,
        mark=mark_of(thing) if do else "",
    )

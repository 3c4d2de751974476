"""The read model of a case or matter: frozen entries in a total order, each with what it did and its sources.

One builder serves pages, previews, files and feeds. It asks the database nothing: everything it
needs is in the dossier. Oldest first; acts without a date stand apart, after the dated ones.
"""

from dataclasses import dataclass, field
from datetime import date

from cases.law.dates import PartialDate


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One citation as a reader sees it. ``stance`` is "supports" or "contradicts"."""

    publisher: str
    title: str
    url: str
    kind_label: str
    stance: str = "supports"
    quote: str = ""
    locator: str = ""
    relayed_from: str = ""
    note: str = ""
    archive_url: str = ""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What an act did to one charge. ``mark`` is the outcome's look, a suffix of a CSS class (see ``mark_of``)."""

    charge_id: int
    defendant_id: int
    defendant: str
    charge: str
    before: str
    after: str
    term: str
    mark: str
    void: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the timeline.

    ``counts`` is false for an act that was scheduled, cancelled or continued: it changes nothing.
    ``status_after`` is the case's status in words once the act was done; empty if it did not change.
    ``sentence`` holds the sentence's parts in words. ``draft`` is true only in an editor's preview.
    ``caution`` says in words what is imprecise about the date or order; empty if nothing is.
    """

    id: int
    case_id: int | None
    case_caption: str
    case_url: str
    when: PartialDate
    category: str
    category_label: str
    kind: str
    kind_label: str
    title: str
    text: str = ""
    decision_label: str = ""
    occurrence_label: str = ""
    counts: bool = True
    actor: str = ""
    actor_url: str = ""
    defendants: tuple[tuple[int, str], ...] = ()
    effects: tuple[EffectLine, ...] = ()
    sentence: tuple[str, ...] = ()
    status_after: str = ""
    sources: tuple[SourceLine, ...] = ()
    caution: str = ""
    draft: bool = False

    @property
    def anchor(self) -> str:
        """The entry's id on a page: its permalink's fragment."""
        return f"act-{self.id}"

    @property
    def is_key(self) -> bool:
        """Whether it changed a charge, and so stands out."""
        return bool(self.effects) or bool(self.sentence)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries oldest first, those without any date apart, and the day the record is read at."""

    as_of: date
    entries: tuple[Entry, ...] = ()
    undated: tuple[Entry, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.entries) + len(self.undated)

"""The timeline as a page lists it: chosen by the reader, grouped by year, its sources numbered once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from cases import choices
from cases.dossier import Dossier
from cases.pages.asking import TimelineForm
from cases.pages.parts import WITHHELD, caption_of
from cases.timeline import Entry, SourceLine, Timeline


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A citation with the number of its source in the list at the foot of the page."""

    number: int
    line: SourceLine

    @property
    def name(self) -> str:
        """Who publishes it, or its title, in few words: the list of sources has all of them."""
        said = self.line.publisher or self.line.title
        return said if len(said) <= SHORT_NAME else f"{said[:SHORT_NAME].rsplit(' ', 1)[0].rstrip(',;:.(')} …"

    @property
    def contradicts(self) -> bool:
        """Whether the source says otherwise than the act does."""
        return self.line.stance == choices.Stance.CONTRADICTS


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source in the list, with the acts it is cited for: pairs of fragment and headline."""

    number: int
    line: SourceLine
    cited_for: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One act as listed: the entry, the look it stands out with, its case (on a matter's page), its sources."""

    entry: Entry
    mark: str
    caption: str
    sources: tuple[SourceRef, ...]
    quotes: tuple[SourceRef, ...]

    @property
    def classes(self) -> str:
        """The CSS classes that tell a reader at a glance what sort of entry this is."""
        names = ["ev"]
        if self.entry.is_key:
            names += ["key", f"o-{self.mark}"]
        if not self.entry.counts:
            names.append("not-held")
        if self.entry.draft:
            names.append("draft")
        return " ".join(names)

    @property
    def disputed(self) -> bool:
        """Whether a source contradicts the act."""
        return any(ref.contradicts for ref in self.sources)


@dataclass(frozen=True, slots=True)
class Year:
    """The acts of one year, in the order asked for."""

    year: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter: its value, its words, how many acts it holds, whether it is ticked."""

    value: str
    label: str
    count: int
    chosen: bool


SHORT_NAME = 44  # letters
LONG, FIRST = 60, 30  # a list of more than LONG acts begins with FIRST of them; the rest is there for the asking


@dataclass(frozen=True, slots=True)
class Record:
    """The list of acts that a reader asked for. ``total`` counts what there is without filters.

    ``cut`` acts are asked for and not listed yet, because the list is long.
    """

    years: tuple[Year, ...]
    undated: tuple[Line, ...]
    shown: int
    total: int
    oldest_first: bool
    kinds: tuple[Option, ...]
    defendants: tuple[Option, ...]
    sources: tuple[NumberedSource, ...]
    cut: int = 0
    whole: bool = False

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is in force."""
        return any(option.chosen for option in (*self.kinds, *self.defendants))


def defendant_keys(dossiers: Iterable[Dossier]) -> dict[int, tuple[str, str]]:
    """For each defendant's id the value and the name a filter offers; one person in several cases is one choice.

    A withheld name has a number for its value: the person's address would give the name away.
    """
    keys: dict[int, tuple[str, str]] = {}
    for dossier in dossiers:
        rows = (*dossier.defendants, *(dossier.sealed_defendants if dossier.drafts else ()))
        for row in rows:
            if dossier.may_name(row):
                keys[row.pk] = (row.person.slug, row.person.name)
            else:
                keys[row.pk] = (f"{row.pk}", f"{WITHHELD} ({row.position})")
    return keys


def record_of(timeline: Timeline, dossiers: tuple[Dossier, ...], form: TimelineForm, *, name_case: bool) -> Record:
    """Return the acts that ``form`` asks for. ``name_case`` tells each act's case, on a matter's page, and may leave
    a long list unfinished there: an act's permanent address is on the page of its case.
    """
    keys = {pk: value for pk, (value, _) in defendant_keys(dossiers).items()}
    everything = (*timeline.entries, *timeline.undated)
    numbers = _numbers(everything)
    captions = {d.case.pk: caption_of(d.case, drafts=d.drafts) for d in dossiers} if name_case else {}
    whom, kinds = form.asked("defendant"), form.asked("kind")

    def asked_for(entry: Entry) -> bool:
        concerned = {keys[pk] for pk, _ in entry.defendants if pk in keys}
        return (not kinds or entry.category in kinds) and (not whom or not concerned or bool(concerned & whom))

    looks = _looks(everything, dossiers)

    def line(entry: Entry) -> Line:
        refs = tuple(SourceRef(numbers[_key(source)], source) for source in entry.sources)
        quotes = tuple(ref for ref in refs if ref.line.quote)
        return Line(entry, looks[entry.id], captions.get(entry.case_id or 0, ""), refs, quotes)

    dated = [line(entry) for entry in timeline.entries if asked_for(entry)]
    undated = tuple(line(entry) for entry in timeline.undated if asked_for(entry))
    if not form.oldest_first:
        dated.reverse()
    asked, is_long = len(dated) + len(undated), name_case and len(dated) > LONG and not form.wants_all
    if is_long:
        dated, undated = dated[:FIRST], ()
    years = tuple(Year(year, tuple(lines)) for year, lines in groupby(dated, key=lambda one: _year(one.entry)))
    return Record(
        years=years,
        undated=undated,
        shown=asked,
        total=len(timeline),
        oldest_first=form.oldest_first,
        kinds=_kinds(everything, kinds),
        defendants=_defendants(everything, dossiers, whom),
        sources=_sources(everything, numbers),
        cut=asked - len(dated) - len(undated),
        whole=form.wants_all,
    )


def _looks(entries: Iterable[Entry], dossiers: tuple[Dossier, ...]) -> dict[int, str]:
    """The look each act stands out with: that of its effects, or for a sentence that of the charges it punishes.

    Where they differ the look is neutral, so that a conviction never hides an acquittal.
    """
    rows = {event.pk: event for dossier in dossiers for event in dossier.acts}
    present: dict[int, str] = {}
    looks: dict[int, str] = {}
    for entry in entries:
        present.update((effect.charge_id, effect.mark) for effect in entry.effects)
        marks = {effect.mark for effect in entry.effects}
        if not marks and entry.sentence and entry.id in rows:
            charged = {part.charge_id for part in rows[entry.id].sentence_parts.all()}
            marks = {present[charge] for charge in charged if charge in present}
        looks[entry.id] = marks.pop() if len(marks) == 1 else "closed"
    return looks


def _year(entry: Entry) -> int:
    return entry.when.earliest.year


def _key(source: SourceLine) -> tuple[str, str, str]:
    return (source.url, source.publisher, source.title)


def _numbers(entries: Iterable[Entry]) -> dict[tuple[str, str, str], int]:
    """Number each source once, in the order in which the record first cites it."""
    numbers: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        for source in entry.sources:
            numbers.setdefault(_key(source), len(numbers) + 1)
    return numbers


def _sources(entries: Iterable[Entry], numbers: Mapping[tuple[str, str, str], int]) -> tuple[NumberedSource, ...]:
    first: dict[int, SourceLine] = {}
    cited: dict[int, dict[str, str]] = {}
    for entry in entries:
        for source in entry.sources:
            number = numbers[_key(source)]
            first.setdefault(number, source)
            cited.setdefault(number, {})[entry.anchor] = entry.title
    return tuple(NumberedSource(n, first[n], tuple(cited[n].items())) for n in sorted(first))


def _kinds(entries: Iterable[Entry], chosen: frozenset[str]) -> tuple[Option, ...]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.category] = counts.get(entry.category, 0) + 1
    return tuple(
        Option(slug, label, counts.get(slug, 0), slug in chosen)
        for slug, label in choices.CATEGORIES
        if slug in counts or slug in chosen
    )


def _defendants(entries: Iterable[Entry], dossiers: tuple[Dossier, ...], chosen: frozenset[str]) -> tuple[Option, ...]:
    keys = defendant_keys(dossiers)
    counts: dict[str, set[int]] = {}
    for entry in entries:
        for pk, _ in entry.defendants:
            if pk in keys:
                counts.setdefault(keys[pk][0], set()).add(entry.id)
    return tuple(
        Option(value, name, len(counts.get(value, ())), value in chosen)
        for value, name in dict(keys.values()).items()
        if value in counts or value in chosen
    )

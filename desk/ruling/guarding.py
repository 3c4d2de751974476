"""What stands between an act and the public, told before it is written: each with the place where it is mended."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from cases.choices import Editorial, SourceKind
from cases.dossier import Dossier
from cases.guard import Item, Weight
from cases.guard.unstored import items_unstored
from cases.models import Event, Outcome, SentencePart
from desk.publishing import WEIGHTS, Line, address_of
from desk.ruling.docket import Docket
from desk.ruling.drafts import Draft
from desk.ruling.foresight import with_acts

NOT_PUBLIC = (
    "“{}” brought what this decides, and is not public yet. Publish it first: an outcome of a charge that nobody can "
    "read of can not be public."
)
Places = tuple[tuple[str, str, str], ...]
# The field of the screen in which an item about the act itself is mended, by its code or by the first words that fit.
# The last is where anything else is.
_FIELDS: Places = (
    ("no_source", "", "id_source-0-source"),
    ("one_report", "", "id_source-0-source"),
    ("told_before", "", "id_source-0-source"),
    ("order_uncertain", "", "id_sequence"),
    ("", "The headline", "id_headline"),
    ("", "The text", "id_text"),
    ("", "The note of an outcome", "id_apart-0-note"),
    ("", "The note of a part", "id_part-0-note"),
    ("", "A quotation", "id_source-0-quote"),
    ("", "The name of a source", "id_source-0-title"),
    ("", "", "id_headline"),
)


def lines(docket: Docket, drafts: Sequence[Draft], *, places: Places = _FIELDS) -> list[Line]:
    """Return what the guard will say of the acts once they are entered, what forbids them first.

    ``places`` says in which fields of the form its items are mended.
    """
    acts = [_without_tips(draft.as_if_stored(number)) for number, draft in enumerate(drafts)]
    records = {pk: with_acts(_as_if_brought(found, drafts), acts) for pk, found in docket.entered.items()}
    found = items_unstored(acts, records)
    return [*dict.fromkeys(_unpublished(docket, drafts)), *dict.fromkeys(_line(item, acts, places) for item in found)]


def _without_tips(act: Event) -> Event:
    """Leave out the tips among its sources, as the guard does: nothing that is public rests on one."""
    act.sourced = [one for one in act.sourced if one.source.kind != SourceKind.TIP]  # type: ignore[attr-defined]  # loaded by guard.reading
    return act


def _as_if_brought(dossier: Dossier, drafts: Sequence[Draft]) -> Dossier:
    """Return a record in which what is decided is brought in public: that it is not yet, is told once, and by itself.

    Else the words of a verdict would be blamed too: of a charge that nobody brought nobody is found guilty.
    """
    brought = {row.charge.created_by_id for draft in drafts for row in draft.outcomes}
    brought |= {row.charge.created_by_id for draft in drafts for row in draft.parts}
    acts = []
    for act in dossier.acts:
        if act.pk in brought and act.editorial_state != Editorial.PUBLISHED:
            act = copy(act)  # noqa: PLW2901 - the same act, as it will be
            act.editorial_state = Editorial.PUBLISHED
        acts.append(act)
    return replace(dossier, acts=tuple(acts), _answers={})


def _unpublished(docket: Docket, drafts: Sequence[Draft]) -> Iterator[Line]:
    """Yield the acts that brought what is decided, where nobody can read of them yet."""
    rows: list[Outcome | SentencePart] = [row for draft in drafts for row in draft.outcomes]
    rows += [row for draft in drafts for row in draft.parts]
    stored = {act.pk: act for record in docket.entered.values() for act in record.acts}
    for row in rows:
        bringing = stored.get(row.charge.created_by_id)
        if bringing is not None and bringing.editorial_state != Editorial.PUBLISHED:
            yield Line(WEIGHTS[Weight.MUST], NOT_PUBLIC.format(bringing.title), address_of(bringing))


def _line(item: Item, acts: Sequence[Event], places: Places) -> Line:
    here = item.row in acts or item.row.pk is None or (isinstance(item.row.pk, int) and item.row.pk < 0)
    if not here:
        return Line(WEIGHTS[item.weight], item.words, address_of(item.row))
    fits = (at for code, lead, at in places if item.code == code or (not code and item.words.startswith(lead)))
    return Line(WEIGHTS[item.weight], item.words, f"#{next(fits)}")


def told(words: Sequence[str], docket: Docket, known: Sequence[Line]) -> list[Line]:
    """Return sentences that a verb refused with, each with the link to where it is mended, as far as that is known."""
    by_words = {line.words: line for line in known}
    return [by_words.get(one) or Line("", one, _address(one, docket)) for one in words]


def _address(words: str, docket: Docket) -> str:
    """Return the page of the act that a sentence names; "" where it names none of these cases."""
    rows = Event.objects.filter(case__in=[case.pk for case in docket.places]).order_by("pk")
    return next((address_of(act) for act in rows if f"“{act.title}”" in words), "")

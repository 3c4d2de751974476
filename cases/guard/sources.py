"""What an act rests on: a source at all, and more than one press report where it convicts or lets go."""

from collections.abc import Iterator, Sequence

from cases.choices import SourceKind, Stance
from cases.guard.items import Item, Weight
from cases.law.vocabulary import Category, Occurrence
from cases.models import Citation, Event, Source

PRESS = frozenset(
    {
        SourceKind.NEWS_AGENCY,
        SourceKind.NEWS_REPORT,
        SourceKind.BROADCAST,
        SourceKind.SOCIAL_POST,
        SourceKind.BOOK_OR_STUDY,
        SourceKind.REFERENCE_DATABASE,
    }
)
_GRAVE = frozenset({"conviction", "non_conviction"})


def needs_source(act: Event) -> str:
    """Return the sentence for an act that no source supports."""
    return (
        f"“{act.title}” can not be public without a source that supports it, and a tip is none. "
        "Add such a citation, or leave the act unpublished."
    )


def source_items(act: Event) -> Iterator[Item]:
    """Yield what is amiss with the sources of an act, loaded as ``reading`` loads it (``sourced``: without tips)."""
    supporting = [one for one in act.sourced if one.stance == Stance.SUPPORTS]  # type: ignore[attr-defined]  # loaded by guard.reading
    if not supporting:
        yield Item("no_source", needs_source(act), act, Weight.MUST)
        return
    if _is_told_beforehand(act, supporting):
        yield Item(
            "told_before",
            f"“{act.title}” is said to have been held, and all that is cited is older than its day. Cite what says "
            "that it took place.",
            act,
            Weight.LOOK,
        )
    grave = {outcome.disposition.cls for outcome in act.outcomes.all()} & _GRAVE
    if not grave or any(one.source.kind not in PRESS for one in supporting):
        return
    told = {one.relayed_from.strip().casefold() or _origin(one.source) for one in supporting}
    if len(told) < 2:
        ended = "convicts" if "conviction" in grave else "ends a charge without a conviction"
        yield Item(
            "one_report",
            f"“{act.title}” {ended}, and rests on one press report only. Cite the order, or a second report that does "
            "not repeat the first.",
            act,
        )


def _is_told_beforehand(act: Event, supporting: Sequence[Citation]) -> bool:
    """Whether a hearing that was held rests on sources alone that were published before its day."""
    if act.category != Category.HEARING or act.occurrence != Occurrence.HELD or not act.when.is_known:
        return False
    days = [one.source.published_on for one in supporting]
    return all(day is not None and day < act.when.earliest for day in days)


def _origin(source: Source) -> int:
    """Return the report that a report repeats, as far as the record knows; of a ring always the same one."""
    seen: set[int] = set()
    while source.pk not in seen:
        seen.add(source.pk)
        if source.relays is None:
            return source.pk
        source = source.relays
    return min(seen)

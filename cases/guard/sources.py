"""What an act rests on: a source at all, and more than one press report where it convicts or lets go."""

from collections.abc import Iterator

from cases.choices import SourceKind, Stance
from cases.guard.items import Item, Weight
from cases.models import Event, Source

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
    supporting = [one for one in act.sourced if one.stance == Stance.SUPPORTS]  # type: ignore[attr-defined]
    if not supporting:
        yield Item("no_source", needs_source(act), act, Weight.MUST)
        return
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


def _origin(source: Source) -> int:
    """Return the report that a report repeats, as far as the record knows; of a ring always the same one."""
    seen: set[int] = set()
    while source.pk not in seen:
        seen.add(source.pk)
        if source.relays is None:
            return source.pk
        source = source.relays
    return min(seen)

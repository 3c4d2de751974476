"""The order of acts: which act certainly came before another, and one order that never depends on entry.

Acts are ordered by date, then by the sequence an editor set, then, on one day, by category:
filing < hearing < ruling < verdict < judgment < sentence < notice of appeal. Where two ranges
overlap and no sequence is set, neither precedes the other: whoever asks must not guess.
"""

from collections.abc import Iterable
from datetime import date

from cases.law.facts import Act
from cases.law.vocabulary import Category, DayRank, Occurrence

_RANKS = {
    Category.INCIDENT: DayRank.BEFORE,
    Category.FILING: DayRank.FILING,
    Category.HEARING: DayRank.HEARING,
    Category.RULING: DayRank.RULING,
    Category.VERDICT: DayRank.VERDICT,
    Category.JUDGMENT: DayRank.JUDGMENT,
    Category.SENTENCE: DayRank.SENTENCE,
}
_AFTER_THE_DECISION = frozenset({"notice_of_appeal", "withdrawal_of_appeal", "petition_for_review"})

SortKey = tuple[date, int, int, date, str, str, str]


def day_rank(act: Act) -> DayRank:
    """Return the place of an act among those of the same day."""
    if act.kind in _AFTER_THE_DECISION:
        return DayRank.AFTER
    return _RANKS.get(act.category, DayRank.AFTER)


def counts(act: Act, as_of: date) -> bool:
    """Return whether the act counts on ``as_of``: it was held, and can have happened by then."""
    return act.occurrence is Occurrence.HELD and act.on.began_by(as_of)


def precedes(first: Act, second: Act) -> bool:
    """Return whether ``first`` certainly came before ``second``."""
    if first.on.latest < second.on.earliest:
        return True
    if second.on.latest < first.on.earliest:
        return False
    if first.sequence is not None and second.sequence is not None and first.sequence != second.sequence:
        return first.sequence < second.sequence
    one_day = first.on.earliest == first.on.latest == second.on.earliest == second.on.latest
    return one_day and day_rank(first) < day_rank(second)


def _key(act: Act) -> SortKey:
    return (
        act.on.earliest,
        act.sequence or 0,
        day_rank(act),
        act.on.latest,
        f"{act.category}/{act.kind}",
        act.title,
        str(act.id),
    )


def in_order(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the acts in one order that respects every certain precedence and never the order of entry.

    Contradictory sequences (1 before 2 before 3 before 1) do not raise: the earliest date goes first.
    """
    waiting = sorted(acts, key=_key)
    if not any(act.sequence is not None for act in waiting):
        return tuple(waiting)
    followers, blockers = _precedence(waiting)
    placed: list[Act] = []
    open_places = list(range(len(waiting)))
    while open_places:
        place = next((i for i in open_places if not blockers[i]), open_places[0])
        open_places.remove(place)
        placed.append(waiting[place])
        for follower in followers[place]:
            blockers[follower].discard(place)
    return tuple(placed)


def _precedence(acts: list[Act]) -> tuple[list[set[int]], list[set[int]]]:
    """Return, for each place, the places that follow it and those that must come before it."""
    followers: list[set[int]] = [set() for _ in acts]
    blockers: list[set[int]] = [set() for _ in acts]
    for i, first in enumerate(acts):
        for j in range(i + 1, len(acts)):
            second = acts[j]
            if precedes(first, second):
                followers[i].add(j)
                blockers[j].add(i)
            elif precedes(second, first):
                followers[j].add(i)
                blockers[i].add(j)
    return followers, blockers

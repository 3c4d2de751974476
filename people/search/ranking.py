"""Putting the names found in order: exact before fuzzy, who has a case before who has none, ties always the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from people.search.asking import SUFFIXES
from people.search.fetching import Row
from people.search.senses import How, Reading, Sense

A_NAME_AT_FIRST = 3  # persons of one name that are listed before the next, less like name


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found, by the name that agrees best. ``kind`` is empty for the published name.

    ``how`` is the least good agreement of a word: why this person is listed, and no better. ``cost`` says how far
    all words together are from what was typed.
    """

    person_id: int
    name_id: int | None
    text: str
    kind: str
    how: How
    whole: bool
    standing: int
    cost: float = 0.0

    @property
    def is_exact(self) -> bool:
        """Whether every word typed stands in the name."""
        return self.how <= How.JOINED


@dataclass(frozen=True, slots=True)
class _Judged:
    row: Row
    how: How
    cost: float
    left_over: int

    @property
    def tier(self) -> int:
        """0: the whole name; 1: every word; 2: nicknames, beginnings, initials; 3: misspelt; 4: a word missing."""
        if self.how <= How.JOINED:
            return 1 if self.left_over else 0
        return 2 if self.how <= How.INITIAL else 3 if self.how < How.MISSING else 4


def rank(rows: Iterable[Row], readings: Sequence[Reading]) -> list[Hit]:
    """Return one hit for each person, best first."""
    best: dict[int, tuple[tuple[object, ...], _Judged]] = {}
    for row in rows:
        judged = min((_judge(row, reading) for reading in readings), key=_worth)
        worth = (*_worth(judged), row.name_id or 0)
        if row.person_id not in best or worth < best[row.person_id][0]:
            best[row.person_id] = (worth, judged)
    in_order = [judged for _, judged in sorted(best.values(), key=lambda pair: (pair[0][:4], _tie(pair[1].row)))]
    return [
        Hit(
            one.row.person_id,
            one.row.name_id,
            one.row.text,
            one.row.kind,
            one.how,
            one.tier == 0,
            one.row.standing,
            one.cost,
        )
        for one in _each_name_in_turn(in_order)
    ]


def _worth(judged: _Judged) -> tuple[float, ...]:
    return (judged.tier, judged.cost, -judged.row.standing, judged.left_over)


def _tie(row: Row) -> tuple[str, int]:
    return (row.sorted, row.person_id)


def _each_name_in_turn(hits: list[_Judged]) -> list[_Judged]:
    """Let no common name fill the page where the one that is meant is not certain."""
    seen: dict[str, int] = {}
    first: list[_Judged] = []
    later: list[_Judged] = []
    for hit in hits:
        seen[hit.row.sorted] = seen.get(hit.row.sorted, 0) + 1
        (first if hit.tier < 2 or seen[hit.row.sorted] <= A_NAME_AT_FIRST else later).append(hit)
    return first + later


def _judge(row: Row, reading: Reading) -> _Judged:
    tokens = row.folded.split()
    left = list(enumerate(tokens))
    worst, cost = How.EXACT, 0.0
    for at, sense in sorted(enumerate(reading), key=lambda pair: pair[1].word.text not in tokens):
        how, elsewhere, place, token = min(
            ((_meeting(sense, token, in_place=at == place), at != place, place, token) for place, token in left),
            default=(How.MISSING, True, -1, ""),
        )
        if how is How.MISSING:
            token = ""
        else:
            left.remove((place, token))
        if how is not How.MISSING or not sense.word.dispensable:
            worst = max(worst, how)
        cost += sense.cost(token, how, in_place=not elsewhere)
    return _Judged(row, worst, cost, sum(token not in SUFFIXES for _, token in left))


def _meeting(sense: Sense, token: str, *, in_place: bool) -> How:
    how = sense.meets(token)
    # A middle initial is not the person who was typed as "A. Reese".
    return How.INITIAL if how is How.EXACT and len(token) == 1 and not in_place else how

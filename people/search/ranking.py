"""Putting the names found in order: exact before fuzzy, who has a case before who has none, ties always the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


class _Agreement(NamedTuple):
    """How well the words of a name agree with those typed, and how many of its words were not typed."""

    how: How
    cost: float
    left_over: int

    @property
    def tier(self) -> int:
        """0: the whole name; 1: every word; 2: nicknames, beginnings, initials; 3: misspelt; 4: a word missing."""
        if self.how <= How.JOINED:
            return 1 if self.left_over else 0
        return 2 if self.how <= How.INITIAL else 3 if self.how < How.MISSING else 4


class _Judged(NamedTuple):
    row: Row
    agreement: _Agreement
    tier: int


def rank(rows: Iterable[Row], readings: Sequence[Reading]) -> list[Hit]:
    """Return one hit for each person, best first."""
    agreements: dict[str, tuple[_Agreement, int]] = {}  # many bear one name: it is judged once
    best: dict[int, tuple[tuple[float, ...], _Judged]] = {}
    for row in rows:
        judged = agreements.get(row.folded)
        if judged is None:
            judged = agreements[row.folded] = _best_agreement(row.folded, readings)
        agreement, tier = judged
        worth = (tier, agreement.cost, -row.standing, agreement.left_over, row.name_id or 0)
        if row.person_id not in best or worth < best[row.person_id][0]:
            best[row.person_id] = (worth, _Judged(row, agreement, tier))
    in_order = sorted(best.values(), key=lambda pair: (pair[0][:4], pair[1].row.sorted, pair[1].row.person_id))
    return [_hit(judged) for judged in _each_name_in_turn([judged for _, judged in in_order])]


def _hit(judged: _Judged) -> Hit:
    row, (how, cost, _) = judged.row, judged.agreement
    return Hit(row.person_id, row.name_id, row.text, row.kind, how, judged.tier == 0, row.standing, cost)


def _best_agreement(folded: str, readings: Sequence[Reading]) -> tuple[_Agreement, int]:
    tokens = folded.split()
    found = [(agreement, agreement.tier) for agreement in (_agreement(tokens, reading) for reading in readings)]
    return min(found, key=lambda pair: (pair[1], pair[0].cost, pair[0].left_over))


def _each_name_in_turn(hits: list[_Judged]) -> list[_Judged]:
    """Let no common name fill the page where the one that is meant is not certain."""
    seen: dict[str, int] = {}
    first: list[_Judged] = []
    later: list[_Judged] = []
    for hit in hits:
        seen[hit.row.sorted] = seen.get(hit.row.sorted, 0) + 1
        (first if hit.tier < 2 or seen[hit.row.sorted] <= A_NAME_AT_FIRST else later).append(hit)
    return first + later


def _agreement(tokens: Sequence[str], reading: Reading) -> _Agreement:
    left = list(enumerate(tokens))
    worst, cost = How.EXACT, 0.0
    # Words that stand in the name as they were typed choose first.
    for at, sense in sorted(enumerate(reading), key=lambda pair: pair[1].word.text not in tokens):
        found = None
        for place, token in left:
            met = (_meeting(sense, token, in_place=at == place), at != place, place, token)
            if found is None or met < found:
                found = met
        if found is None or found[0] is How.MISSING:
            how, elsewhere, token = How.MISSING, True, ""
        else:
            how, elsewhere, place, token = found
            left.remove((place, token))
        if how is not How.MISSING or not sense.word.dispensable:
            worst = max(worst, how)
        cost += sense.cost(token, how, in_place=not elsewhere)
    return _Agreement(worst, cost, sum(token not in SUFFIXES for _, token in left))


def _meeting(sense: Sense, token: str, *, in_place: bool) -> How:
    how = sense.meets(token)
    # A middle initial is not the person who was typed as "A. Reese".
    return How.INITIAL if how is How.EXACT and len(token) == 1 and not in_place else how

"""Putting the names found in order: exact before fuzzy, who has a case before who has none, ties always the same."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from people.search.asking import SUFFIXES
from people.search.fetching import Row
from people.search.senses import COST, ELSEWHERE, IN_PLACE, MISSING_DISPENSABLE, How, Reading, Sense

EXACT, JOINED, INITIAL, MISSING = How.EXACT, How.JOINED, How.INITIAL, How.MISSING  # read a thousand times a search
A_NAME_AT_FIRST = 3  # persons of one name that are listed before the next, less like name


class Hit(NamedTuple):
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
    """How well the words of a name agree with those typed, and how many of its words were not typed.

    ``tier``: 0 is the whole name; 1: every word; 2: nicknames, beginnings, initials; 3: misspelt; 4: a word missing.
    """

    tier: int
    cost: float
    left_over: int
    how: How


_Worth = tuple[int, float, int, int, int]


def rank(rows: Iterable[Row], readings: Sequence[Reading], *, nearest: bool = False) -> list[Hit]:
    """Return one hit for each person, best first. Who lacks a word is left out, unless the ``nearest`` are meant.

    Keys do not tell all: a name may hold one word, and another with the first letter of the second.
    """
    base, others = readings[0], [(reading, _written_otherwise(reading)) for reading in readings[1:]]
    agreements: dict[str, _Agreement] = {}  # many bear one name: it is judged once
    best: dict[int, tuple[_Worth, Row]] = {}
    for row in rows:
        agreement = agreements.get(row.folded)
        if agreement is None:
            agreement = agreements[row.folded] = _best_agreement(row.folded, base, others)
        tier, cost, left_over, how = agreement
        if how is MISSING and not nearest:
            continue
        worth = (tier, cost, -row.standing, left_over, row.name_id or 0)
        if row.person_id not in best or worth < best[row.person_id][0]:
            best[row.person_id] = (worth, row)
    in_order = sorted(best.values(), key=lambda pair: (pair[0][:4], pair[1].sorted, pair[1].person_id))
    return [_hit(row, agreements[row.folded]) for row in _each_name_in_turn(in_order)]


def _hit(row: Row, agreement: _Agreement) -> Hit:
    tier, cost, _, how = agreement
    return Hit(row.person_id, row.name_id, row.text, row.kind, how, tier == 0, row.standing, cost)


def _written_otherwise(reading: Reading) -> set[str]:
    """Return the words, written apart or together otherwise than typed, that a name must have to agree."""
    return {
        sense.word.text
        for sense in reading
        if sense.forms.get(sense.word.text) is How.JOINED and not sense.word.dispensable
    }


def _best_agreement(folded: str, base: Reading, others: Iterable[tuple[Reading, set[str]]]) -> _Agreement:
    tokens = folded.split()
    best = _agreement(tokens, base)
    for reading, words in others:
        if words.issubset(tokens):
            best = min(best, _agreement(tokens, reading))
    return best


def _each_name_in_turn(in_order: Iterable[tuple[_Worth, Row]]) -> list[Row]:
    """Let no common name fill the page where the one that is meant is not certain."""
    seen: dict[str, int] = {}
    first: list[Row] = []
    later: list[Row] = []
    for worth, row in in_order:
        times = seen[row.sorted] = seen.get(row.sorted, 0) + 1
        (first if worth[0] < 2 or times <= A_NAME_AT_FIRST else later).append(row)
    return first + later


def _agreement(tokens: Sequence[str], reading: Reading) -> _Agreement:
    left = list(enumerate(tokens))
    worst, cost = How.EXACT, 0.0
    for at, sense in _choosing(tokens, reading):
        # The word of the name that agrees best: rather in its place, rather an early one.
        found, chosen = MISSING, None
        met = sense.met
        for pair in left:
            place, token = pair
            how = met.get(token)
            if how is None:
                how = sense.meets(token)
            # A middle initial is not the person who was typed as "A. Reese".
            if how is EXACT and place != at and len(token) == 1:
                how = INITIAL
            if how < found or (place == at and how == found and chosen is not None):
                found, chosen = how, pair
        if chosen is None:
            cost += MISSING_DISPENSABLE if sense.word.dispensable else COST[MISSING]
            worst = worst if sense.word.dispensable else MISSING
            continue
        left.remove(chosen)
        worst = max(worst, found)
        place, token = chosen
        if found is INITIAL and len(sense.word.text) == 1:
            cost += IN_PLACE if place == at else ELSEWHERE
        else:
            cost += COST[found] + sense.rarity.get(token, 0.0)
    left_over = 0
    for _, token in left:
        left_over += token not in SUFFIXES
    if worst <= JOINED:
        return _Agreement(1 if left_over else 0, cost, left_over, worst)
    return _Agreement(2 if worst <= INITIAL else 3 if worst < MISSING else 4, cost, left_over, worst)


def _choosing(tokens: Sequence[str], reading: Reading) -> Iterable[tuple[int, Sense]]:
    """Return the words typed, in the order in which they choose: first those that stand in the name."""
    senses = list(enumerate(reading))
    here = [pair for pair in senses if pair[1].word.text in tokens]
    return here + [pair for pair in senses if pair[1].word.text not in tokens] if here else senses

"""What a typed word may stand for: itself, a nickname, a beginning, an initial, a misspelling; and how far each is."""

from dataclasses import dataclass, field
from enum import IntEnum

from people.search.asking import Query, Word
from people.search.keys import EDGES, beginning, key
from people.search.nicknames import other_forms


class How(IntEnum):
    """How a typed word and a word of a name agree, the best first."""

    EXACT = 0
    JOINED = 1  # written apart in one, together in the other
    NICKNAME = 2
    BEGINNING = 3
    INITIAL = 4
    ONE_EDIT = 5
    TWO_EDITS = 6
    MISSING = 7


COST = {
    How.EXACT: 0.0,
    How.JOINED: 0.1,
    How.NICKNAME: 1.0,
    How.BEGINNING: 1.4,
    How.INITIAL: 2.5,
    How.ONE_EDIT: 2.0,
    How.TWO_EDITS: 4.0,
    How.MISSING: 6.0,
}
MISSING_DISPENSABLE = 0.5
IN_PLACE, ELSEWHERE = 1.0, 1.8  # a typed initial that begins the word at its own place in the name, or another word


@dataclass(slots=True)
class Sense:
    """One word of a query with every form of it that is looked for. ``begun``: its beginning is enough."""

    word: Word
    forms: dict[str, How] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    begun: bool = False
    initial: bool = False

    def add(self, form: str, how: How, rarity: float = 0.0) -> None:
        """Look for ``form`` too; what is known to agree better stays so."""
        if self.forms.get(form, How.MISSING) > how:
            self.forms[form] = how
            self.rarity[form] = rarity

    def keys(self) -> list[int]:
        """Return the keys of which a name must hold one."""
        found = {key(form) for form in self.forms}
        text = self.word.text
        if len(text) == 1 or (self.begun and len(text) <= EDGES):
            found.add(beginning(text))
        if self.initial:
            found.add(key(text[0]))
        return sorted(found)

    def meets(self, token: str) -> How:
        """Return how this word agrees with one word of a name."""
        how = self.forms.get(token)
        if how is not None:
            return how
        text = self.word.text
        if token.startswith(text) and (self.begun or len(text) == 1):
            return How.BEGINNING if len(text) > 1 else How.INITIAL
        if self.initial and len(token) == 1 and token == text[0]:
            return How.INITIAL
        return How.MISSING

    def cost(self, token: str, how: How, *, in_place: bool) -> float:
        """Return how far ``token`` is from what was typed: a rarer form is a little further."""
        if how is How.MISSING and self.word.dispensable:
            return MISSING_DISPENSABLE
        if how is How.INITIAL and len(self.word.text) == 1:
            return IN_PLACE if in_place else ELSEWHERE
        return COST[how] + self.rarity.get(token, 0.0)


Reading = list[Sense]


def plain_reading(query: Query) -> Reading:
    """Return the words as they stand, with their nicknames; a single letter is an initial."""
    reading = []
    for word in query.words:
        sense = Sense(word, {word.text: How.EXACT})
        for form in other_forms(word.text):
            sense.add(form, How.NICKNAME)
        reading.append(sense)
    return reading

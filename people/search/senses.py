"""What a typed word may stand for: itself, a nickname, a beginning, an initial, a misspelling; and how far each is."""

from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from people.search.asking import Query, Word
from people.search.keys import EDGES, beginning, beside, key, together
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
MOST_KEYS = 600  # looked for in one go
RARE_ENOUGH = 300  # names with a word, up to which it is looked for by itself
IN_PLACE, ELSEWHERE = 1.0, 1.8  # a typed initial that begins the word at its own place in the name, or another word


@dataclass(slots=True)
class Sense:
    """One word of a query with every form of it that is looked for. ``begun``: its beginning is enough."""

    word: Word
    forms: dict[str, How] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    begun: bool = False
    initial: bool = False
    rare: set[str] = field(default_factory=set)
    met: dict[str, How] = field(default_factory=dict, repr=False)

    def add(self, form: str, how: How, rarity: float = 0.0, frequency: int | None = None) -> None:
        """Look for ``form`` too; what is known to agree better stays so. ``frequency``: how many names have it."""
        if self.forms.get(form, How.MISSING) > how:
            self.forms[form] = how
            self.rarity[form] = rarity
        if frequency is not None and frequency <= RARE_ENOUGH:
            self.rare.add(form)

    def may_differ(self, most: How) -> bool:
        """Whether a name may have this word otherwise than it was typed, or a nickname, as far as ``most``."""
        if len(self.word.text) == 1:
            return False
        return self.is_open or any(How.NICKNAME < how <= most for how in self.forms.values())

    def as_typed(self) -> "Sense":
        """Return the same word just as it was typed, or by a nickname; or its initial."""
        return self if len(self.word.text) == 1 else self._closed(How.NICKNAME)

    def _closed(self, most: How) -> "Sense":
        forms = {form: how for form, how in self.forms.items() if how <= most}
        return Sense(self.word, forms, self.rarity, initial=self.initial, rare=self.rare)

    def apart(self, most: How) -> list["Sense"]:
        """Return what is looked for in two ways as two: words that are known, as far as ``most``, and any so begun."""
        if len(self.word.text) == 1:
            return [self]
        begun = [Sense(self.word, {}, self.rarity, begun=True)] if self.is_open else []
        return [self._closed(most), *begun]

    @property
    def letters(self) -> set[str]:
        """Return the letters with which a word that agrees may begin."""
        return {self.word.text[0], *(form[0] for form in self.forms)}

    @property
    def is_open(self) -> bool:
        """Whether a word agrees that is not known yet: only its first letters are."""
        return len(self.word.text) == 1 or (self.begun and len(self.word.text) <= EDGES)

    def words(self) -> list[str]:
        """Return the words of which a name must hold one, unless it is open."""
        return [*self.forms, *((self.word.text[0],) if self.initial else ())]

    def keys(self) -> list[int]:
        """Return the keys of which a name must hold one."""
        found = set(map(key, self.words()))
        if self.is_open:
            found.add(beginning(self.word.text))
        return sorted(found)

    def meets(self, token: str) -> How:
        """Return how this word agrees with one word of a name."""
        how = self.met.get(token)
        if how is None:
            how = self.met[token] = self._meets(token)
        return how

    def _meets(self, token: str) -> How:
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


def conditions(reading: Reading) -> list[list[int]]:
    """Return lists of keys of which a name must hold one each.

    A common word alone is in ten thousands of names. So words are looked for two together, if that is not too many
    twos; else a word together with the first letter of another one.
    """
    known = [sense for sense in reading if not sense.is_open]
    if not known or len(reading) == 1:
        return [sense.keys() for sense in reading]
    found: list[list[int]] = []
    fewest = min(known, key=lambda sense: len(sense.words()))
    for sense in reading:
        if sense.is_open:
            found.append([beside(word, letter) for word in fewest.words() for letter in sense.letters])
            if len(sense.word.text) > 1:
                found.append(sense.keys())
    for sense, other in pairwise(known):
        found += _both(sense, other)
    return found


def _both(sense: Sense, other: Sense) -> list[list[int]]:
    words, others = sense.words(), other.words()
    if len(words) * len(others) <= MOST_KEYS:
        return [[together(one, two) for one in words for two in others]]
    return [_with_letters(sense, other), _with_letters(other, sense)]


def _with_letters(sense: Sense, other: Sense) -> list[int]:
    letters = sorted(other.letters)
    keys = [key(word) for word in sense.words() if word in sense.rare]
    keys += [beside(word, letter) for word in sense.words() if word not in sense.rare for letter in letters]
    return keys if len(keys) <= MOST_KEYS else sense.keys()


def plain_reading(query: Query) -> Reading:
    """Return the words as they stand, with their nicknames; a single letter is an initial."""
    reading = []
    for word in query.words:
        sense = Sense(word, {word.text: How.EXACT})
        for form in other_forms(word.text):
            sense.add(form, How.NICKNAME)
        reading.append(sense)
    return reading

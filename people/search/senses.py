"""What a typed word may stand for: itself, a nickname, a beginning, an initial, a misspelling; and how far each is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import product

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


COST = (0.0, 0.1, 1.0, 1.4, 2.5, 2.0, 4.0, 6.0)  # of each of these
MISSING_DISPENSABLE = 0.5
ANY_NUMBER = 2**31 - 1
A_LETTER = 12  # about one name in so many has a word that begins with a letter
IN_PLACE, ELSEWHERE = 1.0, 1.8  # a typed initial that begins the word at its own place in the name, or another word


@dataclass(slots=True)
class Sense:
    """One word of a query with every form of it that is looked for. ``begun``: its beginning is enough.

    ``frequencies`` says how many names have a form, of those that were looked up.
    """

    word: Word
    forms: dict[str, How] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    begun: bool = False
    initial: bool = False
    frequencies: dict[str, int] = field(default_factory=dict)
    met: dict[str, How] = field(default_factory=dict, repr=False)
    first: set[str] = field(default_factory=set, repr=False)

    def add(self, form: str, how: How, rarity: float = 0.0) -> None:
        """Look for ``form`` too; what is known to agree better stays so."""
        if self.forms.get(form, How.MISSING) > how:
            self.forms[form] = how
            self.rarity[form] = rarity

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
        return Sense(self.word, forms, self.rarity, initial=self.initial, frequencies=self.frequencies)

    def apart(self, most: How) -> list["Sense"]:
        """Return what is looked for in two ways as two: words that are known, as far as ``most``, and any so begun."""
        if len(self.word.text) == 1:
            return [self]
        begun = [Sense(self.word, {}, self.rarity, begun=True)] if self.is_open else []
        return [self._closed(most), *begun]

    @property
    def letters(self) -> set[str]:
        """Return the letters with which a word that agrees may begin."""
        if not self.first:
            self.first = {self.word.text[0], *(form[0] for form in self.forms)}
        return self.first

    @property
    def is_open(self) -> bool:
        """Whether a word agrees that is not known yet: only its first letters are."""
        return len(self.word.text) == 1 or (self.begun and len(self.word.text) <= EDGES)

    def words(self) -> list[str]:
        """Return the words of which a name must hold one, unless it is open: those that some name has."""
        known = [form for form in self.forms if self.frequencies.get(form) != 0]
        return [*known, self.word.text[0]] if self.initial else known

    def not_beyond(self, words: Iterable[str], most: How) -> list[str]:
        """Return those of the words that agree so far at least; an initial stands for a misspelling."""
        return [word for word in words if self.forms.get(word, How.ONE_EDIT) <= most]

    def keys(self) -> list[int]:
        """Return the keys of which a name must hold one."""
        found = set(map(key, self.words()))
        if self.is_open:
            found.add(beginning(self.word.text))
        return sorted(found)

    def meets(self, token: str) -> How:
        """Return how this word agrees with one word of a name."""
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


Reading = list[Sense]


def conditions(reading: Reading, most: How = How.ONE_EDIT) -> list[list[int]]:
    """Return up to three lists of keys of which a name must hold one each.

    Of two words both may differ from what was typed as far as ``most``; if one differs more, the other is as typed.
    A common word alone is in ten thousands of names. So words are looked for two together; or, where there would be
    many twos for few names, a word together with the first letter of the other one.
    """
    known = sorted((sense for sense in reading if not sense.is_open), key=lambda sense: len(sense.forms))
    if not known or len(reading) == 1:
        return [sense.keys() for sense in reading][:3]
    found: list[list[int]] = []
    fewest = known[0]
    half = len(known) // 2
    for few, many in zip(known[:half], known[::-1], strict=False):
        found.append(_both(few, many, most))
    if len(known) % 2 and half:
        found.append(_both(fewest, known[half], most))
    for sense in reading:
        if sense.is_open:
            found.append([beside(word, letter) for word in fewest.forms for letter in sense.letters])
            if len(sense.word.text) > 1:
                found.append(sense.keys())
    return found[:3]


def _both(few: Sense, many: Sense, most: How) -> list[int]:
    """Return the keys of names that have a word of each."""
    letters, other_letters = few.letters, many.letters
    alone, words = _apart(few, len(many.forms), len(other_letters))
    also_alone, others = _apart(many, len(words), len(letters))
    keys = {beside(word, letter) for word in alone for letter in other_letters}
    keys |= {beside(word, letter) for word in also_alone for letter in letters}
    twos = set(product(few.not_beyond(words, most), many.not_beyond(others, most)))
    if most < How.TWO_EDITS:
        twos.update(product(few.not_beyond(words, How.EXACT), others))
        twos.update(product(words, many.not_beyond(others, How.EXACT)))
    return [*keys, *(together(word, other) for word, other in twos)]


def _apart(sense: Sense, twos: int, letters: int) -> tuple[list[str], list[str]]:
    """Return first the words for which to look with another's first letter: those in few names, or in many twos."""
    rare: list[str] = []
    others: list[str] = []
    most = A_LETTER * (twos - letters) // letters
    frequencies = sense.frequencies
    for word in sense.words():
        (rare if frequencies.get(word, ANY_NUMBER) <= most else others).append(word)
    return rare, others


def plain_reading(query: Query) -> Reading:
    """Return the words as they stand, with their nicknames; a single letter is an initial."""
    reading = []
    for word in query.words:
        sense = Sense(word, {word.text: How.EXACT})
        for form in other_forms(word.text):
            sense.add(form, How.NICKNAME)
        reading.append(sense)
    return reading

"""Pure rules on surnames in prose: which word of a text is a name, and which only looks like one.

A whole name is unmistakable. A surname alone may be an ordinary word ("young", "grant") or a short one ("he", "so"),
and a text that is searched for it without care drowns its readers in false alarms.
"""

import re
from enum import IntEnum
from functools import lru_cache

from cases.tongues import is_ordinary
from people.names import SHORTEST_PART, fold, fold_prose, sort_name

# English words that are surnames too. Alone, with a capital, they may still be the first word of a sentence.
ORDINARY = frozenset(
    """
    a an and as ask at ball banks bar bay be bell best bill bird bishop black blue bond book boot bridge brook brown
    burns bush but by can carter case cash chance church clay close cole cook cooper court cross day do dean down drew
    early east field fish fisher flood ford fox free french frost gates go gold good grant gray green grey hall hand
    hard he hill him his holder house hunt hunter i if in is it judge just key king knight lake law lee light little
    long lord love low major marsh mason may me miles mills mine moon more most moss my nice no noble north of oh on or
    page parker pay peace pool poor pope pound power price prince read rest rich ring rivers rose sales say self sharp
    she shepherd short sides singer skinner small smart so south speed spring stark state still stone street strong
    summers swift the they to trial trust tucker up us walker wall waters way we weeks well west white wild will winter
    wise wolf wood woods yes you young
    """.split()  # noqa: SIM905 - a list of words is read as one
)
TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof sir lady judge justice officer v vs
    senor senora sr sra dra don dona juez jueza contra
    monsieur madame mme mlle maitre juge c
    herr herrn frau richter richterin gegen
    """.split()  # noqa: SIM905 - a list of words is read as one
)
_APART = re.compile(r"[\s\-\u2010-\u2015/_.,;:!?()\[\]\u201c\u201d\"«»„…+&*]+")


# A small word that French and Italian write together with a name: “l’affaire d’Aubry”.
_ELIDED = re.compile(r"\b(qu|[dl])[\u2019'](?=\w)", re.IGNORECASE)


class Said(IntEnum):
    """Whether a text says a surname."""

    NO = 0
    PERHAPS = 1  # an ordinary or a very short word, or one without a capital
    SURELY = 2


@lru_cache(maxsize=4096)
def surname_of(name: str) -> str:
    """Return the folded surname that a text is looked through for: "gutierrez reed" of "Hannah Gutierrez-Reed"."""
    given = fold(name).split()
    words = sort_name(name).split()
    if len(given) < 2:
        return " ".join(given)
    surname: list[str] = []
    for word in words:
        if word == given[0]:
            break
        surname.append(word)
    return " ".join(surname or given[-1:])


def is_short(surname: str) -> bool:
    """Whether no word of a folded surname is long enough to tell of somebody by itself, as of Wu or Ng."""
    return bool(surname) and all(len(word) < SHORTEST_PART for word in surname.split())


def said(text: str, surname: str, folded: str | None = None) -> Said:
    """Return whether ``text`` says a folded surname as a word of its own; ``folded`` is the text as prose folds."""
    prose = fold_prose(text) if folded is None else folded
    if not surname or f" {surname} " not in f" {prose} ":
        return Said.NO
    doubtful = surname in ORDINARY or is_short(surname)
    doubtful = doubtful or is_ordinary(surname, prose.split())
    if text == text.lower():  # an address, or somebody who writes without capitals
        return Said.PERHAPS if doubtful else Said.SURELY
    words = _words(text)
    ordinary = surname in ORDINARY or is_ordinary(surname, prose.split())
    return max((_one(words, place, surname, ordinary=ordinary) for place in range(len(words))), default=Said.NO)


def _one(words: list[tuple[str, bool]], place: int, surname: str, *, ordinary: bool) -> Said:
    wanted = surname.split()
    found = words[place : place + len(wanted)]
    if [word for word, _ in found] != wanted:
        return Said.NO
    if not any(capital for _, capital in found):
        return Said.PERHAPS
    titled = place > 0 and words[place - 1][0] in TITLES
    return Said.PERHAPS if ordinary and not titled else Said.SURELY


def apart(text: str) -> str:
    """Return a text in which small words stand apart from the names they are written together with."""
    return _ELIDED.sub(r"\1 ", text)


def _words(text: str) -> list[tuple[str, bool]]:
    """Return the folded words of a text, each with whether it is written with a capital."""
    found: list[tuple[str, bool]] = []
    for piece in _APART.split(text):
        letters = [letter for letter in piece if letter.isalpha()]
        capital = bool(letters) and letters[0].isupper()
        found += [(word, capital) for word in fold_prose(piece).split()]
    return found

"""Pure rules on names: folding for comparison, keys for sorting, order of given name and surname.

No Django, no database. A folded name has no accents, no case, no punctuation, and one space
between its words, so that "Gutiérrez-Reed", "gutierrez reed" and "GUTIERREZ  REED" are equal.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from nameparser import HumanName

SHORTEST_PART = 3  # letters: an initial, or the “de” of a name, tells nobody
_APART = re.compile(r"[^0-9a-z]+")
_POSSESSIVE = re.compile(r"['\u2019\u02bc`\u00b4]s\b", re.IGNORECASE)
_JOINED = str.maketrans("", "", "'\u2019\u02bc`\u00b4.")


def fold(name: str) -> str:
    """Return ``name`` without accents, case and punctuation, words apart by one space.

    Apostrophes and full stops vanish (O'Neil is "oneil", J.R. is "jr"); every other mark
    divides words. Other scripts are written in Latin letters. Control characters divide words.
    """
    decomposed = unicodedata.normalize("NFKD", name)
    return _APART.sub(" ", anyascii(decomposed.translate(_JOINED)).lower()).strip()


def fold_prose(text: str) -> str:
    """Return a sentence folded, in which names stand as they are called: “Baldwin’s trial” is "baldwin trial"."""
    return fold(_POSSESSIVE.sub(" ", text))


def tokens(name: str) -> tuple[str, ...]:
    """Return the folded words of ``name``, in order."""
    return tuple(fold(name).split())


def telling_parts(names: Iterable[str]) -> frozenset[str]:
    """Return what tells of who has these names: each word that is long enough, and a name that has none, as a whole.

    Zoë de la Quint gives "zoe" and "quint"; Wu Yi gives "wu yi" and "yi wu", because both orders are in use.
    """
    found: set[str] = set()
    for words in map(tokens, names):
        found |= (long := {word for word in words if len(word) >= SHORTEST_PART})
        if not long and len(words) > 1 and any(len(word) > 1 for word in words):
            found |= {" ".join(words), " ".join(words[::-1])}
    return frozenset(found)


def parts_in(text: str, parts: Iterable[str]) -> frozenset[str]:
    """Return those of ``telling_parts`` that stand in a folded text."""
    words = set(text.split())
    return frozenset(part for part in parts if part in words or (" " in part and f" {part} " in f" {text} "))


@lru_cache(maxsize=4096)  # the parser takes a millisecond, and one name is asked for again and again
def sort_name(name: str, *, natural: bool = True) -> str:
    """Return the folded key that sorts ``name`` under its surname.

    ``natural`` is false for an organisation, which sorts under its first word.
    "Alexander R. Baldwin III" gives "baldwin alexander r iii".
    """
    if not natural:
        return fold(name)
    parsed = HumanName(name)
    parts = (parsed.last, parsed.first, parsed.middle, parsed.suffix)
    return " ".join(filter(None, map(fold, parts))) or fold(name)

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
# The signs that are typed for an apostrophe, or for a letter that Latin script has none for (ayn, hamza, ʻokina, a soft
# sign): quotation marks, primes, and those of Armenian and Hebrew. Letters that look like them need no place here: no
# letter divides a word.
_APOSTROPHES = "'`\u2019\u2018\u201b\u2032\u2033\u2034\u2035\u2036\u2037\u055a\u05f3\u05f4"
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}\u02bc\u00b4]s\b", re.IGNORECASE)
# Accents that stand alone, and would be taken apart into a space and an accent; and the dot of a Catalan double l:
# elsewhere a dot in the middle divides names.
_ALONE = re.compile(r"[\u00b4\u0384\u1fbd\u1fbf\u1ffe]|(?<=l)\u00b7(?=l)", re.IGNORECASE)
_MOST_KEPT = 20_000  # characters whose Latin letters are kept in memory


class _Latin(dict[int, str]):
    """Each character in small Latin letters. Whatever a letter is told by, it is told by letters: the soft sign of
    Vasilʹev, for which Latin script has an apostrophe, is left out and does not divide the word.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        latin = anyascii(character).lower()
        if unicodedata.category(character)[0] in "LM":
            latin = " ".join(_APART.sub("", word) for word in latin.split(" "))
        if len(self) < _MOST_KEPT:
            self[code] = latin
        return latin


_LATIN = _Latin(dict.fromkeys(map(ord, f"{_APOSTROPHES}."), ""))


def fold(name: str) -> str:
    """Return ``name`` without accents, case and punctuation, words apart by one space.

    Apostrophes of every kind and full stops vanish (O'Neil is "oneil", Kaʻahumanu "kaahumanu", J.R. "jr"); every
    other mark divides words. Other scripts are written in Latin letters. Control characters divide words.
    """
    if name.isascii():
        latin = name.replace("'", "").replace("`", "").replace(".", "").lower()
    else:
        latin = unicodedata.normalize("NFKD", _ALONE.sub("", name)).translate(_LATIN)
    return _APART.sub(" ", latin).strip()


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

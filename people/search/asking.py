"""What somebody typed, taken apart: the words to look for, and which of them may be missing from the name."""

from dataclasses import dataclass
from unicodedata import category

from people.names import fold

LONGEST, MOST_WORDS = 300, 8
NO_LETTERS = ("So", "Sk", "Cs", "Co", "Cn")  # signs that would be written out: a smiling face


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SUFFIXES = _words("jr sr ii iii iv junior senior esq phd md")
TITLES = _words("mr mrs ms miss dr prof hon judge justice rev sir")
PARTICLES = _words(
    "al abd abu aka ap bin ibn bint da das de del della der den di do dos du el fitz la las le lo los mac mc o san "
    "st saint ten ter van vande vander von y zu zur"
)
# Particles as they are run together with the name: delacruz, vanderberg.
RUN_TOGETHER = PARTICLES | _words("dela delas delos vanden vander vonder")
OF_BODIES = _words("and co company corp corporation inc incorporated limited llc llp lp ltd of plc the")
DISPENSABLE = SUFFIXES | TITLES | PARTICLES | OF_BODIES


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word. ``dispensable``: a name without it may still be the one that is meant."""

    text: str
    dispensable: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The words typed, in order; ``folded`` is all of them. A surname before a comma is turned to its place."""

    folded: str
    words: tuple[Word, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def needed(self) -> tuple[Word, ...]:
        """The words that the name can not do without: all of them, if each alone could be spared."""
        return tuple(word for word in self.words if not word.dispensable) or self.words


def parse(typed: str) -> Query | None:
    """Return what is asked for, or None where there is no letter or digit in it.

    Anything may be typed. Beyond 300 characters or 8 words the rest is left out.
    """
    letters = "".join(sign if category(sign) not in NO_LETTERS else " " for sign in typed[:LONGEST])
    surname, _, given = letters.partition(",")
    last, first = fold(surname).split(), fold(given).split()
    named = first and not all(word in DISPENSABLE for word in first)
    words = [*first, *last] if named else [*last, *first]
    words = words[:MOST_WORDS]
    if not words:
        return None
    return Query(
        " ".join(words),
        tuple(Word(text, _is_dispensable(text, first=at == 0)) for at, text in enumerate(words)),
    )


def _is_dispensable(text: str, *, first: bool) -> bool:
    """A first word may be initials (JR, O.), and is then no suffix and no particle."""
    return text in DISPENSABLE and not (first and (len(text) == 1 or text in SUFFIXES))

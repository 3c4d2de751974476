"""Keys of words: the pure rules by which the index (migration 0002, in SQL) and a query meet."""

from struct import Struct

try:
    from _md5 import md5  # type: ignore[import-not-found]  # by OpenSSL, as hashlib has it, a word takes thrice as long
except ImportError:
    from hashlib import md5

FIRST_FOUR_BYTES = Struct(">i12x").unpack
EDGES = 4  # the index holds the first one to four letters of each word
SHORTEST_WITH_ONE_EDIT, SHORTEST_WITH_TWO_EDITS, LONGEST_WITH_EDITS = 3, 5, 24


def key(word: str) -> int:
    """Return the key of a folded word: a signed integer of four bytes, as ``people_key`` gives it."""
    number: int = FIRST_FOUR_BYTES(md5(word.encode(), usedforsecurity=False).digest())[0]
    return number


def beginning(letters: str) -> int:
    """Return the key of every word that begins with these one to four letters."""
    return key(f"{letters}*")


def beside(word: str, letter: str) -> int:
    """Return the key of every name that holds this word, and another word that begins with this letter."""
    return key(f"{word}^{letter}")


def together(word: str, other: str) -> int:
    """Return the key of every name that holds both words."""
    return key(f"{word} {other}" if word <= other else f"{other} {word}")


def edits_allowed(word: str) -> int:
    """Return how many typing errors a word of this length may have: a short word would turn into any other."""
    if len(word) < SHORTEST_WITH_ONE_EDIT or len(word) > LONGEST_WITH_EDITS or not word.isalpha():
        return 0
    return 1 if len(word) < SHORTEST_WITH_TWO_EDITS else 2


def edits_looked_for(typed: str) -> int:
    """Return how many typing errors a typed word may have: where letters were left out, the stored word is longer."""
    return 2 if len(typed) == SHORTEST_WITH_TWO_EDITS - 1 and typed.isalpha() else edits_allowed(typed)


def deletions(word: str, depth: int) -> list[int]:
    """Return the keys of ``word`` and of what is left of it without up to ``depth`` letters.

    Two words are at most that many edits apart only if their deletions share a key.
    """
    found = {word}
    fresh = {word}
    for _ in range(depth):
        fresh = {shorter[:at] + shorter[at + 1 :] for shorter in fresh for at in range(len(shorter))}
        found |= fresh
    return sorted(map(key, found - {""}))

"""How far two words are apart: letters left out, added, changed, or two neighbours exchanged."""


def distance(one: str, other: str, at_most: int) -> int:
    """Return how many edits make ``one`` of ``other``, or ``at_most + 1`` if it takes more.

    An edit is one letter added, left out or changed, or two neighbouring letters exchanged (optimal string
    alignment; the bits of integers are the cells of a column, after Myers and Hyyrö).
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > at_most or not one or not other:
        return min(at_most + 1, max(len(one), len(other)))
    where: dict[str, int] = {}
    for at, letter in enumerate(one):
        where[letter] = where.get(letter, 0) | 1 << at
    everywhere, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    up, down, diagonal, before, found = everywhere, 0, 0, 0, len(one)
    for letter in other:
        here = where.get(letter, 0)
        exchanged = (((~diagonal) & here) << 1) & before
        diagonal = ((((here & up) + up) ^ up) | here | down | exchanged) & everywhere
        right, left = down | ~(diagonal | up), diagonal & up
        found += 1 if right & last else -1 if left & last else 0
        right, left = (right << 1 | 1), left << 1
        up, down = (left | ~(diagonal | right)) & everywhere, right & diagonal & everywhere
        before = here
    return min(found, at_most + 1)

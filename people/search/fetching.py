"""The questions put to the index tables: names that hold the keys, names in order, words like a word."""

# ruff: noqa: S608  (SQL is put together of constants; whatever was typed is a parameter)

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from people.models import IndexedName
from people.names import tokens
from people.search.keys import EDGES, beginning

MOST_LOOKED_AT = 2000  # names looked at before they are put in order
MOST_RANKED = 200  # names handed to the ranking
MOST_BEGUN = 60  # words that begin as typed
MOST_ALIKE = 600  # words that may be like a typed one, before their distance is known


class Row(NamedTuple):
    """One name of the index."""

    person_id: int
    name_id: int | None
    text: str
    kind: str
    folded: str
    sorted: str
    standing: int


class Token(NamedTuple):
    """One word of the dictionary."""

    text: str
    frequency: int


class Known(NamedTuple):
    """What the dictionary has: how many names hold some words; words that begin as one; words that are like one."""

    frequencies: dict[str, int]
    begun: dict[str, list[Token]]
    alike: dict[str, list[Token]]


class Among(NamedTuple):
    """Who may be found: persons of at least this standing and, if ``persons`` is set, whose id it selects.

    ``beside`` is a lower standing: persons who have it are not found, but told beside those who are, in one go.
    """

    standing: int
    persons: str = ""
    params: tuple[Any, ...] = ()
    beside: int | None = None

    @property
    def lowest(self) -> int:
        """The standing that anybody has who is found or told beside."""
        return self.standing if self.beside is None else min(self.standing, self.beside)

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition on a name."""
        sql, params = "standing + 0 >= %s", [self.lowest]  # + 0: no index on standing; most names have the same
        if self.persons:
            return f"{sql} AND person_id IN ({self.persons})", [*params, *self.params]
        return sql, params


_COLUMNS = "person_id, name_id, text, kind, folded, sorted, standing"
Groups = Sequence[Sequence[int]]


def names_holding(readings: Sequence[Groups], exact: Sequence[int], among: Among) -> list[Row]:
    """Return up to ``MOST_RANKED`` names that hold, for one of the readings, one key of each of its groups.

    The most exact come first: those that hold most of the keys in ``exact``.
    """
    allowed, more = among.where()
    exactness = " + ".join(["(keys @> ARRAY[%s])::int"] * len(exact)) or "0"
    # One search for each reading: of several joined by OR the planner looks for what they share, the common words.
    searches, params = [], []
    for groups in readings:
        holding = " AND ".join(["keys && %s::int[]"] * len(groups))
        searches.append(
            f"(SELECT {_COLUMNS}, {exactness} AS exactness FROM people_indexedname "
            f"WHERE {holding} AND {allowed} LIMIT {MOST_LOOKED_AT})"
        )
        params += [*exact, *(list(group) for group in groups), *more]
    if not searches:
        return []
    sql = (
        f"SELECT {_COLUMNS} FROM ({' UNION '.join(searches)}) found "
        f"ORDER BY exactness DESC, standing DESC, sorted, person_id LIMIT {MOST_RANKED}"
    )
    return [Row(*row) for row in _by_bitmap(sql, params)]


def names_beginning(folded: str, among: Among, at_most: int, *, whole_word: bool = False) -> list[Row]:
    """Return the first names that begin so, by surname and then by given name, those of higher standing first."""
    end = f"{folded} !" if whole_word else f"{folded}~"  # the sign after the space, and one after every letter
    start = f"{folded} " if whole_word else folded
    allowed, more = among.where()
    branches, params = [], []
    for standing in range(2, among.lowest - 1, -1):
        for rank, column in enumerate(("sorted", "folded")):
            equal = f"{column} = %s OR " if whole_word else ""
            branches.append(
                f"(SELECT {_COLUMNS}, {rank} AS side FROM people_indexedname WHERE standing = {standing} "
                f"AND ({equal}({column} >= %s AND {column} < %s)) AND {allowed} ORDER BY {column}, person_id LIMIT %s)"
            )
            params += [folded, start, end, *more, at_most] if whole_word else [start, end, *more, at_most]
    sql = (
        f"SELECT {_COLUMNS} FROM ({' UNION ALL '.join(branches)}) found ORDER BY side, standing DESC, sorted, person_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row(*row) for row in cursor.fetchall()]


def persons_named(typed: str) -> QuerySet:
    """Select the ids of persons with one name that has every typed word, folded, or a word that begins so.

    Words may come in any order. Whose name is withheld or sealed is not among them. Nothing typed that can be folded
    selects nobody.
    """
    words = tokens(typed)
    names = IndexedName.objects.all() if words else IndexedName.objects.none()
    for word in words:
        names = names.filter(keys__contains=[beginning(word[:EDGES])], folded__regex=rf"(^|\s){word}")
    return names.values("person")


def dictionary(words: Iterable[str], begun: Iterable[str], cuts: Mapping[str, Sequence[int]]) -> Known:
    """Return the words of the dictionary that are ``words``, begin so, or share one of a word's deletions (``cuts``).

    Of those that are like a word, or begin so, the commonest come first, and not more than can be looked at.
    """
    branches = ["(SELECT 0, '', token, frequency FROM people_nametoken WHERE token = ANY(%s))"]
    params: list[Any] = [list(words)]
    for word in begun:
        branches.append(
            "(SELECT 1, %s, token, frequency FROM people_nametoken WHERE token >= %s AND token < %s "
            f"ORDER BY frequency DESC, token LIMIT {MOST_BEGUN})"
        )
        params += [word, word, f"{word}~"]
    for word, keys in cuts.items():
        branches.append(
            "(SELECT 2, %s, token, frequency FROM people_nametoken WHERE deletions && %s::int[] "
            "AND length(token) BETWEEN %s AND %s "
            f"ORDER BY frequency DESC, token LIMIT {MOST_ALIKE})"
        )
        params += [word, list(keys), len(word) - 2, len(word) + 2]
    known = Known({}, {}, {})
    for which, word, token, frequency in _by_bitmap(" UNION ALL ".join(branches), params):
        if which == 0:
            known.frequencies[token] = frequency
        else:
            (known.begun if which == 1 else known.alike).setdefault(word, []).append(Token(token, frequency))
    return known


# The planner has no notion of how few names hold one of a hundred rare keys, and would read the whole table.
_BY_BITMAP = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL jit = off; "
_AS_BEFORE = _BY_BITMAP.replace("= off", "TO DEFAULT")


def _by_bitmap(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the GIN indexes. Sent in one message, the settings last for it alone."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_BITMAP + sql, params)
        rows = cursor.fetchall()
        if connection.in_atomic_block:  # there they would last until the transaction ends
            cursor.execute(_AS_BEFORE)
        return rows

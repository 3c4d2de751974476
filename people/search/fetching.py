"""The questions put to the index tables: names that hold the keys, names in order, words like a word."""

# ruff: noqa: S608  (SQL is put together of constants; whatever was typed is a parameter)

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from people.choices import HIDDEN
from people.models import IndexedName, Name, Person
from people.search.keys import EDGES, beginning

MOST_LOOKED_AT = 600  # names looked at before they are put in order
MOST_NARROWED = 20_000  # of them where only some persons may be found: who is one of them is asked afterwards
MOST_RANKED = 200  # names handed to the ranking
NARROWED_BY = 10  # times as many are looked at, of those that begin so, where only some persons may be found
MOST_BEGUN = 500  # words that begin as typed
MOST_ALIKE = 3000  # words that may be like a typed one, before their distance is known


class Row(NamedTuple):
    """One name of the index."""

    person_id: int
    name_id: int | None
    text: str
    kind: str
    folded: str
    sorted: str
    standing: int


class Words(NamedTuple):
    """Words of the dictionary, and how many names had each when they were last counted."""

    tokens: list[str]
    frequencies: list[int]


class Known(NamedTuple):
    """What the dictionary has: how many names hold some words; words that begin as one; words that are like one."""

    frequencies: dict[str, int]
    begun: dict[str, Words]
    alike: dict[str, Words]


class Among(NamedTuple):
    """Who may be found: persons of at least this standing and, if ``persons`` is set, whose id it selects.

    ``persons`` is SQL that is asked of those alone whose ``person_id`` is in the table ``found``: of ten thousand who
    have a common name, that costs less than to ask it of everybody. ``beside`` is a lower standing: persons who have
    it are not found, but told beside those who are, in one go.
    """

    standing: int
    persons: str = ""
    params: tuple[Any, ...] = ()
    beside: int | None = None

    @property
    def lowest(self) -> int:
        """The standing that anybody has who is found or told beside."""
        return self.standing if self.beside is None else min(self.standing, self.beside)

    def out_of(self, found: str) -> str:
        """Return the query of those rows of the query ``found`` whose person may be found."""
        if not self.persons:
            return found
        return f"WITH found AS MATERIALIZED ({found}) SELECT * FROM found WHERE person_id IN ({self.persons})"


_COLUMNS = "person_id, name_id, text, kind, folded, sorted, standing"
Groups = Sequence[Sequence[int]]


def names_holding(readings: Sequence[Groups], words: Sequence[str], among: Among) -> list[Row]:
    """Return up to ``MOST_RANKED`` names that hold, for one of the readings, one key of each of its groups.

    Those that have the most of the ``words`` come first.
    """
    looked_at, at_most = (MOST_NARROWED, MOST_NARROWED) if among.persons else (MOST_LOOKED_AT, MOST_RANKED)
    asked = [[*map(array, groups), None, None][:3] for groups in readings if all(groups)]  # no name holds one of none
    if not asked:
        return []
    sql = "SELECT * FROM people_names_holding(%s::text[], %s::text[], %s::text[], %s::text[], %s, %s, %s)"
    params: list[Any] = [*map(list, zip(*asked, strict=True)), list(words), among.lowest, looked_at, at_most]
    with connection.cursor() as cursor:
        cursor.execute(among.out_of(sql), [*params, *among.params])
        rows = cursor.fetchall()
    if len(rows) > MOST_RANKED or among.persons:
        rows = sorted(set(rows), key=lambda row: (-row[7], -row[6], row[5], row[0]))[:MOST_RANKED]
    return [Row(*row[:7]) for row in rows]


def array(keys: Iterable[int]) -> str:
    """Return keys as PostgreSQL writes an array: it reads one text much faster than as many numbers."""
    return "{" + ",".join(map(str, keys)) + "}"


def names_beginning(folded: str, among: Among, at_most: int, *, whole_word: bool = False) -> list[Row]:
    """Return the first names that begin so, by surname and then by given name, those of higher standing first.

    Where only some persons may be found, those of them among the first ten times as many.
    """
    end = f"{folded}!" if whole_word else f"{folded}~"  # a sign after the space, and one after every letter
    start = f"{folded} " if whole_word else folded
    looked_at = at_most * NARROWED_BY if among.persons else at_most
    branches, params = [], []
    for standing in range(2, among.lowest - 1, -1):
        for rank, column in enumerate(("sorted", "folded")):
            equal = f"{column} = %s OR " if whole_word else ""
            branches.append(
                f"(SELECT {_COLUMNS}, {rank} AS side FROM people_indexedname WHERE standing = {standing} "
                f"AND ({equal}({column} >= %s AND {column} < %s)) ORDER BY {column}, person_id LIMIT {looked_at})"
            )
            params += [folded, start, end] if whole_word else [start, end]
    sql = among.out_of(f"SELECT * FROM ({' UNION ALL '.join(branches)}) named")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ({sql}) found ORDER BY side, standing DESC, sorted, person_id LIMIT %s",
            [*params, *among.params, at_most if whole_word else len(branches) * looked_at],
        )
        return [Row(*row[:7]) for row in cursor.fetchall()]


def persons_named(begins: str) -> QuerySet:
    """Select the ids of persons of whom a word of some name begins so (folded); of those whose name is hidden, too."""
    named = IndexedName.objects.filter(
        keys__contains=[beginning(begins[:EDGES])], folded__regex=rf"(^|\s){begins}"
    ).values_list("person_id")
    hidden = Person.objects.filter(visibility__in=HIDDEN)
    own = hidden.filter(folded__regex=rf"(^|\s){begins}").values_list("pk")
    others = Name.objects.filter(person__in=hidden, folded__regex=rf"(^|\s){begins}").values_list("person_id")
    return named.union(own, others)


def dictionary(
    words: Iterable[str], begun: Iterable[str], cuts: Mapping[str, Sequence[Iterable[int]]], common: int
) -> Known:
    """Return the words of the dictionary that are ``words``, begin so, or share one of a word's deletions (``cuts``).

    ``cuts`` has for each word the keys without one of its letters and, where two may be wrong, without two. They are
    asked for unless the word is in more than ``common`` names; if all of them are, for all.
    """
    near = [array(keys[0]) for keys in cuts.values()]
    far = [array(keys[1]) if len(keys) > 1 else None for keys in cuts.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM people_words_near(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s, %s, %s)",
            [list(words), list(begun), list(cuts), near, far if any(far) else [], common, MOST_BEGUN, MOST_ALIKE],
        )
        rows = cursor.fetchall()
    known = Known({}, {}, {})
    for what, word, text, frequencies in rows:
        if text is None:
            continue
        if what == "known":
            known.frequencies.update(zip(text.split(), frequencies, strict=True))
        else:
            (known.begun if what == "begun" else known.alike)[word] = Words(text.split(), frequencies)
    return known

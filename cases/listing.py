"""Lists of cases as readers see them: counted, narrowed and paged by their index, and the index against the record.

What the index holds of a case is said once, in SQL (``cases_expected_list``, migration 0015): nothing of a draft, and
no name that may not be told.
"""

# ruff: noqa: S608  (SQL is put together of constants; whatever was typed is a parameter)

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection, transaction

from people.names import fold, tokens
from people.search.keys import key

LONGEST_KEY = 16  # letters: the index has the keys of a word's first one to sixteen
MOST_SORTED = 30_000  # of more that are found, those on a page are met sooner along the list than by sorting all
A_BATCH = 2_000  # cases that are compared in one query

_HAS = {
    "court": "court_id = %(court)s",
    "kind": "kind = %(kind)s",
    "status": "status = %(status)s",
    "finality": "finality = %(finality)s",
    "outcome": "%(outcome)s = ANY (outcomes)",
}
_VALUES = {
    "court": "court_id::text",
    "kind": "kind",
    "status": "status",
    "finality": "finality",
    "outcome": "unnest(outcomes)",
}
_LOOKED_FOR = (
    "%(keys)s::integer[], %(patterns)s::text[], %(docket_keys)s::integer[], %(docket)s::text, %(years)s::integer[]"
)
_LATEST_FIRST = 'latest DESC NULLS LAST, slug COLLATE "C"'
_LATEST_LAST = 'latest ASC NULLS FIRST, slug COLLATE "C" DESC'


@dataclass(frozen=True)
class Listing:
    """The listed cases that meet all filters, the latest act first, ties by address: their ids, by slices.

    ``court`` is its id, ``year`` one in which an act took place. Each of the ``words`` begins a word of the caption,
    of the docket number, or of a named defendant's name; or they are the docket number, with or without its marks.
    """

    court: int | None = None
    kind: str = ""
    status: str = ""
    finality: str = ""
    outcome: str = ""
    year: int | None = None
    words: str = ""

    def count(self) -> int:
        """How many there are, exactly."""
        if "_tally" in self.__dict__:
            return sum(self._tally.get("", {}).values())
        return self._total

    def facets(self) -> dict[str, dict[str, int]]:
        """For each filter that has choices: how many cases each would leave, under the other filters."""
        return {name: self._tally.get(name, {}) for name in _HAS}

    def __getitem__(self, part: slice) -> list[int]:
        total = self.count()
        first, last, _ = part.indices(total)
        if first >= last:
            return []
        walked = not self._looked_for or total > MOST_SORTED
        backwards = walked and first > total // 2  # the second half is counted from its end
        sql, params = self._walked() if walked else self._found()
        order, offset = (_LATEST_LAST, total - last) if backwards else (_LATEST_FIRST, first)
        rows = _ask(f"{sql} ORDER BY {order} OFFSET %(offset)s LIMIT %(limit)s", {
            **params, "offset": offset, "limit": last - first,
        })  # fmt: skip
        ids = [pk for (pk,) in rows]
        return ids[::-1] if backwards else ids

    @property
    def _looked_for(self) -> bool:
        """Whether single cases have to be looked at: their words or years are in no cell."""
        return bool(self.words) or self.year is not None

    @cached_property
    def _params(self) -> dict[str, Any]:
        typed = tokens(self.words)
        closed_up = f"#{fold(self.words).replace(' ', '').upper()}"
        is_docket = any(character.isdigit() for character in closed_up)
        return {
            **{name: getattr(self, name) for name in _HAS},
            "keys": [key(word[:LONGEST_KEY]) for word in typed] or None,
            "patterns": [f"% {word}%" for word in typed],
            "docket_keys": [key(closed_up)] if is_docket else None,
            "docket": f"% {closed_up} %" if is_docket else None,
            "years": None if self.year is None else [self.year],
        }

    def _where(self, *, but: str = "") -> str:
        """The condition on a cell."""
        return " AND ".join(["true", *(sql for name, sql in _HAS.items() if name != but and getattr(self, name))])

    @property
    def _cells(self) -> str:
        if not self._looked_for:
            return "SELECT *, listed AS n FROM cases_listcell WHERE listed > 0"
        found = f"SELECT cell_id, sum(n)::bigint AS n FROM cases_counted_with({_LOOKED_FOR}) GROUP BY cell_id"
        return f"SELECT cell.*, found.n FROM ({found}) found JOIN cases_listcell cell ON cell.id = found.cell_id"

    @cached_property
    def _total(self) -> int:
        rows = _ask(f"SELECT coalesce(sum(n), 0) FROM ({self._cells}) cells WHERE {self._where()}", self._params)
        return int(rows[0][0])

    @cached_property
    def _tally(self) -> dict[str, dict[str, int]]:
        """The counts of every facet, and of all under no name: one question."""
        asked = [
            f"SELECT '' AS name, '' AS value, sum(n)::bigint AS n FROM cells WHERE {self._where()} HAVING sum(n) > 0"
        ]
        for name, value in _VALUES.items():
            where = self._where(but=name)
            asked.append(f"SELECT '{name}', {value} AS value, sum(n)::bigint FROM cells WHERE {where} GROUP BY value")
        found: dict[str, dict[str, int]] = {}
        for name, value, n in _ask(
            f"WITH cells AS MATERIALIZED ({self._cells}) {' UNION ALL '.join(asked)}", self._params
        ):
            found.setdefault(name, {})[value] = n
        return found

    def _found(self) -> tuple[str, dict[str, Any]]:
        """The query of few ids by their words and years, without its order."""
        cells = f" WHERE cell_id IN (SELECT id FROM cases_listcell WHERE {self._where()})" if self._narrowed else ""
        return f"SELECT case_id FROM cases_listed_with({_LOOKED_FOR}){cells}", self._params

    def _walked(self) -> tuple[str, dict[str, Any]]:
        """The query of many ids along the list, without its order: words and years are looked at on the way."""
        params, conditions = self._params, ["true"]
        if self._narrowed:
            # As one constant, PostgreSQL looks a cell up in it; and it reads no row of the list but from its index.
            cells = _ask(f"SELECT id FROM cases_listcell WHERE listed > 0 AND {self._where()}", params)
            params = params | {"cells": "{" + ",".join(str(pk) for (pk,) in cells) + "}"}
            conditions.append("cell_id = ANY (%(cells)s::bigint[])")
        if self.words:
            docket = "" if params["docket"] is None else " OR words LIKE %(docket)s"
            conditions.append(f"(words LIKE ALL (%(patterns)s){docket})")
        if self.year is not None:
            conditions.append("%(year)s = ANY (years)")
        return f"SELECT case_id FROM cases_listedcase WHERE {' AND '.join(conditions)}", params | {"year": self.year}

    @property
    def _narrowed(self) -> bool:
        return any(getattr(self, name) for name in _HAS)


def listed_by_court() -> dict[int, int]:
    """How many listed cases each court has that has any, by its id."""
    return dict(_ask("SELECT court_id, sum(listed)::bigint FROM cases_listcell WHERE listed > 0 GROUP BY court_id"))


def keep_listed(cases: Iterable[int]) -> None:
    """Bring the index in step with what the record says now of these cases, by their ids."""
    _ask("SELECT cases_list_cases(%(ids)s::bigint[])", {"ids": list(cases)})


def list_all() -> None:
    """Bring the index in step for every case, after a bulk load that passed the triggers by."""
    for ids in _batches():
        keep_listed(ids)


# --- the index against the record -----------------------------------------------------------------------------------


class ListDifference(NamedTuple):
    """One case, or one count, that the index of the lists has otherwise than the record."""

    case_id: int | None
    what: str

    def __str__(self) -> str:
        return f"lists of cases, {f'case {self.case_id}' if self.case_id else 'a count'}: {self.what}"


_BATCH = """
    (SELECT id FROM cases_case WHERE id > %(after)s ORDER BY id LIMIT %(size)s)
    UNION (SELECT case_id FROM cases_listedcase WHERE case_id > %(after)s ORDER BY case_id LIMIT %(size)s)
    ORDER BY 1 LIMIT %(size)s
"""
_DIFFERENT = """
    SELECT coalesce(stored.case_id, expected.case_id), coalesce(stored.slug, expected.slug),
        stored.case_id IS NOT NULL, expected.case_id IS NOT NULL
    FROM (
        SELECT * FROM cases_stored_list(%(ids)s::bigint[])
        EXCEPT SELECT * FROM cases_expected_list(%(ids)s::bigint[])
    ) stored
    FULL JOIN (
        SELECT * FROM cases_expected_list(%(ids)s::bigint[])
        EXCEPT SELECT * FROM cases_stored_list(%(ids)s::bigint[])
    ) expected
    ON stored.case_id = expected.case_id
    ORDER BY 1
"""
_MISCOUNTED = """
    SELECT cell.id, cell.listed, coalesce(found.n, 0)::integer
    FROM cases_listcell cell
    LEFT JOIN (SELECT cell_id, count(*) AS n FROM cases_listedcase GROUP BY cell_id) found ON found.cell_id = cell.id
    WHERE cell.listed <> coalesce(found.n, 0)
    ORDER BY cell.id
"""


def check() -> Iterator[ListDifference]:
    """Yield every difference between the index and the record. Writes nothing."""
    for ids in _batches():
        for pk, slug, stored, expected in _ask(_DIFFERENT, {"ids": ids}):
            what = "is listed otherwise" if stored and expected else "is missing" if expected else "should not be there"
            yield ListDifference(pk, f"“{slug}” {what}")
    for cell, listed, n in _ask(_MISCOUNTED):
        yield ListDifference(None, f"combination {cell} has {n} cases, and says {listed}")


def repair() -> list[ListDifference]:
    """Mend every difference, and return what was different. Ask for it while the turn is held."""
    found = list(check())
    keep_listed({one.case_id for one in found if one.case_id is not None})
    if found:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE cases_listcell cell SET listed = wrong.n FROM ({_MISCOUNTED}) wrong (id, said, n) "
                "WHERE cell.id = wrong.id"
            )
    return found


def _batches() -> Iterator[list[int]]:
    after = 0
    while ids := [pk for (pk,) in _ask(_BATCH, {"after": after, "size": A_BATCH})]:
        yield ids
        after = ids[-1]


def _ask(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

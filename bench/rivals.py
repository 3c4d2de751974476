"""The other ways to find a person by name that the search is measured against, on the same names."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.contrib.admin import site
from django.db import connection
from django.test import RequestFactory

from cases.finding import Asked, find_people, suggest_people
from people.models import Person
from public.roles import roles_of

Search = Callable[[str], list[int]]
FIRST = 10


def floor(pk: int) -> None:
    """One row by its primary key, through Django: what any answer costs at least."""
    Person.objects.get(pk=pk)


def ours(typed: str) -> list[int]:
    """The search as the site asks it."""
    return [hit.person_id for hit in find_people(Asked(typed), with_facets=False).hits[:FIRST]]


def ours_with_roles(typed: str) -> list[int]:
    """The same, with what the first page shows of each person: every role and charge, as they are public now."""
    hits = find_people(Asked(typed), with_facets=False).hits[:20]
    people = Person.objects.visible().in_bulk([hit.person_id for hit in hits])
    roles = roles_of(people.values())
    return [hit.person_id for hit in hits if roles.get(hit.person_id)][:FIRST]


def ours_with_facets(typed: str) -> list[int]:
    """The search with the counts of every facet."""
    return [hit.person_id for hit in find_people(Asked(typed)).hits[:FIRST]]


def ours_suggesting(typed: str) -> list[int]:
    """The suggestions when all but the last two letters have been typed."""
    return [hit.person_id for hit in suggest_people(typed[:-2] if len(typed) > 4 else typed)]


def admin(typed: str) -> list[int]:
    """The desk's list of people with its search_fields, as Django's admin does it."""
    desk = site._registry[Person]
    request = RequestFactory().get("/", {"q": typed})
    rows, _ = desk.get_search_results(request, Person.objects.filter(derived_standing=2), typed)
    return list(rows.order_by("sort_name", "slug").values_list("pk", flat=True)[:FIRST])


def make_trigrams() -> None:
    """The index that trigram similarity needs."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS bench_trigrams ON people_indexedname USING gin (folded public.gin_trgm_ops)"
        )


def trigrams(typed: str) -> list[int]:
    """Names whose trigrams are similar to at least 0.4, the most similar first."""
    from people.names import fold

    text = fold(typed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL pg_trgm.similarity_threshold = 0.4; SELECT person_id FROM people_indexedname "
            "WHERE folded %% %s AND standing = 2 ORDER BY similarity(folded, %s) DESC, person_id LIMIT %s",
            [text, text, FIRST],
        )
        return list(dict.fromkeys(person for (person,) in cursor.fetchall()))


def make_sqlite(path: Path) -> None:
    """The same names in SQLite with full text, as `sqlite-utils enable-fts` prepares a table for Datasette."""
    path.unlink(missing_ok=True)
    into = sqlite3.connect(path)
    into.execute("CREATE TABLE names (id INTEGER PRIMARY KEY, person INTEGER, name TEXT)")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person_id, text FROM people_indexedname WHERE standing = 2 ORDER BY id")
        into.executemany("INSERT INTO names VALUES (?, ?, ?)", cursor)
    into.execute("CREATE VIRTUAL TABLE names_fts USING fts5 (name, content=names, content_rowid=id)")
    into.execute("INSERT INTO names_fts (names_fts) VALUES ('rebuild')")
    into.commit()
    into.close()


def datasette(path: Path) -> Search:
    """The query of Datasette's table page: each word quoted, rows in the order of the table."""
    opened = sqlite3.connect(path)

    def search(typed: str) -> list[int]:
        words = " ".join('"{}"'.format(word.replace('"', "")) for word in typed.split())
        rows = opened.execute(
            "SELECT id, person, name FROM names WHERE id IN "
            "(SELECT rowid FROM names_fts WHERE names_fts MATCH ?) ORDER BY id LIMIT ?",
            [words, FIRST],
        )
        return list(dict.fromkeys(person for _, person, _ in rows))

    return search

"""The name index against the names: compare, mend, rebuild. In everyday use triggers keep it; nobody calls this."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection, transaction

A_BATCH = 2000  # persons a transaction

_DIFFERENT = """
    SELECT coalesce(stored.person_id, expected.person_id), coalesce(stored.text, expected.text),
        stored.person_id IS NOT NULL, expected.person_id IS NOT NULL
    FROM (SELECT * FROM people_stored_names(%(first)s, %(last)s)
        EXCEPT SELECT * FROM people_expected_names(%(first)s, %(last)s)) stored
    FULL JOIN (SELECT * FROM people_expected_names(%(first)s, %(last)s)
        EXCEPT SELECT * FROM people_stored_names(%(first)s, %(last)s)) expected
    ON stored.person_id = expected.person_id AND coalesce(stored.name_id, 0) = coalesce(expected.name_id, 0)
    ORDER BY 1, 2
"""
_UNKNOWN_WORDS = """
    SELECT i.person_id, i.text FROM people_indexedname i
    WHERE i.person_id BETWEEN %(first)s AND %(last)s AND EXISTS (
        SELECT 1 FROM unnest(string_to_array(i.folded, ' ')) word
        WHERE word <> '' AND NOT EXISTS (
            SELECT 1 FROM people_nametoken t WHERE t.token = word
        )
    )
    ORDER BY 1, 2
"""
_COUNT_WORDS = """
    WITH counted AS (
        SELECT word, count(*)::int AS frequency
        FROM people_indexedname i CROSS JOIN LATERAL unnest(string_to_array(i.folded, ' ')) word
        WHERE word <> '' GROUP BY word
    ), forgotten AS (
        DELETE FROM people_nametoken t WHERE NOT EXISTS (SELECT 1 FROM counted c WHERE c.word = t.token)
    )
    UPDATE people_nametoken t SET frequency = counted.frequency
    FROM counted WHERE t.token = counted.word AND t.frequency <> counted.frequency
"""


class IndexDifference(NamedTuple):
    """One name that the index holds and should not, lacks, or holds otherwise than the record does."""

    person_id: int
    text: str
    what: str

    def __str__(self) -> str:
        return f"name index, person {self.person_id} “{self.text}”: {self.what}"


def batches(*, after: int = 0, size: int = A_BATCH) -> Iterator[tuple[int, int, int]]:
    """Yield the first and last id of each batch of persons after the given id, and how many persons it has.

    The last batch reaches beyond the last person, so that rows of persons who are gone are met as well.
    """
    first = after + 1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(id), count(*) FROM (SELECT id FROM people_person WHERE id >= %s ORDER BY id LIMIT %s) p",
                [first, size],
            )
            last, count = cursor.fetchone()
        if count < size:
            yield first, 2**63 - 1, count
            return
        yield first, last, count
        first = last + 1


def check() -> Iterator[IndexDifference]:
    """Yield every difference between the index and the names of the record. Writes nothing."""
    for first, last, _ in batches():
        with connection.cursor() as cursor:
            between = {"first": first, "last": last}
            cursor.execute(_DIFFERENT, between)
            for person, text, stored, expected in cursor.fetchall():
                what = "differs" if stored and expected else "is missing" if expected else "should not be there"
                yield IndexDifference(person, text, what)
            cursor.execute(_UNKNOWN_WORDS, between)
            for person, text in cursor.fetchall():
                yield IndexDifference(person, text, "a word of it is missing from the dictionary")


def repair() -> list[IndexDifference]:
    """Mend every difference, count the words anew, and return what was different."""
    found = list(check())
    if found:
        for first, last, _ in batches():
            mend(first, last)
    count_words()
    return found


def mend(first: int, last: int) -> int:
    """Bring the index in step for the persons with these ids, in one transaction. Returns how many rows differed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT people_index_range(%s, %s)", [first, last])
        return int(cursor.fetchone()[0])


def count_words() -> None:
    """Count how many names hold each word, and forget the words that none holds any longer."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_COUNT_WORDS)

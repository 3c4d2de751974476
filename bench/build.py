"""Filling an empty database for the benchmark by COPY: persons, names, cases, acts, defendants, charges."""

import random
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection

from bench.persons import SEED, Made, persons
from cases.listing import list_all
from cases.models import Court, Jurisdiction
from cases.public_standing import refresh_standing
from people.names import fold, sort_name

CASES_A_PERSON, DEFENDANTS_A_CASE = 0.4, 3
NOW = "2024-07-12 00:00:00+00"
CLASSES = ["pending", "conviction", "non_conviction", "non_conviction", "provisional", "replaced"]
STATUSES = ["open_active", "disposed", "disposed", "disposed", "closed_administratively", "reopened"]
COURTS = 120
FILLED = ("people_person", "people_name", "cases_case", "cases_event", "cases_defendant", "cases_charge")


class Copy:
    """A file for COPY that is written while it is read."""

    def __init__(self, rows: Iterable[Iterable[object]]) -> None:
        self.rows, self.rest = iter(rows), ""

    def read(self, size: int = 8192) -> str:
        parts, length = [self.rest], len(self.rest)
        while length < size and (row := next(self.rows, None)) is not None:
            line = "\t".join("\\N" if value is None else str(value) for value in row) + "\n"
            parts.append(line)
            length += len(line)
        whole = "".join(parts)
        self.rest = whole[size:]
        return whole[:size]


def copy(table: str, columns: str, rows: Iterable[Iterable[object]]) -> None:
    """COPY rows into a table."""
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", Copy(rows))


def _let_empty_texts_be_left_out() -> None:
    """Give every text of the filled tables that must not be null the empty one: the rows here name what they need."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY(%s) "
            "AND is_nullable = 'NO' AND column_default IS NULL AND data_type IN ('text', 'character varying')",
            [list(FILLED)],
        )
        for table, column in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN \"{column}\" SET DEFAULT ''")


def build(count: int, say: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True)) -> None:
    """Migrate and fill the database of this process. What is there already is kept if it is complete."""
    call_command("migrate", verbosity=0)
    if _is_complete(count):
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "TRUNCATE people_person, people_name, people_indexedname, people_nametoken, cases_court, cases_jurisdiction, "
            "cases_case, cases_defendant, cases_event, cases_charge, cases_listedcase, cases_listcell CASCADE"
        )
        # What the triggers would do row by row is done at once by the rebuild, as after any bulk load.
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _let_empty_texts_be_left_out()
    for title, step in (
        ("persons", lambda: _persons(count)),
        ("other names", lambda: _names(count)),
        ("cases", lambda: _cases(round(count * CASES_A_PERSON))),
        ("defendants and charges", lambda: _defendants(count)),
    ):
        _timed(say, title, step)
    with connection.cursor() as cursor:
        for table in FILLED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_person DISABLE TRIGGER USER")
    _timed(say, "standing", refresh_standing)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_person ENABLE TRIGGER USER")
    _timed(say, "name index", lambda: call_command("rebuild_name_index", batch=20_000))
    _timed(say, "lists of cases", list_all)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _timed(say: Callable[[str], None], title: str, step: Callable[[], object]) -> None:
    began = time.monotonic()
    step()
    say(f"{title}: {time.monotonic() - began:.0f} s")


def _is_complete(count: int) -> bool:
    """Whether these very persons are there, and the last step was done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM people_person")
        if cursor.fetchone() != (count, count):
            return False
        cursor.execute("SELECT name FROM people_person ORDER BY id DESC LIMIT 1")
        name = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM people_nametoken WHERE frequency > 1")
        counted = cursor.fetchone()[0] > 0
    return counted and name == deque(persons(count), maxlen=1).pop().name


def _persons(count: int) -> None:
    rows = (
        (made.pk, f"p-{made.pk}", made.kind, made.name, "", "public", fold(made.name), made.sort, 0)
        for made in _checked(persons(count))
    )
    copy("people_person", "id, slug, kind, name, described_as, visibility, folded, sort_name, derived_standing", rows)


def _checked(made: Iterator[Made]) -> Iterator[Made]:
    """The sorting key is put together of parts, because parsing a million names takes long: try some."""
    wrong = 0
    for one in made:
        if one.pk <= 2000 and one.kind == "person" and sort_name(one.name) != one.sort:
            wrong += 1
        yield one
    if wrong > 20:
        raise AssertionError(f"{wrong} of 2000 sorting keys differ from people.names.sort_name")


def _names(count: int) -> None:
    rows = ((made.pk, text, kind, fold(text)) for made in persons(count) for kind, text in made.others)
    copy("people_name", "person_id, text, kind, folded", rows)


def _cases(count: int) -> None:
    rng = random.Random(SEED + 1)
    where = Jurisdiction.objects.create(slug="bench", name="Benchland")
    first_court = Court.objects.bulk_create(
        Court(slug=f"court-{n}", name=f"District Court {n}", jurisdiction=where, folded=f"district court {n}")
        for n in range(COURTS)
    )[0].pk
    cases = []
    for pk in range(1, count + 1):
        first = date(1995, 1, 1) + timedelta(days=rng.randrange(10_500))
        latest = first + timedelta(days=rng.randrange(1200))
        cases.append((pk, first_court + rng.randrange(COURTS), first, latest, rng.choice(STATUSES)))
    docket = "D-{}-CR-{}-{:06d}"
    copy(
        "cases_case",
        "id, slug, kind, court_id, docket_number, caption, summary, editorial_state, visibility, sealed_basis, "
        "status_override, override_reason, derived_status, derived_finality, derived_wording, first_act_on, "
        "latest_act_on, updated_at, folded",
        (
            (pk, f"case-{pk}", "criminal", court, docket.format(court, first.year, pk), f"State v. Case {pk}", "",
             "published", "public", "", "", "", status, "unknown", "", first, latest, NOW,
             fold(f"State v. Case {pk} {docket.format(court, first.year, pk)}"))
            for pk, court, first, latest, status in cases
        ),
    )  # fmt: skip
    copy(
        "cases_event",
        "id, case_id, on, precision, qualifier, occurrence, category, kind, motion, decision, timeliness, title, text, "
        "raw_text, editorial_state, created_at, updated_at".replace(" on,", ' "on",'),
        (
            (pk, pk, first, "day", "", "held", "filing", "complaint", "", "", "", "Complaint", "", "", "published",
             NOW, NOW)
            for pk, _, first, _, _ in cases
        ),
    )  # fmt: skip


def _defendants(people: int) -> None:
    rng = random.Random(SEED + 2)
    cases = round(people * CASES_A_PERSON)
    rows = []
    for case in range(1, cases + 1):
        accused = {rng.randrange(1, people + 1) for _ in range(DEFENDANTS_A_CASE)}
        rows += [(len(rows) + n, case, person) for n, person in enumerate(sorted(accused), 1)]
    copy(
        "cases_defendant",
        "id, case_id, person_id, position, described_as, visibility, sealed_basis, derived_wording",
        ((pk, case, person, 1, "", "public", "", "Charges pending.") for pk, case, person in rows),
    )
    copy(
        "cases_charge",
        "defendant_id, created_by_id, title, statute, severity, degree, applicability, instrument, quantity, "
        "replaces_how, raw_text, derived_class, derived_term, derived_finality, derived_wording",
        (
            (pk, case, "Fraud", "", "unknown", "", "principal", "", 1, "", "", rng.choice(CLASSES), "", "", "")
            for pk, case, _ in rows
        ),
    )

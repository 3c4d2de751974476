"""docs/running.md, word by word: a public site under gunicorn, on a PostgreSQL that is not ours, behind a proxy."""

import re
import secrets
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.config.conftest import CHECKOUT, NEVER, eventually, free_port
from tests.config.outside import HOST, Browser, Database, Installation, Served, blocks

PAGE = (CHECKOUT / "docs/running.md").read_text(encoding="utf-8")
ROLE, CODE, SETTINGS, PREPARE, FIRST_ACCOUNT, SERVE, UNIT, PROXY, CRON = blocks(PAGE, "Without Docker")
DUMP, RESTORE, DOCKER = blocks(PAGE, "Backups")
PASSWORD = "kolibri-sparrow-47-heron"

# A published case and one that was withdrawn, entered through the verbs, as the editors of this site would.
RECORD = """
import django
django.setup()
from django.contrib.auth.models import User
from cases import editing
from cases.models import Court, Source
from tests.desk.record import docket
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
boss = User.objects.get(username="boss")
anna = User.objects.create_superuser("anna")
TOTP.activate(anna, generate_totp_secret())
RecoveryCodes.activate(anna)
court = Court.objects.first()
report = Source.objects.create(kind="court_record", publisher="The Court", title="Order")
docket(court, report, boss)
gone = docket(court, report, boss, slug="state-v-kwint", name="Zofia Kwint").case
with editing.corrected(kind="error", sentence="This case was not ours to tell.", by=boss):
    editing.withdraw(gone, by=boss)
"""


@dataclass
class Production:
    """A prepared site that is served."""

    database: Database
    site: Installation
    served: Served


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    folder = Path("/tmp") / f"docketline-outside-{secrets.token_hex(6)}"  # noqa: S108 - as root, its account must get there
    made = Database(folder)
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def site(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The database, the code and the settings: steps 1 to 4 of the page."""
    names = [line.partition("=")[0] for line in SETTINGS]
    assert names == ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "BEHIND_PROXY", "CONTACT"]
    settings = dict(
        zip(names, [secrets.token_urlsafe(50), database.url(), HOST, "1", "editors@example.org"], strict=True)
    )
    made = Installation(tmp_path_factory.mktemp("srv"), database, settings)
    made.lay_out()
    assert ROLE[0] == "createuser --pwprompt docketline"
    for line in (
        "createuser docketline",
        f"psql -c \"ALTER ROLE docketline PASSWORD '{database.password}'\" postgres",
        ROLE[1],
    ):
        run = made.run(line, **database.environment)
        assert run.returncode == 0, run.stderr
    for line in PREPARE:
        run = made.run(line)
        assert run.returncode == 0, f"{line}: {run.stdout}{run.stderr}"
    assert PREPARE[-1].endswith("manage.py check --deploy --fail-level WARNING")
    assert run.stdout == "System check identified no issues (2 silenced).\n"
    said = {"DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    first = made.run(f"{FIRST_ACCOUNT[0]} --noinput --username boss --email boss@example.org", **said)
    assert first.returncode == 0, first.stderr
    record = made.run(f".venv/bin/python -c '{RECORD}'", DJANGO_SETTINGS_MODULE="config.settings",
                      PYTHONPATH=f"{made.folder}:{CHECKOUT}")  # fmt: skip
    assert record.returncode == 0, record.stderr
    return made


@pytest.fixture(scope="module")
def production(database: Database, site: Installation) -> Iterator[Production]:
    with site.served(SERVE[0], free_port()) as served:
        yield Production(database, site, served)


@pytest.fixture
def reader(production: Production) -> Browser:
    return Browser(production.served.port)


def test_readers_come_over_tls_and_are_told_to_stay_there(production: Production, reader: Browser) -> None:
    home = reader.get("/")
    assert home.status == 200
    assert home.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in home.headers["Content-Security-Policy"]
    plain = Browser(production.served.port, scheme="http").get("/cases/?q=x")
    assert (plain.status, plain.where) == (301, f"https://{HOST}/cases/?q=x")
    assert reader.get("/cases/state-v-quint/").status == 200


def test_the_pages_that_say_no_are_the_sites_own(production: Production, reader: Browser) -> None:
    answers = {path: reader.get(path) for path in ("/no-such-page/", "/cases/state-v-kwint/", "/%00", "/static/no.css")}
    assert {path: answer.status for path, answer in answers.items()} == {
        "/no-such-page/": 404, "/cases/state-v-kwint/": 410, "/%00": 404, "/static/no.css": 404
    }  # fmt: skip
    assert all("<main" in answer.text for answer in answers.values())
    assert Browser(production.served.port, host="evil.example").get("/").status == 400
    production.database.ask("ALTER TABLE cases_case RENAME COLUMN caption TO mislaid")
    try:
        broken = reader.get("/cases/state-v-quint/")
    finally:
        production.database.ask("ALTER TABLE cases_case RENAME COLUMN mislaid TO caption")
    assert (broken.status, "<main" in broken.text, "Traceback" in broken.text) == (500, True, False)
    assert "mislaid" not in broken.text
    assert "UndefinedColumn" in production.served.log.read_text()  # the operator is told
    assert reader.get("/cases/state-v-quint/").status == 200


def test_static_files_have_names_that_change_with_them(reader: Browser) -> None:
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', reader.get("/").text + reader.get("/desk/login/").text)
    assert len(found) > 4
    for path in set(found):
        answer = reader.get(path, **{"Accept-Encoding": "br"})
        assert (path, answer.status) == (path, 200)
        assert re.search(r"\.[0-9a-f]{12}\.", path), path
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert answer.headers["Content-Encoding"] in ("br", None)


def test_the_first_administrator_sets_up_a_second_factor_before_anything_else(reader: Browser) -> None:
    reader.get("/desk/login/")
    entered = reader.post("/desk/login/", {"login": "boss", "password": PASSWORD})
    assert entered.status == 302
    for name in ("sessionid", "csrftoken", "desk_forms"):
        assert re.search(r"HttpOnly.*Secure", reader.written[name]), name
    for page in ("/desk/", "/desk/cases/case/", "/desk/auth/user/"):
        assert reader.get(page).where == "/desk/second-factor/"
    secret = re.search(r'class="secret">(\w+)<', reader.get("/desk/second-factor/app/add/").text)[1]
    set_up = reader.post("/desk/second-factor/app/add/", {"code": code(secret)})
    assert (set_up.status, set_up.where) == (302, "/desk/second-factor/recovery-codes/")
    assert [reader.get(page).status for page in ("/desk/", "/desk/cases/case/add/", "/desk/imports/batch/")] == [
        200
    ] * 3
    other = Browser(reader.port, address="192.0.2.2")
    other.get("/desk/login/")
    assert other.post("/desk/login/", {"login": "boss", "password": PASSWORD}).where == "/desk/login/code/"
    assert other.get("/desk/").where == "/desk/login/?next=/desk/"


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_addresses_behind_the_proxy_are_counted_apart(production: Production) -> None:
    """Of both of gunicorn's processes together; and the part of the header that a browser wrote is not believed."""
    guessing = [Browser(production.served.port, address="198.51.100.7") for _ in range(6)]
    for number, browser in enumerate(guessing):
        browser.get("/desk/login/")
        answer = browser.post("/desk/login/", {"login": "nobody", "password": f"guess {number}"})
        assert answer.status == (200 if number < 5 else 429)
    other = Browser(production.served.port, address="198.51.100.8")
    other.get("/desk/login/")
    assert other.post("/desk/login/", {"login": "nobody", "password": "guess"}).status == 200


def test_it_heals_when_the_database_was_stopped_and_started(production: Production, reader: Browser) -> None:
    assert reader.get("/cases/state-v-quint/").status == 200
    production.database.stop()
    try:
        away = [reader.get(path) for path in ("/cases/state-v-quint/", "/people/?q=quint", "/")]
    finally:
        production.database.start()
    assert [answer.status for answer in away] == [503] * 3
    assert all(answer.headers["Retry-After"] for answer in away)
    for _ in range(24):  # each thread of both processes has a connection of its own that was cut off
        assert reader.get("/cases/state-v-quint/").status == 200


def test_a_backup_opens_on_another_machine_with_its_second_factors_and_no_sessions(
    production: Production, tmp_path: Path
) -> None:
    """The lines of the page; the record checks, accounts and factors are there, sessions and the like are not."""
    site = production.site
    dumped = site.run(DUMP[0])
    assert (dumped.returncode, dumped.stderr) == (0, "")
    assert site.run(ROLE[1].replace(" docketline docketline", "") + "2", **site.database.environment).returncode == 0
    for line in RESTORE:
        run = site.run(line, DATABASE_URL=site.database.url("docketline2"))
        assert run.returncode == 0, f"{line}: {run.stdout}{run.stderr}"
    with_a_factor = 1 + site.database.ask("SELECT count(*) FROM mfa_authenticator")[0][0] // 4  # or the first one, too
    secrets_of = {1: "2 secrets of 1 account", 2: "4 secrets of 2 accounts"}[with_a_factor]
    assert run.stdout == f"{secrets_of} are encrypted with the present SECRET_KEY.\n"
    tables = ("cases_case", "auth_user", "signin_session", "signin_count")
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)  # noqa: S608 - names of ours
    assert site.database.ask(f"SELECT {counts}", name="docketline2") == [(2, 2, 0, 0)]


def test_a_stop_lets_an_answer_that_was_begun_end(database: Database, site: Installation) -> None:
    """SIGTERM, as systemd and Docker send it, while a reader waits for a page."""
    with site.served(SERVE[0], free_port()) as served:
        answers: list[int] = []
        waiting = threading.Thread(
            target=lambda: answers.append(Browser(served.port).get("/cases/state-v-quint/").status)
        )
        holding = psycopg2.connect(database.url())
        with holding.cursor() as cursor:
            cursor.execute("LOCK TABLE cases_case IN ACCESS EXCLUSIVE MODE")
            waiting.start()
            blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            assert eventually(lambda: database.ask(blocked) != [(0,)])
            served.process.send_signal(signal.SIGTERM)
            time.sleep(1)  # it has been told, and waits
        holding.rollback()
        holding.close()
        waiting.join(NEVER)
        assert (answers, served.process.wait(NEVER)) == ([200], 0)
        assert "Traceback" not in served.log.read_text()

"""What every test stands on: a database server of this run's own, and how hard hypothesis tries."""

import gc
import os
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIServer
from django.db import connection
from django.test import client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import prepared

# The everyday run tries the same examples each time, so that no change goes red by chance; search widely with
# HYPOTHESIS_PROFILE=thorough.
settings.register_profile(
    "everyday", derandomize=True, deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", deadline=None, max_examples=1000)


# Left out of the everyday run (`make everyday`): whatever drives a browser, whole sites and servers in processes of
# their own, every address as every role, large real files. `make test` runs them too.
SLOW = {
    "config": "embedded demo production",
    "desk": "load_demo matrix deeds odd_values races racing "
    "signin signin_attempts signin_kept signin_secrets signin_sessions",
    "imports": "files interrupted bad_files accounts demonstration",
    "public": "as_if_not_there",
}


@pytest.hookimpl(tryfirst=True)  # before those that are marked are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of the modules in ``SLOW``."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder == "browser" or item.path.stem.removeprefix("test_") in SLOW.get(folder, "").split():
            item.add_marker("slow")


def pytest_configure(config: pytest.Config) -> None:
    """Give this run a server in a folder of its own, so that two runs at once never meet.

    The workers of pytest-xdist inherit the environment, and so share one server. It is never synced to disk, and the
    keeper deletes it when the last test process has ended, however it ended.
    """
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))
    gc.set_threshold(50_000, 20, 100)  # to look for rings at every 700th object takes a tenth of the time
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL"):
        return
    # Under /tmp, not pytest's own folder: as root, the account that runs the server must be able to get there.
    os.environ["EMBEDDED_POSTGRES_DIR"] = str(Path("/tmp") / f"docketline-tests-{secrets.token_hex(8)}")  # noqa: S108 - said above
    os.environ["EMBEDDED_POSTGRES_DURABLE"] = "0"
    os.environ["EMBEDDED_POSTGRES_EPHEMERAL"] = "1"


@pytest.fixture(autouse=True, scope="session")
def no_new_day() -> None:
    """Let no test be the first of its day: what pages ask the database would depend on which test comes first."""
    from config.new_day import NewDayMiddleware  # not before Django is set up

    NewDayMiddleware.done_on = date.max


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Make the databases of this run as copies of one that is migrated already."""
    if not os.environ.get("DATABASE_URL") and prepared.lay_out():
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared.DATABASE


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every writer wait for its turn as long as it takes: who is first is asked, not how fast a machine is."""
    monkeypatch.setattr("cases.editing.status.PATIENCE_MS", 0)  # no end
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "options", f"{options['options']} -c statement_timeout=0")


_keep = client.store_rendered_templates


def _keep_pages(*args: Any, template: Any, **kwargs: Any) -> None:
    """Keep the context of what a response was rendered from, but not of each of its hundreds of form fields."""
    if not str(template.name).startswith(("django/forms/", "admin/widgets/")):
        _keep(*args, template=template, **kwargs)


client.store_rendered_templates = _keep_pages

# Fifty connect at once to the live server. On a busy machine more wait to be let in than Django expects, which is ten;
# the kernel resets those that find no room.
WSGIServer.request_queue_size = 128

# Tables that have grown by more than a quarter of a megabyte since they were last swept.
GROWN = """
SELECT oid::regclass::text FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) / 8192 > relpages + 32
"""


@pytest.fixture(autouse=True, scope="module")
def swept_after_the_module(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Clear away what a module rolled back: its rows stay in the files, and every later question reads past them."""
    yield
    _sweep(django_db_blocker)


@pytest.fixture(autouse=True)
def swept_after_the_test(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same after a test, unless its module still keeps a transaction open."""
    yield
    _sweep(django_db_blocker)


def _sweep(django_db_blocker: DjangoDbBlocker) -> None:
    if connection.connection is None or connection.connection.closed or connection.in_atomic_block:
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(GROWN)
        for (table,) in cursor.fetchall():
            cursor.execute(f"VACUUM {table}")

"""A database that is away is told from every other fault, and shown as a 503."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

import config.urls
from config.unavailable import DatabaseUnavailableMiddleware, is_database_away


def away(folder: Path) -> DatabaseWrapper:
    """A connection to a server that is not there."""
    return DatabaseWrapper({**connection.settings_dict, "HOST": str(folder), "PORT": "5432", "NAME": "nothing"})


def error_of(call: Callable[[], object]) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        call()
    return caught.value


@pytest.mark.django_db
def test_no_server(tmp_path: Path) -> None:
    assert is_database_away(error_of(away(tmp_path).ensure_connection))


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended() -> None:
    def end_ourselves() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    try:
        assert is_database_away(error_of(end_ourselves))
    finally:
        connection.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["SELECT 1/0", "SELECT * FROM no_such_table", "SET LOCAL statement_timeout=1; SELECT pg_sleep(1)"]
)
def test_other_faults_are_faults(statement: str) -> None:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    assert not is_database_away(error_of(run))
    assert not is_database_away(ValueError("no database at all"))


gone = Path("/nonexistent")


def view_without_database(request: HttpRequest) -> HttpResponse:
    away(gone).ensure_connection()
    return HttpResponse("never reached")


def middleware_without_database(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    return view_without_database


urlpatterns = [path("away/", view_without_database), *config.urls.urlpatterns]
handler500 = "config.unavailable.server_error"


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_view_that_can_not_reach_it_answers_503(client: Client) -> None:
    answer = client.get("/away/")
    assert answer.status_code == 503
    assert "Content-Security-Policy" in answer


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[f"{__name__}.middleware_without_database"])
def test_so_does_a_middleware() -> None:
    answer = Client(raise_request_exception=False).get("/away/")
    assert answer.status_code == 503


def test_other_exceptions_pass_by() -> None:
    middleware = DatabaseUnavailableMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError()) is None

"""What a reader sees while the database is away: a 503 that asks to come back, never a traceback or a bare 500."""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

# SQLSTATE classes and codes which say that the server is not there for us: connection errors, shutting down,
# crashed, starting up, too many connections. A cancelled or deadlocked statement is none of these.
AWAY = ("08", "57P01", "57P02", "57P03", "53300")


def is_database_away(error: BaseException | None) -> bool:
    """Tell a lost or unreachable server from every other fault of the database."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    sqlstate = getattr(error.__cause__, "pgcode", None)
    return sqlstate is None or sqlstate.startswith(AWAY)


def unavailable(request: HttpRequest) -> HttpResponse:
    return _page("unavailable", request)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: reached from middleware too, where no process_exception is called."""
    if is_database_away(sys.exc_info()[1]):
        return unavailable(request)
    return _page("server_error", request)


class DatabaseUnavailableMiddleware:
    """Answers 503 when a view could not reach the database, although the connection was tried again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request) if is_database_away(exception) else None


def _page(name: str, request: HttpRequest) -> HttpResponse:
    # Looked up when needed: the middleware is loaded before the addresses are.
    view: Callable[[HttpRequest], HttpResponse] = import_string(f"public.errors.{name}")
    return view(request)

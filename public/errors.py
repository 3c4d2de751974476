"""The pages a reader meets when something is wrong: plain words, our own look, no database, no session."""

import logging
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

# Status -> heading, what happened and what to do.
WORDS: dict[int, tuple[str, str]] = {
    400: (
        "That request could not be read",
        "The address or the form held something this site can not understand. Go back and try again, or search.",
    ),
    403: ("You may not open this page", "It is not public. If you are an editor, sign in first and try again."),
    404: (
        "There is no such page",
        "The address may be mistyped, or nothing has been published here. Try the search, or the list of cases.",
    ),
    405: ("This page can only be read", "Public pages answer to reading only. Nothing was changed."),
    410: (
        "This page was withdrawn",
        "The editors have withdrawn what was published here. That says nothing about the outcome of any case.",
    ),
    500: (
        "Something went wrong on our side",
        "The fault has been noted. Nothing you did caused it. Please try again in a while.",
    ),
    503: (
        "The record is away for a moment",
        "The database can not be reached just now. Please try again in a few seconds: this page was not changed.",
    ),
}


STALE_FORM = (
    "That form could not be accepted",
    "Its security token is missing or too old. Go back, load the page again, and send the form once more.",
)


def error_page(status: int, said: tuple[str, str] | None = None) -> HttpResponse:
    """Return our page for an HTTP status, in its usual words or in others. It is never kept by caches."""
    heading, words = said or WORDS[status]
    context = {"title": heading, "words": words, "status": status, "noindex": True, "short": True}
    try:
        # Without the request: no context processor runs, so neither session nor database is asked for anything.
        body: str = render_to_string("errors/error.html", context)
    except Exception:  # the last page there is must not fail, whatever is broken
        logger.exception("The page for status %s could not be drawn.", status)
        body = f"{heading}\n\n{words}\n"
        plain = "text/plain; charset=utf-8"
        return HttpResponse(body, status=status, content_type=plain, headers={"Cache-Control": "no-store"})
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400."""
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return error_page(403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a form that came without its token."""
    return error_page(403, STALE_FORM)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return error_page(404)


def gone(request: HttpRequest) -> HttpResponse:
    """A page that the editors withdrew."""
    return error_page(410)


def method_not_allowed(request: HttpRequest, allowed: Iterable[str]) -> HttpResponse:
    """A public page asked to do anything but be read."""
    response = error_page(405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500, through ``config.unavailable``."""
    return error_page(500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database can not be reached; browsers and crawlers are asked to come back."""
    response = error_page(503)
    response.headers["Retry-After"] = "10"
    return response

"""A form whose security token is missing or old: shown again where that is safe, refused in plain words elsewhere."""

from django.http import HttpRequest, HttpResponse

from desk.signin import door
from public import errors


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW."""
    return door.csrf_failure(request) or errors.csrf_failure(request, reason)

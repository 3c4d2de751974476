"""What every public view shares: it may only be read, for how long an answer may be kept, whole page or part."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from public.errors import method_not_allowed

P = ParamSpec("P")
READING = ("GET", "HEAD")
KEPT = "private, no-cache"  # by the reader's own browser alone, and not shown again without asking


def reader_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Make ``view`` a public page: GET and HEAD only; browsers must ask again each time, and no cache that others
    share may keep it.

    A fact that is corrected, withdrawn or sealed has to vanish at once. A browser that has the page as it is now is
    told so in few bytes, by a mark made of the page itself; never by a date, which would not move when something goes.
    Exempt from CSRF because it never writes: any other method gets our 405, not a form's 403.
    """

    @csrf_exempt
    @conditional_page
    @wraps(view)
    def read(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in READING:
            return method_not_allowed(request, READING)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", KEPT)
        response.headers.pop("Last-Modified", None)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return read


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for the part it swaps, and not for the whole page."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def pushed_url(request: HttpRequest) -> str:
    """The address htmx shows for a part: what was asked, without the fields left empty."""
    return f"{request.path}{asked_again(request)}"


def asked_again(request: HttpRequest) -> str:
    """What was asked, as the end of another address: with its question mark; empty if nothing was."""
    asked = [(name, value) for name in request.GET for value in request.GET.getlist(name) if value]
    return f"?{urlencode(asked)}" if asked else ""

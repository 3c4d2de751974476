"""Typing kept over a lost session: a form that came too late is kept for its account, and shown again when it is back.

Nothing here knows one form from another. Kept fields are given to the form's own view as if they had just been sent,
under three guards: no form is valid meanwhile, no statement may write, and the transaction is undone.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.forms.forms import BaseForm
from django.forms.formsets import ManagementForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from desk.signin.models import KeptTyping

NAME = "kept"  # in the query of an address: the token of what was kept
COOKIE, SALT = "desk_last", "desk.signin.kept"
COOKIE_DAYS = 30
TAKEN_OVER = "signin_taken_over"  # in a session: somebody else used the desk in this browser before
HOUR = timedelta(hours=1)
MOST_BYTES = 1_000_000
MOST_A_PERSON = 10
NEVER_KEPT = re.compile("csrfmiddlewaretoken|password|^credential$|^code$", re.IGNORECASE)
WRITES = re.compile(
    r"\b(?:insert\s+into|delete\s+from|merge\s+into|truncate|copy)\b|(?<!for\s)(?<!key\s)\bupdate\s", re.IGNORECASE
)

BACK = (
    "You were signed out before this could be saved. Here is what you typed. Nothing was saved yet: "
    "look it over, and save it."
)
LEFT_OUT = "Files and passwords can not be kept: choose or type them again."
GONE = "What was typed before is not kept any longer, or another account had typed it. The page is as it was saved."
NOT_KEPT = (
    "You were signed out before your page could be saved, and what you typed could not be kept: {why}. "
    "Your browser may still have it: after signing in, go back to the form."
)

_shown_again: ContextVar[bool] = ContextVar("shown_again", default=False)
Answer = Callable[[HttpRequest], HttpResponse]


class WouldWriteError(Exception):
    """A view tried to write while it was only to show a form again."""


# --- whose browser this is ------------------------------------------------------------------------------------------


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Note in a signed cookie who last used the desk in this browser: only for them may a form be kept here."""
    last = _last_account(request)
    if request.user.is_authenticated and last != request.user.pk:
        if last is not None:
            request.session[TAKEN_OVER] = True
        response.set_signed_cookie(
            COOKIE, str(request.user.pk), salt=SALT, max_age=COOKIE_DAYS * 86_400, path="/desk/",
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
        )  # fmt: skip


def _last_account(request: HttpRequest) -> int | None:
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_DAYS * 86_400)
    return int(value) if value and value.isdecimal() else None


def _who_typed(request: HttpRequest) -> int | None:
    """Return whose the form is; None if it may have stood open in this browser since somebody else used it."""
    if not request.user.is_authenticated:
        return _last_account(request)
    return None if request.session.get(TAKEN_OVER) else request.user.pk


def _is_own_form(request: HttpRequest) -> bool:
    """Tell whether the browser says that the form came from a page of this site; a forged one does not."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


# --- keeping --------------------------------------------------------------------------------------------------------


def keep(request: HttpRequest) -> str | None:
    """Keep the form of ``request``; return the address at which it is shown again, or None, with a message why not."""
    address, _ = split(request.get_full_path())
    account = _who_typed(request)
    user = User.objects.filter(pk=account, is_active=True).first() if account is not None else None
    why = ""
    if user is None or not _is_own_form(request):
        why = "it is not known in this browser who typed it"
    elif _length(request) > 10 * MOST_BYTES or len(typed := _typed(request)) > MOST_BYTES:
        why = "it is longer than a page of the desk can be"
    if why or user is None:
        messages.error(request, NOT_KEPT.format(why=why))
        return None
    row = KeptTyping.objects.create(
        token=secrets.token_urlsafe(32),
        user=user,
        address=address,
        typed=typed,
        left_out=bool(request.FILES) or any("password" in name.lower() for name in request.POST),
        kept_at=timezone.now(),
    )
    _clear(user)
    return _with_token(address, row.token)


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _typed(request: HttpRequest) -> str:
    """Return the fields in their order, percent-encoded: so that any byte fits into a column."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if not NEVER_KEPT.search(name)]
    return urlencode(pairs)


def drop_old(**_: Any) -> None:
    """Drop what is older than an hour; also whenever somebody signs in, so that it does not lie about."""
    KeptTyping.objects.filter(kept_at__lt=timezone.now() - HOUR).delete()


def _clear(user: User) -> None:
    """Drop what is older than an hour, and of one account all but the newest few."""
    drop_old()
    newest = KeptTyping.objects.filter(user=user).order_by("-kept_at").values_list("pk", flat=True)[:MOST_A_PERSON]
    KeptTyping.objects.filter(user=user).exclude(pk__in=list(newest)).delete()


def split(address: str) -> tuple[str, str]:
    """Return an address without the token of kept typing, and the token ("" if there is none)."""
    parts = urlsplit(address)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    token = next((value for name, value in asked if name == NAME), "")
    if not any(name == NAME for name, _ in asked):
        return address, ""
    query = urlencode([(name, value) for name, value in asked if name != NAME])
    return f"{parts.path}?{query}" if query else parts.path, token


def _with_token(address: str, token: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{NAME}={token}"


def waits(address: str | None) -> bool:
    """Tell whether typing is kept for the page to which ``address``, a part of a sign-in's address, leads."""
    token = split(address)[1] if address else ""
    return bool(token) and "\0" not in token and _kept().filter(pk=token).exists()


def _kept() -> Any:
    return KeptTyping.objects.filter(kept_at__gte=timezone.now() - HOUR)


# --- showing it again -----------------------------------------------------------------------------------------------


def let_forms_be_shown() -> None:
    """Make no form valid while one is shown again. Django has no hook that reaches every form: this is it."""
    is_valid = BaseForm.is_valid

    def valid_unless_shown_again(form: BaseForm) -> bool:
        # The counts of a page's rows are a form to Django as well; without them the rows could not be shown.
        return is_valid(form) and (isinstance(form, ManagementForm) or not _shown_again.get())

    BaseForm.is_valid = valid_unless_shown_again  # type: ignore[method-assign, assignment]  # replaced on purpose


def show(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Answer a request for a page with the token of kept typing: the filled form, from its own view."""
    address, token = split(request.get_full_path())
    row = _kept().filter(pk=token, user=request.user, address=address).first() if "\0" not in token else None
    if row is None:
        messages.warning(request, GONE)
        return HttpResponseRedirect(address)
    _pretend(request, row)
    messages.warning(request, BACK)
    if row.left_out:
        messages.warning(request, LEFT_OUT)
    with _nothing_is_written():
        response = answer(request)
    request.method = request.META["REQUEST_METHOD"] = "GET"
    if response.status_code in (200, 403):
        return response
    return _as_a_list(request, row)


def _pretend(request: HttpRequest, row: KeptTyping) -> None:
    """Make ``request`` look as the form did when it was sent."""
    _strip(request)
    request.method = request.META["REQUEST_METHOD"] = "POST"
    request.POST = QueryDict(row.typed)
    request._files = MultiValueDict()  # type: ignore[attr-defined]  # what Django itself sets
    # There is nothing to forge: these fields came from this account's own form, and nothing is written.
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # what Django itself sets


def _strip(request: HttpRequest) -> None:
    """Take the token out of the address, as the view sees it."""
    _, _, query = split(request.get_full_path())[0].partition("?")
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)


@contextmanager
def _nothing_is_written() -> Iterator[None]:
    token = _shown_again.set(True)
    try:
        with transaction.atomic(), connection.execute_wrapper(_refuse_to_write):
            yield
            transaction.set_rollback(True)
    finally:
        _shown_again.reset(token)


def _refuse_to_write(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    if WRITES.search(str(sql)):
        raise WouldWriteError
    return execute(sql, params, many, context)


def _as_a_list(request: HttpRequest, row: KeptTyping) -> HttpResponse:
    """Show what was typed as text: for a page that can not show its form again, or is not there any longer."""
    typed = [
        (name, value)
        for name, value in parse_qsl(row.typed, keep_blank_values=False)
        if not name.startswith("_") and not name.endswith(("_FORMS", "-id"))
    ]
    context = {"title": "What you typed", "typed": typed, "address": row.address, "left_out": row.left_out}
    return render(request, "account/kept.html", context)


# --- sending it at last ---------------------------------------------------------------------------------------------


def send(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Answer a form that was shown again and is now sent; when it was taken, what was kept is dropped."""
    _, token = split(request.get_full_path())
    _strip(request)
    response = answer(request)
    if 300 <= response.status_code < 400 and "\0" not in token:
        KeptTyping.objects.filter(pk=token, user=cast(User, request.user)).delete()
    return response

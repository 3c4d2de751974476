"""Typing kept over a lost session: a form that came too late is kept for its account, and shown again when it is back.

Nothing here knows one form from another. Kept fields are given to the form's own view as if they had just been sent,
under three guards: no form is valid meanwhile, no statement may write, and the transaction is undone.
"""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import connection, transaction
from django.forms.forms import BaseForm
from django.forms.formsets import ManagementForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware import csrf
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from desk.signin import ciphers
from desk.signin.models import KeptTyping

NAME = "kept"  # in the query of an address: the token of what was kept
COOKIE, SALT = "desk_forms", "desk.signin.kept"
COOKIE_SECONDS = 30 * 86_400 + settings.SESSION_COOKIE_AGE
MOST_TYPISTS = 10  # sign-ins in one browser whose open forms are still told apart
NOBODY = 0  # whose a form is that two accounts could have typed
PURPOSE = "kept typing"
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
GONE = (
    "What was typed before is not kept any longer (an hour has passed, or something was sealed meanwhile), "
    "or another account had typed it. The page is as it was saved."
)
NOT_KEPT = (
    "You were signed out before your page could be saved, and what you typed could not be kept: {why}. "
    "Your browser may still have it: after signing in, go back to the form."
)

TOO_LONG = "it is longer than a page of the desk can be"

_shown_again: ContextVar[bool] = ContextVar("shown_again", default=False)
Answer = Callable[[HttpRequest], HttpResponse]


class WouldWriteError(Exception):
    """A view tried to write while it was only to show a form again."""


# --- who typed it ---------------------------------------------------------------------------------------------------
# Every form carries a token, made from a secret of the browser that changes at each sign-in. So the secret tells in
# which sign-in a form was opened, and a signed cookie remembers whose that was: also of one that was open before
# somebody else came in.


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Note in a signed cookie whose the forms are that are opened in this browser now: they are kept for them alone."""
    secret = request.META.get("CSRF_COOKIE")
    if not secret or not request.user.is_authenticated:
        return
    typists, now = _typists(request), _digest(secret)
    known = typists.pop(now, request.user.pk)
    whose = request.user.pk if known == request.user.pk else NOBODY
    noted = {now: whose, **typists}
    if noted == _typists(request):
        return
    response.set_signed_cookie(
        COOKIE, "-".join(f"{which}.{pk}" for which, pk in [*noted.items()][:MOST_TYPISTS]), salt=SALT,
        max_age=COOKIE_SECONDS, path="/desk/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )  # fmt: skip


def _typists(request: HttpRequest) -> dict[str, int]:
    """Return which account used the desk while the browser had which secret, the newest first."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS)
    return {which: int(pk) for which, _, pk in (pair.partition(".") for pair in (value or "").split("-")) if pk}


def _who_typed(request: HttpRequest) -> int | None:
    """Return whose the form is, by its token; None if that is not known here."""
    token = request.POST.get("csrfmiddlewaretoken", "")
    # Django has no public way to ask to which secret a token belongs; the tests here would tell if it changed.
    try:
        csrf._check_token_format(token)  # type: ignore[attr-defined]  # Django's own, not in its stubs
    except csrf.InvalidTokenFormat:
        return None
    secret = csrf._unmask_cipher_token(token) if len(token) == csrf.CSRF_TOKEN_LENGTH else token  # type: ignore[attr-defined]  # Django's own, not in its stubs
    return _typists(request).get(_digest(secret)) or None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _is_own_form(request: HttpRequest) -> bool:
    """Tell whether the browser says that the form came from a page of this site; a forged one does not."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS


# --- keeping --------------------------------------------------------------------------------------------------------


def keep(request: HttpRequest) -> str | None:
    """Keep the form of ``request``; return the address at which it is shown again, or None, with a message why not."""
    address, _ = split(request.get_full_path())
    user, typed, why = None, "", ""
    try:
        if _length(request) > 10 * MOST_BYTES:  # files among it, which are not kept
            raise RequestDataTooBig
        user, typed = _typist(request), _typed(request)
    except SuspiciousOperation:  # Django's own limits
        why = TOO_LONG
    if not why and (user is None or not _is_own_form(request)):
        why = "it is not known in this browser who typed it"
    elif len(typed) > MOST_BYTES:
        why = TOO_LONG
    if why or user is None:
        messages.error(request, NOT_KEPT.format(why=why))
        return None
    token = secrets.token_urlsafe(32)
    KeptTyping.objects.create(
        token=_number(token),
        user=user,
        address=address,
        typed=ciphers.encrypt(typed, purpose=PURPOSE, bound_to=token),
        left_out=bool(request.FILES) or any("password" in name.lower() for name in request.POST),
        kept_at=timezone.now(),
    )
    _clear(user)
    return _with_token(address, token)


def _number(token: str) -> str:
    """Return under which number a form is stored: not the token itself, without which it can not be read."""
    return urlsafe_b64encode(sha256(token.encode()).digest()).decode().rstrip("=")


def _typist(request: HttpRequest) -> User | None:
    """Return for whom the form may be kept; who is signed in gets no one else's, and nobody else gets told."""
    account = _who_typed(request)
    if request.user.is_authenticated and account != request.user.pk:
        return None
    return User.objects.filter(pk=account, is_active=True).first() if account is not None else None


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
    return bool(token) and _kept().filter(pk=_number(token)).exists()


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
    row = _kept().filter(pk=_number(token), user=request.user, address=address).first()
    typed = _read(row, token)
    if row is None or typed is None:
        messages.warning(request, GONE)
        return HttpResponseRedirect(address)
    _pretend(request, typed)
    messages.warning(request, BACK)
    if row.left_out:
        messages.warning(request, LEFT_OUT)
    with _nothing_is_written():
        response = answer(request)
    request.method = request.META["REQUEST_METHOD"] = "GET"
    if response.status_code in (200, 403):
        return response
    return _as_a_list(request, row, typed)


def _read(row: KeptTyping | None, token: str) -> str | None:
    """Return what was typed; None if there is nothing, or SECRET_KEY is another by now."""
    try:
        return ciphers.decrypt(row.typed, purpose=PURPOSE, bound_to=token) if row else None
    except ciphers.UnreadableError:
        return None


def _pretend(request: HttpRequest, typed: str) -> None:
    """Make ``request`` look as the form did when it was sent."""
    _strip(request)
    request.method = request.META["REQUEST_METHOD"] = "POST"
    request.POST = QueryDict(typed)
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


def _refuse_to_write(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - the signature is Django's wrapper's
    if WRITES.search(str(sql)):
        raise WouldWriteError
    return execute(sql, params, many, context)


def _as_a_list(request: HttpRequest, row: KeptTyping, typed: str) -> HttpResponse:
    """Show what was typed as text: for a page that can not show its form again, or is not there any longer."""
    pairs = [
        (name, value)
        for name, value in parse_qsl(typed, keep_blank_values=False)
        if not name.startswith("_") and not name.endswith(("_FORMS", "-id"))
    ]
    context = {"title": "What you typed", "typed": pairs, "address": row.address, "left_out": row.left_out}
    return render(request, "account/kept.html", context)


# --- sending it at last ---------------------------------------------------------------------------------------------


def send(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Answer a form that was shown again and is now sent; when it was taken, what was kept is dropped."""
    _, token = split(request.get_full_path())
    _strip(request)
    response = answer(request)
    if 300 <= response.status_code < 400:
        KeptTyping.objects.filter(pk=_number(token), user=cast(User, request.user)).delete()
    return response

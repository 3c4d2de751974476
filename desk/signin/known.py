"""Which browsers and addresses an account has signed in from before: there it is not kept out by strangers' guesses."""

import hashlib
import re
import secrets
from datetime import timedelta

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from desk.signin import factor
from desk.signin.models import KnownAddress

COOKIE, SALT = "desk_known", "desk.signin.known"
DAYS = 180
MOST_NAMES = 5  # of one browser
NOTED = "signin_noted"  # in a session: the account of which browser and address were noted
WRITTEN = re.compile(r"[\w-]{22}(\.[0-9a-f]{16}){1,5}")


def name_key(username: str) -> str:
    """Return under which key failed sign-ins of a user name are counted: the same, however it is written."""
    return f"name:{username.strip().lower()}"


def browser(request: HttpRequest, username: str) -> str | None:
    """Return the number of this browser, if ``username`` has signed in here before, and went all the way in."""
    number, names = _written(request)
    return number if _digest(username) in names else None


def is_known_address(request: HttpRequest, username: str) -> bool:
    """Tell whether ``username`` has signed in from this address within the last half a year."""
    since = timezone.now() - timedelta(days=DAYS)
    named = username.strip().replace("\0", "")  # what was typed may be anything
    rows = KnownAddress.objects.filter(user__username__iexact=named, last_on__gte=since.date())
    return rows.filter(address=_address(request)).exists()


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Note browser and address, once a session: of who has just signed in, with the second factor if one is needed."""
    user = request.user
    if not user.is_authenticated or request.session.get(NOTED) == user.pk:
        return
    if not get_authentication_records(request, user) or factor.is_missing(request):
        return
    request.session[NOTED] = user.pk
    number, names = _written(request)
    names = [_digest(user.get_username()), *(name for name in names if name != _digest(user.get_username()))]
    response.set_signed_cookie(
        COOKIE, ".".join([number or secrets.token_urlsafe(16), *names[:MOST_NAMES]]), salt=SALT,
        max_age=DAYS * 86_400, path="/desk/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
    )  # fmt: skip
    KnownAddress.objects.update_or_create(
        user=user, address=_address(request), defaults={"last_on": timezone.now().date()}
    )
    forget_old()


def forget_old() -> None:
    """Drop the addresses from which nobody came for half a year."""
    KnownAddress.objects.filter(last_on__lt=(timezone.now() - timedelta(days=DAYS)).date()).delete()


def _written(request: HttpRequest) -> tuple[str, list[str]]:
    """Return this browser's number and the digests of the names that signed in here; nothing if it has no cookie."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=DAYS * 86_400)
    if not value or not WRITTEN.fullmatch(value):
        return "", []
    number, *names = value.split(".")
    return number, names


def _digest(username: str) -> str:
    return hashlib.sha256(name_key(username).encode()).hexdigest()[:16]


def _address(request: HttpRequest) -> str:
    """Return the address so that it can be found again but not read: with a key that is not in the database."""
    return salted_hmac(SALT, ratelimit.get_ip(request), algorithm="sha256").hexdigest()

"""What is said when somebody tried too often: in plain words, with the time to wait. allauth counts, in the database.

The counts lie in the database cache, so every process of the site sees the same ones. allauth says only that a limit
is reached; how long it lasts is read from the count itself, whose functions are allauth's own (its version is pinned).
"""

import math
import time
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ACCOUNT, FACTORS = "allauth.account", "allauth.mfa"
LIMITED = (
    (ACCOUNT, "login"),
    (ACCOUNT, "login_failed"),
    (ACCOUNT, "reauthenticate"),
    (ACCOUNT, "change_password"),
    (FACTORS, "webauthn_login"),
)


def name_key(username: str) -> str:
    """Return under which key failed sign-ins of a user name are counted: the same, whatever the site was called by."""
    return f"name:{username.strip().lower()}"


def seconds_to_wait(request: HttpRequest) -> int:
    """Return after how many seconds everything that is limited here may be tried again; 0 if nothing is."""
    now, longest = time.time(), 0.0
    for app, action in LIMITED:
        for rate in ratelimit.get_rates(app=app, action=action):
            for asker in _askers(request, rate.per):
                counted = cache.get(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, **asker), [])
                fresh = [at for at in counted if at > now - rate.duration]  # the newest first
                if len(fresh) >= rate.amount:
                    longest = max(longest, fresh[rate.amount - 1] + rate.duration - now)
    return math.ceil(longest)


def _askers(request: HttpRequest, per: str) -> list[dict[str, Any]]:
    """Return as whom this request is counted: by its address, its account, or the name that was typed."""
    if per == "ip":
        return [{}]
    user = request.user if request.user.is_authenticated else _half_signed_in(request)
    if per == "user":
        return [{"user": user}] if user else []
    names = [request.POST.get("login", "")] + ([user.get_username()] if user else [])
    return [{"key": name_key(name)} for name in names if name] + ([{"key": f"mfa-auth-user-{user.pk}"}] if user else [])


def _half_signed_in(request: HttpRequest) -> Any:
    """Return who has given the password and not yet the second factor."""
    login = unstash_login(request, peek=True)
    return login.user if login else None


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler429: too many attempts."""
    seconds = max(seconds_to_wait(request), 1)
    response = render(request, "account/too_many.html", {"wait": in_words(seconds), "title": "Too many attempts"})
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def in_words(seconds: int) -> str:
    """Say a time to wait: whole minutes, rounded up, from a minute and a half on."""
    if seconds < 90:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    return f"{math.ceil(seconds / 60)} minutes"

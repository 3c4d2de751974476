"""How often somebody may try, and what is said when it was too often: in plain words, with the time to wait.

allauth counts, in the database cache, so every process of the site sees the same counts. Which counts a try falls under
is told here: whoever comes from a browser or an address where this account was before has counts of their own, which
strangers can not use up. How long a limit lasts is read from the count itself, whose functions are allauth's own (its
version is pinned).
"""

import math
import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.signin import known

ACCOUNT, FACTORS = "allauth.account", "allauth.mfa"
# Names of rates in ACCOUNT_RATE_LIMITS: by address alone; of a name here; of a name from everywhere; of codes.
BY_ADDRESS, HERE, EVERYWHERE, CODES = "login_failed", "login_failed_here", "login_failed_everywhere", "code_failed"
BY_ITSELF = (
    (ACCOUNT, BY_ADDRESS),
    (ACCOUNT, "reauthenticate"),
    (ACCOUNT, "change_password"),
    (FACTORS, "webauthn_login"),
)
Count = tuple[str, str]  # the name of a rate, and for whom it is counted


def counts_of_password(request: HttpRequest, username: str) -> list[Count]:
    """Return the counts under which a wrong password of ``username`` falls in this browser."""
    name = known.name_key(username)
    if browser := known.browser(request, username):
        return [(HERE, f"{name} in {browser}")]
    here = [(BY_ADDRESS, ""), (HERE, f"{name} from {ratelimit.get_ip(request)}")]
    return here if known.is_known_address(request, username) else [*here, (EVERYWHERE, name)]


def counts_of_code(request: HttpRequest, user: Any) -> list[Count]:
    """Return the count under which a wrong code of ``user`` falls; strangers, who have the password, share one."""
    where = f"in {browser}" if (browser := known.browser(request, user.get_username())) else "from elsewhere"
    if not browser and known.is_known_address(request, user.get_username()):
        where = f"from {ratelimit.get_ip(request)}"
    return [(CODES, f"code:{user.pk} {where}")]


def count(request: HttpRequest, counts: list[Count]) -> ratelimit.RateLimitUsage:
    """Count a try, which may be taken back when it was a good one; answer 429 if there were too many already."""
    spent = ratelimit.RateLimitUsage(usage=[])
    for action, key in counts:
        one = ratelimit.consume(request, app=ACCOUNT, action=action, key=key or None)
        if one is None:
            raise get_adapter(request).validation_error("too_many_login_attempts")
        spent.usage += one.usage
    return spent


def forget(request: HttpRequest, counts: list[Count]) -> None:
    """Begin these counts anew."""
    for action, key in counts:
        ratelimit.clear(request, app=ACCOUNT, action=action, key=key)


def seconds_to_wait(request: HttpRequest) -> int:
    """Return after how many seconds everything that is limited here may be tried again; 0 if nothing is."""
    now, longest = time.time(), 0.0
    for app, action, asker in _counted(request):
        for rate in ratelimit.get_rates(app=app, action=action):
            if (rate.per == "user") != ("user" in asker):
                continue
            counted = cache.get(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, **asker), [])
            fresh = [at for at in counted if at > now - rate.duration]  # the newest first
            if len(fresh) >= rate.amount:
                longest = max(longest, fresh[rate.amount - 1] + rate.duration - now)
    return math.ceil(longest)


def _counted(request: HttpRequest) -> list[tuple[str, str, dict[str, Any]]]:
    """Return every count this request may have met: of its address, its account, or the name that was typed."""
    user = request.user if request.user.is_authenticated else _half_signed_in(request)
    found: list[tuple[str, str, dict[str, Any]]] = []
    if user:
        found += [(app, action, {"user": user}) for app, action in BY_ITSELF]
    counts: list[Count] = []
    if user and "code" in request.POST:
        counts = counts_of_code(request, user)
    elif name := request.POST.get("login", "") or (user.get_username() if user else ""):
        counts = counts_of_password(request, name)
    if not counts or (BY_ADDRESS, "") in counts:
        found += [(app, action, {}) for app, action in BY_ITSELF]
    return found + [(ACCOUNT, action, {"key": key}) for action, key in counts if key]


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

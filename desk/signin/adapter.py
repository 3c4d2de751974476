"""How allauth behaves on this site: accounts are made by administrators, limits answer 429, and words are plain."""

import re
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from desk.signin import ciphers, limits

LIMITS = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, with a user name."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "This user name and this password do not belong together. Type both again.",
        "incorrect_password": "This is not your password. Type it again.",
        "enter_current_password": "This is not your present password. Type it again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own: an administrator does."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Lead nobody away: only an address within this site, without its host, is followed after signing in."""
        return bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address attempts are counted by; all that have none that can be read are counted together."""
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            return "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a password before it is looked at; allauth takes the count back when it was right."""
        counts = limits.counts_of_password(request, credentials.get("username", ""))
        self._login_failed_rl_usage = limits.count(request, counts)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answer a reached limit with a page of its own instead of a line in a form."""
        if code in LIMITS:
            raise ImmediateHttpResponse(limits.too_many(context.request))
        return super().validation_error(code, *args)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before a second factor is changed, unless it was given a few minutes ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This was not accepted. A code counts once, and for half a minute: wait for the next one.",
        "unreadable": ciphers.UNREADABLE,
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it is stored; allauth calls it for an app's key and the seed of recovery codes."""
        return ciphers.encrypt(text, purpose=ciphers.FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a stored secret. Raises ciphers.UnreadableError if the SECRET_KEY it was stored with is gone."""
        return ciphers.decrypt(encrypted_text, purpose=ciphers.FACTORS)

    def get_totp_label(self, user: Any) -> str:
        """Return what an authenticator app shows beside the code."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        """Return the picture that an app scans, for use inside a page: without the line that makes it a file."""
        return re.sub(r"^<\?xml[^>]*\?>\s*", "", super().build_totp_svg(url))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the signature is allauth's
        """Propose a name for a new passkey."""
        return f"Passkey {self.factors(user).filter(type=type).count() + 1}"

    @staticmethod
    def factors(user: User) -> Any:
        """Return the stored factors of an account, recovery codes among them."""
        from allauth.mfa.models import Authenticator

        return Authenticator.objects.filter(user_id=user.pk)

"""allauth's forms, made strict and plain: a code counts once, and an odd answer about a passkey is only refused."""

import struct
from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache
from django.forms.utils import ErrorDict

from desk.signin import ciphers, limits

# A code is right during its own half minute and the one before and after it (MFA_TOTP_TOLERANCE).
REMEMBERED = 120  # seconds


def use_up(user_id: int, code: str) -> None:
    """Note that ``code`` was used; refuse it if it had been. The cache lies in the database, so all processes agree."""
    if not cache.add(f"signin:code:{user_id}:{normalize_user_code(code)}", "used", timeout=REMEMBERED):
        raise get_adapter().validation_error("incorrect_code")


def _to_type_in(form: Any, name: str, **attributes: str) -> None:
    """Put the cursor into a field, and nothing else: its label says what it is for."""
    attrs = form.fields[name].widget.attrs
    attrs.pop("placeholder", None)
    attrs.update({"autofocus": True, **attributes})


class LoginForm(account.LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        _to_type_in(self, "login", autocapitalize="none", spellcheck="false")


class PasswordForm(account.ReauthenticateForm):
    """The password, asked for again before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _to_type_in(self, "password")


class ChangePasswordForm(account.ChangePasswordForm):
    """One's own new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        _to_type_in(self, "oldpassword")


class _Code:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _to_type_in(self, "code", inputmode="numeric", spellcheck="false")


class _OneUse(_Code):
    def clean_code(self) -> str:
        """Ask each factor that knows codes; a wrong one counts, and a right one begins the count anew."""
        # As allauth's own, but for the count: its would let strangers shut the owner out. The types are ignored because
        # allauth has none.
        request, user = context.request, self.user  # type: ignore[attr-defined]  # allauth's form has it
        counts = limits.counts_of_code(request, user)
        limits.count(request, counts)
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]  # allauth's form has it
        factors = list(Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN))
        unreadable = False
        for factor in factors:
            try:
                if factor.wrap().validate_code(code):
                    break
            except ciphers.UnreadableError:
                unreadable = True
        else:
            for factor in sorted(factors, key=lambda one: one.type != Authenticator.Type.TOTP)[:1]:
                self._emit_authentication_failed(factor)  # type: ignore[attr-defined]  # allauth's form has it
            raise get_adapter().validation_error("unreadable" if unreadable else "incorrect_code")
        factor.user = user
        self.authenticator = factor
        if factor.type == Authenticator.Type.TOTP:
            use_up(user.pk, code)
        limits.forget(request, counts)
        return code


class AuthenticateForm(_OneUse, base.AuthenticateForm):
    """The code that is asked for after the password."""


class ReauthenticateForm(_OneUse, base.ReauthenticateForm):
    """The code that is asked for before a second factor is changed."""


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """The first code of a new app; it counts once as well."""

    def clean_code(self) -> str:
        """Use the code up."""
        code: str = super().clean_code()
        use_up(self.user.pk, code)
        return code


class _Readable:
    """What a browser says of a passkey may be anything: what can not be read is refused, and never a fault of ours."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]  # allauth has no types
        except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError, struct.error):
            self.cleaned_data: dict[str, Any] = {}
            self._errors = ErrorDict(renderer=self.renderer)  # type: ignore[attr-defined]  # allauth has no types
            # The type is ignored: allauth has no types.
            self.add_error("credential", get_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]  # allauth's form has it


class AddWebAuthnForm(_Readable, webauthn.AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = "It may stand for my password as well"
        alone.help_text = "It then asks for your fingerprint or its own code each time."


class AuthenticateWebAuthnForm(_Readable, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ReauthenticateWebAuthnForm(_Readable, webauthn.ReauthenticateWebAuthnForm):
    """A passkey before a second factor is changed."""


class LoginWebAuthnForm(_Readable, webauthn.LoginWebAuthnForm):
    """A passkey in the place of name, password and code."""

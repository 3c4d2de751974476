"""What lies encrypted in the database: with keys derived from SECRET_KEY, so that no copy of the database has them."""

import base64
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "fernet:"
FACTORS = "second factors"  # a purpose: each has keys of its own
UNREADABLE = (
    "The site can not read your second factor any longer, because its secret key was changed. "
    "An administrator has to take it away; then you set up a new one."
)


class UnreadableError(Exception):
    """Something was encrypted with a key that is neither SECRET_KEY's nor one of SECRET_KEY_FALLBACKS."""

    silent_variable_failure = True  # a page that only tells how many codes are left still opens


def encrypt(text: str, *, purpose: str, bound_to: str = "") -> str:
    """Return ``text`` encrypted for ``purpose``; what it is ``bound_to`` has to be known again to read it."""
    return MARK + _cipher(purpose, bound_to).encrypt(text.encode()).decode("ascii")


def decrypt(written: str, *, purpose: str, bound_to: str = "") -> str:
    """Return what was encrypted. Raises UnreadableError for anything else."""
    try:
        return _cipher(purpose, bound_to).decrypt(_token(written)).decode()
    except InvalidToken as error:
        raise UnreadableError from error


def renew(written: str, *, purpose: str) -> str:
    """Return the same encrypted with the present SECRET_KEY. Raises UnreadableError."""
    return encrypt(decrypt(written, purpose=purpose), purpose=purpose)


def each_secret(data: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Return what allauth stores of a second factor, its secrets changed: the public key of a passkey is none."""
    changed: dict[str, Any] = {name: change(data[name]) for name in ("secret", "seed") if name in data}
    if "migrated_codes" in data:
        changed["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
    return {**data, **changed}


def _token(written: str) -> bytes:
    if not written.startswith(MARK) or not written.isascii():
        raise UnreadableError
    return written.removeprefix(MARK).encode("ascii")


def _cipher(purpose: str, bound_to: str) -> MultiFernet:
    """Encrypts with the present key, and reads what was written with an earlier one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key, purpose, bound_to)) for key in keys])


def _derived(key: str, purpose: str, bound_to: str) -> bytes:
    salt = bound_to.encode() or None
    made = HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"docketline {purpose}".encode()).derive(key.encode())
    return base64.urlsafe_b64encode(made)

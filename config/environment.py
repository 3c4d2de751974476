"""Reading the environment: the only way in which an installation differs from another."""

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.private import write_private

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or a no; anything else is refused, because a mistyped DEBUG must not pass for off (or on)."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: set it to 1 or 0.")


def number(name: str, *, default: int) -> int:
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.")
    return int(value)


def contact(name: str) -> str:
    """Where errors are reported, as the target of a link: a web address, or an e-mail address. "" if it is not set."""
    value = os.environ.get(name, "").strip()
    if not value or value.startswith(("https://", "http://")):
        return value
    if re.fullmatch(r"[^\s@:/?&]+@[^\s@:/?&]+", value) is None:
        raise ImproperlyConfigured(f"{name}={value!r} is neither an e-mail address nor a web address with https://.")
    return f"mailto:{value}"


def words(name: str, *, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    value = os.environ.get(name)
    return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]


def secret_key(kept_in: Path, *, may_generate: bool) -> str:
    """SECRET_KEY, or for a demo and a developer one made once and kept where only this user can read it."""
    if key := os.environ.get("SECRET_KEY", "").strip():
        return key
    if not may_generate:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random text that you keep to yourself "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))'), or set DEBUG=1 on your own machine."
        )
    if not kept_in.exists():
        kept_in.parent.mkdir(parents=True, exist_ok=True)
        write_private(kept_in, secrets.token_urlsafe(50))
    return kept_in.read_text(encoding="utf-8")

"""Fields of a JSON value whose shape nobody promises: text, rows and mappings, or a plain refusal."""

from collections.abc import Mapping
from typing import Any


def text(value: Any) -> str:
    """Return text as it is; numbers as digits; "" for nothing and for whatever is no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, int | float) else ""


def rows(value: Any) -> list[Any]:
    """Return a list as it is; an empty one for anything else."""
    return list(value) if isinstance(value, list | tuple) else []


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a mapping as it is; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def one_line(value: Any, length: int = 300) -> str:
    """Return text with its white space in single spaces, cut to ``length``."""
    plain = " ".join(text(value).split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"

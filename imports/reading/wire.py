"""What was found, as lines of JSON and back: how a reading child hands its result to the process that asked.

Nothing but JSON crosses over, and what comes back is built field by field into the dataclasses of ``found``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from imports.reading import found
from imports.reading.found import NotReadableError

T = TypeVar("T")
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
STRANGE_TEXT = "This file holds characters that no text has (NUL, or half of a pair). Fetch it again and try once more."


def line(name: str, value: Any) -> bytes:
    """Return one line: {name: value}. Raises ``NotReadableError`` for text that no database could keep."""
    words = json.dumps({name: plain(value)}, ensure_ascii=False, separators=(",", ":"))
    if _NUL.search(words):
        raise NotReadableError(STRANGE_TEXT)
    try:
        return words.encode("utf-8") + b"\n"
    except UnicodeEncodeError as error:
        raise NotReadableError(STRANGE_TEXT) from error


def plain(value: Any) -> Any:
    """Return a value as JSON; fields that have their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: plain(inner) for name, default in _defaults(type(value)) if (inner := getattr(value, name)) != default
        }
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    return value


def built(cls: type[T], value: Any) -> T:
    """Return a dataclass of ``found`` from what ``plain`` made of it. Raises ``ValueError`` if it does not fit."""
    if not isinstance(value, dict):
        raise ValueError(f"not a {cls.__name__}")
    hints = _hints(cls)  # type: ignore[arg-type]
    if set(value) - set(hints):
        raise ValueError(f"not a field of {cls.__name__}")
    try:
        return cls(**{name: _part(hints[name], inner) for name, inner in value.items()})
    except TypeError as error:
        raise ValueError(f"not a whole {cls.__name__}") from error


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    found_defaults = []
    for one in fields(cls):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        found_defaults.append((one.name, default))
    return tuple(found_defaults)


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, vars(found))


def _part(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return None if value is None else _part(next(a for a in get_args(hint) if a is not type(None)), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("not a list")
        return tuple(_part(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return built(hint, value)
    if hint is date:
        return date.fromisoformat(value)
    if origin is not None:  # a mapping: its values are JSON already
        if not isinstance(value, dict):
            raise ValueError("not a mapping")
        return value
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ValueError(f"not {hint.__name__}")
    return value

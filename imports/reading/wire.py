"""What was found, as lines of JSON and back: how a reading child hands its result to the process that asked.

Nothing but JSON crosses over, and what comes back is built field by field into the dataclasses of ``found``.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from imports.reading.found import NotReadableError

T = TypeVar("T")
_Part = Callable[[Any], Any]
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
STRANGE_TEXT = "This file holds characters that no text has (NUL, or half of a pair). Fetch it again and try once more."


def line(name: str, value: Any) -> bytes:
    """Return one line: {name: value}. Raises ``NotReadableError`` for text that no database could keep."""
    words = json.dumps({name: plain(value)}, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in words and _NUL.search(words):
        raise NotReadableError(STRANGE_TEXT)
    try:
        return words.encode("utf-8") + b"\n"
    except UnicodeEncodeError as error:
        raise NotReadableError(STRANGE_TEXT) from error


def plain(value: Any) -> Any:
    """Return a value as JSON; fields that have their default are left out."""
    kind = type(value)
    if kind is str or value is None or kind is int or kind is bool:
        return value
    if kind is tuple or kind is list:
        return [plain(item) for item in value]
    if is_dataclass(kind):
        told = {}
        for name, default in _defaults(kind):
            inner = getattr(value, name)
            if inner is not default and inner != default:
                told[name] = plain(inner)
        return told
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    return value


def built(cls: type[T], value: Any) -> T:
    """Return a dataclass of ``found`` from what ``plain`` made of it. Raises ``ValueError`` if it does not fit."""
    if not isinstance(value, dict):
        raise ValueError(f"not a {cls.__name__}")
    parts = _parts(cls)  # type: ignore[arg-type]  # a frozen dataclass
    try:
        return cls(**{name: parts[name](inner) for name, inner in value.items()})
    except (TypeError, KeyError) as error:
        raise ValueError(f"not a whole {cls.__name__}") from error


@cache
def _defaults(cls: type) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (one.name, one.default_factory() if one.default_factory is not MISSING else one.default) for one in fields(cls)
    )


@cache
def _parts(cls: type) -> dict[str, _Part]:
    """Return, for each field of a dataclass, what builds its value from JSON and refuses what does not fit."""
    return {name: _part(hint) for name, hint in get_type_hints(cls).items()}


def _part(hint: Any) -> _Part:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = _part(next(one for one in get_args(hint) if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _part(get_args(hint)[0])
        return lambda value: tuple([item(one) for one in _of(list, value)])
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: built(hint, value)
    if hint is date:
        return lambda value: date.fromisoformat(_of(str, value))
    kind = dict if origin is not None else hint  # a mapping: its values are JSON already
    return lambda value: _of(kind, value)


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"not {kind.__name__}")
    return value

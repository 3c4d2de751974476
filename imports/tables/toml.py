"""A mapping's tables written as TOML, so that what was said at the desk is the file that the command takes."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(data: Mapping[str, Any]) -> str:
    """Return TOML that says ``data``: texts, flags, lists of texts, tables of these, and lists of tables."""
    return "\n".join(_lines(data)).strip() + "\n"


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if not _is_table(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in data.items():
        for row in value if isinstance(value, list) and _is_table(value) else [value]:
            if isinstance(row, Mapping):
                yield ""
                yield f"[[{_key(key)}]]" if isinstance(value, list) else f"[{_key(key)}]"
                yield from (f"{_key(name)} = {_value(inner)}" for name, inner in row.items())


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(row, Mapping) for row in value))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    return _text(str(value))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")

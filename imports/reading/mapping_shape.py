"""What may stand in a mapping's TOML: its tables and keys, and one sentence on the first thing that may not.

Whoever writes a mapping is no programmer: a key that is spelt wrong is not passed over, it is named.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

TEXT, TEXTS, WORDS, DAY, FLAG = "text", "texts", "words", "day", "flag"
NEEDED: dict[str, dict[str, str]] = {
    "": {"name": "a name of the mapping", "columns": "a list of the columns by which such a table is known"},
    "case": {"key": "the source's own key, such as “{number}”", "caption": "what a case is called"},
    "party": {"name": "the column with the name of the accused, such as “{name}”"},
    "charge": {},
    "later": {
        "column": "a column", "is": "the word that it then has", "category": "the category of the act",
        "kind": "the kind of the act", "title": "the title of the act",
    },
    "count": {"name": "a name of what is counted"},
}  # fmt: skip
KEYS: dict[str, dict[str, str]] = {
    "": {"name": TEXT, "title": TEXT, "credit": TEXT, "columns": TEXTS, "never": TEXTS},
    "case": {
        "key": TEXT, "kind": TEXT, "caption": TEXT, "matter": TEXT, "matters": WORDS, "court": TEXT, "courts": WORDS,
        "number": TEXT,
    },
    "party": {"name": TEXT, "order": TEXT, "pseudonym": TEXT, "empty": TEXT, "role": TEXT, "marks": WORDS},
    "charge": {"title": TEXT, "columns": TEXTS, "list": TEXT, "statute": TEXT, "brought": DAY},
    "outcome": {"column": TEXT, "of": TEXT, "date": DAY, "values": WORDS, "all": TEXTS},
    "sentence": {"date": DAY, "terms": WORDS, "sums": WORDS, "words": TEXTS, "nothing": TEXTS, "currency": TEXT},
    "notes": {"list": TEXT},
    "links": {"list": TEXT},
    "later": {
        "column": TEXT, "is": TEXT, "category": TEXT, "kind": TEXT, "title": TEXT, "convicted": TEXT, "pending": TEXT,
    },
    "count": {
        "name": TEXT, "column": TEXT, "is": TEXT, "filled": FLAG, "contains": TEXT, "distinct": FLAG, "each": FLAG,
    },
}  # fmt: skip
LISTED = ("later", "count")  # written as [[later]]
DAYS = {"column": TEXT, "as": TEXT, "start": TEXT, "days": TEXT}
WAYS = ("iso", "us", "uk", "script", "compact")
# What is written with the column in braces, and what names a column as it is.
IN_BRACES = (("case", "key"), ("party", "name"))
PLAIN = (
    ("case", "number"), ("charge", "list"), ("charge", "statute"), ("outcome", "column"), ("notes", "list"),
    ("links", "list"), ("later", "column"), ("count", "column"),
)  # fmt: skip
_BRACED = re.compile(r"\{[^{}]+\}")


def refuse_misshapen(data: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` with one sentence that names the key, if this is not the whole TOML of a mapping."""
    _refuse_unknown("the mapping", data, [*KEYS[""], *(table for table in KEYS if table)])
    _refuse_nul(data)
    for table, keys in KEYS.items():
        if not table:
            _refuse("", {key: value for key, value in data.items() if key in keys})
        elif table in LISTED:
            for row in _rows(table, data.get(table, [])):
                _refuse(table, row)
        elif table in data or table in NEEDED:
            _refuse(table, _table(table, data.get(table)))


def name_of(table: str, key: str = "") -> str:
    """Return how a key is called in a sentence: “[outcome] column”."""
    place = f"[[{table}]]" if table in LISTED else f"[{table}]" if table else ""
    return " ".join(filter(None, (place, key)))


def _refuse(table: str, row: Mapping[str, Any]) -> None:
    for key, what in NEEDED.get(table, {}).items():
        if row.get(key) in (None, "", []):
            raise ValueError(f"{name_of(table, key)} is missing: it says {what}")
    if table:
        _refuse_unknown(name_of(table), row, KEYS[table])
    for key, value in row.items():
        _refuse_value(name_of(table, key), KEYS[table][key], value)
        if (table, key) in IN_BRACES and not _BRACED.search(value):
            raise ValueError(f"{name_of(table, key)} names no column: write the column in braces, “{{{value}}}”")
        if (table, key) in PLAIN and value.startswith("{"):
            raise ValueError(f"{name_of(table, key)} is the name of a column: write it without braces")


def _refuse_value(name: str, kind: str, value: Any) -> None:
    if kind == TEXT and not isinstance(value, str):
        raise ValueError(f"{name} must be a text in quotation marks")
    if kind == FLAG and not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false, without quotation marks")
    if kind == TEXTS and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        raise ValueError(f'{name} must be a list of texts: ["…", "…"]')
    if kind == WORDS and not (isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())):
        raise ValueError(f'{name} must be pairs of texts: "…" = "…"')
    if kind == DAY:
        if not isinstance(value, Mapping):
            raise ValueError(f'{name} must say in which column a day stands: {{ column = "…", as = "us" }}')
        _refuse_unknown(name, value, DAYS)
        for key, inner in value.items():
            _refuse_value(f"{name}.{key}", TEXT, inner)
        if value.get("as", "iso") not in WAYS:
            raise ValueError(f"{name} says that days are written as “{value['as']}”: it can be {', '.join(WAYS)}")
        if not (value.get("column") or (value.get("start") and value.get("days"))):
            raise ValueError(f"{name} names no column")


def _refuse_unknown(name: str, row: Mapping[str, Any], known: Iterable[str]) -> None:
    for key in row:
        if key not in set(known):
            near = get_close_matches(str(key), list(known), 1)
            guess = f". Did you mean “{near[0]}”?" if near else ""
            raise ValueError(f"{name} has “{str(key)[:60]}”, which no mapping has{guess}")


def _refuse_nul(value: Any, under: str = "the mapping") -> None:
    """Refuse the one character that a database keeps in no text: TOML may write it as an escape."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _refuse_nul(key, under)
            _refuse_nul(inner, str(key))
    elif isinstance(value, list):
        for inner in value:
            _refuse_nul(inner, under)
    elif isinstance(value, str) and "\0" in value:
        raise ValueError(f"{under} has \\u0000 in it, which can be kept in no text")


def _table(table: str, value: Any) -> Mapping[str, Any]:
    if value is None:
        raise ValueError(f"[{table}] is missing")
    if not isinstance(value, Mapping):
        raise ValueError(f"{table} must be a table: [{table}] on a line of its own")
    return value


def _rows(table: str, value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise ValueError(f"{table} must be written as [[{table}]], on a line of its own")
    return value

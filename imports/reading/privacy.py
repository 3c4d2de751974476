"""What is never kept: attorneys' contacts, dates of birth, street addresses. They are stripped as a file is read.

This holds for fields of their own. In running text that a court wrote (``raw_text``, which only editors see) not a byte
is changed; but what is taken from it to be shown (a title, a text) goes through ``shown``, and the act says that its
words hold something private.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_NEVER = re.compile(
    r"contacts?|(?:home|work|office|cell|mobile|business|daytime|evening)?(?:tele)?phones?(?:numbers?|nos?|nrs?)?"
    r"|(?:home|work|office)?(?:fax|e?mails?)(?:numbers?|nos?)?|(?:mobile|cell)(?:numbers?|nos?)?|(?:street|home|mailing|postal|full)?address(?:es|line)?[0-9]?"
    r"|street[0-9]?|zip(?:code)?|postcode|postalcode|dob|dateofbirth|birthdate|birthday|dateborn|born|ssn"
    r"|socialsecurity(?:number)?|passport(?:number)?|driverslicen[cs]e|latitude|longitude|lat|lng|lon|pacerlogin|login"
)
_STREET = r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Way|Place|Pl|Highway|Hwy)"
_IN_TEXT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|\(?\b[0-9]{3}\)?[-. ][0-9]{3}[-.][0-9]{4}\b|\b[0-9]{3}-[0-9]{4}\b|\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b"
    r"|\b[Pp]assport (?:# ?|[Nn]o\.? ?|number )?[A-Z]?[0-9]{5,12}\b"
    r"|\b(?:D\.?O\.?B\.?|[Dd]ate of [Bb]irth|[Bb]orn)\b:? ?(?:on )?[0-9/. -]{4,12}"
    rf"|\b(?:[0-9]{{1,4}}-)?[0-9]{{1,5}} (?:[NSEW]\.? )?(?:[A-Z][a-z]{{1,20}} ){{1,3}}{_STREET}\b\.?"
    r"(?:,? (?:#|Apt\.?|Suite|Unit) ?[0-9A-Z-]{1,6})?(?: #[0-9A-Z-]{1,6})?"
    r"(?:, [A-Z][A-Za-z .-]{1,30}, [A-Z][A-Za-z]{1,12})?"
    r"(?: [0-9]{5}(?:-[0-9]{4})?)?"
)
_NOT_SHOWN = "[not shown]"
_MARKS = re.compile(r"[^a-z0-9]")


@lru_cache(maxsize=4096)  # a table asks it of the same few columns on every row
def is_private(field: str) -> bool:
    """Return whether a field's name says that it holds what is never kept: "Home Phone", "date_of_birth"."""
    plain = _MARKS.sub("", field.casefold())
    return _NEVER.fullmatch(plain) is not None or _NEVER.fullmatch(_without_owner(plain)) is not None


def shown(words: str) -> str:
    """Return running text with addresses, telephone numbers, dates of birth and the like taken out."""
    return _IN_TEXT.sub(_NOT_SHOWN, words)


def holds_private(words: str) -> bool:
    """Return whether running text holds something that is never shown."""
    return _IN_TEXT.search(words) is not None


def _without_owner(plain: str) -> str:
    for owner in ("defendants", "defendant", "attorneys", "attorney", "lawyer", "party", "victims", "victim", "person"):
        if plain.startswith(owner):
            return plain[len(owner) :]
    return plain


def public_part(value: Any, stripped: list[str] | None = None) -> Any:
    """Return JSON ``value`` without the private fields at any depth; their names are added to ``stripped``."""
    if isinstance(value, Mapping):
        kept = {}
        for name, inner in value.items():
            if is_private(str(name)):
                if stripped is not None and inner not in (None, "", [], {}):
                    stripped.append(str(name))
            else:
                kept[str(name)] = public_part(inner, stripped)
        return kept
    if isinstance(value, list | tuple):
        return [public_part(inner, stripped) for inner in value]
    return value

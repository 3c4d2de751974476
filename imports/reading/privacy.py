"""What is never kept: attorneys' contacts, dates of birth, street addresses. They are stripped as a file is read.

This holds for fields of their own. In running text that a court wrote (``raw_text``) not a byte is changed: an editor
reads it before anything of it is shown.
"""

import re
from collections.abc import Mapping
from typing import Any

_NEVER = re.compile(
    r"contacts?|phones?|telephone|fax|e?mails?|mobile|cell|(?:street|home|mailing|postal|full)?address(?:es|line)?[0-9]?"
    r"|street[0-9]?|zip(?:code)?|postcode|postalcode|dob|dateofbirth|birthdate|birthday|dateborn|born|ssn"
    r"|socialsecurity(?:number)?|passport(?:number)?|driverslicen[cs]e|latitude|longitude|lat|lng|lon|pacerlogin|login"
)
_MARKS = re.compile(r"[^a-z0-9]")


def is_private(field: str) -> bool:
    """Return whether a field's name says that it holds what is never kept: "Home Phone", "date_of_birth"."""
    plain = _MARKS.sub("", field.casefold())
    return _NEVER.fullmatch(plain) is not None or _NEVER.fullmatch(_without_owner(plain)) is not None


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

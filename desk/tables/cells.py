"""Texts in the cells of a table: none is taken for a formula by a spreadsheet, and each comes back as it went out."""

import re

# What a spreadsheet takes for the beginning of a formula; wide forms of the signs too.
_BEGINS = r"[=+\-@\t\r\n＝＋－＠]"
_DANGEROUS = re.compile(rf"\A'*{_BEGINS}")
_GUARDED = re.compile(rf"\A'+{_BEGINS}")


def guarded(text: str) -> str:
    """Return ``text`` with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Return a text as it was before ``guarded``."""
    return text[1:] if _GUARDED.match(text) else text

"""The bytes of a table as text: its encoding told apart, or refused in words."""

import codecs
import re

from imports.reading.found import NotReadableError

_HIGH = re.compile(rb"[\x80-\xff]+")
_NEVER_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")
UNKNOWN_ENCODING = (
    "The encoding of this file can not be told: it is neither UTF-8, UTF-16 nor Windows-1252. "
    "Save it as “CSV UTF-8” and try again."
)


def decoded(data: bytes) -> str:
    """Return the text of a file. Raises ``NotReadableError`` where the encoding can not be told for certain.

    UTF-16 must have its byte order mark. What is not UTF-8 is read as Windows-1252 only if it looks like a western
    text: single accented letters among plain ones. Another code page would turn names into other names.
    """
    if not data.strip():
        raise NotReadableError("This file is empty.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16", "This file begins as UTF-16 and is not: it may have been cut off.")
    if b"\x00" in data:
        raise NotReadableError("This file holds NUL bytes, which no text has: it is no table, or it was damaged.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if data.startswith(codecs.BOM_UTF8) or not _looks_western(data):
        raise NotReadableError(UNKNOWN_ENCODING)
    return _strict(data, "cp1252", UNKNOWN_ENCODING)


def _strict(data: bytes, encoding: str, sentence: str) -> str:
    try:
        words = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotReadableError(sentence) from error
    if "\x00" in words:
        raise NotReadableError("This file holds NUL characters, which no text has: it was damaged.")
    return words


def _looks_western(data: bytes) -> bool:
    """Return whether the bytes above 127 are few, stand alone or in pairs, and are all characters of Windows-1252."""
    runs = _HIGH.findall(data)
    high = sum(len(run) for run in runs)
    if _CONTROLS.search(data) or any(byte in _NEVER_IN_1252 for run in runs for byte in run):
        return False
    return high * 10 <= len(data) and max(map(len, runs), default=0) <= 2  # noqa: PLR2004: "œ" beside "ï", no more

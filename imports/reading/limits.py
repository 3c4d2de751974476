"""How much one file may take, before it is refused. An operator may raise each limit."""

from collections.abc import Mapping
from dataclasses import dataclass

from imports.reading.found import NotReadableError


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for reading one file.

    ``memory_mb`` and ``seconds`` bound the child process; ``rows`` the rows of a table or the lines of trials;
    ``json_bytes`` a JSON file; ``file_bytes`` any file; ``unpacked_bytes`` what a compressed file may unfold to.
    """

    memory_mb: int = 1024
    seconds: int = 30
    rows: int = 50_000
    json_bytes: int = 5_000_000
    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000


DEFAULT = Limits()
MEGA = 1_000_000
# What an operator sets, the limit it raises, and how many of the limit's units one of it is.
VARIABLES = {
    "IMPORT_MEMORY_MB": ("memory_mb", 1),
    "IMPORT_SECONDS": ("seconds", 1),
    "IMPORT_ROWS": ("rows", 1),
    "IMPORT_JSON_MB": ("json_bytes", MEGA),
    "IMPORT_FILE_MB": ("file_bytes", MEGA),
    "IMPORT_UNPACKED_MB": ("unpacked_bytes", MEGA),
}


def of_operator(environment: Mapping[str, str]) -> Limits:
    """Return the limits with what the operator's environment raises. Raises ``NotReadableError`` for no number."""
    raised: dict[str, int] = {}
    for variable, (name, unit) in VARIABLES.items():
        words = environment.get(variable, "").strip()
        if not words:
            continue
        if not (words.isascii() and words.isdigit()) or not 0 < int(words[:10]) < 1_000_000_000:
            raise NotReadableError(f"{variable} must be a whole number above nought. Ask whoever runs this site.")
        raised[name] = int(words) * unit
    return Limits(**raised)

"""From a file to a batch: read in a process of its own, with limits, then proposed."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from imports.models import Batch
from imports.proposing import propose
from imports.reading import mapping
from imports.reading.limits import Limits
from imports.reading.sandbox import read


def mappings() -> list[tuple[str, str]]:
    """Return how the columns of a table can be read, for a form: slug and name."""
    return [(known.name, known.title or known.name) for known in mapping.shipped()]


def limits() -> Limits:
    """Return how much one file may take here: an operator may have raised it."""
    return Limits(
        memory_mb=settings.IMPORT_MEGABYTES,
        seconds=settings.IMPORT_SECONDS,
        rows=settings.IMPORT_ROWS,
        json_bytes=settings.IMPORT_JSON_BYTES,
    )


def bring(
    path: Path,
    *,
    by: User,
    table: str = "",
    progress: Callable[[int], None] = lambda number: None,
    number: Callable[[int], None] = lambda cases: None,
) -> Batch:
    """Read a file and propose what it holds. Raises ``NotReadableError`` with one plain sentence, and keeps nothing.

    ``table`` names the mapping of a table's columns; without it, the columns decide. ``number`` is told how many cases
    there are, ``progress`` how many more were compared with the record.
    """
    found = read(path, mapping=table or None, limits=limits())
    number(len(found.cases))
    return propose(found, by=by, progress=progress)

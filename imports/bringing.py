"""From a file to a batch: read in a process of its own, with limits, then proposed."""

from pathlib import Path

from django.contrib.auth.models import User

from imports.models import Batch
from imports.proposing import propose


def mappings() -> list[tuple[str, str]]:
    """Return how the columns of a table can be read, for a form: slug and name."""
    return []


def bring(path: Path, *, by: User, mapping: str = "") -> Batch:
    """Read a file and propose what it holds. Raises ``NotReadableError`` with one plain sentence, and keeps nothing."""
    from imports.reading.sandbox import read

    return propose(read(path, mapping=mapping), by=by)

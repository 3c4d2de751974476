"""From a file to a batch: read in a process of its own, with limits, then proposed."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from imports.models import Batch, Mapping
from imports.proposing import propose
from imports.reading import mapping, sandbox
from imports.reading.columns import Columns
from imports.reading.found import Found, NotReadableError
from imports.reading.limits import Limits
from imports.terms import refuse_strange_words

OTHER_NAME = "Give the mapping another name, or change the one at the desk first."


def mappings() -> list[tuple[str, str]]:
    """Return how the columns of a table can be read, for a form: name and title. First those that editors made."""
    own = list(Mapping.objects.order_by("title", "name").values_list("name", "title"))
    return [*own, *((known.name, known.title or known.name) for known in mapping.shipped())]


@contextmanager
def _kept() -> Iterator[str]:
    """Lay the mappings that editors made into a folder, as the TOML files they are: the reader asks no database."""
    with tempfile.TemporaryDirectory(prefix="docketline-mappings-") as folder:
        for name, text in Mapping.objects.values_list("name", "text"):
            (Path(folder) / f"{name}.toml").write_text(text, encoding="utf-8")
        yield folder


def read_table(path: Path, *, words: str) -> Found:
    """Return what a table holds by a mapping in TOML that nobody has kept yet. Raises ``NotReadableError``."""
    with tempfile.TemporaryDirectory(prefix="docketline-mappings-") as folder:
        place = Path(folder) / "this-table.toml"
        place.write_text(words, encoding="utf-8")
        return sandbox.read(path, mapping=str(place), limits=limits())


def columns(path: Path) -> Columns:
    """Return what the columns of a table are called and hold. Raises ``NotReadableError`` if it is no table."""
    return sandbox.columns(path, limits=limits())


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

    ``table`` names the mapping of a table's columns, kept, shipped or by the path of a TOML file; without it, the
    columns decide: ``NoMappingError`` if no mapping knows them. ``number`` is told how many cases there are,
    ``progress`` how many more were compared with the record.
    """
    with _kept() as kept:
        if table:
            said = mapping.named(table, kept)
            refuse_strange_words(said)
            if warning := Mapping().rekeyed(said):  # a file of one's own, under the name of a mapping of the desk
                raise NotReadableError(f"{warning} {OTHER_NAME}")
        found = sandbox.read(path, mapping=table or None, limits=limits(), kept=kept)
    number(len(found.cases))
    return propose(found, by=by, progress=progress)

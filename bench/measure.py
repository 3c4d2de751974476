"""One size: build what is missing, ask every query of every rival in turn, and write the times down as JSON."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

MOST_FITTING = 10  # persons whom a query fits equally: among more nobody can be told by it
SLOW_EACH = {"trigram similarity": 12, "admin search_fields": 4}  # queries of a kind that are put to slow rivals


def prepare(folder: Path, size: int) -> None:
    """Point Django at this size's own embedded server; never the demo's."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # as root, the account of the server has to get there
    os.environ.update(
        DEBUG="1",
        EMBEDDED_POSTGRES_DIR=str(folder / str(size)),
        EMBEDDED_POSTGRES_DURABLE="0",
        DJANGO_SETTINGS_MODULE="config.settings",
    )
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.conf import settings

    django.setup()
    settings.DEBUG = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="only the search, not its rivals")
    parser.add_argument("--datasette", default="", help="where the program datasette is")
    parser.add_argument("--pages", action="store_true", help="also ask for pages over HTTP")
    asked = parser.parse_args()
    prepare(asked.folder, asked.size)
    result = measure(asked.folder, asked.size, asked.each, quick=asked.quick)
    if asked.pages:
        from bench.web import find_datasette, measure_pages

        texts = [row["text"] for row in result["found"]["ours"]]
        program = None if asked.quick else find_datasette(asked.datasette)
        result["pages"] = measure_pages(asked.folder, asked.size, texts, program)
    json.dump(result, sys.stdout)


def measure(folder: Path, size: int, each: int, *, quick: bool) -> dict[str, Any]:
    """Return times in milliseconds and hits, by rival and kind of query."""
    from bench import rivals
    from bench.build import build
    from bench.queries import queries

    build(size)
    drawn = queries(size, each * 2, _defendants())
    asked, before = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
    engines: dict[str, Callable[[str], list[int]]] = {
        "ours": rivals.ours, "ours, roles shown": rivals.ours_with_roles, "ours, facets": rivals.ours_with_facets, "ours, suggesting": rivals.ours_suggesting,
    }  # fmt: skip
    if not quick:
        rivals.make_trigrams()
        sqlite = folder / f"{size}.sqlite3"
        rivals.make_sqlite(sqlite)
        engines |= {"Datasette": rivals.datasette(sqlite), "trigram similarity": rivals.trigrams,
                    "admin search_fields": rivals.admin}  # fmt: skip
    _warm(engines, [typed.text for typed in before])
    folded = {typed.pk: _namesakes_key(typed.name) for typed in asked}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ("floor", *engines)}
    asked_of: dict[tuple[str, str], int] = {}
    for typed in asked:
        ms, cpu, _ = _timed(rivals.floor, typed.pk)
        found["floor"].append({"kind": typed.kind, "ms": ms, "cpu": cpu})
        for name, search in engines.items():
            asked_of[name, typed.kind] = asked_of.get((name, typed.kind), 0) + 1
            if asked_of[name, typed.kind] > SLOW_EACH.get(name, each):
                continue
            ms, cpu, ids = _timed(search, typed.text)
            hit = typed.pk in ids or folded[typed.pk] in _keys_of(ids)
            said = {"text": typed.text, "name": typed.name, "told_apart": typed.fitting <= MOST_FITTING}
            found[name].append({"kind": typed.kind, "ms": ms, "cpu": cpu, "hit": hit, **said})
    return {"size": size, "each": each, "found": found}


def _defendants() -> set[int]:
    from people.models import Person

    return set(Person.objects.filter(derived_standing=2).values_list("pk", flat=True))


def _warm(engines: dict[str, Callable[[str], list[int]]], texts: list[str]) -> None:
    """Ask other queries first: what is measured is a server that has run for a while."""
    for name, search in engines.items():
        for text in texts[: 5 if name in SLOW_EACH else len(texts)]:
            search(text)


def _timed(act: Callable[[Any], Any], what: Any) -> tuple[float, float, Any]:
    """Return milliseconds on the clock, milliseconds of processors (this process and its backend), and the answer."""
    worked, began = _processors(), time.perf_counter()
    answer = act(what)
    took = time.perf_counter() - began
    return took * 1000, (_processors() - worked) * 1000, answer


def _processors() -> float:
    """Seconds that processors have worked for this process and for its backend: other work does not add to it."""
    own = time.process_time()
    try:
        backend = Path(f"/proc/{_backend()}/schedstat").read_text().split()[0]
    except OSError:
        return own
    return own + int(backend) / 1e9


@cache
def _backend() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _namesakes_key(name: str) -> str:
    from people.names import fold

    return fold(name)


def _keys_of(ids: list[int]) -> set[str]:
    """Whoever has exactly the same published name can not be told apart by a name."""
    from people.models import Person

    return set(Person.objects.filter(pk__in=ids).values_list("folded", flat=True))


if __name__ == "__main__":
    main()

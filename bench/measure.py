"""One size: build what is missing, ask every query of every rival in turn, and write the times down as JSON."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SLOW_EACH = 12  # queries of a kind that are put to the rivals that take a second for each


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
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--quick", action="store_true", help="only the search, not its rivals")
    asked = parser.parse_args()
    prepare(asked.folder, asked.size)
    json.dump(measure(asked.folder, asked.size, asked.each, quick=asked.quick), sys.stdout)


def measure(folder: Path, size: int, each: int, *, quick: bool) -> dict[str, Any]:
    """Return times in milliseconds and hits, by rival and kind of query."""
    from bench import rivals
    from bench.build import build
    from bench.queries import queries

    build(size)
    drawn = queries(size, each * 2, _defendants_among)
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
        found["floor"].append({"kind": typed.kind, "ms": _timed(rivals.floor, typed.pk)[0]})
        for name, search in engines.items():
            asked_of[name, typed.kind] = asked_of.get((name, typed.kind), 0) + 1
            if name in ("trigram similarity", "admin search_fields") and asked_of[name, typed.kind] > SLOW_EACH:
                continue
            ms, ids = _timed(search, typed.text)
            hit = typed.pk in ids or folded[typed.pk] in _keys_of(ids)
            found[name].append({"kind": typed.kind, "ms": ms, "hit": hit, "text": typed.text, "name": typed.name})
    return {"size": size, "each": each, "found": found}


def _defendants_among(ids: list[int]) -> set[int]:
    from people.models import Person

    return set(Person.objects.filter(pk__in=ids, derived_standing=2).values_list("pk", flat=True))


def _warm(engines: dict[str, Callable[[str], list[int]]], texts: list[str]) -> None:
    """Ask other queries first: what is measured is a server that has run for a while."""
    for name, search in engines.items():
        for text in texts[: 5 if name in ("admin search_fields", "trigram similarity") else len(texts)]:
            search(text)


def _timed(act: Callable[[Any], Any], what: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = act(what)
    return (time.perf_counter() - began) * 1000, answer


def _namesakes_key(name: str) -> str:
    from people.names import fold

    return fold(name)


def _keys_of(ids: list[int]) -> set[str]:
    """Whoever has exactly the same published name can not be told apart by a name."""
    from people.models import Person

    return set(Person.objects.filter(pk__in=ids).values_list("folded", flat=True))


if __name__ == "__main__":
    main()

"""The benchmark of the search asks the same of the same persons at every run, and says what falls short."""

from collections import Counter
from hashlib import md5
from typing import Any

import pytest

from bench.__main__ import _goals, _growth_goals
from bench.persons import persons
from bench.queries import KINDS, queries


def test_the_same_persons_at_every_run_and_at_every_size() -> None:
    few, many = list(persons(300)), list(persons(1500))
    drawn = "\n".join(f"{one.name}|{one.sort}|{one.kind}|{one.others}" for one in many)
    assert (many[:300], md5(drawn.encode(), usedforsecurity=False).hexdigest()) == (
        few,
        "cdb335bc5e284a5bf83490d40a882765",
    )


def test_every_kind_of_query_is_drawn_as_often_and_is_about_defendants_alone() -> None:
    defendants = set(range(1, 3001, 2))
    asked = queries(3000, 5, defendants)
    assert Counter(one.kind for one in asked) == dict.fromkeys(KINDS, 5)
    assert {one.pk for one in asked} <= defendants
    assert queries(3000, 5, defendants) == asked


def rows(ms: float, *, hit: bool = True, kind: str = "exact") -> list[dict[str, Any]]:
    return [{"kind": kind, "ms": ms, "cpu": ms, "hit": hit, "told_apart": True}] * 20


@pytest.mark.parametrize(
    ("ours", "hit", "wrong"),
    [
        (5.0, True, []),
        (26.0, True, ["exact", "p95 3.8 x better than trigram similarity, of work 3.8 x",
                      "p95 26.00 ms, Datasette's 10.00 ms; of work 26.00 and 10.00 ms"]),
        (5.0, False, ["exact", "over the mix: recall 0.000", "recall 0.00 x Datasette's"]),
    ],
)  # fmt: skip
def test_what_falls_short_is_said(ours: float, hit: bool, wrong: list[str]) -> None:
    found = {
        "floor": rows(1.0),
        "ours": rows(ours, hit=hit),
        "ours, facets": rows(50.0),
        "ours, suggesting": rows(10.0),
        "Datasette": rows(10.0)[:10] + rows(10.0, hit=False)[:10],
        "trigram similarity": rows(100.0),
    }
    told = [
        said.split(":")[0] if said.startswith("exact") else said for good, said in _goals({"found": found}) if not good
    ]
    assert told == wrong


@pytest.mark.parametrize(("large", "good"), [(2.4, True), (2.6, False)])
def test_growth_is_judged(large: float, good: bool) -> None:
    small = {"found": {"ours": rows(1.0)}}
    assert [held for held, _ in _growth_goals([small, {"found": {"ours": rows(large)}}])] == [good]

"""`make bench-search`: measure at two sizes, and print one table with ratios: what holds, and what falls short."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

GOALS = """Goals: p95 <= 25 x floor for every kind (<= 60 x with facets, <= 15 x suggesting); recall@10 >= 0.98 over
the mix and >= 0.95 for each kind; p95 <= 1/10 of trigram similarity's and <= Datasette's, recall >= 1.5 x
Datasette's; p95 grows less than 2.5 x from the smaller size to the larger."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="100000,1000000", help="two numbers of persons")
    parser.add_argument("--each", type=int, default=100, help="queries of each kind")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/docketline-bench"))  # noqa: S108
    parser.add_argument("--quick", action="store_true", help="only the search, not its rivals")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    results = [_measured(size, asked) for size in sizes]
    for result in results:
        _print_size(result)
    if len(results) > 1:
        _print_growth(results)
    print(f"\n{GOALS}")
    held = [goal for result in results[-1:] for goal in _goals(result)]
    held += _growth_goals(results) if len(results) > 1 else []
    for good, said in held:
        print(f"{'holds      ' if good else 'FALLS SHORT'}  {said}")


def _measured(size: int, asked: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.measure", "--size", str(size), "--each", str(asked.each)]
    command += ["--folder", str(asked.folder), *(["--quick"] if asked.quick else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def at(values: list[float], share: float) -> float:
    """The value below which that share of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _times(rows: list[dict[str, Any]], kind: str = "") -> list[float]:
    return [row["ms"] for row in rows if kind in ("", row["kind"])]


def _recall(rows: list[dict[str, Any]], kind: str = "") -> float:
    hits = [row["hit"] for row in rows if kind in ("", row["kind"])]
    return sum(hits) / len(hits) if hits else 0.0


def _print_size(result: dict[str, Any]) -> None:
    found, floor = result["found"], at(_times(result["found"]["floor"]), 0.95)
    print(f"\n{result['size']:,} persons, {result['each']} queries of each kind; milliseconds; recall@10")
    print(f"{'':34}{'median':>9}{'p95':>9}{'p99':>9}{'x floor':>9}{'recall':>9}")
    for name, rows in found.items():
        recall = "" if name in ("floor", "ours, suggesting") else f"{_recall(rows):9.3f}"
        _line(name, _times(rows), floor, recall)
        if name == "ours":
            for kind in dict.fromkeys(row["kind"] for row in rows):
                _line(f"    {kind}", _times(rows, kind), floor, f"{_recall(rows, kind):9.3f}")


def _line(name: str, times: list[float], floor: float, recall: str) -> None:
    p95 = at(times, 0.95)
    print(f"{name:34}{at(times, 0.5):9.2f}{p95:9.2f}{at(times, 0.99):9.2f}{p95 / floor:9.1f}{recall}")


def _print_growth(results: list[dict[str, Any]]) -> None:
    print(f"\nGrowth of p95 from {results[0]['size']:,} to {results[-1]['size']:,} persons")
    for name in results[-1]["found"]:
        small, large = (at(_times(result["found"][name]), 0.95) for result in (results[0], results[-1]))
        print(f"{name:34}{large / small:9.2f} x")


def _goals(result: dict[str, Any]) -> list[tuple[bool, str]]:
    found = result["found"]
    floor, ours = at(_times(found["floor"]), 0.95), found["ours"]
    p95, recall = at(_times(ours), 0.95), _recall(ours)
    goals = []
    for kind in dict.fromkeys(row["kind"] for row in ours):
        ratio, share = at(_times(ours, kind), 0.95) / floor, _recall(ours, kind)
        goals.append((ratio <= 25 and share >= 0.95, f"{kind}: p95 {ratio:.1f} x floor, recall {share:.3f}"))
    goals.append((recall >= 0.98, f"over the mix: recall {recall:.3f}"))
    for name, most in (("ours, facets", 60), ("ours, suggesting", 15)):
        ratio = at(_times(found[name]), 0.95) / floor
        goals.append((ratio <= most, f"{name}: p95 {ratio:.1f} x floor"))
    if "Datasette" in found:
        theirs = at(_times(found["trigram similarity"]), 0.95)
        goals.append((theirs >= 10 * p95, f"p95 {theirs / p95:.1f} x better than trigram similarity"))
        theirs, share = at(_times(found["Datasette"]), 0.95), _recall(found["Datasette"])
        goals.append((p95 <= theirs, f"p95 {p95:.2f} ms, Datasette's {theirs:.2f} ms"))
        goals.append((recall >= 1.5 * share, f"recall {recall / max(share, 0.001):.2f} x Datasette's"))
    return goals


def _growth_goals(results: list[dict[str, Any]]) -> list[tuple[bool, str]]:
    small, large = (at(_times(result["found"]["ours"]), 0.95) for result in (results[0], results[-1]))
    return [(large / small < 2.5, f"p95 grows {large / small:.2f} x")]


if __name__ == "__main__":
    main()

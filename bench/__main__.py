"""`make bench-search`: measure at two sizes, and print one table with ratios: what holds, and what falls short."""

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# "work" is the time of processors, of the asking process and its backend: what else the machine does, does not add to
# it. On a machine that does nothing else the two are alike; on another the clock says little.
GOALS = """Goals: p95 <= 25 x floor for every kind (<= 60 x with facets, <= 15 x suggesting); recall@10 >= 0.98 over
the mix and >= 0.95 for each kind; p95 <= 1/10 of trigram similarity's and <= Datasette's, recall >= 1.5 x
Datasette's; p95 grows less than 2.5 x from the smaller size to the larger; the page over HTTP answers at
least as many requests a second as Datasette's. Recall is of queries that fit at most ten defendants."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="100000,1000000", help="two numbers of persons")
    parser.add_argument("--each", type=int, default=60, help="queries of each kind")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/docketline-bench"))  # noqa: S108 - scratch
    parser.add_argument("--quick", action="store_true", help="only the search, not its rivals")
    parser.add_argument("--datasette", default="", help="the program datasette (or DATASETTE, or on the PATH)")
    asked = parser.parse_args()
    print(f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    sizes = [int(size) for size in asked.sizes.split(",")]
    results = [_measured(size, asked) for size in sizes]
    for result in results:
        _print_size(result)
    if len(results) > 1:
        _print_growth(results)
    _print_pages(results[-1])
    print(f"\n{GOALS}")
    held = [goal for result in results[-1:] for goal in _goals(result)]
    held += _growth_goals(results) if len(results) > 1 else []
    held += _page_goals(results[-1])
    for good, said in held:
        print(f"{'holds      ' if good else 'FALLS SHORT'}  {said}")


def _measured(size: int, asked: argparse.Namespace) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.measure", "--size", str(size), "--each", str(asked.each)]
    command += ["--folder", str(asked.folder), "--datasette", asked.datasette]
    command += ["--quick"] * asked.quick + ["--pages"] * asked.sizes.endswith(str(size))
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def at(values: list[float], share: float) -> float:
    """The value below which that share of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _times(rows: list[dict[str, Any]], kind: str = "", clock: str = "ms") -> list[float]:
    return [row[clock] for row in rows if kind in ("", row["kind"])]


def _recall(rows: list[dict[str, Any]], kind: str = "") -> float:
    hits = [row["hit"] for row in rows if kind in ("", row["kind"]) and row["told_apart"]]
    return sum(hits) / len(hits) if hits else 0.0


def _print_size(result: dict[str, Any]) -> None:
    found = result["found"]
    told = sum(row["told_apart"] for row in found["ours"]) / len(found["ours"])
    print(f"\n{result['size']:,} persons, {result['each']} queries of each kind; milliseconds; recall@10")
    print(f"({told:.0%} of the queries fit at most ten defendants: recall is of those, times are of all)")
    print(f"{'':34}{'median':>9}{'p95':>9}{'p99':>9}{'x floor':>9}{'work p95':>10}{'x floor':>9}{'recall':>9}")
    for name, rows in found.items():
        recall = "" if name in ("floor", "ours, suggesting") else f"{_recall(rows):9.3f}"
        _line(name, rows, "", found["floor"], recall)
        if name == "ours":
            for kind in dict.fromkeys(row["kind"] for row in rows):
                _line(f"    {kind}", rows, kind, found["floor"], f"{_recall(rows, kind):9.3f}")


def _line(name: str, rows: list[dict[str, Any]], kind: str, floor: list[dict[str, Any]], recall: str) -> None:
    times = _times(rows, kind)
    p95, work = at(times, 0.95), at(_times(rows, kind, "cpu"), 0.95)
    ratio, worked = p95 / at(_times(floor), 0.95), work / at(_times(floor, clock="cpu"), 0.95)
    clock = f"{at(times, 0.5):9.2f}{p95:9.2f}{at(times, 0.99):9.2f}{ratio:9.1f}"
    print(f"{name:34}{clock}{work:10.2f}{worked:9.1f}{recall}")


def _print_growth(results: list[dict[str, Any]]) -> None:
    print(f"\nGrowth of p95 from {results[0]['size']:,} to {results[-1]['size']:,} persons")
    for name in results[-1]["found"]:
        (small, less), (large, more) = (_p95s(result["found"][name]) for result in (results[0], results[-1]))
        print(f"{name:34}{large / small:9.2f} x, of work {more / less:.2f} x")


def _p95s(rows: list[dict[str, Any]], kind: str = "") -> tuple[float, float]:
    """By the clock, and of work."""
    return at(_times(rows, kind), 0.95), at(_times(rows, kind, "cpu"), 0.95)


def _print_pages(result: dict[str, Any]) -> None:
    print(f"\nThe whole search page over HTTP, {result['size']:,} persons, 4 connections, in turn")
    print(f"{'':34}{'a second':>9}{'median':>9}{'p95':>9}{'failed':>9}")
    for name, page in result["pages"].items():
        ms = page["ms"] or [float("nan")]  # no answer was good
        print(f"{name:34}{page['median_a_second']:9.1f}{at(ms, 0.5):9.1f}{at(ms, 0.95):9.1f}{page['failed']:9}")
    if "Datasette" not in result["pages"]:
        print("Datasette's page was not measured: the program is not here (--datasette, or DATASETTE).")


def _page_goals(result: dict[str, Any]) -> list[tuple[bool, str]]:
    pages = result["pages"]
    if "Datasette" not in pages:
        return []
    ours, theirs = pages["ours"]["median_a_second"], pages["Datasette"]["median_a_second"]
    good = ours >= theirs and not pages["ours"]["failed"]
    return [(good, f"page over HTTP: {ours:.1f} requests a second, Datasette's {theirs:.1f}")]


def _goals(result: dict[str, Any]) -> list[tuple[bool, str]]:
    found = result["found"]
    ours = found["ours"]
    (p95, work), recall = _p95s(ours), _recall(ours)
    goals = []
    for kind in dict.fromkeys(row["kind"] for row in ours):
        ratio, worked, share = *_ratios(ours, found["floor"], kind), _recall(ours, kind)
        good = max(ratio, worked) <= 25 and share >= 0.95
        goals.append((good, f"{kind}: p95 {ratio:.1f} x floor, of work {worked:.1f} x; recall {share:.3f}"))
    goals.append((recall >= 0.98, f"over the mix: recall {recall:.3f}"))
    for name, most in (("ours, facets", 60), ("ours, suggesting", 15)):
        ratio, worked = _ratios(found[name], found["floor"])
        good = max(ratio, worked) <= most
        goals.append((good, f"{name}: p95 {ratio:.1f} x floor, of work {worked:.1f} x"))
    if "Datasette" in found:
        theirs, worked = _p95s(found["trigram similarity"])
        good = min(theirs / p95, worked / work) >= 10
        said = f"p95 {theirs / p95:.1f} x better than trigram similarity, of work {worked / work:.1f} x"
        goals.append((good, said))
        (theirs, worked), share = _p95s(found["Datasette"]), _recall(found["Datasette"])
        said = f"p95 {p95:.2f} ms, Datasette's {theirs:.2f} ms; of work {work:.2f} and {worked:.2f} ms"
        goals.append((p95 <= theirs and work <= worked, said))
        goals.append((recall >= 1.5 * share, f"recall {recall / max(share, 0.001):.2f} x Datasette's"))
    return goals


def _ratios(rows: list[dict[str, Any]], floor: list[dict[str, Any]], kind: str = "") -> tuple[float, float]:
    (p95, work), (least, least_work) = _p95s(rows, kind), _p95s(floor)
    return p95 / least, work / least_work


def _growth_goals(results: list[dict[str, Any]]) -> list[tuple[bool, str]]:
    (small, less), (large, more) = (_p95s(result["found"]["ours"]) for result in (results[0], results[-1]))
    good = max(large / small, more / less) < 2.5
    return [(good, f"p95 grows {large / small:.2f} x, of work {more / less:.2f} x")]


if __name__ == "__main__":
    main()

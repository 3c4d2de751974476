"""`make bench-desk`: keys, pages and seconds for three entries of the record, on our screens and on Django's stock admin.

Both are driven by the keyboard alone, in a real browser against a live server, from the page of the case to the page on
which the entry is saved and submitted for review. Both have to have written the same facts.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.desk_keys import A_KEY, A_THOUGHT, Hands, Tally

PORT = 8953
STARTS_WITHIN = 180  # seconds


@dataclass(frozen=True)
class Task:
    """One entry: its name, which case, and the two ways of making it."""

    name: str
    case: str
    ours: Callable[[Hands], None]
    stock: Callable[[Hands], None]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.desk", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/docketline-bench-desk"))  # noqa: S108 - scratch
    parser.add_argument("--verbose", action="store_true", help="tell every key")
    asked = parser.parse_args()
    os.environ |= {"EMBEDDED_POSTGRES_DIR": str(asked.folder / "db"), "DEMO": "1", "PORT": str(PORT)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in this thread
    shutil.rmtree(asked.folder, ignore_errors=True)
    asked.folder.mkdir(parents=True)
    with served(asked.folder / "log") as password:
        measure(password, verbose=asked.verbose)


@contextmanager
def served(log: Path) -> Iterator[str]:
    """Serve the demonstration and the stock admin; yield the administrator's password."""
    with log.open("w") as output:
        server = subprocess.Popen([sys.executable, "-m", "bench.desk_server"], stdout=output, stderr=output)
    try:
        deadline = time.monotonic() + STARTS_WITHIN
        while "Docketline is at" not in (told := log.read_text(encoding="utf-8")):
            if time.monotonic() > deadline or server.poll() is not None:
                raise SystemExit(f"The server did not start:\n{told}")
            time.sleep(0.2)
        found = re.search(r"administrator +password: (\S+)", told)
        if found is None:
            raise SystemExit(f"Nobody can sign in:\n{told}")
        yield found[1]
    finally:
        server.terminate()
        server.wait(30)


def measure(password: str, *, verbose: bool) -> None:
    """Do each task on both, and print the table."""
    import django

    django.setup()
    from bench import desk_record, desk_tasks

    for way in ("ours", "stock"):
        desk_record.prepare(way)
    print(f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n")
    results: dict[str, dict[str, Tally]] = {}
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        for way in ("stock", "ours"):
            page = _signed_in(browser, password)
            for task in desk_tasks.TASKS:
                hands = Hands(page, verbose=verbose)
                case = desk_record.case(task.case, way)
                root = "stock" if way == "stock" else "desk"
                page.goto(f"/{root}/cases/case/{case.pk}/change/", wait_until="load")
                hands.begin()
                if verbose:
                    print(f"{task.name}, {way}")
                getattr(task, way)(hands)
                results.setdefault(task.name, {})[way] = hands.tally
        browser.close()
    _print(results)
    different = {task.case: desk_record.differences(task.case) for task in desk_tasks.TASKS}
    for name, told in different.items():
        print(f"{name}: {'both wrote the same facts' if not told else f'THE FACTS DIFFER: {told}'}")
    if any(different.values()):
        raise SystemExit(1)


def _browser(playwright: Any) -> Browser:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("There is no chromium here: apt-get install chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    found: Browser = playwright.chromium.launch(executable_path=chromium, args=["--disable-gpu", *sandbox])
    return found


def _signed_in(browser: Browser, password: str) -> Page:
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{PORT}", locale="en-GB", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/desk/")
    page.locator("[name=login], [name=username]").first.fill("administrator")
    page.locator("[name=password]").first.fill(password)
    with page.expect_navigation(url=re.compile(r"^[^?]*/desk/$")):
        page.keyboard.press("Enter")
    return page


def _print(results: dict[str, dict[str, Tally]]) -> None:
    head = ("keys", "fields", "pages", "seconds", "waited")
    print(f"{'':44}" + "".join(f"{word:>9}" for word in head))
    for name, ways in results.items():
        _compare(name, ways)
    _compare("All three", {way: _sum([ways[way] for ways in results.values()]) for way in ("stock", "ours")})
    print(
        f"\nThe seconds are a keystroke-level model, the same for both: {A_KEY} s a key, {A_THOUGHT} s to read a page or "
        "to decide on a field.\nThey are no measurement of people. “waited” is what the server and the browser took here."
    )


def _compare(name: str, ways: dict[str, Tally]) -> None:
    for way, tally in ways.items():
        cells = (tally.keys, tally.thoughts, tally.pages, f"{tally.seconds:.0f}", f"{tally.waited:.1f}")
        print(f"{f'{name}, {way}':44}" + "".join(f"{cell!s:>9}" for cell in cells))
    ours, stock = ways["ours"], ways["stock"]
    ratios = (stock.keys / ours.keys, stock.thoughts / ours.thoughts, stock.pages / ours.pages)
    told = "".join(f"{f'{ratio:.1f} x':>9}" for ratio in (*ratios, stock.seconds / ours.seconds))
    print(f"{'    stock takes':44}{told}")


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(
        keys=sum(tally.keys for tally in tallies),
        thoughts=sum(tally.thoughts for tally in tallies),
        pages=sum(tally.pages for tally in tallies),
        waited=sum(tally.waited for tally in tallies),
    )


if __name__ == "__main__":
    main()

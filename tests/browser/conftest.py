"""What the browser tests share: the demonstration served by a process of its own, one browser, and watched pages.

All of it belongs to this package, not to the session: Playwright keeps an event loop running in its thread, in which
Django would refuse to speak to the database, so it has to be gone before other tests come.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.own_cases import enter_cases
from tests.browser.site import Site, serving
from tests.browser.watching import Window, desk_of, window

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.hookimpl(trylast=True)  # pytest-django puts the tests that use its database first
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with these: pytest-xdist gives the head of the list to one worker, and only that one starts a server."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="package")
def chromium() -> str:
    """Where Debian's chromium is. CI must have it; elsewhere the tests are skipped without it."""
    if found := shutil.which("chromium"):
        return found
    missing = "There is no chromium here: apt-get install chromium"
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="package")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, as `make demo` serves it. Tests that write make a case of their own."""
    with serving(tmp_path_factory.mktemp("site") / "log") as site:
        yield site


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # chromium's sandbox does not take root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def windows(browser: Browser, site: Site) -> Iterator[dict[bool, Window]]:
    """Two windows for all readers: one runs scripts, one does not."""
    with window(browser, site) as scripted, window(browser, site, scripts=False) as plain:
        yield {True: scripted, False: plain}


@pytest.fixture(scope="package")
def administrator(browser: Browser, site: Site) -> Iterator[Window]:
    """A window of the administrator, who is signed in."""
    with desk_of(browser, site, "administrator") as own:
        yield own


@pytest.fixture(scope="package")
def plain_administrator(browser: Browser, site: Site) -> Iterator[Window]:
    """The same without scripts."""
    with desk_of(browser, site, "administrator", scripts=False) as own:
        yield own


@pytest.fixture(scope="package")
def own_cases(site: Site) -> dict[str, str]:
    """The number of each case of the tests' own, by its surname. Each is one test's alone: see ``own_cases``."""
    return enter_cases(site)


@pytest.fixture
def page(windows: dict[bool, Window]) -> Iterator[Page]:
    """A reader's page with scripts. The test fails if anything was refused, failed or complained of on the way."""
    with windows[True].page() as page:
        yield page


@pytest.fixture
def plain_page(windows: dict[bool, Window]) -> Iterator[Page]:
    """A reader's page without scripts."""
    with windows[False].page() as page:
        yield page

"""The database is killed while readers read: the site answers again by itself."""

import time

import pytest
from playwright.sync_api import Browser

from tests.browser.site import Site

pytestmark = pytest.mark.browser

CASE = "/cases/new-mexico-v-halls/"
WITHIN = 60.0  # seconds; it takes a few, and nobody waits longer where the machine is idle


def test_pages_come_back_without_anybody_doing_anything(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)  # not watched: a page may be away for a moment
    page.goto(CASE)
    told = page.locator("main").inner_text()
    killed = site.house.postmaster()
    killed.kill()

    started, answers = time.monotonic(), []
    while site.house.postmaster_number() == killed.pid or 200 not in answers:
        assert time.monotonic() - started < WITHIN, answers
        answers.append(page.goto(CASE).status)
    took = time.monotonic() - started

    assert set(answers) <= {200, 503}, "while it was away, it said so"
    assert page.locator("main").inner_text() == told
    assert took < WITHIN
    page.close()

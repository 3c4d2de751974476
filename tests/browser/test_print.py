"""On paper: no controls, everything opened, the addresses of the sources written out."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SHOWN = "parts => parts.map(part => part.checkVisibility() && part.getBoundingClientRect().height > 0)"
CONTROLS = "header nav, header form, .filters, .crumbs, .skip"


def test_a_case_on_paper(page: Page) -> None:
    page.goto("/cases/new-mexico-v-halls/")
    acts = page.locator("#record-list h4").all_inner_texts()
    assert page.locator(CONTROLS).evaluate_all(SHOWN) == [True] * 5

    page.emulate_media(media="print")
    assert page.locator(CONTROLS).evaluate_all(SHOWN) == [False] * 5
    assert page.locator("#record-list h4").evaluate_all(SHOWN) == [True] * len(acts)
    assert set(page.locator("details.why li").evaluate_all(SHOWN)) == {True}, "folded reasons are printed too"
    addresses = page.locator(".sources a[href^=http]")
    assert addresses.evaluate_all("links => links.map(link => getComputedStyle(link, '::after').content)") == [
        f'" ({link.get_attribute("href")})"' for link in addresses.all()
    ]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"

"""Two entries that are one person become one, are looked at first, and become two again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Window, follow, press

pytestmark = pytest.mark.browser


def enter(page: Page, name: str) -> None:
    page.goto("/desk/people/person/add/")
    page.locator("#id_name").fill(name)
    press(page, "Save")
    expect(page).to_have_url(re.compile(r"/desk/people/person/$"))


def test_an_editor_looks_merges_and_takes_it_back(administrator: Window) -> None:
    with administrator.page() as page:
        enter(page, "Ysolde Kwint")
        enter(page, "Isolde Kwint")
        page.goto("/desk/people/person/?q=ysolde")
        follow(page, "Ysolde Kwint")
        kept = page.url.partition("?")[0]
        follow(page, "Merge with …")
        page.get_by_label("Name or address:").fill("isolde")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        follow(page, page.get_by_role("row", name="Isolde Kwint").get_by_role("link"))
        assert page.locator(".says li").all_inner_texts() == ["/people/isolde-kwint/", "Isolde Kwint"]
        press(page, "Merge the two")
        assert page.url == kept
        page.goto("/desk/people/person/?q=kwint+isolde")
        assert page.locator("#result_list tbody th").all_inner_texts() == ["Ysolde Kwint"]
        page.goto("/desk/people/merge/")
        follow(page, page.locator("#result_list").get_by_role("link", name=re.compile("Isolde Kwint")))
        press(page, "Undo the merge")
        page.goto("/desk/people/person/?q=kwint")
        assert sorted(page.locator("#result_list tbody th").all_inner_texts()) == ["Isolde Kwint", "Ysolde Kwint"]

"""Two editors on one act, an earlier state, and what was deleted: in a browser, nothing that was typed is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.watching import Window, follow, press

pytestmark = pytest.mark.browser


@pytest.fixture
def pages(administrator: Window) -> Iterator[tuple[Page, Page]]:
    """Two tabs of the desk."""
    with administrator.page() as first, administrator.page() as second:
        yield first, second


def test_the_later_editor_decides_and_what_was_is_brought_back(
    pages: tuple[Page, Page], own_cases: dict[str, str]
) -> None:
    mine, theirs = pages
    mine.goto(f"/desk/cases/event/add/?case={own_cases['moss']}")
    mine.locator("#id_what").select_option("hearing:status_conference")
    mine.locator("#id_title").fill("Conference held")
    mine.locator("#id_on").fill("2024-02-01")
    press(mine, "Save and continue editing")
    theirs.goto(mine.url)

    theirs.locator("#id_title").fill("Conference in chambers")
    press(theirs, "Save and continue editing")
    mine.locator("#id_title").fill("First conference")
    mine.locator("#id_text").fill("Nobody wants to type this twice.")
    press(mine, "Save and continue editing")
    expect(mine.get_by_text("changed “Title” from “Conference held” to “Conference in chambers”")).to_be_visible()
    expect(mine.locator("#id_title")).to_have_value("First conference")
    expect(mine.locator("#id_text")).to_have_value("Nobody wants to type this twice.")
    assert faults(mine) == {}
    mine.get_by_label("Take what is stored").check()
    press(mine, "Save and continue editing")
    expect(mine.locator("#id_title")).to_have_value("Conference in chambers")
    expect(mine.locator("#id_text")).to_have_value("Nobody wants to type this twice.")

    act = mine.url.split("?")[0]
    follow(mine, "History")
    assert faults(mine) == {}
    follow(mine, mine.get_by_role("link", name="Restore what was before").nth(1))
    expect(mine.get_by_text("This would change")).to_be_visible()
    press(mine, "Restore")
    expect(mine.locator("#id_title")).to_have_value("Conference held")

    follow(mine, "Delete")
    press(mine, "Delete it")
    theirs.locator("#id_text").fill("Typed while it was deleted.")
    press(theirs, "Save")
    expect(theirs.get_by_text("Typed while it was deleted.")).to_be_visible()
    follow(theirs, "Bring “Conference held” back")
    assert faults(theirs) == {}
    press(theirs, "Bring back")
    assert theirs.url == act
    expect(theirs.locator("#id_title")).to_have_value("Conference held")

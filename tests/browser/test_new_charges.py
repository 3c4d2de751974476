"""New charges by keyboard: what they will do is told while they are typed; and the desk's lists fit their place."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.watching import Window

pytestmark = pytest.mark.browser
LISTS = ("case", "event", "ruling", "defendant", "charge", "matter")
SIDEWAYS = "() => { const box = document.querySelector('.results'); return box.scrollWidth - box.clientWidth }"


def test_two_charges_are_merged_by_keyboard_and_it_is_told_before_it_is_saved(administrator: Window) -> None:
    with administrator.page() as desk:
        desk.goto("/desk/cases/case/?q=prosecutors+federal")
        desk.locator("#result_list tbody th a").click()
        desk.get_by_role("link", name="Changed claims").focus()
        desk.keyboard.press("Enter")
        expect(desk.locator("#id_what")).to_be_focused()
        desk.keyboard.type("Ame")
        desk.keyboard.press("Tab")
        desk.keyboard.type("2025-11-03")
        desk.keyboard.press("Tab")
        preview = desk.locator("#ruling-preview")
        expect(preview).to_contain_text("it goes on as “Claims arising from the prosecution”")
        expect(preview).to_contain_text("Claims arising from the prosecution (new)")
        desk.locator("#id_charges-0-becomes").focus()
        desk.keyboard.type("Left")
        desk.keyboard.press("Tab")
        expect(preview).to_contain_text("Enter at least one claim")
        assert faults(desk) == {}


@pytest.mark.parametrize("width", [1280, 390])
def test_a_list_of_the_desk_does_not_scroll_sideways(administrator: Window, width: int) -> None:
    with administrator.page() as desk:
        desk.set_viewport_size({"width": width, "height": 900})
        wide = {}
        for name in LISTS:
            desk.goto(f"/desk/cases/{name}/")
            wide[name] = desk.evaluate(SIDEWAYS)
        assert wide == dict.fromkeys(LISTS, 0)

"""Bringing a file in and deciding on it: by keyboard, without scripts, and on any screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.watching import Window

pytestmark = pytest.mark.browser

BATCH = re.compile(r"/desk/imports/batch/\d+/change/")
SHEET = """Year,Month,Day,Headline,Text,Media
2021,10,21,Shot on a film set,A cinematographer was killed.,
2024,7,12,Case dismissed,The judge dismissed the case.,
2024,,,Appeal filed,The State appealed.,
"""


def bring(page: Page, name: str, words: str = SHEET) -> None:
    page.goto("/desk/imports/batch/add/")
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "text/csv", "buffer": words.encode()})
    press(page, "Read the file")
    expect(page).to_have_url(BATCH)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_sheet_is_brought_in_and_decided_on_by_keyboard_without_scripts(plain_administrator: Window) -> None:
    with plain_administrator.page() as page:
        bring(page, "by-keyboard.csv")
        page.get_by_label("Or a new case, of the kind").select_option("criminal")
        page.get_by_role("checkbox", name="12 July 2024: Case dismissed").focus()
        page.keyboard.press("Space")
        press(page, "Accept the chosen")
        expect(page.get_by_text("2 are in the record now, as drafts.")).to_be_visible()  # with the case it rests on
        page.get_by_role("checkbox", name="2024: Appeal filed").focus()
        page.keyboard.press("Space")
        press(page, "Reject the chosen")
        expect(page.get_by_text("1 are rejected.")).to_be_visible()
        press(page, "Accept all 1")
        expect(page.get_by_role("link", name="Decided (4)")).to_be_visible()
        bring(page, "by-keyboard.csv")
        expect(page.get_by_text("It proposes nothing new.")).to_be_visible()


def test_a_batch_is_for_everybody_on_any_screen(administrator: Window) -> None:
    with administrator.page() as page:
        bring(page, "for-everybody.csv")
        assert faults(page) == {}
        page.get_by_text("What became of everything in the file").click()
        assert faults(page) == {}
        page.goto(page.url.split("?")[0].replace("/change/", "/undo/"))
        assert faults(page) == {}
        page.goto("/desk/imports/batch/add/")
        assert faults(page) == {}


TABLE = """Docket no,Accused,What for,Filed,How it ended,Home phone
1:21-cr-00001,Ann Otter,Theft of a kite,3/14/2021,Found guilty by jury,555-0100
1:21-cr-00002,Bo Teal,Arson,4/4/2021,See the judge,555-0101
"""


def show_columns(page: Page, name: str, words: str = TABLE) -> None:
    page.goto("/desk/imports/batch/add/")
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "text/csv", "buffer": words.encode()})
    press(page, "Read the file")
    expect(page.get_by_text("Theft of a kite")).to_be_visible()


def test_the_columns_of_a_table_are_said_by_keyboard_without_scripts(plain_administrator: Window) -> None:
    with plain_administrator.page() as page:
        show_columns(page, "harbour-court.csv")
        for label, role in (("What for", "charge"), ("Filed", "brought"), ("How it ended", "outcome")):
            page.get_by_label(label, exact=True).select_option(role)
        press(page, "See what it would propose")
        expect(page.get_by_role("heading", name="What it would propose")).to_be_visible()
        expect(page.get_by_text("“See the judge”. The mapping does not say what this means.")).to_be_visible()
        expect(page.get_by_label("“Found guilty by jury”")).to_have_value("convicted_jury")
        press(page, "Keep this, and read the file")
        expect(page).to_have_url(BATCH)
        expect(page.get_by_text("“Harbour court” is kept")).to_be_visible()
        bring(page, "harbour-court-2.csv", TABLE.replace("Ann Otter", "Ann Heron"))  # its columns are known now


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_of_columns_is_for_everybody_on_any_screen(administrator: Window, width: int) -> None:
    with administrator.page() as page:
        page.set_viewport_size({"width": width, "height": 800})
        show_columns(page, f"hill-court-{width}.csv", TABLE.replace("Filed", "Lodged"))
        assert faults(page) == {}
        page.get_by_label("What for", exact=True).select_option("charge")
        press(page, "See what it would propose")
        assert faults(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto("/desk/imports/mapping/add/")
        assert faults(page) == {}
        page.goto("/desk/imports/mapping/toml/")
        assert faults(page) == {}

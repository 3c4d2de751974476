"""A ruling entered without a mouse, and without scripts: what the screen foretold is what readers then read."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.site import Site
from tests.browser.watching import Window, press, window
from tests.config.conftest import CHECKOUT

pytestmark = pytest.mark.browser

CASE = "/cases/state-v-vale/"
ADDRESS = "https://www.reuters.com/legal/judge-dismisses-case-against-vale-2024-07-12/"
FOCUSED = "document.activeElement.id || document.activeElement.name"
ENTER_A_CASE = """
import django; django.setup()
from django.contrib.auth.models import User
from cases.models import Court, Source
from tests.desk.record import docket
by = User.objects.get(username="administrator")
report, _ = Source.objects.get_or_create(title="Order of the court", kind="court_record")
print(docket(Court.objects.order_by("pk").first(), report, by, slug="state-v-vale", name="Vera Vale").case.pk)
"""


@pytest.fixture(scope="module")
def case(site: Site) -> str:
    """The id of a case of our own, in which Vera Vale is charged with arson."""
    entered = subprocess.run(
        [sys.executable, "-c", ENTER_A_CASE],
        cwd=CHECKOUT,
        env=site.house.environment | {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )
    assert entered.returncode == 0, entered.stderr
    return entered.stdout.split()[-1]


def signed_in(own: Window, site: Site) -> None:
    with own.page() as page:
        page.goto("/desk/")
        page.get_by_label("Username").fill("administrator")
        page.get_by_label("Password").fill(site.passwords["administrator"])
        with page.expect_navigation():
            page.get_by_role("button", name="Log in", exact=True).click()


@pytest.fixture(scope="module")
def windows_of_the_desk(browser: Browser, site: Site) -> Iterator[dict[bool, Window]]:
    """Two windows of the administrator: one runs scripts, one does not."""
    with window(browser, site) as scripted, window(browser, site, scripts=False) as plain:
        signed_in(scripted, site)
        signed_in(plain, site)
        yield {True: scripted, False: plain}


def tab_to(page: Page, wanted: str, *, at_most: int) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == wanted:
            return
    raise AssertionError(f"{wanted} is not reached by {at_most} times Tab, but {page.evaluate(FOCUSED)}")


def typed(page: Page, keys: str, *, draws: str = "fields") -> None:
    """Type into what has the focus, leave it, and wait for what is drawn anew because of it."""
    with page.expect_response(f"**/desk/ruling/{draws}/"), page.expect_response("**/desk/ruling/preview/"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")


def test_a_dismissal_is_entered_by_keyboard_alone(
    windows_of_the_desk: dict[bool, Window], plain_page: Page, case: str
) -> None:
    with windows_of_the_desk[True].page() as page:
        page.goto(f"/desk/ruling/?case={case}")
        assert page.evaluate(FOCUSED) == "id_what"
        typed(page, "Motion to dis")
        assert page.evaluate(FOCUSED) == "id_decision"
        typed(page, "g")
        assert page.evaluate(FOCUSED) == "id_on"
        with page.expect_response("**/desk/ruling/fields/"), page.expect_response("**/desk/ruling/preview/"):
            for keys in ("2024-07-12", "Tab", "Tab", "Ada Marlowe"):  # faster than the fields are drawn anew
                page.keyboard.press(keys) if keys == "Tab" else page.keyboard.type(keys)
        page.wait_for_function("document.activeElement.id === 'id_actor_name'")
        assert page.locator("#id_actor_name").input_value() == "Ada Marlowe"
        outcome = page.locator("select[name^=outcome-]").get_attribute("id") or ""
        tab_to(page, outcome, at_most=1)
        typed(page, "dismissed with", draws="preview")
        assert page.locator(f"#{outcome}").input_value() == "dismissed_with_prejudice"
        tab_to(page, "id_source-0-source", at_most=6)
        assert not page.locator("#id_source-0-title").is_visible()
        typed(page, ADDRESS, draws="preview")
        page.wait_for_selector("#id_source-0-title")
        told = [page.locator(f"#id_source-0-{name}").input_value() for name in ("kind", "publisher", "published_on")]
        assert told == ["news_agency", "Reuters", "2024-07-12"]
        tab_to(page, "id_source-0-quote", at_most=6)
        page.keyboard.type("dismissed with prejudice")
        assert page.locator("#id_actor_name").input_value() == "Ada Marlowe"
        # The guard says that one press report alone would not carry it; its link leads to where that is mended.
        expect(page.locator("#ruling-preview .guard")).to_contain_text("rests on one press report only")
        page.locator("#ruling-preview .guard a").focus()
        page.keyboard.press("Enter")
        assert page.evaluate(FOCUSED) == "id_source-0-source"
        foretold = page.locator("#ruling-preview .r-after").all_inner_texts()
        assert foretold == [
            "Dismissed with prejudice on 12 July 2024. Not yet final: it can still be appealed or reviewed.",
            "Dismissed with prejudice, not yet final.",
            "Decided in this court. Not yet final: it can still be appealed or reviewed.",
            "Can still be appealed",
        ]
        assert faults(page) == {}

        # One press report alone would not carry a dismissal: a second source, then "Save and publish".
        page.set_viewport_size({"width": 1280, "height": 900})
        page.locator("#id_source-0-quote").focus()
        tab_to(page, "_more_sources", at_most=12)
        with page.expect_response("**/desk/ruling/sources/"):
            page.keyboard.press("Enter")
        page.wait_for_selector("#id_source-1-source")
        page.locator("#id_source-0-quote").focus()
        tab_to(page, "id_source-1-source", at_most=12)
        typed(page, "order of the court", draws="preview")
        page.wait_for_function("() => document.getElementById('id_source-1-source').value === 'Order of the court'")
        assert "In the record already" in page.locator("#id_source-1-source_told").inner_text()
        tab_to(page, "_publish", at_most=30)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith(f"/desk/cases/case/{case}/change/"), page.locator(".r-above").all_inner_texts()
        assert "is saved and published" in page.locator(".messagelist").inner_text()

    plain_page.goto(CASE)
    assert plain_page.locator(".charge .result").all_inner_texts() == foretold[:1]
    assert plain_page.locator(".head .standings li").all_inner_texts() == foretold[1:2]
    assert "By Ada Marlowe" in plain_page.locator("#record-list").inner_text()


def test_without_scripts_nothing_typed_is_lost_and_errors_stand_beside_their_fields(
    windows_of_the_desk: dict[bool, Window], case: str
) -> None:
    with windows_of_the_desk[False].page() as page:
        page.goto(f"/desk/ruling/?case={case}")
        page.get_by_label("What was decided or done").select_option("filing:notice_of_appeal")
        page.get_by_label("Date", exact=True).fill("2024-08-01")
        page.locator("summary", has_text="A source that is new to the record").click()
        page.get_by_label("Title").fill("Notice of appeal")
        press(page, "Show what fits")
        assert page.locator("#ruling-fields .badge").all_inner_texts() == ["Dismissed with prejudice"]
        assert page.get_by_label("Title").input_value() == "Notice of appeal"
        press(page, "Show what it will do")
        assert page.locator("#ruling-preview .r-after").last.inner_text() == "Under appeal"

        page.get_by_label("Date", exact=True).fill("08/01/2024")
        press(page, "Save and publish")
        beside = page.locator(".r-field.errors")
        assert [
            (one.locator("label").inner_text(), one.locator(".errorlist").inner_text()) for one in beside.all()
        ] == [
            ("Date", "07/12/2024 is July to some and December to others. Write it as 2024-07-12."),
            ("Kind of source", "Choose what kind of source this is."),
        ]
        assert page.get_by_label("Date", exact=True).input_value() == "08/01/2024"

        page.get_by_label("Date", exact=True).fill("1 August 2024")
        page.get_by_label("Kind of source").select_option("court_record")
        press(page, "Save as draft")
        assert page.url.endswith(f"/desk/cases/case/{case}/change/")
        assert "is saved as a draft" in page.locator(".messagelist").inner_text()

"""A ruling entered without a mouse, and without scripts: what the screen foretold is what readers then read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.browser.axe import faults
from tests.browser.site import Site
from tests.browser.watching import Window, desk_of, press

pytestmark = pytest.mark.browser

CASE = "/cases/state-v-vale/"
ADDRESS = "https://www.reuters.com/legal/judge-dismisses-case-against-vale-2024-07-12/"
OTHER = "https://apnews.com/article/vale-arson-charge-2024-01-10"
NEXT = "https://www.reuters.com/legal/judge-hears-motion-dismiss-2024-06-03/"
GUESS = re.compile("/desk/sources/guess/")
FOCUSED = "document.activeElement.id || document.activeElement.name"


def tab_to(page: Page, wanted: str, *, at_most: int) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == wanted:
            return
    raise AssertionError(f"{wanted} is not reached by {at_most} times Tab, but {page.evaluate(FOCUSED)}")


@contextmanager
def drawn(page: Page, part: str, sent: str) -> Iterator[None]:
    """Wait until a part was drawn anew from a form in which ``sent`` stands, and nothing more is asked for.

    What was typed before may be answered meanwhile: such an answer is not the one that is waited for.
    """

    def is_it(answer: Response) -> bool:
        return answer.url.endswith(f"/desk/ruling/{part}/") and sent in (answer.request.post_data or "")

    with page.expect_response(is_it):
        yield
    expect(page.locator(".htmx-request")).to_have_count(0)


def typed(page: Page, *pressed: str) -> None:
    """Press each in turn, as fast as can be; what is not Tab is typed."""
    for keys in pressed:
        page.keyboard.press(keys) if keys == "Tab" else page.keyboard.type(keys)


def test_a_dismissal_is_entered_by_keyboard_alone(
    administrator: Window, plain_page: Page, own_cases: dict[str, str]
) -> None:
    case = own_cases["vale"]
    with administrator.page() as page:
        page.goto(f"/desk/ruling/?case={case}")
        expect(page.locator("#id_what")).to_be_focused()
        with drawn(page, "fields", "what=ruling%3Adismiss"):
            typed(page, "Motion to dis", "Tab")
        expect(page.locator("#id_decision")).to_be_focused()
        with drawn(page, "fields", "decision=granted"):
            typed(page, "g", "Tab")
        expect(page.locator("#id_on")).to_be_focused()
        with drawn(page, "fields", "on=2024-07-12"):
            typed(page, "2024-07-12", "Tab", "Tab", "Ada Marlowe")  # faster than the fields are drawn anew
        expect(page.locator("#id_actor_name")).to_be_focused()
        expect(page.locator("#id_actor_name")).to_have_value("Ada Marlowe")
        outcome = page.locator("select[name^=outcome-]")
        tab_to(page, outcome.get_attribute("id") or "", at_most=1)
        typed(page, "dismissed with", "Tab")
        expect(outcome).to_have_value("dismissed_with_prejudice")
        tab_to(page, "id_source-0-source", at_most=6)
        expect(page.locator("#id_source-0-title")).to_be_hidden()
        with drawn(page, "preview", "source-0-published_on=2024-07-12"):
            typed(page, ADDRESS, "Tab")
        for name, told in (("kind", "news_agency"), ("publisher", "Reuters"), ("published_on", "2024-07-12")):
            expect(page.locator(f"#id_source-0-{name}")).to_have_value(told)
        expect(page.locator("#id_source-0-title")).to_be_visible()
        tab_to(page, "id_source-0-quote", at_most=6)
        typed(page, "dismissed with prejudice")
        expect(page.locator("#id_actor_name")).to_have_value("Ada Marlowe")
        # The guard says that one press report alone would not carry it; its link leads to where that is mended.
        with drawn(page, "preview", "source-0-quote=dismissed"):
            page.locator("#id_source-0-locator").focus()
        expect(page.locator("#ruling-preview .guard")).to_contain_text("rests on one press report only")
        page.locator("#ruling-preview .guard a").press("Enter")
        expect(page.locator("#id_source-0-source")).to_be_focused()
        foretold = [
            "Dismissed with prejudice on 12 July 2024. Not yet final: it can still be appealed or reviewed.",
            "Dismissed with prejudice, not yet final.",
            "Decided in this court. Not yet final: it can still be appealed or reviewed.",
            "Can still be appealed",
        ]
        expect(page.locator("#ruling-preview .r-after")).to_have_text(foretold)
        assert faults(page) == {}

        # One press report alone would not carry a dismissal: a second source, then "Save and publish".
        page.set_viewport_size({"width": 1280, "height": 900})
        page.locator("#id_source-0-quote").focus()
        tab_to(page, "_more_sources", at_most=12)
        page.keyboard.press("Enter")
        expect(page.locator("#id_source-1-source")).to_be_focused()
        typed(page, "order of the court", "Tab")
        expect(page.locator("#id_source-1-source")).to_have_value("Order of the court")
        expect(page.locator("#id_source-1-source_told")).to_contain_text("In the record already")
        tab_to(page, "_publish", at_most=30)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith(f"/desk/cases/case/{case}/change/"), page.locator(".r-above").all_inner_texts()
        expect(page.locator(".messagelist")).to_contain_text("is saved and published")

    plain_page.goto(CASE)
    assert plain_page.locator(".charge .result").all_inner_texts() == foretold[:1]
    assert plain_page.locator(".head .standings li").all_inner_texts() == foretold[1:2]
    assert "By Ada Marlowe" in plain_page.locator("#record-list").inner_text()


def test_half_an_address_is_not_asked_about(browser: Browser, site: Site) -> None:
    """A pause is waited for; an answer that comes when the next address was told already changes nothing."""
    asked: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(parse_qs(urlsplit(route.request.url).query)["address"][0])
        held.append(route) if not held else route.continue_()

    with desk_of(browser, site, "administrator") as own, own.page() as page:  # a clock stops for its whole window
        page.clock.install(time=datetime(2026, 1, 1, tzinfo=UTC))
        page.goto("/desk/ruling/?case=4")
        page.clock.pause_at(datetime(2026, 1, 2, tzinfo=UTC))  # so that a slow machine makes no pause
        page.route(GUESS, hold)
        box, title = page.locator("#id_source-0-source"), page.locator("#id_source-0-title")
        box.focus()
        typed(page, OTHER)
        assert asked == []
        with page.expect_request(GUESS):
            page.clock.run_for(250)
        box.fill(NEXT)
        page.clock.run_for(250)
        expect(title).to_have_value("Judge hears motion dismiss")
        with page.expect_response(GUESS):
            held[0].continue_()
        typed(page, "Tab")
        expect(page.locator("#id_source-0-publisher")).to_have_value("Reuters")
        expect(title).to_have_value("Judge hears motion dismiss")
        assert asked == [OTHER, NEXT]


def test_without_scripts_nothing_typed_is_lost_and_errors_stand_beside_their_fields(
    plain_administrator: Window, own_cases: dict[str, str]
) -> None:
    with plain_administrator.page() as page:
        case = own_cases["wren"]
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

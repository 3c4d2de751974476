"""The reader's story: who was charged, what was decided, is it final, who says so. With scripts, without, by keys."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site
from tests.browser.watching import Window, follow, press

pytestmark = pytest.mark.browser

MATTER = "/matters/rust-film-set-shooting/"
CASE = "/cases/new-mexico-v-baldwin-2024/"
CAPTION = "State of New Mexico v. Alexander Rae Baldwin III (2024)"
CHARGE_TODAY = (
    "Dismissed with prejudice by the court on the defence's motion, because evidence was withheld, on 12 July 2024. "
    "Final since 23 December 2024, when the appeal was withdrawn."
)
BY_12_JULY_2024 = [
    "Case dismissed with prejudice during trial",
    "Opening statements",
    "Trial begins: jury selection",
    "Motion to dismiss denied",
    "Grand jury indicts Alec Baldwin",
    "Halyna Hutchins killed and Joel Souza wounded on the film set",
]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def reader(windows: dict[bool, Window], scripts: bool) -> Iterator[Page]:
    with windows[scripts].page() as page:
        yield page


def acts(page: Page) -> Locator:
    return page.locator("#record-list h4")


def badges(part: Page | Locator) -> list[str]:
    return part.locator(".badge").all_inner_texts()


def test_from_the_start_page_to_who_was_charged_and_what_came_of_it(reader: Page, site: Site) -> None:
    reader.goto("/")
    follow(reader, reader.get_by_role("link", name="Rust film-set shooting", exact=True))

    assert reader.url == site.address + MATTER
    assert reader.locator("h1").inner_text() == "Rust film-set shooting"
    assert [(card.locator("h3").inner_text(), badges(card)) for card in reader.locator("article.card").all()] == [
        (
            "Alec Baldwin",
            [
                "Dismissed with prejudice",
                "Final: appeal withdrawn",
                "Dismissed without prejudice",
                "Final in this case",
                "Enhancement withdrawn",
            ],
        ),
        ("David Halls", ["Convicted on a no contest plea", "Final"]),
        ("Hannah Gutierrez-Reed", ["Convicted by a jury", "Under appeal", "Acquitted by a jury", "Final"]),
    ]
    follow(reader, reader.locator("article.card").get_by_role("link", name=CAPTION))

    assert reader.url == site.address + CASE
    head = reader.locator(".head")
    assert head.locator("h1").inner_text() == CAPTION
    assert badges(head) == ["Decided in this court", "Final: appeal withdrawn"]
    assert head.locator(".standings").inner_text() == "Dismissed with prejudice, final."
    assert [charge.locator(".result").inner_text() for charge in reader.locator(".charge").all()] == [CHARGE_TODAY]


def test_why_the_status_is_what_it_is_and_the_act_it_rests_on(reader: Page, site: Site) -> None:
    reader.goto(CASE)
    why = reader.locator(".head details.why")
    assert not why.get_by_role("listitem").first.is_visible()
    why.get_by_text("Why this status?").click()
    assert why.get_by_role("listitem").all_inner_texts()[:2] == [
        "19 January 2024: Grand jury indicts Alec Baldwin (Indictment)",
        "12 July 2024: Case dismissed with prejudice during trial (Ruling: granted)",
    ]
    why.get_by_role("link", name="Case dismissed with prejudice during trial").click()

    act = reader.locator(":target")
    expect(act).to_be_in_viewport()
    assert act.locator("h4").inner_text() == "Case dismissed with prejudice during trial"
    assert act.locator("time").first.get_attribute("datetime") == "2024-07-12"
    assert badges(act) == ["Dismissed with prejudice"]
    assert act.locator(".after").last.inner_text() == (
        "Status of the case afterwards: decided in this court; can still be appealed"
    )
    assert act.locator(".src > span > a[rel]").evaluate_all("links => links.map(link => link.textContent)") == [
        "CBS News",
        "Interaksyon",
    ]


def test_an_act_and_a_charge_have_addresses_of_their_own(reader: Page) -> None:
    reader.goto(CASE)
    come_by_address(reader, acts(reader).get_by_role("link", name="State withdraws its appeal"))
    assert reader.locator(":target h4").inner_text() == "State withdraws its appeal"

    come_by_address(reader, reader.locator(".charge").get_by_role("link", name="Involuntary manslaughter"))
    assert reader.locator(":target .result").inner_text() == CHARGE_TODAY
    expect(reader.locator(":target")).to_be_in_viewport()


def come_by_address(reader: Page, link: Locator) -> None:
    """Take the address that a link of the page leads to, and come from elsewhere by it."""
    target = link.get_attribute("href")
    link.click()
    expect(reader).to_have_url(re.compile(f"{re.escape(target)}$"))
    address = reader.url
    reader.goto("/")
    reader.goto(address)


def test_the_acts_of_one_defendant_and_of_one_kind(reader: Page, scripts: bool, site: Site) -> None:
    reader.goto(MATTER)
    filters = reader.get_by_role("group", name="Person or party")
    filters.get_by_role("checkbox", name="Hannah Gutierrez-Reed").check()
    if scripts:
        reader.wait_for_url("**/?defendant=hannah-gutierrez-reed**")
    reader.get_by_role("group", name="Kind of act").get_by_role("checkbox", name="Ruling").check()
    if not scripts:
        reader.get_by_role("button", name="Apply").click()
    expect(acts(reader)).to_have_text(
        ["Further motion for a new trial denied", "First motion for a new trial denied", "Motion to dismiss denied"]
    )
    asked = re.escape(f"{site.address}{MATTER}?defendant=hannah-gutierrez-reed&kind=ruling")
    expect(reader).to_have_url(re.compile(f"^{asked}(&order=)?(#.*)?$"))
    expect(reader.locator("#record-list .section-note")).to_have_text("3 of 42 acts match the filter. Show all")


def test_the_record_as_it_stood_on_a_day(reader: Page, site: Site) -> None:
    reader.goto(CASE)
    reader.get_by_label("Record as it stood on").fill("2024-07-12")
    press(reader, "Show that day")
    expect(reader).to_have_url(f"{site.address}{CASE}?as_of=2024-07-12")

    assert reader.get_by_role("note").first.inner_text().split("\n\n") == [
        "The record as it stood on 12 July 2024.",
        "Whatever happened later is left out of this page. Back to today’s record",
    ]
    assert badges(reader.locator(".head")) == ["Decided in this court", "Can still be appealed"]
    assert acts(reader).all_inner_texts() == BY_12_JULY_2024
    assert reader.locator(".charge .result").inner_text() == (
        "Dismissed with prejudice by the court on the defence's motion, because evidence was withheld, "
        "on 12 July 2024. Not yet final: it can still be appealed or reviewed."
    )
    follow(reader, "Back to today’s record")
    assert reader.url == site.address + CASE


def test_who_says_so(reader: Page) -> None:
    reader.goto(CASE)
    ruling = reader.locator("li.ev", has=reader.get_by_role("link", name="Case dismissed with prejudice during trial"))
    ruling.get_by_role("link", name="[1]").click()
    source = reader.locator(":target")
    expect(source).to_be_in_viewport()
    assert source.inner_text().split("\n")[0] == "CBS News: Timeline of the Rust shooting (News report)"
    assert source.get_by_role("link").first.get_attribute("href") == (
        "https://www.cbsnews.com/sanfrancisco/news/rust-shooting-timeline-alec-baldwin-halyna-hutchins"
    )


def test_with_the_keyboard_alone(page: Page) -> None:
    page.goto(CASE)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    tab_to(page, page.locator(".head details.why summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".head details.why li").first).to_be_visible()

    ruling = page.get_by_role("checkbox", name="Ruling")
    tab_to(page, ruling)
    page.keyboard.press("Space")
    expect(acts(page)).to_have_text(
        ["Motion to reconsider the dismissal denied", "Case dismissed with prejudice during trial",
         "Motion to dismiss denied"]
    )  # fmt: skip
    expect(ruling).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="acts shown")).to_have_text("3 of 16 acts shown.")

    tab_to(page, acts(page).get_by_role("link").nth(1))
    page.keyboard.press("Enter")
    expect(page.locator("#record-list :target h4")).to_have_text("Case dismissed with prejudice during trial")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, and can be seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            outline = wanted.evaluate("one => getComputedStyle(one).outlineStyle")
            assert outline != "none", "the focus can be seen"
            return
    raise AssertionError(f"The keyboard does not reach {wanted}.")

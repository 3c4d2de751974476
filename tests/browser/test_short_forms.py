"""An editor enters charges, a motion and a hearing with the keyboard alone, and says what became of the hearing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.watching import Window, press

pytestmark = pytest.mark.browser
ADDRESS = "https://www.reuters.com/legal/prosecutors-charge-mira-stone-with-fraud-2024-02-01/"


@pytest.fixture
def desk(administrator: Window) -> Iterator[Page]:
    """The administrator's page."""
    with administrator.page() as page:
        yield page


def send(desk: Page, key: str = "Enter") -> None:
    with desk.expect_navigation():
        desk.keyboard.press(key)


def keys(desk: Page, *pressed: str) -> None:
    """Press each in turn; what is no key is typed."""
    for one in pressed:
        if one in ("Tab", "ArrowDown", "Enter", " "):
            desk.keyboard.press(one)
        else:
            desk.keyboard.type(one)


def begin(desk: Page, case: str, form: str) -> None:
    desk.goto(case)
    desk.get_by_role("link", name=form, exact=True).focus()
    send(desk)
    expect(desk.locator("#id_what")).to_be_focused()


def test_acts_are_entered_without_a_mouse(desk: Page) -> None:
    case = enter_case(desk)
    begin(desk, case, "Charges brought")
    keys(desk, "Inf", "Tab", "2024-02-01", "Tab")
    expect(desk.locator("#id_title")).to_have_attribute("placeholder", "Information filed")
    expect(desk.locator("#id_title")).to_be_hidden()  # behind "more"
    desk.get_by_role("button", name="Another charge").focus()
    keys(desk, "Enter", "1", "Tab", "Wire fraud", "Tab", "18 U.S.C. § 1343")
    desk.locator("#id_source-source").focus()
    # What the address tells is filled in beside it; what was typed stays.
    expect(desk.locator("#id_source-title")).to_be_hidden()
    desk.locator("#id_source-publisher").evaluate("(box) => { box.value = 'Reuters Legal' }")
    desk.keyboard.insert_text(ADDRESS)
    expect(desk.locator("#id_source-title")).to_have_value("Prosecutors charge mira stone with fraud")
    for name, told in (("kind", "news_agency"), ("publisher", "Reuters Legal"), ("published_on", "2024-02-01")):
        expect(desk.locator(f"#id_source-{name}")).to_have_value(told)
    assert faults(desk) == {}
    send(desk, "Control+Enter")
    assert desk.locator(".messagelist").inner_text() == "“1 February 2024: Information filed” is saved as a draft now."
    assert (
        desk.locator(".says-drafts .says-people li").first.inner_text().split("\n")[0] == "Mira Stone: Charges pending."
    )

    # The plain page of a source fills itself in as well.
    desk.goto("/desk/cases/source/add/")
    desk.locator("#id_title").fill("The order")
    desk.locator("#id_url").focus()
    desk.keyboard.insert_text(
        "https://web.archive.org/web/2024/https://ecf.nmd.uscourts.gov/doc1/1/order-of-dismissal-in-full"
    )
    expect(desk.locator("#id_publisher")).to_have_value("United States District Court for the District of New Mexico")
    expect(desk.locator("#id_kind")).to_have_value("court_record")
    expect(desk.locator("#id_title")).to_have_value("The order")

    # A second source of that address is none: the page says so before anything is sent.
    begin(desk, case, "Hearing")
    keys(desk, "Arr", "Tab", "It is s", "Tab", "2024-03-01")
    desk.locator("#id_source-source").focus()
    desk.keyboard.insert_text(ADDRESS)
    expect(desk.get_by_role("status")).to_contain_text("In the record already: Reuters Legal: Prosecutors charge")
    expect(desk.locator("#id_source-title")).to_be_hidden()
    send(desk)  # Enter in a box saves the draft
    became = desk.get_by_role("group", name="What became of it: Arraignment, 1 March 2024")
    assert faults(desk) == {}
    became.get_by_label("to").focus()
    keys(desk, "3/4/24")
    send(desk)
    expect(desk.get_by_label("Continued to")).to_have_value("3/4/24")
    assert desk.locator(".errorlist").inner_text().startswith("07/12/2024 is July to some")
    desk.goto(case)
    became.get_by_role("button", name="Held").focus()
    send(desk)
    # One press later it is asked what was decided; or, where nothing was, what says that it was held.
    expect(desk).to_have_url(re.compile(re.escape("/desk/ruling/?case=")))
    expect(desk.locator("#id_on")).to_have_value("2024-03-01")
    desk.get_by_role("link", name="Nothing was decided there").focus()
    send(desk)
    assert faults(desk) == {}
    desk.locator("#id_source-source").focus()
    keys(desk, "reuters legal", "Tab")
    expect(desk.get_by_role("status")).to_contain_text("In the record already: Reuters Legal: Prosecutors charge")
    send_by(desk, "Cite it")
    assert became.count() == 0

    # A superseding document begins with the charges that there are.
    begin(desk, case, "New charges")
    keys(desk, "Superseding inf", "Tab", "2024-04-01")
    desk.locator("#id_charges-0-title").focus()
    keys(desk, "Tab", "Tab", " ")  # left out
    desk.locator("#id_charges-1-title").focus()
    keys(desk, "Money laundering")
    assert faults(desk) == {}
    send(desk, "Control+Enter")
    told = desk.locator(".messagelist").inner_text()
    assert told == "“1 April 2024: Superseding information filed” is saved as a draft now."


def send_by(desk: Page, button: str) -> None:
    desk.get_by_role("button", name=button).focus()
    send(desk)


def enter_case(desk: Page) -> str:
    """A person and a case against them; return the address of its page."""
    desk.goto("/desk/people/person/add/")
    desk.locator("#id_name").fill("Mira Stone")
    press(desk, "Save")
    desk.goto("/desk/cases/case/add/")
    desk.locator("#id_caption").fill("United States v. Stone")
    for box, typed, wanted in (
        ("court", "district new mexico", "United States District Court for the District of New Mexico"),
        ("defendants-0-person", "mira stone", "Mira Stone"),
    ):
        if box != "court":
            desk.get_by_role("button", name="Add another Defendant").click()
        desk.locator(f"#id_{box} + .select2").click()
        desk.locator(".select2-search__field").fill(typed)
        desk.get_by_role("option", name=wanted).first.click()
    press(desk, "Save and continue editing")
    return desk.url

"""The story of four eyes: a contributor enters a case and a ruling, wrongly first; an editor sends it back, then
publishes it; and a status follows that nobody typed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.site import Site
from tests.browser.watching import desk_of, follow, press

pytestmark = pytest.mark.browser

CASE = "/cases/state-v-quint/"
PREVIEW = "/desk/preview/cases/state-v-quint/"
RULING = "Arson charge dismissed with prejudice"
FIELDS = [
    "what", "title", "text", "on", "occurrence", "decision",
    "outcomes-0-charge", "outcomes-0-disposition", "outcomes-0-prejudice",
]  # fmt: skip
NOT_HELD = "An act that was not held can not carry charges, outcomes or a sentence. Set it to “Held”, or remove these."
NO_SOURCE = (
    f"“{RULING}” can not be public without a source that supports it, and a tip is none. "
    "Add such a citation, or leave the act unpublished."
)


ONE_REPORT = (
    f"“{RULING}” ends a charge without a conviction, and rests on one press report only. Cite the order, or a second "
    "report that does not repeat the first."
)
NEEDS_A_WORD = "To publish it all the same, say why in one sentence: it is kept, and other editors read it."


@contextmanager
def signed_in(browser: Browser, site: Site, name: str) -> Iterator[Page]:
    """Yield the page of somebody who has signed in through the form."""
    with desk_of(browser, site, name) as own, own.page() as page:
        yield page


@pytest.fixture
def writer(browser: Browser, site: Site) -> Iterator[Page]:
    """The contributor's page."""
    with signed_in(browser, site, "contributor") as page:
        yield page


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """The editor's page."""
    with signed_in(browser, site, "editor") as page:
        yield page


def open_from_queue(desk: Page, title: str) -> None:
    """Open what waits on the desk's first page."""
    desk.goto("/desk/")
    follow(desk, desk.locator(".queue").get_by_role("link", name=title).first)


def pick(page: Page, field: str, typed: str, wanted: str) -> None:
    """Choose in a field that completes what is typed."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-search__field").fill(typed)
    page.get_by_role("option", name=re.compile(f"^{re.escape(wanted)}")).click()
    expect(page.locator(f"#id_{field} + .select2")).to_contain_text(wanted)


def enter_case(desk: Page) -> None:
    """A person, and a case against them, as a draft; leaves the editor on the page of the case."""
    desk.goto("/desk/people/person/add/")
    desk.locator("#id_name").fill("Zoë Quint")
    press(desk, "Save")
    desk.goto("/desk/cases/case/add/")
    desk.locator("#id_caption").fill("State v. Quint")
    pick(desk, "court", "first judicial district", "First Judicial District Court, New Mexico")
    desk.get_by_role("button", name="Add another Defendant").click()
    pick(desk, "defendants-0-person", "quint", "Zoë Quint")
    press(desk, "Save and continue editing")


def begin_act(desk: Page, *, what: str, title: str, on: str) -> None:
    follow(desk, "Add an act")
    desk.locator("#id_what").select_option(what)
    desk.locator("#id_title").fill(title)
    desk.locator("#id_on").fill(on)


def enter_complaint(desk: Page) -> None:
    """The act that brings the charge, submitted, and then the case."""
    begin_act(desk, what="filing:complaint", title="Complaint charges arson", on="2024-01-10")
    desk.get_by_role("button", name="Add another Charge").click()
    desk.locator("#id_creates-0-defendant").select_option(label="Zoë Quint (state-v-quint)")
    desk.locator("#id_creates-0-title").fill("Arson")
    pick(desk, "citations-0-source", "Timeline of the Rust", "CBS News: Timeline of the Rust shooting")
    assert desk.get_by_role("button", name="Save and publish").count() == 0
    press(desk, "Save and submit for review")  # leads back to the case
    press(desk, "Save and submit for review")


def standing(page: Page, address: str) -> dict[str, list[str]]:
    """Return what the page of the case tells of the case, the defendant and the charge, and its acts."""
    page.goto(address)
    return {
        "case": page.locator(".head .badge").all_inner_texts(),
        "defendant": page.locator(".head .standings li").all_inner_texts(),
        "charge": page.locator(".charge .badge, .charge .result").all_inner_texts(),
        "acts": page.locator("#record-list h4").all_inner_texts(),
        "effects": page.locator("#record-list .effects").all_inner_texts(),
    }


OPEN = {
    "case": ["Open"],
    "defendant": ["Charges pending."],
    "charge": ["Charged", "Charged on 10 January 2024; not decided."],
    "acts": ["Complaint charges arson"],
    "effects": ["Charged\nZoë Quint, Arson"],
}
DISMISSED = {
    "case": ["Decided in this court", "Can still be appealed"],
    "defendant": ["Dismissed with prejudice, not yet final."],
    "charge": [
        "Dismissed with prejudice",
        "Can still be appealed",
        "Dismissed with prejudice on 12 July 2024. Not yet final: it can still be appealed or reviewed.",
    ],
    "acts": [RULING, "Complaint charges arson"],
    "effects": ["Dismissed with prejudice\nZoë Quint, Arson (before: charged)", "Charged\nZoë Quint, Arson"],
}


def test_a_ruling_changes_the_status_that_nobody_typed(writer: Page, desk: Page, plain_page: Page, site: Site) -> None:
    enter_case(writer)
    enter_complaint(writer)
    assert plain_page.goto(CASE).status == 404
    open_from_queue(desk, "Complaint charges arson")
    press(desk, "Save and publish")
    open_from_queue(desk, "State v. Quint")
    press(desk, "Save and publish")
    assert standing(plain_page, CASE) == OPEN

    enter_ruling_wrongly(writer)
    send_back(desk)
    open_from_queue(writer, RULING)
    kept = typed(writer)
    writer.get_by_role("button", name="Add another Citation").click()
    pick(writer, "citations-0-source", "Timeline of the Rust", "CBS News: Timeline of the Rust shooting")
    assert typed(writer) == kept
    press(writer, "Save")
    said, with_drafts = writer.locator(".panel .says > .says-people, .panel .says-drafts .says-people").all()
    assert said.locator("li").first.inner_text().split("\n")[0] == "Zoë Quint: Charges pending."
    assert with_drafts.locator("li").first.inner_text().split("\n")[0] == (
        "Zoë Quint: Dismissed with prejudice, not yet final."
    )
    the_draft_is_seen_by_editors_only(writer, plain_page, site)
    open_from_queue(writer, RULING)
    press(writer, "Save and submit for review")

    open_from_queue(desk, RULING)
    assert desk.locator("#publishing .guard li").all_inner_texts() == [f"Should {ONE_REPORT} Mend it"]
    press(desk, "Save and publish")
    assert desk.locator(".errorlist").all_inner_texts() == [NEEDS_A_WORD, ONE_REPORT]
    assert faults(desk) == {}
    desk.get_by_label("Published all the same, because:").fill("The clerk read us the order.")
    press(desk, "Save and publish")
    assert standing(plain_page, CASE) == DISMISSED
    plain_page.goto("/people/zoe-quint/")
    assert plain_page.locator(".badge").all_inner_texts() == ["Dismissed with prejudice", "Can still be appealed"]

    seal(desk)
    assert plain_page.goto(CASE).status == 200
    assert plain_page.locator("main").inner_text().split("\n\n") == [
        "Sealed",
        "Sealed record",
        "This record was sealed on 1 August 2024. Nothing more about it is shown.",
        "Legal basis: Court order of 1 August 2024",
    ]
    assert (plain_page.content().count("Quint"), plain_page.content().count("Arson")) == (0, 0)
    assert plain_page.goto("/people/zoe-quint/").status == 404
    desk.goto(CASE)
    assert faults(desk) == {}


def send_back(desk: Page) -> None:
    """The editor sees in the queue what is missing, and says so."""
    desk.goto("/desk/")
    assert desk.locator(".queue .guard li").all_inner_texts() == [f"Must {NO_SOURCE} Mend it"]
    assert faults(desk) == {}
    open_from_queue(desk, RULING)
    desk.get_by_label("What is amiss").fill("Cite the order.")
    press(desk, "Send back")
    desk.goto("/desk/")
    assert desk.locator(".queue").get_by_role("link", name=RULING).count() == 0


def enter_ruling_wrongly(desk: Page) -> None:
    """First as if it were only scheduled: that is refused in words, and nothing is lost. Then without a source."""
    begin_act(desk, what="ruling:dismiss", title=RULING, on="2024-07-12")
    desk.locator("#id_text").fill("On the defence’s motion.")
    desk.locator("#id_decision").select_option("granted")
    desk.locator("#id_occurrence").select_option("scheduled")
    desk.get_by_role("button", name="Add another Outcome").click()
    desk.locator("#id_outcomes-0-charge").select_option(index=1)
    pick(desk, "outcomes-0-disposition", "dismissed with", "Dismissed with prejudice")
    desk.locator("#id_outcomes-0-prejudice").select_option("with")
    entered = typed(desk)

    press(desk, "Save and submit for review")
    assert desk.get_by_role("group", name="Outcomes it gives to charges").locator(".errorlist").all_inner_texts() == [
        NOT_HELD
    ]
    assert typed(desk) == entered

    desk.locator("#id_occurrence").select_option("held")
    press(desk, "Save and submit for review")


def typed(desk: Page) -> dict[str, str]:
    """Return what stands in the fields of the ruling."""
    return {name: desk.locator(f"#id_{name}").input_value() for name in FIELDS}


def the_draft_is_seen_by_editors_only(desk: Page, reader: Page, site: Site) -> None:
    assert standing(desk, PREVIEW) == DISMISSED
    assert desk.get_by_role("note").first.inner_text().split("\n\n")[0] == "Editors’ preview."
    assert desk.locator("li", has=desk.get_by_role("heading", name=RULING)).locator(".tag").inner_text() == "Draft"
    assert faults(desk) == {}

    assert standing(reader, CASE) == OPEN
    seen = {}
    for address in ["/", CASE, "/cases/?q=quint", "/people/?q=quint", "/people/zoe-quint/"]:
        reader.goto(address)
        seen[address] = (reader.content().count(RULING), reader.content().count("Dismissed with prejudice on 12 July"))
    assert set(seen.values()) == {(0, 0)}, seen
    reader.goto(PREVIEW)
    assert reader.url == f"{site.address}/desk/login/?next={PREVIEW}"


def seal(desk: Page) -> None:
    desk.goto("/desk/cases/case/?q=quint")
    follow(desk, "State v. Quint")
    follow(desk, desk.get_by_role("link", name="Seal", exact=True))
    desk.locator("#id_basis").fill("Court order of 1 August 2024")
    desk.locator("#id_on").fill("2024-08-01")
    press(desk, "Seal")

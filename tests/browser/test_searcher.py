"""The searcher's story: find somebody by whatever is remembered of a name, and read their page across cases."""

import pytest
from playwright.sync_api import Page

from tests.browser.watching import follow

pytestmark = pytest.mark.browser

BALDWIN = ["Alec Baldwin", "Prosecutors sued by Alec Baldwin"]
GUTIERREZ_REED = ["Hannah Gutierrez-Reed"]


def search(page: Page, typed: str) -> None:
    """Type into the box that stands at the top of every page."""
    box = page.get_by_role("banner").get_by_role("searchbox")
    box.fill(typed)
    with page.expect_navigation():
        box.press("Enter")


def roles(page: Page) -> list[tuple[str, str, list[str]]]:
    """Return each role on a person's page: what, where, and the marks it carries."""
    return [
        (
            row.locator(".tag-role").inner_text(),
            row.locator("h3").inner_text(),
            row.locator(".badge").all_inner_texts(),
        )
        for row in page.locator("section[aria-labelledby=h-roles] > ul > li").all()
    ]


def test_a_name_is_found_however_it_is_typed(page: Page) -> None:
    page.goto("/about/")
    found = {}
    for typed in [
        "baldwin", "Alec Baldwin", "BALDWIN, ALEC",
        "gutierrez reed", "Gutiérrez-Reed", "GUTIERREZ REED", "hannah gutierrez",
    ]:  # fmt: skip
        search(page, typed)
        found[typed] = page.locator("#results ul.rows").first.locator("> li > h3").all_inner_texts()
        assert page.get_by_role("banner").get_by_role("searchbox").input_value() == typed
    assert found == {
        "baldwin": BALDWIN,
        "Alec Baldwin": BALDWIN,
        "BALDWIN, ALEC": BALDWIN,
        "gutierrez reed": GUTIERREZ_REED,
        "Gutiérrez-Reed": GUTIERREZ_REED,
        "GUTIERREZ REED": GUTIERREZ_REED,
        "hannah gutierrez": GUTIERREZ_REED,
    }


def test_nobody_of_that_name_is_said_plainly(plain_page: Page) -> None:
    plain_page.goto("/")
    search(plain_page, "zzyzx")
    assert plain_page.locator("#results .empty strong").inner_text() == "Nobody in the record goes by that name."


def test_a_person_is_read_across_cases(plain_page: Page) -> None:
    plain_page.goto("/")
    search(plain_page, "baldwin")
    follow(plain_page, plain_page.locator("#results").get_by_role("link", name="Alec Baldwin", exact=True))

    assert plain_page.locator("h1").inner_text() == "Alec Baldwin"
    assert plain_page.locator("dl.facts").inner_text().split("\n") == ["Full name", "Alexander Rae Baldwin III"]
    assert roles(plain_page) == [
        (
            "Defendant in a criminal case",
            "State of New Mexico v. Alexander Rae Baldwin III (2024)",
            ["Dismissed with prejudice", "Final: appeal withdrawn"],
        ),
        (
            "Defendant in a criminal case",
            "State of New Mexico v. Alexander Rae Baldwin III (2023)",
            ["Dismissed without prejudice", "Final in this case", "Enhancement withdrawn"],
        ),
        (
            "Defendant in a civil suit (sued, not accused of a crime)",
            "Parents and sister of Halyna Hutchins v. Alec Baldwin and the producers of Rust",
            ["Claim filed"],
        ),
        ("Plaintiff", "Alec Baldwin v. the prosecutors", []),
        ("Plaintiff", "Alec Baldwin v. the prosecutors (federal court)", []),
        ("Appellee", "State of New Mexico v. Alexander Rae Baldwin III (appeal)", []),
    ]


@pytest.mark.parametrize(("typed", "name", "role"), [
    ("halyna hutchins", "Halyna Hutchins", "Decedent"),
    ("marlowe sommer", "Mary Marlowe Sommer", "Judge"),
])  # fmt: skip
def test_who_is_not_accused_carries_no_mark_of_it(plain_page: Page, typed: str, name: str, role: str) -> None:
    plain_page.goto("/")
    search(plain_page, typed)
    follow(plain_page, plain_page.locator("#results").get_by_role("link", name=name, exact=True))

    assert plain_page.locator("h1").inner_text() == name
    assert {(what, tuple(marks)) for what, _, marks in roles(plain_page)} == {(role, ())}
    assert (
        plain_page.locator("main > .note").inner_text().startswith("None of these roles is an accusation of a crime.")
    )

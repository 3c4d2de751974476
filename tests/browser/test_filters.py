"""Filters, with scripts: only the results are swapped, the address follows, and Back leads back."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.site import Site
from tests.browser.watching import press

pytestmark = pytest.mark.browser

CASE = "/cases/new-mexico-v-gutierrez-reed/"
CONVICTED = ["State of New Mexico v. Hannah Gutierrez-Reed", "State of New Mexico v. David Halls"]


def test_only_the_acts_are_swapped_and_the_address_follows(page: Page, plain_page: Page, site: Site) -> None:
    page.goto(CASE)
    page.locator("main").evaluate("main => main.dataset.kept = 'the same'")
    acts = page.locator("#record-list h4")
    before = acts.all_inner_texts()
    assert len(before) == 12

    with page.expect_response(f"**{CASE}?kind=verdict") as asked:
        page.get_by_role("checkbox", name="Verdict").check()
    verdict = ["Jury: guilty of involuntary manslaughter, not guilty of tampering with evidence"]
    expect(acts).to_have_text(verdict)
    page.wait_for_url(f"{site.address}{CASE}?kind=verdict")
    assert (asked.value.request.headers["hx-request"], asked.value.text().count("<html")) == ("true", 0)
    assert page.locator("main").get_attribute("data-kept") == "the same"

    plain_page.goto(page.url)
    assert plain_page.locator("#record-list h4").all_inner_texts() == verdict
    assert plain_page.get_by_role("checkbox", name="Verdict").is_checked()

    page.go_back()
    page.wait_for_url(site.address + CASE)
    expect(acts).to_have_text(before)
    expect(page.get_by_role("checkbox", name="Verdict")).not_to_be_checked()
    page.go_forward()
    expect(acts).to_have_text(verdict)
    expect(page.get_by_role("checkbox", name="Verdict")).to_be_checked()


def test_the_list_of_cases(page: Page, plain_page: Page, site: Site) -> None:
    page.goto("/cases/")
    page.locator("main").evaluate("main => main.dataset.kept = 'the same'")
    page.get_by_label("Outcome of a charge").select_option("conviction")
    captions = page.locator("#results h3")
    expect(captions).to_have_text(CONVICTED)
    page.wait_for_url(f"{site.address}/cases/?outcome=conviction")
    assert page.locator("main").get_attribute("data-kept") == "the same"

    plain_page.goto("/cases/")
    plain_page.get_by_label("Outcome of a charge").select_option("conviction")
    press(plain_page, "Apply")
    assert plain_page.locator("#results h3").all_inner_texts() == CONVICTED
    assert plain_page.get_by_label("Outcome of a charge").input_value() == "conviction"

    page.get_by_role("link", name="Remove the filter:").click()
    page.wait_for_url(f"{site.address}/cases/")
    expect(page.get_by_label("Outcome of a charge")).to_have_value("")


def test_a_step_taken_before_the_script_is_there_leads_to_the_list_of_its_address(page: Page) -> None:
    """Back loads the page anew; while it still loads, nobody hears that the reader steps forward again."""
    page.goto("/cases/")
    captions = page.locator("#results h3")
    everything = captions.all_inner_texts()
    page.get_by_label("Outcome of a charge").select_option("conviction")
    page.wait_for_url("**/cases/?outcome=conviction")
    expect(captions).to_have_text(CONVICTED)

    held: list[Route] = []
    page.route("**/filters*.js", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/filters*.js"):
        page.go_back(wait_until="commit")
    expect(captions).to_have_text(everything)
    page.go_forward(wait_until="commit")
    page.wait_for_url("**/cases/?outcome=conviction", wait_until="commit")
    expect(captions).to_have_text(everything)  # of the other address, as yet
    held[0].continue_()
    expect(captions).to_have_text(CONVICTED)
    expect(page.get_by_label("Outcome of a charge")).to_have_value("conviction")

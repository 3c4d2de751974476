"""Filters, with scripts: only the results are swapped, the address follows, and Back leads back."""

import pytest
from playwright.sync_api import Page, expect

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

    with page.expect_event("load"):  # it is loaded anew: before that nobody listens for the next step
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

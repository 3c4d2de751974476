"""Every public page, wide and narrow, light and dark: for everybody, no wider than the screen, nothing refused."""

import pytest
from playwright.sync_api import Page, Route

from public.errors import error_page
from tests.browser.axe import faults
from tests.browser.site import Site

pytestmark = pytest.mark.browser

PAGES = {
    "/": 200,
    "/matters/rust-film-set-shooting/": 200,
    "/matters/rust-film-set-shooting/?as_of=2024-03-10&defendant=alec-baldwin&kind=ruling": 200,
    "/cases/": 200,
    "/cases/?kind=criminal&status=disposed&q=mexico": 200,
    "/cases/?q=zzyzx&year=1700": 200,
    "/cases/?year=99999": 200,
    "/cases/new-mexico-v-gutierrez-reed/": 200,
    "/cases/new-mexico-v-baldwin-2024/?as_of=2024-07-12": 200,
    "/cases/new-mexico-v-baldwin-2024/?as_of=2020-01-01": 200,
    "/cases/new-mexico-v-halls/?as_of=never": 200,
    "/cases/hutchins-estate-wrongful-death-suit/?as_of=2022-11-05": 200,
    "/cases/new-mexico-v-gutierrez-reed/?kind=ruling&order=oldest": 200,
    "/people/": 200,
    "/people/?q=baldwin": 200,
    "/people/?q=zzyzx": 200,
    "/people/alec-baldwin/": 200,
    "/people/halyna-hutchins/": 200,
    "/courts/": 200,
    "/courts/nm-first-judicial-district/": 200,
    "/corrections/?kind=error": 200,
    "/glossary/": 200,
    "/about/": 200,
    "/gallery/": 200,
    "/no-such-page/": 404,
}


@pytest.mark.parametrize(("address", "status"), PAGES.items())
def test_a_page_is_for_everybody_on_any_screen(page: Page, address: str, status: int) -> None:
    assert page.goto(address).status == status
    assert faults(page) == {}


@pytest.mark.parametrize("status", [400, 403, 405, 410, 500, 503])
def test_so_is_a_page_that_says_what_went_wrong(page: Page, site: Site, status: int) -> None:
    """Drawn here, as nothing goes wrong when asked to; styled and guarded by the site that runs."""
    drawn = error_page(status).content.decode()

    def answer(route: Route) -> None:
        headers = route.fetch(url=f"{site.address}/about/").headers
        route.fulfill(status=status, body=drawn, headers={
            "content-type": "text/html; charset=utf-8",
            "content-security-policy": headers["content-security-policy"],
        })  # fmt: skip

    page.route("**/what-went-wrong/", answer)
    assert page.goto("/what-went-wrong/").status == status
    assert page.locator("main").get_by_role("heading").count() == 1
    assert faults(page) == {}
    page.unroute_all()

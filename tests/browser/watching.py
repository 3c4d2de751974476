"""Pages that remember everything a reader's browser would complain of."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.browser.site import Site

# Milliseconds after which something never comes. It only ends a hang: where all is well nobody waits for it.
NEVER = 30_000
expect.set_options(timeout=NEVER)

# The console tells most refusals too, but a refused style attribute only under some settings.
TELL_REFUSALS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by the content security policy: ${event.violatedDirective} ${event.blockedURI}`))"""


class Complaints(list[str]):
    """What went wrong in one context, in words."""

    def listen(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_REFUSALS)
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.append(f"script failed: {error.error}"))
        context.on("response", self.see)
        context.on("requestfailed", self.miss)

    def check(self) -> None:
        """Fail if there is any; forget them."""
        told = list(self)
        self.clear()
        assert not told, "\n".join(told)

    def miss(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser asked again, or left the page
            self.append(f"{request.url} failed: {request.failure}")

    def hear(self, message: ConsoleMessage) -> None:
        # That a page itself was a 404 is chromium's complaint; see() tells of everything that a page could not load.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.append(f"console: {message.text}")

    def see(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.append(f"{response.status} for {response.url}")


def press(page: Page, button: str | Locator) -> None:
    """Press a button that leads to a page, and wait until that is drawn whole: a click waits for its beginning."""
    found = page.get_by_role("button", name=button, exact=True) if isinstance(button, str) else button
    with page.expect_navigation():
        found.click()


def follow(page: Page, link: str | Locator) -> None:
    """Follow a link, given as it is or by the beginning of its name, and wait until its page is drawn whole."""
    found = page.get_by_role("link", name=re.compile(f"^{re.escape(link)}")).first if isinstance(link, str) else link
    with page.expect_navigation():
        found.click()


def log_in(page: Page, name: str, password: str) -> None:
    """Fill in the login that is open, and send it. What comes next is drawn whole then, and is not looked at."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    press(page, "Log in")


@dataclass(frozen=True)
class Window:
    """A browser's window on the site, and what it complains of. Its pages share what they have loaded."""

    context: BrowserContext
    complaints: Complaints

    @contextmanager
    def page(self) -> Iterator[Page]:
        """Yield a new page; when it is closed, nothing may have been complained of."""
        page = self.context.new_page()
        try:
            yield page
        finally:
            page.close()
        self.complaints.check()


@contextmanager
def window(browser: Browser, site: Site, *, scripts: bool = True) -> Iterator[Window]:
    """Yield a fresh window on ``site``: no cookies, nothing loaded yet."""
    complaints = Complaints()
    context = browser.new_context(
        base_url=site.address, locale="en-GB", java_script_enabled=scripts, viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(NEVER)
    complaints.listen(context)
    yield Window(context, complaints)
    context.close()


@contextmanager
def desk_of(browser: Browser, site: Site, name: str, *, scripts: bool = True) -> Iterator[Window]:
    """Yield a fresh window in which an account of the demonstration has signed in through the form."""
    with window(browser, site, scripts=scripts) as own:
        with own.page() as page:
            page.goto("/desk/")
            expect(page).to_have_url(f"{site.address}/desk/login/?next=/desk/")
            log_in(page, name, site.passwords[name])
            expect(page).to_have_url(f"{site.address}/desk/")
        yield own

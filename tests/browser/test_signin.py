"""Signing in as people do: with an app and without scripts, with a passkey; and a form that outlives its session."""

import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import faults
from tests.browser.site import Site
from tests.browser.watching import window
from tests.config.conftest import Participant

pytestmark = pytest.mark.browser

PASSWORD = "a long enough phrase"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@dataclass
class Newcomer:
    """An administrator of this test's own, and a line to the database."""

    name: str
    database: Participant
    secret: str = ""
    codes_used: int = 0

    def code(self) -> str:
        """Return a code that was not used yet: the app's of now, then its next ones."""
        self.codes_used += 1
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30 + self.codes_used - 1))

    def ask(self, statement: str) -> str:
        answer = self.database.ask(statement)
        assert answer.startswith("ok "), answer
        return answer.removeprefix("ok ")


@pytest.fixture
def at(site: Site) -> Site:
    """The site by the name of this machine: a passkey belongs to a name, and never to a number."""
    return replace(site, address=site.address.replace("127.0.0.1", "localhost"))


@pytest.fixture
def newcomer(site: Site) -> Iterator[Newcomer]:
    name = f"newcomer-{secrets.token_hex(3)}"
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "salt" * 6)
    made = Newcomer(name, site.house.enter())
    made.ask(
        "INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, first_name, last_name, email, "  # noqa: S608 - values of ours
        f"date_joined) VALUES ('{name}', '{hashed}', true, true, true, '', '', '', now()) RETURNING id"
    )
    yield made
    made.database.leave()


def log_in(page: Page, who: Newcomer) -> None:
    page.get_by_label("Username").fill(who.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def give_code(page: Page, who: Newcomer) -> None:
    page.get_by_label("Code").fill(who.code())
    page.get_by_role("button", name="Log in", exact=True).click()


def set_up_app(page: Page, who: Newcomer) -> None:
    page.goto("/desk/second-factor/")
    page.get_by_role("link", name="Set up an app").click()
    who.secret = page.locator(".secret").inner_text()
    page.get_by_label("Authenticator code").fill(who.code())
    page.get_by_role("button", name="Set up").click()


def test_an_app_needs_no_script_and_every_page_is_sound(browser: Browser, at: Site, newcomer: Newcomer) -> None:
    with window(browser, at) as own, own.page() as page:
        found = {}
        for visited in visit(page, newcomer):
            found[visited] = faults(page)
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
    with window(browser, at, scripts=False) as plain, plain.page() as page:
        page.goto("/desk/cases/case/")
        log_in(page, newcomer)
        expect(page.get_by_role("button", name="Use my passkey instead")).to_have_count(0)
        page.get_by_label("Code").fill("000000")
        page.get_by_role("button", name="Log in", exact=True).click()
        expect(page.locator(".errorlist")).to_have_text(re.compile("^This was not accepted"))
        give_code(page, newcomer)
        assert page.url == f"{at.address}/desk/cases/case/"
        page.get_by_role("button", name="Log out").click()
        expect(page.locator(".messagelist")).to_have_text("You are signed out.")


def visit(page: Page, who: Newcomer) -> Iterator[str]:
    """Go through the pages of the sign-in; yield the name of each when it is open."""
    page.goto("/desk/login/")
    yield "log in"
    log_in(page, who)
    assert "no second factor is asked for here" in page.locator("#footer").inner_text()
    set_up_app(page, who)
    yield "recovery codes"
    for name, address in {
        "second factor": "/desk/second-factor/",
        "add a passkey": "/desk/second-factor/passkeys/add/",
        "password": "/desk/password_change/",
    }.items():
        page.goto(address)
        yield name
    page.get_by_role("button", name="Log out").click()
    log_in(page, who)
    yield "code"


def test_a_passkey_stands_for_password_and_code(browser: Browser, at: Site, newcomer: Newcomer) -> None:
    with window(browser, at) as own, own.page() as page:
        device = own.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        page.goto("/desk/second-factor/")
        log_in(page, newcomer)
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label("It may stand for my password as well").check()
        page.get_by_role("button", name="Add").click()
        expect(page.locator(".messagelist")).to_have_text("The passkey is added.")
        page.get_by_role("button", name="Log out").click()
        log_in(page, newcomer)
        page.get_by_role("button", name="Use my passkey instead").click()
        page.wait_for_url("**/desk/")
        page.get_by_role("button", name="Log out").click()
        page.goto("/desk/login/?next=/desk/people/person/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/desk/people/person/")


def test_a_session_that_ends_while_typing_loses_nothing(browser: Browser, at: Site, newcomer: Newcomer) -> None:
    """Typed, the session deleted, sent: signed in again with both factors, all is there; saved, there is one act."""
    with window(browser, at) as own, own.page() as page:
        page.goto("/desk/")
        log_in(page, newcomer)
        set_up_app(page, newcomer)
        case = enter_case(page)
        form = f"/desk/cases/case/{case}/enter/hearing/"
        page.goto(form)
        page.locator("#id_what").select_option(label="Arraignment")
        page.locator("#id_occurrence").select_option(label="It was held")
        page.locator("#id_on").fill("2024-03-01")
        page.locator("summary", has_text="Another headline").click()
        page.locator("#id_title").fill("Arraigned, in person")
        page.locator("#id_text").fill("Two lines,\nand a quote: “not guilty”.")
        typed = fields(page)

        newcomer.ask("WITH gone AS (DELETE FROM signin_session RETURNING 1) SELECT count(*) FROM gone")
        page.get_by_role("button", name="Save as draft").click()
        expect(page.get_by_role("status")).to_contain_text("What you typed is kept for an hour")
        assert faults(page) == {}
        log_in(page, newcomer)
        give_code(page, newcomer)

        assert page.url.startswith(f"{at.address}{form}?kept=")
        expect(page.locator(".messagelist")).to_contain_text("Nothing was saved yet")
        assert fields(page) == typed
        assert faults(page) == {}
        assert newcomer.ask(f"SELECT count(*) FROM cases_event WHERE case_id = {case}") == "0"  # noqa: S608 - values of ours
        page.get_by_role("button", name="Save as draft").click()
        expect(page.locator(".messagelist")).to_contain_text("is saved as a draft now")
        told = (
            "SELECT string_agg(title || ': ' || translate(text, E'\\r\\n', ' '), '|') FROM cases_event WHERE case_id = "
        )
        assert newcomer.ask(told + case) == "Arraigned, in person: Two lines, and a quote: “not guilty”."
        assert newcomer.ask("SELECT count(*) FROM signin_kepttyping") == "0"


def enter_case(page: Page) -> str:
    """Enter a case of this test's own, and return its number."""
    page.goto("/desk/cases/case/add/")
    page.locator("#id_caption").fill("State v. Kept")
    page.locator("#id_court + .select2").click()
    page.locator(".select2-search__field").fill("district new mexico")
    page.get_by_role("option", name="United States District Court for the District of New Mexico").first.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").click()
    return re.search(r"/case/(\d+)/", page.url)[1]


def fields(page: Page) -> dict[str, str]:
    """Return what stands in the boxes of the form."""
    boxes = page.locator("#content form :is(input:not([type=hidden], [type=submit]), select, textarea)[id]")
    return {box.get_attribute("id"): box.input_value() for box in boxes.all()}

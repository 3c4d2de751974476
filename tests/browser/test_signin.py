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
from tests.browser.watching import follow, log_in, press, window
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
    number: str = ""
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
    made.number = made.ask(
        "INSERT INTO auth_user (username, password, is_superuser, is_staff, is_active, first_name, last_name, email, "  # noqa: S608 - values of ours
        f"date_joined) VALUES ('{name}', '{hashed}', true, true, true, '', '', '', now()) RETURNING id"
    )
    yield made
    made.database.leave()


def give_code(page: Page, who: Newcomer) -> None:
    page.get_by_label("Code").fill(who.code())
    press(page, "Log in")


def set_up_app(page: Page, who: Newcomer) -> None:
    page.goto("/desk/second-factor/")
    follow(page, "Set up an app")
    who.secret = page.locator(".secret").inner_text()
    page.get_by_label("Authenticator code").fill(who.code())
    press(page, page.get_by_role("button", name="Set up"))


def test_an_app_needs_no_script_and_every_page_is_sound(browser: Browser, at: Site, newcomer: Newcomer) -> None:
    with window(browser, at) as own, own.page() as page:
        found = {}
        for visited in visit(page, newcomer):
            found[visited] = faults(page)
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
    with window(browser, at, scripts=False) as plain, plain.page() as page:
        page.goto("/desk/cases/case/")
        log_in(page, newcomer.name, PASSWORD)
        expect(page.get_by_role("button", name="Use my passkey instead")).to_have_count(0)
        page.get_by_label("Code").fill("000000")
        press(page, "Log in")
        expect(page.locator(".errorlist")).to_have_text(re.compile("^This was not accepted"))
        give_code(page, newcomer)
        expect(page).to_have_url(f"{at.address}/desk/cases/case/")
        press(page, "Log out")
        expect(page.locator(".messagelist")).to_have_text("You are signed out.")


def visit(page: Page, who: Newcomer) -> Iterator[str]:
    """Go through the pages of the sign-in; yield the name of each when it is open."""
    page.goto("/desk/login/")
    yield "log in"
    log_in(page, who.name, PASSWORD)
    expect(page.locator("#footer")).to_contain_text("no second factor is asked for here")
    set_up_app(page, who)
    yield "recovery codes"
    for name, address in {
        "second factor": "/desk/second-factor/",
        "add a passkey": "/desk/second-factor/passkeys/add/",
        "password": "/desk/password_change/",
    }.items():
        page.goto(address)
        yield name
    press(page, "Log out")
    page.goto("/desk/login/")
    log_in(page, who.name, PASSWORD)
    yield "code"


def test_a_passkey_stands_for_password_and_code(browser: Browser, at: Site, newcomer: Newcomer) -> None:
    with window(browser, at) as own, own.page() as page:
        device = own.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        page.goto("/desk/second-factor/")
        log_in(page, newcomer.name, PASSWORD)
        follow(page, "Add a passkey")
        page.get_by_label("It may stand for my password as well").check()
        page.get_by_role("button", name="Add").click()
        expect(page.locator(".messagelist")).to_have_text("The passkey is added.")
        press(page, "Log out")
        page.goto("/desk/login/?next=/desk/")
        log_in(page, newcomer.name, PASSWORD)
        page.get_by_role("button", name="Use my passkey instead").click()
        expect(page).to_have_url(f"{at.address}/desk/")
        press(page, "Log out")
        page.goto("/desk/login/?next=/desk/people/person/")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(f"{at.address}/desk/people/person/")


def test_a_session_that_ends_while_typing_loses_nothing(browser: Browser, at: Site, newcomer: Newcomer) -> None:
    """Typed, the session deleted, sent: signed in again with both factors, all is there; saved, there is one act."""
    with window(browser, at) as own, own.page() as page:
        page.goto("/desk/")
        log_in(page, newcomer.name, PASSWORD)
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

        ended = f"DELETE FROM signin_session WHERE user_id = {newcomer.number} RETURNING 1"  # noqa: S608 - values of ours
        assert newcomer.ask(f"WITH gone AS ({ended}) SELECT count(*) FROM gone") == "1"  # noqa: S608 - values of ours
        press(page, "Save as draft")
        expect(page.get_by_role("status")).to_contain_text("What you typed is kept for an hour")
        assert faults(page) == {}
        log_in(page, newcomer.name, PASSWORD)
        give_code(page, newcomer)

        expect(page).to_have_url(re.compile(re.escape(f"{at.address}{form}?kept=")))
        expect(page.locator(".messagelist")).to_contain_text("Nothing was saved yet")
        assert fields(page) == typed
        assert faults(page) == {}
        assert newcomer.ask(f"SELECT count(*) FROM cases_event WHERE case_id = {case}") == "0"  # noqa: S608 - values of ours
        press(page, "Save as draft")
        expect(page.locator(".messagelist")).to_contain_text("is saved as a draft now")
        told = (
            "SELECT string_agg(title || ': ' || translate(text, E'\\r\\n', ' '), '|') FROM cases_event WHERE case_id = "
        )
        assert newcomer.ask(told + case) == "Arraigned, in person: Two lines, and a quote: “not guilty”."
        kept = f"SELECT count(*) FROM signin_kepttyping WHERE user_id = {newcomer.number}"  # noqa: S608 - values of ours
        assert newcomer.ask(kept) == "0"


def enter_case(page: Page) -> str:
    """Enter a case of this test's own, and return its number."""
    page.goto("/desk/cases/case/add/")
    page.locator("#id_caption").fill("State v. Kept")
    page.locator("#id_court + .select2").click()
    page.locator(".select2-search__field").fill("district new mexico")
    page.get_by_role("option", name="United States District Court for the District of New Mexico").first.click()
    press(page, "Save and continue editing")
    return re.search(r"/case/(\d+)/", page.url)[1]


def fields(page: Page) -> dict[str, str]:
    """Return what stands in the boxes of the form."""
    boxes = page.locator("#content form :is(input:not([type=hidden], [type=submit]), select, textarea)[id]")
    return {box.get_attribute("id"): box.input_value() for box in boxes.all()}

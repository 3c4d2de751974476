"""Signing in: a second factor for all who may publish, attempts that are limited, and codes that count once."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from tests.config.conftest import CHECKOUT
from tests.config.test_settings import PRODUCTION, manage

PASSWORD = "a long enough phrase"
LOGIN = "/desk/login/"
WRONG_TOO_OFTEN = "There were too many attempts in a short time, so no more are taken for now."


@pytest.fixture
def asked(settings: Settings) -> None:
    """A public site: who may publish is asked for a second factor."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def secret(editor: User) -> str:
    """The key of the editor's app, set up."""
    made = generate_totp_secret()
    TOTP.activate(editor, made)
    return made


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still, and is moved by hand."""
    with time_machine.travel("2026-03-02T09:00:05Z", tick=False) as moved:
        yield moved


def code(secret: str, *, later: int = 0) -> str:
    """Return what the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def log_in(client: Client, *, name: str = "edith", password: str = PASSWORD, to: str = "", **more: str) -> HttpResponse:
    return client.post(f"{LOGIN}?next={to}" if to else LOGIN, {"login": name, "password": password}, **more)


def told(response: HttpResponse) -> str:
    """Return the words of a page."""
    body = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body[0] if body else "")).split())


# --- the way in -----------------------------------------------------------------------------------------------------


def test_no_address_leads_to_the_admins_own_sign_in() -> None:
    for name in ("login", "logout", "password_change"):
        assert resolve(reverse(f"admin:{name}")).func.__module__.startswith(("allauth.", "desk.signin."))


@pytest.mark.parametrize("gone", ["signup/", "password/reset/", "email/", "login/code/confirm/", "accounts/login/"])
def test_there_is_no_sign_up_and_no_mail(client: Client, db: None, gone: str) -> None:
    assert client.get(f"/desk/{gone}").headers["Location"] == f"{LOGIN}?next=/desk/{gone}"


def test_the_password_alone_opens_the_desk_where_no_second_factor_is_asked_for(editor: User, client: Client) -> None:
    assert log_in(client, to="/desk/cases/case/").headers["Location"] == "/desk/cases/case/"
    assert client.get("/desk/").status_code == 200


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(editor: User, client: Client) -> None:
    answers = [told(log_in(client, password="guess")), told(log_in(client, name="nobody"))]
    assert answers[0] == answers[1]
    assert "This user name and this password do not belong together." in answers[0]


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "http:/\\evil.example", "javascript:alert(1)", "/\\e.example"]
)
def test_signing_in_leads_nobody_away(editor: User, client: Client, away: str) -> None:
    assert log_in(client, to=away).headers["Location"] == "/desk/"


@pytest.mark.parametrize("odd", ["\0", "edith\0", "x" * 5000, "ﬀ\u202e", ""])
def test_odd_names_and_passwords_are_refused_in_a_form(editor: User, client: Client, odd: str) -> None:
    assert [log_in(client, name=odd).status_code, log_in(client, password=odd).status_code] == [200, 200]
    assert client.post(LOGIN, {"next": "\0"}).status_code == 200


def test_a_disabled_account_is_told_so(editor: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert "This account is disabled" in told(client.get(log_in(client).headers["Location"]))
    assert client.get("/desk/").headers["Location"] == f"{LOGIN}?next=/desk/"


def test_an_account_without_the_desk_is_not_sent_in_a_circle(editor: User, client: Client) -> None:
    User.objects.update(is_staff=False)
    page = client.get(log_in(client).headers["Location"], follow=True)
    assert page.status_code == 403
    assert "this account may not use the editors’ desk" in told(page)


def test_logging_out_needs_a_button(desk: Client) -> None:
    assert "Log out" in told(desk.get("/desk/logout/"))
    assert desk.get("/desk/").status_code == 200
    desk.post("/desk/logout/")
    assert desk.get("/desk/").status_code == 302


# --- the second factor ----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # allauth tells of a new factor when it is committed
def test_who_may_publish_sets_up_a_second_factor_first(asked: None, editor: User, client: Client) -> None:
    """From the password to the page that was asked for, in the browser of somebody new, without a script."""
    setting_up = client.get(log_in(client, to="/desk/cases/case/").headers["Location"])
    assert setting_up.headers["Location"] == reverse("mfa_index")
    assert "Your account may publish, so it needs a second factor" in told(client.get(reverse("mfa_index")))
    for page in ("/desk/", "/desk/cases/case/add/", "/desk/jsi18n/", "/desk/preview/cases/x/", "/desk/no-such-page/"):
        assert client.get(page).headers["Location"] == reverse("mfa_index"), page
    client.get("/desk/cases/case/")
    secret = re.search(r'class="secret">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode())[1]
    assert "This was not accepted." in told(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    codes = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert codes.content.decode().count("<li><code>") == 10
    assert re.search(r'href="([^"]+)">I have them', codes.content.decode())[1] == "/desk/cases/case/"
    assert client.get("/desk/cases/case/").status_code == 200


def test_after_the_password_comes_the_code_or_a_recovery_code_once(
    asked: None, editor: User, secret: str, clock: time_machine.Traveller
) -> None:
    recovery = RecoveryCodes.activate(editor).get_unused_codes()[0]
    for given, opens in ((recovery, True), (recovery, False), (code(secret), True)):
        client = Client()
        assert log_in(client, to="/desk/people/person/").headers["Location"] == reverse("mfa_authenticate")
        assert client.get("/desk/").headers["Location"] == f"{LOGIN}?next=/desk/"  # half-way is not inside
        answer = client.post(reverse("mfa_authenticate"), {"code": given})
        assert answer.headers.get("Location") == ("/desk/people/person/" if opens else None)
        assert client.get("/desk/").status_code == (200 if opens else 302)


def test_a_code_can_not_be_replayed(editor: User, clock: time_machine.Traveller) -> None:
    """Not while it is still shown, not in the half minute after, and not the one with which the app was set up."""
    first = Client()
    log_in(first)
    page = first.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    first.post(reverse("mfa_activate_totp"), {"code": code(secret)})

    def opens(given: str) -> bool:
        client = Client()
        log_in(client)
        return client.post(reverse("mfa_authenticate"), {"code": given}).status_code == 302

    seen = code(secret)
    assert not opens(seen)
    clock.shift(30)
    assert not opens(seen)
    fresh = code(secret)
    assert opens(fresh)
    assert not opens(f" {fresh[:3]} {fresh[3:]} ")
    clock.shift(31)
    assert not opens(fresh)
    assert opens(code(secret))


def test_a_role_counts_at_once_and_takes_the_session_along(asked: None, editor: User) -> None:
    """A reader of the desk is not asked; given the right to publish while signed in, the next page asks."""
    reader = User.objects.create_user("rita", password=PASSWORD, is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_case"))
    client = Client()
    log_in(client, name="rita")
    assert client.get("/desk/cases/case/").status_code == 200
    reader.user_permissions.add(Permission.objects.get(codename="publish_record"))
    assert client.get("/desk/cases/case/").headers["Location"] == reverse("mfa_index")


def test_a_session_opened_without_the_factor_has_to_come_in_again(asked: None, editor: User, secret: str) -> None:
    """Somebody with the stolen password was in before the owner set up a factor."""
    thief = Client()
    thief.force_login(editor)
    assert thief.get("/desk/cases/case/", follow=True).redirect_chain == [(f"{LOGIN}?next=/desk/cases/case/", 302)]
    assert "_auth_user_id" not in thief.session


def test_setting_up_or_removing_a_factor_ends_the_other_sessions(editor: User, secret: str) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        log_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code(secret, later=0 if client is here else 1)})
        assert client.get("/desk/").status_code == 200
    here.post(reverse("mfa_deactivate_totp"))
    assert [client.get("/desk/").status_code for client in (here, there)] == [200, 302]
    assert not Authenticator.objects.exists()


def test_after_the_last_factor_is_removed_one_is_asked_for_again(asked: None, editor: User, secret: str) -> None:
    client = Client()
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get("/desk/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/desk/").headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "7", "{}", '{"id": 7}', '{"response": {"userHandle": "%%"}}', '{"response": [], "id": "AA"}',
     ('{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA",'
      '"signature":"AA","attestationObject":"AA","userHandle":"Y3p6enp6enp6enp6enp6"}}')],
)  # fmt: skip
def test_what_a_forged_passkey_says_is_refused_and_no_fault(editor: User, credential: str) -> None:
    client = Client()
    asked = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credential}).headers["Location"] == LOGIN
    assert client.get("/desk/").status_code == 302
    log_in(client)
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"name": "Key", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()


def test_nobody_reads_the_keys_of_others_at_the_desk(editor: User, secret: str) -> None:
    boss = Client()
    boss.force_login(User.objects.create_superuser("boss"))
    assert secret not in boss.get(reverse("admin:auth_user_change", args=[editor.pk])).content.decode()
    for gone in ("mfa/authenticator/", "account/emailaddress/", "signin/session/", "signin/kepttyping/"):
        assert boss.get(f"/desk/{gone}").status_code == 404


# --- attempts -------------------------------------------------------------------------------------------------------


def test_five_wrong_passwords_are_enough_and_the_wait_is_told(
    editor: User, clock: time_machine.Traveller, client: Client
) -> None:
    for _ in range(5):
        assert log_in(client, password="guess").status_code == 200
        clock.shift(10)
    refused = log_in(client)  # the right one, now
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "250"
    assert f"{WRONG_TOO_OFTEN} Wait 5 minutes, then try again." in told(refused)
    assert log_in(Client(), name="EDITH ").status_code == 429  # however the name is written, from wherever
    clock.shift(250)
    assert log_in(client).status_code == 302


def leave(client: Client) -> None:
    """End the session of a browser that stays where it is."""
    client.post("/desk/logout/")


def test_strangers_can_not_lock_out_who_was_here_before(editor: User, clock: time_machine.Traveller) -> None:
    """Guesses from everywhere, until no stranger is let in under this name: its owner comes in all the same."""
    home, abroad = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "203.0.113.9"}
    own = Client()
    assert log_in(own, **home).status_code == 302
    leave(own)
    answers = [log_in(Client(), password="guess", REMOTE_ADDR=f"198.51.100.{n // 5}").status_code for n in range(22)]
    assert answers == [200] * 20 + [429] * 2
    refused = log_in(Client(), **abroad)  # the owner, in a new browser at a new address: this alone has to wait
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert "in a browser or a place where you signed in before" in told(refused)
    assert log_in(Client(), name="nobody", password="guess", **abroad).status_code == 200  # it is this name's count
    assert log_in(own, **abroad).status_code == 302  # the same browser, elsewhere
    assert log_in(Client(), **home).status_code == 302  # another browser, at the same address
    clock.shift(900)
    assert log_in(Client(), REMOTE_ADDR="203.0.113.10").status_code == 302


def test_neighbours_can_not_lock_out_a_known_browser(editor: User, clock: time_machine.Traveller) -> None:
    """An office, or a site whose proxy does not tell addresses apart: somebody else uses up all its attempts."""
    own = Client()
    log_in(own)
    leave(own)
    for number in range(10):
        log_in(Client(), password="guess", name="edith" if number < 5 else f"name{number}")
    assert log_in(Client()).status_code == 429
    assert log_in(own).status_code == 302


def test_a_known_browser_has_five_guesses_too_and_for_its_own_names_alone(
    editor: User, clock: time_machine.Traveller
) -> None:
    User.objects.create_superuser("olga", password=PASSWORD)
    stolen = Client()
    log_in(stolen)
    leave(stolen)
    assert [log_in(stolen, password="guess").status_code for _ in range(6)] == [200] * 5 + [429]
    assert log_in(Client()).status_code == 302  # and takes nobody else's
    answers = [log_in(stolen, name="olga", password="guess").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert log_in(Client(), name="olga").status_code == 429  # counted by the address, as a stranger's
    stolen.cookies["desk_known"] = "x.y:forged:z"
    assert log_in(stolen).status_code == 302


def test_a_password_alone_makes_no_browser_known_where_a_second_factor_is_needed(
    asked: None, editor: User, secret: str, clock: time_machine.Traveller
) -> None:
    """Who stole a password uses up the codes; the owner's browser has its own count of them."""
    own, thief = Client(), Client()
    log_in(own, REMOTE_ADDR="192.0.2.1")
    assert own.post(reverse("mfa_authenticate"), {"code": code(secret)}, REMOTE_ADDR="192.0.2.1").status_code == 302
    own.get("/desk/", REMOTE_ADDR="192.0.2.1")
    leave(own)
    log_in(thief)
    assert "desk_known" not in thief.cookies
    answers = [thief.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    clock.shift(60)
    log_in(own)
    assert own.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 302


def test_one_address_can_not_try_many_names(editor: User, clock: time_machine.Traveller, client: Client) -> None:
    for number in range(10):
        assert log_in(client, name=f"name{number}").status_code == 200
    refused = log_in(client, name="one-more")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Wait 60 seconds, then try again." in told(refused)
    assert log_in(client, REMOTE_ADDR="192.0.2.7").status_code == 302
    clock.shift(60)
    assert log_in(client).status_code == 302


def test_codes_are_limited_as_passwords_are(editor: User, secret: str, clock: time_machine.Traveller) -> None:
    client = Client()
    log_in(client)
    for _ in range(5):
        assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    other = Client()
    log_in(other)
    for guessing in (client, other):
        refused = guessing.post(reverse("mfa_authenticate"), {"code": code(secret)})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "300")
    clock.shift(300)
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 302


def test_ones_own_password_is_limited_too(desk: Client, clock: time_machine.Traveller) -> None:
    wrong = {"oldpassword": "guess", "password1": "x", "password2": "x"}
    answers = [desk.post("/desk/password_change/", wrong).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, ["198.51.100.1", "198.51.100.2"], False),  # nobody stands in front: what the browser says is not believed
        (1, ["1.1.1.1, 192.0.2.1", "2.2.2.2, 192.0.2.1"], False),  # the proxy wrote the last; the rest is forged
        (1, ["192.0.2.1", "192.0.2.2"], True),
        (1, ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"], False),  # one household has a whole network of these
        (1, ["nonsense", "more nonsense"], False),
    ],
)
def test_the_address_of_a_browser_can_not_be_forged(
    editor: User, settings: Settings, proxies: int, forwarded: list[str], counted: bool
) -> None:
    """Whether the second address has a count of its own after the first has used up its attempts."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    first, second = ({"HTTP_X_FORWARDED_FOR": address} for address in forwarded)
    for number in range(10):
        log_in(Client(), name=f"name{number}", **first)
    assert log_in(Client(), **first).status_code == 429
    assert log_in(Client(), **second).status_code == (302 if counted else 429)


COUNT = """
import os, sys, django
django.setup()
from django.conf import settings
from django.db import connection
settings.ALLOWED_HOSTS.append("testserver")
connection.settings_dict["NAME"] = sys.argv[1]
from django.test import Client
print(*(Client().post("/desk/login/", {"login": "edith", "password": "guess"}).status_code for _ in range(4)))
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_of_the_site_count_together(editor: User) -> None:
    """Two processes as gunicorn has them, with a connection each; four wrong passwords in each of them."""
    from django.db import connection

    runs = [
        subprocess.run(
            [sys.executable, "-c", COUNT, connection.settings_dict["NAME"]],
            cwd=CHECKOUT, env=_environment(), capture_output=True, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [run.stdout.split() for run in runs] == [["200"] * 4, ["200", "429", "429", "429"]], runs[0].stderr


def _environment() -> dict[str, str]:
    import os

    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}


# --- what an installation is told -----------------------------------------------------------------------------------


def test_a_public_site_always_asks_for_the_second_factor() -> None:
    run = manage("check", **PRODUCTION, SECOND_FACTOR_REQUIRED="0")
    assert (run.returncode, run.stderr.splitlines()[0]) == (
        1, "SECOND_FACTOR_REQUIRED=0 is for DEMO=1 or DEBUG=1: a public site always asks for it."
    )  # fmt: skip
    shown = manage("diffsettings", **PRODUCTION, BEHIND_PROXY="1", SESSION_HOURS="3").stdout
    assert "SECOND_FACTOR_REQUIRED = True" in shown
    assert "ALLAUTH_TRUSTED_PROXY_COUNT = 1" in shown
    assert "SESSION_COOKIE_AGE = 10800" in shown


def test_the_desk_says_when_no_second_factor_is_asked_for(desk: Client, settings: Settings) -> None:
    notice = "no second factor is asked for here"
    assert notice in desk.get("/desk/").content.decode()
    settings.SECOND_FACTOR_REQUIRED = True
    boss = Client()
    boss.force_login(User.objects.create_user("reader", is_staff=True))
    assert notice not in boss.get("/desk/").content.decode()

"""Signing in: a second factor for all who may publish, and codes that count once."""

import re
import time
from html import unescape

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from tests.config.test_settings import PRODUCTION, manage

PASSWORD = "a long enough phrase"
LOGIN = "/desk/login/"


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

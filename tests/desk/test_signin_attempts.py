"""Attempts to sign in are limited, across processes; strangers do not keep out who was here before."""

import os
import subprocess
import sys

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.config.conftest import CHECKOUT
from tests.desk.test_signin import PASSWORD, code, log_in, told

WRONG_TOO_OFTEN = "There were too many attempts in a short time, so no more are taken for now."


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


def test_whatever_is_typed_as_a_name_only_has_to_wait(db: None) -> None:
    answers = [Client().post("/desk/login/passkey/", {"login": "x\0y", "credential": "{}"}) for _ in range(21)]
    assert answers[-1].status_code == 429
    assert WRONG_TOO_OFTEN in told(answers[-1])


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
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}

"""The keys of second factors lie encrypted: a copy of the database opens nobody's account."""

import re
from importlib import import_module
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from desk.signin import ciphers
from tests.desk.test_signin import code, log_in, told

UNREADABLE = "The site can not read your second factor any longer, because its secret key was changed."


@pytest.fixture
def secret(editor: User) -> str:
    """The key of the editor's app, set up, with recovery codes."""
    made = generate_totp_secret()
    TOTP.activate(editor, made)
    RecoveryCodes.activate(editor)
    return made


def opens(given: str) -> bool:
    client = Client()
    log_in(client)
    return client.post(reverse("mfa_authenticate"), {"code": given}).status_code == 302


def stored() -> str:
    """Everything the table of factors says, as a dump would have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, '\n' ORDER BY id) FROM mfa_authenticator")
        return str(cursor.fetchone()[0])


def renewed() -> list[str]:
    said = StringIO()
    call_command("renew_second_factors", stdout=said)
    return said.getvalue().splitlines()


def test_neither_an_apps_key_nor_a_recovery_code_can_be_read_in_the_database(editor: User, secret: str) -> None:
    seed = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes()[3]
    assert re.findall(r'"(secret|seed)": "(fernet:)', stored()) == [("secret", "fernet:"), ("seed", "fernet:")]
    assert secret not in stored()
    assert [opens(seed), opens(code(secret))] == [True, True]


def test_what_was_stored_before_is_encrypted_by_the_migration_and_readable_after_going_back(
    editor: User, secret: str
) -> None:
    migration = import_module("desk.signin.migrations.0004_encrypted")
    encrypted = stored()
    migration.decrypt_all(apps, connection.schema_editor())
    assert f'"secret": "{secret}"' in stored()
    assert "fernet:" not in stored()
    for _ in range(2):  # a second run finds nothing to do
        migration.encrypt_all(apps, connection.schema_editor())
    assert re.findall("fernet:", stored()) == ["fernet:"] * 2
    assert stored() != encrypted
    assert opens(code(secret))


def test_a_new_secret_key_reads_what_the_one_before_wrote_and_renews_it(
    settings: Settings, editor: User, secret: str
) -> None:
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another long random text"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert opens(code(secret, later=-1))
    assert renewed() == ["2 secrets of 1 account are encrypted with the present SECRET_KEY."]
    settings.SECRET_KEY_FALLBACKS = []
    assert opens(code(secret))


def test_a_lost_secret_key_is_told_in_plain_words_and_mended_by_an_administrator(
    settings: Settings, editor: User, secret: str
) -> None:
    inside = Client()
    log_in(inside)
    inside.post(reverse("mfa_authenticate"), {"code": code(secret, later=-1)})
    present, settings.SECRET_KEY = settings.SECRET_KEY, "a key that somebody mislaid"
    settings.SECRET_KEY_FALLBACKS = [present]
    renewed()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = present, []
    client = Client()
    log_in(client)
    refused = client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert refused.status_code == 200
    assert f"{UNREADABLE} An administrator has to take it away; then you set up a new one." in told(refused)
    assert "They can not be read any longer" in told(inside.get(reverse("mfa_index")))
    for page in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        answer = inside.get(reverse(page))
        assert (page, answer.status_code, UNREADABLE in told(answer)) == (page, 409, True)
    assert renewed() == [
        "0 secrets of 0 accounts are encrypted with the present SECRET_KEY.",
        (
            "Not readable: edith. Put the key before into SECRET_KEY_FALLBACKS and run this again; if it is lost, "
            "run reset_second_factor for each."
        ),
    ]
    call_command("reset_second_factor", "edith", stdout=StringIO())
    assert log_in(Client()).headers["Location"] == "/desk/"


@pytest.mark.parametrize("spoilt", ["", "JBSWY3DPEHPK3PXP", "fernet:", "fernet:gAAAAA", "fernet:\u00fc"])
def test_what_is_not_ours_is_never_taken_for_a_secret(spoilt: str) -> None:
    with pytest.raises(ciphers.UnreadableError):
        ciphers.decrypt(spoilt, purpose=ciphers.FACTORS)
    with pytest.raises(ciphers.UnreadableError):
        ciphers.decrypt(ciphers.encrypt("x", purpose="something else"), purpose=ciphers.FACTORS)

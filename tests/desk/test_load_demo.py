"""``manage.py load_demo``: the record, and an account of each role whose login is printed, for a demonstration only."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from cases.models import Case, Event
from people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def local(tmp_path: Path, settings: Settings) -> Path:
    settings.DEMO = True
    settings.LOCAL_DIR = tmp_path / "local"
    return tmp_path / "local"


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def passwords_in(text: str) -> dict[str, str]:
    found = dict(re.findall(r"^  (\w+) +password: (\S+)   \(", text, re.MULTILINE))
    assert list(found) == ["administrator", "editor", "contributor"], text
    return found


def test_the_printed_logins_open_the_desk_in_their_roles(local: Path, client: Client) -> None:
    for name, password in passwords_in(load()).items():
        assert client.login(username=name, password=password)
        assert client.get("/desk/").status_code == 200
        user = User.objects.get(username=name)
        assert (user.is_staff, user.is_superuser) == (True, False)
        assert [group.name for group in user.groups.all()] == [f"{name.capitalize()}s"]


def test_a_password_is_kept_where_only_this_account_reads_it_and_made_anew_when_lost(
    local: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old = passwords_in(load())
    assert caplog.text == ""
    kept = local / "demo_editor_password"
    assert (kept.read_text(encoding="utf-8"), oct(kept.stat().st_mode & 0o777)) == (old["editor"], "0o600")
    kept.unlink()
    new = passwords_in(load())
    assert (new["editor"] != old["editor"], new["contributor"] == old["contributor"]) == (True, True)
    assert User.objects.get(username="editor").check_password(new["editor"])


def test_a_second_load_tells_the_same_and_adds_nothing_and_a_changed_password_is_not_told(local: Path) -> None:
    first = load()
    before = [model.objects.count() for model in (Case, Event, Person, User)]
    second = load()
    assert passwords_in(second) == passwords_in(first)
    assert [model.objects.count() for model in (Case, Event, Person, User)] == before
    assert second.splitlines()[:2] == [
        "Reference data: Nothing to add.",
        "Demonstration record: Everything is there already.",
    ]
    editor = User.objects.get(username="editor")
    editor.set_password("their own")
    editor.save()
    assert "  editor         (the password was changed since it was made)   (publishes what others wrote)\n" in load()
    editor.refresh_from_db()
    assert editor.check_password("their own")


def test_it_refuses_a_real_site(local: Path, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="set DEMO=1 or DEBUG=1"):
        load()
    assert (User.objects.count(), Case.objects.count(), local.exists()) == (0, 0, False)

"""``manage.py load_demo``: the record, and an editor whose login is printed, for a demonstration only."""

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


def password_in(text: str) -> str:
    found = re.search(r"Editor's login at /desk/: editor   password: (\S+)\n", text)
    assert found is not None
    return found[1]


def test_the_printed_login_opens_the_desk(local: Path, client: Client) -> None:
    password = password_in(load())
    assert client.login(username="editor", password=password)
    assert client.get("/desk/").status_code == 200
    editor = User.objects.get()
    assert (editor.is_staff, editor.is_superuser) == (True, False)
    assert [group.name for group in editor.groups.all()] == ["Editors"]


def test_the_password_is_kept_where_only_this_account_reads_it(local: Path, caplog: pytest.LogCaptureFixture) -> None:
    password = password_in(load())
    assert caplog.text == ""
    kept = local / "demo_editor_password"
    assert (kept.read_text(encoding="utf-8"), oct(kept.stat().st_mode & 0o777)) == (password, "0o600")


def test_a_second_load_tells_the_same_and_adds_nothing(local: Path) -> None:
    first = load()
    before = [model.objects.count() for model in (Case, Event, Person, User)]
    second = load()
    assert password_in(second) == password_in(first)
    assert [model.objects.count() for model in (Case, Event, Person, User)] == before
    assert second.splitlines()[:2] == [
        "Reference data: Nothing to add.",
        "Demonstration record: Everything is there already.",
    ]


def test_a_password_the_editor_changed_is_kept_and_not_told(local: Path) -> None:
    load()
    editor = User.objects.get()
    editor.set_password("their own")
    editor.save()
    assert load().endswith("Editor's login at /desk/: editor (the password was changed since it was made)\n")
    editor.refresh_from_db()
    assert editor.check_password("their own")


def test_a_lost_password_file_is_made_anew(local: Path) -> None:
    old = password_in(load())
    (local / "demo_editor_password").unlink()
    new = password_in(load())
    assert new != old
    assert User.objects.get().check_password(new)


def test_it_refuses_a_real_site(local: Path, settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="set DEMO=1 or DEBUG=1"):
        load()
    assert (User.objects.count(), Case.objects.count(), local.exists()) == (0, 0, False)

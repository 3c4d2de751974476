"""Sessions end when an account loses a right, its password or its second factor: each with a session that is open."""

from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from desk.roles import EDITORS, make_group
from desk.signin.models import Session
from tests.desk.test_signin import LOGIN, log_in

NEW = "another long phrase"


@pytest.fixture
def member(db: None) -> User:
    """An editor with a role and a right of their own."""
    user = User.objects.create_user("mona", password="a long enough phrase", is_staff=True)
    user.groups.add(make_group(EDITORS))
    user.user_permissions.add(Permission.objects.get(codename="view_group"))
    return user


@pytest.fixture
def open_at(member: User) -> Client:
    """The member's browser, signed in."""
    client = Client()
    log_in(client, name="mona")
    return client


def is_in(client: Client) -> bool:
    answer = client.get("/desk/")
    return answer.status_code == 200 or answer.headers["Location"] != f"{LOGIN}?next=/desk/"


def set_password(user: User) -> None:
    user.set_password(NEW)
    user.save()


LOSSES: dict[str, Callable[[User], object]] = {
    "disabled": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "no staff any longer": lambda user: User.objects.filter(pk=user.pk).update(is_staff=False),
    "no superuser any longer": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=False),
    "another password": set_password,
    "role removed": lambda user: user.groups.clear(),
    "role deleted": lambda user: Group.objects.get(name=EDITORS).delete(),
    "right removed": lambda user: user.user_permissions.clear(),
    "second factor reset": lambda user: call_command("reset_second_factor", user.username, stdout=StringIO()),
    "deleted": lambda user: user.delete(),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_ends_every_session_of_the_account_and_no_other(loss: str, member: User, editor: User) -> None:
    User.objects.filter(pk=member.pk).update(is_superuser=loss.startswith("no superuser"))
    here, there, other = Client(), Client(), Client()
    for client, name in ((here, "mona"), (there, "mona"), (other, "edith")):
        log_in(client, name=name)
    assert [is_in(client) for client in (here, there, other)] == [True] * 3
    LOSSES[loss](member)
    assert [is_in(client) for client in (here, there, other)] == [False, False, True]


def test_a_session_does_not_come_back_with_the_account(member: User, open_at: Client) -> None:
    User.objects.filter(pk=member.pk).update(is_active=False)
    User.objects.filter(pk=member.pk).update(is_active=True)
    assert not is_in(open_at)


def test_what_an_administrator_changes_besides_ends_nothing(member: User, open_at: Client) -> None:
    User.objects.filter(pk=member.pk).update(first_name="Mona")
    member.groups.add(Group.objects.create(name="Readers of the minutes"))
    member.user_permissions.add(Permission.objects.get(codename="view_user"))
    assert is_in(open_at)


def test_ones_own_new_password_ends_the_other_sessions(member: User, open_at: Client) -> None:
    there = Client()
    log_in(there, name="mona")
    said = {"oldpassword": "a long enough phrase", "password1": NEW, "password2": NEW}
    assert open_at.post("/desk/password_change/", said).status_code == 302
    assert [is_in(open_at), is_in(there)] == [True, False]


def test_an_administrator_takes_a_lost_factor_away(member: User, desk: Client) -> None:
    """From the list of accounts, which says who has one; it is noted who did it."""
    TOTP.activate(member, generate_totp_secret())
    client = Client()
    client.force_login(member)
    listed = reverse("admin:auth_user_changelist")
    told = {row.username: row.has_factor for row in desk.get(listed).context["cl"].result_list}
    assert told == {"edith": False, "mona": True}
    desk.post(listed, {"action": "reset_factors", "_selected_action": str(member.pk)})
    assert (Authenticator.objects.count(), is_in(client)) == (0, False)
    noted = LogEntry.objects.get(object_id=str(member.pk))
    assert (noted.user.username, noted.get_change_message()) == ("edith", "Took away the second factor.")


def test_who_may_only_look_at_accounts_takes_nothing_away(member: User) -> None:
    TOTP.activate(member, generate_totp_secret())
    clerk, looker = Client(), User.objects.create_user("lou", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_user"))
    clerk.force_login(looker)
    clerk.post(
        reverse("admin:auth_user_changelist"), {"action": "reset_factors", "_selected_action": str(member.pk)}
    )  # fmt: skip
    assert Authenticator.objects.count() == 1


def test_the_command_helps_the_last_administrator(editor: User) -> None:
    TOTP.activate(editor, generate_totp_secret())
    said = StringIO()
    call_command("reset_second_factor", "EDITH", stdout=said)
    assert said.getvalue() == "edith has no second factor any longer, and every session of theirs has ended.\n"
    call_command("reset_second_factor", "edith", stdout=said)
    assert said.getvalue().splitlines()[1] == "edith had no second factor. Every session of theirs has ended."
    with pytest.raises(CommandError, match=r"^There is no account “nobody”\.$"):
        call_command("reset_second_factor", "nobody")


def test_a_session_names_its_account_only_when_somebody_is_in(editor: User, client: Client) -> None:
    log_in(client)
    assert list(Session.objects.values_list("user__username", flat=True)) == ["edith"]
    client.post("/desk/logout/")
    assert list(Session.objects.values_list("user", flat=True)) == []

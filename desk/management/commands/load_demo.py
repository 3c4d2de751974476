"""``manage.py load_demo``: the reference data, the demonstration record, and an account of each role to edit it with.

It stands at the desk, because accounts and groups are the desk's; ``cases`` knows neither.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.demonstration import BadRecord, enter_record
from cases.reference import load_reference
from desk.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, make_groups

# Who can sign in, with which role; and what somebody who tries the desk should know of it.
ACCOUNTS = {
    "administrator": (ADMINISTRATORS, "publishes also what they wrote themselves; accounts and reference data"),
    "editor": (EDITORS, "publishes what others wrote"),
    "contributor": (CONTRIBUTORS, "writes drafts, and submits them"),
}


class Command(BaseCommand):
    help = (
        "Load the reference data and the demonstration record, and make an account of each role. For DEMO=1 or DEBUG=1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "This makes accounts with passwords that are printed, so it is for a demonstration only: "
                "set DEMO=1 or DEBUG=1. A real site needs load_reference and createsuperuser."
            )
        try:
            with transaction.atomic():
                reference = load_reference()
                logins = _accounts(settings.LOCAL_DIR)
                record = enter_record(by=User.objects.get(username="administrator"))
        except BadRecord as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(f"Reference data: {reference}")
        self.stdout.write(f"Demonstration record: {record}")
        self.stdout.write("Logins at /desk/:")
        for line in logins:
            self.stdout.write(line)


def _accounts(kept_in: Path) -> list[str]:
    """Make who is missing; return the lines that tell how each signs in."""
    groups = make_groups()
    lines = []
    for name, (role, what) in ACCOUNTS.items():
        told = _account(name, groups[role], kept_in / f"demo_{name}_password")
        lines.append(f"  {name:<14} {told}   ({what})")
    return lines


def _account(name: str, group: Group, kept_in: Path) -> str:
    """Make the account, if it is missing, and return what tells its password."""
    password = kept_in.read_text(encoding="utf-8") if kept_in.exists() else ""
    user = User.objects.filter(username=name).first()
    if user is None or not password:
        password = password or _keep(kept_in, secrets.token_urlsafe(12))
        user = user or User(username=name)
        user.is_staff = True
        user.set_password(password)
        user.save()
    user.groups.add(group)
    return f"password: {password}" if user.check_password(password) else "(the password was changed since it was made)"


def _keep(path: Path, password: str) -> str:
    """Write the password where only this account can read it, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # an empty one
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(password)
    return password

"""``manage.py load_demo``: the reference data, the demonstration record, and an account to edit it with.

It stands at the desk, because an editor's account and group are the desk's; ``cases`` knows neither.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.demonstration import BadRecord, enter_record
from cases.reference import load_reference
from desk.roles import make_editor_group

EDITOR = "editor"
KEPT_IN = "demo_editor_password"


class Command(BaseCommand):
    help = "Load the reference data and the demonstration record, and make an editor's account. For DEMO=1 or DEBUG=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "This makes an account with a password that is printed, so it is for a demonstration only: "
                "set DEMO=1 or DEBUG=1. A real site needs load_reference and createsuperuser."
            )
        try:
            with transaction.atomic():
                reference = load_reference()
                editor, login = _editor(settings.LOCAL_DIR / KEPT_IN)
                record = enter_record(by=editor)
        except BadRecord as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self.stdout.write(f"Reference data: {reference}")
        self.stdout.write(f"Demonstration record: {record}")
        self.stdout.write(login)


def _editor(kept_in: Path) -> tuple[User, str]:
    """Return the demonstration's editor, made if missing, and the line that tells how to sign in."""
    password = kept_in.read_text(encoding="utf-8") if kept_in.exists() else ""
    editor = User.objects.filter(username=EDITOR).first()
    if editor is None or not password:
        password = password or _keep(kept_in, secrets.token_urlsafe(12))
        editor = editor or User(username=EDITOR)
        editor.is_staff = True
        editor.set_password(password)
        editor.save()
    editor.groups.add(make_editor_group())
    if not editor.check_password(password):
        return editor, f"Editor's login at /desk/: {EDITOR} (the password was changed since it was made)"
    return editor, f"Editor's login at /desk/: {EDITOR}   password: {password}"


def _keep(path: Path, password: str) -> str:
    """Write the password where only this account can read it, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # an empty one
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(password)
    return password

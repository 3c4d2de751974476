"""What a sign-in leaves in the database: sessions that know whose they are, and typing that a lost session cut off."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A session that names its account, so that all sessions of one account can be ended. Triggers end some, too."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, editable=False, related_name="+",
        db_constraint=False,  # a session being written must not hold up, or be refused by, an account being deleted
        help_text="Who is signed in; empty until somebody is.",
    )  # fmt: skip

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return the engine that reads these rows."""
        from desk.signin.sessions import SessionStore

        return SessionStore


class KeptTyping(models.Model):
    """A filled form that came without a session: kept for an hour, for the account that typed it and nobody else."""

    token = models.CharField(
        max_length=43, primary_key=True, editable=False,
        help_text="The hash of the token: the token itself, without which the fields can not be read, has the browser.",
    )  # fmt: skip
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, editable=False, related_name="+")
    address = models.TextField(editable=False, help_text="The form's own address on this site, with its query.")
    typed = models.TextField(editable=False, help_text="The fields as a browser sends them, encrypted.")
    left_out = models.BooleanField(
        default=False, editable=False, help_text="Whether there were files or passwords, which are not kept."
    )
    kept_at = models.DateTimeField(editable=False, db_index=True)


class KnownAddress(models.Model):
    """That an account has signed in from an address, which can be found again here but not read; for half a year."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, editable=False, related_name="+")
    address = models.CharField(
        max_length=64, editable=False,
        help_text="The address, or the network of an IPv6 address, hashed with a key that is derived from SECRET_KEY.",
    )  # fmt: skip
    last_on = models.DateField(editable=False, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "address"], name="signin_known_address_once"),)

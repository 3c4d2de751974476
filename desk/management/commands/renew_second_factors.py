"""``manage.py renew_second_factors``: after a new SECRET_KEY, so that the one before can be forgotten."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from desk.signin import ciphers


class Command(BaseCommand):
    help = (
        "Encrypt the secrets of second factors with the present SECRET_KEY, and name the accounts whose secrets can "
        "not be read with it or with SECRET_KEY_FALLBACKS."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        renewed = 0
        accounts: set[str] = set()
        unreadable: set[str] = set()
        rows = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_related("user").order_by("pk")
        for factor in rows.select_for_update(of=["self"]):
            name = factor.user.get_username()
            try:
                factor.data = ciphers.each_secret(factor.data, _renewed)
            except ciphers.UnreadableError:
                unreadable.add(name)
                continue
            factor.save(update_fields=["data"])
            renewed, accounts = renewed + 1, accounts | {name}
        self.stdout.write(
            f"{renewed} secret{'s' * (renewed != 1)} of {len(accounts)} account{'s' * (len(accounts) != 1)} "
            f"are encrypted with the present SECRET_KEY."
        )
        if unreadable:
            self.stdout.write(
                f"Not readable: {', '.join(sorted(unreadable))}. Put the key before into SECRET_KEY_FALLBACKS and run "
                "this again; if it is lost, run reset_second_factor for each."
            )


def _renewed(written: str) -> str:
    return ciphers.renew(written, purpose=ciphers.FACTORS)

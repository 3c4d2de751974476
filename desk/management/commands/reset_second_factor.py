"""``manage.py reset_second_factor NAME``: for who lost their second factor, the last administrator among them."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.signin.factor import reset_second_factor


class Command(BaseCommand):
    help = "Take away an account's second factor and end its sessions. At the next sign-in it sets up a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the user name of the account")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        taken = reset_second_factor(user)
        self.stdout.write(
            f"{user.get_username()} has no second factor any longer, and every session of theirs has ended."
            if taken
            else f"{user.get_username()} had no second factor. Every session of theirs has ended."
        )

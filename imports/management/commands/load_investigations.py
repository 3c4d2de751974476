"""``manage.py load_investigations``: the second demonstration record, brought in as any table is."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from imports.demonstration import load_investigations


class Command(BaseCommand):
    help = "Bring in the special investigations since Watergate, as a demonstration of imports. For DEMO=1 or DEBUG=1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", default="administrator", help="the account that answers for it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say that it is there."""
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("This is a demonstration only: set DEMO=1 or DEBUG=1.")
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"There is no account “{options['by']}”: run load_demo first.")
        try:
            batch = load_investigations(by=by)
        except ValidationError as refusal:
            raise CommandError(f"Nothing was loaded. {' '.join(refusal.messages)}") from refusal
        told = f"{batch.proposals.filter(kind='case').count()} cases" if batch else "everything is there already"
        self.stdout.write(f"Special investigations: {told}.")

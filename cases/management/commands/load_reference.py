"""``manage.py load_reference``: add the courts, dispositions and appeal periods every installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.reference import load_reference


class Command(BaseCommand):
    help = "Add the jurisdictions, courts, dispositions and appeal periods that are missing. Changes nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reference data: {load_reference()}")

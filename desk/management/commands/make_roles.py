"""``manage.py make_roles``: the groups of contributors, editors and administrators, with what each may do."""

from typing import Any

from django.core.management.base import BaseCommand

from desk.roles import make_groups


class Command(BaseCommand):
    help = "Make the three groups, or give each exactly the permissions of its role again. Run it after each upgrade."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, group in make_groups().items():
            self.stdout.write(f"{name}: {group.permissions.count()} permissions")

"""check_record: derive everything that is stored, as of today, and say where the two differ. Run it daily."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from cases import editing, listing
from cases.checking import Difference, folded_differences, status_differences
from cases.editing.standing import unsupported_acts
from cases.editing.status import take_turn
from cases.models import Case
from cases.public_standing import StandingDifference, refresh_standing, standing_differences
from people import indexing


class Command(BaseCommand):
    """Exit 0 when stored and derived agree, 1 otherwise.

    Time alone changes what is derived: an appeal window lapses, and a result becomes final.
    """

    help = (
        "Derive every stored status, wording, standing and folded name again, as of today, and list the differences "
        "(exit 1 if there are any). With --repair, mend them. Run it with --repair once a day: "
        "a window to appeal lapses without anybody writing anything."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write what is derived, and say what was mended")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        """Compare, mend if asked to, and report. Raises ``CommandError`` (exit 1) where a difference remains."""
        found: list[Any] = self._lists(repair=repair)
        found += [*self._statuses(repair=repair), *self._folded(repair=repair), *self._standings(repair=repair)]
        found += indexing.repair() if repair else indexing.check()
        for difference in found:
            self.stdout.write(f"{'mended' if repair else 'differs'}: {difference}")
        broken = unsupported_acts()
        for act in broken:
            self.stdout.write(f"an editor must mend: published act {act.pk} “{act}” has no source that supports it")
        if broken or (found and not repair):
            advice = "" if repair else " Run check_record --repair to mend what is derived."
            raise CommandError(f"{len(broken) + (0 if repair else len(found))} differences.{advice}")
        self.stdout.write(f"{len(found)} mended." if found else "Everything stored is as derived.")

    def _statuses(self, *, repair: bool) -> list[Difference]:
        today = timezone.localdate()
        found: list[Difference] = []
        for case in Case.objects.order_by("pk"):
            if repair:
                found += editing.refresh_status(case, on=today)
            else:
                with transaction.atomic():
                    take_turn()
                    found += status_differences(Case.objects.get(pk=case.pk), on=today)
        return found

    def _standings(self, *, repair: bool) -> list[StandingDifference]:
        with transaction.atomic():
            take_turn()
            return refresh_standing() if repair else list(standing_differences())

    def _lists(self, *, repair: bool) -> list[listing.ListDifference]:
        """First of all: mending anything else keeps the lists in step, and would hide that they were not."""
        if not repair:
            return list(listing.check())
        with transaction.atomic():
            take_turn()
            return listing.repair()

    def _folded(self, *, repair: bool) -> list[Difference]:
        found = list(folded_differences())
        for difference in found if repair else ():
            editing.refold(difference)
        return found

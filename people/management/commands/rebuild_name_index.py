"""rebuild_name_index: bring the whole name index in step with the names, while the site goes on."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from people import indexing
from people.models import Person

BAR = 30  # characters


class Command(BaseCommand):
    """One transaction a batch: interrupted, it leaves an index that is right as far as it came."""

    help = (
        "Compare the index of names with the names, and write what differs. The site can be used meanwhile. "
        "It can be interrupted at any moment: what is done stays done, and --after goes on from there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="begin after the person with this id")
        parser.add_argument("--batch", type=int, default=indexing.A_BATCH, metavar="N", help="persons a transaction")

    def handle(self, *args: Any, after: int, batch: int, **options: Any) -> None:
        """Mend batch by batch. Raises ``CommandError`` on Ctrl-C, with the command that goes on."""
        if after < 0 or batch < 1:
            raise CommandError("--after can not be negative, and --batch is at least 1.")
        total = Person.objects.filter(pk__gt=after).count()
        done, mended, reached, began = 0, 0, after, time.monotonic()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
            for first, last, count in indexing.batches(after=after, size=batch):
                mended += indexing.mend(first, last)
                done, reached = done + count, last
                self._show(done, total, time.monotonic() - began)
            indexing.count_words()
        except KeyboardInterrupt:
            raise CommandError(
                f"Interrupted; all is well as far as it came. Go on with: rebuild_name_index --after {reached}"
            ) from None
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET statement_timeout")
        self.stdout.write(f"{done} persons compared, {mended} rows of the index written.")

    def _show(self, done: int, total: int, seconds: float) -> None:
        if not sys.stderr.isatty() and done < total:
            return
        share = done / total if total else 1.0
        left = f", {seconds / share - seconds:.0f} s left" if 0 < share < 1 else ""
        bar = ("█" * round(share * BAR)).ljust(BAR, "·")
        self.stderr.write(f"\r{bar} {share:4.0%} {done} of {total}{left}   ", ending="" if done < total else "\n")

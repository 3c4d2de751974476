"""``manage.py import_docket FILE...``: read files, propose what they hold, and print the account of each."""

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from imports.accepting import Told, accept
from imports.account import account, also_counted
from imports.bringing import bring
from imports.choices import DECIDABLE, Decision
from imports.models import Batch
from imports.reading.found import NotReadableError
from imports.reading.mapping import shipped

WIDTH = 30  # of the bar


class Command(BaseCommand):
    """Exit 0 when every file was read, 1 otherwise. A file that can not be read leaves nothing behind."""

    help = (
        "Read dockets, tables and trials from files, and propose what they would add to the record or change in it. "
        "Nothing is written into the record until an editor accepts it at the desk, or --accept says so here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = ", ".join(one.name for one in shipped())  # those of the desk are in a database: help needs none
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the account that answers for the files")
        parser.add_argument(
            "--mapping",
            default="",
            help=f"how the columns of a table are read: {known}, one kept at the desk, or a TOML file",
        )
        parser.add_argument(
            "--accept", action="store_true", help="accept everything that asks no question; it becomes drafts"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring in each file. Raises ``CommandError`` at the end if one could not be read."""
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"There is no account “{options['by']}”. Give one that may write the record: --by NAME")
        if not by.has_perm("imports.add_batch") or (options["accept"] and not by.has_perm("imports.change_batch")):
            raise CommandError(f"“{by}” may not bring in files.")
        refused = 0
        for file in options["files"]:
            try:
                batch = self._bring(file, by, options["mapping"])
                if options["accept"]:
                    self._accept(batch, by)
            except (NotReadableError, ValidationError, OSError) as error:
                refused += 1
                told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                self.stderr.write(self.style.ERROR(f"{file.name}: {told}"))
            else:
                self._report(batch)
        if refused:
            raise CommandError(f"{refused} of {len(options['files'])} files could not be brought in.")

    def _bring(self, file: Path, by: User, mapping: str) -> Batch:
        bar = Bar(self, f"{file.name}: comparing")
        batch = bring(file, table=mapping, by=by, progress=bar.move, number=bar.of)
        bar.end()
        return batch

    def _accept(self, batch: Batch, by: User) -> Told:
        cases = batch.proposals.filter(decision=Decision.OPEN, state__in=DECIDABLE).values("within").distinct().count()
        bar = Bar(self, f"{batch.file_name}: accepting")
        bar.of(cases)
        told = accept(batch, by=by, progress=bar.move)
        bar.end()
        self.stdout.write(f"{batch.file_name}: {told.accepted:,} accepted, as drafts.")
        for reason, number in told.reasons.items():
            self.stdout.write(f"  {number:,} wait: {reason}")
        return told

    def _report(self, batch: Batch) -> None:
        self.stdout.write(f"{batch.file_name}: batch {batch.pk}, {batch.origin}.")
        for line in account(batch):
            wrong = "" if line.adds_up else f"   DOES NOT ADD UP: {line.total:,} are told of"
            self.stdout.write(f"  {line.number:>8} {line.title}: {line.words}{wrong}")
        for what, number in also_counted(batch):
            self.stdout.write(f"  also: {number:,} {what}")
        waiting = batch.proposals.filter(decision=Decision.OPEN, state__in=DECIDABLE).count()
        self.stdout.write(f"  {waiting:,} proposals wait at the desk." if waiting else "  Nothing waits.")


class Bar:
    """A bar of progress on a terminal; nothing elsewhere."""

    def __init__(self, command: BaseCommand, title: str) -> None:
        self.command, self.title, self.whole, self.done, self.last = command, title, 0, 0, 0.0
        self.shown = sys.stderr.isatty()

    def of(self, whole: int) -> None:
        """Say how many there are."""
        self.whole = whole

    def move(self, number: int) -> None:
        """Note that more are done."""
        self.done += number
        if self.shown and self.whole and (time.monotonic() - self.last > 0.1 or self.done >= self.whole):
            self.last = time.monotonic()
            full = min(WIDTH, WIDTH * self.done // self.whole)
            bar = "#" * full + "." * (WIDTH - full)
            self.command.stderr.write(f"\r{self.title} [{bar}] {self.done:,} of {self.whole:,} cases", ending="")

    def end(self) -> None:
        """Leave the bar and begin a new line."""
        if self.shown and self.done:
            self.command.stderr.write("")

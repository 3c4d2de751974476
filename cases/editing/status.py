"""Writing down what the law derives: the only place that writes ``derived_*`` and mends folded names."""

from datetime import date

from django.db import connection, transaction

from cases.checking import Difference, status_differences
from cases.models import Case

# Any number, the same for every writer of this record: who holds it is the one who writes.
_TURN = 2024_07_12


def take_turn() -> None:
    """Wait until no other transaction writes the record, and keep the turn until this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def refresh_status(case: Case, *, on: date) -> list[Difference]:
    """Derive the status of a case, its defendants and charges as of ``on``, and write what changed.

    Only what the public may see counts. Returns what was different; ``case`` itself is brought up to date.
    """
    with transaction.atomic():
        take_turn()
        stored = Case.objects.get(pk=case.pk)
        found = status_differences(stored, on=on)
        for difference in found:
            rows = type(difference.row)._base_manager.filter(pk=difference.row.pk)
            rows.update(**{difference.column: difference.derived})
            if difference.row == case:
                setattr(case, difference.column, difference.derived)
        return found


def refold(difference: Difference) -> None:
    """Write a folded name as its text folds now; see ``cases.checking.folded_differences``."""
    difference.row.save(update_fields=[difference.column])

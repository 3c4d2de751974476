"""Writing down what the law derives: the only place that writes ``derived_*`` and mends folded names."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import Model, QuerySet

from cases.checking import Difference, status_differences_of
from cases.listing import keep_listed
from cases.models import Case

# Any number, the same for every writer of this record: who holds it is the one who writes.
_TURN = 2024_07_12
PATIENCE_MS = 8_000  # less than a statement may take, so that the wait ends in a sentence and not in an error page
AT_ONCE = 100  # cases held in memory together
LOCK_NOT_AVAILABLE, QUERY_CANCELED = "55P03", "57014"
BUSY = "Somebody else is writing a large change. Nothing of yours was saved: try again in a moment."


def take_turn() -> None:
    """Wait until no other transaction writes the record, and keep the turn until this one ends.

    Raises ``ValidationError`` when the other one does not end in time.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE_MS}ms"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    except OperationalError as refusal:
        if getattr(refusal.__cause__, "pgcode", None) not in (LOCK_NOT_AVAILABLE, QUERY_CANCELED):
            raise
        raise ValidationError(BUSY) from refusal


def refresh_status(case: Case, *, on: date) -> list[Difference]:
    """Derive the status of a case, its defendants and charges as of ``on``, and write what changed.

    Only what the public may see counts. Returns what was different; ``case`` itself is brought up to date.
    """
    with transaction.atomic():
        take_turn()
        found = refresh_statuses(Case.objects.filter(pk=case.pk), on=on).get(case.pk, [])
        for difference in found:
            if difference.row == case:
                setattr(case, difference.column, difference.derived)
        return found


def refresh_statuses(cases: QuerySet[Case], *, on: date) -> dict[int, list[Difference]]:
    """Do the same for many cases, read together and each row written once; return what was different by their ids.

    Ask for it while the turn is held.
    """
    ids = list(cases.order_by("pk").values_list("pk", flat=True))
    found: dict[int, list[Difference]] = {}
    for first in range(0, len(ids), AT_ONCE):
        rows = Case.objects.filter(pk__in=ids[first : first + AT_ONCE]).order_by("pk")
        found |= {pk: some for pk, some in status_differences_of(list(rows), on=on).items() if some}
    written: dict[Model, dict[str, Any]] = {}
    for difference in (one for some in found.values() for one in some):
        written.setdefault(difference.row, {})[difference.column] = difference.derived
    for row, columns in written.items():
        type(row)._base_manager.filter(pk=row.pk).update(**columns)
    keep_listed(ids)
    return found


def catch_up(*, on: date, at_most: int) -> bool:
    """Derive anew what time alone has changed by ``on``, in so many cases at most; say whether nothing is left.

    Whoever reads first on a new day waits for it, so it waits for nobody: while somebody else writes, it does nothing.
    """
    lapsed = Case.objects.filter(derived_until__lt=on)
    if not lapsed.exists():
        return True
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
            if not cursor.fetchone()[0]:
                return False
        few = list(lapsed.order_by("derived_until", "pk").values_list("pk", flat=True)[:at_most])
        refresh_statuses(Case.objects.filter(pk__in=few), on=on)
    return len(few) < at_most


def refold(difference: Difference) -> None:
    """Write a folded name as its text, as it is stored by now, folds; see ``cases.checking.folded_differences``.

    In turn: a trigger brings the lists along, for which rows of cases are locked.
    """
    with transaction.atomic():
        take_turn()
        if row := type(difference.row)._base_manager.filter(pk=difference.row.pk).first():
            row.save(update_fields=[difference.column])

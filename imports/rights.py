"""Who may accept what: a large change of what the record has needs a second person."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from imports.choices import Decision, State
from imports.models import Batch, Proposal, SourceKey

SHARE = 10  # more than one row in ten
ALONE = (
    "This would change {} of the {} rows that the record has from this source, more than a tenth, so a second person "
    "has to accept it. You brought the file: ask somebody else."
)
CHANGING = (State.CHANGED, State.CONFLICT)


def brought_by(batch: Batch) -> list[int]:
    """Return whose words a batch brings, beside those of who accepts it: nobody publishes what their own file said."""
    return [batch.made_by_id] if batch.made_by_id is not None else []


def needs_second(batch: Batch, more: int = 0) -> tuple[int, int] | None:
    """Return how many rows a batch changes, with ``more``, of how many, if that is more than a tenth; else None."""
    changed = batch.proposals.filter(state__in=CHANGING, decision=Decision.ACCEPTED).count() + more
    if not changed:
        return None
    there = SourceKey.objects.filter(origin=batch.origin, row__isnull=False).exclude(
        proposal__batch=batch, proposal__state=State.NEW
    )
    held = there.count()
    return (changed, held) if changed * SHARE > held else None


def refuse_alone(batch: Batch, wanted: QuerySet[Proposal], *, by: User) -> None:
    """Raise ``ValidationError`` if accepting these needs somebody other than who brought the file."""
    changes = wanted.filter(state__in=CHANGING).count()
    if changes and batch.made_by_id == by.pk and (share := needs_second(batch, changes)):
        raise ValidationError(ALONE.format(*share))

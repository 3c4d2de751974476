"""Forms that were sent: each is written once, however often it arrives (a double click, a retry)."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone

from cases.models import Entry

REMEMBERED = timedelta(days=14)  # longer than any browser tries again, or anybody presses “back”


def led_to(key: UUID, *, by: User) -> str | None:
    """Return where the form with this key led when it was written; None if it was not, or somebody else sent it.

    Ask within the sitting that would write it: nobody else writes meanwhile, so one of two is told.
    """
    return Entry.objects.filter(key=key, by=by).values_list("led_to", flat=True).first()


def remember(key: UUID, *, led: str, by: User) -> None:
    """Note that the form with this key was written, and where it led. A key that is known already is left as it is."""
    Entry.objects.filter(sent_at__lt=timezone.now() - REMEMBERED).delete()
    Entry.objects.bulk_create([Entry(key=key, led_to=led, by=by)], ignore_conflicts=True)

"""Who wrote what stands in an act, a case or a matter, and who looked at it: the columns of the four eyes."""

from typing import Any

from django.conf import settings
from django.db import models

from cases.choices import Unseen
from cases.models.columns import choice, line


def _account(**kwargs: Any) -> models.ForeignKey:
    """An account, which may be gone since."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", **kwargs
    )


class Reviewed(models.Model):
    """What is written by one and published by another. Only ``cases.editing`` writes these columns.

    ``changed_by`` last changed the content, which the rows beneath belong to: an act's outcomes, charges, sentence and
    citations. ``updated_by`` last did anything, publishing too.
    """

    changed_by = _account()
    changed_at = models.DateTimeField(null=True, editable=False)
    submitted_by = _account()
    assigned_to = _account(db_index=True)
    sent_back_by = _account()
    sent_back_because = line(300, editable=False)
    published_by = _account()
    published_at = models.DateTimeField(null=True, editable=False)
    published_despite = line(300, editable=False)
    unseen = choice(Unseen.choices, default=Unseen.NOTHING, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes = [
            # The queue asks for the few rows that wait, among very many that do not.
            models.Index(
                fields=["editorial_state"],
                name="%(class)s_waiting",
                condition=models.Q(editorial_state="in_review") | ~models.Q(unseen=""),
            ),
        ]

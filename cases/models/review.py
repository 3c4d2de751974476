"""Who wrote what stands in an act, a case or a matter, and who looked at it: the columns of the four eyes.

``SecondLook`` is the same for the words of persons and sources, which have no editorial state of their own.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.choices import Unseen
from cases.models.columns import choice, line
from people.rules import RulesAtOnce


def _account(**kwargs: Any) -> models.ForeignKey:
    """An account, which may be gone since."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", **kwargs
    )


def _writers() -> ArrayField:
    """Accounts by their ids, each once. No references: who is gone has written it all the same."""
    return ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)


class Reviewed(RulesAtOnce):
    """What is written by one and published by another. Only ``cases.editing`` writes these columns.

    ``changed_by`` last changed the content, which the rows beneath belong to: an act's outcomes, charges, sentence and
    citations. ``writers`` is everybody who changed it since somebody else last published or confirmed it.
    ``updated_by`` last did anything, publishing too.
    """

    changed_by = _account()
    writers = _writers()
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


class SecondLook(models.Model):
    """A person or a source whose own words somebody changed, until a second person has seen them.

    It waits in the queue while readers can read the words. Only ``cases.editing`` writes it, and nothing points from
    it to the row: a merge moves whatever does, and a row that is gone waits for nobody.
    """

    PERSON, SOURCE = "person", "source"

    noun = choice([(PERSON, "Person"), (SOURCE, "Source")])
    row_id = models.BigIntegerField()
    writers = _writers()
    changed_by = _account()
    changed_at = models.DateTimeField()
    what = line(300, help_text="Which columns, by their labels: no word of what they said.")

    class Meta:
        default_permissions = ()
        verbose_name_plural = "second looks"
        constraints = [models.UniqueConstraint(fields=["noun", "row_id"], name="second_look_once")]

    def __str__(self) -> str:
        return f"{self.noun} {self.row_id}: {self.what}"

"""The fixed words of imports: what a proposal would become, how it stands to the record, what was made of it."""

from django.db import models


class Kind(models.TextChoices):
    """What a proposal would become, in the order in which it is entered."""

    CASE = "case", "Case"
    ACT = "act", "Act"
    PARTY = "party", "Party"
    ALIAS = "alias", "Other name"
    OFFICIAL = "official", "Official"
    ATTORNEY = "attorney", "Attorney"
    CHARGE = "charge", "Charge"
    OUTCOME = "outcome", "Outcome"
    SENTENCE = "sentence", "Part of a sentence"
    RELATION = "relation", "Related case"


class State(models.TextChoices):
    """How what a file says stands to the record, and to what the source said before."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    CONFLICT = "conflict", "Conflict"
    NOT_UNDERSTOOD = "not_understood", "Not understood"
    LEFT_OUT = "left_out", "Left out"
    GONE = "gone", "No longer in the file"


class Decision(models.TextChoices):
    """What an editor made of a proposal."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    UNDONE = "undone", "Undone"
    OVERTAKEN = "overtaken", "Overtaken"
    NOTED = "noted", "For information"
    SEALED = "sealed", "Removed after a seal"


DECIDABLE = (State.NEW, State.CHANGED, State.CONFLICT)

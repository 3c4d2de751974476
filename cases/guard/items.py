"""The noun of the guard: one thing that is missing or amiss, how much it weighs, and the row in which it is mended."""

from dataclasses import dataclass
from enum import IntEnum

from django.db.models import Model


class Weight(IntEnum):
    """How much an item weighs."""

    MUST = 0  # forbids publication
    SHOULD = 1  # speaks against it; who may publish can overrule it with one sentence
    LOOK = 2  # to be looked at


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is missing or amiss: what it is, and the row in which it is mended."""

    code: str
    words: str
    row: Model
    weight: Weight = Weight.SHOULD

    @property
    def must(self) -> bool:
        """Whether it forbids publication."""
        return self.weight is Weight.MUST

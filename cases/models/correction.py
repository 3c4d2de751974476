"""Correction: what was changed in what the public could read, of which kind, in one public sentence."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cases import choices
from cases.models.case import Case, Matter
from cases.models.columns import choice, line, one_of, rule
from cases.models.event import Event
from cases.querysets import CorrectionQuerySet
from people.rules import RulesAtOnce
from people.tracking import tracked

SHORTEST = 3  # words


def one_sentence(text: str) -> None:
    """Refuse what is no sentence, or holds what a feed can not carry."""
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        raise ValidationError("Write one sentence, on one line.")
    if len(text.split()) < SHORTEST:
        raise ValidationError("Write a whole sentence: readers see nothing else of what was changed, and why.")


@tracked()
class Correction(RulesAtOnce):
    """One public sentence about a change. Its ``places`` are the cases and matters that list it.

    ``made_at`` is when the change was written. Only ``cases.editing`` makes one.
    """

    kind = choice(choices.CorrectionKind.choices)
    sentence = line(
        300, blank=False, help_text="One sentence for readers: what the page said, what it says now, and why."
    )
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            rule("correction_has_sentence", ~Q(sentence=""), "Say in one sentence what was changed."),
            rule(
                "correction_kind_known", one_of("kind", choices.CorrectionKind.choices), "Choose a kind of correction."
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    def clean(self) -> None:
        try:
            one_sentence(self.sentence)
        except ValidationError as refusal:
            raise ValidationError({"sentence": refusal.messages}) from refusal


@tracked("correction")
class CorrectionPlace(RulesAtOnce):
    """A case or a matter that lists a correction, and the act that was changed in it, if it was one."""

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="places")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="correction_places")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="correction_places"
    )
    event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="correction_places")

    class Meta:
        verbose_name = "correction"
        constraints = [
            rule(
                "correction_in_case_or_matter",
                Q(case__isnull=False, matter__isnull=True) | Q(case__isnull=True, matter__isnull=False),
                "A correction is listed by a case or by a matter.",
            ),
            models.UniqueConstraint(
                fields=["correction", "case", "matter", "event"],
                nulls_distinct=False,
                name="correction_place_once",
                violation_error_message="This correction is already listed there.",
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.correction}” in {self.case or self.matter}"

"""What an act did to a charge: its outcome, and the parts of a sentence."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cases import choices
from cases.law.status import may_dispose
from cases.law.vocabulary import APPEAL_RELATIONS, ReplacesHow
from cases.models.charge import Charge, Disposition
from cases.models.columns import choice, line, needs_held_act, once, prose, rule
from cases.models.event import Event
from people.rules import RulesAtOnce
from people.tracking import tracked

APPEALS = [relation.value for relation in APPEAL_RELATIONS]
NOT_HELD = "Only a held act can have an outcome. Set the act to “Held”, or remove the outcome."


@tracked("event", "charge")
class Outcome(models.Model):
    """What one act did to one charge."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="outcomes")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="outcomes")
    disposition = models.ForeignKey(Disposition, on_delete=models.PROTECT, related_name="outcomes")
    prejudice = choice(choices.PREJUDICES, blank=True, default="")
    by = choice(choices.BYS, blank=True, default="")
    reason = choice(choices.REASONS, blank=True, default="")
    jeopardy = choice(choices.JEOPARDIES, default="unknown", help_text="Whether jeopardy had attached.")
    merged_into = models.ForeignKey(
        Charge,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="took_up",
        help_text="If it was merged into another charge that this act brings: which one took it up.",
    )
    note = line(300, help_text="A short addition the public reads: the maximum.")
    raw_text = prose(help_text="The source's own words, kept as they are.")

    class Meta:
        constraints = [
            once("outcome_once_an_act", ["event", "charge"], "This act already has an outcome for that charge."),
        ]
        triggers = [needs_held_act("outcome_needs_held_act")]

    def __str__(self) -> str:
        return f"{self.charge}: {self.disposition}"

    def clean(self) -> None:
        if None in (self.event_id, self.charge_id, self.disposition_id):
            return  # the fields' own errors say what is missing
        if self.event.occurrence != "held":
            raise ValidationError(NOT_HELD)
        if not may_dispose(self.event.category, self.event.kind, self.event.decision):
            raise ValidationError(
                "This kind of act decides nothing about a charge. Enter the ruling, verdict or notice that does."
            )
        stated = {"dismissed_with_prejudice": "with", "dismissed_without_prejudice": "without"}
        expected = stated.get(self.disposition.slug)
        if expected and self.prejudice not in ("", expected):
            raise ValidationError({"prejudice": "This contradicts the outcome that you chose."})
        own, case = self.charge.defendant.case_id, self.event.case
        if case is None or (own != case.pk and not case.relations.filter(target_id=own, kind__in=APPEALS).exists()):
            raise ValidationError({"charge": "Choose a charge of this case, or of a case this one is an appeal of."})
        if self.merged_into is not None:
            self._clean_merger(self.merged_into)

    def _clean_merger(self, into: Charge) -> None:
        if self.disposition.slug != ReplacesHow.MERGED:
            raise ValidationError({"merged_into": "Only a charge whose outcome is “Merged” went into another one."})
        if into.created_by_id != self.event_id or into.defendant_id != self.charge.defendant_id:
            raise ValidationError({"merged_into": "Choose a charge that this act brings against the same defendant."})


@tracked("event", "charge")
class SentencePart(RulesAtOnce):
    """One part of a sentence. Empty means not established; zero means none.

    Years, months and days are kept apart, as the court said them.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sentence_parts")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="sentence_parts")
    kind = choice(choices.SENTENCE_KINDS)
    years = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The term, or its maximum.")
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True, help_text="For community service.")
    min_years = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The minimum, if it differs.")
    min_months = models.PositiveSmallIntegerField(null=True, blank=True)
    min_days = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="Three letters: USD.")
    all_suspended = models.BooleanField(default=False, help_text="The whole of this part is suspended.")
    suspended_years = models.PositiveSmallIntegerField(null=True, blank=True)
    suspended_months = models.PositiveSmallIntegerField(null=True, blank=True)
    suspended_days = models.PositiveSmallIntegerField(null=True, blank=True)
    credit_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Days already served.")
    order = choice(choices.TermOrder.choices, default=choices.TermOrder.NOT_STATED)
    note = line(300)

    class Meta:
        constraints = [
            rule(
                "sentence_amount_has_currency",
                Q(amount__isnull=True, currency="") | (Q(amount__isnull=False) & Q(currency__regex=r"^[A-Z]{3}$")),
                "An amount needs its currency in three capital letters, and a currency needs an amount.",
            ),
            rule(
                "sentence_amount_not_negative",
                Q(amount__isnull=True) | Q(amount__gte=0),
                "An amount can not be negative.",
            ),
        ]
        triggers = [needs_held_act("sentence_needs_held_act")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.charge}"

    def clean(self) -> None:
        if self.event_id and self.event.occurrence != "held":
            raise ValidationError(NOT_HELD)
        if self.event_id and self.charge_id and self.event.case_id != self.charge.defendant.case_id:
            raise ValidationError({"charge": "Choose a charge of the same case."})

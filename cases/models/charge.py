"""Charge (in a civil case: claim), and Disposition, the terms in which its outcomes are told."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from cases import choices
from cases.models.columns import address, choice, line, needs_held_act, once, prose, rule
from cases.models.event import Event
from cases.models.party import Defendant
from people.rules import RulesAtOnce
from people.tracking import tracked


@tracked()
class Disposition(RulesAtOnce):
    """A term for what has become of a charge: its class is fixed law, its words are the administrator's."""

    slug = address(help_text="A short permanent name, as the court would use it: dismissed_with_prejudice.")
    slug.validators = []  # terms use underscores, as the vocabulary does
    cls = choice(choices.CHARGE_CLASSES, verbose_name="class")
    label = line(80, blank=False)
    sentence = line(300, blank=False, help_text="One plain sentence that the glossary and the tooltips show.")

    class Meta:
        verbose_name = "disposition"
        constraints = [
            rule("disposition_has_words", ~Q(label="") & ~Q(sentence=""), "Enter a label and a plain sentence."),
        ]

    def __str__(self) -> str:
        return self.label


@tracked("defendant", "created_by")
class Charge(RulesAtOnce):
    """One accusation against one defendant, brought by an act; in a civil case one claim.

    ``derived_*`` columns repeat what the law derives; only ``cases.editing.refresh_status`` writes them.
    """

    defendant = models.ForeignKey(Defendant, on_delete=models.PROTECT, related_name="charges")
    created_by = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        related_name="creates",
        help_text="The act that brought this charge. The charge is public when that act is.",
    )
    count = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The count's number, if the document gives one."
    )
    title = line(300, blank=False, help_text="As the document words it: Involuntary manslaughter.")
    statute = line(200, help_text="NMSA 1978, § 30-2-3(B). Leave empty when it is not established.")
    severity = choice(choices.Severity.choices, default=choices.Severity.UNKNOWN)
    degree = line(40)
    applicability = choice(choices.Applicability.choices, default=choices.Applicability.PRINCIPAL)
    instrument = choice(choices.Instrument.choices, blank=True)
    quantity = models.PositiveSmallIntegerField(default=1, help_text="How many acts the count covers.")
    enhances = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enhancements",
        help_text="If this is a sentence enhancement: the charge it is attached to.",
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="The earlier charge that this one follows.",
    )
    replaces_how = choice(choices.REPLACES_HOW, blank=True, default="")
    raw_text = prose(help_text="The source's own words, kept as they are.")

    derived_class = choice(choices.CHARGE_CLASSES, default="unknown", editable=False, db_index=True)
    derived_term = models.CharField(max_length=120, default="", editable=False, blank=True)
    derived_finality = models.CharField(max_length=40, default="", editable=False, blank=True)
    derived_wording = models.TextField(default="", editable=False, blank=True)

    class Meta:
        constraints = [
            rule("charge_has_title", ~Q(title=""), "Enter what the charge is called."),
            once(
                "count_once_an_instrument",
                ["defendant", "created_by", "count"],
                "This document already has a count with that number against this defendant.",
                condition=Q(count__isnull=False),
            ),
            rule(
                "charge_replaces_says_how",
                Q(replaces__isnull=True, replaces_how="") | (Q(replaces__isnull=False) & ~Q(replaces_how="")),
                "Say which charge this one follows, and how: both or neither.",
            ),
            rule("charge_not_its_own_successor", ~Q(replaces=F("id")), "A charge can not replace itself."),
            rule("charge_not_its_own_enhancement", ~Q(enhances=F("id")), "A charge can not enhance itself."),
            rule("charge_quantity_positive", Q(quantity__gt=0), "Enter at least one."),
        ]
        triggers = [needs_held_act("charge_needs_held_act", act="created_by_id")]

    def __str__(self) -> str:
        return f"Count {self.count}: {self.title}" if self.count else self.title

    def clean(self) -> None:
        if self.created_by_id and self.defendant_id:
            if self.created_by.case_id != self.defendant.case_id:
                raise ValidationError({"created_by": "Choose an act of the same case as the defendant."})
            if self.created_by.occurrence != "held":
                raise ValidationError({"created_by": "An act that was not held can not bring a charge."})
        if self.enhances and self.enhances.defendant_id != self.defendant_id:
            raise ValidationError({"enhances": "Choose a charge against the same defendant."})
        if self.replaces and self.replaces.defendant.person_id != self.defendant.person_id:
            raise ValidationError({"replaces": "Choose a charge against the same person."})

    @property
    def is_enhancement(self) -> bool:
        """Whether this is a sentence enhancement and not a count of its own."""
        return self.enhances_id is not None

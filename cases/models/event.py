"""Event: every dated act. Ruling: the acts that decide something."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, ExtractDay, ExtractMonth
from django.db.models.lookups import Exact

from cases import choices
from cases.law import vocabulary as law
from cases.law.dates import PartialDate
from cases.models.case import Case, Matter
from cases.models.columns import choice, line, one_of, prose, rule
from cases.models.party import Defendant
from cases.models.review import Reviewed
from cases.querysets import EventQuerySet
from people.models import Person
from people.tracking import tracked

# The cast is for an act without a date: PostgreSQL can not take the day of a NULL that has no type.
_DAY = Cast("on", models.DateField())
FIRST_OF_MONTH = Q(Exact(ExtractDay(_DAY), 1))
JANUARY = Q(Exact(ExtractMonth(_DAY), 1))
MAY_NAME_MOTION = Q(category="filing", kind__in=("motion", "response")) | Q(category="hearing", kind="motion_hearing")


def _kind_fits_category() -> Q:
    condition = Q()
    for category, kinds in law.KINDS.items():
        condition |= Q(category=category.value, kind__in=kinds)
    return condition


@tracked("case", "matter")
class Event(Reviewed):
    """A dated act: an incident, filing, hearing, ruling, verdict, sentence, appeal, statement.

    It belongs to one case, or to a matter as a whole. Only a published, held act counts in law.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="events")

    on = models.DateField(
        "date", null=True, blank=True, help_text="The day; the first day if only the month or year is known."
    )
    precision = choice(choices.PRECISIONS, default="day", help_text="How much of the date the sources give.")
    qualifier = choice(choices.QUALIFIERS, blank=True, default="")
    until = models.DateField("last day", null=True, blank=True, help_text="For an act that took several days.")
    sequence = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Which came first, where dates leave the order open: 1, 2, 3."
    )
    occurrence = choice(choices.OCCURRENCES, default="held", help_text="Only an act that was held counts.")

    category = choice(choices.CATEGORIES)
    kind = choice(choices.ACT_KINDS, help_text="For a ruling: what was asked of the court.")
    motion = choice(choices.MOTIONS, blank=True, help_text="For a motion, a response or its hearing: what is asked.")
    decision = choice(choices.DECISIONS, blank=True, help_text="For a ruling: what the court did with the motion.")
    timeliness = choice(choices.TIMELINESS, blank=True, help_text="If the ruling says whether the motion was in time.")
    entered_on = models.DateField(
        "written order entered",
        null=True,
        blank=True,
        help_text="The day the written order or judgment was entered. It starts the appeal clock.",
    )
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        help_text="The earlier act that this one reverses, vacates, sets aside or lifts.",
    )

    title = line(200, blank=False, help_text="A headline that says no more than the act: Motion to dismiss denied.")
    text = prose(help_text="A sentence or two.")
    raw_text = prose(help_text="The source's own words, kept as they are.")
    actor = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        help_text="Who did it, or said it.",
    )
    defendants = models.ManyToManyField(
        Defendant, blank=True, related_name="acts", help_text="Whom it concerns. Empty: every defendant of the case."
    )
    editorial_state = choice(choices.Editorial.choices, default=choices.Editorial.DRAFT, db_index=True)

    entry_key = models.UUIDField(
        null=True, blank=True, unique=True, editable=False, help_text="The form that entered it: sent twice, one act."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = EventQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        abstract = False
        verbose_name = "act"
        indexes = [
            *Reviewed.Meta.indexes,
            # Dates that passed, and nobody has said what came of them.
            models.Index(fields=["on"], name="event_scheduled", condition=Q(occurrence="scheduled")),
        ]
        constraints = [
            rule("event_has_title", ~Q(title=""), "Enter a headline."),
            rule(
                "event_in_case_or_matter",
                Q(case__isnull=False, matter__isnull=True) | Q(case__isnull=True, matter__isnull=False),
                "An act belongs to a case or to a matter: choose one of the two.",
            ),
            rule("event_kind_fits_category", _kind_fits_category(), "This kind does not belong to that category."),
            rule("event_occurrence_known", one_of("occurrence", choices.OCCURRENCES), "Choose whether it was held."),
            rule("event_state_known", one_of("editorial_state", choices.Editorial.choices), "Choose a state."),
            rule(
                "event_decision_only_on_ruling",
                Q(decision="") | Q(category="ruling"),
                "Only a ruling has a decision. Choose the category “Ruling”, or leave the decision empty.",
            ),
            rule(
                "event_timeliness_only_on_ruling",
                Q(timeliness="") | Q(category="ruling"),
                "Only a ruling says whether a motion was in time.",
            ),
            rule(
                "event_motion_only_on_motion",
                Q(motion="") | MAY_NAME_MOTION,
                "Only a motion, a response to one, or its hearing says which motion it is.",
            ),
            rule(
                "event_date_fits_precision",
                Q(precision="unknown", on__isnull=True) | (~Q(precision="unknown") & Q(on__isnull=False)),
                "Enter a date, or choose the precision “Unknown” and leave the date empty.",
            ),
            rule(
                "event_month_is_first_day",
                ~Q(precision="month") | FIRST_OF_MONTH,
                "A date known to the month is stored as the first day of that month.",
            ),
            rule(
                "event_year_is_first_january",
                ~Q(precision="year") | (FIRST_OF_MONTH & JANUARY),
                "A date known to the year is stored as 1 January of that year.",
            ),
            rule(
                "event_until_not_before",
                Q(until__isnull=True) | (Q(precision="day") & Q(until__gte=F("on"))),
                "The last day lies before the first, or the first day is not known.",
            ),
            rule("event_not_reverses_itself", ~Q(reverses=F("id")), "An act can not reverse itself."),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="held_while_it_has_outcomes",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__occurrence__df=pgtrigger.F("old__occurrence")),
                func="""
                    IF NEW.occurrence <> 'held' AND (
                        EXISTS (SELECT 1 FROM cases_outcome o WHERE o.event_id = NEW.id)
                        OR EXISTS (SELECT 1 FROM cases_sentencepart s WHERE s.event_id = NEW.id)
                        OR EXISTS (SELECT 1 FROM cases_charge c WHERE c.created_by_id = NEW.id)
                    ) THEN
                        RAISE EXCEPTION 'Only a held act can carry charges, outcomes or a sentence.'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'event_held_while_it_has_outcomes';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.when}: {self.title}"

    def get_absolute_url(self) -> str:
        home = self.case or self.matter
        return f"{home.get_absolute_url() if home else ''}#act-{self.pk}"

    def clean(self) -> None:
        if self.kind and self.category and self.kind not in law.KINDS.get(law.Category(self.category), ()):
            raise ValidationError({"kind": "This kind does not belong to that category."})
        if self.pk and self.occurrence != "held" and self.carries_effects():
            raise ValidationError(
                {"occurrence": "This act carries charges, outcomes or a sentence, so it was held. Remove them first."}
            )

    def carries_effects(self) -> bool:
        """Whether charges, outcomes or sentence parts rest on this act."""
        return self.outcomes.exists() or self.sentence_parts.exists() or self.creates.exists()

    @property
    def when(self) -> PartialDate:
        """The act's date with what is known of it."""
        return PartialDate(self.on, law.Precision(self.precision), law.Qualifier(self.qualifier), self.until)


class Ruling(Event):
    """The acts that decide something, as their own list at the desk: ``Ruling.objects.deciding()``."""

    class Meta:
        proxy = True
        verbose_name = "decision"


@tracked("event", "defendant")
class Concern(Event.defendants.through):  # type: ignore[name-defined]  # Django makes this class
    """That an act concerns a defendant: the rows of ``Event.defendants``, named so that they have a history."""

    class Meta:
        proxy = True
        verbose_name = "whom it concerns"

    def __str__(self) -> str:
        return str(self.defendant)

"""Courts, the jurisdictions they belong to, and the appeal periods that are law there."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cases import choices
from cases.models.columns import address, choice, line, once, prose, rule
from people.fields import FoldedField
from people.names import fold
from people.rules import RulesAtOnce
from people.tracking import tracked


@tracked()
class Jurisdiction(models.Model):
    """A legal order with its own rules of procedure: a state, the federal courts, a country."""

    slug = address()
    name = line(120, blank=False)

    def __str__(self) -> str:
        return self.name


@tracked()
class Court(RulesAtOnce):
    """A court or tribunal; ``source_key`` is its id in the courts-db list, where it has one."""

    slug = address()
    name = line(300, blank=False)
    short_name = line(120)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="courts")
    system = choice(choices.CourtSystem.choices, default=choices.CourtSystem.OTHER)
    level = choice(choices.CourtLevel.choices, default=choices.CourtLevel.TRIAL)
    location = line(200)
    citation_string = line(120, help_text="How the court is cited: Ala. Civ. App.")
    url = models.URLField(max_length=500, blank=True)
    source_key = models.CharField(max_length=80, blank=True, editable=False)
    folded = FoldedField(compute=lambda court: fold(f"{court.name} {court.citation_string} {court.location}"))

    class Meta:
        constraints = [
            rule("court_has_name", ~Q(name=""), "Enter the court's name."),
            once(
                "court_source_key_once",
                ["source_key"],
                "A court with this key exists already.",
                condition=~Q(source_key=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:court", args=[self.slug])


@tracked("jurisdiction")
class AppealPeriod(RulesAtOnce):
    """How long one may appeal in a jurisdiction, and the rule that says so.

    Days are calendar days from the entry of the judgment or written order. Every deadline
    computed from a period is an estimate: holidays, extensions and tolling are not known here.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="appeal_periods")
    case_kind = choice(choices.CASE_KINDS)
    days = models.PositiveSmallIntegerField(help_text="Calendar days from the entry of the judgment or order.")
    authority = line(200, blank=False, help_text="The rule: Rule 12-201(A)(1)(b) NMRA.")
    note = prose()

    class Meta:
        constraints = [
            once(
                "appeal_period_once",
                ["jurisdiction", "case_kind"],
                "This jurisdiction already has an appeal period for that kind of case.",
            ),
            rule("appeal_period_positive", Q(days__gt=0), "Enter at least one day."),
        ]

    def __str__(self) -> str:
        return f"{self.days} days ({self.authority})"

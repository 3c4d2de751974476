"""Who is in a case: the accused or sued (Defendant), and everybody else (Participant)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from cases import choices
from cases.models.case import Case, Matter, sealed_is_explained
from cases.models.columns import choice, line, once, rule
from people.choices import Visibility
from people.models import Person
from people.rules import RulesAtOnce
from people.tracking import tracked


@tracked("case", "person")
class Defendant(RulesAtOnce):
    """A person accused, or in a civil case sued, in one case.

    The public sees a defendant only once a published act charges or names them.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="defendants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="defendant_in")
    position = models.PositiveSmallIntegerField(
        default=1, help_text="The order in which the case names its defendants."
    )
    described_as = line(200, help_text="Their part in the events, neutrally: first assistant director.")
    visibility = choice(Visibility.choices, default=Visibility.PUBLIC)
    sealed_basis = line(300, help_text="The order or statute under which this defendant's record is sealed.")
    sealed_on = models.DateField(null=True, blank=True)

    derived_wording = models.TextField(default="", editable=False, blank=True)

    class Meta:
        constraints = [
            once("defendant_once_a_case", ["case", "person"], "This person is already a defendant in this case."),
            sealed_is_explained("defendant_sealed_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.case}"


@tracked("case", "matter", "person", "shown_by")
class Participant(RulesAtOnce):
    """Anyone else in a case or a matter: victims, plaintiffs, judges, counsel, with the time they served.

    ``shown_by`` is the act that shows the role; the public sees the participant once it is published.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="participants")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participant_in")
    role = choice(choices.PARTICIPANT_ROLES)
    represents = models.ForeignKey(
        Defendant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="represented_by",
        help_text="For counsel: the defendant they act for.",
    )
    described_as = line(200)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = line(200)
    shown_by = models.ForeignKey(
        "cases.Event",
        on_delete=models.PROTECT,
        related_name="shows_participants",
        help_text="The act whose source shows this role. The role is public when that act is.",
    )

    class Meta:
        constraints = [
            rule(
                "participant_in_case_or_matter",
                Q(case__isnull=False, matter__isnull=True) | Q(case__isnull=True, matter__isnull=False),
                "Choose a case or a matter: one of the two.",
            ),
            rule(
                "participant_ends_after_start",
                Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                "The end lies before the start.",
            ),
            models.UniqueConstraint(
                fields=["case", "matter", "person", "role", "represents", "started_on"],
                nulls_distinct=False,
                name="participant_once",
                violation_error_message="This person already has that role here.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    def clean(self) -> None:
        if self.shown_by_id and not self._is_shown_here():
            raise ValidationError({"shown_by": "Choose an act of the same case or matter."})
        if self.represents and self.case_id and self.represents.case_id != self.case_id:
            raise ValidationError({"represents": "Choose a defendant of the same case."})

    def _is_shown_here(self) -> bool:
        act = self.shown_by
        if self.case is not None:
            return act.case_id == self.case_id or (act.matter_id is not None and act.matter_id == self.case.matter_id)
        return self.matter_id in (act.matter_id, act.case.matter_id if act.case is not None else None)

    @property
    def is_official(self) -> bool:
        """Whether the role is an office or counsel, and not a party."""
        return self.role in choices.OfficialRole.values

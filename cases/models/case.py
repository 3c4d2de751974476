"""Matter (one incident), Case (one docket) and the directed relations between cases."""

import re

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases import choices
from cases.models.columns import address, choice, line, once, one_of, prose, rule
from cases.models.court import Court
from cases.models.listing import list_triggers
from cases.models.review import Reviewed
from cases.querysets import CaseQuerySet, MatterQuerySet, docket_without_marks
from people.addresses import TAKEN_FOR_EVER, address_triggers, is_taken
from people.choices import Visibility
from people.fields import FoldedField
from people.names import fold
from people.rules import RulesAtOnce
from people.tracking import tracked

WITHHELD_ADDRESS = "withheld-"  # and the case's number: its public address while names are withheld
NUMBERS = re.compile(r"([0-9]{1,18})")
IS_A_NUMBER = "Such an address belongs to the case with this number, while it withholds names. Choose other words."
SEALED_NEEDS_BASIS = "A sealed record needs its legal basis and the day it was sealed."


def sealed_is_explained(name: str) -> models.CheckConstraint:
    """The rule that nothing is sealed without a legal basis and a date."""
    return rule(
        name,
        ~Q(visibility=Visibility.SEALED) | (~Q(sealed_basis="") & Q(sealed_on__isnull=False)),
        SEALED_NEEDS_BASIS,
    )


def keeps_its_address(noun: str) -> list[pgtrigger.Trigger]:
    """The triggers by which no other page ever gets the address of one that was public, or is withdrawn."""
    return address_triggers(
        noun, columns=("editorial_state",), public="NEW.editorial_state IN ('published', 'withdrawn')"
    )


@tracked()
class Matter(Reviewed):
    """All the cases that grew from one incident. A matter has no status of its own: its cases have."""

    slug = address()
    title = line(200, blank=False, help_text="Mark a work's title with asterisks: *Rust* film-set shooting.")
    summary = prose(help_text="Two or three neutral sentences: what happened. Outcomes are shown from the record.")
    editorial_state = choice(choices.Editorial.choices, default=choices.Editorial.DRAFT, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    folded = FoldedField(compute=lambda matter: fold(matter.title))

    objects = MatterQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        abstract = False
        triggers = keeps_its_address("matter")
        constraints = [
            rule("matter_has_title", ~Q(title=""), "Enter a title."),
            rule("matter_state_known", one_of("editorial_state", choices.Editorial.choices), "Choose a state."),
        ]

    def __str__(self) -> str:
        return self.title.replace("*", "")

    def get_absolute_url(self) -> str:
        return reverse("public:matter", args=[self.slug])

    def clean(self) -> None:
        if self._state.adding and "\0" not in self.slug and is_taken("matter", self.slug, owner=self.pk):
            raise ValidationError({"slug": TAKEN_FOR_EVER})


@tracked("matter")
class Case(Reviewed):
    """One proceeding before one court: one docket.

    ``derived_*`` columns repeat what the law derives from the published acts, so that lists
    can filter. Only ``cases.editing.refresh_status`` writes them; ``check_record`` checks them.
    After the day ``derived_until`` they are to be derived anew, although nobody wrote anything.
    """

    slug = address()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    kind = choice(choices.CASE_KINDS, default="criminal")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="cases")
    docket_number = line(80, help_text="As the court writes it. Leave empty when it is not established.")
    caption = line(300, blank=False, help_text="The case's name: State of New Mexico v. David Halls.")
    summary = prose(help_text="Neutral and short. Do not write the status: it is derived from the acts.")
    editorial_state = choice(choices.Editorial.choices, default=choices.Editorial.DRAFT, db_index=True)
    visibility = choice(Visibility.choices, default=Visibility.PUBLIC)
    sealed_basis = line(300, help_text="The order or statute under which the record is sealed.")
    sealed_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(
        null=True, blank=True, help_text="Last day somebody checked that nothing is missing."
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    status_override = choice(choices.CASE_STATUSES, blank=True, help_text="Leave empty. Shown as an override.")
    override_reason = line(300, help_text="Why the derived status does not hold. The public reads this.")
    override_on = models.DateField(
        "override since",
        null=True,
        blank=True,
        help_text="From which day the override holds; earlier days are shown as derived. Empty: on every day.",
    )

    derived_status = choice(choices.CASE_STATUSES, default="unknown", editable=False, db_index=True)
    derived_finality = choice(choices.FINALITIES, default="unknown", editable=False, db_index=True)
    derived_wording = models.TextField(default="", editable=False, blank=True)
    derived_deadline = models.DateField(null=True, editable=False, db_index=True)
    derived_until = models.DateField(null=True, editable=False)
    first_act_on = models.DateField(null=True, editable=False)
    latest_act_on = models.DateField(null=True, editable=False, db_index=True)

    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    folded = FoldedField(compute=lambda case: fold(f"{case.caption} {case.docket_number}"))

    objects = CaseQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        abstract = False
        triggers = [*keeps_its_address("case"), *list_triggers()]
        permissions = [
            ("publish_record", "Can publish, withdraw and verify cases, acts and matters that others wrote"),
            ("publish_own", "Can publish what they wrote themselves"),
            ("seal_record", "Can seal cases and defendants, and lift seals"),
        ]
        indexes = [
            *Reviewed.Meta.indexes,
            models.Index(docket_without_marks(), name="case_docket_without_marks"),
            models.Index(fields=["derived_until"], name="case_derived_until", condition=Q(derived_until__isnull=False)),
            models.Index(
                fields=["verified_on"], name="case_verified", condition=Q(editorial_state=choices.Editorial.PUBLISHED)
            ),
        ]
        constraints = [
            rule("case_has_caption", ~Q(caption=""), "Enter the case's name."),
            rule("case_state_known", one_of("editorial_state", choices.Editorial.choices), "Choose a state."),
            once(
                "docket_number_once_a_court",
                ["court", "docket_number"],
                "This court already has a case with that docket number. Open that case instead.",
                condition=~Q(docket_number=""),
            ),
            rule(
                "override_has_reason",
                Q(status_override="", override_reason="", override_on__isnull=True)
                | (~Q(status_override="") & ~Q(override_reason="")),
                "An override needs a status and a reason, or neither and no day.",
            ),
            sealed_is_explained("case_sealed_is_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.caption} ({self.docket_number})" if self.docket_number else self.caption

    def get_absolute_url(self) -> str:
        """Where readers find it. Where names are withheld that is a number: the slug may be made of a name."""
        withheld = self.visibility == Visibility.NAME_WITHHELD
        return reverse("public:case", args=[f"{WITHHELD_ADDRESS}{self.pk}" if withheld else self.slug])

    def clean(self) -> None:
        if self._state.adding and "\0" not in self.slug and is_taken("case", self.slug, owner=self.pk):
            raise ValidationError({"slug": TAKEN_FOR_EVER})
        self.refuse_a_number()

    def refuse_a_number(self) -> None:
        """Raise ``ValidationError`` for an address that belongs to another case while it withholds its names."""
        if self._state.adding and re.fullmatch(rf"{WITHHELD_ADDRESS}\d+", self.slug):
            raise ValidationError({"slug": IS_A_NUMBER})

    @property
    def caption_in_order(self) -> list[str | int]:
        """What captions are sorted by, numbers as numbers: “Person 2” comes before “Person 10”."""
        return [int(part) if at % 2 else part for at, part in enumerate(NUMBERS.split(self.caption))]

    @property
    def is_sealed(self) -> bool:
        """Whether only a tombstone may be shown."""
        return self.visibility == Visibility.SEALED


@tracked("case", "target")
class CaseRelation(RulesAtOnce):
    """One case's directed relation to another; the target may be unresolved text (court and number)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="relations")
    kind = choice(choices.RELATIONS)
    target = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_in",
        help_text="The other case, if it is in this record.",
    )
    target_text = line(300, help_text="Otherwise its court and docket number, as the source gives them.")

    class Meta:
        constraints = [
            rule(
                "relation_has_one_target",
                (Q(target__isnull=False) & Q(target_text="")) | (Q(target__isnull=True) & ~Q(target_text="")),
                "Choose a case of this record, or describe the other case in words: one of the two.",
            ),
            rule(
                "relation_not_to_itself",
                Q(target__isnull=True) | ~Q(target=F("case")),
                "A case can not be related to itself.",
            ),
            once(
                "relation_once", ["case", "kind", "target"], "This relation is already recorded.",
                condition=Q(target__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{choices.label(self.kind)} {self.target or self.target_text}"

    def clean(self) -> None:
        if self.target_id is None and not self.target_text:
            raise ValidationError("Choose a case of this record, or describe the other case in words.")

"""The rows about who: Person (natural or legal), their other names, and old addresses that redirect."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from people.addresses import TAKEN_FOR_EVER, UsedAddress, address_triggers, is_taken
from people.choices import HIDDEN, NAMED, NameKind, NotNamed, PartyKind, Visibility
from people.fields import FoldedField
from people.index_models import IndexedName, NameToken, Standing, name_triggers, person_triggers
from people.names import fold, sort_name
from people.querysets import PersonQuerySet
from people.rules import RulesAtOnce
from people.tracking import tracked

SLUG_MESSAGE = "Use small letters, digits and single hyphens, for example “maria-de-la-cruz”."
_THEMSELVES = "Choose somebody else: a person is always the same as themselves."
slug_validator = RegexValidator(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", SLUG_MESSAGE)


def _folds(value: str) -> None:
    if not fold(value):
        raise ValidationError("Enter a name with at least one letter or digit.")


@tracked()
class Person(RulesAtOnce):
    """A person in law: a human being, an organisation, a government body, or a pseudonym.

    A person is published only through a role that a published act shows (see ``cases``);
    ``derived_standing`` repeats that for the search, and only ``cases.finding`` writes it.
    """

    slug = models.SlugField(
        max_length=120,
        unique=True,
        validators=[slug_validator],
        help_text="The last part of the page's address. It is permanent: it can not be changed later.",
    )
    kind = models.CharField(max_length=20, choices=PartyKind.choices, default=PartyKind.PERSON)
    name = models.CharField(
        max_length=200,
        validators=[ProhibitNullCharactersValidator(), _folds],
        help_text="The name as published, in its usual order: Hannah Gutierrez-Reed.",
    )
    described_as = models.CharField(
        max_length=200, blank=True, help_text="Who this is, in a few neutral words: actor and producer."
    )
    visibility = models.CharField(
        max_length=20,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        help_text="“Name withheld” and “Sealed” take the name out of every list, search and card. They do not change "
        "what editors wrote: captions, headlines and texts that have the name keep it until you change them.",
    )
    not_named_because = models.CharField(
        "not to be named",
        max_length=20,
        choices=NotNamed.choices,
        blank=True,
        default="",
        help_text="For a minor, or a victim who is not to be named: nothing that has the name in its words can be "
        "published. Choose “Name withheld” above as well.",
    )
    folded = FoldedField(compute=lambda person: fold(person.name))
    sort_name = FoldedField(
        compute=lambda person: sort_name(
            person.name, natural=person.kind not in (PartyKind.ORGANISATION, PartyKind.GOVERNMENT_BODY)
        ),
        db_index=True,
    )
    derived_standing = models.SmallIntegerField(choices=Standing.choices, default=Standing.NOTHING, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        permissions = [("merge_person", "Can make one person of two, and undo that")]
        # The desk asks for the few who are hidden, among very many who are not.
        indexes = [models.Index(fields=["visibility"], name="person_hidden", condition=Q(visibility__in=HIDDEN))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="person_has_name", violation_error_message="Enter a name."
            ),
            models.CheckConstraint(
                condition=Q(not_named_because="") | Q(visibility__in=HIDDEN),
                name="person_not_named_is_withheld",
                violation_error_message="Somebody who is not to be named has the visibility “Name withheld”.",
            ),
        ]
        triggers = [
            *person_triggers(),
            *address_triggers("person", columns=("derived_standing",), public="NEW.derived_standing > 0"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:person", args=[self.slug])

    def clean(self) -> None:
        if not self._state.adding or "\0" in self.slug:
            return
        moved = Redirect.objects.filter(old_slug=self.slug).select_related("person").first()
        if moved is not None:
            raise ValidationError(
                {"slug": f"Readers are led from this address to {moved.person}, for ever. Choose another."}
            )
        if is_taken("person", self.slug, owner=self.pk):
            raise ValidationError({"slug": TAKEN_FOR_EVER})

    @property
    def is_natural(self) -> bool:
        """Whether this is a human being (or a pseudonym of one) and not a body."""
        return self.kind in (PartyKind.PERSON, PartyKind.PSEUDONYM)

    @property
    def public_name(self) -> str:
        """The name that a public page may show."""
        return self.name if self.is_visible else "Name withheld"

    @property
    def is_visible(self) -> bool:
        """Whether the name may be shown in public."""
        return self.visibility in NAMED


@tracked("person")
class Name(models.Model):
    """Another name of a person: an alias, the full name, a former name, or a transliteration."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    text = models.CharField("name", max_length=200, validators=[ProhibitNullCharactersValidator(), _folds])
    kind = models.CharField(max_length=20, choices=NameKind.choices, default=NameKind.ALIAS)
    folded = FoldedField(compute=lambda name: fold(name.text), db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"],
                name="name_once_a_person",
                violation_error_message="This person already has that name.",
            ),
        ]
        triggers = name_triggers()

    def __str__(self) -> str:
        return self.text


@tracked("person", "other")
class Namesake(RulesAtOnce):
    """An editor's word that two persons of like name are not the same; it holds both ways."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="namesakes")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="namesake_of")
    note = models.CharField(
        max_length=200,
        blank=True,
        validators=[ProhibitNullCharactersValidator()],
        help_text="How to tell them apart, neutrally: a different date of birth in the court's register.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                name="namesake_once",
                violation_error_message="This is already said of the two.",
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("other")),
                name="namesake_of_another",
                violation_error_message=_THEMSELVES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} is not {self.other}"

    def clean(self) -> None:
        if self.other_id is not None and self.other_id == self.person_id:
            raise ValidationError({"other": _THEMSELVES})
        if Namesake.objects.filter(person=self.other_id, other=self.person_id).exclude(pk=self.pk).exists():
            raise ValidationError({"other": "This is already said of the two."})


@tracked("person")
class Redirect(RulesAtOnce):
    """An old address of a person that leads to the present one; it is kept for ever."""

    old_slug = models.SlugField(max_length=120, unique=True, validators=[slug_validator])
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="redirects")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(old_slug=""),
                name="redirect_from_somewhere",
                violation_error_message="Enter the old address.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.person.slug}"

    def clean(self) -> None:
        if Person.objects.filter(slug=self.old_slug).exists():
            raise ValidationError(
                {"old_slug": "A person has this address now. Choose the address that is no longer used."}
            )
        absorbed = Merge.objects.filter(absorbed_slug=self.old_slug, kept=self.person_id).exists()
        if self._state.adding and not absorbed and is_taken("person", self.old_slug, owner=self.person_id):
            raise ValidationError({"old_slug": TAKEN_FOR_EVER})


@tracked("kept")
class Merge(models.Model):
    """That two persons became one, and all it takes to undo it. Only ``people.merging`` writes it."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    absorbed_slug = models.SlugField(max_length=120)
    absorbed_name = models.CharField(max_length=200)
    record = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.absorbed_name} merged into {self.kept}"


__all__ = [
    "IndexedName",
    "Merge",
    "Name",
    "NameToken",
    "Namesake",
    "Person",
    "Redirect",
    "Standing",
    "UsedAddress",
    "slug_validator",
]

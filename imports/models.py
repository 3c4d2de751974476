"""What imports keep: how a source's tables are read, batches of proposals, and which row each thing became."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from cases import history
from cases.models import Case, Court, Source
from cases.models.columns import line, once, prose, rule
from imports.choices import Decision, Kind, State
from imports.reading import identity
from imports.reading import mapping as mappings
from imports.reading.found import NotReadableError
from imports.terms import refuse_strange_words
from people.models import Person
from people.tracking import tracked

SHIPPED = "A mapping that comes with the program is called “{}”. Choose another name."
KEEPS_ITS_NAME = "The name of a mapping stays as it is (“{}”): what its files brought in is known by it."

REKEYED = "rekeyed"
CHANGES_KEYS = (
    "This changes by what a row is known again: {}. {} of this source came into the record by the old way. They stay "
    "as they are, but a newer file does not know them: it proposes their rows again as new, those that were rejected, "
    "too (a case whose court and docket number the record has is joined; of a person of the same name it asks who that "
    "is). What still waits for a decision waits twice."
)
ON_ITS_PAGE = "Whoever means that says so on the page of the table: “Tables that can be read”."


class Origin(models.Model):
    """A source of files whose keys mean the same from file to file: PACER, one table, one newsroom's sheet."""

    slug = models.SlugField(max_length=80, unique=True)
    name = line(200, blank=False)

    class Meta:
        verbose_name = "source of files"
        verbose_name_plural = "sources of files"
        constraints = [rule("origin_has_name", ~Q(name=""), "Enter a name.")]

    def __str__(self) -> str:
        return self.name


@tracked()
class Mapping(models.Model):
    """What each column of one source's tables is, as an editor said it; in the form of a TOML file.

    ``name`` is the TOML's own, and that of its ``Origin``; ``title`` is what people call the source. ``is_rekeyed``
    is said by whoever was told that it makes other rows the same, and means it.
    """

    is_rekeyed = False

    name = models.SlugField(
        max_length=60,
        unique=True,
        blank=True,
        editable=False,
        error_messages={"unique": "A table of that name is known already. Change that one, or choose another name."},
    )
    title = line(200, editable=False)
    text = prose(blank=False, verbose_name="mapping, as TOML", help_text="See “Files that can be read, and mappings”.")

    class Meta:
        verbose_name = "table that can be read"
        verbose_name_plural = "tables that can be read"
        constraints = [rule("mapping_has_text", ~Q(text=""), "Say what the columns are.")]

    def __str__(self) -> str:
        return self.title or self.name

    def clean(self) -> None:
        """Take name and title from the TOML. Raises ``ValidationError`` naming the line or the key that is wrong."""
        try:
            said = mappings.of_words(self.text)
            refuse_strange_words(said)
        except NotReadableError as refusal:
            raise ValidationError({"text": str(refusal)}) from refusal
        if self.pk and self.name != said.name:
            raise ValidationError({"text": KEEPS_ITS_NAME.format(self.name)})
        if any(said.name == one.name for one in mappings.shipped()):
            raise ValidationError({"text": SHIPPED.format(said.name)})
        if not self.is_rekeyed and (warning := self.rekeyed(said)):
            raise ValidationError({"text": ValidationError(f"{warning} {ON_ITS_PAGE}", code=REKEYED)})
        self.name, self.title = said.name, (said.title or said.name)[:200]

    def rekeyed(self, said: mappings.TableMapping) -> str:
        """Return what would happen to what came in so far if its rows were known by what is said now; "" if nothing.

        A mapping that was removed is what was kept under its name before.
        """
        before = history.history_of(Mapping)._base_manager.filter(name=said.name).order_by("-pgh_id").first()
        try:
            parts = identity.changed(mappings.of_words(before.text), said) if before is not None else ()
        except NotReadableError:  # kept when other things could be said: no file was read by it since
            parts = ()
        if not parts:
            return ""
        # Where court and docket number make the key, the source's own number makes none.
        own = Q(within__startswith=f"{said.name}:") if parts == (identity.OWN,) else Q()
        came = SourceKey.objects.filter(own, origin__slug=slugify(said.name), kind=Kind.CASE)
        waiting = Proposal.objects.filter(own, batch__origin__slug=slugify(said.name), decision=Decision.OPEN)
        kept = came.filter(row__isnull=False).count()
        if not (came.exists() or waiting.exists()):
            return ""
        return CHANGES_KEYS.format(" and ".join(parts), f"{kept:,} case{'' if kept == 1 else 's'}")


class CourtName(models.Model):
    """What a source calls a court, and which court of the record that is: court ids differ between sources."""

    origin = models.ForeignKey(Origin, on_delete=models.CASCADE, related_name="court_names")
    name = line(300, blank=False, help_text="The source's own id or name for the court.")
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "court as a source calls it"
        verbose_name_plural = "courts as sources call them"
        constraints = [
            once("court_name_once", ["origin", "name"], "This name of the source is already a court."),
            rule("court_name_not_empty", ~Q(name=""), "Enter what the source calls the court."),
        ]

    def __str__(self) -> str:
        return f"{self.name} is {self.court}"


class Batch(models.Model):
    """One run over one file: what it would add or change. ``account`` counts what the file holds.

    The file itself is not kept: it may hold addresses and dates of birth that must not be stored.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="batches")
    file_name = line(200, blank=False)
    sha256 = models.CharField(max_length=64)
    source_kind = models.CharField(max_length=40)
    credit = line(500)
    account = models.JSONField(default=dict)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.file_name}, {self.made_at:%d %B %Y %H:%M}" if self.made_at else self.file_name


class Proposal(models.Model):
    """One thing a file says, beside what the record has. Keys are the source's own; ``within`` is the case's.

    ``counts_as`` are the rows of the account that it is counted in. It is emptied when what it tells of is sealed,
    or may not be named any more (``imports.forgetting``).

    ``marks`` are words by which an earlier file of the source may have named the same case. ``candidates`` are persons,
    or cases, that may be the same, each with its reasons; an editor says which it is (``person``, ``row``, ``is_new``).
    """

    # Thousands of rows are written and decided on at once: no index but those that are asked.
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="proposals", db_index=False)
    position = models.PositiveIntegerField()
    within = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, blank=True)
    key = models.CharField(max_length=800)
    rests_on = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State.choices)
    decision = models.CharField(max_length=20, choices=Decision.choices, default=Decision.OPEN)
    label = models.CharField(max_length=300)
    old = models.JSONField(null=True)
    new = models.JSONField(default=dict)
    reason = prose()
    counts_as = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    is_new = models.BooleanField(default=False)
    row = models.BigIntegerField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            once("proposal_once_a_batch", ["batch", "key"], "This batch already has a proposal with that key."),
        ]
        indexes = [models.Index(fields=["batch", "within", "position"], name="proposal_of_case")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_question(self) -> bool:
        """Whether an editor has yet to say who, or which case, this is."""
        return bool(self.candidates) and not self.is_new and self.person_id is None and self.row is None

    @property
    def asks_home(self) -> bool:
        """Whether an editor has yet to say which case this is, or of what kind: the file tells of neither."""
        return self.kind == Kind.CASE and self.state == State.NEW and self.row is None and not self.new.get("kind")


class SourceKey(models.Model):
    """Which row of the record a thing of a source is, by the source's own key. Without a row: an editor rejected it.

    ``proposal`` is the last one decided: its ``new`` is what the source said, and the editors answered. ``moved_to`` is
    the key of the case under which the source has it now, where the court gave the case another number.
    """

    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="keys", db_index=False)
    key = models.CharField(max_length=800)
    within = models.CharField(max_length=400)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    row = models.BigIntegerField(null=True)
    moved_to = models.CharField(max_length=400, blank=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="keys")

    class Meta:
        constraints = [once("source_key_once", ["origin", "key"], "This key of the source is already known.")]
        indexes = [models.Index(fields=["origin", "within"], name="source_key_of_case")]

    def __str__(self) -> str:
        return self.key


class FormerNumber(models.Model):
    """A docket number that a case had before the court gave it another; a file may still come with the old one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="former_numbers")
    docket_number = line(80, blank=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            once("former_number_once", ["case", "docket_number"], "This number is already kept with the case."),
            rule("former_number_not_empty", ~Q(docket_number=""), "Enter the number."),
        ]

    def __str__(self) -> str:
        return f"{self.case}, formerly {self.docket_number}"

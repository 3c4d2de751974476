"""What a row of each table is: which of the record's rows it names, and how it is written as a draft."""

from typing import Any, ClassVar

import tablib
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.text import slugify
from import_export.resources import ModelResource
from import_export.results import Result

from cases import choices, editing
from cases.choices import Editorial
from cases.editing.watching import is_read
from cases.models import Case, Charge, Defendant, Matter
from desk.tables.columns import (
    ActReference,
    Choice,
    CourtReference,
    DefendantReference,
    Number,
    Reference,
    Text,
    column,
    persons_called,
)
from desk.tables.files import printable
from people.addresses import is_taken
from people.models import Person, Redirect

PUBLISHED = "It is {state}. A table changes drafts only: change it on its own page."
ACT = "it is {state}. A table adds to drafts only: enter the charge on the act's page."
READ = "Readers can read it. A table changes drafts only: change it on its own page."


class _NothingWrittenError(Exception):
    """Undoes what a preview wrote, or a table of which one row was refused."""


class RecordTable(ModelResource):
    """A table of the record. Every row is written by the verbs, all of them in one sitting or none."""

    TOLD: ClassVar[tuple[str, ...]] = ()  # columns that only tell

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by: User | None = None

    # --- in

    def take(self, table: tablib.Dataset, *, by: User, dry_run: bool) -> Result:
        """Take a table in, or see what that would do. Where one row is refused, nothing is written.

        Raises ``ValidationError`` for what is wrong with the table as a whole.
        """
        self._check_columns(table.headers or [])
        self.by = by
        result: Result | None = None
        try:
            with editing.sitting(by=by) as current:
                result = self.import_data(table, use_transactions=True, rollback_on_validation_errors=True)
                if dry_run or result.has_errors() or result.has_validation_errors():
                    if not (result.has_errors() or result.has_validation_errors()):
                        current.settle()  # rules that span rows are asked in the preview already
                    raise _NothingWrittenError
        except _NothingWrittenError:
            pass
        assert result is not None  # noqa: S101  (whatever else happens is raised)
        return result

    def do_instance_save(self, instance: Model, is_create: bool) -> None:  # noqa: FBT001  # their signature
        """Write by the verb: a new row is a draft."""
        assert self.by is not None  # noqa: S101  (``take`` says who)
        editing.save(instance, by=self.by)

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True  # noqa: FBT001, FBT002 - import-export's signature
    ) -> None:  # fmt: skip
        """Refuse to change what is no draft; the verb validates the rest."""
        if import_validation_errors:
            raise ValidationError(import_validation_errors)
        if instance.pk is not None:
            self.refuse_what_is_no_draft(type(instance)._base_manager.get(pk=instance.pk))

    def refuse_what_is_no_draft(self, stored: Any) -> None:
        """Raise ``ValidationError`` where readers read the row, or somebody looks at it."""
        state = getattr(stored, "editorial_state", Editorial.DRAFT)
        if state != Editorial.DRAFT:
            raise ValidationError(PUBLISHED.format(state=stored.get_editorial_state_display().lower()))
        if is_read(stored):
            raise ValidationError(READ)

    def _check_columns(self, header: list[str]) -> None:
        known = [field.column_name for field in self.get_import_fields()] + list(self.TOLD)
        needed = [name for name in known if name not in self.TOLD]
        if missing := [name for name in needed if name not in header]:
            raise ValidationError(f"The first line of this table lacks: {', '.join(missing)}.")
        if unknown := [name for name in header if name not in known]:
            names = ", ".join(f"“{name[:40]}”" for name in unknown[:10])
            raise ValidationError(
                f"This table has no column for {names}. Remove what is not known: {', '.join(known)}."
            )
        if len(set(header)) < len(header):
            raise ValidationError("Two columns of this table have the same name. Remove one of them.")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for name, value in list(row.items()):
            row[name] = str(value if value is not None else "").strip()

    def import_field(self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 - import-export's signature
        """Keep a text as it is stored where the cell differs in nothing but what a spreadsheet does to it."""
        before = field.get_value(instance)
        super().import_field(field, instance, row, is_m2m, **kwargs)
        text = isinstance(field.widget, Text) and isinstance(before, str)
        if text and _plain(before) == _plain(str(field.get_value(instance) or "")):
            setattr(instance, field.attribute, before)

    # --- out

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [*super().get_export_headers(selected_fields), *self.TOLD]

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        told = self.tell(instance)
        return [*super().export_resource(instance, selected_fields, **kwargs), *(told[name] for name in self.TOLD)]

    def tell(self, instance: Any) -> dict[str, str]:
        """Return what the columns that only tell say of a row."""
        return {}

    def refuse_other_words(self, row: Any, instance: Any) -> None:
        """Refuse a row whose telling columns say something else than the record does."""
        told = self.tell(instance) if instance is not None and instance.pk else {}
        for name in self.TOLD:
            said = row.get(name, "")
            if said and said != told.get(name, ""):
                now = f"It is “{told[name]}”." if told.get(name) else "Leave it empty for a new row."
                raise ValidationError(f"The column “{name}” only tells, and can not be changed by a table. {now}")


class CaseTable(RecordTable):
    """Cases, by their address."""

    TOLD = ("state",)

    address = column("address", Text(), "slug")
    name = column("name", Text(), "caption")
    kind = column("kind", Choice(choices.CASE_KINDS, default="criminal"))
    court = column("court", CourtReference())
    docket_number = column("docket_number", Text())
    matter = column("matter", Reference(Matter, "matter"))
    summary = column("summary", Text())

    class Meta:
        model = Case
        fields = ("address", "name", "kind", "court", "docket_number", "matter", "summary")
        import_id_fields = ("address",)
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        store_row_values = True

    def tell(self, instance: Case) -> dict[str, str]:
        return {"state": instance.editorial_state}

    def get_instance(self, instance_loader: Any, row: Any) -> Case | None:
        found = Case.objects.filter(slug=row["address"]).select_related("court", "matter").first()
        self.refuse_other_words(row, found or Case())
        return found

    def filter_export(self, queryset: QuerySet[Case], **kwargs: Any) -> QuerySet[Case]:
        return queryset.select_related("court", "matter")


class DefendantTable(RecordTable):
    """Defendants, by the address of their case and of the person.

    Somebody new is entered by name, and an address if the person is in several rows.
    """

    case = column("case", Reference(Case, "case", needed=True))
    person = column("person", Reference(Person, "person"))
    position = column("position", Number(default=1))
    described_as = column("described_as", Text())

    TOLD = ("name",)

    class Meta:
        model = Defendant
        fields = ("case", "person", "position", "described_as")
        import_id_fields = ("case", "person")
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        store_row_values = True

    def tell(self, instance: Defendant) -> dict[str, str]:
        return {"name": instance.person.name}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        person = self._person(row["person"], row.get("name", ""))
        row["person"] = person.slug

    def get_instance(self, instance_loader: Any, row: Any) -> Defendant | None:
        rows = Defendant.objects.filter(case__slug=row["case"], person__slug=row["person"])
        found: Defendant | None = rows.select_related("case", "person").first()
        return found

    def filter_export(self, queryset: QuerySet[Defendant], **kwargs: Any) -> QuerySet[Defendant]:
        return queryset.select_related("case", "person")

    def _person(self, slug: str, name: str) -> Person:
        """Return whom a row means. Raises ``ValidationError`` where that is not certain."""
        found = Person.objects.filter(slug=slug).first() if slug else None
        if found is not None:
            if name and name != found.name:
                raise ValidationError(
                    f"The person “{slug}” is called “{found.name}”, and not “{name[:80]}”. A name is changed on the "
                    "person's own page."
                )
            return found
        if not name:
            told = f"There is no person with the address “{slug[:80]}”." if slug else "Name the person."
            raise ValidationError(f"{told} For somebody new, enter the name too.")
        if known := persons_called(name):
            raise ValidationError(
                f"Somebody called “{name[:80]}” is in the record. If it is one of them, enter the address as the "
                f"person: {', '.join(one.slug for one in known)}. If it is somebody else, enter them at the desk first."
            )
        assert self.by is not None  # noqa: S101  (``take`` says who)
        return editing.save(Person(slug=slug or _free_slug(name), name=name), by=self.by)


class ChargeTable(RecordTable):
    """Charges, by their number in the record; a new one has none. The act that brings one is a draft."""

    charge = column("charge", Number(), "pk", readonly=True)
    case = column("case", Text(), "defendant__case__slug", readonly=True)
    person = column("person", DefendantReference(), "defendant")
    act = column("act", ActReference(), "created_by")
    count = column("count", Number(), saves_null_values=True)
    title = column("title", Text())
    statute = column("statute", Text())
    severity = column("severity", Choice(choices.Severity.choices, default="unknown"))
    degree = column("degree", Text())
    applicability = column("applicability", Choice(choices.Applicability.choices, default="principal"))
    instrument = column("instrument", Choice([("", ""), *choices.Instrument.choices]))
    quantity = column("quantity", Number(default=1))

    class Meta:
        model = Charge
        fields = (
            "charge", "case", "person", "act", "count", "title", "statute", "severity", "degree", "applicability",
            "instrument", "quantity",
        )  # fmt: skip
        import_id_fields = ("charge",)
        skip_unchanged = True
        report_skipped = True
        skip_html_diff = True
        store_instance = True
        store_row_values = True

    def get_instance(self, instance_loader: Any, row: Any) -> Charge | None:
        if not row["charge"]:
            return None
        known = row["charge"].isascii() and row["charge"].isdecimal() and len(row["charge"]) < 10
        rows = Charge.objects.select_related("defendant__case", "defendant__person", "created_by")
        found: Charge | None = rows.filter(pk=row["charge"]).first() if known else None
        if found is None:
            raise ValidationError("There is no charge with this number. Leave it empty for a new one.")
        return found

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True  # noqa: FBT001, FBT002 - import-export's signature
    ) -> None:  # fmt: skip
        """Refuse also what an act that is no draft brings, and to give a charge to somebody else."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        assert isinstance(instance, Charge)  # noqa: S101  (the table's model)
        stored = Charge.objects.filter(pk=instance.pk).select_related("created_by").first() if instance.pk else None
        if stored is not None and stored.defendant_id != instance.defendant_id:
            raise ValidationError("A charge stays with its defendant. Enter a new one for somebody else.")
        for act in (instance.created_by, *([stored.created_by] if stored is not None else ())):
            if act.editorial_state != Editorial.DRAFT:
                raise ValidationError(
                    f"The act {act.pk} brings it: {ACT.format(state=act.get_editorial_state_display().lower())}"
                )

    def filter_export(self, queryset: QuerySet[Charge], **kwargs: Any) -> QuerySet[Charge]:
        return queryset.select_related("defendant__case", "defendant__person", "created_by")


def _plain(text: str) -> str:
    """Return what of a text survives a spreadsheet: no control characters, no spaces at the ends of its lines."""
    lines = printable(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _free_slug(name: str) -> str:
    """Return an address made of a name that nobody has."""
    start = slugify(name)[:100].strip("-") or "person"
    slug, number = start, 2
    while _is_taken(slug):
        slug, number = f"{start}-{number}", number + 1
    return slug


def _is_taken(slug: str) -> bool:
    there = Person.objects.filter(slug=slug).exists() or Redirect.objects.filter(old_slug=slug).exists()
    return there or is_taken("person", slug, owner=None)

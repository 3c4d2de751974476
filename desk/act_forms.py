"""The forms of an act's page: the act itself, the charges it brings, what it decides, its sources, its roles."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property

from cases import choices
from cases.law import vocabulary as law
from cases.law.status import may_dispose
from cases.models import Charge, Defendant, Event
from desk import choices_within as within
from desk.forms import RecordForm, RecordFormSet

NOT_HELD = "An act that was not held can not carry charges, outcomes or a sentence. Set it to “Held”, or remove these."
DECIDES_NOTHING = "This kind of act decides nothing about a charge. Enter the ruling, verdict or notice that does."
NO_CASE = "Charges, outcomes and sentences belong to an act of a case. Choose the case."


def _whats() -> list[Any]:
    """Return every kind of act, grouped by category; each also names its category, for when the list is closed."""
    groups = []
    for category, kinds in law.KINDS.items():
        name = dict(choices.CATEGORIES)[category.value]
        rows = [(f"{category.value}:{kind}", f"{name}: {choices.label(kind).lower()}") for kind in kinds]
        groups.append((name, rows))
    return [("", "Choose what happened"), *groups]


class ActForm(RecordForm):
    """An act. Its category and its kind are one choice, so that they can not contradict each other."""

    stand_for = {"kind": "what", "category": "what"}
    what = forms.ChoiceField(
        label="What happened", help_text="Grouped by category. For a ruling: what the court was asked for."
    )

    class Meta:
        model = Event
        exclude = ("category", "kind", "editorial_state")
        widgets = {"defendants": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = _whats()  # type: ignore[attr-defined]  # a field with choices
        act = within.parent_act(self.data or self.initial, self.instance)
        if act.category:
            self.initial["what"] = f"{act.category}:{act.kind}"
        within.limit(self, "defendants", within.defendants_of(act), within.name_defendant)
        within.limit(self, "reverses", within.acts_within_reach(act))

    def shown_of(self, row: Model) -> dict[str, Any]:
        """Return what the fields would show of an act; its category and kind are one of them."""
        act = cast(Event, row)
        return super().shown_of(row) | {"what": f"{act.category}:{act.kind}"}

    def clean(self) -> dict[str, Any]:
        """Give the act its category and kind before its rules are asked."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.category, _, self.instance.kind = cleaned.get("what", "").partition(":")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The type is ignored: Django's own, not in its stubs.
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # of the class it is mixed into
        return excluded if "what" in self.errors else excluded - {"category", "kind"}

    def changed_what(self) -> bool:
        """Whether the category or the kind was changed."""
        return "what" in self.changed_data


# What a verb refuses of a whole act, and the rows in which it is mended.
BESIDE_ROWS = {"no_source": "citations", "one_report": "citations", "no_outcome": "outcomes"}


def place_of(error: ValidationError, sent: Mapping[str, Any]) -> str:
    """Return the prefix of the rows beside which ``error`` stands on the page that was sent; "" for above the form."""
    prefix = BESIDE_ROWS.get(error.code or "", "")
    return prefix if f"{prefix}-TOTAL_FORMS" in sent else ""


class EffectFormSet(RecordFormSet):
    """Rows that rest on an act: their rules look at the act as it stands in this form, not as it was stored.

    ``refused`` is what a verb said of these rows as a whole, when the same page was tried.
    """

    needs_held = True

    def __init__(self, *args: Any, refused: Sequence[ValidationError] = (), **kwargs: Any) -> None:
        self.refused = refused
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Tell what was refused with the errors of the rows."""
        super().full_clean()
        if self.is_bound and self.refused and not any(self.errors):
            self.non_form_errors().extend(list(self.refused))

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form: forms.ModelForm = super()._construct_form(i, **kwargs)
        setattr(form.instance, self.fk.name, self.instance)
        return form

    @cached_property
    def defendants(self) -> QuerySet[Defendant]:
        """The defendants of the act's own case, asked for once a page."""
        return within.defendants_of(self.instance).filter(case=self.instance.case_id)

    @cached_property
    def charges(self) -> QuerySet[Charge]:
        """The charges in the act's own case, asked for once a page."""
        return within.charges_in_case(self.instance)

    def rows(self) -> list[forms.ModelForm]:
        """Return the forms that will be stored."""
        kept = (form for form in self.forms if form not in self.deleted_forms)
        return [form for form in kept if form.has_changed() or form.instance.pk]

    def clean(self) -> None:
        """Refuse effects of an act that was not held, or that has no case."""
        super().clean()
        if any(self.errors) or not self.needs_held or not self.rows():
            return
        if self.instance.occurrence != "held":
            raise ValidationError(NOT_HELD)
        if self.instance.case_id is None:
            raise ValidationError(NO_CASE)


class ChargeFormSet(EffectFormSet):
    """The charges an act brings."""

    @cached_property
    def earlier(self) -> QuerySet[Charge]:
        """What a new charge may follow, in whatever case."""
        return within.charges_of_same_people(self.instance)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        within.limit(form, "defendant", self.defendants, within.name_defendant)
        within.limit(form, "enhances", self.charges, within.name_charge)
        within.limit(form, "replaces", self.earlier, within.name_charge)


class OutcomeFormSet(EffectFormSet):
    """What an act decided about charges."""

    @cached_property
    def charges(self) -> QuerySet[Charge]:
        """The charges of the act's case, and of the cases it is an appeal of."""
        return within.charges_of(self.instance)

    @cached_property
    def brought(self) -> QuerySet[Charge]:
        """The charges that the act brings: into one of them another may have been merged."""
        return within.charges_in_case(self.instance).filter(created_by=self.instance.pk)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        within.limit(form, "charge", self.charges, within.name_charge)
        within.limit(form, "merged_into", self.brought, within.name_charge)

    def clean(self) -> None:
        """Refuse an outcome of an act that decides nothing."""
        super().clean()
        act = self.instance
        if any(self.errors) or not self.rows() or not act.category:
            return
        if not may_dispose(act.category, act.kind, act.decision):
            raise ValidationError(DECIDES_NOTHING)


class SentenceFormSet(EffectFormSet):
    """The parts of the sentence that an act imposed."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        within.limit(form, "charge", self.charges, within.name_charge)


class CitationFormSet(EffectFormSet):
    """The sources of an act; a scheduled act has them too."""

    needs_held = False


class RoleFormSet(EffectFormSet):
    """The roles that an act's source shows; they belong to the act's case, or to its matter."""

    needs_held = False

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)
        if form.instance.pk is None:
            form.instance.case_id = self.instance.case_id
            form.instance.matter_id = self.instance.matter_id
        return form

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        within.limit(form, "represents", self.defendants, within.name_defendant)


class ShownByFormSet(RecordFormSet):
    """The roles on a case's or a matter's page: each is shown by an act, chosen among theirs."""

    @cached_property
    def acts(self) -> QuerySet[Event]:
        """The acts that may show a role here."""
        return within.acts_that_show(self.instance)

    @cached_property
    def defendants(self) -> QuerySet[Defendant]:
        """Whom counsel may act for."""
        return within.defendants_in(self.instance)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        within.limit(form, "shown_by", self.acts)
        within.limit(form, "represents", self.defendants, within.name_defendant)

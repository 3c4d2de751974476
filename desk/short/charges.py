"""The charges of a charging document, as rows: who is charged with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from cases.choices import Instrument
from cases.law.vocabulary import CaseKind
from cases.models import Charge, Defendant, Event
from desk.short.civil import told

MOST_CHARGES = 400
STILL_READ = MOST_CHARGES + 200  # rows that are shown again although they are too many: their typing is not lost
NO_CHARGE = "Enter at least one charge: who is charged with what."
SAME_COUNT = "This document already has a count with that number against this defendant."  # as the record refuses it
NO_DEFENDANT = "This case has no defendant yet. Add them on the page of the case first."
_WHOLE = {"invalid": "Enter a whole number.", "min_value": "The first is 1.", "max_value": "That is too many."}
ONE_OF = {"invalid_choice": "Choose one of the list."}


class KnownRowField(forms.ModelChoiceField):
    """One row of a few that are loaded already: a form with four hundred rows asks the database nothing for each."""

    def __init__(self, *, label: str | None = None) -> None:
        super().__init__(queryset=None, required=False, error_messages=ONE_OF, label=label)
        self.rows: Mapping[str, Any] = {}

    def offer(self, rows: Mapping[str, Model], choices: list[Any]) -> None:
        """Take one of ``rows``, which are by what is sent for each, and offer them in these words."""
        self.rows = rows
        if choices:
            self.choices = choices

    def to_python(self, value: Any) -> Any:
        """Return the row, or None for nothing."""
        if value in self.empty_values:
            return None
        if str(value) not in self.rows:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.rows[str(value)]

    def validate(self, value: Any) -> None:
        """Nothing is left to be asked of a row that is known."""


class ChargeForm(forms.Form):
    """One charge: against whom, which count, what it is called, under which law. A row without a title is none."""

    defendant = KnownRowField()
    count = forms.IntegerField(min_value=1, max_value=32767, required=False, error_messages=_WHOLE)
    title = forms.CharField(
        label="Charge", max_length=300, required=False,
        widget=forms.TextInput(attrs={"placeholder": "As the document words it"}),
    )  # fmt: skip
    statute = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, everybody: list[Defendant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.civil = bool(everybody) and everybody[0].case.kind == CaseKind.CIVIL
        self.fields["title"].label = told("Charge", civil=self.civil)
        field = self.fields["defendant"]
        self.everybody = everybody
        if isinstance(field, KnownRowField):
            empty = [("", "Choose")] if len(everybody) != 1 else []
            by_id = {str(row.pk): row for row in everybody}
            field.offer(by_id, [*empty, *((pk, str(row.person)) for pk, row in by_id.items())])
        if len(everybody) == 1:
            field.initial = everybody[0].pk
            field.widget = forms.HiddenInput()

    @property
    def is_entered(self) -> bool:
        """Whether the row is a charge."""
        return self.has_changed()

    def clean(self) -> dict[str, Any]:
        """Ask for what makes a charge one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_entered:
            return cleaned
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", told("Enter what the charge is called.", civil=self.civil))
        if not cleaned.get("defendant") and "defendant" not in self.errors:
            self.add_error("defendant", told("Choose who is charged.", civil=self.civil))
        return cleaned

    def charge(self, act: Event, *, instrument: str) -> Charge:
        """Return the charge that ``act`` brings, not saved."""
        said = self.cleaned_data
        return Charge(
            defendant=said["defendant"],
            created_by=act,
            count=said["count"],
            title=said["title"],
            statute=said["statute"],
            instrument=instrument or (act.kind if act.kind in Instrument.values else ""),
        )


@dataclass(frozen=True)
class Brought:
    """What a document brings, none of it saved: each row with its charge, those first that others rest on.

    ``merged``: the rows whose earlier charges became part of a new one, each with the earlier and the new charge.
    """

    charges: Sequence[tuple[ChargeForm, Charge]]
    merged: Sequence[tuple[ChargeForm, Charge, Charge]] = ()


class ChargeFormSet(forms.BaseFormSet):
    """The charges of one document."""

    def __init__(self, *args: Any, everybody: list[Defendant], **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "charges")
        kwargs["form_kwargs"] = {"everybody": everybody} | kwargs.get("form_kwargs", {})
        super().__init__(*args, **kwargs)
        self.everybody = everybody

    def rows(self) -> list[ChargeForm]:
        """Return the rows in which something was entered."""
        return [form for form in self.forms if form.is_entered]

    def clean(self) -> None:
        """A charging document charges somebody with something."""
        if not self.everybody:
            raise ValidationError(NO_DEFENDANT)
        if not any(self.errors) and not self.rows():
            raise ValidationError(told(NO_CHARGE, civil=self.everybody[0].case.kind == CaseKind.CIVIL))
        if not any(self.errors):
            self._refuse_same_counts()

    def _refuse_same_counts(self) -> None:
        """Say beside the second row with a number that it is there already: before it is saved, and when foretold."""
        numbered: set[tuple[int, int]] = set()
        for row in self.rows():
            of_whom, count = row.cleaned_data["defendant"].pk, row.cleaned_data["count"]
            if count is not None and (of_whom, count) in numbered:
                row.add_error("count", SAME_COUNT)
            elif count is not None:
                numbered.add((of_whom, count))

    def refuse_replaced(self, *, how: str) -> bool:
        """Say beside each row that can not follow its charge, which was replaced already; whether there are any."""
        return False

    def brought(self, act: Event, *, instrument: str, how: str) -> Brought:
        """Return what ``act`` brings. ``how`` says how charges follow earlier ones, where somebody said so."""
        return Brought([(row, row.charge(act, instrument=instrument)) for row in self.rows()])


def charge_rows(data: Any, everybody: list[Defendant]) -> ChargeFormSet:
    """Return the rows for charges against ``everybody``, with what was sent in, if anything was."""
    made: Any = forms.formset_factory(
        ChargeForm, formset=ChargeFormSet, extra=2, max_num=MOST_CHARGES, absolute_max=STILL_READ, validate_max=True
    )
    rows: ChargeFormSet = made(data, everybody=everybody)
    return rows

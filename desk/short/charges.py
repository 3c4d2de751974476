"""The charges of a charging document, as rows: those it brings first, or those that take the place of earlier ones."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.choices import Instrument
from cases.law.terms import is_open
from cases.law.vocabulary import ChargeClass, ReplacesHow
from cases.models import Case, Charge, Defendant, Event
from desk.choices_within import charges_of_same_people
from desk.ruling.docket import Docket
from people.names import fold

MOST_CHARGES = 100
NO_CHARGE = "Enter at least one charge: who was charged with what."
NO_DEFENDANT = "This case has no defendant yet. Add them on the page of the case first."
LEFT_BEHIND = "This is an enhancement of “{}”, which is left out here. Leave it out as well, or keep that one."
REPLACED = (
    "“{}” was replaced already, by whatever was entered meanwhile or before. Choose the charge that took its place; or "
    "say under “How they follow the earlier ones” how this one follows it."
)
NOT_ALL = (
    "This case has {} open charges, and one form has room for {}: the others do not stand here. Enter those on the "
    "page of this act afterwards, each in place of an earlier one; until then they stay open."
)
_WHOLE = {"invalid": "Enter a whole number.", "min_value": "The first is 1.", "max_value": "That is too many."}
_ONE_OF = {"invalid_choice": "Choose one of the list."}
# What stays the same of a charge that a new document words in the same way.
_KEPT = ("severity", "degree", "applicability", "quantity")


class ChargeForm(forms.Form):
    """One charge: against whom, which count, what it is called, under which law. A row without a title is none."""

    defendant = forms.ModelChoiceField(
        queryset=Defendant.objects.none(), required=False, empty_label="Choose", error_messages=_ONE_OF
    )
    count = forms.IntegerField(min_value=1, max_value=32767, required=False, error_messages=_WHOLE)
    title = forms.CharField(
        label="Charge", max_length=300, required=False,
        widget=forms.TextInput(attrs={"placeholder": "As the document words it"}),
    )  # fmt: skip
    statute = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, everybody: list[Defendant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["defendant"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Defendant.objects.filter(pk__in=[row.pk for row in everybody])
            empty = [("", "Choose")] if len(everybody) != 1 else []
            field.choices = [*empty, *((row.pk, str(row.person)) for row in everybody)]
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
            self.add_error("title", "Enter what the charge is called.")
        if not cleaned.get("defendant") and "defendant" not in self.errors:
            self.add_error("defendant", "Choose who is charged.")
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


class Earlier:
    """The charges against the people of a case that new ones may follow, in whatever case, and which are open."""

    def __init__(self, case: Case) -> None:
        rows = list(charges_of_same_people(Event(case=case)))
        docket = Docket(case, timezone.localdate())
        own = [row for row in rows if row.defendant.case_id == case.pk]
        others = [row for row in rows if row.defendant.case_id != case.pk]
        several = len({row.defendant_id for row in own}) > 1
        answers = {row.pk: docket.standing(row, docket.today) for row in own if row.pk in docket.charges}
        self.charges = [row.pk for row in rows]
        self.open = {pk for pk, told in answers.items() if told is not None and is_open(told.cls, told.term)}
        self.open |= {row.pk for row in others if is_open(ChargeClass(row.derived_class), "")}
        self.replaced = {pk for pk, told in answers.items() if told is not None and told.cls == ChargeClass.REPLACED}
        self.replaced |= {row.pk for row in others if row.derived_class == ChargeClass.REPLACED}
        order = [pk for pk in docket.charges if pk in self.open]
        self.standing = [row for pk in order for row in own if row.pk == pk]
        whose = {row.pk: f"{row.defendant.person}: {row}" if several else str(row) for row in own}
        self.choices: list[Any] = [
            (row.pk, f"{whose[row.pk]} ({told.label.lower()})" if (told := answers.get(row.pk)) else whose[row.pk])
            for row in own
        ]
        if others:
            named = [(row.pk, f"{row.defendant.person}: {row} ({row.defendant.case})") for row in others]
            self.choices.append(("In other cases", named))

    @property
    def not_all(self) -> str:
        """What is said where a case has more open charges than one form has room for; "" where it has not."""
        many = len(self.standing)
        return NOT_ALL.format(many, MOST_CHARGES) if many > MOST_CHARGES else ""

    def as_rows(self) -> list[dict[str, Any]]:
        """Return a row for each open charge of the case: as the new document has it, if it keeps it as it is."""
        return [
            {
                "replaces": row.pk, "defendant": row.defendant_id, "count": row.count, "title": row.title,
                "statute": row.statute,
            }
            for row in self.standing[:MOST_CHARGES]
        ]  # fmt: skip


class NewChargeForm(ChargeForm):
    """A charge that takes the place of an earlier one, or is added to those there are."""

    replaces = forms.ModelChoiceField(
        label="In place of", queryset=Charge.objects.none(), required=False, error_messages=_ONE_OF
    )
    left_out = forms.BooleanField(label="Left out", required=False)

    field_order = ("replaces", "defendant", "count", "title", "statute", "left_out")

    def __init__(self, *args: Any, earlier: Earlier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        field = self.fields["replaces"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Charge.objects.filter(pk__in=earlier.charges).select_related("defendant", "enhances")
            field.choices = [("", "None: it is added"), *earlier.choices]

    @property
    def is_entered(self) -> bool:
        """Whether the row is a charge: one that the document leaves out is none."""
        return self.has_changed() and not self["left_out"].value()

    def clean(self) -> dict[str, Any]:
        """Take from the earlier charge against whom it is, where nobody said so."""
        old = self.cleaned_data.get("replaces")
        everybody = getattr(self.fields["defendant"], "queryset", Defendant.objects.none())
        if old is not None and not self.cleaned_data.get("defendant") and "defendant" not in self.errors:
            self.cleaned_data["defendant"] = everybody.filter(person=old.defendant.person_id).first()
        return super().clean()

    def charge(self, act: Event, *, instrument: str, how: str = "") -> Charge:
        """Return the charge, with what the earlier one was known to be if it is worded in the same way."""
        new = super().charge(act, instrument=instrument)
        old: Charge | None = self.cleaned_data["replaces"]
        if old is None:
            return new
        new.replaces, new.replaces_how = old, how or self._how(act, old)
        if fold(old.title) == fold(new.title):
            for name in _KEPT:
                setattr(new, name, getattr(old, name))
        return new

    def _how(self, act: Event, old: Charge) -> str:
        """Return how it follows the earlier charge, where nobody said so."""
        if old.pk not in self.earlier.open:
            return ReplacesHow.REFILED
        if act.kind == "notice_of_removal":
            return ReplacesHow.TRANSFERRED
        return ReplacesHow.AMENDED if act.kind == "amended_charge" else ReplacesHow.SUPERSEDED


class ChargeFormSet(forms.BaseFormSet):
    """The charges of one document. ``earlier`` where they may take the place of others."""

    def __init__(
        self, *args: Any, everybody: list[Defendant], earlier: Earlier | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        kwargs.setdefault("prefix", "charges")
        shared: dict[str, Any] = {"everybody": everybody} | ({"earlier": earlier} if earlier is not None else {})
        kwargs["form_kwargs"] = shared
        super().__init__(*args, **kwargs)
        self.everybody, self.earlier = everybody, earlier
        self.preset = earlier.as_rows() if earlier is not None and not self.is_bound else []
        if earlier is not None:
            self.extra = len(self.preset) + 1

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Set what the row begins with, where it stands for an earlier charge."""
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if index is not None and index < len(self.preset):
            kwargs["initial"] = self.preset[index]
        return kwargs

    def rows(self) -> list[ChargeForm]:
        """Return the rows in which something was entered."""
        return [form for form in self.forms if form.is_entered]

    def clean(self) -> None:
        """A charging document charges somebody with something."""
        if not self.everybody:
            raise ValidationError(NO_DEFENDANT)
        if any(self.errors):
            return
        if not self.rows():
            raise ValidationError(NO_CHARGE)
        taken = {row.cleaned_data.get("replaces"): row for row in self.rows()}
        for old, row in taken.items():
            if old is not None and old.enhances is not None and old.enhances not in taken:
                row.add_error("replaces", LEFT_BEHIND.format(old.enhances))

    def refuse_replaced(self) -> bool:
        """Say beside each row that follows a charge which was replaced already, that it can not; whether there are any.

        Of a valid form in which nobody said how it follows: else it would be taken for a charge that is brought again.
        """
        gone = self.earlier.replaced if self.earlier is not None else set()
        followed = [(row, row.cleaned_data.get("replaces")) for row in self.rows()]
        late = [(row, old) for row, old in followed if old is not None and old.pk in gone]
        for row, old in late:
            row.add_error("replaces", REPLACED.format(old))
        return bool(late)

    def charges(self, act: Event, *, instrument: str, how: str) -> Sequence[tuple[ChargeForm, Charge]]:
        """Return each row with its charge, not saved, enhancements last: they are of what stands before them."""
        made = [
            (row, row.charge(act, instrument=instrument, how=how) if isinstance(row, NewChargeForm)
             else row.charge(act, instrument=instrument))
            for row in self.rows()
        ]  # fmt: skip
        by_old = {new.replaces_id: new for _, new in made if new.replaces_id is not None}
        for _, new in made:
            if new.replaces is not None and new.replaces.enhances_id in by_old:
                new.enhances = by_old[new.replaces.enhances_id]
        return sorted(made, key=lambda pair: pair[1].enhances is not None)


def charge_rows(data: Any, everybody: list[Defendant], *, earlier: Earlier | None = None) -> ChargeFormSet:
    """Return the rows for charges against ``everybody``, with what was sent in, if anything was."""
    form = ChargeForm if earlier is None else NewChargeForm
    made: Any = forms.formset_factory(
        form, formset=ChargeFormSet, extra=2, max_num=MOST_CHARGES, absolute_max=MOST_CHARGES, validate_max=True
    )
    rows: ChargeFormSet = made(data, everybody=everybody, earlier=earlier)
    return rows

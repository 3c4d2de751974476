"""The fields of a short form: the act, and the charges that a charging document brings."""

import json
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.choices import Instrument
from cases.law.vocabulary import Occurrence
from cases.models import Case, Charge, Defendant, Event, Matter
from desk.choices_within import defendants_of, limit, name_defendant
from desk.ruling.days import PartialDateField
from desk.short.kinds import WHO, Kind, Short
from desk.short.people import PersonField, people_in

MOST_CHARGES = 100
WHICH_OCCURRENCE = "Say whether it was held, or is only scheduled."
NO_CHARGE = "Enter at least one charge: who was charged with what."
NO_DEFENDANT = "This case has no defendant yet. Add them on the page of the case first."
_WHOLE = {"invalid": "Enter a whole number.", "min_value": "The first is 1.", "max_value": "That is too many."}


class ShortForm(forms.Form):
    """One act of a case or matter. ``short`` says what it may be."""

    what = forms.ChoiceField(label="What", error_messages={"required": "Choose what happened."})
    occurrence = forms.ChoiceField(
        label="Held, or scheduled",
        choices=[("", "Choose"), (Occurrence.HELD, "It was held"), (Occurrence.SCHEDULED, "It is scheduled")],
        error_messages={"required": WHICH_OCCURRENCE},
    )
    on = PartialDateField(
        label="Date",
        help_text="2024-07-12, or 2024-07 or 2024 if that is all that is known; “unknown” if nothing is.",
        widget=forms.TextInput(attrs={"placeholder": "2024-07-12", "autocomplete": "off", "size": 16}),
    )
    title = forms.CharField(
        label="Headline", max_length=200, required=False,
        help_text="It says no more than the act. Left empty, the words in it now are used.",
    )  # fmt: skip
    text = forms.CharField(
        label="A sentence or two", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    actor = PersonField(label="Who")
    defendants = forms.ModelMultipleChoiceField(
        label="Whom it concerns", queryset=Defendant.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="None: every defendant.",
    )  # fmt: skip
    despite = forms.CharField(
        label="Why it is right all the same",
        max_length=300,
        required=False,
        help_text="One sentence. It is kept, and other editors read it.",
    )

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    ACT = ("what", "occurrence", "on", "title", "text", "actor", "defendants")

    def __init__(self, *args: Any, short: Short, home: Case | Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.short, self.home = short, home
        self.needs_despite = False
        self.initial.setdefault("key", uuid.uuid4())
        self._offer_kinds()
        if not short.may_be_scheduled:
            del self.fields["occurrence"]
        actor = self.fields["actor"]
        actor.label = short.who
        if isinstance(actor, PersonField):
            actor.offer(people_in(home), "people-offered")
        self._offer_defendants()

    def _offer_kinds(self) -> None:
        what = self.fields["what"]
        if isinstance(what, forms.ChoiceField):
            rows: list[Any] = [("", "Choose")]
            for name, kinds in self.short.groups:
                options = [(kind.slug, kind.label) for kind in kinds]
                rows += [(name, options)] if name else options
            what.choices = rows
        headlines = {slug: [kind.headline, kind.words()] for slug, kind in self.short.kinds.items()}
        self.fields["title"].widget.attrs |= {"data-headlines": json.dumps(headlines), "data-who": WHO}

    def _offer_defendants(self) -> None:
        """Offer those of the case, and of the cases it is an appeal of; nobody is asked where there is only one."""
        case, matter = (self.home, None) if isinstance(self.home, Case) else (None, self.home)
        rows = defendants_of(Event(case=case, matter=matter))
        within_reach = list(rows)
        if len(within_reach) < 2:
            del self.fields["defendants"]
            return
        named = name_defendant if len({row.case_id for row in within_reach}) > 1 else lambda row: str(row.person)
        limit(self, "defendants", rows, named)

    @property
    def act_fields(self) -> list[forms.BoundField]:
        """The fields of the act itself, in their order."""
        return [self[name] for name in self.ACT if name in self.fields]

    @property
    def people(self) -> list[str]:
        """Who is offered in the box of names."""
        field = self.fields["actor"]
        return list(field.offered) if isinstance(field, PersonField) else []

    @property
    def kind(self) -> Kind:
        """What was chosen, of a form that is valid."""
        return self.short.kinds[self.cleaned_data["what"]]

    def act(self) -> Event:
        """Return the act, not saved."""
        said, kind = self.cleaned_data, self.kind
        actor, when = said["actor"], said["on"]
        return Event(
            case=self.home if isinstance(self.home, Case) else None,
            matter=self.home if isinstance(self.home, Matter) else None,
            category=kind.category,
            kind=kind.kind,
            motion=kind.motion,
            occurrence=said.get("occurrence", Occurrence.HELD),
            on=when.start,
            precision=when.precision,
            qualifier=when.qualifier,
            title=said["title"] or kind.words(actor.name if actor else ""),
            text=said["text"],
            actor=actor,
            entry_key=said["key"],
        )


class ChargeForm(forms.Form):
    """One charge: against whom, which count, what it is called, under which law. A row without a title is none."""

    defendant = forms.ModelChoiceField(
        queryset=Defendant.objects.none(), required=False, empty_label="Choose",
        error_messages={"invalid_choice": "Choose one of the list."},
    )  # fmt: skip
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

    def clean(self) -> dict[str, Any]:
        """Ask for what makes a charge one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.has_changed():
            return cleaned
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "Enter what the charge is called.")
        if not cleaned.get("defendant") and "defendant" not in self.errors:
            self.add_error("defendant", "Choose who is charged.")
        return cleaned

    def charge(self, act: Event) -> Charge:
        """Return the charge that ``act`` brings, not saved."""
        said = self.cleaned_data
        return Charge(
            defendant=said["defendant"],
            created_by=act,
            count=said["count"],
            title=said["title"],
            statute=said["statute"],
            instrument=act.kind if act.kind in Instrument.values else "",
        )


class ChargeFormSet(forms.BaseFormSet):
    """The charges of one document."""

    def __init__(self, *args: Any, everybody: list[Defendant], **kwargs: Any) -> None:
        kwargs.setdefault("prefix", "charges")
        kwargs["form_kwargs"] = {"everybody": everybody}
        super().__init__(*args, **kwargs)
        self.everybody = everybody

    def rows(self) -> list[ChargeForm]:
        """Return the rows in which something was entered."""
        return [form for form in self.forms if form.has_changed()]

    def clean(self) -> None:
        """A charging document charges somebody with something."""
        if not self.everybody:
            raise ValidationError(NO_DEFENDANT)
        if not any(self.errors) and not self.rows():
            raise ValidationError(NO_CHARGE)


_ROWS: Any = forms.formset_factory(
    ChargeForm, formset=ChargeFormSet, extra=2, max_num=MOST_CHARGES, absolute_max=MOST_CHARGES, validate_max=True
)


def charge_rows(data: Any, everybody: list[Defendant]) -> ChargeFormSet:
    """Return the rows for charges against ``everybody``, with what was sent in, if anything was."""
    rows: ChargeFormSet = _ROWS(data, everybody=everybody)
    return rows

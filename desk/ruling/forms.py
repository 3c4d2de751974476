"""The fields of the screen: the act, a part of a sentence, one charge apart; judged only when they are sent in."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from cases import choices
from cases.choices import CourtSystem, TermOrder
from cases.law.civil import of_a_claim
from cases.law.vocabulary import By, CaseKind, Reason
from cases.models import Case
from desk.ruling import days
from desk.ruling.docket import Docket
from desk.ruling.kinds import BY_SLUG, DECISIONS, UNSTATED, WHATS, Kind, whats
from people.models import Person
from people.names import fold

MOST_ROWS = 60
NEW, EVERYBODY = "new", "everybody"
AS_ABOVE, UNSAID = "As for the others", "-"
COURT_BYS = [("", "Not stated"), *((by, text) for by, text in choices.BYS if by.startswith(By.COURT))]
WHO_IS_IT = "There is already somebody of that name in the record. Say below whether this is the same person."
ONE_OF_TWO = "Choose somebody from the list, or write a name: one of the two."
_AMERICAN = (CourtSystem.FEDERAL, CourtSystem.STATE, CourtSystem.TRIBAL, CourtSystem.MILITARY)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def _number(label: str) -> forms.IntegerField:
    small = forms.NumberInput(attrs={"min": 0, "max": 32767})
    wrong = {"invalid": "Enter a whole number.", "max_value": "That is too many.", "min_value": "It can not be less."}
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=32767, widget=small, error_messages=wrong
    )


def _line(label: str, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **kwargs)


def _choice(label: str, options: Iterable[Any] = (), **kwargs: Any) -> forms.ChoiceField:
    wrong = {"invalid_choice": "Choose one of the list."}
    return forms.ChoiceField(label=label, required=False, choices=list(options), error_messages=wrong, **kwargs)


class ActForm(forms.Form):
    """What happened, when, by whom, and what else the record says of the act itself."""

    what = _choice("What was decided or done", WHATS, widget=forms.Select(attrs={"autofocus": True}))
    decision = _choice("Decision", DECISIONS)
    on = days.PartialDateField(
        label="Date",
        help_text="2024-07-12, or 2024-07 or 2024 if the day is not known.",
        widget=forms.TextInput(attrs={"placeholder": "2024-07-12", "autocomplete": "off", "size": 14}),
    )
    place = _choice("In which case it was done")
    actor = _choice("Judge")
    actor_name = _line("Not in the list? Their name", 200)
    actor_is = _choice("The same person?")
    by = _choice("On whose motion", COURT_BYS)
    reason = _choice("Why", choices.REASONS)
    jeopardy = _choice("Had jeopardy attached?", choices.JEOPARDIES)
    concerned = forms.MultipleChoiceField(
        label="Whom it concerns", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Leave all empty where it decides charges: then it concerns those whose charges they are.",
    )  # fmt: skip
    reverses = _choice("The earlier act that it reverses, vacates or sets aside")
    timeliness = _choice("Was the motion in time?", choices.TIMELINESS)
    entered_on = days.IsoDateField(
        label="Written order entered", help_text="Its day starts the time to appeal. Leave empty if it is not known."
    )
    qualifier = _choice("How sure is the date?", choices.QUALIFIERS)
    until = days.IsoDateField(label="Last day, if it took several")
    sequence = _number("Place in the order of the day: 1, 2, 3")
    headline = _line(
        "Headline", 200, help_text="It says no more than the act. Left empty, the one beside “What it will do” is used."
    )
    text = forms.CharField(
        label="A sentence or two", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, docket: Docket, kind: Kind | None, place: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.namesakes: tuple[Person, ...] = ()
        civil = CaseKind.CIVIL in (place.kind, docket.case.kind)
        offer(self, "what", whats(civil=civil))
        if civil:
            _speak_of_claims(self)
        offer(self, "place", [(case.pk, str(case)) for case in docket.places])
        people = [(row.pk, str(row.person)) for row in docket.defendants_at(place)]
        offer(self, "concerned", [(EVERYBODY, "Everybody"), *people])
        acts = [(act.pk, f"{act.when}: {act.title}") for act in docket.acts_at(place)]
        offer(self, "reverses", [("", "None"), *acts])
        if kind is not None:
            self.fields["actor"].label = kind.who
            offer(self, "actor", _actors(docket, kind, place))
        typed = str(self.data.get("actor_name", "") if self.is_bound else self.initial.get("actor_name", ""))
        self._offer_namesakes(typed)

    def _offer_namesakes(self, typed: str) -> None:
        if folded := fold(typed.replace("\0", "")[:200]):
            self.namesakes = tuple(Person.objects.filter(folded=folded).order_by("pk")[:20])
        known = [(row.pk, f"{row.name} ({row.described_as or row.slug})") for row in self.namesakes]
        offer(self, "actor_is", [("", "Choose"), *known, (NEW, "Somebody else of the same name")])

    def clean_what(self) -> str:
        """Ask for the kind: everything else depends on it."""
        if not self.cleaned_data["what"]:
            raise ValidationError("Choose what was decided or done.")
        return str(self.cleaned_data["what"])

    def clean_decision(self) -> str:
        """Ask for the decision of a ruling; nothing else has one."""
        if self.kind is None or not self.kind.is_ruling:
            return ""
        decision = str(self.cleaned_data["decision"])
        if not decision:
            raise ValidationError("Choose what the court did with the motion.")
        return "" if decision == UNSTATED else decision

    def clean(self) -> dict[str, Any]:
        """Ask who it was where a name was written that somebody in the record has."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = cleaned.get("actor_name", "")
        if self.kind is None or not name:
            return cleaned
        if not self.kind.takes_new_name:
            self.add_error("actor_name", "Enter them on the case's page first, with their part in the case.")
        elif not fold(name):
            self.add_error("actor_name", "Enter a name with at least one letter or digit.")
        elif cleaned.get("actor"):
            self.add_error("actor_name", ONE_OF_TWO)
        elif self.namesakes and not cleaned.get("actor_is"):
            self.add_error("actor_name", WHO_IS_IT)
        return cleaned


def _speak_of_claims(form: forms.Form) -> None:
    """Offer who ended something, and why, as it can be in a civil case, and in its words."""
    for name, left_out in (("by", {By.JURY}), ("reason", {Reason.PLEA_AGREEMENT, Reason.CLEMENCY})):
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            rows: Any = field.choices
            offer(form, name, [(slug, of_a_claim(text, civil=True)) for slug, text in rows if slug not in left_out])


def _actors(docket: Docket, kind: Kind, place: Case) -> list[Any]:
    """Return who can have done it: those of the case first."""
    groups: list[tuple[str, list[Person]]]
    if kind.by_court:
        groups = [("Judges of this case", docket.judges(place)), ("Judges of this court", docket.judges_nearby(place))]
    elif kind.is_plea:
        groups = [("Accused in this case", docket.accused())]
    elif kind.takes_new_name:
        groups = [("In this case", docket.others())]
    else:
        groups = [("Parties", docket.parties()), ("Others in this case", docket.others())]
    seen: set[int] = set()
    told: list[Any] = [("", "Not stated")]
    for name, people in groups:
        rows = [(person.pk, person.name) for person in people if person.pk not in seen]
        seen |= {pk for pk, _ in rows}
        if rows:
            told.append((name, rows))
    return told


class PartForm(forms.Form):
    """One part of a sentence, and the charge it is for."""

    charge = _choice("For")
    kind = _choice("Kind", [("", "Choose"), *choices.SENTENCE_KINDS])
    years = _number("Years")
    months = _number("Months")
    days = _number("Days")
    all_suspended = forms.BooleanField(label="All suspended", required=False)
    amount = forms.DecimalField(
        label="Amount", required=False, min_value=0, max_digits=14, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 9}),
        error_messages={"invalid": "Enter an amount, as 500 or 1,250.00.", "min_value": "It can not be negative."},
    )  # fmt: skip
    currency = _line("Currency", 3, widget=forms.TextInput(attrs={"size": 4}))
    hours = _number("Hours")
    min_years = _number("Least: years")
    min_months = _number("months")
    min_days = _number("days")
    suspended_years = _number("Suspended: years")
    suspended_months = _number("months")
    suspended_days = _number("days")
    credit_days = _number("Days already served")
    order = _choice("Beside other terms", TermOrder.choices)
    note = _line("A short addition", 300)

    WANTED = ("charge", "kind", "years", "months", "days", "all_suspended", "amount", "currency")
    PRESET = ("charge", "currency", "order")

    def __init__(self, *args: Any, charges: list[Any], only: str, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "charge", charges)
        if not self.is_bound:
            self.initial.setdefault("charge", only)
            self.initial.setdefault("currency", "USD" if case.court.system in _AMERICAN else "")
            self.initial.setdefault("order", TermOrder.NOT_STATED.value)
        else:
            self.data = _without_thousands(self.data, self.add_prefix("amount"))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; what is preset does not count."""
        asked = (name for name in self.fields if name not in self.PRESET)
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in asked)

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that most parts need."""
        return [self[name] for name in self.WANTED]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that few parts need."""
        return [self[name] for name in self.fields if name not in self.WANTED]

    @property
    def opens_more(self) -> bool:
        """Whether the fields that few need are shown at once: something is typed there, or wrong."""
        typed = {field.name for field in self.more if field.value() not in (None, "", TermOrder.NOT_STATED.value)}
        return bool(typed or {field.name for field in self.more} & set(self.errors))

    def clean(self) -> dict[str, Any]:
        """Ask for the kind and the charge of what was begun."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_blank:
            return cleaned
        if not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Choose what sort of punishment this is.")
        if not cleaned.get("charge") and "charge" not in self.errors:
            self.add_error("charge", "Choose the charge it is for.")
        amount, currency = cleaned.get("amount"), str(cleaned.get("currency", "")).upper()
        if amount is not None and "currency" not in self.errors and not re.fullmatch("[A-Z]{3}", currency):
            self.add_error("currency", "Enter the currency in three letters, as USD.")
        cleaned["currency"] = currency if amount is not None else ""
        cleaned["order"] = cleaned.get("order") or TermOrder.NOT_STATED.value
        return cleaned


def _without_thousands(data: Any, name: str) -> Any:
    typed = str(data.get(name, "")).strip()
    if not _THOUSANDS.fullmatch(typed):
        return data
    changed = data.copy()
    changed[name] = typed.replace(",", "")
    return changed


class ApartForm(forms.Form):
    """What is said of one charge, or of one defendant's, and not of the whole act: it differs, or needs a note."""

    charge = _choice("Of which")
    prejudice = _choice("With or without prejudice", [("", AS_ABOVE), *choices.PREJUDICES[1:]])
    by = _choice("By whom, on whose motion", [("", AS_ABOVE), *choices.BYS[1:], (UNSAID, "Not stated")])
    reason = _choice("Why", [("", AS_ABOVE), *choices.REASONS[1:], (UNSAID, "Not stated")])
    jeopardy = _choice("Had jeopardy attached?", [("", AS_ABOVE), *choices.JEOPARDIES])
    note = _line("A short addition for readers", 300)

    def __init__(self, *args: Any, charges: list[Any], civil: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "charge", charges)
        if civil:
            _speak_of_claims(self)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields)

    @property
    def said(self) -> dict[str, str]:
        """What it says, of a form that is valid: only what differs."""
        found = {name: value for name, value in self.cleaned_data.items() if value and name != "charge"}
        return {name: "" if value == UNSAID else value for name, value in found.items()}

    def clean(self) -> dict[str, Any]:
        """Ask for the charge, and for what is said of it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_blank or self.errors:
            return cleaned
        if not cleaned["charge"]:
            self.add_error("charge", "Choose of which charge this is said.")
        elif not self.said:
            self.add_error("charge", "Say what differs here, or leave it all empty.")
        return cleaned


def offer(form: forms.Form, name: str, options: list[Any]) -> None:
    """Set what may be chosen in a field; ids are offered as they are sent in, as text."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [_as_text(value, shown) for value, shown in options]


def _as_text(value: Any, shown: Any) -> tuple[Any, Any]:
    if isinstance(shown, list):
        return value, [_as_text(one, text) for one, text in shown]
    return str(value), shown


def as_typed(form_class: type[forms.Form], data: Any, prefix: str = "") -> dict[str, Any]:
    """Return what was typed, to be shown again without judging it."""
    lead = f"{prefix}-" if prefix else ""
    found: dict[str, Any] = {}
    for name, field in form_class.base_fields.items():
        if f"{lead}{name}" in data:
            found[name] = field.widget.value_from_datadict(data, {}, f"{lead}{name}")
        elif isinstance(field, forms.BooleanField):
            found[name] = False
    return found


def numbered(
    form_class: type[AnyForm], prefix: str, data: Any, count: int, *, judge: bool, **kwargs: Any
) -> list[AnyForm]:
    """Return ``count`` forms of one sort, bound to what was sent in if it is to be judged."""
    rows = range(min(count, MOST_ROWS))
    if judge:
        return [form_class(data, prefix=f"{prefix}-{n}", **kwargs) for n in rows]
    return [
        form_class(prefix=f"{prefix}-{n}", initial=as_typed(form_class, data, f"{prefix}-{n}"), **kwargs) for n in rows
    ]


def count_of(data: Mapping[str, Any], name: str, *, least: int = 1) -> int:
    """Return how many rows of one sort were sent in; whatever else is said is the least there is."""
    said = str(data.get(name, ""))
    return max(least, min(int(said), MOST_ROWS)) if said.isascii() and said.isdecimal() and len(said) < 5 else least


def kind_of(data: Mapping[str, Any]) -> Kind | None:
    """Return the kind that was chosen, if it is one."""
    return BY_SLUG.get(str(data.get("what", "")))

"""New charges: rows that take the place of earlier charges, one of one, or one of several that are merged into it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from cases.law.terms import is_open
from cases.law.vocabulary import ChargeClass, ReplacesHow
from cases.models import Case, Charge, Defendant, Event
from desk.choices_within import charges_of_same_people
from desk.ruling.docket import Docket
from desk.short.charges import MOST_CHARGES, ONE_OF, STILL_READ, Brought, ChargeForm, ChargeFormSet, KnownRowField
from people.names import fold

LEFT_BEHIND = "This is an enhancement of “{}”, which is left out here. Leave it out as well, or keep that one."
REPLACED = (
    "“{}” was replaced already, by whatever was entered meanwhile or before. Choose the charge that took its place; or "
    "say under “How they follow the earlier ones” how this one follows it."
)
NOT_ALL = (
    "This case has {} open charges, and one form has room for {}: the others do not stand here. Enter those on the "
    "page of this act afterwards, each in place of an earlier one; until then they stay open."
)
ENDED = "“{}” is not open any more, or stands in another case. Only an open charge of this case is merged into another."
NOT_EARLIER = "Choose under “In place of” which earlier charge is merged."
NO_TARGET = "“{}” does not stand in the new document by itself. Choose another one, or keep this one as it is."
OF_ANOTHER = "“{}” is against somebody else. Only charges against one person are merged."
TWICE = "“{}” stands in the new document by itself, and is merged into another one. Only one of the two can be."
OUT, INTO = "out", "into-"
# From so many open charges on, a row that stands for one is not offered all the others in two lists: the page would be
# megabytes. It stands for that charge, and no other is merged into it here.
MANY = 60
# What stays the same of a charge that a new document words in the same way.
_KEPT = ("severity", "degree", "applicability", "quantity")


class Earlier:
    """The charges against the people of a case that new ones may follow, in whatever case, and which are open."""

    def __init__(self, case: Case) -> None:
        rows = list(charges_of_same_people(Event(case=case)).select_related("enhances"))
        self.docket = docket = Docket(case, timezone.localdate())
        own = [row for row in rows if row.defendant.case_id == case.pk]
        others = [row for row in rows if row.defendant.case_id != case.pk]
        several = len({row.defendant_id for row in own}) > 1
        answers = {row.pk: docket.standing(row, docket.today) for row in own if row.pk in docket.charges}
        self.rows = {str(row.pk): row for row in rows}
        self.open = {pk for pk, told in answers.items() if told is not None and is_open(told.cls, told.term)}
        here = set(self.open)
        self.open |= {row.pk for row in others if is_open(ChargeClass(row.derived_class), "")}
        self.replaced = {pk for pk, told in answers.items() if told is not None and told.cls == ChargeClass.REPLACED}
        self.replaced |= {row.pk for row in others if row.derived_class == ChargeClass.REPLACED}
        self.own = {row.pk: row for row in own}
        self.standing = [self.own[pk] for pk in docket.charges if pk in here and pk in self.own]
        whose = {row.pk: f"{row.defendant.person}: {row}" if several else str(row) for row in own}
        self.choices: list[Any] = [
            (row.pk, f"{whose[row.pk]} ({told.label.lower()})" if (told := answers.get(row.pk)) else whose[row.pk])
            for row in own
        ]
        self.names = {str(pk): name for pk, name in self.choices}
        if others:
            named = [(row.pk, f"{row.defendant.person}: {row} ({row.defendant.case})") for row in others]
            self.choices.append(("In other cases", named))
        self.fates: list[Any] = [("", "Stands as it is written here"), (OUT, "Left out")]
        if 1 < len(self.standing) < MANY:
            into = [(f"{INTO}{row.pk}", f"Merged into {whose[row.pk]}") for row in self.standing[:MOST_CHARGES]]
            self.fates.append(("Merged into another", into))

    @property
    def is_many(self) -> bool:
        """Whether there are too many open charges for each row to offer all of them."""
        return len(self.standing) >= MANY

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
                "statute": row.statute, "stands_for": self.is_many or None,
            }
            for row in self.standing[:MOST_CHARGES]
        ]  # fmt: skip


class NewChargeForm(ChargeForm):
    """A charge that takes the place of an earlier one, or is added to those there are."""

    replaces = KnownRowField(label="In place of")
    becomes = forms.ChoiceField(label="In the new document", required=False, error_messages=ONE_OF)
    stands_for = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = ("replaces", "defendant", "count", "title", "statute", "becomes")

    def __init__(self, *args: Any, earlier: Earlier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        field, fate = self.fields["replaces"], self.fields["becomes"]
        if isinstance(field, KnownRowField):
            field.offer(earlier.rows, [] if self.named else [("", "None: it is added"), *earlier.choices])
            if self.named:
                field.widget = forms.HiddenInput()
        if isinstance(fate, forms.ChoiceField):
            fate.choices = [*earlier.fates, *self._sent_before()]

    @property
    def named(self) -> str:
        """The earlier charge that the row stands for, in words, where it can not be another; "" otherwise."""
        pk = str(self["replaces"].value() or "")
        return self.earlier.names.get(pk, "") if self["stands_for"].value() else ""

    def _sent_before(self) -> list[Any]:
        """Return what was chosen when it was sent, if it can not be chosen any more: the same form may come twice."""
        sent = str(self["becomes"].value() or "") if self.is_bound else ""
        pk = sent.removeprefix(INTO) if sent.startswith(INTO) else ""
        known = self.earlier.rows.get(pk)
        offered = known is None or known.pk not in self.earlier.own or known in self.earlier.standing
        return [(sent, f"Merged into {known}")] if not offered else []

    @property
    def is_entered(self) -> bool:
        """Whether the row is a charge: one that the document leaves out, or merges into another, is none."""
        return self.has_changed() and not self["becomes"].value()

    @property
    def is_merged(self) -> bool:
        """Whether the row says that its earlier charge became part of another."""
        return str(self["becomes"].value() or "").startswith(INTO)

    @property
    def shows_fate(self) -> bool:
        """Whether it is asked what became of the row's earlier charge: it has one."""
        return bool(self["replaces"].value() or self["becomes"].value() or self["becomes"].errors)

    def clean(self) -> dict[str, Any]:
        """Take from the earlier charge against whom it is, where nobody said so."""
        old = self.cleaned_data.get("replaces")
        if old is not None and not self.cleaned_data.get("defendant") and "defendant" not in self.errors:
            same = (row for row in self.everybody if row.person_id == old.defendant.person_id)
            self.cleaned_data["defendant"] = next(same, None)
        return super().clean()

    def follow(self, act: Event, *, instrument: str, how: str, merges: bool) -> Charge:
        """Return the charge, with what the earlier one was known to be if it is worded in the same way.

        ``merges``: others went into it as well.
        """
        new = super().charge(act, instrument=instrument)
        old: Charge | None = self.cleaned_data["replaces"]
        if old is None:
            return new
        new.replaces, new.replaces_how = old, how or self._how(act, old, merges=merges)
        if fold(old.title) == fold(new.title):
            for name in _KEPT:
                setattr(new, name, getattr(old, name))
        return new

    def _how(self, act: Event, old: Charge, *, merges: bool) -> str:
        """Return how it follows the earlier charge, where nobody said so."""
        if old.pk not in self.earlier.open:
            return ReplacesHow.REFILED
        if act.kind == "notice_of_removal":
            return ReplacesHow.TRANSFERRED
        if merges:
            return ReplacesHow.MERGED
        return ReplacesHow.AMENDED if act.kind == "amended_charge" else ReplacesHow.SUPERSEDED


class NewChargeFormSet(ChargeFormSet):
    """The charges of a document that take the place of ``earlier`` ones, or are added to them."""

    def __init__(self, *args: Any, earlier: Earlier, **kwargs: Any) -> None:
        super().__init__(*args, form_kwargs={"earlier": earlier}, **kwargs)
        self.earlier = earlier
        self.preset = earlier.as_rows() if not self.is_bound else []
        self.extra = len(self.preset) + 1

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Set what the row begins with, where it stands for an earlier charge."""
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if index is not None and index < len(self.preset):
            kwargs["initial"] = self.preset[index]
        return kwargs

    def clean(self) -> None:
        """Look at what is merged into what, and that no enhancement is left behind."""
        super().clean()
        if any(self.errors):
            return
        taken = {old.pk: row for row in self.rows() if (old := row.cleaned_data.get("replaces")) is not None}
        merging = [row for row in self.forms if row.is_merged]
        for row in merging:
            self._check_merger(row, taken)
        gone_on = {*taken, *(old.pk for row in merging if (old := row.cleaned_data.get("replaces")) is not None)}
        for row in taken.values():
            old = row.cleaned_data["replaces"]
            if old.enhances is not None and old.enhances_id not in gone_on:
                row.add_error("replaces", LEFT_BEHIND.format(old.enhances))

    def _check_merger(self, row: NewChargeForm, taken: dict[int, ChargeForm]) -> None:
        """Say beside a row why its charge can not go into the other one, if it can not."""
        old: Charge | None = row.cleaned_data.get("replaces")
        into = int(row.cleaned_data["becomes"].removeprefix(INTO))
        if old is None:
            row.add_error("becomes", NOT_EARLIER)
        elif old.pk not in self.earlier.own or not (old.pk in self.earlier.open or old.pk in self.earlier.replaced):
            row.add_error("becomes", ENDED.format(old))
        elif old.pk in taken:
            row.add_error("becomes", TWICE.format(old))
        elif into not in taken:
            row.add_error("becomes", NO_TARGET.format(self._name(into)))
        elif taken[into].cleaned_data["defendant"] != old.defendant:
            row.add_error("becomes", OF_ANOTHER.format(self._name(into)))

    def _name(self, pk: int) -> str:
        return str(self.earlier.own.get(pk, ""))

    def refuse_replaced(self, *, how: str) -> bool:
        """Say beside each row that follows a charge which was replaced already, that it can not; whether there are any.

        Where somebody said ``how`` they follow, that is an answer; else it would be taken for one brought again. What
        was replaced is never merged. Asked of a valid form.
        """
        asked = [row for row in self.forms if row.is_merged or (row.is_entered and not how)]
        followed = [(row, row.cleaned_data.get("replaces")) for row in asked]
        late = [(row, old) for row, old in followed if old is not None and old.pk in self.earlier.replaced]
        for row, old in late:
            row.add_error("replaces", REPLACED.format(old))
        return bool(late)

    def brought(self, act: Event, *, instrument: str, how: str) -> Brought:
        """Return what ``act`` brings, enhancements last: they are of what stands before them."""
        merging = list(self._mergers())
        targets = {into for _, _, into in merging}
        made: list[tuple[ChargeForm, Charge]] = []
        for row in (one for one in self.forms if one.is_entered):
            old = row.cleaned_data.get("replaces")
            merges = old is not None and old.pk in targets
            made.append((row, row.follow(act, instrument=instrument, how=how, merges=merges)))
        by_old = {new.replaces_id: new for _, new in made if new.replaces_id is not None}
        merged = [(row, old, by_old[into]) for row, old, into in merging]
        by_old |= {old.pk: new for _, old, new in merged}
        for _, new in made:
            if new.replaces is not None and new.replaces.enhances_id in by_old:
                new.enhances = by_old[new.replaces.enhances_id]
        return Brought(sorted(made, key=lambda pair: pair[1].enhances is not None), merged)

    def _mergers(self) -> Iterator[tuple[NewChargeForm, Charge, int]]:
        """Yield the rows of a valid form that are merged, each with its charge and the id of the one it goes with."""
        for row in self.forms:
            if row.is_merged:
                yield row, row.cleaned_data["replaces"], int(row.cleaned_data["becomes"].removeprefix(INTO))


def new_charge_rows(data: Any, everybody: list[Defendant], earlier: Earlier) -> NewChargeFormSet:
    """Return the rows for charges that follow ``earlier`` ones, with what was sent in, if anything was."""
    made: Any = forms.formset_factory(
        NewChargeForm, formset=NewChargeFormSet, max_num=MOST_CHARGES, absolute_max=STILL_READ, validate_max=True
    )
    rows: NewChargeFormSet = made(data, everybody=everybody, earlier=earlier)
    return rows

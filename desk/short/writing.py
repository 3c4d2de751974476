"""Writing what a short form says, in one sitting; what a verb refuses stands beside its field."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict, ErrorList

from cases import editing
from cases.law.vocabulary import ChargeClass, ReplacesHow
from cases.models import Charge, Defendant, Disposition, Event, Outcome
from desk.forms import field_beside
from desk.short.charges import Brought, ChargeFormSet
from desk.short.forms import ShortForm
from desk.sourcing import SourcingForm

SAME = (
    "case_id",
    "matter_id",
    "category",
    "kind",
    "motion",
    "occurrence",
    "on",
    "precision",
    "title",
    "text",
    "actor_id",
)
ANOTHER = "This was entered already, as “{}”. Save once more only if this is a further act."
NO_TERM = "The record has no term “merged” for what became of a charge. Ask an administrator to add it."
ABOUT_SOURCES = frozenset({"no_source", "one_report"})  # what the guard says of the sources
MENDED_IN = (("The headline", "title"), ("The text", "text"))  # what it says of words, by what it begins with
STAND_FOR = {"kind": "what", "category": "what", "motion": "what", "case": "what", "precision": "on", "qualifier": "on"}


@dataclass
class Entry:
    """All that one short form sends: the act, its charges (None where it brings none), what says so."""

    act: ShortForm
    charges: ChargeFormSet | None
    sourcing: SourcingForm
    again: bool = False

    def is_valid(self) -> bool:
        """Judge every part, so that all errors are told at once."""
        parts = [self.act.is_valid(), self.sourcing.is_valid()]
        if self.charges is not None:
            parts.append(self.charges.is_valid())
        return all(parts)

    def judge_nothing(self) -> None:
        """Show what was sent as it is, without a word on what is amiss: its writer asked for more room, and goes on."""
        rows = self.charges.forms if self.charges is not None else []
        for form in (self.act, self.sourcing, *rows):
            form._errors, form.cleaned_data = ErrorDict(), {}
        if self.charges is not None:
            told: Any = self.charges  # Django's own attributes, not in its stubs
            told._errors, told._non_form_errors = [{} for _ in rows], ErrorList()

    def write(self, *, by: User, then: str) -> Event | None:
        """Write it, and publish it or submit it for review if ``then`` says "publish" or "submit".

        The same form sent twice is written once: ``again`` says that it was. Returns None where a verb refused:
        nothing is written, and the forms say why.
        """
        try:
            with editing.sitting(by=by) as current:
                if (before := self._before()) is not None:
                    self.again = True
                    return before
                if self.charges is not None and self.charges.refuse_replaced(how=self.how):
                    return None
                act = self._write(by)
                current.settle()  # what does not hold of a draft is no fault of publishing it
                if then == "publish":
                    editing.publish(act, by=by, despite=self.act.cleaned_data["despite"])
                elif then == "submit":
                    editing.submit(act, by=by)
                current.settle()
        except _Told:
            return None
        except ValidationError as refusal:
            self.act.needs_despite = any(error.code == "despite" for error in getattr(refusal, "error_list", ()))
            self._tell(refusal)
            return None
        return act

    def _tell(self, refusal: ValidationError) -> None:
        """Set what was refused of the act as a whole beside the field in which it is mended, as far as there is one."""
        if hasattr(refusal, "error_dict"):
            tell(self.act, refusal)
            return
        for error in refusal.error_list:
            words = " ".join(error.messages)
            beside = next((name for lead, name in MENDED_IN if words.startswith(lead)), "")
            if error.code in ABOUT_SOURCES:
                self.sourcing.add_error("source", error)
            elif words.startswith("A quotation"):
                self.sourcing.add_error("quote", error)
            elif beside:
                self.act.add_error(beside, error)
            else:
                tell(self.act, ValidationError([error]))

    def _before(self) -> Event | None:
        """Return what this form wrote when it was sent before; if it says something else now, that is told."""
        key = self.act.cleaned_data["key"]
        before = Event.objects.filter(entry_key=key).first() if key is not None else None
        if before is None:
            return None
        new = self.act.act()
        if any(getattr(before, name) != getattr(new, name) for name in SAME) or self._says_else(before, new):
            data: Any = self.act.data
            data = data.copy()
            data[self.act.add_prefix("key")] = str(uuid.uuid4())
            self.act.data = data
            raise ValidationError(ANOTHER.format(before.title))
        return before

    def _says_else(self, before: Event, new: Event) -> bool:
        """Whether it says otherwise than what it wrote before whom it concerns, what it charges, or what says so."""
        if {row.pk for row in self.concerned()} != set(before.defendants.values_list("pk", flat=True)):
            return True
        if self.charges is not None:
            brought = self.charges.brought(new, instrument=self.act.kind.instrument, how=self.how)
            if Counter(_told(charge) for _, charge in brought.charges) != Counter(map(_told, before.creates.all())):
                return True
            merged = Counter((old.pk, _told(into)) for _, old, into in brought.merged)
            if merged != Counter(_merged(row) for row in before.outcomes.all()):
                return True
        # Looked for anew: what was new when this was sent may be in the record by now.
        sourcing = SourcingForm(self.sourcing.data, offered=self.sourcing.offered)
        cited = sourcing.citation(before) if sourcing.is_valid() else None
        there = before.citations.values_list("source", "quote", "locator")
        return cited is not None and (cited.source_id, cited.quote, cited.locator) not in there

    def _write(self, by: User) -> Event:
        with _telling(self.act):
            act = editing.save(self.act.act(), by=by)
            if concerned := self.concerned():
                editing.concern(act, defendants=concerned, by=by)
        if self.charges is not None:
            self._bring(self.charges.brought(act, instrument=self.act.kind.instrument, how=self.how), act, by)
        with _telling(self.sourcing):
            self.sourcing.cite(act, by=by)
        return act

    def _bring(self, brought: Brought, act: Event, by: User) -> None:
        for row, charge in brought.charges:
            with _telling(row):
                if charge.enhances is not None:
                    charge.enhances = charge.enhances  # it is stored by now, and has its number
                editing.save(charge, by=by)
        for row, old, into in brought.merged:
            with _telling(row):
                term = merged_term()
                if term._state.adding:
                    raise ValidationError({"becomes": NO_TERM})
                editing.save(Outcome(event=act, charge=old, disposition=term, merged_into=into), by=by)

    @property
    def how(self) -> str:
        """How new charges follow earlier ones, where somebody said so."""
        return str(self.act.cleaned_data.get("how", ""))

    def concerned(self) -> list[Defendant]:
        """Return whom it concerns, empty for everybody: those who were ticked, or those whom it charges."""
        ticked = list(self.act.cleaned_data.get("defendants", ()))
        if ticked or self.charges is None:
            return ticked
        charged = {row.cleaned_data["defendant"] for row in self.charges.rows()}
        near = self.charges.everybody
        return [row for row in near if row in charged] if len(charged) < len(near) else []


def merged_term() -> Disposition:
    """Return the term for a charge that became part of another; a new one where an administrator took it away."""
    found = Disposition.objects.filter(slug=ReplacesHow.MERGED).first()
    return found or Disposition(slug=ReplacesHow.MERGED.value, cls=ChargeClass.REPLACED.value, label="Merged")


def _merged(row: Outcome) -> tuple[object, ...]:
    return (row.charge_id, _told(row.merged_into) if row.merged_into is not None else ())


def _told(charge: Charge) -> tuple[object, ...]:
    return (charge.defendant_id, charge.count, charge.title, charge.statute, charge.replaces_id)


class _Told(Exception):  # noqa: N818  (it says that the forms were told, and no more)
    """What was refused stands in a form by now."""


class _telling:  # noqa: N801  (used as a statement)
    """A block in which what a verb refuses is told in ``form``."""

    def __init__(self, form: forms.Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValidationError):
            tell(self.form, error)
            raise _Told from error


def tell(form: forms.Form, refusal: ValidationError) -> None:
    """Set what a verb refused beside the field it is about, or above the form."""
    if hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            place = STAND_FOR.get(name, name)
            for error in errors:
                _add(form, place if place in form.fields else None, error)
    else:
        for error in refusal.error_list:
            _add(form, None, error)


def _add(form: forms.Form, place: str | None, error: ValidationError) -> None:
    for message in error.messages:
        beside = STAND_FOR.get(found := field_beside(message), found) if place is None else place
        form.add_error(beside if beside in form.fields else NON_FIELD_ERRORS, ValidationError(message, code=error.code))

"""What every form of the desk does: errors stand beside the field they are about, whoever found them."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import UniqueConstraint
from django.forms.models import BaseInlineFormSet

from cases.editing.refusals import constraint_sentences
from desk.meanwhile import CHANGED_ROW, Stamped

# The field beside which the sentence of a rule stands. A rule that is not here stands above the form.
BESIDE = {
    "address_belonged_to_another": "slug",
    "appeal_period_once": "case_kind",
    "appeal_period_positive": "days",
    "case_sealed_is_explained": "visibility",
    "charge_quantity_positive": "quantity",
    "charge_replaces_says_how": "replaces_how",
    "charge_not_its_own_enhancement": "enhances",
    "charge_not_its_own_successor": "replaces",
    "citation_once": "source",
    "count_once_an_instrument": "count",
    "defendant_once_a_case": "person",
    "docket_number_once_a_court": "docket_number",
    "event_date_fits_precision": "on",
    "event_decision_only_on_ruling": "decision",
    "event_held_while_it_has_outcomes": "occurrence",
    "event_in_case_or_matter": "case",
    "event_kind_fits_category": "what",
    "event_month_is_first_day": "on",
    "event_motion_only_on_motion": "motion",
    "event_not_reverses_itself": "reverses",
    "event_timeliness_only_on_ruling": "timeliness",
    "event_until_not_before": "until",
    "event_year_is_first_january": "on",
    "name_once_a_person": "text",
    "namesake_of_another": "other",
    "namesake_once": "other",
    "outcome_once_an_act": "charge",
    "override_has_reason": "override_reason",
    "participant_ends_after_start": "ended_on",
    "person_not_named_is_withheld": "visibility",
    "participant_once": "person",
    "relation_has_one_target": "target",
    "relation_not_to_itself": "target",
    "relation_once": "target",
    "sentence_amount_has_currency": "currency",
    "sentence_amount_not_negative": "amount",
    "source_not_its_own_relay": "relays",
    "source_url_once": "url",
}
MOST_NEW_ROWS = 100
TOO_MANY_ROWS = f"A page can add {MOST_NEW_ROWS} rows at most. Save these first, then add the others."
MEANWHILE = (
    "Somebody else saved this after you had opened it. Open it again in another tab, compare, "
    "and enter your change there."
)


@cache
def _fields_by_sentence() -> dict[str, str]:
    sentences = constraint_sentences()
    return {sentences[rule]: field for rule, field in BESIDE.items()}


def field_beside(sentence: str) -> str:
    """Return the name of the field that the sentence of a rule is about; "" where it is about no single one."""
    return _fields_by_sentence().get(sentence, "")


class RecordForm(Stamped):
    """A form over one row of the record.

    ``refusal`` is what a verb said when the same form was tried: it makes the form invalid and is shown in it.
    """

    refusal: ValidationError | None = None
    stand_for: dict[str, str] = {}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own, not in its stubs
        if self.refusal is not None and not self.errors:
            self._update_errors(self.refusal)
        self._move_beside()

    def _update_errors(self, errors: ValidationError) -> None:
        """Keep what is about a field that this form has not: it goes to its stand-in, or above the form."""
        if hasattr(errors, "error_dict"):
            told: dict[str, list[Any]] = {}
            for name, messages in errors.error_dict.items():
                place = self.stand_for.get(name, name)
                told.setdefault(place if place in self.fields else NON_FIELD_ERRORS, []).extend(messages)
            errors = ValidationError(told)
        super()._update_errors(errors)  # type: ignore[misc]  # Django's own, not in its stubs

    def _move_beside(self) -> None:
        above = self.errors.get(NON_FIELD_ERRORS)
        if not above:
            return
        places = _fields_by_sentence()
        for error in list(above.as_data()):
            for message in error.messages:
                field = places.get(message)
                if field in self.fields:
                    above.data.remove(error)
                    self.add_error(field, error)
        if not above.data:
            del self.errors[NON_FIELD_ERRORS]


class RecordFormSet(BaseInlineFormSet):
    """Rows under a form; two rows that say the same are refused in the sentence of the rule.

    Rows that are stored always fit; how many new ones one page may add is limited, or one request could ask for a
    hundred thousand forms.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absolute_max = len(self.get_queryset()) + MOST_NEW_ROWS
        if self.max_num:  # 0 where nobody may add a row here
            self.max_num = self.absolute_max

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        """Make a form; one about a row that somebody removed meanwhile is told so."""
        # The type is ignored: Django's own, not in its stubs.
        form: forms.ModelForm = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # of the class it is mixed into
        if self.is_bound and i < self.initial_form_count() and form.instance.pk is None and isinstance(form, Stamped):
            sent = str(self.data.get(form.add_prefix("id"), ""))
            form.gone = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else 0
        return form

    @cached_property
    def empty_form(self) -> forms.ModelForm:
        """The form of a row to be added: a page asks for it twenty times, and it is always the same."""
        form: forms.ModelForm = super().empty_form
        return form

    @property
    def initial_forms(self) -> list[forms.ModelForm]:
        """The forms of rows that are there: the admin pairs them with the rows, and one that is gone has none."""
        return [form for form in super().initial_forms if getattr(form, "gone", None) is None]

    @property
    def extra_forms(self) -> list[forms.ModelForm]:
        """The forms of new rows, and before them those of rows that somebody removed meanwhile."""
        gone = [form for form in super().initial_forms if getattr(form, "gone", None) is not None]
        return [*gone, *super().extra_forms]

    def clean(self) -> None:
        """Refuse to delete a row that somebody changed since it was shown."""
        super().clean()
        rows = [form for form in self.forms if isinstance(form, Stamped)]
        # The type is ignored: Django's own, not in its stubs.
        ticked = [form for form in rows if self.can_delete and self._should_delete_form(form)]  # type: ignore[attr-defined]  # of the class it is mixed into
        if told := [CHANGED_ROW.format(form.instance, " ".join(form.told[1:])) for form in ticked if form.told]:
            raise ValidationError(told)

    def full_clean(self) -> None:
        """Say in our words that there are too many rows."""
        super().full_clean()
        for error in self.non_form_errors().as_data():
            if error.code == "too_many_forms":
                error.message = TOO_MANY_ROWS

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Return the sentence of the constraint that two rows of this page break together."""
        for rule in self.model._meta.constraints if self.model else ():
            if isinstance(rule, UniqueConstraint) and {*unique_check, self.fk.name} == {*rule.fields, self.fk.name}:
                return str(rule.violation_error_message)
        return super().get_unique_error_message(unique_check)


class StampedForm(RecordForm):
    """A form over a row that two editors may have open at once: the later one is told, and overwrites nothing."""

    read_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["read_at"] = self.instance.updated_at.isoformat()

    def clean_read_at(self) -> str:
        """Refuse when the row was saved after this form was shown."""
        shown: str = self.cleaned_data["read_at"]
        if self.instance.pk and shown and shown != self.instance.updated_at.isoformat():
            raise ValidationError(MEANWHILE)
        return shown

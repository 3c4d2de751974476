"""What a reader may ask of a page about a case or matter: the day to read it at, and which acts to list."""

from datetime import date
from typing import Any

from django import forms

from cases import choices

EARLIEST = date(1800, 1, 1)


class AsOfForm(forms.Form):
    """The day the record is read at. Without one it is today's; a day to come can not be known."""

    as_of = forms.DateField(
        required=False,
        label="Record as it stood on",
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Enter a day as year-month-day, for example 2024-07-12."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > self.today:
            raise forms.ValidationError("That day has not come yet. Choose today or an earlier day.")
        if day is not None and day < EARLIEST:
            raise forms.ValidationError("The record does not reach back so far. Choose a day after 1800.")
        return day

    @property
    def day(self) -> date:
        """The day asked for; today if none was, or if it could not be understood."""
        self.errors  # noqa: B018  (fills cleaned_data)
        return self.cleaned_data.get("as_of") or self.today


class TimelineForm(AsOfForm):
    """Which acts to list, and in which order."""

    defendant = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": "No defendant of this record goes by “%(value)s”."}
    )
    kind = forms.MultipleChoiceField(
        required=False,
        choices=choices.CATEGORIES,
        error_messages={"invalid_choice": "There is no kind of act called “%(value)s”."},
    )
    order = forms.ChoiceField(
        required=False,
        choices=[("newest", "Newest first"), ("oldest", "Oldest first")],
        error_messages={"invalid_choice": "Choose newest or oldest."},
    )

    show = forms.ChoiceField(
        required=False,
        choices=[("", "The first of them"), ("all", "All acts")],
        error_messages={"invalid_choice": "Only “all” can be shown."},
    )

    def __init__(self, *args: Any, defendants: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["defendant"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (tells mypy what it is)
        field.choices = defendants

    def asked(self, name: str) -> frozenset[str]:
        """The values chosen in a list, those understood only."""
        self.errors  # noqa: B018  (fills cleaned_data)
        return frozenset(self.cleaned_data.get(name) or ())

    @property
    def wants_all(self) -> bool:
        """Whether a long list is asked for whole."""
        self.errors  # noqa: B018  (fills cleaned_data)
        return self.cleaned_data.get("show") == "all"

    @property
    def oldest_first(self) -> bool:
        """Whether the list begins with the first act."""
        self.errors  # noqa: B018  (fills cleaned_data)
        return self.cleaned_data.get("order") == "oldest"

"""What a reader may ask of the record: the filters of the case list, shared by pages, files and feeds.

Every text comes in through a form, so a NUL byte or an endless word is a message and never an error.
Counts and choices are drawn from the listed cases alone: a draft can not be guessed from a number.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from cases import choices
from cases.listing import Listing
from cases.models import Court, ListCell
from people.names import fold

EARLIEST_YEAR, LATEST_YEAR = 1600, 2200
EMPTY = ("", "")
LONGEST_QUERY = 150


class TypedWords(forms.CharField):
    """What somebody typed into a search box; it needs a letter or a digit that can be looked for."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_QUERY)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.error_messages.setdefault("unsearchable", "Type at least one letter or digit.")

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and not fold(text):
            raise ValidationError(self.error_messages["unsearchable"])
        return text


class WordsForm(forms.Form):
    """A search box on its own."""

    q = TypedWords(label="Name, caption or docket number")

    @property
    def words(self) -> str:
        """What was typed, if it can be looked for."""
        self.errors  # noqa: B018  (fills cleaned_data)
        return str(self.cleaned_data.get("q", ""))


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter, and how many cases it would leave."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is in force, in words; ``without`` is the query string that takes it off."""

    name: str
    words: str
    without: str


class ListedCourt(forms.ModelChoiceField):
    """A court with a listed case, by its address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Court.objects.none(), to_field_name="slug", required=False, **kwargs)

    def to_python(self, value: Any) -> Court | None:
        """Look for the court only when one is asked for."""
        listed = ListCell.objects.filter(court=OuterRef("pk"), listed__gt=0)
        self.queryset = Court.objects.filter(Exists(listed))
        found: Court | None = super().to_python(value)
        return found


class CaseForm(forms.Form):
    """Court, kind, status, finality, outcome, year and typed words."""

    q = TypedWords(label="Words", help_text="A name, a caption or a docket number.")
    court = ListedCourt(label="Court")
    kind = forms.ChoiceField(required=False, choices=[EMPTY, *choices.CASE_KINDS], label="Kind of case")
    status = forms.ChoiceField(required=False, choices=[EMPTY, *choices.CASE_STATUSES], label="Status")
    finality = forms.ChoiceField(required=False, choices=[EMPTY, *choices.FINALITIES], label="Finality")
    outcome = forms.ChoiceField(required=False, choices=[EMPTY, *choices.CHARGE_CLASSES], label="Outcome of a charge")
    year = forms.IntegerField(
        required=False,
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
        label="Year",
        help_text="Cases with an act in that year.",
    )


class CaseFilter:
    """What a reader asks of the list of cases. What could not be understood is left out, and said beside its field."""

    def __init__(self, asked: Any) -> None:
        self.form = CaseForm(asked)

    @cached_property
    def listing(self) -> Listing:
        """The listed cases under every filter that was understood."""
        chosen = self.chosen()
        court: Court | None = chosen.pop("court", None)
        return Listing(court=court.pk if court else None, words=chosen.pop("q", ""), **chosen)

    def chosen(self) -> dict[str, Any]:
        """The filters in force, by name."""
        self.form.errors  # noqa: B018  (fills cleaned_data)
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}

    def chips(self) -> list[Chip]:
        """The filters in force, in words."""
        words: dict[str, dict[str, str]] = {name: dict(options) for name, options in _LABELLED.items()}
        chosen = self.chosen()
        sent = {name: getattr(value, "slug", value) for name, value in chosen.items()}
        chips = []
        for name, value in chosen.items():
            said = words[name].get(value, value) if name in words else value
            rest = urlencode({other: kept for other, kept in sent.items() if other != name})
            chips.append(Chip(name, f"“{said}”" if name == "q" else str(said), f"?{rest}" if rest else ""))
        return chips

    def facets(self) -> dict[str, list[Facet]]:
        """For each filter with fixed choices, those that would leave a case, with how many. Two queries."""
        counted = self.listing.facets()
        courts = {str(pk): (slug, name) for pk, slug, name in Court.objects.filter(pk__in=counted["court"]).values_list(
            "pk", "slug", "name"
        )}  # fmt: skip
        by_court = [(*courts[pk], n) for pk, n in counted["court"].items() if pk in courts]
        return {
            "court": self._facet("court", by_court),
            **{
                name: self._facet(name, [(value, choices.label(value), n) for value, n in counted[name].items()])
                for name in _LABELLED
            },
        }

    def _facet(self, name: str, counted: list[tuple[str, str, int]]) -> list[Facet]:
        value = self.chosen().get(name)
        chosen = getattr(value, "slug", value)
        facets = {slug: Facet(slug, label, n, slug == chosen) for slug, label, n in counted}
        if chosen and chosen not in facets:
            facets[chosen] = Facet(chosen, str(value) if name == "court" else choices.label(chosen), 0, chosen=True)
        if name in _LABELLED:
            order = [slug for slug, _ in _LABELLED[name]]
            return sorted(facets.values(), key=lambda facet: order.index(facet.value))
        return sorted(facets.values(), key=lambda facet: facet.label)


_LABELLED: dict[str, list[tuple[str, str]]] = {
    "kind": choices.CASE_KINDS,
    "status": choices.CASE_STATUSES,
    "finality": choices.FINALITIES,
    "outcome": choices.CHARGE_CLASSES,
}

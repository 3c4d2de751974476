"""What a reader may ask of the record: the filters of the case list, shared by pages, files and feeds.

Every text comes in through a form, so a NUL byte or an endless word is a message and never an error.
Counts and choices are drawn from the listed cases alone: a draft can not be guessed from a number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from cases import choices
from cases.models import Case, Court, Event
from cases.querysets import CaseQuerySet, docket_without_marks, named_defendants, published_charges
from people.choices import NAMED
from people.names import fold, tokens
from people.search import persons_named

EARLIEST_YEAR, LATEST_YEAR = 1600, 2200
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


class TypedWordsFilter(django_filters.CharFilter):
    """A filter on typed words."""

    field_class = TypedWords


def matching(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Cases in which every typed word begins a word of the caption, the docket number or a named defendant's name.

    A docket number may also be typed without its hyphens and spaces.
    """
    words = Q()
    for word in tokens(typed):
        starts = rf"(^|\s){word}"
        called = named_defendants().filter(case=OuterRef("pk"), person__in=persons_named(word))
        words &= (Q(folded__regex=starts) & Q(visibility__in=NAMED)) | Q(Exists(called))
    closed_up = fold(typed).replace(" ", "").upper()
    if any(character.isdigit() for character in closed_up):
        return cases.alias(closed_docket=docket_without_marks()).filter(words | Q(closed_docket=closed_up))
    return cases.filter(words)


def with_act_in(cases: CaseQuerySet, year: int) -> CaseQuerySet:
    """Cases in which a published act took place in ``year``, as far as its date is known."""
    acts = (
        Event.objects.published()
        .not_of_sealed_alone()
        .filter(case=OuterRef("pk"), occurrence="held", on__lte=date(year, 12, 31))
        .alias(last=Coalesce("until", "on"))
        .filter(last__gte=date(year, 1, 1))
    )
    return cases.filter(Exists(acts))


class YearFilter(django_filters.NumberFilter):
    """A filter on a year in four digits."""

    field_class = forms.IntegerField

    def get_max_validator(self) -> None:
        """The field's own bounds say it better."""


EVERY_ONE = 2**31  # a limit that no record reaches


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


class CaseFilter(django_filters.FilterSet):
    """Court, kind, status, finality, outcome, year and typed words, on listed cases."""

    q = TypedWordsFilter(method="by_words", label="Words", help_text="A name, a caption or a docket number.")
    court = django_filters.ModelChoiceFilter(
        queryset=lambda request: Court.objects.filter(cases__in=Case.objects.listed()).distinct().order_by("name"),
        to_field_name="slug",
        label="Court",
        empty_label="Any court",
    )
    kind = django_filters.ChoiceFilter(choices=choices.CASE_KINDS, label="Kind of case", empty_label="Any kind")
    status = django_filters.ChoiceFilter(
        field_name="derived_status", choices=choices.CASE_STATUSES, label="Status", empty_label="Any status"
    )
    finality = django_filters.ChoiceFilter(
        field_name="derived_finality", choices=choices.FINALITIES, label="Finality", empty_label="Final or not"
    )
    outcome = django_filters.ChoiceFilter(
        method="by_outcome", choices=choices.CHARGE_CLASSES, label="Outcome of a charge", empty_label="Any outcome"
    )
    year = YearFilter(
        method="by_year",
        label="Year",
        help_text="Cases with an act in that year.",
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
    )

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def by_words(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        return matching(queryset, value)

    def by_outcome(self, queryset: CaseQuerySet, name: str, value: str) -> CaseQuerySet:
        ended = published_charges().filter(defendant__case=OuterRef("pk"), derived_class=value)
        return queryset.filter(Exists(ended))

    def by_year(self, queryset: CaseQuerySet, name: str, value: int) -> CaseQuerySet:
        return with_act_in(queryset, int(value))

    @property
    def qs(self) -> CaseQuerySet:
        """The cases asked for. Fields that could not be understood are left out, and say so beside themselves."""
        return self.narrowed()

    def narrowed(self, *, but: str = "") -> CaseQuerySet:
        """The listed cases under every filter that was understood, except the one named ``but``."""
        found: CaseQuerySet = self.queryset.all()
        if not self.is_bound:
            return found
        self.form.errors  # noqa: B018  (fills cleaned_data)
        for name, value in self.form.cleaned_data.items():
            if name != but:
                found = self.filters[name].filter(found, value)
        return found

    def chosen(self) -> dict[str, Any]:
        """The filters in force, by name."""
        self.form.errors  # noqa: B018  (fills cleaned_data)
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}

    def chips(self) -> list[Chip]:
        """The filters in force, in words."""
        words = {name: dict(field.choices) for name, field in self.form.fields.items() if name in _LABELLED}
        chosen = self.chosen()
        sent = {name: getattr(value, "slug", value) for name, value in chosen.items()}
        chips = []
        for name, value in chosen.items():
            said = words[name].get(value, value) if name in words else value
            rest = urlencode({other: kept for other, kept in sent.items() if other != name})
            chips.append(Chip(name, f"“{said}”" if name == "q" else str(said), f"?{rest}" if rest else ""))
        return chips

    def facets(self) -> dict[str, list[Facet]]:
        """For each filter with fixed choices, those that would leave a case, with how many. One query for each."""
        return {
            "court": self._facet("court", self._counted("court", "court__slug", "court__name")),
            "kind": self._facet("kind", self._counted("kind", "kind")),
            "status": self._facet("status", self._counted("status", "derived_status")),
            "finality": self._facet("finality", self._counted("finality", "derived_finality")),
            "outcome": self._facet("outcome", self._outcomes()),
        }

    def _counted(self, name: str, *columns: str) -> Iterable[tuple[Any, ...]]:
        return self.narrowed(but=name).order_by().values_list(*columns).annotate(n=Count("pk"))

    def _outcomes(self) -> Iterable[tuple[Any, ...]]:
        charges = published_charges()
        if self.chosen().keys() - {"outcome"}:
            # With a limit, PostgreSQL chooses the cases first, and once: else it asks the filters of each charge anew.
            asked = self.narrowed(but="outcome").order_by().values("pk")[:EVERY_ONE]
            charges = charges.filter(defendant__case__in=asked)
        return charges.order_by().values_list("derived_class").annotate(n=Count("defendant__case", distinct=True))

    def _facet(self, name: str, counted: Iterable[tuple[Any, ...]]) -> list[Facet]:
        chosen = self.chosen().get(name)
        chosen = getattr(chosen, "slug", chosen)
        facets = {row[0]: Facet(row[0], _say(name, row), row[-1], row[0] == chosen) for row in counted}
        if chosen and chosen not in facets:
            value = self.chosen()[name]
            facets[chosen] = Facet(chosen, _say(name, (chosen, str(value), 0)), 0, chosen=True)
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


def _say(name: str, row: tuple[Any, ...]) -> str:
    """The words of a choice: a court's name stands in the row, every other label in the vocabulary."""
    return str(row[1]) if name == "court" else choices.label(row[0])

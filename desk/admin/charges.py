"""The pages of charges, and of the terms in which their outcomes are told."""

from typing import Any

from django.contrib import admin
from django.db import models as db
from django.db.models import QuerySet
from django.http import HttpRequest

from cases.models import Charge, Disposition
from desk import says
from desk.admin import filters
from desk.admin.base import RecordAdmin
from desk.tables.resources import ChargeTable
from desk.tables.screens import TableMixin


@admin.register(Charge)
class ChargeAdmin(TableMixin, RecordAdmin):
    """Charges. New ones are best entered on the page of the act that brings them."""

    table = ChargeTable
    list_display = ("named", "person", "case", "stands")
    list_filter = (
        "derived_class", "severity", "instrument",
        filters.most_used("outcome", "outcomes__disposition"), filters.most_used("court", "defendant__case__court"),
    )  # fmt: skip
    list_select_related = ("defendant__person", "defendant__case")
    ordering = ("defendant__case", "defendant__position", "count", "pk")
    search_fields = ("defendant__person__folded", "defendant__case__folded", "title", "statute")
    autocomplete_fields = ("defendant", "created_by", "enhances", "replaces")
    change_form_template = "admin/record/says_change_form.html"
    fields = (
        ("defendant", "created_by"),
        ("title", "count"),
        ("statute", "severity", "degree"),
        ("instrument", "applicability", "quantity"),
        ("replaces", "replaces_how"),
        "enhances",
        "raw_text",
    )

    def links(self, request: HttpRequest, obj: Charge | None) -> dict[str, Any]:
        return {"says": says.charge_says(obj)} if obj is not None else {}

    @admin.display(description="charge", ordering="title")
    def named(self, charge: Charge) -> str:
        return str(charge)

    @admin.display(description="what the record says now", ordering="derived_class")
    def stands(self, charge: Charge) -> str:
        return charge.derived_wording or "Nothing public yet"

    @admin.display(description="person", ordering="defendant__person__sort_name")
    def person(self, charge: Charge) -> str:
        return str(charge.defendant.person)

    @admin.display(description="case", ordering="defendant__case__caption")
    def case(self, charge: Charge) -> str:
        return str(charge.defendant.case)


@admin.register(Disposition)
class DispositionAdmin(RecordAdmin):
    """The terms of the glossary. The class of a term is law; its words are ours."""

    list_display = ("label", "cls", "slug", "sentence")
    list_filter = ("cls",)
    ordering = ("cls", "label", "pk")
    search_fields = ("label", "slug", "sentence")
    slug_from = ("label",)
    fields = ("label", "slug", "cls", "sentence")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find terms, and first those whose label begins with what was typed, then those that have it in the label."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        typed = " ".join(search_term.replace("\0", " ").split())[:200]
        if not typed or "o" in request.GET:  # the reader of the list chose a column to sort by
            return found, repeats
        place = db.Case(
            db.When(label__istartswith=typed, then=0), db.When(label__icontains=typed, then=1), default=2
        )  # fmt: skip
        return found.order_by(place, "label", "pk"), repeats

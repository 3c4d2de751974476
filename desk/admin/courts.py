"""The pages of courts, jurisdictions and the periods to appeal that are law there."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cases.models import AppealPeriod, Court, Jurisdiction
from desk.admin.base import MANY_WORDS, RecordAdmin
from desk.admin.rows import StackedRows
from people.names import fold, tokens


class AppealPeriodInline(StackedRows):
    model = AppealPeriod
    fields = (("case_kind", "days"), "authority", "note")


@admin.register(Jurisdiction)
class JurisdictionAdmin(RecordAdmin):
    """Jurisdictions with their periods to appeal."""

    list_display = ("name", "slug")
    ordering = ("name",)
    search_fields = ("name",)
    slug_from = ("name",)
    fields = ("name", "slug")
    inlines = (AppealPeriodInline,)


@admin.register(Court)
class CourtAdmin(RecordAdmin):
    """Courts, found by name, citation, place and jurisdiction; accents and case do not matter."""

    list_display = ("name", "jurisdiction", "system", "level", "location")
    list_filter = ("system", "level")
    list_select_related = ("jurisdiction",)
    ordering = ("name", "pk")
    search_fields = ("folded", "jurisdiction__name")
    slug_from = ("name",)
    autocomplete_fields = ("jurisdiction",)
    fields = (
        "name",
        "slug",
        "short_name",
        "jurisdiction",
        ("system", "level"),
        "location",
        "citation_string",
        "url",
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find courts in which, or in whose jurisdiction, every typed word stands."""
        words = search_term.replace("\0", " ")[:200].split()[:MANY_WORDS]
        legal = [(pk, fold(name)) for pk, name in Jurisdiction.objects.values_list("pk", "name")] if words else []
        for word in words:
            parts = tokens(word)
            here = Q(jurisdiction__in=[pk for pk, name in legal if all(part in name for part in parts)])
            for_name = Q(*(("folded__contains", part) for part in parts))
            queryset = queryset.filter(for_name | here) if parts else queryset.none()
        return queryset, False

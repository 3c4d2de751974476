"""The pages of courts, jurisdictions and the periods to appeal that are law there."""

from django.contrib import admin

from cases.models import AppealPeriod, Court, Jurisdiction
from desk.admin.base import RecordAdmin
from desk.admin.rows import StackedRows


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
    """Courts, found by name, citation, place and jurisdiction."""

    list_display = ("name", "jurisdiction", "system", "level", "location")
    list_filter = ("system", "level")
    list_select_related = ("jurisdiction",)
    ordering = ("name", "pk")
    search_fields = ("folded", "location", "jurisdiction__name")
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

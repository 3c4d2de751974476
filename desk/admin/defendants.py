"""The page of a defendant in a case: what the record says of them, and their charges."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse

from cases import editing
from cases.models import Defendant
from desk import says
from desk.admin import filters
from desk.admin.base import RecordAdmin, editor
from desk.forms import RecordForm
from desk.seals import SealableForm, seal_view
from desk.tables.resources import DefendantTable
from desk.tables.screens import TableMixin


class DefendantForm(SealableForm, RecordForm):
    """A defendant on a page of its own."""

    class Meta:
        model = Defendant
        exclude = ("sealed_basis", "sealed_on")


@admin.register(Defendant)
class DefendantAdmin(TableMixin, RecordAdmin):
    """Defendants. New ones are best entered on their case's page."""

    form = DefendantForm
    table = DefendantTable
    change_form_template = "admin/record/defendant_change_form.html"
    list_display = ("person", "case", "stands", "visibility")
    list_filter = ("visibility", filters.DefendantOutcome, "case__kind", filters.most_used("court", "case__court"))
    list_select_related = ("person", "case")
    ordering = ("person__sort_name", "case", "pk")
    search_fields = ("person__folded", "case__folded")
    autocomplete_fields = ("case", "person")
    told = ("seal", "case")

    def get_fieldsets(self, request: HttpRequest, obj: Defendant | None = None) -> Any:
        entered = ("case", "person", "position", "described_as", "visibility")
        return ((None, {"fields": (*entered, "seal") if obj else entered}),)

    @admin.display(description="what the record says now", ordering="derived_wording")
    def stands(self, defendant: Defendant) -> str:
        return defendant.derived_wording or "Nothing public yet"

    @admin.display(description="Seal")
    def seal(self, defendant: Defendant) -> str:
        sealed = defendant.sealed_on is not None
        return f"Sealed on {defendant.sealed_on}: {defendant.sealed_basis}" if sealed else "Not sealed"

    def get_urls(self) -> list[URLPattern]:
        seal = path("<int:pk>/seal/", self.admin_site.admin_view(self.seal_view), name="cases_defendant_seal")
        return [seal, *super().get_urls()]

    def seal_view(self, request: HttpRequest, pk: int) -> Any:
        """Seal the defendant, or lift the seal."""
        return seal_view(request, self, pk)

    def links(self, request: HttpRequest, obj: Defendant | None) -> dict[str, Any]:
        if obj is None:
            return {}
        return {
            "seal_url": reverse("admin:cases_defendant_seal", args=[obj.pk])
            if editor(request).has_perm(editing.SEAL)
            else "",
            "says": says.defendant_says(obj),
            "case_url": reverse("admin:cases_case_change", args=[obj.case_id]),
        }

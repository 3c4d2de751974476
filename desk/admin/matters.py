"""The page of a matter: one incident, its cases, and the roles and acts that belong to all of them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from cases.models import Case, Matter, Participant
from desk.act_forms import ShownByFormSet
from desk.admin import filters
from desk.admin.base import PublishableAdmin
from desk.admin.rows import StackedRows
from desk.forms import RecordFormSet
from desk.short.views import ways


class CaseLinks(admin.TabularInline):
    """The matter's cases, to be opened; they are entered on their own pages."""

    model = Case
    formset = RecordFormSet
    extra = 0
    can_delete = False
    show_change_link = True
    fields = ("caption", "docket_number", "derived_status", "derived_finality", "editorial_state")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class MatterRoles(StackedRows):
    model = Participant
    formset = ShownByFormSet
    verbose_name_plural = "Participants of the matter as a whole"
    autocomplete_fields = ("person",)
    fields = (("person", "role"), ("shown_by", "described_as"))


@admin.register(Matter)
class MatterAdmin(PublishableAdmin):
    """Matters. A matter has no status of its own: its cases have."""

    change_form_template = "admin/record/matter_change_form.html"
    list_display = ("title", "slug", "editorial_state")
    list_filter = ("editorial_state", filters.SecondLook, filters.Assigned, filters.Writer)
    ordering = ("title", "pk")
    search_fields = ("folded",)
    slug_from = ("title",)
    told = ("state",)

    def get_fieldsets(self, request: HttpRequest, obj: Matter | None = None) -> Any:
        return ((None, {"fields": ("title", "slug", "summary", *(("state",) if obj else ()))}),)

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        return (CaseLinks, MatterRoles) if obj is not None else ()

    @admin.display(description="State")
    def state(self, matter: Matter) -> str:
        return matter.get_editorial_state_display()

    def view_on_site(self, obj: Matter) -> str | None:
        return obj.get_absolute_url() if obj.editorial_state == "published" else None

    def links(self, request: HttpRequest, obj: Matter | None) -> dict[str, Any]:
        if obj is None:
            return {}
        asked = f"?matter={obj.pk}"
        return {
            "add_act_url": reverse("admin:cases_event_add") + asked,
            "short_forms": ways(obj) if request.user.has_perm("cases.add_event") else [],
            "add_case_url": reverse("admin:cases_case_add") + asked,
        }

"""The desk's screens of imports, at the admin site: batches, and what sources call courts."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.db.models import Count, ForeignKey, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from cases import editing
from imports import answering, screens
from imports.choices import DECIDABLE, Decision
from imports.models import Batch, CourtName, Mapping
from imports.tables import screens as tables


class Listed(admin.ModelAdmin):
    """A list that answers whatever its address says. ``list_title`` is what stands above it."""

    list_title = ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if "\0" in "".join((*request.GET, *(value for _, values in request.GET.lists() for value in values))):
            return HttpResponseRedirect(request.path)
        try:
            response = super().changelist_view(request, {"title": self.list_title, **(extra_context or {})})
            return response.render() if hasattr(response, "render") else response
        except (ValueError, OverflowError):
            return HttpResponseRedirect(request.path)


@admin.register(Batch)
class BatchAdmin(Listed):
    """Batches of proposals."""

    list_title = "Imported files"
    list_display = ["file_name", "origin", "made_at", "made_by", "waiting", "accepted", "undone_at"]
    list_filter = ["origin"]
    list_select_related = ["origin", "made_by"]
    search_fields = ["file_name"]
    ordering = ["-pk"]
    show_full_result_count = False
    list_per_page = 50
    change_list_template = "admin/imports/batches.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        waiting = Q(proposals__decision=Decision.OPEN, proposals__state__in=DECIDABLE)
        return (
            super().get_queryset(request)
            .annotate(
                waits=Count("proposals", filter=waiting),
                taken=Count("proposals", filter=Q(proposals__decision=Decision.ACCEPTED)),
            )
        )  # fmt: skip

    @admin.display(description="Waiting", ordering="waits")
    def waiting(self, batch: Batch) -> int:
        """How many proposals wait for a decision."""
        return int(batch.waits)  # type: ignore[attr-defined]  # the list counts it

    @admin.display(description="Accepted", ordering="taken")
    def accepted(self, batch: Batch) -> int:
        """How many proposals are in the record."""
        return int(batch.taken)  # type: ignore[attr-defined]  # the list counts it

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("<str:pk>/undo/", wrap(self.undo), name="imports_batch_undo"), *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        return screens.bring_view(request, self)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        return screens.batch_view(request, self, object_id)

    def undo(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Undo a batch."""
        return screens.undo_view(request, self, pk)

    def has_delete_permission(self, request: HttpRequest, obj: Batch | None = None) -> bool:
        """A batch is never deleted: it says where rows of the record come from. It can be undone."""
        return False


class KnownCourt(AutocompleteSelect):
    """Django's own, which fails when it is to show again what was sent and is no id: that is left out."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        known = [one for one in value if str(one) == "" or (str(one).isdecimal() and len(str(one)) < 19)]
        return super().optgroups(name, known, attr)


@admin.register(CourtName)
class CourtNameAdmin(Listed):
    """Which court a source means."""

    list_title = "Courts as sources call them"
    list_display = ["name", "origin", "court"]
    list_filter = ["origin"]
    list_select_related = ["origin", "court"]
    search_fields = ["name"]
    autocomplete_fields = ["court"]
    ordering = ["origin__name", "name"]
    show_full_result_count = False

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "court":
            kwargs.setdefault("widget", KnownCourt(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: CourtName, form: ModelForm, change: bool) -> None:  # noqa: FBT001 - the signature is Django's
        super().save_model(request, obj, form, change)
        answering.court_is_named(obj.origin)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        origin = request.GET.get("origin", "")
        kept = {"name": request.GET.get("name", "").replace("\0", "")[:300]}
        return kept | ({"origin": origin} if origin.isascii() and origin.isdecimal() and len(origin) < 19 else {})


@admin.register(Mapping)
class MappingAdmin(Listed):
    """How the tables of each source are read."""

    list_title = "Tables that can be read"
    list_display = ["title", "name"]
    search_fields = ["title", "name"]
    ordering = ["title", "name"]
    show_full_result_count = False
    change_list_template = "admin/imports/tables.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("toml/", wrap(self.new_text), name="imports_mapping_load"),
            path("<str:pk>/toml/", wrap(self.text), name="imports_mapping_text"),
            path("<str:pk>/toml/take/", wrap(self.take_out), name="imports_mapping_take"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        return tables.table_view(request, self, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        return tables.table_view(request, self, object_id)

    def new_text(self, request: HttpRequest) -> HttpResponse:
        """Take a mapping from a TOML file."""
        return tables.text_view(request, self, None)

    def text(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Change a mapping as TOML."""
        return tables.text_view(request, self, pk)

    def take_out(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Send a mapping as a TOML file."""
        return tables.take_out(request, self, pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        """Show who said what of a table, with the way back: the desk's own page of a row's history."""
        # The type is ignored: imports does not know the desk, whose site this always is.
        response: HttpResponse = self.admin_site.history_of_row(request, self, object_id)  # type: ignore[attr-defined]  # a desk's site
        return response

    def delete_model(self, request: HttpRequest, obj: Mapping) -> None:
        editing.remove(obj, by=cast(User, request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Mapping]) -> None:
        with editing.sitting(by=cast(User, request.user)):
            for row in queryset:
                editing.remove(row, by=cast(User, request.user))

"""The admin site of the desk: its names, the order of its rooms, what autocomplete says, and the preview."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

ORDER = [
    "Matter", "Case", "Event", "Ruling", "Defendant", "Charge", "Person", "Source", "Correction",
    "Court", "Jurisdiction", "Disposition", "Redirect",
]  # fmt: skip
APPS = ["cases", "people", "auth"]


class TellingAutocomplete(AutocompleteJsonView):
    """Autocomplete that tells two of one name apart, in a stable order; what it is asked may be any bytes."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        more = getattr(obj, "described_as", "") or getattr(obj, "location", "") or getattr(obj, "slug", "")
        if more and obj._meta.model_name in ("person", "court"):
            result["text"] = f"{result['text']} ({more})"
        return result


class DeskSite(admin.AdminSite):
    """The editors' desk."""

    site_header = "Docketline editors"
    site_title = "Docketline editors"
    index_title = "Your desk"
    enable_nav_sidebar = True

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, TellingAutocomplete.as_view(admin_site=self)(request))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The record's own nouns first, in the order in which an editor needs them."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda entry: _place(ORDER, entry["object_name"]))
        return sorted(apps, key=lambda app: _place(APPS, app["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The desk's first page: the review queue, and below it the record's nouns."""
        from desk.queue import queue_for

        return super().index(request, {"queue": queue_for(cast(User, request.user)), **(extra_context or {})})

    def history_of_row(self, request: HttpRequest, screen: admin.ModelAdmin, object_id: str) -> HttpResponse:
        """Show what was written of a row, for a screen of a room that does not know the desk (imports)."""
        from desk.history.views import stream_view

        return stream_view(request, screen, object_id)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from desk import hearings, tending
        from desk.history import views as past
        from desk.preview import preview_case
        from desk.queue import names
        from desk.ruling import views as ruling
        from desk.short import views as short
        from desk.sourcing import guess_view

        ours = [
            path("preview/cases/<slug:slug>/", self.admin_view(preview_case), name="preview_case"),
            path("sources/guess/", self.admin_view(guess_view), name="source_guess"),
            *hearings.urls(self),
            *names.urls(self),
            *ruling.urls(self),
            *short.urls(self),
            *tending.urls(self),
        ]
        ours += past.urls(self)
        return [*ours, *super().get_urls()]


def _place(order: list[str], name: str) -> tuple[int, str]:
    return (order.index(name) if name in order else len(order), name)

"""The page of a source, and the acts that cite it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse_lazy

from cases.models import Source
from desk.admin import filters
from desk.admin.base import RecordAdmin, editor
from desk.forms import RecordForm
from desk.queue.looks import look_of

TOLD = ("kind", "publisher", "title", "published_on", "archive_url")


class SourceForm(RecordForm):
    """A source. What its address tells is filled in beside it, where nothing stands yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "url" in self.fields:
            self.fields["url"].widget.attrs["data-source-guess"] = reverse_lazy("admin:source_guess")
        for name in TOLD:
            if name in self.fields:
                self.fields[name].widget.attrs["data-told"] = name


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources; an act's page offers them by publisher, title or address."""

    form = SourceForm
    list_display = ("title", "publisher", "kind", "published_on")
    list_filter = (filters.UnseenWords, "kind", filters.Cited)
    date_hierarchy = "published_on"
    ordering = ("-published_on", "title", "pk")
    search_fields = ("title", "publisher", "url")
    autocomplete_fields = ("relays",)
    fields = (
        "url",
        "kind",
        "publisher",
        "title",
        "archive_url",
        ("published_on", "accessed_on"),
        "relays",
    )

    def links(self, request: HttpRequest, obj: Source | None) -> dict[str, Any]:
        return {"second_look": look_of(obj, editor(request))} if obj is not None else {}

    class Media:
        js = ("desk/sourcing.js",)

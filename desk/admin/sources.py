"""The page of a source, and the acts that cite it."""

from django.contrib import admin

from cases.models import Source
from desk.admin.base import RecordAdmin


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources; an act's page offers them by publisher, title or address."""

    list_display = ("title", "publisher", "kind", "published_on")
    list_filter = ("kind",)
    date_hierarchy = "published_on"
    ordering = ("-published_on", "title", "pk")
    search_fields = ("title", "publisher", "url")
    autocomplete_fields = ("relays",)
    fields = (
        "kind",
        "publisher",
        "title",
        "url",
        "archive_url",
        ("published_on", "accessed_on"),
        "relays",
    )

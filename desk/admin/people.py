"""The pages of persons, their other names, and the old addresses that lead to them."""

from django.contrib import admin

from desk.admin.base import RecordAdmin
from desk.admin.rows import StackedRows
from people.models import Name, Person, Redirect


class NameInline(StackedRows):
    model = Name
    verbose_name = "other name"
    fields = (("text", "kind"),)


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """Persons, found by any of their names whatever the accents."""

    list_display = ("name", "kind", "described_as", "visibility")
    list_filter = ("kind", "visibility")
    ordering = ("sort_name", "slug")
    search_fields = ("folded", "names__folded")
    slug_from = ("name",)
    fields = ("name", "slug", "kind", "described_as", "visibility")
    inlines = (NameInline,)

    def view_on_site(self, obj: Person) -> str | None:
        return obj.get_absolute_url() if obj.is_visible else None


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    """Old addresses of persons."""

    list_display = ("old_slug", "person")
    list_select_related = ("person",)
    ordering = ("old_slug",)
    search_fields = ("person__folded", "old_slug")
    autocomplete_fields = ("person",)

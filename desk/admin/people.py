"""The pages of persons, their other names, who they are not, the old addresses that lead to them, and past merges."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from cases import guard
from desk.admin import filters
from desk.admin.base import RecordAdmin, editor
from desk.admin.rows import StackedRows
from desk.merges import choose_view, may_merge, merge_view, undo_view
from desk.publishing import line_of
from desk.queue.looks import look_of
from people.models import Merge, Name, Namesake, Person, Redirect


class NameInline(StackedRows):
    model = Name
    verbose_name = "other name"
    fields = (("text", "kind"),)


class NamesakeInline(StackedRows):
    model = Namesake
    fk_name = "person"
    verbose_name = "namesake"
    verbose_name_plural = "Not the same person as"
    autocomplete_fields = ("other",)
    fields = (("other", "note"),)


class NamesakeOfInline(StackedRows):
    """The same word, said on the other one's page: it holds both ways, and can be mended or removed from here."""

    model = Namesake
    fk_name = "other"
    verbose_name = "namesake"
    verbose_name_plural = "Not the same person as: said on their pages"
    fields = (("person", "note"),)
    readonly_fields = ("person",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """Persons, found by any of their names whatever the accents."""

    change_form_template = "admin/record/person_change_form.html"
    list_display = ("name", "kind", "described_as", "visibility")
    list_filter = (
        filters.UnseenWords, filters.PersonRole, "kind", "visibility", "not_named_because", "derived_standing",
    )  # fmt: skip
    ordering = ("sort_name", "slug")
    search_fields = ("folded", "names__folded")
    slug_from = ("name",)
    fields = ("name", "slug", "kind", "described_as", "visibility", "not_named_because")

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        said_there = isinstance(obj, Person) and obj.pk is not None and obj.namesake_of.exists()
        return (NameInline, NamesakeInline, NamesakeOfInline) if said_there else (NameInline, NamesakeInline)

    def view_on_site(self, obj: Person) -> str | None:
        return obj.get_absolute_url() if obj.is_visible else None

    def links(self, request: HttpRequest, obj: Person | None) -> dict[str, Any]:
        if obj is None:
            return {}
        named = [line_of(item) for item in guard.still_read(obj)]
        told = {"still_named": named, "second_look": look_of(obj, editor(request))}
        if not may_merge(request):
            return told
        return {
            **told,
            "merge_url": reverse("admin:people_person_merge", args=[obj.pk]),
            "merges": obj.merges.filter(undone_at=None).order_by("-pk"),
        }

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/merge/", view(self.choose_view), name="people_person_merge"),
            path("<int:keep>/merge/<int:absorb>/", view(self.merge_view), name="people_person_merge_with"),
            *super().get_urls(),
        ]

    def choose_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose whom the person is to be merged with."""
        return choose_view(request, self, pk)

    def merge_view(self, request: HttpRequest, keep: int, absorb: int) -> HttpResponse:
        """Show what a merge would do, and do it."""
        return merge_view(request, self, keep, absorb)


@admin.register(Merge)
class MergeAdmin(RecordAdmin):
    """Past merges. Each opens on the page that undoes it; none is entered or removed here."""

    list_display = ("absorbed_name", "kept", "merged_at", "by", "state")
    list_select_related = ("kept", "by", "undone_by")
    list_display_links = ("absorbed_name", "state")
    date_hierarchy = "merged_at"
    ordering = ("-merged_at", "-pk")
    search_fields = ("kept__folded", "absorbed_name", "absorbed_slug")
    actions = None

    @admin.display(description="state")
    def state(self, done: Merge) -> str:
        if done.undone_at is None:
            return "Undo …"
        return f"Undone on {timezone.localdate(done.undone_at)} by {done.undone_by or 'an account that is gone'}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        undo = path("<int:pk>/undo/", self.admin_site.admin_view(self.undo_view), name="people_merge_undo")
        return [undo, *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what undoing the merge would do, and do it."""
        return undo_view(request, self, pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        known = object_id.isascii() and object_id.isdecimal() and len(object_id) < 19
        return HttpResponseRedirect(reverse("admin:people_merge_undo", args=[int(object_id) if known else 0]))


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    """Old addresses of persons."""

    list_display = ("old_slug", "person")
    list_select_related = ("person",)
    ordering = ("old_slug",)
    search_fields = ("person__folded", "old_slug")
    autocomplete_fields = ("person",)

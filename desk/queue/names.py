"""Hidden names that readers can still read: on the first page until each text is mended, and all on one page."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from cases import editing, guard
from cases.models import Event
from desk.publishing import address_of
from desk.queue.rows import A_LIST, Row, Section

HEADING = "A hidden name can still be read"


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the address of the page with all of them."""
    return [path("names/", site.admin_view(names_view), name="still_read")]


def may_see(by: User) -> bool:
    """Whether somebody may change what is public, and so mend these texts."""
    return by.has_perms([editing.PUBLISH, "cases.view_case", "cases.view_event", "cases.view_matter"])


def names_for(by: User, most: int | None = A_LIST) -> Section | None:
    """Return the list for somebody, at most so many rows of it; None if there is nothing on it for them."""
    if not may_see(by):
        return None
    items = guard.still_read()
    rows = tuple(Row(_noun(one.row), str(one.row), address_of(one.row), one.words) for one in items[:most])
    return (
        Section(HEADING, rows, reverse("admin:still_read") if len(rows) < len(items) else "", len(items))
        if rows
        else None
    )


def names_view(request: HttpRequest) -> HttpResponse:
    """Show every public text that has a hidden name in it, each with its link."""
    by: User = request.user  # type: ignore[assignment]  # the desk lets nobody else in
    if not may_see(by):
        raise PermissionDenied
    context = {**admin.site.each_context(request), "title": HEADING, "section": names_for(by, most=None)}
    return TemplateResponse(request, "admin/record/names.html", context)


def _noun(row: Model) -> str:
    return "act" if isinstance(row, Event) else str(row._meta.verbose_name)

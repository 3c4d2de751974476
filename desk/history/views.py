"""The screens of the history: of one row and those below it, of what was removed, and the way back to a state."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from cases import editing, history
from cases.editing.restoring import restored
from desk.corrections import corrected_sitting, form_for
from desk.history.lines import MOST, entries, may, page_of, restore_url
from desk.history.past import past_matter_page_view, past_matter_view, past_page_view, past_person_view, past_view

PAGE = 40  # deletions
NAMED = 25  # rows of one deletion
CHANGED = "It was changed since this page was shown. Look again, then restore."
AS_IT_IS = "It says this already, so there is nothing to restore."
PAST = {"case": "admin:history_past", "matter": "admin:history_past_matter", "person": "admin:history_past_person"}
THERE_AGAIN = "It is there again, so there is nothing to bring back."


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses of these screens; the history of a row has Django's own address."""
    view: Callable[..., Any] = site.admin_view
    return [
        path("history/deleted/", view(deleted_view), name="history_deleted"),
        path("history/<str:label>/<int:position>/restore/", view(restore_view), name="history_restore"),
        path("past/cases/<int:pk>/", view(past_view), name="history_past"),
        path("past/cases/<int:pk>/<str:on>/", view(past_page_view), name="history_past_page"),
        path("past/matters/<int:pk>/", view(past_matter_view), name="history_past_matter"),
        path("past/matters/<int:pk>/<str:on>/", view(past_matter_page_view), name="history_past_matter_page"),
        path("past/people/<int:pk>/", view(past_person_view), name="history_past_person"),
    ]


def stream_view(request: HttpRequest, screen: ModelAdmin, object_id: str) -> HttpResponse:
    """Show what was written of a row and of those below it, newest first."""
    row = screen.get_object(request, object_id)
    if row is None:
        raise Http404
    if not screen.has_view_or_change_permission(request, row):
        raise PermissionDenied
    occasions, later = history.stream(row, until=_moment(request))
    context = {
        **screen.admin_site.each_context(request),
        "title": f"History: {row}",
        "row": row,
        "opts": screen.opts,
        "entries": entries(request, occasions),
        "later": later.isoformat() if later is not None else "",
        "back": page_of(row),
        "past": reverse(PAST[screen.opts.model_name], args=[row.pk]) if screen.opts.model_name in PAST else "",
        "has_permission": True,
    }
    return TemplateResponse(request, "admin/history/stream.html", context)


def deleted_view(request: HttpRequest) -> HttpResponse:
    """Show what was removed and is still gone, with the way to bring it back."""
    found = [one for one in history.deletions(until=_moment(request)) if _may_see(request, one.states)]
    shown, names = found[:PAGE], history.Names()
    names.expect_all(state for one in shown for state in one.states[:NAMED])
    told = [
        {
            "at": one.at,
            "who": names.user(one.user_id),
            "rows": [
                (str(state.model._meta.verbose_name), names.title(state.model, state.values))
                for state in one.states[:NAMED]
            ],
            "more": max(0, len(one.states) - NAMED),
            "back": restore_url(one.states[0]),
        }
        for one in shown
    ]
    later = shown[-1].at.isoformat() if len(found) > PAGE else ""
    context = {**admin.site.each_context(request), "title": "Removed from the record", "deletions": told}
    return TemplateResponse(request, "admin/history/deleted.html", context | {"later": later})


def restore_view(request: HttpRequest, label: str, position: int) -> HttpResponse:
    """Show what restoring a state would change, and do it once it is confirmed."""
    state = _state(label, position)
    if not may(request, "change", state.model):
        raise PermissionDenied
    if state.is_deletion:
        return _bring_back(request, state)
    row = state.model._base_manager.filter(pk=state.pk).first()
    if row is None:
        last = history.last_state(state.model, state.pk)
        gone = last is not None and last.is_deletion and not last.is_purged
        return HttpResponseRedirect(
            restore_url(last) if last is not None and gone else reverse("admin:history_deleted")
        )
    if request.method == "POST":
        try:
            with corrected_sitting(request):
                if request.POST.get("stamp") != history.stamp_of(row):
                    raise ValidationError(CHANGED)
                editing.restore(state, by=cast(User, request.user))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"“{row}” says again what it said.")
            return HttpResponseRedirect(page_of(row))
    return _confirm(request, state, row)


def _confirm(request: HttpRequest, state: history.State, row: Model) -> HttpResponse:
    names, refused = history.Names(), ""
    now = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    lines: list[Any] = []
    try:
        then = restored(state)
        after = {f.attname: getattr(then, f.attname) for f in row._meta.concrete_fields}
        lines = history.diff(state.model, now, after, names)
    except ValidationError as refusal:
        refused = " ".join(refusal.messages)
    context = {
        **admin.site.each_context(request),
        "title": "Restore an earlier state",
        "name": names.title(state.model, now),
        "noun": str(state.model._meta.verbose_name),
        "state": state,
        "who": names.user(state.user_id),
        "lines": lines,
        "refused": refused or ("" if lines else AS_IT_IS),
        "stamp": history.stamp_of(row),
        "correction": form_for(request, [row]),
        "back": page_of(row),
    }
    return TemplateResponse(request, "admin/history/restore.html", context)


def _bring_back(request: HttpRequest, state: history.State) -> HttpResponse:
    deletion = history.deletion_of(state)
    if deletion is None:
        messages.info(request, THERE_AGAIN)
        return HttpResponseRedirect(reverse("admin:history_deleted"))
    if not all(may(request, "add", one.model) for one in deletion.states):
        raise PermissionDenied
    if request.method == "POST":
        try:
            with corrected_sitting(request):
                rows = editing.bring_back(deletion.states, by=cast(User, request.user))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            count = f"{len(rows)} rows are" if len(rows) > 1 else f"“{rows[0]}” is"
            messages.success(request, f"{count} there again. What readers could read is a draft now.")
            return HttpResponseRedirect(page_of(rows[0]))
    names = history.Names()
    names.expect_all(deletion.states[:MOST])
    told = [
        (str(one.model._meta.verbose_name), names.title(one.model, one.values),
         history.diff(one.model, None, one.values, names))
        for one in deletion.states[:MOST]
    ]  # fmt: skip
    context = {
        **admin.site.each_context(request),
        "title": "Bring back what was removed",
        "state": state,
        "who": names.user(deletion.user_id),
        "rows": told,
        "more": max(0, len(deletion.states) - MOST),
        "correction": form_for(request, []),
        "back": reverse("admin:history_deleted"),
    }
    return TemplateResponse(request, "admin/history/bring_back.html", context)


def _state(label: str, position: int) -> history.State:
    try:
        model = apps.get_model(label)
        state = history.state_at(model, position) if position < 2**63 else None
    except (LookupError, ValueError, KeyError):
        raise Http404 from None
    if state is None or state.is_purged:
        raise Http404("A seal has removed what was written here, or it never was.")
    return state


def _may_see(request: HttpRequest, states: Iterable[history.State]) -> bool:
    return all(may(request, "view", state.model) for state in states)


def _moment(request: HttpRequest) -> datetime | None:
    """Return the moment that a page of a list begins at; None if the address does not say one that can be read."""
    try:
        found = parse_datetime(request.GET.get("until", "").replace(" ", "+"))
    except ValueError:
        return None
    return found if found is not None and is_aware(found) else None

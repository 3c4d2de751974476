"""As published on a past day: what our pages said then, beside the present record as of that day.

By the record read as it was, and the builders of the public pages. Only the desk shows it: what was corrected,
withdrawn or sealed is not published a second time by an archive of our own. What each page says, ``past_said`` tells.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases import history
from cases.law.dates import day_words
from cases.models import Case, Matter
from desk.history.past_said import (
    Said,
    case_then,
    has_part,
    matter_then,
    said_of_case,
    said_of_matter,
    said_of_person,
)
from people.models import Person

NOT_COME = "That day is not over. Choose a day before today."
NO_DAY = "Choose a day."
BEFORE = "The history of this {} begins on {}. What our page said before that day is not kept."
NOT_ENTERED = "This {} was entered on {}. Before that day there was no page."
NOT_PUBLISHED = "On that day no page of ours told of this {}."
NOT_KNOWN = "The {} is not public now, so the present record says nothing of it in public."
SEALED = "This case is sealed. Its history was removed when it was sealed, so nobody can read what the page had said."
WITHHELD = (
    "This name is withheld or sealed. What was written of it was removed from the history on purpose, so nobody can "
    "read what our pages had said."
)
LEFT_OUT = (
    "Something of this {} was sealed, or a name withheld, since our history began. What our page had said of it is "
    "not kept, so it is left out here."
)
FORGOTTEN = (
    "What our page said on that day is not known any more: since then something of this {} was sealed, or a name in "
    "it withheld, and the history of it was emptied on purpose."
)


class DayForm(forms.Form):
    """The past day that is asked for."""

    on = forms.DateField(
        label="Day",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": NO_DAY, "invalid": "Enter a day as year-month-day, for example 2024-07-12."},
    )

    def clean_on(self) -> date:
        """Refuse a day that is not over."""
        day: date = self.cleaned_data["on"]
        if day >= timezone.localdate():
            raise forms.ValidationError(NOT_COME)
        return day


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a page says: as ours said it, and as it stood in law. None where a page did not say it."""

    what: str
    said: str | None
    stood: str | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.said != self.stood


def past_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what our page of a case said at the end of a day, beside what the present record says of that day."""
    return _past(request, Case, pk, said_of_case, page="admin:history_past_page")


def past_matter_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what our page of a matter said at the end of a day, beside what the present record says of that day."""
    return _past(request, Matter, pk, said_of_matter, page="admin:history_past_matter_page")


def past_person_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what our pages said of a person at the end of a day, beside what the present record says of that day."""
    return _past(request, Person, pk, said_of_person)


def past_page_view(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Show our page of a case as it was at the end of a day, drawn by the same builder and template."""
    return _page(request, Case, pk, on, back="admin:history_past")


def past_matter_page_view(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Show our page of a matter as it was at the end of a day, drawn by the same builder and template."""
    return _page(request, Matter, pk, on, back="admin:history_past_matter")


def _past(
    request: HttpRequest, model: type[Model], pk: int, said: Callable[..., dict[str, Said] | None], *, page: str = ""
) -> HttpResponse:  # fmt: skip
    row, noun = _row(request, model, pk), str(model._meta.verbose_name)
    form = DayForm(request.GET if "on" in request.GET else None)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "As published on a past day",
        "thing": row,
        "noun": noun,
        "form": form,
        "back": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk]),
    }
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["on"]
        refused, ours = why_not(row, day), None
        if not refused:
            with history.as_recorded(day):
                ours = said(pk, {}, today=day)
        theirs = said(pk, {"as_of": day.isoformat()}, today=timezone.localdate())
        public = theirs is not None and bool(page)
        context |= {
            "day": day_words(day),
            "refused": refused or ("" if ours is not None else _why_no_page(row)),
            "rows": beside(ours, theirs or {}) if ours is not None else [],
            "left_out": LEFT_OUT.format(noun) if ours is not None and _anything_purged(row) else "",
            "missing": "" if theirs is not None else NOT_KNOWN.format(noun),
            "page": reverse(page, args=[pk, day.isoformat()]) if page else "",
            "law": f"{row.get_absolute_url()}?as_of={day.isoformat()}" if public else "",  # type: ignore[attr-defined]  # of both nouns
        }
    return TemplateResponse(request, "admin/history/past.html", context)


def _page(request: HttpRequest, model: type[Model], pk: int, on: str, *, back: str) -> HttpResponse:
    """Draw a whole page as it was at the end of a day; its filters work."""
    row = _row(request, model, pk)
    form = DayForm({"on": on})
    if not form.is_valid():
        return _in_words(" ".join(str(one) for one in form.errors["on"]), status=400)
    day = form.cleaned_data["on"]
    if refused := why_not(row, day):
        return _in_words(refused, status=404)
    no_page = _why_no_page(row)
    with history.as_recorded(day):
        page = (case_then if model is Case else matter_then)(pk, request.GET, today=day)
        if page is None:
            return _in_words(no_page, status=404)
        part = bool(getattr(request, "htmx", False)) and page.record is not None
        context = {
            "page": page,
            "record": page.record,
            str(model._meta.model_name): getattr(page.dossier, str(model._meta.model_name)),
            "noindex": True,
            "here": request.path,
            "part": part,
            "past_day": day_words(day),
            "back": f"{reverse(back, args=[pk])}?on={day.isoformat()}",
        }
        whole = "past_page" if model is Case else "past_matter_page"
        whole = "tombstone" if getattr(page, "sealed", False) else whole
        name = "components/record.html" if part else f"admin/history/{whole}.html"
        return HttpResponse(render_to_string(name, context, request))


def _in_words(told: str, *, status: int) -> HttpResponse:
    """Return an answer that is a sentence, where there is no page to draw."""
    return HttpResponse(told, status=status, content_type="text/plain; charset=utf-8")


def beside(ours: Mapping[str, Said], theirs: Mapping[str, Said]) -> list[Row]:
    """Return line by line what two pages say, by the keys that they share."""
    keys = [*ours, *(key for key in theirs if key not in ours)]
    return [Row((ours.get(key) or theirs[key])[0], *(side.get(key, ("", None))[1] for side in (ours, theirs)))
            for key in keys]  # fmt: skip


def why_not(row: Model, day: date) -> str:
    """Return why nobody can know what our pages said when ``day`` ended; "" if it is known."""
    if isinstance(row, Person) and not row.is_visible:
        return WITHHELD
    if isinstance(row, Case) and row.is_sealed:
        return SEALED
    first = history.history_begins(row.pk, type(row))
    if first is None or day < first:
        entered = first is not None and history.was_entered(row.pk, type(row))
        told = NOT_ENTERED if entered else BEFORE
        return told.format(row._meta.verbose_name, day_words(first or timezone.localdate()))
    return ""


def _why_no_page(row: Model) -> str:
    """Return what an empty past means: that nothing was public, or that it was forgotten on purpose."""
    return (FORGOTTEN if _anything_purged(row) else NOT_PUBLISHED).format(row._meta.verbose_name)


def _anything_purged(row: Model) -> bool:
    """Whether something was forgotten of a row on purpose, or of the cases that its page tells of."""
    if history.anything_purged(row) or isinstance(row, Case):
        return history.anything_purged(row)
    part = has_part(row) if isinstance(row, Person) else Q(matter=row.pk)
    return any(history.anything_purged(case) for case in Case.objects.filter(part).distinct())


def _row(request: HttpRequest, model: type[Model], pk: int) -> Model:
    if not request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        raise PermissionDenied
    if pk >= 2**63:
        raise Http404
    return get_object_or_404(model, pk=pk)

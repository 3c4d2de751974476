"""As published on a past day: what our page said then, beside how the case stood in law on that day.

Only the desk shows it. What was corrected, withdrawn or sealed is not published a second time by an archive of our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases import history
from cases.dossier import Dossier, load_case
from cases.law.dates import day_words
from cases.models import Case
from cases.pages import CasePage, case_page

NOT_COME = "That day is not over. Choose a day before today."
NO_DAY = "Choose a day."
BEFORE = "The history of this case begins on {}. What our page said before that day is not kept."
NOT_ENTERED = "This case was entered on {}. Before that day there was no page."
NOT_PUBLISHED = "On that day no page of this case was public."
SEALED = "This case is sealed. Its history was removed when it was sealed, so nobody can read what the page had said."
LEFT_OUT = (
    "Something of this {} was sealed, or a name withheld, since our history began. What our page had said of it is "
    "not kept, so it is left out here."
)
FORGOTTEN = (
    "What our page said on that day is not known any more: since then something of this case was sealed, or a name in "
    "it withheld, and the history of it was emptied on purpose."
)
NOT_KNOWN = "The case is not public now, so the present record says nothing of it in public."


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


Said = tuple[str, str]  # a label, and the words


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
    """Show what our page said at the end of a day, beside what the present record says of that day."""
    case = _case(request, pk)
    form = DayForm(request.GET if "on" in request.GET else None)
    context = {
        **admin.site.each_context(request),
        "title": "As published on a past day",
        "thing": case,
        "noun": "case",
        "form": form,
        "back": reverse("admin:cases_case_change", args=[pk]),
    }
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["on"]
        refused = why_not(case, day)
        said = None if refused else page_then(case, day)
        stood = page_as_of(case, day)
        context |= {
            "day": day_words(day),
            "refused": refused or ("" if said is not None else _why_no_page(case)),
            "rows": compared(said, stood) if said is not None else [],
            "stood": stood,
            "left_out": LEFT_OUT.format("case") if said is not None and history.anything_purged(case) else "",
            "missing": "" if stood is not None else NOT_KNOWN,
            "page": reverse("admin:history_past_page", args=[pk, day.isoformat()]),
            "law": f"{case.get_absolute_url()}?as_of={day.isoformat()}" if stood is not None else "",
        }
    return TemplateResponse(request, "admin/history/past.html", context)


def past_page_view(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Show our page as it was at the end of a day, drawn by the same builder and template; its filters work."""
    case = _case(request, pk)
    form = DayForm({"on": on})
    if not form.is_valid():
        return in_words(" ".join(str(one) for one in form.errors["on"]), status=400)
    day = form.cleaned_data["on"]
    if refused := why_not(case, day):
        return in_words(refused, status=404)
    no_page = _why_no_page(case)
    with history.as_recorded(day):
        dossier = _dossier_then(pk)
        if dossier is None:
            return in_words(no_page, status=404)
        page = case_page(dossier, request.GET, today=day)
        part = bool(getattr(request, "htmx", False)) and page.record is not None
        whole = "admin/history/tombstone.html" if page.sealed else "admin/history/past_page.html"
        context = {
            "page": page,
            "record": page.record,
            "case": dossier.case,
            "noindex": True,
            "here": request.path,
            "part": part,
            "past_day": day_words(day),
            "back": f"{reverse('admin:history_past', args=[pk])}?on={day.isoformat()}",
        }
        return HttpResponse(render_to_string("components/record.html" if part else whole, context, request))


def _why_no_page(case: Case) -> str:
    """Return what an empty past means: that nothing was public, or that it was forgotten on purpose."""
    return FORGOTTEN if history.anything_purged(case) else NOT_PUBLISHED


def in_words(told: str, *, status: int) -> HttpResponse:
    """Return an answer that is a sentence, where there is no page to draw."""
    return HttpResponse(told, status=status, content_type="text/plain; charset=utf-8")


def _dossier_then(pk: int) -> Dossier | None:
    slug = Case.objects.filter(pk=pk).values_list("slug", flat=True).first()
    return load_case(slug) if slug else None


def why_not(case: Case, day: date) -> str:
    """Return why nobody can know what the page said when ``day`` ended; "" if it is known."""
    if case.is_sealed:
        return SEALED
    first = history.history_begins(case.pk)
    if first is None or day < first:
        entered = first is not None and history.was_entered(case.pk)
        return (NOT_ENTERED if entered else BEFORE).format(day_words(first or timezone.localdate()))
    return ""


def page_then(case: Case, day: date) -> CasePage | None:
    """Return our page as it was when ``day`` ended, wholly read; None if there was none."""
    with history.as_recorded(day):
        dossier = _dossier_then(case.pk)
        return case_page(dossier, {}, today=day) if dossier is not None else None


def page_as_of(case: Case, day: date) -> CasePage | None:
    """Return what the present public record says of ``day``; None if the case is not public."""
    dossier = load_case(case.slug)
    return case_page(dossier, {"as_of": day.isoformat()}, today=timezone.localdate()) if dossier is not None else None


def compared(said: CasePage, stood: CasePage | None) -> list[Row]:
    """Return both pages line by line: the case, each defendant, each charge, and the acts listed."""
    return beside(_said(said), _said(stood) if stood is not None else {})


def beside(ours: Mapping[str, Said], theirs: Mapping[str, Said]) -> list[Row]:
    """Return line by line what two pages say, by the keys that they share."""
    keys = [*ours, *(key for key in theirs if key not in ours)]
    return [Row((ours.get(key) or theirs[key])[0], *(side.get(key, ("", None))[1] for side in (ours, theirs)))
            for key in keys]  # fmt: skip


def _said(page: CasePage) -> dict[str, Said]:
    """Return what a page says: by a key that both pages share, a label and the words."""
    found = {
        "caption": ("The case’s name", page.caption),
        "status": ("Status", page.status.label if page.status else ""),
        "finality": ("Finality", page.finality.label if page.finality else ""),
        "wording": ("In words", page.wording),
    }
    for card in page.defendants:
        found[f"defendant {card.id}"] = (card.name, card.wording)
        for charge in card.charges:
            title = f"Count {charge.count}: {charge.title}" if charge.count else charge.title
            found[f"charge {charge.id}"] = (f"A charge against {card.name}", f"{title}. {charge.wording}")
    acts = [line for year in (page.record.years if page.record else ()) for line in year.lines]
    for line in [*acts, *(page.record.undated if page.record else ())]:
        entry = line.entry
        found[f"act {entry.id}"] = (f"Act of {entry.when}", entry.title)
    return found


def _case(request: HttpRequest, pk: int) -> Case:
    if not request.user.has_perm("cases.view_case"):
        raise PermissionDenied
    if pk >= 2**63:
        raise Http404
    return get_object_or_404(Case, pk=pk)

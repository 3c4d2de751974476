"""The page of a short form: shown, sent in, shown again with its errors, or written and left for the case."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from cases import editing
from cases.law.vocabulary import CaseKind
from cases.models import Case, Event, Matter
from desk.admin.base import editor
from desk.choices_within import charges_of_same_people, defendants_in
from desk.ruling.docket import Docket
from desk.short.charges import MOST_CHARGES, ChargeFormSet, charge_rows
from desk.short.civil import told
from desk.short.following import Earlier, NewChargeFormSet, new_charge_rows
from desk.short.foreseen import Foreseen
from desk.short.forms import ShortForm
from desk.short.kinds import FORMS, Short
from desk.short.writing import Entry
from desk.sourcing import SourcingForm, labelled, sources_of

LOOK = "_preview"
MORE, TOTAL, ROWS = "_more_charges", "charges-TOTAL_FORMS", 3
BUTTONS = {"_publish": ("publish", "published"), "_submit": ("submit", "in review"), "_save": ("", "saved as a draft")}


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses, each behind the desk's door."""
    return [
        path("cases/case/<int:pk>/enter/<slug:slug>/", site.admin_view(case_view), name="case_enter"),
        path("cases/case/<int:pk>/enter/<slug:slug>/preview/", site.admin_view(preview), name="case_enter_preview"),
        path("cases/matter/<int:pk>/enter/<slug:slug>/", site.admin_view(matter_view), name="matter_enter"),
    ]


@dataclass(frozen=True)
class Way:
    """A link to a short form."""

    label: str
    url: str


def ways(home: Case | Matter) -> list[Way]:
    """Return the links to the short forms that a case or a matter has."""
    noun = "case" if isinstance(home, Case) else "matter"
    return [
        Way(told(short.label, civil=_is_civil(home)), reverse(f"admin:{noun}_enter", args=[home.pk, short.slug]))
        for short in FORMS.values()
        if (noun == "case" or short.in_matter) and not (short.follows and not _has_earlier(home))
    ]


def _is_civil(home: Case | Matter) -> bool:
    return isinstance(home, Case) and home.kind == CaseKind.CIVIL


def _has_earlier(home: Case | Matter) -> bool:
    """Whether there are charges which new ones may follow."""
    return isinstance(home, Case) and charges_of_same_people(Event(case=home)).exists()


def case_view(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Enter an act of a case by a short form."""
    return _view(request, get_object_or_404(Case, pk=pk), slug)


def matter_view(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Enter an act of a matter as a whole by a short form."""
    return _view(request, get_object_or_404(Matter, pk=pk), slug)


def preview(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Say what the record will say once a charging document is in it; only a POST has one to tell of."""
    home, short = get_object_or_404(Case, pk=pk), FORMS.get(slug)
    if not request.user.has_perm("cases.add_event"):
        raise PermissionDenied
    if short is None or not short.brings_charges or request.method != "POST":
        raise Http404
    return TemplateResponse(request, "admin/ruling/preview.html", {"foreseen": _foreseen(request, home, short)})


def _view(request: HttpRequest, home: Case | Matter, slug: str) -> HttpResponse:
    if not request.user.has_perm("cases.add_event"):
        raise PermissionDenied
    short = FORMS.get(slug)
    if short is None or (isinstance(home, Matter) and not short.in_matter):
        raise Http404
    sent = request.method == "POST"
    button = next((name for name in BUTTONS if name in request.POST), "_save")
    entry = _entry(request, home, short, needs_source=button == "_publish")
    if MORE in request.POST or LOOK in request.POST:
        entry.judge_nothing()
    elif sent and entry.is_valid():
        act = entry.write(by=editor(request), then=BUTTONS[button][0])
        if act is not None:
            return _leave(request, home, entry, act, told=BUTTONS[button][1])
    return TemplateResponse(request, "admin/record/short.html", _context(request, home, short, entry))


def _entry(request: HttpRequest, home: Case | Matter, short: Short, *, needs_source: bool) -> Entry:
    data = _sent(request) if request.method == "POST" else None
    sourcing = SourcingForm(data, offered=labelled(sources_of(home)), needed=needs_source)
    return Entry(ShortForm(data, short=short, home=home), _charges(data, home, short), sourcing)


def _charges(data: QueryDict | None, home: Case | Matter, short: Short) -> ChargeFormSet | None:
    if not short.brings_charges or not isinstance(home, Case):
        return None
    everybody = list(defendants_in(home))
    return new_charge_rows(data, everybody, Earlier(home)) if short.follows else charge_rows(data, everybody)


def _foreseen(request: HttpRequest, home: Case, short: Short) -> Foreseen:
    """Return what the form that was sent would do. It is read apart from the one that is shown, and judged."""
    entry = _entry(request, home, short, needs_source=False)
    rows = entry.charges
    docket = rows.earlier.docket if isinstance(rows, NewChargeFormSet) else Docket(home, timezone.localdate())
    return Foreseen(entry, home, docket)


def _sent(request: HttpRequest) -> QueryDict:
    """Return what was sent in, with room for more charges where that was asked for: without the script, by a button."""
    data = request.POST.copy()
    said = str(data.get(TOTAL, ""))
    if MORE in data and said.isascii() and said.isdecimal() and len(said) < 5:
        data[TOTAL] = str(max(int(said), min(int(said) + ROWS, MOST_CHARGES)))
    return data


def _leave(request: HttpRequest, home: Case | Matter, entry: Entry, act: Event, *, told: str) -> HttpResponse:
    """Lead back to the case or matter, where what the act did is seen."""
    if entry.again:
        messages.info(request, f"“{act}” was entered already; nothing was entered twice.")
    else:
        LogEntry.objects.log_actions(editor(request).pk, [act], ADDITION, change_message="Entered by a short form.")
        messages.success(request, f"“{act}” is {told} now.")
    return HttpResponseRedirect(_home_url(home))


def _home_url(home: Case | Matter) -> str:
    noun = "case" if isinstance(home, Case) else "matter"
    return reverse(f"admin:cases_{noun}_change", args=[home.pk])


def _context(request: HttpRequest, home: Case | Matter, short: Short, entry: Entry) -> dict[str, Any]:
    by = editor(request)
    parts = [entry.act, entry.sourcing, *(entry.charges.forms if entry.charges is not None else [])]
    return {
        **admin.site.each_context(request),
        "title": entry.act.say(short.label),
        "thing": entry.act.say("charge"),
        "opts": type(home)._meta,
        "home": home,
        "home_url": _home_url(home),
        "short": short,
        "noun": "case" if isinstance(home, Case) else "matter",
        "replaces_url": _new_charges_url(home) if short.slug == "charges" else "",
        "form": entry.act,
        "charges": entry.charges,
        "sourcing": entry.sourcing,
        "preview_url": reverse("admin:case_enter_preview", args=[home.pk, short.slug])
        if entry.charges is not None
        else "",
        "foretold": entry.charges is not None,
        "foreseen": _foreseen(request, home, short) if LOOK in request.POST and isinstance(home, Case) else None,
        "may_publish": by.has_perm(editing.PUBLISH) and by.has_perm(editing.PUBLISH_OWN),
        "wrong": request.method == "POST"
        and LOOK not in request.POST
        and (any(part.errors for part in parts) or _refused_rows(entry)),
    }


def _new_charges_url(home: Case | Matter) -> str:
    """Return the address of the form for charges that follow earlier ones; "" where there are none."""
    return reverse("admin:case_enter", args=[home.pk, "new-charges"]) if _has_earlier(home) else ""


def _refused_rows(entry: Entry) -> bool:
    return entry.charges is not None and bool(entry.charges.non_form_errors())

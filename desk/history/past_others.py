"""As published on a past day, of a matter and of a person: what our pages said then, beside the record as of that day.

By the same means as of a case: the record read as it was, and the builders of the public pages. A matter has its whole
page too. Of a person it is what the pages of cases and matters said: their own page only gathers that.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

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
from cases.dossier import load_case, load_matter
from cases.law.dates import day_words
from cases.models import Case, Matter
from cases.pages import CasePage, MatterPage, case_page, matter_page
from cases.pages.parts import Role
from desk.history.past import BEFORE, FORGOTTEN, LEFT_OUT, NOT_ENTERED, DayForm, Said, beside, in_words
from people.models import Person

NOT_PUBLISHED = "On that day no page of ours told of this {}."
NOT_KNOWN = "The {} is not public now, so the present record says nothing of it in public."
WITHHELD = (
    "This name is withheld or sealed. What was written of it was removed from the history on purpose, so nobody can "
    "read what our pages had said."
)


def past_matter_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what our page of a matter said at the end of a day, beside what the present record says of that day."""
    return _past(request, Matter, pk, said_of_matter, page="admin:history_past_matter_page")


def past_person_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what our pages said of a person at the end of a day, beside what the present record says of that day."""
    return _past(request, Person, pk, said_of_person)


def past_matter_page_view(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """Show our page of a matter as it was at the end of a day, drawn by the same builder and template."""
    row = _row(request, Matter, pk)
    form = DayForm({"on": on})
    if not form.is_valid():
        return in_words(" ".join(str(one) for one in form.errors["on"]), status=400)
    day = form.cleaned_data["on"]
    if refused := _why_not(row, day):
        return in_words(refused, status=404)
    no_page = _why_no_page(row)
    with history.as_recorded(day):
        page = _matter_page(pk, request.GET, today=day)
        if page is None:
            return in_words(no_page, status=404)
        part = bool(getattr(request, "htmx", False))
        context = {
            "page": page,
            "record": page.record,
            "matter": page.dossier.matter,
            "noindex": True,
            "here": request.path,
            "part": part,
            "past_day": day_words(day),
            "back": f"{reverse('admin:history_past_matter', args=[pk])}?on={day.isoformat()}",
        }
        whole = "admin/history/past_matter_page.html"
        return HttpResponse(render_to_string("components/record.html" if part else whole, context, request))


def _past(
    request: HttpRequest,
    model: type[Model],
    pk: int,
    said: Callable[..., dict[str, Said] | None],
    *,
    page: str = "",
) -> HttpResponse:
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
        refused, ours = _why_not(row, day), None
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


def said_of_matter(pk: int, asked: Mapping[str, Any], *, today: date) -> dict[str, Said] | None:
    """Return what the page of a matter says, by keys that hold on every day; None if it is not public."""
    page = _matter_page(pk, asked, today=today)
    if page is None:
        return None
    matter = page.dossier.matter
    found = {"title": ("The matter’s title", matter.title), "summary": ("Its summary", matter.summary)}
    for brief in (*page.cases, *page.linked):
        words = ". ".join(filter(None, (brief.status.label, brief.wording)))
        found[f"case {brief.url}"] = (f"Case: {brief.caption}", words)
    for one in page.accused:
        for part in one.cases:
            for charge in part.card.charges:
                found[f"charge {charge.id}"] = (f"A charge against {one.name}", f"{charge.title}. {charge.wording}")
    acts = [line for year in page.record.years for line in year.lines]
    for line in (*acts, *page.record.undated):
        found[f"act {line.entry.id}"] = (f"Act of {line.entry.when}", line.entry.title)
    return found


def said_of_person(pk: int, asked: Mapping[str, Any], *, today: date) -> dict[str, Said] | None:
    """Return what our pages say of a person; None where none of them names them."""
    person = Person.objects.filter(pk=pk).first()
    if person is None or not person.is_visible:
        return None
    url = person.get_absolute_url()
    parts: dict[str, Said] = {}
    for case in Case.objects.listed().filter(_has_part(person)).distinct().order_by("pk"):
        dossier = load_case(case.slug)
        if dossier is not None:
            parts |= _in_case(case_page(dossier, asked, today=today), url)
    for matter in Matter.objects.published().filter(participants__person=person).distinct().order_by("pk"):
        of_matter = _matter_page(matter.pk, asked, today=today)
        if of_matter is not None:
            parts |= _roles(of_matter.people, url, f"matter {matter.pk}", str(matter))
    if not parts:
        return None
    others = ", ".join(person.names.order_by("folded", "pk").values_list("text", flat=True))
    return {
        "name": ("The name", person.name),
        "described as": ("Described as", person.described_as),
        "others": ("Other names", others),
        **parts,
    }


def _has_part(person: Person) -> Q:
    return Q(defendants__person=person) | Q(participants__person=person)


def _in_case(page: CasePage, url: str) -> dict[str, Said]:
    """Return what the page of a case says of whom it leads to at ``url``: their standing, charges and roles."""
    found: dict[str, Said] = {}
    for card in page.defendants:
        if card.url == url:
            found[f"defendant {card.id}"] = (f"{page.caption}: {card.role}", card.wording)
            for charge in card.charges:
                found[f"charge {charge.id}"] = (f"{page.caption}: a charge", f"{charge.title}. {charge.wording}")
    return found | _roles((*page.officials, *page.parties), url, f"case {page.dossier.case.pk}", page.caption)


def _roles(roles: Iterable[Role], url: str, where: str, caption: str) -> dict[str, Said]:
    return {
        f"{where} {one.role}": (caption, ", ".join(filter(None, (one.role, one.described_as, one.dates))))
        for one in roles
        if one.url == url
    }


def _matter_page(pk: int, asked: Mapping[str, Any], *, today: date) -> MatterPage | None:
    slug = Matter.objects.filter(pk=pk).values_list("slug", flat=True).first()
    dossier = load_matter(slug) if slug else None
    return matter_page(dossier, asked, today=today) if dossier is not None else None


def _why_not(row: Model, day: date) -> str:
    if isinstance(row, Person) and not row.is_visible:
        return WITHHELD
    first = history.history_begins(row.pk, type(row))
    if first is None or day < first:
        entered = first is not None and history.was_entered(row.pk, type(row))
        told = (NOT_ENTERED if entered else BEFORE).format(day_words(first or timezone.localdate()))
        return told.replace("his case", f"his {row._meta.verbose_name}")
    return ""


def _why_no_page(row: Model) -> str:
    noun = str(row._meta.verbose_name)
    return FORGOTTEN.replace("his case", f"his {noun}") if _anything_purged(row) else NOT_PUBLISHED.format(noun)


def _anything_purged(row: Model) -> bool:
    if history.anything_purged(row):
        return True
    part = _has_part(row) if isinstance(row, Person) else Q(matter=row.pk)
    return any(history.anything_purged(case) for case in Case.objects.filter(part).distinct())


def _row(request: HttpRequest, model: type[Model], pk: int) -> Model:
    if not request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        raise PermissionDenied
    if pk >= 2**63:
        raise Http404
    return get_object_or_404(model, pk=pk)

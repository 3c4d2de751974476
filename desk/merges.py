"""Making one person of two at the desk, and undoing it: choose, see what would happen, confirm."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases import editing
from cases.editing import CorrectionNeeded
from cases.models import Defendant, Event, Participant
from desk.admin.base import RecordAdmin, editor
from desk.corrections import corrected_sitting, form_for
from people.choices import NAMED, Visibility
from people.merging import Move, Preview, preview_unmerge
from people.models import Merge, Namesake, Person, Standing

MOST_SHOWN = 20
CHANGED = "Something about the two was changed since this page was shown, or it was not sent whole. Look again, please."
HEADINGS: dict[type[Model], str] = {
    Defendant: "Accused or sued, with the charges",
    Participant: "Other roles",
    Event: "Acts they did",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row in words, where it is edited, and what rests on it."""

    text: str
    url: str
    more: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, with what tells them apart."""

    person: Person
    parts: str
    url: str


def may_merge(request: HttpRequest) -> bool:
    """Whether the editor may merge and undo merges: it changes one person and removes the other."""
    return editor(request).has_perms([editing.MERGE, "people.change_person", "people.delete_person"])


def choose_view(request: HttpRequest, screen: RecordAdmin, pk: int) -> HttpResponse:
    """Look for the other person, by a name or an address; those of the same surname are offered at first."""
    _only_for_those_who_may(request)
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        return _without(request, pk)
    typed = request.GET.get("q", "").replace("\0", " ").strip()[:200]
    found = _candidates(request, screen, person, typed)
    context = {
        "title": "Merge with …",
        "person": person,
        "typed": typed,
        "candidates": [_candidate(person, other) for other in found[:MOST_SHOWN]],
        "more": len(found) > MOST_SHOWN,
    }
    return _page(request, screen, "merge_choose", context)


def merge_view(request: HttpRequest, screen: RecordAdmin, keep: int, absorb: int) -> HttpResponse:
    """Show what merging would do; a confirmed form does it, or says that they are two. Sent twice, it is done once."""
    _only_for_those_who_may(request)
    kept, absorbed = (Person.objects.filter(pk=pk).first() for pk in (keep, absorb))
    if kept is None or absorbed is None:
        return _without(request, keep, absorb)
    if request.method == "POST" and "apart" in request.POST:
        return _keep_apart(request, screen, kept, absorbed)
    if request.method == "POST":
        try:
            _merge(request, screen, kept, absorbed)
        except CorrectionNeeded as refusal:
            _tell(request, refusal)  # and the page again, with what was typed
        except ValidationError as refusal:
            if Person.objects.filter(pk__in=[keep, absorb]).count() == len({keep, absorb}):
                _tell(request, refusal)
            return HttpResponseRedirect(request.path)
        else:
            messages.success(request, f"“{absorbed}” is merged into “{kept}”. /people/{absorbed.slug}/ leads here now.")
            return HttpResponseRedirect(_person_url(kept.pk))
    preview = editing.preview_merge(keep=kept, absorb=absorbed)
    context = {
        "title": f"Merge “{absorbed}” into “{kept}”",
        "keep": kept,
        "absorb": absorbed,
        "preview": preview,
        "correction": form_for(request, [absorbed]),
        "moves": _told(preview.moves),
        "seen": _seal_of(preview),
        "namesakes": absorbed.namesakes.count() + absorbed.namesake_of.count(),
        "apart": Namesake.objects.filter(Q(person=kept, other=absorbed) | Q(person=absorbed, other=kept)).exists(),
        "newly_public": kept.derived_standing != Standing.NOTHING and absorbed.derived_standing == Standing.NOTHING,
        "swap": reverse("admin:people_person_merge_with", args=[absorbed.pk, kept.pk]),
        "absorb_url": _person_url(absorbed.pk),
        "back": _person_url(kept.pk),
    }
    return _page(request, screen, "merge", context)


def undo_view(request: HttpRequest, screen: RecordAdmin, pk: int) -> HttpResponse:
    """Show what undoing a merge would do; a confirmed form does it."""
    _only_for_those_who_may(request)
    done = Merge.objects.select_related("kept", "by", "undone_by").filter(pk=pk).first()
    if done is None:
        messages.error(request, "There is no such merge in the record.")
        return HttpResponseRedirect(reverse("admin:people_merge_changelist"))
    if request.method == "POST":
        try:
            restored = _undo(request, screen, done)
        except CorrectionNeeded as refusal:
            _tell(request, refusal)  # and the page again, with what was typed
        except ValidationError as refusal:
            _tell(request, refusal)
            return HttpResponseRedirect(request.path)
        else:
            messages.success(request, f"“{restored}” is a person of their own again, at /people/{restored.slug}/.")
            return HttpResponseRedirect(_person_url(restored.pk))
    told = preview_unmerge(done)
    context = {
        "title": f"Undo: “{done.absorbed_name}” merged into “{done.kept}”",
        "done": done,
        "told": told,
        "correction": form_for(request, [done.kept]),
        "moves": _told(told.moves),
        "hidden": told.visibility not in NAMED,
        "kept_url": _person_url(done.kept_id),
    }
    return _page(request, screen, "unmerge", context)


def _merge(request: HttpRequest, screen: RecordAdmin, keep: Person, absorb: Person) -> None:
    """Do what the editor saw, and nothing else; and write who did it into the desk's log."""
    with corrected_sitting(request):
        if request.POST.get("seen") != _seal_of(editing.preview_merge(keep=keep, absorb=absorb)):
            raise ValidationError(CHANGED)
        editing.merge_people(keep=keep, absorb=absorb, by=editor(request))
        screen.log_change(request, keep, f"Merged “{absorb}” ({absorb.slug}) into this person.")
        screen.log_change(request, absorb, f"Merged into “{keep}” ({keep.slug}).")


def _keep_apart(request: HttpRequest, screen: RecordAdmin, person: Person, other: Person) -> HttpResponse:
    """Record that the two are not the same person, with a line on how to tell them apart."""
    try:
        with editing.sitting():
            note = request.POST.get("note", "").strip()
            editing.save(Namesake(person=person, other=other, note=note), by=editor(request))
            screen.log_change(request, person, f"Said that this is not “{other}” ({other.slug}).")
    except ValidationError as refusal:
        _tell(request, refusal)
        return HttpResponseRedirect(request.path)
    messages.success(request, f"It is recorded that “{person}” and “{other}” are not the same person.")
    return HttpResponseRedirect(_person_url(person.pk))


def _undo(request: HttpRequest, screen: RecordAdmin, done: Merge) -> Person:
    with corrected_sitting(request):
        restored = editing.unmerge_people(done, by=editor(request))
        screen.log_change(request, done.kept, f"Undid the merge of “{restored}” ({restored.slug}) into this person.")
        screen.log_change(request, restored, f"Undid the merge into “{done.kept}” ({done.kept.slug}).")
    return restored


def _only_for_those_who_may(request: HttpRequest) -> None:
    if not may_merge(request):
        raise PermissionDenied


def _tell(request: HttpRequest, refusal: ValidationError) -> None:
    for sentence in refusal.messages:
        messages.error(request, sentence)


def _without(request: HttpRequest, *ids: int) -> HttpResponse:
    """Say that one of two is gone; if a merge made one of them, say that, and show the person kept."""
    for pk in ids:
        done = Merge.objects.filter(record__person__id=pk, undone_at=None).select_related("kept").last()
        if done is not None and not Person.objects.filter(pk=pk).exists():
            messages.info(
                request, f"“{done.absorbed_name}” was merged into “{done.kept}” already; nothing else was done."
            )
            return HttpResponseRedirect(_person_url(done.kept_id))
    messages.error(request, "This person is no longer in the record. Start again from the list.")
    return HttpResponseRedirect(reverse("admin:people_person_changelist"))


def _candidates(request: HttpRequest, screen: RecordAdmin, person: Person, typed: str) -> list[Person]:
    others = (
        Person.objects.exclude(pk=person.pk).prefetch_related("defendant_in__case", "participant_in__case").by_name()
    )
    if not typed:
        return list(others.filter(sort_name__startswith=person.sort_name.partition(" ")[0])[: MOST_SHOWN + 1])
    address = typed.rstrip("/").rpartition("/")[2]
    exact = list(others.filter(Q(slug=address) | Q(redirects__old_slug=address)).distinct()[:MOST_SHOWN])
    named = screen.get_search_results(request, others, typed)[0].distinct()
    return [*exact, *(other for other in named[: MOST_SHOWN + 1] if other not in exact)]


def _candidate(person: Person, other: Person) -> Candidate:
    parts = [f"defendant in {row.case}" for row in other.defendant_in.all()]
    parts += [f"{row.get_role_display().lower()} in {row.case}" for row in other.participant_in.all() if row.case]
    told = "; ".join(parts[:3]) + (f"; {len(parts) - 3} more" if len(parts) > 3 else "")
    return Candidate(other, told, reverse("admin:people_person_merge_with", args=[person.pk, other.pk]))


def _told(moves: tuple[Move, ...]) -> list[tuple[str, list[Line]]]:
    return [
        (HEADINGS.get(type(move.rows[0]), str(move.rows[0]._meta.verbose_name_plural).capitalize()),
         [_line(row) for row in move.rows])
        for move in moves
    ]  # fmt: skip


def _line(row: Model) -> Line:
    match row:
        case Defendant():
            hidden = "" if row.visibility == Visibility.PUBLIC else f" ({row.get_visibility_display().lower()})"
            charges = row.charges.order_by("count", "pk")
            more = tuple(
                Line(str(charge), reverse("admin:cases_charge_change", args=[charge.pk])) for charge in charges
            )
            return Line(f"{row.case}{hidden}", reverse("admin:cases_defendant_change", args=[row.pk]), more)
        case Participant():
            where = reverse("admin:cases_event_change", args=[row.shown_by_id])
            return Line(f"{row.get_role_display()} in {row.case or row.matter}", where)
        case Event():
            return Line(f"{row.title}, {row.when}", reverse("admin:cases_event_change", args=[row.pk]))
        case _:
            return Line(str(row), "")


def _seal_of(preview: Preview) -> str:
    """A few letters that differ when what a preview shows differs."""
    rows = [(move.noun, [row.pk for row in move.rows]) for move in preview.moves]
    what = (preview.keep.pk, preview.absorb.pk, rows, preview.names, preview.addresses, preview.obstacles)
    return sha256(repr(what).encode()).hexdigest()[:32]


def _person_url(pk: int) -> str:
    return reverse("admin:people_person_change", args=[pk])


def _page(request: HttpRequest, screen: RecordAdmin, name: str, context: dict[str, Any]) -> HttpResponse:
    context = {**screen.admin_site.each_context(request), "opts": screen.opts, **context}
    return TemplateResponse(request, f"admin/record/{name}.html", context)

"""The pages of imports at the desk: bring a file, decide on a batch, undo it. They work without JavaScript."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.choices import CASE_KINDS
from imports import accepting, answering, keeping, undoing
from imports.account import account, also_counted
from imports.bringing import bring
from imports.choices import DECIDABLE, Decision, State
from imports.courts import NOT_STATED
from imports.forms import CorrectionForm, FileForm
from imports.models import Batch, Proposal
from imports.reading.found import NoMappingError, NotReadableError
from imports.rights import needs_second
from imports.showing import groups
from people.models import Person

PER_PAGE = 150  # proposals of one page
SECONDS = 8.0  # of one press of a button; more is done by pressing again
FILTERS = {
    "open": "Waiting",
    "questions": "Questions",
    "changed": "Changed or in conflict",
    "not_understood": "Not understood",
    "left_out": "Left out",
    "gone": "No longer in the file",
    "decided": "Decided",
    "all": "Everything",
}
GONE = "There is no such batch."


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def bring_view(request: HttpRequest, screen: ModelAdmin) -> HttpResponse:
    """Take a file, and lead to what it proposes."""
    if not screen.has_add_permission(request):
        raise PermissionDenied
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = cast(UploadedFile, form.cleaned_data["file"])
        try:
            batch = _brought(upload, form.cleaned_data["mapping"], _by(request))
        except NoMappingError:
            return _ask_columns(request, upload)
        except (NotReadableError, ValidationError) as refusal:
            told = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            form.add_error("file", told)
        else:
            waiting = batch.proposals.filter(decision=Decision.OPEN, state__in=DECIDABLE).count()
            noun = "1 proposal waits" if waiting == 1 else f"{waiting:,} proposals wait"
            what = f"{noun} for a decision." if waiting else "It proposes nothing new."
            messages.success(request, f"“{upload.name}” was read. {what}")
            return HttpResponseRedirect(_page_of(batch))
    context = {"title": "Bring a file", "form": form}
    return _page(request, screen, "bring", context)


def _brought(upload: UploadedFile, mapping: str, by: User) -> Batch:
    """Read an uploaded file from a folder of its own, which is removed right after."""
    name = keeping.plain_name(str(upload.name or ""))
    with tempfile.TemporaryDirectory(prefix="docketline-import-") as folder:
        path = Path(folder) / name
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        return bring(path, table=mapping, by=by)


def _ask_columns(request: HttpRequest, upload: UploadedFile) -> HttpResponse:
    """Lead on, with the file, to where it is said what its columns are."""
    upload.seek(0)
    word = keeping.keep(upload.chunks(), name=str(upload.name or ""), user=_by(request).pk)
    messages.info(request, f"Nobody has said yet what the columns of “{upload.name}” are. Say it once.")
    return HttpResponseRedirect(f"{reverse('admin:imports_mapping_add')}?{urlencode({'file': word})}")


def _of_batch(
    view: Callable[[HttpRequest, ModelAdmin, Batch], HttpResponse],
) -> Callable[[HttpRequest, ModelAdmin, str], HttpResponse]:
    """Let a view have the batch of an address, where whoever asks may see it."""

    def opened(request: HttpRequest, screen: ModelAdmin, pk: str) -> HttpResponse:
        batch = Batch.objects.select_related("origin", "made_by", "source").filter(pk=_number(pk)).first()
        if batch is None:
            messages.error(request, GONE)
            return HttpResponseRedirect(reverse("admin:imports_batch_changelist"))
        if not screen.has_view_permission(request, batch):
            raise PermissionDenied
        return view(request, screen, batch)

    return opened


@_of_batch
def batch_view(request: HttpRequest, screen: ModelAdmin, batch: Batch) -> HttpResponse:
    """Show a batch case by case, and do what its buttons ask for."""
    correction = CorrectionForm(request.POST or None)
    if request.method == "POST":
        if not screen.has_change_permission(request, batch):
            raise PermissionDenied
        correction.is_valid()
        try:
            _act(request, batch, correction)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
        if "reject_all" in request.POST and "sure" not in request.POST:
            return HttpResponseRedirect(f"{request.path}?sure=asked")
        return HttpResponseRedirect(request.path if "sure" in request.POST else request.get_full_path())
    asked = request.GET.get("show", "open")
    asked = asked if asked in FILTERS else "open"
    rows = batch.proposals.filter(_asked(asked))
    page = Paginator(rows.order_by("position"), PER_PAGE).get_page(request.GET.get("page"))
    waiting = batch.proposals.filter(decision=Decision.OPEN, state__in=DECIDABLE)
    context = {
        "title": f"What “{batch.file_name}” proposes",
        "batch": batch,
        "groups": groups(batch, page.object_list),
        "page": page,
        "asked": asked,
        "filters": _filters(batch, asked),
        "account": account(batch),
        "also": also_counted(batch),
        "waiting": f"{waiting.count():,}" if waiting.exists() else "",
        "courts": _courts(batch),
        "asks": batch.proposals.filter(_asked("questions")).exists() or any(one.asks_home for one in page.object_list),
        "accepted": batch.proposals.filter(decision=Decision.ACCEPTED).exists(),
        "second": needs_second(batch, waiting.filter(state__in=(State.CHANGED, State.CONFLICT)).count()),
        "changes": waiting.filter(state__in=(State.CHANGED, State.CONFLICT)).exists(),
        "own": batch.made_by_id == _by(request).pk,
        "correction": correction,
        "may_change": screen.has_change_permission(request, batch),
        "kinds": CASE_KINDS,
        "query": urlencode({"show": asked}),
        "asks_if_sure": "sure" in request.GET,
    }
    return _page(request, screen, "batch", context)


@_of_batch
def undo_view(request: HttpRequest, screen: ModelAdmin, batch: Batch) -> HttpResponse:
    """Ask whether to undo a batch; do it, and list what stays."""
    if not screen.has_change_permission(request, batch):
        raise PermissionDenied
    told = None
    if request.method == "POST":
        try:
            told = undoing.undo(batch, by=_by(request), seconds=SECONDS)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
        else:
            restored = f", {told.restored:,} are as they were before" if told.restored else ""
            messages.success(request, f"{told.removed:,} rows are removed{restored}.")
            if not told.kept and not told.left:
                return HttpResponseRedirect(_page_of(batch))
    accepted = batch.proposals.filter(decision=Decision.ACCEPTED)
    context = {"title": f"Undo: {batch.file_name}", "batch": batch, "told": told, "accepted": accepted.count()}
    return _page(request, screen, "undo", context)


# --- what the buttons do ----------------------------------------------------------------------------------------


def _act(request: HttpRequest, batch: Batch, correction: CorrectionForm) -> None:
    _answer(request, batch)
    chosen = _chosen(request, batch)
    by = _by(request)
    told = None
    if "accept" in request.POST:
        _need(chosen)
        told = accepting.accept(batch, by=by, chosen=chosen, correction=_correction(correction), seconds=SECONDS)
    elif "accept_all" in request.POST:
        told = accepting.accept(batch, by=by, correction=_correction(correction), seconds=SECONDS)
    elif "reject" in request.POST:
        _need(chosen)
        messages.success(request, f"{accepting.reject(batch, chosen, by=by):,} are rejected.")
    elif "reject_all" in request.POST and "sure" in request.POST:  # it can not be taken back: no file proposes it again
        messages.success(request, f"{accepting.reject(batch, batch.proposals.all(), by=by):,} are rejected.")
    elif "new_people" in request.POST:
        every = chosen if chosen.exists() else batch.proposals.all()
        messages.success(request, f"{answering.are_new(batch, every, by=by):,} are new: nobody of the record.")
    elif "likeliest" in request.POST:
        every = chosen if chosen.exists() else batch.proposals.all()
        done = answering.are_the_likeliest(batch, every, by=by)
        messages.success(request, f"{done:,} are the one person offered.")
    if told is not None:
        _tell(request, told)


def _tell(request: HttpRequest, told: accepting.Told) -> None:
    if told.accepted or told.reasons or told.left:
        messages.success(request, f"{told.accepted:,} are in the record now, as drafts.")
    else:
        messages.info(request, "Nothing of it waits any more: it was accepted or rejected before. Nothing was changed.")
    for reason, number in sorted(told.reasons.items(), key=lambda row: -row[1])[:5]:
        messages.warning(request, f"{number:,} wait: {reason}")
    if told.left:
        messages.info(request, f"{told.left:,} cases are left. Press the button again to go on.")


def _need(chosen: QuerySet[Proposal]) -> None:
    if not chosen.exists():
        raise ValidationError("Choose at least one proposal first.")


def _correction(form: CorrectionForm) -> accepting.Correction | None:
    kind, sentence = form.cleaned_data.get("correction_kind"), form.cleaned_data.get("correction")
    return accepting.Correction(kind, sentence) if kind and sentence else None


def _answer(request: HttpRequest, batch: Batch) -> None:
    """Write down what was said of who somebody is, before anything else is done with it."""
    given = {name[4:]: str(value) for name, value in request.POST.items() if name.startswith("who-") and value}
    for name, value in request.POST.items():
        what, _, pk = name.partition("-")
        if what not in ("home", "kind") or not str(value).strip():
            continue
        if (one := batch.proposals.filter(pk=_number(pk), decision=Decision.OPEN).first()) and one.asks_home:
            typed = str(value).replace("\0", "").strip()
            home, kind = (typed, "") if what == "home" else ("", typed)
            answering.belongs_to(one, address=home, kind=kind, by=_by(request))
    for one in batch.proposals.filter(pk__in=_numbers(given), decision=Decision.OPEN).exclude(candidates=[]):
        value = given[str(one.pk)]
        if one.candidates[0].get("case"):
            answering.is_case(one, None if value == "new" else _number(value), by=_by(request))
            continue
        person = None if value == "new" else Person.objects.filter(pk=_number(value)).first()
        if value == "new" or person is not None:
            answering.is_person(one, person, by=_by(request))


def _chosen(request: HttpRequest, batch: Batch) -> QuerySet[Proposal]:
    """Return the proposals chosen one by one, and those of the cases chosen as a whole."""
    single = _numbers(request.POST.getlist("chosen"))
    heads = _numbers(request.POST.getlist("case"))
    within = batch.proposals.filter(pk__in=heads).values("within")
    return batch.proposals.filter(pk__in=single) | batch.proposals.filter(within__in=within)


def _numbers(values: Iterable[str]) -> list[int]:
    return [number for value in values if (number := _number(value))]


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


# --- what the page shows ----------------------------------------------------------------------------------------


def _asked(name: str) -> Q:
    """Return the condition behind one of ``FILTERS``."""
    waiting = Q(decision=Decision.OPEN)
    return {
        "open": waiting,
        "questions": waiting & ~Q(candidates=[]) & Q(person=None, is_new=False, row=None),
        "changed": waiting & Q(state__in=(State.CHANGED, State.CONFLICT)),
        "decided": ~Q(decision__in=(Decision.OPEN, Decision.NOTED)),
        "all": Q(),
    }.get(name, Q(state=name))


def _filters(batch: Batch, asked: str) -> list[dict[str, Any]]:
    numbers = batch.proposals.aggregate(**{f"n_{name}": Count("pk", filter=_asked(name)) for name in FILTERS})
    return [
        {"name": name, "title": title, "number": f"{number:,}", "here": name == asked}
        for name, title in FILTERS.items()
        if (number := numbers[f"n_{name}"]) or name in (asked, "open", "all")
    ]


def _courts(batch: Batch) -> list[dict[str, Any]]:
    """Return what the source calls the courts that nobody has placed yet, with where to say which they are."""
    asked = batch.proposals.filter(decision=Decision.OPEN, kind="case", reason__contains=answering.COURT_ASKED)
    found: dict[str, int] = {}
    for row in asked.values("new__court_id", "new__court_name").annotate(number=Count("pk")):
        name = row["new__court_id"] or row["new__court_name"] or NOT_STATED
        found[name] = found.get(name, 0) + row["number"]
    add = reverse("admin:imports_courtname_add")
    return [
        {"name": name, "number": number, "url": f"{add}?{urlencode({'origin': batch.origin_id, 'name': name})}"}
        for name, number in sorted(found.items())
    ]


def _page_of(batch: Batch) -> str:
    return reverse("admin:imports_batch_change", args=[batch.pk])


def _page(request: HttpRequest, screen: ModelAdmin, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = screen.admin_site.each_context(request)
    return TemplateResponse(request, f"admin/imports/{name}.html", {**everywhere, "opts": screen.opts, **context})

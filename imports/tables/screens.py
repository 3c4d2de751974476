"""The desk's screens of tables: say what each column is, see what would be proposed, keep it, take it out as TOML."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases import editing, history
from imports import keeping
from imports.account import account
from imports.bringing import columns, read_table
from imports.choices import State
from imports.models import ON_ITS_PAGE, REKEYED, Mapping, SourceKey
from imports.proposing import propose
from imports.reading.columns import Column
from imports.reading.found import NotReadableError
from imports.reading.mapping import of_words
from imports.showing import Group, groups
from imports.tables.answers import Answers, beyond, is_plain, taken_apart
from imports.tables.forms import ColumnsForm, TableFile, TextForm
from imports.tables.further import lines_of

FIRST = 25  # cases of a preview
SHOWN = 8  # of them, those shown one by one
CHANGED = (
    "{} changed this after the page was shown to you. What you wrote stands here still. Look at its history; then keep "
    "yours again, if it is to replace that."
)
IN_THIS_FILE = "Of the {:,} cases in this file, {:,} are known by the old way, and {:,} by the new one."
IF_MEANT = "If that is meant, say so at the end of the page, and keep it again."
NO_ROW = "There is no such table. It may have been removed."
LIST = "admin:imports_mapping_changelist"


@dataclass(slots=True)
class Preview:
    """What a table would propose if it were read as was said: counted, and the first cases of it."""

    cases: int
    looked_at: int
    groups: list[Group]
    lines: list[Any]
    unclear: list[tuple[str, str, str]]
    warning: str = ""


@dataclass(slots=True)
class Asked:
    """What a page is about: the mapping that is kept, if there is one, and the file, if there is one."""

    row: Mapping | None
    data: dict[str, Any] | None
    word: str
    place: Path | None
    rows: int = 0
    columns: tuple[Column, ...] = ()
    before: Answers | None = None


def _of_row(
    view: Callable[[HttpRequest, ModelAdmin, Mapping | None], HttpResponse],
) -> Callable[[HttpRequest, ModelAdmin, str | None], HttpResponse]:
    """Let a view have the mapping of an address, or None for a new one, where whoever asks may write it."""

    def opened(request: HttpRequest, screen: ModelAdmin, pk: str | None) -> HttpResponse:
        row = _row(pk) if pk is not None else None
        if pk is not None and row is None:
            messages.error(request, NO_ROW)
            return HttpResponseRedirect(reverse(LIST))
        if not (screen.has_change_permission(request, row) if row else screen.has_add_permission(request)):
            raise PermissionDenied
        return view(request, screen, row)

    return opened


@_of_row
def table_view(request: HttpRequest, screen: ModelAdmin, row: Mapping | None) -> HttpResponse:
    """Ask for a table, then what its columns are; show what would be proposed; keep the answers, and read the file."""
    try:
        if request.method == "POST" and "bring" in request.POST:
            return _take_file(request, screen, row)
        asked = _asked(request, row)
    except (ValidationError, NotReadableError) as refusal:
        return _start(request, screen, row, told=_sentences(refusal))
    if row is None and asked.place is None:
        return _start(request, screen, row)
    if asked.data is not None and not is_plain(asked.data):
        return HttpResponseRedirect(reverse("admin:imports_mapping_text", args=[row.pk if row else 0]))
    return _say(request, screen, asked)


@_of_row
def text_view(request: HttpRequest, screen: ModelAdmin, row: Mapping | None) -> HttpResponse:
    """Take a mapping as TOML: a new one, or the whole of one that is kept."""
    first = {"text": row.text} if row else None
    form = TextForm(request.POST or None, request.FILES or None, initial=first)
    stamp, rekeying = _stamp(row), "rekeyed" in request.POST
    if request.method == "POST" and form.is_valid() and _is_as_shown(request, row, form):
        kept = row or Mapping()
        kept.text = form.cleaned_data["text"]
        try:
            _keep(request, screen, kept)
        except ValidationError as refusal:
            rekeying = rekeying or _is_rekeying(refusal)
            form.add_error(None if rekeying else "text", _sentences(refusal))
        else:
            messages.success(request, f"“{kept}” is kept. Tables with its columns are read by it from now on.")
            return HttpResponseRedirect(reverse(LIST))
    title = f"{row}, as TOML" if row else "A mapping from a TOML file"
    context = {"title": title, "form": form, "row": row, "stamp": stamp, "rekeying": rekeying}
    return _page(request, screen, "table_text", context)


def take_out(request: HttpRequest, screen: ModelAdmin, pk: str) -> HttpResponse:
    """Send a mapping as the TOML file that the command takes."""
    row = _row(pk)
    if not screen.has_view_permission(request, row):
        raise PermissionDenied
    if row is None:
        messages.error(request, NO_ROW)
        return HttpResponseRedirect(reverse(LIST))
    response = HttpResponse(row.text, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.name}.toml"'
    response.headers["Cache-Control"] = "no-store"
    return response


# --- the file, and what is known of it -------------------------------------------------------------------------------


def _row(pk: str) -> Mapping | None:
    number = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 19 else 0
    return Mapping.objects.filter(pk=number).first()


def _stamp(row: Mapping | None) -> str:
    """Return the stamp of what is kept, for the page to carry."""
    return history.stamp_of(row) if row is not None else ""


def _is_as_shown(request: HttpRequest, row: Mapping | None, form: forms.Form) -> bool:
    """Whether nobody changed a mapping while its page was open; if somebody did, the form says who."""
    stamp = _stamp(row)
    if row is None or request.POST.get("stamp", stamp) == stamp:
        return True
    last = history.last_state(Mapping, row.pk)
    form.add_error(None, CHANGED.format(history.Names().user(last.user_id if last is not None else None)))
    return False


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def _take_file(request: HttpRequest, screen: ModelAdmin, row: Mapping | None) -> HttpResponse:
    form = TableFile(request.POST, request.FILES)
    if not form.is_valid():
        return _start(request, screen, row, form=form)
    upload = cast(UploadedFile, form.cleaned_data["file"])
    word = keeping.keep(upload.chunks(), name=str(upload.name or ""), user=_by(request).pk)
    columns(keeping.kept(word, user=_by(request).pk))  # what is no table is refused here, beside its field
    return HttpResponseRedirect(f"{request.path}?{urlencode({'file': word})}")


def _asked(request: HttpRequest, row: Mapping | None) -> Asked:
    word = request.GET.get("file", "").replace("\0", "")
    data = tomllib.loads(row.text) if row else None
    before = taken_apart(data) if data is not None and is_plain(data) else None
    place = keeping.kept(word, user=_by(request).pk) if word else None
    asked = Asked(row, data, word, place, before=before)
    if place is not None:
        found = columns(place)
        asked.rows, asked.columns = found.rows, found.columns
    if before is not None:
        there = {column.name for column in asked.columns}
        asked.columns += tuple(Column(name) for name in before.roles if name not in there)
    return asked


def _start(
    request: HttpRequest, screen: ModelAdmin, row: Mapping | None, *, form: TableFile | None = None,
    told: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Ask for the table."""
    form = form or TableFile()
    if told:
        form = TableFile({})
        form.errors["file"] = form.error_class(told)
    title = f"{row}: what its columns are" if row else "A table of an unknown shape"
    return _page(request, screen, "table_file", {"title": title, "form": form, "row": row})


# --- what its columns are --------------------------------------------------------------------------------------------


def _say(request: HttpRequest, screen: ModelAdmin, asked: Asked) -> HttpResponse:
    first, stamp = _first_answers(asked), _stamp(asked.row)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(sent, columns=asked.columns, before=asked.before, initial=first)
    preview, rekeying = None, "rekeyed" in request.POST
    if sent is not None and form.is_valid():
        try:
            text = form.toml(asked.row, asked.data)
            if "save" in sent and _is_as_shown(request, asked.row, form):
                return _saved(request, screen, asked, text)
            preview = _preview(asked, text, by=_by(request)) if asked.place else None
        except (ValidationError, NotReadableError) as refusal:
            rekeying = rekeying or _is_rekeying(refusal)
            more = _in_this_file(asked, text) if _is_rekeying(refusal) else []
            form.add_error(None, [*_sentences(refusal), *more])
    context = {
        "title": f"What the columns are: {asked.row or (asked.place.name if asked.place else '')}",
        "form": form,
        "asked": asked,
        "row": asked.row,
        "stamp": stamp,
        "file": asked.place.name if asked.place else "",
        "preview": preview,
        "rekeying": rekeying,
        "beyond": beyond(asked.data) if asked.data else [],
    }
    return _page(request, screen, "table", context)


def _first_answers(asked: Asked) -> dict[str, Any]:
    if asked.before is None:
        return {"title": asked.place.stem.replace("_", " ").replace("-", " ").capitalize() if asked.place else ""}
    general = ("title", "credit", "kind", "order", "court", "charge_title", "outcome_of")
    found = {name: getattr(asked.before, name) for name in general}
    found["courts"] = lines_of(asked.before.courts)
    found["slashes"] = next((way for way in asked.before.ways.values() if way in ("us", "uk")), "")
    return found


def _saved(request: HttpRequest, screen: ModelAdmin, asked: Asked, text: str) -> HttpResponse:
    """Keep the mapping; read the file by it, if there is one, and lead to what it proposes.

    The file is read first: a mapping whose first file can not be read is not kept. And before anything is written:
    nobody else could write the record for as long as the reading takes.
    """
    found = read_table(asked.place, words=text) if asked.place is not None else None
    row = asked.row or Mapping()
    row.text = text
    _keep(request, screen, row)
    if found is None or asked.place is None:
        messages.success(request, f"“{row}” is kept. Tables with its columns are read by it from now on.")
        return HttpResponseRedirect(reverse(LIST))
    batch = propose(found, by=_by(request))
    keeping.drop(asked.place)
    messages.success(request, f"“{row}” is kept, and the file was read by it. Nothing is in the record yet.")
    return HttpResponseRedirect(reverse("admin:imports_batch_change", args=[batch.pk]))


def _keep(request: HttpRequest, screen: ModelAdmin, row: Mapping) -> None:
    """Write a mapping as anything is written at the desk, so that its history says by whom."""
    is_new = row.pk is None
    row.is_rekeyed = "rekeyed" in request.POST
    with transaction.atomic():
        editing.save(row, by=_by(request))
        if is_new:
            screen.log_addition(request, row, "What its columns are.")
        else:
            screen.log_change(request, row, "What its columns are.")


def _preview(asked: Asked, text: str, *, by: User) -> Preview:
    """Return what the file would propose, by the very steps that would propose it; nothing of it is kept."""
    found = read_table(cast(Path, asked.place), words=text)
    some = replace(found, cases=found.cases[:FIRST], sha256="")
    with transaction.atomic():
        batch = propose(some, by=by, number=-by.pk)  # taken back below: the next number is for a batch that stays
        known = {State.NEW, State.CHANGED, State.CONFLICT}
        within = list(dict.fromkeys(batch.proposals.order_by("position").values_list("within", flat=True)))[:SHOWN]
        rows = batch.proposals.filter(within__in=within, state__in=known).order_by("position")
        lost = batch.proposals.filter(state=State.NOT_UNDERSTOOD).order_by("position")[:SHOWN]
        unclear = [(one.label, str(one.new.get("raw_text", ""))[:200], one.reason) for one in lost]
        lines = [] if len(found.cases) > FIRST else [line for line in account(batch) if line.total]
        warning = Mapping().rekeyed(of_words(text))
        preview = Preview(len(found.cases), len(some.cases), groups(batch, rows), lines, unclear, warning)
        transaction.set_rollback(True)
    return preview


# --- what makes a row the same row -----------------------------------------------------------------------------------


def _is_rekeying(refusal: ValidationError | NotReadableError) -> bool:
    """Whether a mapping was refused because rows that came in so far would not be known by it."""
    told = getattr(refusal, "error_dict", {}).get("text", [])
    return any(one.code == REKEYED for one in told)


def _in_this_file(asked: Asked, text: str) -> list[str]:
    """Say how many cases of the file at hand are known by the mapping that is kept, and how many by this one."""
    if asked.place is None or asked.row is None:
        return []
    name = asked.row.name
    before = [case.key for case in read_table(asked.place, words=Mapping.objects.get(pk=asked.row.pk).text).cases]
    now = [case.key for case in read_table(asked.place, words=text).cases]
    known = SourceKey.objects.filter(origin__slug=name, kind="case", row__isnull=False)
    counted = [known.filter(within__in=keys).count() for keys in (before, now)]
    return [IN_THIS_FILE.format(len(now), *counted)]


def _sentences(refusal: ValidationError | NotReadableError) -> list[str]:
    told = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
    return [one.replace(ON_ITS_PAGE, IF_MEANT) for one in told]


def _page(request: HttpRequest, screen: ModelAdmin, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = screen.admin_site.each_context(request)
    return TemplateResponse(request, f"admin/imports/{name}.html", {**everywhere, "opts": screen.opts, **context})

"""The screens of the tables: take a list out as it is filtered, bring one in, see what it would do, confirm."""

import logging
from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import tablib
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from import_export.results import Result, RowResult

from cases.uploads import Uploads
from desk.tables.files import BYTES, KINDS, read_table, write_table
from desk.tables.resources import RecordTable

logger = logging.getLogger(__name__)

MOST_OUT = 20_000
TOO_MANY = f"This list has more than {MOST_OUT} rows. Narrow it by its filters, then take it out."
UNREADABLE = "What was asked of this list could not be read. Choose its filters anew."
ODD = "Something in this row could not be understood. Compare it with a table that was taken out here."
TOO_OLD = "This preview was confirmed already, is older than an hour, or is not yours. Choose the file again."
UPLOADS = Uploads("tables", too_old=TOO_OLD)  # the file of a preview waits there for its confirmation
NEW, CHANGED, SAME, REFUSED = "New draft", "Changes a draft", "Unchanged", "Refused"
_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: SAME,
}


class TableForm(forms.Form):
    """The file of a table."""

    file = forms.FileField(
        label="Table",
        allow_empty_file=True,  # it is refused in our words
        help_text="A CSV file in UTF-8, or an XLSX workbook: the first sheet is read.",
    )

    def clean_file(self) -> bytes:
        """Read the file, no further than one may have."""
        file = self.cleaned_data["file"]
        if file.size is not None and file.size > settings.TABLE_BYTES:
            raise ValidationError(BYTES.format(most=settings.TABLE_BYTES // 1_000_000))
        return cast(bytes, file.read(settings.TABLE_BYTES + 1))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a preview: its place in the file, what would become of it, and why or how."""

    number: int
    outcome: str
    name: str
    told: tuple[str, ...]

    @property
    def look(self) -> str:
        """The suffix of its CSS class."""
        return {NEW: "new", CHANGED: "changed", SAME: "same"}.get(self.outcome, "refused")


class TableMixin(admin.ModelAdmin):
    """A list that goes out as a table, and takes one in as drafts."""

    table: ClassVar[type[RecordTable]]
    change_list_template = "admin/tables/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("table.<str:ending>", view(self.table_out), name=f"{name}_table"),
            path("table/", view(self.table_in), name=f"{name}_table_in"),
            path("table/confirm/", view(self.table_confirm), name=f"{name}_table_confirm"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Offer the tables above the list."""
        base = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        tools: dict[str, Any] = {
            "tables_out": [(kind.label, reverse(f"{base}_table", args=[kind.ending])) for kind in KINDS.values()],
            "table_in": reverse(f"{base}_table_in") if self.may_take_in(request) else "",
        }
        return super().changelist_view(request, tools | (extra_context or {}))

    def may_take_in(self, request: HttpRequest) -> bool:
        """Whether the editor may bring a table in: as drafts, so whoever may write these may."""
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    # --- out

    def table_out(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Send the list, as its filters have it, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        kind = KINDS.get(ending)
        if kind is None:
            raise Http404
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
            if rows[MOST_OUT : MOST_OUT + 1].exists():
                raise ValidationError(TOO_MANY)
            data = write_table(self.table().export(rows), kind)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(back)
        except (IncorrectLookupParameters, ValueError, OverflowError, DataError):
            messages.error(request, UNREADABLE)
            return HttpResponseRedirect(back)
        name = f"{self.opts.model_name}s-{timezone.localdate():%Y-%m-%d}.{kind.ending}"
        content_type = kind.format().get_content_type()
        response = HttpResponse(
            data, content_type=f"{content_type}; charset=utf-8" if "csv" in content_type else content_type
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response

    # --- in

    def table_in(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file, and show row by row what it would do."""
        if not self.may_take_in(request):
            raise PermissionDenied
        form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
        if not form.is_bound or not form.is_valid():
            return self._page(request, form)
        data: bytes = form.cleaned_data["file"]
        try:
            result = self._take(request, read_table(data), dry_run=True)
            lines = _lines(self.table(), result)
            word = "" if _is_refused(result) else UPLOADS.keep([data], user=cast(User, request.user).pk)
        except ValidationError as refusal:
            form.add_error("file", " ".join(refusal.messages))
            return self._page(request, form)
        return self._page(request, form, lines=lines, word=word)

    def table_confirm(self, request: HttpRequest) -> HttpResponse:
        """Take in the file that was previewed."""
        if not self.may_take_in(request):
            raise PermissionDenied
        again = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_table_in")
        if request.method != "POST":
            return HttpResponseRedirect(again)
        try:
            table = read_table(UPLOADS.take(request.POST.get("word", ""), user=cast(User, request.user).pk))
            result = self._take(request, table, dry_run=False)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(again)
        if _is_refused(result):
            messages.error(request, "The record was changed since the preview: nothing was taken in. Look again.")
            return self._page(request, TableForm(), lines=_lines(self.table(), result))
        self._log(request, result)
        messages.success(request, f"Taken in: {_summary(_lines(self.table(), result))}.")
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def _take(self, request: HttpRequest, table: tablib.Dataset, *, dry_run: bool) -> Result:
        return self.table().take(table, by=cast(User, request.user), dry_run=dry_run)

    def _log(self, request: HttpRequest, result: Result) -> None:
        for row in result.rows:
            if row.import_type == RowResult.IMPORT_TYPE_NEW:
                self.log_addition(request, row.instance, "From a table.")
            elif row.import_type == RowResult.IMPORT_TYPE_UPDATE:
                self.log_change(request, row.instance, "From a table.")

    def _page(
        self, request: HttpRequest, form: TableForm, *, lines: list[Line] | None = None, word: str = ""
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{str(self.opts.verbose_name_plural).capitalize()} from a table",
            "opts": self.opts,
            "form": form,
            "columns": _columns(self.table()),
            "lines": lines,
            "summary": _summary(lines or []),
            "refused": sum(line.outcome == REFUSED for line in lines or []),
            "word": word,
            "confirm": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_table_confirm"),
            "most_rows": settings.TABLE_ROWS,
        }
        return TemplateResponse(request, "admin/tables/import.html", context)


def _is_refused(result: Result) -> bool:
    return bool(result.has_errors() or result.has_validation_errors())


def _columns(table: RecordTable) -> list[str]:
    return [*(field.column_name for field in table.get_import_fields()), *table.TOLD]


def _summary(lines: list[Line]) -> str:
    counted = Counter(line.outcome for line in lines)
    words = {NEW: "new", CHANGED: "changed", SAME: "unchanged", REFUSED: "refused"}
    return ", ".join(f"{counted[outcome]} {word}" for outcome, word in words.items() if counted[outcome])


def _lines(table: RecordTable, result: Result) -> list[Line]:
    """Return the rows of a table with what would become of each. The first line of the file has the names."""
    found = [
        Line(0, REFUSED, "", (" ".join(_messages(error.error)),)) for error in result.base_errors
    ]  # fmt: skip
    for number, row in enumerate(result.rows, start=2):
        outcome = _OUTCOMES.get(row.import_type, REFUSED)
        told: tuple[str, ...] = ()
        if outcome == REFUSED:
            told = tuple(_why(table, row))
        elif outcome == CHANGED:
            told = tuple(_changes(table, row))
        name = str(row.instance) if row.instance is not None else _named(row)
        found.append(Line(number, outcome, name, told))
    return found


def _named(row: RowResult) -> str:
    """Return what a row that was refused calls itself."""
    return str(row.row_values.get("name") or row.row_values.get("title") or "")


def _why(table: RecordTable, row: RowResult) -> list[str]:
    error = row.validation_error
    if error is None:
        logger.warning("A row of a table could not be taken in.", exc_info=row.errors[0].error if row.errors else None)
        return [ODD]
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    names = {field.attribute: field.column_name for field in table.get_import_fields()}
    return [
        told if name == NON_FIELD_ERRORS else f"{names.get(name, name)}: {told}"
        for name, all_told in error.message_dict.items()
        for told in all_told
    ]


def _messages(error: Exception) -> list[str]:
    return error.messages if isinstance(error, ValidationError) else [ODD]


def _changes(table: RecordTable, row: RowResult) -> list[str]:
    pairs = (
        (field.column_name, str(field.export(row.original)), str(field.export(row.instance)))
        for field in table.get_import_fields()
    )
    return [f"{name}: “{_short(old)}” becomes “{_short(new)}”" for name, old, new in pairs if old != new]


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"

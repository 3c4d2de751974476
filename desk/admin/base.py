"""What every screen of the desk shares: writing through the verbs, refusals as errors, searches that can not fail."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases import editing
from cases.editing import CorrectionNeeded
from desk.admin.rows import EntryMixin
from desk.admin.words import having_words
from desk.corrections import ask_first, corrected_sitting, delete_selected, form_for, tell_unlisted
from desk.forms import RecordForm
from desk.history.screens import HistoryMixin
from desk.marks import mark_of, name_of, refuse_changed
from desk.once import OnceMixin
from desk.publishing import panel
from desk.summary import AssignForm, ShownForm, summarise
from desk.tending import colleagues, somebody

MANY_WORDS = 12


def editor(request: HttpRequest) -> User:
    """Return who is signed in; the site lets nobody else this far."""
    return cast(User, request.user)


class SafeListMixin:
    """A list that answers whatever its address says: what can not be read as a filter is left out, with a note."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if "\0" in "".join((*request.GET, *(value for _, values in request.GET.lists() for value in values))):
            return self._without_filters(request)
        try:
            # The type is ignored: of the class it is mixed into.
            response = super().changelist_view(request, extra_context)  # type: ignore[misc]  # of the class it is mixed into
            return cast(HttpResponse, response.render() if hasattr(response, "render") else response)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(request.get_full_path())
        except (ValueError, OverflowError, DataError):
            if request.method != "POST" and not request.GET:
                raise
            return self._without_filters(request)

    def _without_filters(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, "What was asked of this list could not be read, so everything is shown.")
        return HttpResponseRedirect(request.path)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Take from the address only what exists: ``?case=12`` presets a case, ``?case=x`` does nothing."""
        kept: dict[str, Any] = {}
        for name in request.GET:
            value = str(request.GET[name])
            # The type is ignored: of the class it is mixed into.
            field = next((f for f in self.model._meta.concrete_fields if f.name == name), None)  # type: ignore[attr-defined]  # of the class it is mixed into
            if field is None or "\0" in value:
                continue
            if field.remote_field is None:
                kept[name] = value
            elif value.isdecimal() and len(value) < 19 and _exists(field.related_model, int(value)):
                kept[name] = int(value)
        return kept


def _exists(model: Any, pk: int) -> bool:
    return bool(model._base_manager.filter(pk=pk).exists())


class RecordAdmin(OnceMixin, HistoryMixin, SafeListMixin, EntryMixin, admin.ModelAdmin):
    """A screen that writes only through ``cases.editing``, a whole page in one sitting."""

    form = RecordForm
    change_form_template = "admin/record/change_form.html"
    delete_confirmation_template = "admin/record/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/record/delete_selected_confirmation.html"
    list_per_page = 50
    show_full_result_count = False
    action_form = ShownForm
    slug_from: ClassVar[tuple[str, ...]] = ()
    told: ClassVar[tuple[str, ...]] = ()  # shown on the page of a row, and never typed

    # --- who may

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the noun may be changed, and this row of it: contributors leave alone what is public."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.pk is None or editing.may_change(obj, editor(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether a row of the noun may be removed, and this one."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.pk is None or editing.may_change(obj, editor(request)))

    # --- what is shown

    def action_checkbox(self, obj: Model) -> SafeString:
        """Show the box that chooses a row, with the mark of what the row says now."""
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', super().action_checkbox(obj), name_of(obj), mark_of(obj)
        )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Sequence[str]]:
        return {"slug": self.slug_from} if obj is None and self.slug_from else {}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Show the address and what is derived, once there is a row; neither is typed."""
        fixed = ("slug",) if self.slug_from else ()
        return [*super().get_readonly_fields(request, obj), *((*fixed, *self.told) if obj is not None else ())]

    def links(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """Return what the page of ``obj`` (None when it is new) needs besides its form."""
        return {}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 - the signature is Django's
        change: bool = False,  # noqa: FBT001, FBT002 - the signature is Django's
        form_url: str = "",
        obj: Any | None = None,
    ) -> HttpResponse:
        correction = form_for(request, [obj]) if self.has_change_permission(request, obj) else None
        context |= {"correction": correction} | self.links(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find rows in which every typed word stands; in a folded column accents, case and marks do not matter.

        Of a person's names the word has to begin a word: those are looked up in the index of names.
        """
        return having_words(
            queryset, self.search_fields, search_term.replace("\0", " ")[:200].split()[:MANY_WORDS]
        ), False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Leave out the years while words are looked for: among many, to find the first takes longer than all else."""
        found = super().get_changelist_instance(request)
        if found.query:
            found.date_hierarchy = None
        return found

    # --- what is written

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any  # noqa: FBT001, FBT002 - the signature is Django's
    ) -> type[ModelForm]:  # fmt: skip
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "desk_refusal", None)  # type: ignore[attr-defined]  # a class of this request's own
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Write the page in one sitting; when a verb refuses, nothing is written and the form says why."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with corrected_sitting(request):
                response = super().changeform_view(request, object_id, form_url, extra_context)
            if isinstance(response, HttpResponseRedirect):
                tell_unlisted(request)
            return response
        except ValidationError as refusal:
            request.desk_refusal = refusal  # type: ignore[attr-defined]  # an attribute of ours, for this request
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:  # noqa: FBT001 - the signature is Django's
        editing.save(obj, by=editor(request))

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Iterable[BaseModelFormSet], change: bool  # noqa: FBT001 - the signature is Django's
    ) -> None:  # fmt: skip
        """Write what stands below the form, then derive the statuses: before anybody is told that all went well."""
        with editing.sitting() as current:
            self.save_choices(request, form)
            self.save_rows(request, list(formsets))
            self.after_saving(request, form.instance)
            current.settle()

    def save_choices(self, request: HttpRequest, form: ModelForm) -> None:
        """Write the form's many-to-many choices."""
        form.save_m2m()

    def save_rows(self, request: HttpRequest, formsets: list[BaseModelFormSet]) -> None:
        """Remove from the last formset to the first, then write: what rests on a row goes before the row."""
        written = [formset.save(commit=False) for formset in formsets]
        for formset in reversed(formsets):
            for row in formset.deleted_objects:
                editing.remove(row, by=editor(request))
        for row in (row for rows in written for row in rows):
            editing.save(row, by=editor(request))

    def after_saving(self, request: HttpRequest, obj: Model) -> None:
        """Do what a button of the page asked for besides saving."""

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        with corrected_sitting(request):
            editing.remove(obj, by=editor(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with corrected_sitting(request):
            for obj in queryset:
                _refuse_changed_by_name(request, obj)
                editing.remove(obj, by=editor(request))

    def get_actions(self, request: HttpRequest) -> Any:
        """Ask for a correction before deleting what readers can read."""
        found: dict[str, Any] = super().get_actions(request)
        if "delete_selected" in found:
            _, name, described = found["delete_selected"]
            found["delete_selected"] = (delete_selected, name, described)
        return found

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        try:
            context = {"correction": form_for(request, [obj])}
            return super().delete_view(request, object_id, context | (extra_context or {}))
        except CorrectionNeeded as needed:
            messages.error(request, needed.message)
            request.POST = QueryDict()  # ask again, with what was typed
            context = {"correction": form_for(request, [obj])}
            return super().delete_view(request, object_id, context | (extra_context or {}))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect("../change/")


def _refuse_changed_by_name(request: HttpRequest, obj: Model) -> None:
    """Refuse to delete together what was changed meanwhile, and say which of them it was."""
    try:
        refuse_changed(request, obj)
    except ValidationError as refusal:
        raise ValidationError(f"“{obj}”: {' '.join(refusal.messages)} Nothing was deleted.") from refusal


Verb = Callable[..., None]


class PublishableAdmin(RecordAdmin):
    """A screen over something with an editorial state, which only its buttons and actions change."""

    stays = True  # on the page whose state was changed; otherwise it leads where “Save” does
    change_form_template = "admin/record/publishable_change_form.html"
    action_form = AssignForm
    actions: tuple[str, ...] = (
        "publish_selected", "withdraw_selected", "submit_selected", "redraft_selected", "assign_selected",
    )  # fmt: skip
    buttons: ClassVar[dict[str, tuple[Verb, str]]] = {
        "_publish": (editing.publish, "published"),
        "_withdraw": (editing.withdraw, "withdrawn"),
        "_submit": (editing.submit, "in review"),
        "_redraft": (editing.redraft, "a draft again"),
    }

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the actions of editors are offered."""
        return editor(request).has_perm(editing.PUBLISH)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context |= {
            "publishing": panel(request, obj),
            "colleagues": colleagues() if self.has_publish_permission(request) and obj is not None else (),
            "despite": request.POST.get("despite", "") or getattr(obj, "published_despite", ""),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def after_saving(self, request: HttpRequest, obj: Model) -> None:
        for name, (verb, _) in self.buttons.items():
            if name in request.POST:
                said = {"despite": request.POST.get("despite", "")} if name == "_publish" else {}
                verb(obj, by=editor(request), **said)

    # The type is ignored: nothing is logged where nothing was done.
    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry | None:  # type: ignore[override]  # it may log nothing
        """Keep what was done, and no line that says nothing was."""
        return super().log_change(request, obj, message) if message else None

    def _stay(self, request: HttpRequest, obj: Model) -> None:
        for name, (_, told) in self.buttons.items():
            if name in request.POST:
                self.log_change(request, obj, f"Made {told}.")
                messages.success(request, f"“{obj}” is {told} now.")
                if self.stays:
                    asked = request.POST.copy()
                    asked["_continue"] = "1"
                    request.POST = asked  # type: ignore[assignment]  # a QueryDict too, and one that can be written

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: str | None = None) -> HttpResponse:
        self._stay(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        self._stay(request, obj)
        return super().response_change(request, obj)

    @admin.action(description="Publish the selected %(verbose_name_plural)s", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, "_publish")

    @admin.action(description="Withdraw the selected %(verbose_name_plural)s", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        rows = list(queryset.order_by("pk"))
        asked = {"action": "withdraw_selected", "title": "Withdraw", "button": "Withdraw them"}
        if page := ask_first(self, request, rows, **asked):
            return page
        left = self._each(request, queryset, "_withdraw")
        return ask_first(self, request, left, **asked) if left else None

    @admin.action(description="Submit the selected %(verbose_name_plural)s for review", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, "_submit")

    @admin.action(description="Make the selected %(verbose_name_plural)s drafts again", permissions=["change"])
    def redraft_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, "_redraft")

    @admin.action(description="Assign the selected %(verbose_name_plural)s to", permissions=["publish"])
    def assign_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Ask somebody, or nobody any more, to see to all of them."""
        to = somebody(request.POST.get("to", ""))
        told = f"assigned to {to}" if to is not None else "assigned to nobody"
        self.do_each(request, queryset, lambda obj: editing.assign(obj, to=to, by=editor(request)), told)

    def _each(self, request: HttpRequest, queryset: QuerySet[Any], button: str) -> list[Any]:
        verb, told = self.buttons[button]
        return self.do_each(request, queryset, lambda obj: verb(obj, by=editor(request)), f"{told} now")

    def do_each(
        self, request: HttpRequest, queryset: QuerySet[Any], deed: Callable[[Any], None], told: str
    ) -> list[Any]:
        """Do the same with each row that still says what the list showed, and tell of all in one summary.

        Returns those that need a correction first.
        """
        done, left = 0, []
        refused: list[tuple[Model, str]] = []
        for obj in queryset.order_by("pk"):
            try:
                with corrected_sitting(request):
                    refuse_changed(request, obj)
                    deed(obj)
            except CorrectionNeeded as needed:
                left.append(obj)
                refused.append((obj, str(needed.message)))
            except ValidationError as refusal:
                refused.append((obj, " ".join(refusal.messages)))
            else:
                self.log_change(request, obj, f"From the list: {told}.")
                done += 1
        summarise(request, done, told, refused)
        return left

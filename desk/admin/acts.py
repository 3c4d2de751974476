"""The page of an act: everything one document or one hearing did, entered in one place."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cases import editing
from cases.law.vocabulary import Occurrence
from cases.models import Charge, Citation, Event, Outcome, Participant, Ruling, SentencePart
from desk import act_forms
from desk.admin import filters
from desk.admin.base import PublishableAdmin, RecordAdmin, editor
from desk.admin.rows import StackedRows
from desk.choices_within import charges_of, parent_act


class ChargeInline(StackedRows):
    model = Charge
    fk_name = "created_by"
    formset = act_forms.ChargeFormSet
    verbose_name_plural = "Charges it brings"
    fields = (
        ("defendant", "count"),
        "title",
        ("statute", "severity", "degree"),
        ("instrument", "applicability", "quantity"),
        ("replaces", "replaces_how"),
        "enhances",
        "raw_text",
    )


class OutcomeInline(StackedRows):
    model = Outcome
    formset = act_forms.OutcomeFormSet
    verbose_name_plural = "Outcomes it gives to charges"
    autocomplete_fields = ("disposition",)
    fields = (("charge", "disposition"), ("prejudice", "by", "reason", "jeopardy"), "merged_into", "note", "raw_text")


class SentenceInline(StackedRows):
    model = SentencePart
    formset = act_forms.SentenceFormSet
    verbose_name = "part of the sentence"
    verbose_name_plural = "Parts of the sentence it imposes"
    fields = (
        ("charge", "kind", "order"),
        ("years", "months", "days", "hours"),
        ("min_years", "min_months", "min_days"),
        ("all_suspended", "suspended_years", "suspended_months", "suspended_days"),
        ("credit_days", "amount", "currency"),
        "note",
    )


class CitationInline(StackedRows):
    model = Citation
    formset = act_forms.CitationFormSet
    verbose_name_plural = "Sources"
    autocomplete_fields = ("source",)
    fields = (("source", "stance"), "quote", ("locator", "relayed_from"), "note")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj is None or obj.pk is None else 0


class RoleInline(StackedRows):
    model = Participant
    fk_name = "shown_by"
    formset = act_forms.RoleFormSet
    verbose_name = "role"
    verbose_name_plural = "Roles that its source shows: judges, counsel, victims, plaintiffs"
    autocomplete_fields = ("person",)
    fields = (("person", "role", "represents"), "described_as", ("started_on", "ended_on", "end_reason"))


IN_CASE = (ChargeInline, OutcomeInline, SentenceInline, CitationInline, RoleInline)
IN_MATTER = (CitationInline, RoleInline)
PREFIXES: dict[Any, str] = {
    ChargeInline: "creates",
    OutcomeInline: "outcomes",
    SentenceInline: "sentence_parts",
    CitationInline: "citations",
    RoleInline: "shows_participants",
}


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    """Acts. The case is preset by the link on the case's page; without it the page asks for the case first."""

    form = act_forms.ActForm
    stays = False
    list_display = ("title", "home", "when_words", "sort", "editorial_state")
    list_filter = (
        "editorial_state",
        filters.SecondLook,
        filters.Assigned,
        filters.Writer,
        filters.ActDue,
        "category",
        "occurrence",
        "decision",
        filters.ActOutcome,
        filters.Sources,
        "precision",
        filters.most_used("court", "case__court"),
        filters.most_used("matter", "case__matter"),
    )
    list_select_related = ("case", "matter")
    date_hierarchy = "on"
    ordering = ("-on", "-sequence", "-pk")
    search_fields = ("case__folded", "matter__folded", "title")
    autocomplete_fields = ("case", "matter", "actor")
    change_form_template = "admin/record/act_change_form.html"
    told = ("home", "state")

    @admin.display(description="date", ordering="on")
    def when_words(self, act: Event) -> str:
        return str(act.when)

    @admin.display(description="What happened")
    def what(self, act: Event) -> str:
        """Say what happened, to somebody who may read the act and not change it."""
        return f"{act.get_category_display()}: {act.get_kind_display().lower()}"

    @admin.display(description="category", ordering="category")
    def sort(self, act: Event) -> str:
        """Say the category, and what of it is not to be taken for granted: that it was not held, or not yet."""
        told = act.get_category_display()
        return told if act.occurrence == Occurrence.HELD else f"{told} ({act.get_occurrence_display().lower()})"

    @admin.display(description="case or matter", ordering="case__caption")
    def home(self, act: Event) -> str:
        return str(act.case or act.matter)

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        place = ("case", "matter") if obj is None else ("home", "state")
        known = _knows_home(request, obj)
        about = ("actor", "defendants", "reverses") if known else ("actor",)
        return (
            (None, {"fields": (*place, "what", "title", "text")}),
            ("When", {"fields": (("on", "precision", "qualifier"), ("until", "sequence"), "occurrence")}),
            (
                "If it is a ruling, or a motion",
                {
                    "fields": (("decision", "timeliness"), "motion", "entered_on"),
                    "description": "A ruling has a decision. A motion, a response to it and its hearing say what is "
                    "asked for. Leave the rest empty.",
                },
            ),
            ("Whom it concerns", {"fields": about}),
            ("The source's own words", {"fields": ("raw_text",), "classes": ("collapse",)}),
        )

    def view_on_site(self, obj: Event) -> str | None:
        home = obj.case or obj.matter
        public = home is not None and {obj.editorial_state, home.editorial_state} == {"published"}
        return obj.get_absolute_url() if public else None

    @admin.display(description="State")
    def state(self, act: Event) -> str:
        return act.get_editorial_state_display()

    def get_inlines(self, request: HttpRequest, obj: Event | None) -> Any:
        if obj is not None and obj.pk is not None:
            return IN_CASE if obj.case_id else IN_MATTER
        if request.method == "POST":  # whatever the page that was sent in had
            return tuple(inline for inline in IN_CASE if f"{PREFIXES[inline]}-TOTAL_FORMS" in request.POST)
        return IN_CASE if request.GET.get("case") else IN_MATTER if request.GET.get("matter") else (CitationInline,)

    def get_formset_kwargs(self, request: HttpRequest, obj: Event, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        kwargs["instance"] = obj if obj.pk else parent_act(self._asked(request), obj)
        kwargs["refused"] = self._refused(request, PREFIXES[type(inline)])
        return kwargs

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - the signature is Django's
        """Leave above the form what is about no rows of the page."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if hasattr(form.refusal, "error_list"):
            above = self._refused(request, "")
            form.refusal = ValidationError(above) if above else None
        return form

    def _refused(self, request: HttpRequest, prefix: str) -> list[ValidationError]:
        """Return what a verb refused of the rows with this prefix; of none of them for the empty one."""
        told = getattr(getattr(request, "desk_refusal", None), "error_list", [])
        return [error for error in told if act_forms.place_of(error, request.POST) == prefix]

    def _asked(self, request: HttpRequest) -> Any:
        return request.POST or self.get_changeform_initial_data(request)

    def save_choices(self, request: HttpRequest, form: ModelForm) -> None:
        if "defendants" in form.changed_data:
            editing.concern(form.instance, defendants=form.cleaned_data["defendants"], by=editor(request))

    def links(self, request: HttpRequest, obj: Event | None) -> dict[str, Any]:
        act = obj or parent_act(self._asked(request), Event())
        return {
            "home_unknown": act.case_id is None and act.matter_id is None,
            "no_charges": act.case_id is not None and not charges_of(act).exists(),
        }

    def response_post_save_add(self, request: HttpRequest, obj: Event) -> HttpResponseRedirect:
        return self._home(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Event) -> HttpResponseRedirect:
        return self._home(request, obj) or super().response_post_save_change(request, obj)

    def _home(self, request: HttpRequest, act: Event) -> HttpResponseRedirect | None:
        """Lead back to the case, where its status shows what the act did, or to the matter."""
        noun = "case" if act.case_id is not None else "matter"
        if not request.user.has_perm(f"cases.view_{noun}"):
            return None
        return HttpResponseRedirect(reverse(f"admin:cases_{noun}_change", args=[act.case_id or act.matter_id]))


def _knows_home(request: HttpRequest, obj: Event | None) -> bool:
    asked = request.POST or request.GET
    return (obj is not None and obj.pk is not None) or bool(asked.get("case") or asked.get("matter"))


@admin.register(Ruling)
class RulingAdmin(RecordAdmin):
    """The acts that decide something, as their own list; each opens on its act's page."""

    list_display = ("title", "when_words", "category", "decision", "editorial_state", "case")
    list_filter = (
        "category", "decision", "editorial_state", filters.ActOutcome, filters.Sources,
        filters.most_used("court", "case__court"),
    )  # fmt: skip
    list_select_related = ("case",)
    date_hierarchy = "on"
    ordering = ("-on", "-sequence", "-pk")
    search_fields = ("case__folded", "title")

    @admin.display(description="date", ordering="on")
    def when_words(self, act: Ruling) -> str:
        return str(act.when)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:cases_event_change", args=[object_id]))

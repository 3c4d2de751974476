"""The page of a case: what it is, who is in it, what the record says now, and its acts."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse

from cases import editing
from cases.law.dates import day_words
from cases.law.vocabulary import Finality
from cases.models import Case, CaseRelation, Defendant, Participant
from desk import says
from desk.act_forms import ShownByFormSet
from desk.admin import filters
from desk.admin.base import PublishableAdmin, editor
from desk.admin.rows import StackedRows
from desk.forms import RecordForm
from desk.seals import SealableForm, seal_view
from desk.short.views import ways
from desk.tables.resources import CaseTable
from desk.tables.screens import TableMixin


class CaseForm(SealableForm, RecordForm):
    """A case. Its status is derived and never typed."""

    class Meta:
        model = Case
        fields = "__all__"
        exclude = ("editorial_state", "sealed_basis", "sealed_on")


class DefendantInline(StackedRows):
    model = Defendant
    autocomplete_fields = ("person",)
    show_change_link = True
    fields = (("person", "position"), "described_as", "says")
    readonly_fields = ("says",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Begin a new case with room for somebody: each has at least one."""
        return 1 if obj is None else 0

    @admin.display(description="what the record says now")
    def says(self, defendant: Defendant) -> str:
        return defendant.derived_wording or "Nothing public yet"


class RelationInline(StackedRows):
    model = CaseRelation
    fk_name = "case"
    verbose_name = "relation to another case"
    verbose_name_plural = "Relations to other cases: this case is the …"
    autocomplete_fields = ("target",)
    fields = (("kind", "target"), "target_text")


class ParticipantInline(StackedRows):
    model = Participant
    formset = ShownByFormSet
    verbose_name_plural = "Other participants: judges, counsel, victims, plaintiffs"
    autocomplete_fields = ("person",)
    fields = (
        ("person", "role", "represents"),
        ("shown_by", "described_as"),
        ("started_on", "ended_on", "end_reason"),
    )


@admin.register(Case)
class CaseAdmin(TableMixin, PublishableAdmin):
    """Cases. Acts, charges and outcomes are entered on the acts' own pages, which this one leads to."""

    form = CaseForm
    table = CaseTable
    change_form_template = "admin/record/case_change_form.html"
    list_display = ("caption", "stands", "where", "editorial_state", "verified")
    list_filter = (
        "editorial_state",
        filters.SecondLook,
        filters.Assigned,
        filters.Writer,
        filters.Verified,
        filters.CaseDue,
        "derived_status",
        "derived_finality",
        filters.CaseOutcome,
        "kind",
        "visibility",
        filters.most_used("court", "court"),
        filters.most_used("matter", "matter"),
    )
    list_select_related = ("court",)
    actions = (*PublishableAdmin.actions, "verify_selected")
    date_hierarchy = "latest_act_on"
    ordering = ("-latest_act_on", "caption", "pk")
    search_fields = ("folded",)
    slug_from = ("caption",)
    autocomplete_fields = ("matter", "court")
    told = ("state", "seal")

    def get_fieldsets(self, request: HttpRequest, obj: Case | None = None) -> Any:
        what: tuple[Any, ...] = ("caption", "slug", "kind", "court", "docket_number", "matter")
        readers = ("For readers", {"fields": ("summary", "verified_on")})
        if obj is None:  # nobody verified what is not written yet
            return ((None, {"fields": what}), ("For readers", {"fields": ("summary",)}))
        return (
            ("The case", {"fields": what}),
            readers,
            ("Who may see it", {"fields": ("state", "visibility", "seal")}),
            (
                "Override the status",
                {
                    "fields": ("status_override", "override_reason", "override_on"),
                    "classes": ("collapse",),
                    "description": "The status is derived from the acts. An override is shown to the public as one, "
                    "with its reason.",
                },
            ),
        )

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        if obj is None:
            return (DefendantInline, RelationInline)
        return (DefendantInline, RelationInline, ParticipantInline)

    @admin.display(description="where it stands", ordering="derived_status")
    def stands(self, case: Case) -> str:
        """Say the status, and whether what was decided can still change; a list has no room for a column of each."""
        final = case.get_derived_finality_display() if case.derived_finality != Finality.NOT_DISPOSED else ""
        return "; ".join(filter(None, (case.get_derived_status_display(), final[:1].lower() + final[1:])))

    @admin.display(description="court and number", ordering="court__name")
    def where(self, case: Case) -> str:
        return ", ".join(filter(None, (case.court.short_name or case.court.name, case.docket_number)))

    @admin.display(description="verified", ordering="verified_on")
    def verified(self, case: Case) -> str:
        return day_words(case.verified_on) if case.verified_on is not None else "never"

    @admin.display(description="State")
    def state(self, case: Case) -> str:
        return case.get_editorial_state_display()

    @admin.display(description="Seal")
    def seal(self, case: Case) -> str:
        return f"Sealed on {case.sealed_on}: {case.sealed_basis}" if case.is_sealed else "Not sealed"

    @admin.action(description="Say of the selected cases: verified today, nothing new", permissions=["publish"])
    def verify_selected(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        """Say of many cases at once that they were verified today."""
        self.do_each(request, queryset, lambda case: editing.verify(case, by=editor(request)), "verified today")

    def get_urls(self) -> list[URLPattern]:
        seal = path("<int:pk>/seal/", self.admin_site.admin_view(self.seal_view), name="cases_case_seal")
        return [seal, *super().get_urls()]

    def seal_view(self, request: HttpRequest, pk: int) -> Any:
        """Seal the case, or lift its seal."""
        return seal_view(request, self, pk)

    def view_on_site(self, obj: Case) -> str | None:
        return obj.get_absolute_url() if obj.editorial_state == "published" else None

    def links(self, request: HttpRequest, obj: Case | None) -> dict[str, Any]:
        if obj is None:
            return {}
        return {
            "ruling_url": f"{reverse('admin:ruling')}?case={obj.pk}"
            if request.user.has_perm("cases.add_event")
            else "",
            "add_act_url": f"{reverse('admin:cases_event_add')}?case={obj.pk}",
            "short_forms": ways(obj) if request.user.has_perm("cases.add_event") else [],
            "seal_url": reverse("admin:cases_case_seal", args=[obj.pk])
            if editor(request).has_perm(editing.SEAL)
            else "",
            "preview_url": reverse("admin:preview_case", args=[obj.slug]),
            "says": says.case_says(obj),
            "acts": says.acts_of(obj, request),
        }

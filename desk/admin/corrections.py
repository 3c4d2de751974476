"""The list of corrections at the desk: what was said, where, by whom; their words can be mended."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from cases import editing
from cases.models import Correction
from desk.admin.base import RecordAdmin, editor


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    """Corrections. One is made by the form that changes something, and by no form of its own."""

    list_display = ("sentence", "kind", "made_at", "made_by")
    list_filter = ("kind",)
    list_select_related = ("made_by",)
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    search_fields = ("sentence", "places__case__folded")
    actions = None
    fields = ("kind", "sentence", "where", "made_at", "made_by")
    readonly_fields = ("where", "made_at", "made_by")

    @admin.display(description="listed by")
    def where(self, correction: Correction) -> SafeString:
        places = correction.places.select_related("case", "matter").order_by("pk")
        homes = dict.fromkeys(place.case if place.case is not None else place.matter for place in places)
        links = ((home.get_absolute_url(), str(home)) for home in homes if home is not None)
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', links)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:  # noqa: FBT001 - the signature is Django's
        try:
            editing.reword(obj, kind=obj.kind, sentence=obj.sentence, by=editor(request))
        except editing.CorrectionNeeded as refusal:
            raise ValidationError(refusal.about) from refusal

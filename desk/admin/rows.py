"""What every form and every inline row of the desk is made of: unambiguous dates, modest text boxes, few icons."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from desk.forms import RecordForm, RecordFormSet


class DayInput(forms.DateInput):
    """A browser's own field for a day: it shows the day as the reader writes it, and sends 2024-07-12."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class SafeAutocomplete(AutocompleteSelect):
    """Django's own, which fails when it is to show again what was sent and is no id: that is left out."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        known = [one for one in value if str(one) == "" or (str(one).isdecimal() and len(str(one)) < 19)]
        return super().optgroups(name, known, attr)


class EntryMixin(BaseModelAdmin):
    """The fields of the desk. 07/12/2024 is July to some and December to others, so no such date is taken."""

    formfield_overrides = {
        models.DateField: {"widget": DayInput, "input_formats": ["%Y-%m-%d"]},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer to add and to change what a field points to; never to delete it from here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SafeAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StackedRows(EntryMixin, admin.StackedInline):
    """Rows as small forms, one below the other: in a table, Django gives their fields no labels of their own."""

    extra = 0
    form = RecordForm
    formset = RecordFormSet

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """Add the hidden mark by which a row that somebody else changed is noticed."""
        first, *others = super().get_fieldsets(request, obj)
        name, options = first
        return [(name, {**options, "fields": [*options["fields"], "stamp"]}), *others]

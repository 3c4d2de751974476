"""How the desk asks for a correction: two fields at the foot of a form, and the sitting that carries what they say."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import actions, helpers
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cases import editing
from cases.choices import CorrectionKind
from cases.editing.correcting import CorrectionNeeded
from cases.editing.sitting import Sitting
from cases.editing.watching import is_read
from cases.models import Correction
from desk.marks import carried

UNLISTED = "Nothing that readers can read was changed, so no correction is listed for it."
CHOOSE_KIND = "Choose the kind of correction."
SAY_IT = "Say in one sentence what was changed."


class CorrectionForm(forms.Form):
    """The kind and the one public sentence of a correction; both stay empty where readers see no change."""

    correction_kind = forms.ChoiceField(
        label="Kind of correction",
        required=False,
        choices=[("", "None: readers see no change"), *CorrectionKind.choices],
        help_text="Error: it was wrong. Update: it was right, and is out of date. Clarification: it could be misread.",
    )
    correction_sentence = forms.CharField(
        label="What readers are told",
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "maxlength": 300}),
        help_text="One sentence: what the page said, what it says now, and why. It is public at once.",
    )

    @property
    def said(self) -> dict[str, str]:
        """What was typed, as it is given to ``editing.correct``; empty where nothing was."""
        kind, sentence = (str(self.data.get(name, "")).strip() for name in self.fields)
        return {"kind": kind, "sentence": sentence} if kind or sentence else {}

    def refuse(self, needed: CorrectionNeeded) -> None:
        """Set beside the fields what is missing, or what is wrong with them."""
        self.is_valid()
        missing = {
            name: [told] for name, told in (("kind", CHOOSE_KIND), ("sentence", SAY_IT)) if not self.said.get(name)
        }
        for name, told in (needed.about | missing).items():
            field = f"correction_{name}"
            if field in self.fields and field not in self.errors:
                self.add_error(field, told)


def correction_form(request: HttpRequest) -> CorrectionForm:
    """Return the one form of this request, with what was typed in it."""
    if not hasattr(request, "desk_correction"):
        # The type is ignored: an attribute of ours, for this request.
        request.desk_correction = CorrectionForm(request.POST if request.method == "POST" else None)  # type: ignore[attr-defined]  # kept on the request
    # The type is ignored: an attribute of ours, for this request.
    return cast(CorrectionForm, request.desk_correction)  # type: ignore[attr-defined]  # a note on this request


def form_for(request: HttpRequest, rows: Iterable[Model | None]) -> CorrectionForm | None:
    """Return the form to show where readers can read one of ``rows`` now, or something was typed in it; or None."""
    form = correction_form(request)
    asked = form.is_bound and (form.said or form.errors)
    return form if asked or any(row is not None and row.pk and is_read(row) for row in rows) else None


@contextmanager
def corrected_sitting(request: HttpRequest) -> Iterator[Sitting]:
    """A sitting that carries the correction which was typed, if one was.

    ``CorrectionNeeded`` leaves its errors in the form of the request, and goes on to who asked.
    """
    form = correction_form(request)
    try:
        with editing.sitting() as current:
            if said := form.said:
                editing.correct(**said, by=cast(User, request.user))
            yield current
    except CorrectionNeeded as needed:
        form.refuse(needed)
        raise
    # The type is ignored: an attribute of ours, for this request.
    request.desk_listed = current.said is not None and current.said.row is not None  # type: ignore[attr-defined]  # kept on the request


def tell_unlisted(request: HttpRequest) -> None:
    """Tell who typed a correction that none was listed, because readers see no change."""
    if correction_form(request).said and getattr(request, "desk_listed", None) is False:
        messages.warning(request, UNLISTED)


@admin.action(permissions=["delete"], description="Delete the selected %(verbose_name_plural)s")
def delete_selected(screen: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Django's own action, which asks for a correction where readers can read what would go."""
    form = correction_form(request)
    try:
        with transaction.atomic():  # its log of what was deleted goes back with the deletion
            response = actions.delete_selected(screen, request, queryset)
    except CorrectionNeeded as needed:
        messages.error(request, needed.message)
        request.POST = _without(request, "post")
        response = actions.delete_selected(screen, request, queryset)
    if isinstance(response, TemplateResponse) and response.context_data is not None:
        response.context_data["correction"] = form_for(request, queryset) and form
        response.context_data["marks"] = carried(request, queryset)
    return cast("HttpResponse | None", response)


def ask_first(
    screen: Any, request: HttpRequest, rows: list[Any], *, action: str, title: str, button: str
) -> HttpResponse | None:
    """Return the page that asks for a correction before an action on ``rows``; None when none is needed now."""
    form = correction_form(request)
    if form.said and not form.errors:
        try:
            Correction(**form.said).full_clean(exclude=["made_by"])
        except forms.ValidationError as refusal:
            form.refuse(CorrectionNeeded("", refusal.message_dict))
    if not form.errors and (form.said or not any(is_read(row) for row in rows)):
        return None
    if "post" in request.POST and not form.errors:
        form.refuse(CorrectionNeeded(""))
    context = {
        **screen.admin_site.each_context(request),
        "title": title,
        "button": button,
        "rows": rows,
        "opts": screen.opts,
        "action": action,
        "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        "correction": form,
        "marks": carried(request, rows),
    }
    return TemplateResponse(request, "admin/record/correct_selected.html", context)


def _without(request: HttpRequest, name: str) -> Any:
    kept = request.POST.copy()
    kept.pop(name, None)
    return kept

"""Sealing at the desk: the page that asks for the legal basis and the day, and the field that can not seal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases import editing, guard
from cases.mentions import mentions
from cases.models import Case, Defendant
from desk.admin.base import RecordAdmin, editor
from desk.admin.rows import DayInput
from people.choices import Visibility
from people.models import Person


class SealableForm(forms.ModelForm):
    """A form whose visibility can be anything but sealed: a seal has its own page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("visibility")
        if not isinstance(field, forms.TypedChoiceField):
            return
        sealed = self.instance.visibility == Visibility.SEALED
        field.choices = [
            (value, label) for value, label in Visibility.choices if (value == Visibility.SEALED) == sealed
        ]
        field.help_text = "It is sealed. Lift the seal first." if sealed else "To seal it, use the page “Seal”."


class SealForm(forms.Form):
    """The legal basis of a seal, and its day."""

    basis = forms.CharField(
        label="Legal basis", max_length=300, help_text="The order or statute under which the record is sealed."
    )
    on = forms.DateField(
        label="Sealed on", help_text="The day of the order.", widget=DayInput, input_formats=["%Y-%m-%d"]
    )

    def clean_on(self) -> Any:
        """Refuse a day that has not come."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError("This day has not come yet.")
        return self.cleaned_data["on"]


def seal_view(request: HttpRequest, screen: RecordAdmin, pk: int) -> HttpResponse:
    """Show the form and seal, or lift the seal, of a case or of a defendant."""
    thing: Any = get_object_or_404(screen.model, pk=pk)
    if not (screen.has_change_permission(request, thing) and editor(request).has_perm(editing.SEAL)):
        raise PermissionDenied
    back = reverse(f"admin:cases_{screen.opts.model_name}_change", args=[pk])
    form = SealForm(request.POST if request.method == "POST" and "lift" not in request.POST else None)
    if request.method == "POST" and ("lift" in request.POST or form.is_valid()):
        try:
            told = _write(request, thing, form)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            screen.log_change(request, thing, told)
            messages.success(request, f"“{thing}”: {told}")
            if left := _still_told(thing):
                texts = "; ".join(dict.fromkeys(left))
                messages.warning(request, f"The name can still be read in: {texts}. Change these texts now.")
            return HttpResponseRedirect(back)
    context = {
        **screen.admin_site.each_context(request),
        "title": "Lift the seal" if thing.visibility == Visibility.SEALED else "Seal",
        "thing": thing,
        "form": form,
        "back": back,
        "opts": screen.opts,
        "sealed": thing.visibility == Visibility.SEALED,
        "mentions": mentions(thing) if isinstance(thing, Defendant) else [],
    }
    return TemplateResponse(request, "admin/record/seal.html", context)


def _still_told(thing: Case | Defendant) -> list[str]:
    """Return in which texts readers can still read a name that a seal hides: of a case, in those around it."""
    if thing.visibility != Visibility.SEALED:
        return []
    if isinstance(thing, Defendant):
        return [mention.what for mention in mentions(thing)]
    people = Person.objects.filter(Q(defendant_in__case=thing) | Q(participant_in__case=thing)).distinct()
    names = list(people.values_list("name", flat=True))
    found = [item for item in guard.still_read() if any(name in item.words for name in names)]
    return [f"{item.row._meta.verbose_name} “{item.row}”" for item in found]


def _write(request: HttpRequest, thing: Case | Defendant, form: SealForm) -> str:
    by = editor(request)
    if "lift" in request.POST:
        editing.lift_seal(thing, by=by)
        return "Seal lifted."
    basis, on = form.cleaned_data["basis"], form.cleaned_data["on"]
    if isinstance(thing, Case):
        editing.seal_case(thing, basis=basis, on=on, by=by)
    else:
        editing.seal_defendant(thing, basis=basis, on=on, by=by)
    return "Sealed."

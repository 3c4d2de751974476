"""What became of a scheduled act, said with one press: held, continued, cancelled. Held ones ask what was decided."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from cases import editing
from cases.editing import hearings
from cases.law.dates import PartialDate
from cases.law.vocabulary import Category, Occurrence
from cases.models import Event
from desk.admin.base import editor
from desk.already import became
from desk.ruling.days import read_day
from desk.ruling.headlines import is_to_come
from desk.ruling.kinds import ENTERS_RULINGS
from desk.sourcing import SourcingForm, labelled, sources_of


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses, each behind the desk's door."""
    return [
        path("acts/<int:pk>/continued/", site.admin_view(continue_view), name="act_continue"),
        path("acts/<int:pk>/decided/", site.admin_view(decided_view), name="act_decided"),
        re_path(r"^acts/(?P<pk>\d{1,18})/(?P<what>held|cancelled)/$", site.admin_view(settle_view), name="act_settle"),
    ]


class ContinueForm(forms.Form):
    """The day to which a hearing is put off; empty where none was set."""

    to = forms.CharField(
        label="Continued to",
        max_length=60,
        required=False,
        help_text="2024-09-03, or 2024-09. Empty: no new day was set.",
        widget=forms.TextInput(attrs={"placeholder": "2024-09-03", "autocomplete": "off", "size": 12}),
    )

    def clean_to(self) -> PartialDate | None:
        """Return the day, or None."""
        typed = str(self.cleaned_data["to"]).strip()
        return read_day(typed) if typed else None


def may_say(request: HttpRequest, act: Event) -> bool:
    """Whether who is signed in may say what became of ``act``: for the buttons."""
    by = editor(request)
    return act.occurrence == Occurrence.SCHEDULED and by.has_perm("cases.change_event") and editing.may_change(act, by)


def settle_view(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Say that a scheduled act was held, or cancelled; leads back to where ``next`` says.

    Pressed a second time, by whomever, it says who pressed it first, and leads where the first press led. A link to it
    (a page that is loaded anew) changes nothing.
    """
    act = _act(request, pk)
    if request.method != "POST":
        return _as_it_is(request, act)
    verb = hearings.hold if what == "held" else hearings.cancel
    try:
        changed = verb(act, by=editor(request))
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == hearings.SETTLED:
            return _as_it_is(request, _act(request, pk))
        messages.error(request, f"“{act}”: {' '.join(refusal.messages)}")
        return HttpResponseRedirect(_back(request, act))
    if not changed:
        return _as_it_is(request, _act(request, pk))
    _note(request, act, what)
    return HttpResponseRedirect(_what_was_decided(request, act) if what == "held" else _back(request, act))


def _as_it_is(request: HttpRequest, act: Event) -> HttpResponse:
    """Say what was said of an act before, and lead on: where it was held to what was decided, else where it stands."""
    if act.occurrence == Occurrence.SCHEDULED:
        messages.info(request, f"“{act}” is still scheduled. Press the button here to say what became of it.")
        return HttpResponseRedirect(_back(request, act))
    messages.info(request, f"{became(act)} Nothing was changed; it can be corrected on its own page.")
    if act.occurrence == Occurrence.HELD:
        return HttpResponseRedirect(_what_was_decided(request, act))
    anew = _scheduled_anew(act)
    if act.occurrence == Occurrence.CONTINUED and anew is not None:
        return HttpResponseRedirect(reverse("admin:cases_event_change", args=[anew.pk]))
    return HttpResponseRedirect(_back(request, act))


def _scheduled_anew(act: Event) -> Event | None:
    """Return what was scheduled in the place of an act that was continued, as far as it can be told."""
    same = {name: getattr(act, name) for name in ("case_id", "matter_id", "category", "kind", "title")}
    return Event.objects.filter(**same, text=hearings.continued_from(act)).order_by("-pk").first()


def continue_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a scheduled act was continued, to a new day if one was set. A day that makes no sense is asked again."""
    act = _act(request, pk)
    form = ContinueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        before = act.occurrence
        try:
            again = hearings.continue_to(act, when=form.cleaned_data["to"], by=editor(request))
        except ValidationError as refusal:
            if getattr(refusal, "code", "") == hearings.SETTLED:
                return _as_it_is(request, _act(request, pk))
            form.add_error("to", " ".join(refusal.messages))
        else:
            if (before, act.occurrence) != (Occurrence.SCHEDULED, Occurrence.CONTINUED):
                return _as_it_is(request, _act(request, pk))  # somebody else had said so, were it this very second
            _note(request, act, "continued")
            if again is not None:
                messages.info(request, f"“{again}” is entered as a draft. Add the source that sets the new day.")
                return HttpResponseRedirect(reverse("admin:cases_event_change", args=[again.pk]))
            return HttpResponseRedirect(_back(request, act))
    return _page(request, act, "hearing_continue", {"title": "Continued", "form": form})


def decided_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which source says that an act was held, where nothing was decided at it, or nothing that we know of."""
    act = _act(request, pk)
    home = act.case or act.matter
    if home is None or act.occurrence != Occurrence.HELD:
        return _as_it_is(request, act)
    data = request.POST if request.method == "POST" else None
    form = SourcingForm(data, offered=labelled(sources_of(home)), needed=True)
    if request.method == "POST" and form.is_valid():
        try:
            with editing.sitting(by=editor(request)):
                there = _cited_already(act, form)
                if not there:
                    form.cite(act, by=editor(request))
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            if there:
                messages.info(request, f"“{act}”: this source is cited already. Nothing was cited twice.")
            else:
                messages.success(request, f"“{act}”: the source is cited.")
            return HttpResponseRedirect(_back(request, act))
    context = {
        "title": "Held: which source says so?",
        "still_to_come": is_to_come(act.title),
        "ruling_url": _ruling_url(request, act),
        "sourcing": form,
        "noun": "case" if act.case_id is not None else "matter",
        "home": home,
    }
    return _page(request, act, "hearing_decided", context)


def _cited_already(act: Event, form: SourcingForm) -> bool:
    """Whether the act cites this source in these words: the same form was sent before, by whomever."""
    # Looked for anew: what was new when this was sent may be in the record by now.
    again = SourcingForm(form.data, offered=form.offered, needed=True)
    cited = again.citation(act) if again.is_valid() else None
    there = act.citations.values_list("source", "quote", "locator", "stance")
    return cited is not None and (cited.source_id, cited.quote, cited.locator, cited.stance) in there


def _tell(form: SourcingForm, refusal: ValidationError) -> None:
    """Set what a verb refused beside the field it is about, or above the form."""
    if hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, refusal)


def _act(request: HttpRequest, pk: int) -> Event:
    if not request.user.has_perm("cases.change_event"):
        raise PermissionDenied
    return get_object_or_404(Event.objects.select_related("case", "matter"), pk=pk)


def _note(request: HttpRequest, act: Event, what: str) -> None:
    LogEntry.objects.log_actions(editor(request).pk, [act], CHANGE, change_message=f"Said to be {what}.")
    messages.success(request, f"“{act}” is {what} now.")


def _ruling_url(request: HttpRequest, act: Event) -> str:
    """Return the address of the screen that enters what was decided; "" where the act or the editor has none."""
    if act.case_id is None or not request.user.has_perms(ENTERS_RULINGS):
        return ""
    asked = urlencode({"case": str(act.case_id), "hearing": str(act.pk), "next": _back(request, act)})
    return f"{reverse('admin:ruling')}?{asked}"


def _what_was_decided(request: HttpRequest, act: Event) -> str:
    """Return where somebody who said that it was held is asked what was decided: the screen that enters it, at once."""
    after = urlencode({"next": _back(request, act)})
    at_once = _ruling_url(request, act) if act.category == Category.HEARING else ""
    return at_once or f"{reverse('admin:act_decided', args=[act.pk])}?{after}"


def _home(act: Event) -> str:
    if act.case_id is not None:
        return reverse("admin:cases_case_change", args=[act.case_id])
    return reverse("admin:cases_matter_change", args=[act.matter_id])


def _back(request: HttpRequest, act: Event) -> str:
    asked = str(request.POST.get("next") or request.GET.get("next") or "")
    known = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if known and "\0" not in asked and "\n" not in asked else _home(act)


def _page(request: HttpRequest, act: Event, name: str, context: dict[str, object]) -> HttpResponse:
    shared = {"opts": Event._meta, "act": act, "back": _back(request, act)}
    return TemplateResponse(
        request, f"admin/record/{name}.html", {**admin.site.each_context(request), **shared, **context}
    )

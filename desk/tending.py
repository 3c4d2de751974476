"""The small buttons that change no content: verified today, seen, assigned, sent back. Each is one POST."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.http import url_has_allowed_host_and_scheme

from cases import editing
from cases.choices import Editorial
from cases.models import Case, Event, Matter, Source
from desk.already import logged, logged_at
from desk.marks import refuse_another
from desk.publishing import Publishable, address_of
from people.models import Person

Tended = Publishable | Person | Source
NOUNS: dict[str, type[Tended]] = {"act": Event, "case": Case, "matter": Matter, "person": Person, "source": Source}
NOBODY = "Choose somebody from the list."
VERIFIED = "“{}”: verified today, nothing new."
SEEN = "“{}”: seen by a second person."
NOT_FOR_THESE = "People and sources are not assigned, nor sent back. Change them, or say that they are right."


class Already(Exception):  # noqa: N818  (it is no error)
    """What a button asks for was done before: who pressed it first, in words. Nothing is done again."""


def urls(site: object) -> list[URLPattern]:
    """Return the addresses of these buttons."""
    # The type is ignored: the desk's site.
    return [path("tend/<str:noun>/<int:pk>/", site.admin_view(tend_view), name="tend")]  # type: ignore[attr-defined]  # a desk's site


def tend_view(request: HttpRequest, noun: str, pk: int) -> HttpResponse:
    """Do what one button asks for, and lead back to where it stood. Asked for by a link, it leads to the page."""
    model = NOUNS.get(noun)
    if model is None or pk >= 2**63:
        raise Http404
    thing = model._base_manager.filter(pk=pk).first()
    by: User = request.user  # type: ignore[assignment]  # the desk lets nobody else in
    if thing is None or not by.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        raise Http404
    back = _back(request, thing)
    if request.method != "POST":
        return HttpResponseRedirect(back)
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        messages.error(request, "This button is not known. Reload the page, and try again.")
        return HttpResponseRedirect(back)
    try:
        with editing.sitting(by=by):  # with its note: who presses next, were it this very second, is told of it
            told = deed(request, thing, by)
            LogEntry.objects.log_actions(by.pk, [thing], CHANGE, change_message=told, single_object=True)
    except Already as already:
        messages.info(request, str(already))
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, told)
    return HttpResponseRedirect(back)


def _back(request: HttpRequest, thing: Tended) -> str:
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return address_of(thing)


def _verify(request: HttpRequest, thing: Tended, by: User) -> str:
    if not isinstance(thing, Case):
        raise ValidationError("Only a case is verified.")
    told = VERIFIED.format(thing)
    with editing.sitting(by=by) as current:
        stored = Case.objects.filter(pk=thing.pk, verified_on=current.on).select_related("verified_by").first()
        if stored is not None and not _changed_since(stored, told):
            raise Already(f"“{thing}” was verified today already.{logged(thing, told)}")
        editing.verify(thing, by=by)
    return told


def _changed_since(case: Case, told: str) -> bool:
    """Whether a case was changed after somebody verified it today: then a second look is another one."""
    at = logged_at(case, told)
    return at is None or (case.changed_at is not None and case.changed_at > at)


def _confirm(request: HttpRequest, thing: Tended, by: User) -> str:
    told = SEEN.format(thing)
    with editing.sitting(by=by):
        stored = type(thing)._base_manager.get(pk=thing.pk)
        waits = editing.look_at(stored) is not None if isinstance(stored, Person | Source) else bool(stored.unseen)
        if not waits and (who := logged(thing, told)):
            raise Already(f"“{thing}” was seen by a second person already.{who}")
        refuse_another(request, stored)
        if isinstance(thing, Person | Source):
            editing.confirm_words(thing, by=by)
        else:
            editing.confirm(thing, by=by)
    return told


def _assign(request: HttpRequest, thing: Tended, by: User) -> str:
    if isinstance(thing, Person | Source):
        raise ValidationError(NOT_FOR_THESE)
    to = somebody(request.POST.get("to", ""))
    told = f"“{thing}” is assigned to {to if to is not None else 'nobody'}."
    with editing.sitting(by=by):
        who = logged(thing, told)
        if who and type(thing)._base_manager.get(pk=thing.pk).assigned_to == to:
            raise Already(f"{told.removesuffix('.')} already.{who}")
        editing.assign(thing, to=to, by=by)
    return told


def _send_back(request: HttpRequest, thing: Tended, by: User) -> str:
    if isinstance(thing, Person | Source):
        raise ValidationError(NOT_FOR_THESE)
    told = f"“{thing}” is a draft again."
    with editing.sitting(by=by):
        if type(thing)._base_manager.get(pk=thing.pk).editorial_state == Editorial.DRAFT:
            raise Already(f"“{thing}” is a draft already.{logged(thing, told)}")
        editing.redraft(thing, by=by, because=request.POST.get("because", ""))
    return told


DEEDS: dict[str, Callable[[HttpRequest, Tended, User], str]] = {
    "verify": _verify,
    "confirm": _confirm,
    "assign": _assign,
    "send_back": _send_back,
}


def colleagues() -> list[User]:
    """Return who can be asked to see to something."""
    return list(User.objects.filter(is_staff=True, is_active=True).order_by("username"))


def somebody(sent: str) -> User | None:
    """Return who was chosen, None for nobody. Raises ``ValidationError`` for what is no account of the desk."""
    if sent in ("", "0"):
        return None
    known = sent.isascii() and sent.isdecimal() and len(sent) < 10
    found = User.objects.filter(pk=int(sent), is_staff=True, is_active=True).first() if known else None
    if found is None:
        raise ValidationError(NOBODY)
    return found

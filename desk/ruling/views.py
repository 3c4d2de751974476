"""The addresses of the screen: the page itself, and the parts of it that are drawn anew while somebody types."""

import uuid
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from cases import editing
from cases.editing.refusals import constraint_sentences
from cases.law.vocabulary import Category, Occurrence
from cases.models import Case, Event
from desk.forms import BESIDE
from desk.ruling import days
from desk.ruling.docket import Docket, find_case, find_hearing
from desk.ruling.headlines import is_to_come
from desk.ruling.kinds import BY_SLUG, ENTERS_RULINGS, JUDGES, of_hearing
from desk.ruling.screen import Screen
from desk.ruling.writing import EnteredBefore, Refused, Then, is_same, read_key, write
from people.names import fold, tokens

MOST_FOUND = 30
PRESETS = ("what", "decision", "on", "place", "actor", "by", "headline")
ALSO_HELD = "also_held"  # the box: its sources say too that the hearing was held
ANOTHER = "This was entered already, as “{}”. Save once more only if this is a further act."
DONE = {
    Then.DRAFT: "“{}” is saved as a draft.",
    Then.SUBMIT: "“{}” is saved, and waits for somebody else's review.",
    Then.PUBLISH: "“{}” is saved and published.",
}


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses, each behind the desk's door."""
    return [
        path("ruling/", site.admin_view(ruling), name="ruling"),
        path("ruling/fields/", site.admin_view(fields), name="ruling_fields"),
        path("ruling/sources/", site.admin_view(source_rows), name="ruling_sources"),
        path("ruling/parts/", site.admin_view(part_rows), name="ruling_parts"),
        path("ruling/preview/", site.admin_view(preview), name="ruling_preview"),
    ]


def ruling(request: HttpRequest) -> HttpResponse:
    """Show the screen, or write what was sent in."""
    _may_enter(request)
    asked = request.POST if request.method == "POST" else request.GET
    hearing = find_hearing(str(asked.get("hearing", "")))
    case = find_case(str(asked.get("case", ""))) or (hearing.case if hearing is not None else None)
    if case is None:
        return _choose_case(request)
    docket = Docket(case, timezone.localdate())
    if request.method != "POST":
        preset = _preset(request.GET, hearing, docket)
        known = Screen(docket, preset.copy(), judge=True) if preset["what"] else None
        return _page(request, Screen(docket, preset, judge=False), hearing, key=uuid.uuid4(), foreseen=known)
    data = _sent(request)
    if then := next((one for one in Then if one in data), None):
        return _write(request, docket, data, hearing, then)
    screen = Screen(docket, data, judge=False)
    foreseen = Screen(docket, data.copy(), judge=True)
    return _page(request, screen, hearing, key=read_key(data.get("key", "")) or uuid.uuid4(), foreseen=foreseen)


def fields(request: HttpRequest) -> HttpResponse:
    """Draw anew what depends on the kind, the decision and the date."""
    return render(request, "admin/ruling/fields.html", {"screen": _part_screen(request)})


def source_rows(request: HttpRequest) -> HttpResponse:
    """Draw the sources anew, filled in with what a pasted address tells."""
    return render(request, "admin/ruling/sources.html", {"screen": _part_screen(request)})


def part_rows(request: HttpRequest) -> HttpResponse:
    """Draw the parts of the sentence anew."""
    return render(request, "admin/ruling/parts.html", {"screen": _part_screen(request)})


def preview(request: HttpRequest) -> HttpResponse:
    """Say what the record will say."""
    return render(request, "admin/ruling/preview.html", {"foreseen": _part_screen(request, judge=True)})


# --- what the addresses share --------------------------------------------------------------------------------------


def _may_enter(request: HttpRequest) -> None:
    if not request.user.has_perms(ENTERS_RULINGS):
        raise PermissionDenied


def _part_screen(request: HttpRequest, *, judge: bool = False) -> Screen:
    """Return the screen for a part of the page; only a POST has one."""
    _may_enter(request)
    case = find_case(str(request.POST.get("case", "")))
    if case is None:
        raise Http404
    return Screen(Docket(case, timezone.localdate()), _sent(request), judge=judge)


def _sent(request: HttpRequest) -> QueryDict:
    """Return what was sent in, with one more row where that was asked for."""
    data = request.POST.copy()
    for name, button in (("parts", "_more_parts"), ("sources", "_more_sources"), ("aparts", "_more_aparts")):
        if button in data:
            said = str(data.get(name, "1"))
            data[name] = str(int(said) + 1) if said.isascii() and said.isdecimal() and len(said) < 5 else "2"
    return data


def _preset(asked: QueryDict, hearing: Event | None, docket: Docket) -> QueryDict:
    """Return what the screen begins with: what its address says, or what a hearing tells."""
    data = QueryDict(mutable=True)
    if hearing is not None and hearing.case_id in [case.pk for case in docket.places]:
        data["on"] = days.written(hearing.when) if hearing.when.is_known else ""
        data["what"] = of_hearing(hearing.category, hearing.kind, hearing.motion)
        data["place"] = str(hearing.case_id)
        judges = {row.person_id for row in docket.participants if row.role in JUDGES}
        if hearing.actor_id in judges:
            data["actor"] = str(hearing.actor_id)
    for name in PRESETS:
        if value := str(asked.get(name, "")).replace("\0", ""):
            data[name] = value
    if data.get("what") not in BY_SLUG:
        data["what"] = ""
    return data


def _decided_url(request: HttpRequest, hearing: Event | None) -> str:
    """Return where to say that nothing was decided at a hearing, and which source says that it was held."""
    if hearing is None:
        return ""
    after = urlencode({"next": str(request.GET.get("next", ""))})
    return f"{reverse('admin:act_decided', args=[hearing.pk])}?{after}"


def may_be_cited(hearing: Event | None, docket: Docket, by: User) -> bool:
    """Whether the sources of what was decided may be cited for the hearing as well: it was held, and may be changed."""
    if hearing is None or hearing.occurrence != Occurrence.HELD:
        return False
    return hearing.case_id in [case.pk for case in docket.places] and editing.may_change(hearing, by)


def _choose_case(request: HttpRequest) -> HttpResponse:
    """Ask for the case first."""
    typed = str(request.GET.get("q", "")).replace("\0", " ").strip()[:200]
    rows = Case.objects.select_related("court").order_by("-latest_act_on", "caption", "pk")
    for word in tokens(typed)[:12]:
        rows = rows.filter(folded__contains=word)
    context = {
        **admin.site.each_context(request),
        "title": "Enter a ruling",
        "typed": typed,
        "found": rows[:MOST_FOUND],
    }
    return render(request, "admin/ruling/choose.html", context)


def _page(
    request: HttpRequest, screen: Screen, hearing: Event | None, *, key: uuid.UUID, **more: Any
) -> HttpResponse:  # fmt: skip
    case = screen.docket.case
    context = {
        **admin.site.each_context(request),
        "title": "Enter a ruling",
        "screen": screen,
        "case": case,
        "hearing": hearing if hearing is not None and hearing.category == Category.HEARING else None,
        "offers_held": may_be_cited(hearing, screen.docket, cast(User, request.user)),
        "also_held": request.method != "POST" or ALSO_HELD in request.POST,
        "still_to_come": hearing is not None and hearing.occurrence == Occurrence.HELD and is_to_come(hearing.title),
        "decided_url": _decided_url(request, hearing),
        "key": key,
        "may_publish": request.user.has_perm(editing.PUBLISH_OWN),
        "case_url": reverse("admin:cases_case_change", args=[case.pk]),
        "preview_url": reverse("admin:preview_case", args=[case.slug]),
        "long_url": f"{reverse('admin:cases_event_add')}?case={case.pk}",
        "foreseen": None,
        "despite": str(request.POST.get("despite", ""))[:300],
        **more,
    }
    return render(request, "admin/ruling/screen.html", context)


def _write(request: HttpRequest, docket: Docket, data: QueryDict, hearing: Event | None, then: Then) -> HttpResponse:
    key = read_key(str(data.get("key", "")))
    before = _entered_with(key, data)
    screen = Screen(docket, data, judge=True, writes=True)
    if before is not None and is_same(before, screen):
        return _lead_home(request, before, then, again=True)
    more: dict[str, Any] = {"foreseen": screen}
    if screen.is_valid(needs_source=then is Then.PUBLISH):
        by = cast(User, request.user)
        try:
            held = hearing if ALSO_HELD in data and may_be_cited(hearing, docket, by) else None
            act = write(screen, then=then, key=key, by=by, despite=str(data.get("despite", "")), held=held)
        except EnteredBefore as first:
            _entered_with(key, data)
            written = Screen(docket, data, judge=True, writes=True)  # anew: the source may be in the record by now
            if is_same(first.act, written):
                return _lead_home(request, first.act, then, again=True)
            screen.above.append(ANOTHER.format(first.act.title))
            key = None
        except Refused as refusal:
            _show(screen, refusal)
            more["asks_despite"] = any(error.code == "despite" for error in _errors(refusal.error))
        else:
            LogEntry.objects.log_actions(by.pk, [act], ADDITION, change_message="Entered on the screen for rulings.")
            return _lead_home(request, act, then)
    return _page(request, screen, hearing, key=key or uuid.uuid4(), **more)


def _entered_with(key: uuid.UUID | None, data: QueryDict) -> Event | None:
    """Return the act that was entered with this form already; whom it named first is in the record by now."""
    if key is None:
        return None
    first = Event.objects.filter(entry_key=key).select_related("case", "actor").first()
    if (
        first is not None
        and first.actor is not None
        and fold(first.actor.name) == fold(str(data.get("actor_name", "")))
    ):
        data["actor_is"] = str(first.actor_id)
    return first


def _errors(error: ValidationError) -> list[ValidationError]:
    told = getattr(error, "error_dict", None)
    return [one for rows in told.values() for one in rows] if told is not None else list(error.error_list)


def _show(screen: Screen, refusal: Refused) -> None:
    """Put what a verb said beside the field it is about."""
    row = next((row for row in screen.rows.rows if row.name == refusal.place), None)
    for name, errors in refusal.by_field():
        for words in (message for error in errors for message in error.messages):
            field = name or _place_of(words)
            if row is not None:
                row.error = screen.rows.errors[row.name] = words
            elif refusal.place.startswith("source-"):
                form = screen.cited[int(refusal.place.removeprefix("source-"))]
                form.add_error(field if field in form.fields else "source", words)
            elif refusal.place == "who":
                screen.act.add_error("actor_name", words)
            elif field in screen.act.fields and field not in screen.hidden_of_act:
                screen.act.add_error(field, words)
            else:
                screen.above.append(words)


def _place_of(words: str) -> str:
    """Return the column beside which the sentence of a rule stands; "" for one that is about no single one."""
    sentences = constraint_sentences()
    return next((field for rule, field in BESIDE.items() if sentences.get(rule) == words), "")


def _lead_home(request: HttpRequest, act: Event, then: Then, *, again: bool = False) -> HttpResponse:
    """Lead back to the case, where its status shows what the act did."""
    words = "“{}” was entered already; nothing was entered twice." if again else DONE[then]
    act_url = reverse("admin:cases_event_change", args=[act.pk])
    another = f"{reverse('admin:ruling')}?case={act.case_id}"
    told = format_html(
        '{} <a href="{}">Open it</a>, or <a href="{}">enter another</a>.', words.format(act.title), act_url, another
    )
    messages.success(request, told)
    return HttpResponseRedirect(reverse("admin:cases_case_change", args=[act.case_id]))

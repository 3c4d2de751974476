"""A button that is pressed a second time: what was done before, by whom and when. It does nothing, and is no error."""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from cases.history import Names
from cases.history.states import states_of
from cases.models import Event


def moment(at: datetime) -> str:
    """Return a moment in words, by the site's clock."""
    return date_format(timezone.localtime(at), "j F Y, H:i")


def became(act: Event) -> str:
    """Return that an act is held, continued or cancelled already, and who said so and when."""
    what = act.get_occurrence_display().lower()
    last = None
    for state in reversed(states_of(Event, [act.pk]).get(act.pk, [])):
        if state.values is None or state.values["occurrence"] != act.occurrence:
            break
        last = state
    who = f" {Names().user(last.user_id)} said so on {moment(last.at)}." if last is not None else ""
    return f"“{act}” is {what} already.{who}"


def logged(thing: Model, told: str) -> str:
    """Return who did the same to ``thing`` last, and when, by what the desk noted of it; "" if it noted nothing."""
    last = _last(thing, told)
    return f" {last.user} did so on {moment(last.action_time)}." if last is not None else ""


def logged_at(thing: Model, told: str) -> datetime | None:
    """Return when the same was done to ``thing`` last, by what the desk noted of it."""
    last = _last(thing, told)
    return last.action_time if last is not None else None


def _last(thing: Model, told: str) -> LogEntry | None:
    rows = LogEntry.objects.filter(content_type=get_content_type_for_model(thing), object_id=str(thing.pk))
    return rows.filter(change_message=told).select_related("user").order_by("-action_time", "-pk").first()

"""The history of a row as the desk shows it: occasions, with each change in words, and where each leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from cases import history
from cases.editing.restoring import STAYS
from cases.history.layout import BELOW, AnyModel
from cases.history.words import Line
from cases.models import Concern, Event
from people.tracking import BEGUN, DELETE, INSERT, UPDATE

MOST = 100  # changes told of what was written at once: an import writes thousands
VERBS = {INSERT: "entered", DELETE: "removed", BEGUN: "stood so when this history began"}


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words. ``back`` is the address that restores what was before; "" where there is no way back."""

    noun: str
    name: str
    verb: str
    lines: tuple[Line, ...]
    purged: bool
    back: str
    is_deletion: bool
    is_whole: bool  # the lines are the whole row, as it was entered or removed


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person wrote at once."""

    at: datetime
    who: str
    changes: tuple[Told, ...]
    more: bool = False


def may(request: HttpRequest, action: str, model: AnyModel) -> bool:
    """Whether the editor may do this to rows of a model; whom an act concerns is part of the act."""
    options = (Event if model is Concern else model)._meta
    user = request.user
    return isinstance(user, User) and user.has_perm(f"{options.app_label}.{get_permission_codename(action, options)}")


def entries(request: HttpRequest, occasions: Iterable[history.Occasion]) -> list[Entry]:
    """Return occasions in words. An occasion in which nothing but bookkeeping was written is left out."""
    names = history.Names()
    found = []
    for one in occasions:
        shown = one.changes[:MOST]
        names.expect_all(state for change in shown for state in (change.state, change.before) if state is not None)
        told = tuple(told for change in shown if (told := _told(request, change, names)) is not None)
        if told:
            found.append(Entry(one.at, _who(one, names), told, more=len(one.changes) > MOST))
    return found


def _who(one: history.Occasion, names: history.Names) -> str:
    """Return who wrote: an account, or a command that says its name in the place of a page."""
    if one.user_id is None and one.url and not one.url.startswith("/"):
        return f"the command {one.url}"
    return names.user(one.user_id)


def _told(request: HttpRequest, change: history.Change, names: history.Names) -> Told | None:
    state = change.state
    lines = () if state.is_purged else tuple(history.diff(state.model, change.old, change.new, names))
    known = change.before is not None and not change.before.is_purged
    if state.label not in VERBS and not lines and not state.is_purged:
        return None
    verb = VERBS.get(state.label, "changed")
    back = ""
    if may(request, "change", state.model) and not state.is_purged:
        target = state if state.is_deletion else change.before if known else None
        restorable = state.label == UPDATE and any(line.name not in STAYS for line in lines)
        if target is not None and (state.is_deletion or restorable):
            back = restore_url(target)
    if not known and state.label == UPDATE:
        verb = "changed; what it said before is not kept"
    return Told(
        noun=str(state.model._meta.verbose_name),
        name=names.title(state.model, state.values) if state.values is not None else "",
        verb="changed, and emptied since by a seal" if state.is_purged else verb,
        lines=lines,
        purged=state.is_purged,
        back=back,
        is_deletion=state.is_deletion,
        is_whole=state.label != UPDATE,
    )


def restore_url(state: history.State) -> str:
    """Return the address of the screen that restores a state."""
    label = state.model._meta.label_lower
    return reverse("admin:history_restore", args=[label, state.position])


def page_of(row: Model) -> str:
    """Return the page on which a row is edited: its own, or of what it lies below; else the desk's first."""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        for owner, below in BELOW.items():
            for model, column in below:
                if isinstance(row, model) and getattr(row, f"{column}_id") is not None:
                    return reverse(
                        f"admin:{owner._meta.app_label}_{owner._meta.model_name}_change",
                        args=[getattr(row, f"{column}_id")],
                    )
    return reverse("admin:index")

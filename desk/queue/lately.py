"""What was changed lately, and by whom: the last rows of every table of history, gathered by what they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import F, Model, Value
from django.db.models.fields.json import KeyTextTransform

from cases.history import history_of
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Concern,
    Defendant,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from desk.publishing import address_of
from people.models import Name, Person
from people.tracking import BEGUN, DELETE, INSERT

LOOKED_AT = 80  # rows of history
SHOWN = 15
NAMED = 5  # of what one person changed without a break
BREAK = timedelta(minutes=30)

# Each table of history, and what its rows belong to: the column with its id.
HOMES: dict[type[Model], tuple[type[Model], str]] = {
    Matter: (Matter, "id"),
    Case: (Case, "id"),
    Defendant: (Case, "case"),
    CaseRelation: (Case, "case"),
    Event: (Event, "id"),
    Charge: (Event, "created_by"),
    Outcome: (Event, "event"),
    SentencePart: (Event, "event"),
    Citation: (Event, "event"),
    Concern: (Event, "event"),
    Participant: (Event, "shown_by"),
    Person: (Person, "id"),
    Name: (Person, "person"),
    Source: (Source, "id"),
}
KINDS = {model._meta.label: model for model in (Matter, Case, Event, Person, Source)}
_VERBS = {INSERT: "entered", DELETE: "removed"}
_GRAVER = ("removed", "entered", "changed")


@dataclass(frozen=True, slots=True)
class Place:
    """One thing that was changed."""

    title: str
    url: str
    verb: str


@dataclass(slots=True)
class Change:
    """What one person changed without a longer break; ``at`` is the last of it."""

    at: datetime
    who: str
    places: list[Place]
    more: int = 0


class _Write(NamedTuple):
    """One row of history: when, by whom, what was done, and what it belongs to."""

    at: datetime
    user: str | None
    label: str
    itself: bool
    kind: str
    pk: int | None


def lately() -> list[Change]:
    """Return the last changes, newest first: in a fixed number of queries, however large the record is."""
    writes = _writes()
    titles = _titles(writes)
    users = {int(one.user) for one in writes if one.user}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "username"))
    found: list[Change] = []
    for of_one in _by_hand(writes):
        places = _places(of_one, titles)
        user = of_one[0].user
        who = names.get(int(user), "an account that is gone") if user else "outside of the desk"
        found.append(Change(of_one[0].at, who, places[:NAMED], max(0, len(places) - NAMED)))
    return found[:SHOWN]


def _by_hand(writes: list[_Write]) -> list[list[_Write]]:
    """Gather what one person wrote without a longer break, while nobody else did."""
    found: list[list[_Write]] = []
    for one in writes:
        last = found[-1][-1] if found else None
        if last is not None and last.user == one.user and last.at - one.at < BREAK:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _writes() -> list[_Write]:
    parts = []
    for model, (home, column) in HOMES.items():
        history = history_of(model)._base_manager
        # What a row was when history began is older than every change of it, and may be a million rows: the last rows
        # are taken first, by their key, and those left out of them only.
        last = history.order_by("-pgh_id").values("pgh_id")[:LOOKED_AT]
        told = (
            history.filter(pgh_id__in=last)
            .exclude(pgh_label=BEGUN)
            .annotate(
                q_who=KeyTextTransform("user", "pgh_context"),
                q_itself=Value(model is home),
                q_kind=Value(home._meta.label),
                q_home=F(column),
            )
        )
        columns = ("pgh_created_at", "q_who", "pgh_label", "q_itself", "q_kind", "q_home")
        parts.append(told.values_list(*columns))
    # What was written together has one time: the later entered comes first, then.
    newest = parts[0].union(*parts[1:], all=True).order_by("-pgh_created_at", "q_kind", "-q_home", "pgh_label")
    return [_Write(*row) for row in newest[:LOOKED_AT]]


def _titles(writes: Iterable[_Write]) -> dict[tuple[str, int], Model]:
    wanted: dict[str, set[int]] = {}
    for one in writes:
        if one.pk is not None:
            wanted.setdefault(one.kind, set()).add(one.pk)
    found = {kind: KINDS[kind]._base_manager.in_bulk(ids) for kind, ids in wanted.items()}
    return {(kind, pk): row for kind, rows in found.items() for pk, row in rows.items()}


def _places(writes: list[_Write], titles: dict[tuple[str, int], Model]) -> list[Place]:
    found: dict[tuple[str, int | None], Place] = {}
    for one in writes:
        key = (one.kind, one.pk)
        row = titles.get((one.kind, one.pk)) if one.pk is not None else None
        verb = _VERBS.get(one.label, "changed") if one.itself else "changed"
        if key not in found or _GRAVER.index(verb) < _GRAVER.index(found[key].verb):
            gone = f"{KINDS[one.kind]._meta.verbose_name} that is gone"
            found[key] = Place(str(row) if row else gone, address_of(row) if row else "", verb)
    return list(found.values())

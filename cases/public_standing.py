"""What the public may read of each person's part in cases, stored so that a search by name can heed it.

``refresh_standing`` is the only writer of ``Person.derived_standing``; ``check_record`` compares it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Max, Model, Q, QuerySet

from cases.models import Case, Charge, Defendant, Event, Matter, Participant
from cases.querysets import named_defendants, named_participants
from people.models import Person, Standing

A_BATCH = 10_000  # persons looked at in one query


class StandingDifference(NamedTuple):
    """One person whose stored standing is not what the published record gives."""

    person_id: int
    name: str
    stored: int
    derived: int

    def __str__(self) -> str:
        return f"person {self.person_id} “{self.name}”, derived_standing: stored {self.stored}, derived {self.derived}"


def standing_differences(persons: Iterable[int] | None = None) -> Iterator[StandingDifference]:
    """Yield the persons, of those given or of all, whose stored standing differs from the published record."""
    if persons is not None:
        yield from _differences(pk__in=set(persons))
        return
    last = Person.objects.aggregate(last=Max("pk"))["last"] or 0
    for first in range(0, last + 1, A_BATCH):
        yield from _differences(pk__gte=first, pk__lt=first + A_BATCH)


def refresh_standing(persons: Iterable[int] | None = None) -> list[StandingDifference]:
    """Store the standing of the persons given, or of all, as it is now. Returns what was different.

    The name index follows in the same transaction (a trigger).
    """
    found = list(standing_differences(persons))
    for standing in Standing.values:
        changed = [one.person_id for one in found if one.derived == standing]
        if changed:
            Person.objects.filter(pk__in=changed).update(derived_standing=standing)
    return found


def persons_of(row: Model) -> set[int]:
    """Return the ids of the persons whose standing ``row`` bears on. Ask before a write, and after it."""
    match row:
        case Person():
            own = Participant.objects.filter(represents__person=row)
            return {row.pk, *own.values_list("person_id", flat=True)}
        case Participant():
            return {row.person_id}
        case Defendant():
            return {row.person_id, *row.represented_by.values_list("person_id", flat=True)}
        case Charge():
            return {row.defendant.person_id}
        case Case():
            return _in(Defendant.objects.filter(case=row), Participant.objects.filter(case=row))
        case Matter():
            return _in(Participant.objects.filter(matter=row))
        case Event():
            concerned = Defendant.objects.filter(Q(acts=row) | Q(charges__created_by=row))
            return _in(concerned, row.shows_participants.all())
        case _:
            return set()


def _in(*roles: QuerySet) -> set[int]:
    return {person for query in roles for person in query.values_list("person_id", flat=True)}


def _differences(**chosen: Any) -> Iterator[StandingDifference]:
    """Yield the differences among the persons with these ids. Three plain questions: one for all is slow to put."""
    rows = list(Person.objects.filter(**chosen).order_by("pk").values_list("pk", "name", "derived_standing"))
    parts = {f"person__{lookup}": value for lookup, value in chosen.items()}
    accused = set(named_defendants().filter(**parts).values_list("person_id", flat=True)) if rows else set()
    others = set(named_participants().filter(**parts).values_list("person_id", flat=True)) if rows else set()
    for pk, name, stored in rows:
        now = Standing.DEFENDANT if pk in accused else Standing.ROLE if pk in others else Standing.NOTHING
        if stored != now:
            yield StandingDifference(pk, name, stored, now)

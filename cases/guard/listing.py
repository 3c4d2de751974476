"""The guard's door: the list for an act, a case or a matter, or for many at once."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from cases.guard.items import Item
from cases.guard.naming import naming_items
from cases.guard.reading import Publishable, Reading, homes_of, read
from cases.guard.sources import source_items
from cases.guard.wording import wording_items
from cases.law.vocabulary import CaseKind
from cases.models import Case, Event
from cases.withheld import hidden_near
from people.models import Person


def items(thing: Publishable) -> list[Item]:
    """Return what speaks against publishing ``thing`` as it is stored now, what forbids it first."""
    return items_of([thing])[thing]


def items_of(things: Sequence[Publishable]) -> dict[Publishable, list[Item]]:
    """Return the items of several acts, cases and matters, in a number of queries that does not grow with them."""
    record, today = read(things), timezone.localdate()
    return {thing: _sorted(_items(thing, record, today)) for thing in things}


def named_all_the_same(things: Sequence[Publishable]) -> list[Item]:
    """Return where public things have the name of somebody who is not to be named. Cheap where nobody is hidden."""
    where = hidden_near(*homes_of(things))
    ids = {one.person_id for one in where.names}
    if not ids or not Person.objects.filter(pk__in=ids).exclude(not_named_because="").exists():
        return []
    record = read(things)
    return [item for thing in things for item in naming_items(thing, record, whole=False) if item.must]


def _sorted(found: Iterator[Item]) -> list[Item]:
    return sorted(dict.fromkeys(found), key=lambda item: item.weight)


def _items(thing: Publishable, record: Reading, today: date) -> Iterator[Item]:
    if isinstance(thing, Event):
        yield from source_items(record.acts[thing.pk])
    yield from naming_items(thing, record)
    yield from _order_items(thing, record, today)
    if isinstance(thing, Case):
        yield from _juvenile_items(record, thing)
    yield from wording_items(thing, record, today=today)


def _order_items(thing: Publishable, record: Reading, today: date) -> Iterator[Item]:
    """Yield the acts whose order the law can not tell, where that decides what has become of a charge."""
    if not isinstance(thing, Case | Event):
        return
    act = record.acts[thing.pk] if isinstance(thing, Event) else None
    for dossier in record.near(thing):
        if dossier.case.pk != (thing.pk if isinstance(thing, Case) else thing.case_id):
            continue
        uncertain = record.answer(dossier, today, act=act).uncertain
        if act is None or act.pk in {one.id for one in uncertain}:
            rows = {event.pk: event for event in (*dossier.acts, *dossier.appeal_acts)}
            together = "; ".join(f"“{one.title}” ({one.on})" for one in uncertain)
            for one in uncertain[:1] if act is None else [one for one in uncertain if one.id == act.pk]:
                yield Item(
                    "order_uncertain",
                    f"The record does not say which of these came last, and it matters: {together}. Give each a "
                    "sequence, or a more exact date.",
                    rows.get(int(one.id), thing),
                )


def _juvenile_items(record: Reading, case: Case) -> Iterator[Item]:
    """Yield the defendants of a juvenile case whom readers would see by name."""
    if case.kind != CaseKind.JUVENILE or case.pk not in record.dossiers:
        return
    for defendant in record.dossiers[case.pk].defendants:
        if defendant.person.is_visible and defendant.visibility in ("public", "noindex"):
            yield Item(
                "juvenile",
                f"This is a juvenile case, and readers would see the name of {defendant.person}. Withhold it, unless "
                "the law lets it be published.",
                defendant.person,
            )

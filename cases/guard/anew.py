"""Which changed words of what readers read name somebody hidden whom they did not name before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from cases.guard.items import Item
from cases.guard.naming import Named, how_named, is_called, naming_item
from cases.guard.still import Home, keys_of, near_of, plain_of
from cases.models import Case
from cases.withheld import all_hidden_names, hidden_near
from people.models import Person


@dataclass(frozen=True, slots=True)
class Reworded:
    """A text that was changed: what it is, what it said and says, its row, and the cases and matters it is read in."""

    what: str
    before: str
    now: str
    row: Model
    homes: tuple[Home, ...] = ()


def that_may_name(texts: Iterable[str]) -> set[str]:
    """Return those of many texts that have a word of the name of anybody who is hidden anywhere."""
    ids = {one.person_id for one in all_hidden_names().names}
    persons = Person.objects.filter(pk__in=ids).prefetch_related("names") if ids else ()
    keys = {key for person in persons for key in keys_of(person)}
    return {text for text in texts if any(key in plain_of(text) for key in keys)} if keys else set()


def names_anew(changes: Iterable[Reworded]) -> list[Item]:
    """Return where changed texts name somebody hidden near where they are read, more plainly than before.

    In three queries where nobody near is hidden.
    """
    every = list(changes)
    cases = {case for one in every for case, _ in one.homes if case is not None}
    matters = {matter for one in every for _, matter in one.homes if matter is not None}
    above = Case.objects.filter(pk__in=cases, matter__isnull=False).values_list("matter_id", flat=True)
    where = hidden_near(cases, matters.union(above) if cases else matters)
    if not where.names:
        return []
    near, found = near_of(where), []
    for one in every:
        for case, matter in one.homes:
            if case is not None and case not in near.cases:
                continue
            home = near.home_of(case, matter)
            shown = near.surnames_shown(home)
            for person in near.hidden_in(home):
                named = how_named(person, one.now, shown)
                worse = named > max(Named.PERHAPS, how_named(person, one.before, shown))
                if worse and not is_called(person, one.what, one.now):
                    found.append(naming_item(person, one.what, one.row, named))
    return list(dict.fromkeys(found))

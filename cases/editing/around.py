"""Forgetting a hidden name around where it is hidden: in the matter, in its other cases, and in those related to one.

There the same word is often somebody else's, so only what surely names somebody is emptied, and of nobody whom readers
read by name there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cases.guard.naming import Named, how_named
from cases.models import Case, CaseRelation, Event
from cases.querysets import named_defendants, named_participants
from cases.surnames import surname_of
from cases.withheld import hidden_within
from people.models import Person


@dataclass(slots=True)
class Around:
    """Cases and matters in whose texts the names of somebody are looked for who is hidden beside them."""

    cases: set[int] = field(default_factory=set)
    matters: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)

    def namers(self) -> "Namers":
        """Return what looks for the names, asked once: few are hidden, and texts are many."""
        hidden = Person.objects.filter(pk__in=self.persons).prefetch_related("names")
        where = Q(case__in=self.cases) | Q(case__matter__in=self.matters)
        accused = named_defendants().filter(where)
        others = named_participants().filter(where | Q(matter__in=self.matters))
        shown = {*accused.values_list("person_id", "person__name"), *others.values_list("person_id", "person__name")}
        ids = {pk for pk, _ in shown}
        return Namers(
            tuple(one for one in hidden if one.pk not in ids), frozenset(surname_of(name) for _, name in shown)
        )


@dataclass(frozen=True, slots=True)
class Namers:
    """The persons whose names are looked for, and the surnames that others have there too."""

    persons: tuple[Person, ...]
    shown: frozenset[str]

    def name(self, text: str) -> bool:
        """Whether a text surely names one of them."""
        return any(how_named(one, text, self.shown) > Named.PERHAPS for one in self.persons)


def homes_of_acts(acts: Iterable[int]) -> tuple[set[int], set[int]]:
    """Return the ids of the cases and of the matters that acts belong to."""
    rows = list(Event.objects.filter(pk__in=set(acts)).values_list("case_id", "matter_id")) if acts else []
    return {case for case, _ in rows if case is not None}, {matter for _, matter in rows if matter is not None}


def around(cases: set[int], matters: set[int]) -> Around:
    """Return whose names may stand in the texts of these cases and matters because they are hidden beside them."""
    own = Case.objects.filter(pk__in=cases, matter__isnull=False).values_list("matter_id", flat=True) if cases else ()
    within = matters | set(own)
    beside = set(Case.objects.filter(matter__in=within).values_list("pk", flat=True)) if within else set()
    beside |= related_to(cases) if cases else set()
    if not (beside - cases or matters):
        return Around()
    persons = {one.person_id for one in hidden_within(cases=beside, matters=within)}
    return Around(set(cases), set(matters), persons) if persons else Around()


def related_to(cases: set[int]) -> set[int]:
    """Return the ids of the cases at the other end of a relation."""
    ends = CaseRelation.objects.filter(Q(case__in=cases) | Q(target__in=cases), target__isnull=False)
    return {pk for pair in ends.values_list("case_id", "target_id") for pk in pair if pk is not None} - cases


def beside(cases: set[int], matters: set[int]) -> set[int]:
    """Return the ids of the other cases of these matters."""
    return set(Case.objects.filter(matter__in=matters).values_list("pk", flat=True)) - cases if matters else set()

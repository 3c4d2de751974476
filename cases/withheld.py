"""Whose names the public may not read near a case, and whether a text holds a part of one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from cases.models import Case, CaseRelation, Defendant, Event, Matter, Participant
from cases.querysets import NAMED
from people.models import Name, Person
from people.names import fold_prose, parts_in, telling_parts


@dataclass(frozen=True, slots=True)
class HiddenName:
    """Somebody whose name is withheld or sealed in a case or a matter, by the telling parts of all their names."""

    case_id: int | None
    matter_id: int | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """The names that are hidden in some cases and matters, in their sibling cases and in those related to them."""

    related: dict[int, frozenset[int]] = field(default_factory=dict)
    names: tuple[HiddenName, ...] = ()

    def held_by(self, text: str, *, cases: Iterable[int], matters: Iterable[int]) -> frozenset[str]:
        """Return the words of ``text`` that are part of a name hidden near one of ``cases`` or ``matters``."""
        near = {other for case in cases for other in (case, *self.related.get(case, ()))}
        around = set(matters)
        said = fold_prose(text)
        found: set[str] = set()
        for one in self.names:
            if one.case_id in near or (one.matter_id is not None and one.matter_id in around):
                found |= parts_in(said, one.words)
        return frozenset(found)


def hidden_names(*, cases: Iterable[Case], matters: Iterable[Matter]) -> HiddenNames:
    """Ask once for all names hidden near ``cases`` and ``matters``: three queries, and two more if there are any.

    ``held_by`` takes a case's matter among the matters, so that the sibling cases count.
    """
    ids = {case.pk for case in cases}
    around = {matter.pk for matter in matters} | {case.matter_id for case in cases if case.matter_id is not None}
    if not ids and not around:
        return HiddenNames()
    related = _related(ids)
    near = ids.union(*related.values())
    where = Q(case__in=near) | Q(case__matter__in=around)
    accused = Defendant.objects.filter(where).exclude(
        visibility__in=NAMED, person__visibility__in=NAMED, case__visibility__in=NAMED
    )
    others = Participant.objects.filter(where | Q(matter__in=around)).filter(_hidden_role())
    actors = Event.objects.filter(where | Q(matter__in=around), actor__isnull=False).exclude(
        actor__visibility__in=NAMED
    )
    rows = [*_rows(accused, "person_id"), *_rows(others, "person_id"), *_rows(actors, "actor_id")]
    words = _words({person for *_, person in rows}) if rows else {}
    return HiddenNames(related, tuple(HiddenName(case, matter, words[person]) for case, matter, person in rows))


def _hidden_role() -> Q:
    """Of a role: the person, or the case, hides the name."""
    return ~Q(person__visibility__in=NAMED) | (Q(case__isnull=False) & ~Q(case__visibility__in=NAMED))


def _rows(found: QuerySet, person: str) -> list[tuple[int | None, int | None, int]]:
    """Return case, matter (the case's, or its own) and person of each row."""
    own = "matter_id" if found.model is not Defendant else "case__matter_id"
    return [
        (case, matter or siblings, who)
        for case, matter, siblings, who in found.order_by().values_list("case_id", own, "case__matter_id", person)
    ]


def _related(cases: set[int]) -> dict[int, frozenset[int]]:
    ends = CaseRelation.objects.filter(Q(case__in=cases) | Q(target__in=cases), target__isnull=False)
    found: dict[int, set[int]] = {}
    for one, other in ends.values_list("case_id", "target_id"):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {case: frozenset(others) for case, others in found.items()}


def _words(persons: set[int]) -> dict[int, frozenset[str]]:
    names: dict[int, list[str]] = {pk: [] for pk in persons}
    for pk, name in Person.objects.filter(pk__in=persons).values_list("pk", "name"):
        names[pk].append(name)
    for pk, name in Name.objects.filter(person__in=persons).values_list("person_id", "text"):
        names[pk].append(name)
    return {pk: telling_parts(told) for pk, told in names.items()}

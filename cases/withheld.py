"""Whose names the public may not read near a case, and whether a text holds a part of one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from cases.models import Case, CaseRelation, Defendant, Event, Matter, Participant
from cases.surnames import Said, is_short, said, surname_of
from people.choices import HIDDEN, NAMED, PartyKind
from people.models import Name, Person
from people.names import fold_prose, parts_in, telling_parts, tokens


@dataclass(frozen=True, slots=True)
class HiddenName:
    """Somebody whose name is withheld or sealed in a case or a matter, by the telling parts of all their names.

    ``short`` are their surnames that are too short to be such a part: of Mary Ng it is "ng".
    """

    case_id: int | None
    matter_id: int | None
    words: frozenset[str]
    short: frozenset[str] = frozenset()
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """The names that are hidden in some cases and matters, in their sibling cases and in those related to them."""

    related: dict[int, frozenset[int]] = field(default_factory=dict)
    names: tuple[HiddenName, ...] = ()

    def held_by(self, text: str, *, cases: Iterable[int], matters: Iterable[int]) -> frozenset[str]:
        """Return the words of ``text`` that are part of a name hidden near one of ``cases`` or ``matters``.

        A very short surname counts where it is written as a name: Ng, and not the “he” that is somebody's too.
        """
        folded = fold_prose(text)
        found: set[str] = set()
        for one in self.near(cases=cases, matters=matters):
            found |= parts_in(folded, one.words)
            whole = {word for part in found for word in part.split()}
            found |= {name for name in one.short - whole if said(text, name, folded) is Said.SURELY}
        return frozenset(found)

    def near(self, *, cases: Iterable[int], matters: Iterable[int]) -> list[HiddenName]:
        """Return the names hidden in one of ``cases``, in a case related to it, or in one of ``matters``."""
        near = {other for case in cases for other in (case, *self.related.get(case, ()))}
        around = set(matters)
        return [
            one for one in self.names if one.case_id in near or (one.matter_id is not None and one.matter_id in around)
        ]


def hidden_names(*, cases: Iterable[Case], matters: Iterable[Matter]) -> HiddenNames:
    """Ask once for all names hidden near ``cases`` and ``matters``: three queries, and two more if there are any.

    ``held_by`` takes a case's matter among the matters, so that the sibling cases count.
    """
    rows = list(cases)
    ids = {case.pk for case in rows}
    around = {matter.pk for matter in matters} | {case.matter_id for case in rows if case.matter_id is not None}
    return hidden_near(ids, around)


def hidden_near(ids: set[int], around: set[int]) -> HiddenNames:
    """The same by the ids of cases, and of matters, among which are those of the cases."""
    if not ids and not around:
        return HiddenNames()
    related = _related(ids)
    near = ids.union(*related.values())
    where = Q(case__in=near) | Q(case__matter__in=around)
    return HiddenNames(related, _hidden(where, where | Q(matter__in=around)))


def hidden_within(*, cases: Iterable[int], matters: Iterable[int]) -> tuple[HiddenName, ...]:
    """Return the names hidden in these very cases and matters, by their ids."""
    within = Q(case__in=set(cases))
    return _hidden(within, within | Q(matter__in=set(matters)))


def all_hidden_names() -> HiddenNames:
    """Ask for every name that is hidden anywhere, and for the cases related to those it is hidden in."""
    # The few who are hidden first, so that indexes find their parts among very many.
    people = list(Person.objects.filter(visibility__in=HIDDEN).values_list("pk", flat=True))
    cases = list(Case.objects.filter(visibility__in=HIDDEN).values_list("pk", flat=True))
    accused = Q(visibility__in=HIDDEN) | Q(person__in=people) | Q(case__in=cases)
    rows = [
        *_rows(Defendant.objects.filter(accused), "person_id"),
        *_rows(Participant.objects.filter(Q(person__in=people) | Q(case__in=cases)), "person_id"),
        *_rows(Event.objects.filter(actor__in=people), "actor_id"),
    ]
    names = _names(rows)
    return HiddenNames(_related({one.case_id for one in names if one.case_id is not None}) if names else {}, names)


def _hidden(of_cases: Q, of_homes: Q) -> tuple[HiddenName, ...]:
    accused = Defendant.objects.filter(of_cases).exclude(
        visibility__in=NAMED, person__visibility__in=NAMED, case__visibility__in=NAMED
    )
    others = Participant.objects.filter(of_homes).filter(_hidden_role())
    actors = Event.objects.filter(of_homes, actor__isnull=False).exclude(actor__visibility__in=NAMED)
    return _names([*_rows(accused, "person_id"), *_rows(others, "person_id"), *_rows(actors, "actor_id")])


def _names(rows: list[tuple[int | None, int | None, int]]) -> tuple[HiddenName, ...]:
    words = _words({person for *_, person in rows}) if rows else {}
    return tuple(HiddenName(case, matter, *words[person], person) for case, matter, person in dict.fromkeys(rows))


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


def _words(persons: set[int]) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
    """Return the telling parts of each person's names, and those surnames that are too short to be one."""
    names: dict[int, list[str]] = {pk: [] for pk in persons}
    bodies: set[int] = set()
    for pk, name, kind in Person.objects.filter(pk__in=persons).values_list("pk", "name", "kind"):
        names[pk].append(name)
        bodies |= set() if kind == PartyKind.PERSON else {pk}
    for pk, name in Name.objects.filter(person__in=persons).values_list("person_id", "text"):
        names[pk].append(name)
    return {
        pk: (telling_parts(told), frozenset() if pk in bodies else short_surnames(told)) for pk, told in names.items()
    }


def short_surnames(names: Iterable[str]) -> frozenset[str]:
    """Return the folded surnames of human beings that tell of nobody by their letters alone: of Mary Ng it is "ng".

    Of Wu Yi it is both: either may come first.
    """
    found: set[str] = set()
    for name in names:
        words = [word for word in tokens(name) if len(word) > 1]
        found |= set(words) if is_short(" ".join(words)) else {surname_of(name)}
    return frozenset(filter(is_short, found))

"""Finding people by name together with their part in the record: whom the public may find, filters, facets.

The engine is ``people.search``; here it is told who has a published role. Nothing is found, counted or suggested
that a published act does not show.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from cases import choices
from cases.models import Case, Charge, Defendant, Participant
from cases.querysets import named_defendants, named_participants, published_charges
from people.models import Person, Standing
from people.names import fold
from people.search import Among, Hit, find, suggest

DEFENDANT, ANYBODY = "defendant", "any"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a searcher asks: words, and filters that one and the same role of a person has to meet.

    ``role`` is "defendant" unless said otherwise, a participant's role, or "any".
    """

    typed: str
    role: str = DEFENDANT
    court: str = ""
    outcome: str = ""
    status: str = ""
    year: int | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than a name and whether it is a defendant's."""
        return bool(self.court or self.outcome or self.status or self.year or self.role not in (DEFENDANT, ANYBODY))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice of a facet, and how many persons it would leave."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """The persons found, best first. ``more``: there are others beyond. Facets count the first ``counted``.

    ``beside``: who is found by the same words and has another role than a defendant's, where those are asked for.
    """

    hits: list[Hit]
    more: bool = False
    nearest: bool = False
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)
    counted: int = 0
    beside: list[Hit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """One published role of one person, as the facets see it."""

    person: int
    role: str
    court: tuple[str, str]
    status: str
    years: tuple[int, ...]
    outcomes: tuple[str, ...]

    def meets(self, asked: Asked) -> bool:
        return (
            asked.role in (ANYBODY, self.role)
            and asked.court in ("", self.court[0])
            and asked.status in ("", self.status)
            and (asked.year is None or asked.year in self.years)
            and (not asked.outcome or asked.outcome in self.outcomes)
        )


def find_people(asked: Asked, *, with_facets: bool = True) -> Findings:
    """Return who is meant, among those whose published role meets the filters.

    The words are looked for once: facets count those who have a role and are found by them, whatever the filters.
    Only where there are more persons than are put in order, or none that meets the filters, are they looked for
    again among those who meet them.
    """
    if not with_facets:
        found = find(asked.typed, among=_among(asked))
        return Findings(found.hits, found.more, found.nearest)
    everybody = Among(_standing(asked), beside=Standing.ROLE)
    found = find(asked.typed, among=everybody)
    beside = found.beside
    counted = [hit.person_id for hit in (*found.hits, *found.beside)]
    parts = list(_parts(counted))
    facets = _facets(asked, parts)
    if asked.narrowed:
        fitting = {part.person for part in parts if part.meets(asked)}
        fit = replace(found, hits=[hit for hit in found.hits if hit.person_id in fitting])
        found = find(asked.typed, among=_among(asked)) if found.more or not fit.hits else fit
    return Findings(found.hits, found.more, found.nearest, facets, len(counted), beside)


def suggest_people(typed: str, *, role: str = DEFENDANT, at_most: int = 8) -> list[Hit]:
    """Return the first few persons for what is typed so far."""
    return suggest(typed, among=_among(Asked(typed, role)), at_most=at_most)


def still_public(hits: Sequence[Hit]) -> dict[int, Person]:
    """Return the persons of ``hits`` who have a published role at this moment: what is shown is asked anew."""
    accused = named_defendants().filter(person=OuterRef("pk"))
    others = named_participants().filter(person=OuterRef("pk"))
    ids = [hit.person_id for hit in hits]
    return Person.objects.visible().filter(Q(Exists(accused)) | Q(Exists(others))).in_bulk(ids)


def case_by_docket(typed: str) -> Case | None:
    """Return the one listed case whose docket number was typed, with or without its marks; else None."""
    closed_up = fold(typed).replace(" ", "").upper()
    if not any(character.isdigit() for character in closed_up) or len(closed_up) > 80:
        return None
    found = Case.objects.listed().with_docket(closed_up)[:2]
    return found[0] if len(found) == 1 else None


def _standing(asked: Asked) -> Standing:
    return Standing.DEFENDANT if asked.role == DEFENDANT else Standing.ROLE


def _among(asked: Asked) -> Among:
    standing = _standing(asked)
    if not asked.narrowed:
        return Among(standing)
    queries = [query.values("person_id").query.sql_with_params() for query in _roles_asked(asked)]
    sql = " UNION ALL ".join(one for one, _ in queries)
    return Among(standing, sql, tuple(param for _, params in queries for param in params))


EVERY_ONE = 2**31  # a limit that no record reaches


def _roles_asked(asked: Asked) -> Iterator[QuerySet]:
    """Yield the published roles that meet the filters, of the persons in the table ``found`` (``Among.persons``).

    Of these, who may be ten thousand, it is asked first which of their roles meet the filters (the limit makes
    PostgreSQL ask so), and only then whether they are published.
    """
    wanted = Q()
    if asked.court:
        wanted &= Q(case__court__slug=asked.court)
    if asked.status:
        wanted &= Q(case__derived_status=asked.status)
    if asked.year:
        first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
        wanted &= Q(case__first_act_on__lte=last, case__latest_act_on__gte=first)

    def published(roles: QuerySet, public: QuerySet) -> QuerySet:
        return public.filter(pk__in=roles.filter(person__in=_FOUND).order_by().values("pk")[:EVERY_ONE])

    if asked.role in (DEFENDANT, ANYBODY):
        ended = published_charges().filter(defendant=OuterRef("pk"), derived_class=asked.outcome)
        accused = Defendant.objects.filter(wanted, *([Exists(ended)] if asked.outcome else ()))
        yield published(accused, named_defendants())
    if asked.role != DEFENDANT:
        held = Q() if asked.role == ANYBODY else Q(role=asked.role)
        others = named_participants() if not asked.outcome else named_participants().none()
        yield published(Participant.objects.filter(wanted, held), others)


_FOUND = RawSQL("SELECT person_id FROM found", ())
_CASE = ("case__court__slug", "case__court__name", "case__derived_status",
         "case__first_act_on", "case__latest_act_on")  # fmt: skip


IDS = object()  # stands for the ids in a question that is written once


def _accused(persons: Any) -> QuerySet:
    return named_defendants().filter(person__in=persons).values_list("pk", "person_id", *_CASE)


def _outcomes(defendants: Any) -> QuerySet:
    charges = Charge.objects.filter(defendant__in=defendants, created_by__editorial_state="published")
    return charges.values_list("defendant_id", "derived_class")


def _others(persons: Any) -> QuerySet:
    return named_participants().filter(person__in=persons).values_list("role", "person_id", *_CASE)


@cache
def _written(question: Callable[[Any], QuerySet]) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a question that depends on some ids and on nothing else, not on the day either.

    To write it takes Django longer than it takes PostgreSQL to answer.
    """
    ids = RawSQL("SELECT unnest(%s::bigint[])", (IDS,))
    written: tuple[str, tuple[Any, ...]] = question(ids).query.sql_with_params()
    return written


def _answers(question: Callable[[Any], QuerySet], ids: Sequence[int]) -> list[tuple[Any, ...]]:
    sql, params = _written(question)
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids) if param is IDS else param for param in params])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _parts(persons: Sequence[int]) -> Iterator[_Part]:
    accused = _answers(_accused, persons)
    outcomes: dict[int, set[str]] = {}
    for defendant, cls in _answers(_outcomes, [pk for pk, *_ in accused]):
        outcomes.setdefault(defendant, set()).add(cls)
    for pk, person, *case in accused:
        yield _part(person, DEFENDANT, case, tuple(outcomes.get(pk, ())))
    for role, person, *case in _answers(_others, persons):
        yield _part(person, role, case, ())


def _part(person: int, role: str, case: Sequence[object], outcomes: tuple[str, ...]) -> _Part:
    slug, court, status, first, latest = case
    years = range(first.year, latest.year + 1) if isinstance(first, date) and isinstance(latest, date) else ()
    return _Part(person, role, (str(slug or ""), str(court or "")), str(status or ""), tuple(years), outcomes)


_FREE: dict[str, Any] = {"role": ANYBODY, "court": "", "outcome": "", "status": "", "year": None}


def _facets(asked: Asked, parts: Sequence[_Part]) -> dict[str, list[FacetValue]]:
    """Count persons by each facet's values, under the filters of all other facets."""
    found = {}
    for name, free in _FREE.items():
        others = replace(asked, **{name: free})
        pairs = {(part.person, value) for part in parts if part.meets(others) for value in _values(part, name)}
        counts = Counter(value for _, value in pairs)
        labels = {court: label for part in parts for court, label in [part.court]}
        chosen = str(getattr(asked, name))
        said = [
            FacetValue(value, _label(name, value, labels), count, chosen=value == chosen)
            for value, count in counts.items()
            if value
        ]
        found[name] = sorted(said, key=lambda one: (-one.count, one.label))
    found["year"].sort(key=lambda one: one.value, reverse=True)
    return found


def _values(part: _Part, name: str) -> Iterable[str]:
    return {
        "role": lambda: (part.role,),
        "court": lambda: (part.court[0],),
        "outcome": lambda: part.outcomes,
        "status": lambda: (part.status,),
        "year": lambda: map(str, part.years),
    }[name]()


def _label(name: str, value: str, courts: dict[str, str]) -> str:
    return courts.get(value, value) if name == "court" else value if name == "year" else choices.label(value)

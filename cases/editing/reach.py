"""What a row bears on: the cases whose status may change with it, and the acts whose rules it may break."""

from collections.abc import Iterable

from django.db.models import Model, Q

from cases.law.vocabulary import APPEAL_RELATIONS, Relation
from cases.models import (
    AppealPeriod,
    Case,
    CaseRelation,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Matter,
    Outcome,
    SentencePart,
    Source,
)
from people.models import Person

# A case reads the acts of the cases at the other end of these: an appeal's decision acts on the trial case.
LINKING = [*sorted(APPEAL_RELATIONS), Relation.REMAND_OF, Relation.REFILED_FROM]


def cases_of(row: Model) -> set[int]:
    """Return the ids of the cases whose own facts ``row`` is part of."""
    match row:
        case Case():
            found: Iterable[int | None] = [row.pk]
        case Event() | Defendant():
            found = [row.case_id]
        case Charge():
            found = [row.defendant.case_id, row.replaces.defendant.case_id if row.replaces else None]
        case Outcome() | SentencePart():
            found = [row.event.case_id, row.charge.defendant.case_id]
        case CaseRelation():
            found = [row.case_id, row.target_id]
        case Person():
            found = row.defendant_in.values_list("case_id", flat=True)
        case Court():
            found = row.cases.values_list("pk", flat=True)
        case AppealPeriod():
            found = Case.objects.filter(court__jurisdiction=row.jurisdiction_id).values_list("pk", flat=True)
        case Disposition():
            found = Case.objects.values_list("pk", flat=True)
        case _:
            found = []
    return {pk for pk in found if pk is not None}


def acts_of(row: Model) -> set[int]:
    """Return the ids of the acts whose rules must hold again once ``row`` was written or removed."""
    match row:
        case Event():
            resting = Q(outcomes__charge__created_by=row) | Q(sentence_parts__charge__created_by=row)
            return {row.pk, *Event.objects.filter(resting).values_list("pk", flat=True)}
        case Outcome() | SentencePart() | Citation():
            return {row.event_id}
        case Charge():
            resting = Q(outcomes__charge=row) | Q(sentence_parts__charge=row)
            return {row.created_by_id, *Event.objects.filter(resting).values_list("pk", flat=True)}
        case Source():
            return set(row.citations.values_list("event_id", flat=True))
        case CaseRelation():
            resting = Q(outcomes__isnull=False) | Q(defendants__isnull=False)
            return set(Event.objects.filter(resting, case=row.case_id).values_list("pk", flat=True))
        case _:
            return set()


def matters_of(row: Model) -> set[int]:
    """Return the ids of the matters that may have lost what makes them public."""
    match row:
        case Matter():
            return {row.pk}
        case Case() | Event():
            return {row.matter_id} if row.matter_id is not None else set()
        case _:
            return set()


def with_dependents(cases: Iterable[int]) -> set[int]:
    """Return ``cases`` and all whose status rests on them, however far the chain of appeals and refilings goes."""
    found: set[int] = set()
    fresh = set(cases)
    while fresh:
        found |= fresh
        ends = CaseRelation.objects.filter(
            Q(case__in=fresh) | Q(target__in=fresh), kind__in=LINKING, target__isnull=False
        ).values_list("case_id", "target_id")
        refilings = Charge.objects.filter(
            Q(defendant__case__in=fresh) | Q(replaces__defendant__case__in=fresh), replaces__isnull=False
        ).values_list("defendant__case_id", "replaces__defendant__case_id")
        fresh = {pk for pair in (*ends, *refilings) for pk in pair if pk is not None} - found
    return found

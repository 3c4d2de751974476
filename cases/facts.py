"""Single rows as the law's facts: an act with all it did, and a charge."""

from cases.choices import TermOrder
from cases.law import facts as law
from cases.law import vocabulary as v
from cases.law.dates import PartialDate
from cases.models import Charge, Event, Outcome, SentencePart


def act_of(event: Event, *, defendants: frozenset[int]) -> law.Act:
    """Return an act as the law reads it, with all it did.

    What it did to charges that a view does not show stays in: without it the act would look as if it had
    said nothing of single charges, and so had concerned them all. The law passes over charges it was not given.
    """
    entered = PartialDate(event.entered_on) if event.entered_on else None
    return law.Act(
        id=event.pk,
        on=event.when,
        category=v.Category(event.category),
        kind=event.kind,
        case=event.case_id or 0,
        title=event.title,
        sequence=event.sequence,
        occurrence=v.Occurrence(event.occurrence),
        decision=v.Decision(event.decision) if event.decision else None,
        motion=event.motion,
        timeliness=v.Timeliness(event.timeliness),
        entered_on=entered,
        reverses=event.reverses_id,
        by=event.actor_id,
        defendants=defendants,
        outcomes=tuple(_outcome(row) for row in event.outcomes.all()),
        sentence=tuple(part_of(row) for row in event.sentence_parts.all()),
    )


def _outcome(row: Outcome) -> law.Outcome:
    term = row.disposition
    return law.Outcome(
        charge=row.charge_id,
        term=law.Term(term.slug, v.ChargeClass(term.cls), term.label),
        prejudice=v.Prejudice(row.prejudice),
        by=v.By(row.by),
        reason=v.Reason(row.reason),
        jeopardy=v.Jeopardy(row.jeopardy),
        into=row.merged_into_id,
    )


def part_of(row: SentencePart) -> law.SentencePart:
    """Return one part of a sentence as the law reads it."""
    amount = f"{row.amount:,.2f}".removesuffix(".00") if row.amount is not None else ""
    return law.SentencePart(
        charge=row.charge_id,
        kind=v.SentenceKind(row.kind),
        years=row.years,
        months=row.months,
        days=row.days,
        hours=row.hours,
        min_years=row.min_years,
        min_months=row.min_months,
        min_days=row.min_days,
        amount=amount,
        currency=row.currency,
        all_suspended=row.all_suspended,
        suspended_years=row.suspended_years,
        suspended_months=row.suspended_months,
        suspended_days=row.suspended_days,
        credit_days=row.credit_days,
        order="" if row.order == TermOrder.NOT_STATED else row.order,
    )


def charge_of(row: Charge) -> law.Charge:
    return law.Charge(
        id=row.pk,
        defendant=row.defendant_id,
        title=row.title,
        created_by=row.created_by_id,
        count=row.count,
        enhances=row.enhances_id,
        replaces=row.replaces_id,
        replaces_how=v.ReplacesHow(row.replaces_how),
    )

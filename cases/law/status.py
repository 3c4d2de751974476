"""Where a charge, a defendant and a case stand on a day: the rules' one door.

``as_of`` is always asked for; nothing here knows what day it is. Each answer carries the acts it
rests on, in order, and words that never say more than those acts.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from cases.law import terms
from cases.law.answers import CaseAnswer, ChargeAnswer, DefendantAnswer, Effect, FinalityAnswer, Step
from cases.law.civil import of_a_claim
from cases.law.facts import Act, CaseFacts, Defendant, Id, Override, Term
from cases.law.finality import case_finality, charge_finality, may_change_finality
from cases.law.fold import Course, Fold, State, charge_key
from cases.law.sequence import counts, in_order
from cases.law.standing import OPEN_STATUSES, reasons, standing
from cases.law.successors import goes_on, successors
from cases.law.terms import may_dispose
from cases.law.vocabulary import CaseKind, CaseStatus, ChargeClass, Finality, Occurrence
from cases.law.wording import case_wording, charge_wording, defendant_summary, defendant_wording

__all__ = ["case_status", "charge_status", "defendant_status", "finality", "may_dispose"]

_LEADING = (
    ChargeClass.PENDING,
    ChargeClass.PRE_CHARGE,
    ChargeClass.CONVICTION,
    ChargeClass.PROVISIONAL,
    ChargeClass.NON_CONVICTION,
    ChargeClass.RESOLVED,
    ChargeClass.UNKNOWN,
)


def case_status(facts: CaseFacts, *, as_of: date) -> CaseAnswer:
    """Return where the case, each defendant and each charge stand on ``as_of``, and why."""
    acts = in_order(_known_by(act, as_of) for act in facts.acts if counts(act, as_of))
    fold = Fold(facts, acts)
    steps: list[Step] = []
    so_far: list[Act] = []
    disposed_before = False
    status, stage = CaseStatus.UNKNOWN, ""
    for act, before in fold.run():
        so_far.append(act)
        status, stage = standing(fold, so_far, disposed_before=disposed_before)
        disposed_before = disposed_before or status not in OPEN_STATUSES | {CaseStatus.UNKNOWN}
        steps.append(Step(act, _effects(fold, act, before), status, _finality_after(fold, act, before, status, as_of)))
    defendants = tuple(
        _defendant(fold, defendant, as_of)
        for defendant in sorted(facts.defendants, key=lambda d: (d.position, d.name, str(d.id)))
    )
    final = case_finality(fold, status, as_of)
    override = _override(facts, as_of)
    overridden = ""
    if override is not None:
        overridden, status, stage = override.reason, override.status, ""
    return CaseAnswer(
        as_of=as_of,
        status=status,
        finality=final,
        wording=case_wording(facts.kind, status, stage, final, overridden=overridden, uncertain=bool(_uncertain(fold))),
        because=reasons(fold, so_far),
        defendants=defendants,
        steps=tuple(steps),
        stage=stage,
        overridden=overridden,
        uncertain=_uncertain(fold),
        imprecise=tuple(act for act in acts if act.on.may_come_after(as_of)),
        until=_until(facts, final, defendants, as_of),
    )


def _until(facts: CaseFacts, final: FinalityAnswer, defendants: Iterable[DefendantAnswer], as_of: date) -> date | None:
    """Return the last day on which all answers hold without any further act; None where time changes nothing."""
    charges = [charge.finality for defendant in defendants for charge in defendant.charges]
    lapses = [answer.until for answer in (final, *charges) if answer is not None and answer.until is not None]
    held = [act for act in facts.acts if act.occurrence is Occurrence.HELD]
    starts = [act.on.earliest for act in held] + [again.on.earliest for again in facts.refilings]
    starts += [act.entered_on.earliest for act in held if act.entered_on is not None]
    if facts.override is not None and facts.override.since is not None:
        starts.append(facts.override.since)
    return min((*lapses, *(day - timedelta(1) for day in starts if day > as_of)), default=None)


def charge_status(facts: CaseFacts, charge_id: Id, *, as_of: date) -> ChargeAnswer | None:
    """Return where one charge stands on ``as_of``; None if it had not been brought by then."""
    return case_status(facts, as_of=as_of).charge(charge_id)


def defendant_status(facts: CaseFacts, defendant_id: Id, *, as_of: date) -> DefendantAnswer | None:
    """Return where one defendant stands on ``as_of``; None if the case has no such defendant."""
    answers = case_status(facts, as_of=as_of).defendants
    return next((answer for answer in answers if answer.defendant.id == defendant_id), None)


def finality(facts: CaseFacts, *, as_of: date) -> FinalityAnswer:
    """Return whether what was decided in the case can still change on ``as_of``."""
    return case_status(facts, as_of=as_of).finality


def _override(facts: CaseFacts, as_of: date) -> Override | None:
    """Return an editor's word that is in force on ``as_of``."""
    word = facts.override
    return word if word is not None and (word.since is None or word.since <= as_of) else None


def _unknown(facts: CaseFacts, as_of: date) -> bool:
    """Return whether an editor says that nobody knows where the case stands."""
    word = _override(facts, as_of)
    return word is not None and word.status is CaseStatus.UNKNOWN


def _finality_after(
    fold: Fold, act: Act, before: dict[Id, State | None], status: CaseStatus, as_of: date
) -> Finality | None:
    """Return the case's finality once an act was done; None for an act that can not have changed it."""
    if not before and not may_change_finality(act):
        return None
    return case_finality(fold, status, min(act.on.latest, as_of)).value


def _known_by(act: Act, as_of: date) -> Act:
    """Return the act as it was known on ``as_of``: an order announced may have been entered only later."""
    later = act.entered_on is not None and not act.entered_on.began_by(as_of)
    return replace(act, entered_on=None) if later else act


def _effects(fold: Fold, act: Act, before: dict[Id, State | None]) -> tuple[Effect, ...]:
    effects, civil = [], fold.facts.kind is CaseKind.CIVIL
    for charge_id in sorted(before, key=lambda key: charge_key(fold.courses[key].charge)):
        course, old = fold.courses[charge_id], before[charge_id]
        if old is None and course.created_by.id != act.id and course.state.decided_by is None:
            continue
        effects.append(
            Effect(
                charge=course.charge,
                before=of_a_claim(old.term.label, civil=civil) if old else "",
                after=of_a_claim(course.state.term.label, civil=civil),
                term=course.state.term.slug,
                cls=course.state.cls,
                restored=any(restorer.id == act.id for restorer in course.restored_by),
            )
        )
    return tuple(effects)


def _in_the_fold(fold: Fold, acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the acts in the order they were folded in, each once."""
    ids = {act.id for act in acts}
    return tuple(act for act in fold.acts if act.id in ids)


def _uncertain(fold: Fold) -> tuple[Act, ...]:
    return _in_the_fold(fold, (act for course in fold.courses.values() for act in course.uncertain))


def _present_term(fold: Fold, course: Course) -> Term:
    """Return the term to show: an enhancement falls with its count, and a doubt is not decided by guessing."""
    if course.uncertain:
        return terms.ORDER_UNCERTAIN
    base = fold.courses.get(course.charge.enhances) if course.charge.enhances is not None else None
    if base is None or base is course or course.state.cls is not ChargeClass.PENDING:
        return course.state.term
    if base.uncertain or base.state.cls is ChargeClass.CONVICTION:
        return terms.UNKNOWN
    if base.state.cls in (ChargeClass.NON_CONVICTION, ChargeClass.REPLACED):
        return base.state.term
    return course.state.term


def _charge(fold: Fold, course: Course, as_of: date) -> ChargeAnswer:
    state, term = course.state, _present_term(fold, course)
    borrowed = term.slug != state.term.slug and not course.uncertain
    final = charge_finality(fold, course, as_of)
    if borrowed:
        base = fold.courses[course.charge.enhances] if course.charge.enhances is not None else course
        final = charge_finality(fold, base, as_of) if term.cls is not ChargeClass.UNKNOWN else None
    sealed = fold.sealed.get(course.charge.defendant)
    return ChargeAnswer(
        charge=course.charge,
        cls=term.cls,
        term=term.slug,
        label=of_a_claim(term.label, civil=fold.facts.kind is CaseKind.CIVIL),
        wording=charge_wording(
            course,
            term,
            final,
            civil=fold.facts.kind is CaseKind.CIVIL,
            stayed=course.charge.defendant in fold.stays,
            sealed=sealed,
            refilings=tuple(r for r in fold.facts.refilings if r.charge == course.charge.id and r.on.began_by(as_of)),
            unknown=_unknown(fold.facts, as_of),
            goes_on=goes_on(state.term.slug, successors(fold, course)),
        ),
        finality=final,
        because=_in_the_fold(fold, course.because),
        prejudice=state.prejudice,
        by=state.by,
        reason=state.reason,
        jeopardy=state.jeopardy,
        void=tuple(course.void),
        overlays=tuple(course.overlays),
        sentence=state.sentence,
        sentenced=state.sentenced,
        order_uncertain=bool(course.uncertain),
        stayed=course.charge.defendant in fold.stays and terms.is_open(state.cls, state.term.slug),
        decided_by=state.decided_by,
    )


def _defendant(fold: Fold, defendant: Defendant, as_of: date) -> DefendantAnswer:
    courses = sorted(
        (c for c in fold.courses.values() if c.charge.defendant == defendant.id), key=lambda c: charge_key(c.charge)
    )
    charges = tuple(_charge(fold, course, as_of) for course in courses)
    live = [a for a in charges if a.charge.enhances is None and a.cls is not ChargeClass.REPLACED]
    sealed = defendant.id in fold.sealed
    refiled = {r.charge for r in fold.facts.refilings if r.on.began_by(as_of)}
    civil = fold.facts.kind is CaseKind.CIVIL
    gone = {a.term for a in charges if a.charge.enhances is None}
    unknown = _unknown(fold.facts, as_of)
    summary = defendant_summary(live, replaced=gone, civil=civil, sealed=sealed, refiled=refiled, unknown=unknown)
    because = [act for answer in live for act in answer.because]
    open_classes = [a.cls for a in live if terms.is_open(a.cls, a.term)] or [a.cls for a in live]
    leading = next((cls for cls in _LEADING if cls in open_classes), ChargeClass.UNKNOWN)
    return DefendantAnswer(
        defendant=defendant,
        summary=summary,
        wording=defendant_wording(summary, live, sealed=sealed),
        charges=charges,
        because=_in_the_fold(fold, because),
        leading=leading,
        sealed=sealed,
    )

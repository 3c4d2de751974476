"""What the acts have said of one person by a day: the few facts that the words of a text are held against."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from cases.law.answers import CaseAnswer, Effect, Step
from cases.law.facts import Act, Id
from cases.law.vocabulary import By, CaseKind, Category, ChargeClass, Decision, Prejudice


class Said(Enum):
    """One thing that some act has said. What was said once stays said, also when a later act undid it."""

    CHARGED = auto()
    INDICTED = auto()
    CHARGED_WITH_MURDER = auto()
    SUED = auto()
    GUILTY_VERDICT = auto()
    CONVICTED = auto()
    CONVICTED_OF_MURDER = auto()
    GUILTY_PLEA = auto()
    NO_CONTEST = auto()
    ALFORD = auto()
    ACQUITTED = auto()
    DISMISSED = auto()
    DROPPED = auto()
    DISMISSED_BY_COURT = auto()
    WITH_PREJUDICE = auto()
    WITHOUT_PREJUDICE = auto()
    SENTENCED = auto()
    DETAINED = auto()
    LIABLE = auto()
    APPEAL_LOST = auto()
    APPEAL_ENDED = auto()
    UNDONE = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """One person as texts name them, each name as its folded words, and what the acts have said of them by a day."""

    names: frozenset[tuple[str, ...]]
    said: frozenset[Said]


_BY_TERM = {
    "verdict_awaiting_judgment": {Said.GUILTY_VERDICT},
    "guilty_but_mentally_ill": {Said.GUILTY_VERDICT},
    "convicted_jury": {Said.GUILTY_VERDICT},
    "convicted_bench": {Said.GUILTY_VERDICT},
    "convicted_lesser": {Said.GUILTY_VERDICT},
    "convicted_guilty_plea": {Said.GUILTY_PLEA},
    "convicted_no_contest": {Said.NO_CONTEST},
    "convicted_alford": {Said.ALFORD},
    "acquitted_jury": {Said.ACQUITTED},
    "acquitted_bench": {Said.ACQUITTED},
    "judgment_of_acquittal": {Said.ACQUITTED},
    "not_guilty_insanity": {Said.ACQUITTED},
    "nolle_prosequi": {Said.DISMISSED, Said.DROPPED},
    "dismissed_without_prejudice": {Said.DISMISSED, Said.WITHOUT_PREJUDICE},
    "dismissed_with_prejudice": {Said.DISMISSED, Said.WITH_PREJUDICE},
    "dismissed_unspecified": {Said.DISMISSED},
    "time_barred": {Said.DISMISSED},
    "dismissed_moot_clemency": {Said.DISMISSED},
    "diversion_completed": {Said.DISMISSED},
    "abated_by_death": {Said.DISMISSED},
    "enhancement_removed": {Said.DISMISSED, Said.DROPPED},
    "vacated_discharged": {Said.UNDONE},
    "retrial_ordered": {Said.UNDONE},
    "withdrawn_claim": {Said.DISMISSED, Said.DROPPED},
    "judgment_for_plaintiff": {Said.LIABLE},
    "default_judgment": {Said.LIABLE},
}
_BY_PREJUDICE = {Prejudice.WITH: Said.WITH_PREJUDICE, Prejudice.WITHOUT: Said.WITHOUT_PREJUDICE}
_BY_PROSECUTION = (By.PROSECUTION_NOTICE, By.COURT_ON_PROSECUTION_MOTION)
_GRANTED = (Decision.GRANTED, Decision.GRANTED_IN_PART)
_ON_APPEAL = {
    "affirmed": {Said.APPEAL_LOST},
    "affirmed_in_part": {Said.APPEAL_LOST, Said.UNDONE},
    "modified": {Said.APPEAL_LOST, Said.UNDONE},
    "review_denied": {Said.APPEAL_LOST},
    "reversed": {Said.UNDONE},
    "reversed_and_remanded": {Said.UNDONE},
    "vacated": {Said.UNDONE},
    "vacated_and_remanded": {Said.UNDONE},
    "dismissed": {Said.APPEAL_ENDED},
    "dismissed_on_withdrawal": {Said.APPEAL_ENDED},
    "dismissed_moot": {Said.APPEAL_ENDED},
}
_BY_KIND = {(Category.APPELLATE, kind): said for kind, said in _ON_APPEAL.items()} | {
    (Category.CUSTODY, "detained"): {Said.DETAINED},
    (Category.FILING, "withdrawal_of_appeal"): {Said.APPEAL_ENDED},
    (Category.CLEMENCY_OR_RELIEF, "set_aside"): {Said.UNDONE},
    (Category.VERDICT, "liable"): {Said.LIABLE},
}


def said_of(answer: CaseAnswer, kind: CaseKind, defendant: Id) -> frozenset[Said]:
    """Return what the acts of a case have said of a defendant by the day of ``answer``."""
    found: set[Said] = set()
    for step in answer.steps:
        found |= _by_effects(step, defendant, civil=kind is CaseKind.CIVIL)
        found |= set(_by_act(step.act, defendant))
    return frozenset(found)


def _by_effects(step: Step, defendant: Id, *, civil: bool) -> set[Said]:
    theirs = [effect for effect in step.effects if effect.charge.defendant == defendant]
    found = {said for effect in theirs for said in _by_effect(effect, step.act, civil=civil)}
    outcomes = [one for one in step.act.outcomes if one.charge in {effect.charge.id for effect in theirs}]
    found |= {_BY_PREJUDICE[one.prejudice] for one in outcomes if one.prejudice in _BY_PREJUDICE}
    dropped = step.act.kind == "notice_of_dismissal" or any(one.by in _BY_PROSECUTION for one in outcomes)
    if theirs and dropped:
        found |= {Said.DISMISSED, Said.DROPPED}
    elif Said.DISMISSED in found and Said.DROPPED not in found:
        found.add(Said.DISMISSED_BY_COURT)
    return found


def _by_effect(effect: Effect, act: Act, *, civil: bool) -> Iterator[Said]:
    yield from _BY_TERM.get(effect.term, ())
    if civil:
        yield Said.SUED
        return
    yield Said.CHARGED
    murder = "murder" in effect.charge.title.lower()
    if murder:
        yield Said.CHARGED_WITH_MURDER
    if act.kind == "indictment" and effect.charge.created_by == act.id:
        yield Said.INDICTED
    if effect.cls is ChargeClass.CONVICTION:
        yield Said.CONVICTED
        if murder:
            yield Said.CONVICTED_OF_MURDER


def _by_act(act: Act, defendant: Id) -> Iterator[Said]:
    """Yield what an act says by itself of those it concerns: nobody named is everybody."""
    if act.defendants and defendant not in act.defendants:
        return
    yield from _BY_KIND.get((act.category, act.kind), ())
    if act.reverses is not None or (
        (act.category, act.kind) == (Category.RULING, "new_trial") and act.decision in _GRANTED
    ):
        yield Said.UNDONE
    if act.category is Category.SENTENCE:
        yield Said.SENTENCED


def together(*parts: Iterable[Said]) -> frozenset[Said]:
    """Return what several cases have said of one person."""
    return frozenset(said for part in parts for said in part)

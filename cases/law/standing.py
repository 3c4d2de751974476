"""Where a case stands before its court, from the states of its counts at one point of the fold."""

from cases.law import terms
from cases.law.facts import Act, CaseFacts
from cases.law.fold import Course, Fold
from cases.law.terms import may_dispose
from cases.law.vocabulary import CaseKind, CaseStatus, Category, ChargeClass

OPEN_STATUSES = frozenset({CaseStatus.OPEN_ACTIVE, CaseStatus.OPEN_INACTIVE, CaseStatus.REOPENED})
_ENDS_AN_APPEAL = frozenset({"review_granted", "mandate_issued"})


def counts_of(fold: Fold) -> list[Course]:
    """Return the courses of the charges brought so far, without sentence enhancements."""
    return [course for course in fold.courses.values() if course.charge.enhances is None]


def live_counts(fold: Fold) -> list[Course]:
    """Return the counts that no other charge has replaced."""
    return [course for course in counts_of(fold) if course.state.cls is not ChargeClass.REPLACED]


def awaits_sentence(course: Course) -> bool:
    """Return whether the count ended in a conviction that has no sentence yet, and whose sources would tell of it."""
    state = course.state
    return state.cls is ChargeClass.CONVICTION and not state.sentenced and state.term.slug not in terms.SENTENCE_UNTOLD


def standing(fold: Fold, so_far: list[Act], *, disposed_before: bool) -> tuple[CaseStatus, str]:
    """Return the status and, for an open case, its stage ("" when there is nothing more to say)."""
    facts = fold.facts
    if facts.defendants and all(defendant.id in fold.sealed for defendant in facts.defendants):
        return CaseStatus.SEALED, ""
    counts, live = counts_of(fold), live_counts(fold)
    if not counts:
        return _without_charges(facts, so_far)
    if not live:
        gone = {course.state.term.slug for course in counts}
        return (CaseStatus.TRANSFERRED_OUT if "transferred" in gone else CaseStatus.DISPOSED), ""
    if any(course.uncertain for course in live):
        return CaseStatus.UNKNOWN, ""
    waiting = [c for c in live if terms.is_open(c.state.cls, c.state.term.slug) or awaits_sentence(c)]
    if waiting:
        return _open(fold, waiting, disposed_before=disposed_before)
    if any(course.state.cls is ChargeClass.UNKNOWN for course in live):
        return CaseStatus.UNKNOWN, ""
    return CaseStatus.DISPOSED, ""


def _open(fold: Fold, waiting: list[Course], *, disposed_before: bool) -> tuple[CaseStatus, str]:
    slugs = {course.state.term.slug for course in waiting}
    if slugs == {"on_diversion"}:
        return CaseStatus.OPEN_INACTIVE, "diversion"
    if all(course.charge.defendant in fold.stays for course in waiting):
        return CaseStatus.OPEN_INACTIVE, "stayed"
    provisional = [c for c in waiting if c.state.cls is ChargeClass.PROVISIONAL]
    if len(provisional) == len(waiting) and "verdict_awaiting_judgment" not in slugs:
        return CaseStatus.OPEN_INACTIVE, "deferred"
    status = CaseStatus.REOPENED if disposed_before else CaseStatus.OPEN_ACTIVE
    if all(awaits_sentence(course) for course in waiting):
        return status, "awaiting_sentence"
    if slugs == {"verdict_awaiting_judgment"}:
        return status, "awaiting_judgment"
    return status, ""


def _without_charges(facts: CaseFacts, so_far: list[Act]) -> tuple[CaseStatus, str]:
    silent = (Category.STATEMENT, Category.INCIDENT, Category.CUSTODY)
    refused = [a for a in so_far if a.category is Category.RULING and not may_dispose(a.category, a.kind, a.decision)]
    own = [act for act in so_far if act.category not in silent and act not in refused]
    if not own:
        return CaseStatus.UNKNOWN, ""
    if facts.kind is CaseKind.APPELLATE:
        done = any((act.category is Category.APPELLATE and act.kind not in _ENDS_AN_APPEAL) for act in own)
        noticed = {act.by for act in own if act.kind == "notice_of_appeal"}
        withdrawn = {act.by for act in own if act.kind == "withdrawal_of_appeal"}
        # Where two parties appeal and one withdraws, the other's appeal goes on.
        done = done or (bool(withdrawn) and (len(noticed) <= 1 or noticed <= withdrawn))
    else:
        done = any(act.category is Category.JUDGMENT for act in own)
    return (CaseStatus.DISPOSED if done else CaseStatus.OPEN_ACTIVE), ""


def reasons(fold: Fold, so_far: list[Act]) -> tuple[Act, ...]:
    """Return the acts that make the case stand where it stands, in order, each once."""
    counts = live_counts(fold) or counts_of(fold)
    because = {act.id for course in counts for act in course.because}
    because |= {act.id for act in fold.sealed.values()} | {act.id for act in fold.stays.values()}
    if not counts:
        passing = (Category.STATEMENT, Category.INCIDENT)
        because |= {act.id for act in so_far if act.category not in passing and act.category is not Category.HEARING}
    return tuple(act for act in fold.acts if act.id in because)

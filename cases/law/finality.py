"""Finality: whether what was decided can still change. Folded apart from status, over the same acts.

Legal sources. The appeal clock starts with the entry of the judgment or written order, so an oral
ruling starts none (Fed. R. App. P. 4(a)(7) and 4(b)(6); Rule 12-201 NMRA). A timely motion after
judgment lets the clock start anew with the order that decides it (Fed. R. App. P. 4(a)(4), 4(b)(3));
an untimely one does not, and whether it was timely may itself be fought over: then finality is
contested and no lapse of time settles it here. No appeal lies from an acquittal (Fong Foo v. United
States, 1962), save that a guilty verdict may be reinstated when an acquittal was entered after it
(United States v. Wilson, 1975). A notice filed after the verdict and before the judgment waits for it
(Fed. R. App. P. 4(b)(2)).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.law import terms
from cases.law.answers import Deadline, FinalityAnswer
from cases.law.facts import Act, AppealPeriod, Id
from cases.law.fold import REMANDS, UNDOINGS, Course, Fold
from cases.law.sequence import precedes
from cases.law.standing import OPEN_STATUSES, awaits_sentence, live_counts
from cases.law.vocabulary import (
    By,
    CaseKind,
    CaseStatus,
    Category,
    ChargeClass,
    Decision,
    Finality,
    Timeliness,
)

OWN = "own"  # an appeal noticed in the trial court and not yet seen in a court of appeal
DECIDED = frozenset({"affirmed", "affirmed_in_part", "modified", "dismissed", "dismissed_moot"}) | REMANDS | UNDOINGS
FINALITY_FILINGS = frozenset({"notice_of_appeal", "withdrawal_of_appeal", "petition_for_review"})
CLOSING = frozenset({"mandate_issued", "review_denied"})
LONGEST_PERIOD = 60  # days; used only to wait, never to call anything final
FRIDAY = 5
LEAST_FINAL_FIRST = (
    Finality.UNKNOWN,
    Finality.NOT_DISPOSED,
    Finality.POST_JUDGMENT_MOTION_PENDING,
    Finality.UNDER_APPEAL,
    Finality.UNDER_FURTHER_REVIEW,
    Finality.CONTESTED,
    Finality.APPEALABLE,
    Finality.FINAL_BY_WITHDRAWAL,
    Finality.FINAL,
)


@dataclass(frozen=True, slots=True)
class OpenAppeal:
    """One party's appeal that nobody has decided or withdrawn: where it lies, and whose it is (None: not stated)."""

    place: Id
    by: Id | None
    notice: Act

    def is_twin_of(self, place: Id, notice: Act) -> bool:
        """Return whether a further notice only tells of this appeal again, in the other court or on the same day."""
        if self.by is not None and notice.by is not None:
            return self.by == notice.by and (self.place == place or OWN in (self.place, place))
        return self.notice.on.overlaps(notice.on)


@dataclass(slots=True)
class Review:
    """What happened to one result after it was reached: motions, appeals, further review.

    ``decided_on`` is the last day the result, or a ruling that upheld it, can have been given.
    """

    clock: date | None
    clock_act: Act | None = None
    decided_on: date | None = None
    motions: dict[str, Act] = field(default_factory=dict)
    appeals: list[OpenAppeal] = field(default_factory=list)
    closed: list[OpenAppeal] = field(default_factory=list)
    contested: Act | None = None
    withdrawn: Act | None = None
    decided: Act | None = None
    further: Act | None = None
    closing: Act | None = None

    def take(self, act: Act, place: Id, *, settled: Act) -> None:
        """Take one act that concerns the result; ``place`` is the appeal it was done in, or ``OWN``."""
        if act.category is Category.FILING:
            self._take_filing(act, place, settled)
        elif act.category is Category.RULING and act.kind in terms.POST_JUDGMENT_MOTIONS:
            self._take_ruling(act, settled)
        elif act.category is Category.APPELLATE:
            self._take_decision(act, place)

    def _take_filing(self, act: Act, place: Id, settled: Act) -> None:
        if act.kind == "motion" and act.motion in terms.POST_JUDGMENT_MOTIONS:
            self.motions[act.motion] = act
        elif act.kind == "notice_of_appeal":
            self._open(act, place)
        elif act.kind == "withdrawal_of_appeal":
            self._close(self._withdrawn_by(act, place))
            self.withdrawn, self.contested = act, None
        elif act.kind == "petition_for_review" and not precedes(act, settled):
            self.further = act

    def _open(self, act: Act, place: Id) -> None:
        twin = next((appeal for appeal in self.appeals if appeal.is_twin_of(place, act)), None)
        if twin is not None:
            if twin.place == OWN:  # the notice in the trial court opened this very appeal
                self.appeals[self.appeals.index(twin)] = OpenAppeal(place, twin.by or act.by, twin.notice)
            return
        self.appeals.append(OpenAppeal(place, act.by, act))
        self.withdrawn = self.decided = self.closing = None

    def _near(self, place: Id) -> list[OpenAppeal]:
        """Return the open appeals that an act done in ``place`` can be about."""
        return [appeal for appeal in self.appeals if appeal.place == place or OWN in (appeal.place, place)]

    def _withdrawn_by(self, act: Act, place: Id) -> list[OpenAppeal]:
        """Return the appeals a withdrawal ends: that party's own; where it is not said whose, only a single one."""
        near = self._near(place)
        own = [appeal for appeal in near if act.by is not None and appeal.by == act.by]
        unsaid = [appeal for appeal in near if act.by is None or appeal.by is None]
        return own or (unsaid if len(unsaid) == len(near) == 1 else [])

    def _close(self, ended: Iterable[OpenAppeal]) -> None:
        for appeal in list(ended):
            self.appeals.remove(appeal)
            self.closed.append(appeal)

    def _take_ruling(self, act: Act, settled: Act) -> None:
        if act.decision is Decision.UNDER_ADVISEMENT:
            return
        self.motions.pop(act.kind, None)
        granted = act.decision in (Decision.GRANTED, Decision.GRANTED_IN_PART)
        if granted or precedes(act, settled) or act.id == settled.id:
            return
        self.decided_on = max(self.decided_on or date.min, act.on.latest if act.on.is_known else date.min)
        if act.timeliness is Timeliness.TIMELY:
            self.clock, self.clock_act = _entered(act) or (act.on.latest if act.on.is_known else None), act
            self.contested = None
        else:
            self.contested = act

    def _take_decision(self, act: Act, place: Id) -> None:
        if act.kind == "dismissed_on_withdrawal":
            near = self._near(place)
            self._close(near if len(near) == 1 else [])
            self.withdrawn, self.contested = self.withdrawn or act, None
        elif act.kind in DECIDED:
            self.further = None
            self._close([appeal for appeal in self._near(place) if appeal.place == place] or self._near(place))
            self.decided, self.contested, self.withdrawn = act, None, None
        elif act.kind == "review_granted":
            self.further = act
        elif act.kind in CLOSING:
            self.further = None
            self.closing = act

    def answer(self, period: AppealPeriod | None, as_of: date) -> FinalityAnswer:
        """Return the finality these acts leave on ``as_of``."""
        if self.motions:
            return _pending(Finality.POST_JUDGMENT_MOTION_PENDING, self.motions.values())
        if self.appeals:
            return _pending(Finality.UNDER_APPEAL, [appeal.notice for appeal in self.appeals])
        if self.further:
            return _pending(Finality.UNDER_FURTHER_REVIEW, [self.further])
        if self.closing:
            return FinalityAnswer(Finality.FINAL, _acts((self.decided, self.closing)), _day(self.closing))
        if self.decided:
            return FinalityAnswer(Finality.APPEALABLE, (self.decided,))
        if self.contested:
            return FinalityAnswer(Finality.CONTESTED, (self.contested,))
        return self._by_time(period, as_of)

    def _by_time(self, period: AppealPeriod | None, as_of: date) -> FinalityAnswer:
        deadline = _deadline(self.clock, period)
        started = _acts((self.clock_act,)) if deadline is not None else ()
        if self.withdrawn is not None:
            acts = _acts((*(appeal.notice for appeal in self.closed), self.withdrawn))
            last = deadline.on if deadline is not None else self._may_run_until(period)
            if last is not None and as_of <= last:
                return FinalityAnswer(Finality.APPEALABLE, acts, None, deadline, until=last)
            return FinalityAnswer(Finality.FINAL_BY_WITHDRAWAL, acts, _day(self.withdrawn))
        if deadline is None:
            return FinalityAnswer(Finality.APPEALABLE, started)
        if as_of <= deadline.on:
            return FinalityAnswer(Finality.APPEALABLE, started, None, deadline, until=deadline.on)
        return FinalityAnswer(Finality.FINAL, started, deadline.on + timedelta(1), deadline)

    def _may_run_until(self, period: AppealPeriod | None) -> date | None:
        """Return the last day on which the time to appeal may still run, where nobody knows what started it."""
        longest = max(LONGEST_PERIOD, period.days if period else 0)
        if self.decided_on is None or self.decided_on >= date.max - timedelta(longest):
            return None
        return self.decided_on + timedelta(period.days if period else LONGEST_PERIOD)


def _deadline(clock: date | None, period: AppealPeriod | None) -> Deadline | None:
    """Return the estimated last day to appeal: never a Saturday or Sunday (Fed. R. App. P. 26(a)(1)(C))."""
    if period is None or clock is None or clock >= date.max - timedelta(period.days + 7):
        return None
    last = clock + timedelta(period.days)
    while last.isoweekday() > FRIDAY:
        last += timedelta(1)
    return Deadline(last, period.authority)


def _pending(value: Finality, acts: Iterable[Act]) -> FinalityAnswer:
    """Return an answer that waits for ``acts`` to be decided, since the first of them."""
    waiting = _acts(acts)
    return FinalityAnswer(value, waiting, min((day for a in waiting if (day := _day(a))), default=None))


def _day(act: Act) -> date | None:
    return act.on.start if act.on.is_day else None


def _acts(acts: Iterable[Act | None]) -> tuple[Act, ...]:
    return tuple({act.id: act for act in acts if act is not None}.values())


def _entered(act: Act) -> date | None:
    """Return the day the written order or judgment was entered, or None if that is not known."""
    return act.entered_on.latest if act.entered_on is not None and act.entered_on.is_known else None


def _clock(course: Course) -> tuple[date | None, Act | None]:
    """Return the day the appeal clock started for this result, as far as the record shows it, and by which act."""
    act = course.state.sentence_act or course.state.settled_by
    if act is None:
        return None, None
    starts_itself = act.category in (Category.JUDGMENT, Category.SENTENCE) and act.on.is_known
    return _entered(act) or (act.on.latest if starts_itself else None), act


def _ends_at_once(course: Course) -> bool:
    state = course.state
    if state.term.slug in terms.FINAL_AT_ONCE or state.by is By.PROSECUTION_NOTICE:
        return True
    if state.term.slug != "judgment_of_acquittal":
        return False
    had_verdict = any(
        term.cls is ChargeClass.CONVICTION or term.slug == "verdict_awaiting_judgment" for term in course.past
    )
    return not had_verdict


def charge_finality(fold: Fold, course: Course, as_of: date) -> FinalityAnswer | None:
    """Return whether the charge's result can still change; None for a charge that another replaced."""
    state = course.state
    untold = state.term.slug in terms.SENTENCE_UNTOLD and not state.sentenced
    if course.uncertain or state.cls is ChargeClass.UNKNOWN or untold:
        return FinalityAnswer(Finality.UNKNOWN)
    if state.cls is ChargeClass.REPLACED:
        return None
    unsentenced = state.cls is ChargeClass.CONVICTION and not state.sentenced
    if terms.is_open(state.cls, state.term.slug) or unsentenced or state.settled_by is None:
        return FinalityAnswer(Finality.NOT_DISPOSED)
    if _ends_at_once(course):
        return FinalityAnswer(Finality.FINAL, (state.settled_by,), _day(state.settled_by))
    answer = _reviewed(fold, course).answer(fold.facts.period, as_of)
    by_time = answer.deadline is not None and answer.value in (Finality.FINAL, Finality.APPEALABLE)
    if by_time and any(_is_open(other) for other in _siblings(fold, course)):
        # One judgment ends all counts of a defendant: while one is open, no clock has started for the others.
        return FinalityAnswer(Finality.APPEALABLE, until=answer.until)
    return answer


def _siblings(fold: Fold, course: Course) -> list[Course]:
    """Return the other live counts against the same defendant."""
    mine = course.charge.defendant
    return [other for other in live_counts(fold) if other is not course and other.charge.defendant == mine]


def _is_open(course: Course) -> bool:
    return terms.is_open(course.state.cls, course.state.term.slug) or awaits_sentence(course)


def _reviewed(fold: Fold, course: Course) -> Review:
    state = course.state
    reached = state.settled_by or course.created_by
    settled = state.sentence_act or reached
    given = settled.on.latest if settled.on.is_known else None
    review = Review(*_clock(course), decided_on=given)
    if reached.category is Category.APPELLATE:
        review.decided = reached
    for act in fold.seen:
        if act.id == reached.id or precedes(act, reached) or course.charge.defendant not in fold.concerned(act):
            continue
        appeal = fold.appeal_of(act)
        if appeal and appeal.interlocutory:
            continue
        review.take(act, appeal.case if appeal else OWN, settled=settled)
    return review


def appeal_finality(acts: tuple[Act, ...], as_of: date) -> FinalityAnswer:
    """Return the finality of an appellate case itself, which has no charges: was it decided for good?"""
    review = Review(None)
    for act in acts:
        review.take(act, OWN, settled=acts[0])
    if review.appeals or not (review.withdrawn or review.decided or review.closing):
        return FinalityAnswer(Finality.NOT_DISPOSED, _acts(appeal.notice for appeal in review.appeals))
    return review.answer(None, as_of)


def case_finality(fold: Fold, status: CaseStatus, as_of: date) -> FinalityAnswer:
    """Return whether what was decided in the case so far can still change: as little final as its least final count."""
    if status in (CaseStatus.UNKNOWN, CaseStatus.SEALED):
        return FinalityAnswer(Finality.UNKNOWN)
    answers = [answer for course in live_counts(fold) if (answer := charge_finality(fold, course, as_of))]
    if answers:
        return least_final(answers)
    if fold.facts.kind is CaseKind.APPELLATE and fold.seen:
        return appeal_finality(tuple(fold.seen), as_of)
    if status is CaseStatus.TRANSFERRED_OUT or status in OPEN_STATUSES:
        return FinalityAnswer(Finality.NOT_DISPOSED)
    return FinalityAnswer(Finality.UNKNOWN)


def may_change_finality(act: Act) -> bool:
    """Return whether an act can change how final a result is, though it may leave every charge as it was."""
    if act.category is Category.FILING:
        return act.kind in FINALITY_FILINGS or (act.kind == "motion" and act.motion in terms.POST_JUDGMENT_MOTIONS)
    if act.category is Category.RULING:
        return act.kind in terms.POST_JUDGMENT_MOTIONS
    return act.category in (Category.APPELLATE, Category.SENTENCE, Category.JUDGMENT)


def least_final(answers: Iterable[FinalityAnswer]) -> FinalityAnswer:
    """Return the answer that leaves most open: a case is only as final as its least final count."""
    known = list(answers)
    if not known:
        return FinalityAnswer(Finality.UNKNOWN)
    worst = min((a.value for a in known), key=LEAST_FINAL_FIRST.index)
    same = [a for a in known if a.value is worst]
    since = max((a.since for a in same if a.since), default=None)
    deadline = max((a.deadline for a in same if a.deadline), key=lambda d: d.on, default=None)
    until = min((a.until for a in known if a.until), default=None)
    return FinalityAnswer(worst, _acts(act for a in same for act in a.because), since, deadline, until)

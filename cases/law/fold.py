"""The fold: charges carried from act to act, each act leaving its effects, its voids and its doubts.

Nothing here looks at a date except through ``sequence``; nothing here writes words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cases.law import terms
from cases.law.facts import Act, Appeal, CaseFacts, Charge, Id, Outcome, SentencePart, Term
from cases.law.sequence import precedes
from cases.law.vocabulary import (
    By,
    CaseKind,
    Category,
    ChargeClass,
    Jeopardy,
    Prejudice,
    Reason,
    ReplacesHow,
)

OTHER_JUDGMENTS = frozenset(
    {"judgment_of_acquittal", "vacated_discharged", "abated_by_death", "dismissed_moot_clemency"}
    | {"judgment_for_plaintiff", "judgment_for_defendant", "default_judgment"}
)
# A motion that was granted, of which the record does not say what it did to these charges: they are not known.
UNSAID = {
    "dismiss": frozenset({ChargeClass.PENDING, ChargeClass.PRE_CHARGE, ChargeClass.PROVISIONAL}),
    "new_trial": frozenset({ChargeClass.CONVICTION, ChargeClass.PROVISIONAL}),
    "acquittal": frozenset({ChargeClass.CONVICTION, ChargeClass.PROVISIONAL}),
}
SENTENCING_KINDS = frozenset({"imposed", "modified"})
OVERLAY_KINDS = frozenset({"pardon", "commutation", "reprieve", "amnesty", "set_aside"})
SEALING_KINDS = frozenset({"sealed", "expunged"})
REMANDS = frozenset({"reversed_and_remanded", "vacated_and_remanded"})
UNDOINGS = frozenset({"reversed", "vacated"})
COURT_DISMISSALS = frozenset(
    {"dismissed_with_prejudice", "dismissed_without_prejudice", "dismissed_unspecified", "time_barred"}
)


@dataclass(frozen=True, slots=True)
class State:
    """Where a charge stands at one point of the fold.

    ``decided_by`` gave the outcome; ``settled_by`` is the act that last put the charge in this
    state, which differs when a reversal restored an earlier outcome.
    """

    term: Term
    prejudice: Prejudice = Prejudice.NOT_APPLICABLE
    by: By = By.NOT_STATED
    reason: Reason = Reason.NOT_STATED
    jeopardy: Jeopardy = Jeopardy.UNKNOWN
    decided_by: Act | None = None
    settled_by: Act | None = None
    sentence_act: Act | None = None
    sentence: tuple[SentencePart, ...] = ()

    @property
    def cls(self) -> ChargeClass:
        """The class of the present term."""
        return self.term.cls

    @property
    def sentenced(self) -> bool:
        """Whether a sentence was imposed on it."""
        return self.sentence_act is not None

    @property
    def result(self) -> tuple[str, str]:
        """What two rival last words are compared by."""
        return (self.term.slug, self.prejudice)


@dataclass(frozen=True, slots=True)
class Frame:
    """An act that changed a charge, with all there was before it, so that a reversal can go back."""

    act: Act
    state: State
    frames: "tuple[Frame, ...]"
    last: "tuple[LastWord, ...]"


LastWord = tuple[Act, tuple[str, str]]


@dataclass(slots=True)
class Course:
    """One charge's way through the acts: its present state and how it came there.

    ``last`` are the acts that may be the last word, as far as dates and sequences tell.
    """

    charge: Charge
    state: State
    created_by: Act
    frames: tuple[Frame, ...] = ()
    last: tuple[LastWord, ...] = ()
    past: list[Term] = field(default_factory=list)
    restored_by: list[Act] = field(default_factory=list)
    void: list[Act] = field(default_factory=list)
    contradicted: bool = False
    overlays: list[Act] = field(default_factory=list)
    execution: list[Act] = field(default_factory=list)  # what became of the sentence: revoked, stayed, completed

    @property
    def uncertain(self) -> tuple[Act, ...]:
        """The acts whose open order would change the outcome; empty if none does."""
        if self.contradicted or len({result for _, result in self.last}) > 1:
            return tuple(act for act, _ in self.last)
        return ()

    def put(self, act: Act, state: State) -> None:
        """Take a new state from ``act``, remembering what was before."""
        self.contradicted = any(precedes(act, frame.act) for frame in self.frames if frame.act.id != act.id)
        self.frames = (*self.frames, Frame(act, self.state, self.frames, self.last))
        if state.term.slug != self.state.term.slug:
            self.past.append(self.state.term)
        self.state = state
        rivals = [(a, result) for a, result in self.last if a.id != act.id and not precedes(a, act)]
        self.last = (*rivals, (act, state.result))

    def undo(self, act: Act) -> bool:
        """Return to what was before the act that ``act`` reverses; that act and those after it are void."""
        place = next((i for i, f in enumerate(self.frames) if f.act.id == act.reverses != act.id), None)
        if place is None:
            return False
        before, now = self.frames[place], Frame(act, self.state, self.frames, self.last)
        lost = {frame.act.id: frame.act for frame in self.frames[place:]}
        back = {frame.act.id for frame in before.frames}
        self.void = [a for a in [*self.void, *lost.values()] if a.id not in back]
        self.past.append(self.state.term)
        resentence = act.kind in REMANDS and before.state.cls is ChargeClass.CONVICTION
        self.state = replace(
            before.state,
            settled_by=act,
            sentence_act=None if resentence else before.state.sentence_act,
            sentence=() if resentence else before.state.sentence,
        )
        self.frames = (*before.frames, now)
        self.last = ((act, self.state.result),)
        if before.state.decided_by is not None and before.state.term.slug != now.state.term.slug:
            self.restored_by.append(act)
        return True

    @property
    def because(self) -> tuple[Act, ...]:
        """The acts that made the charge what it is, the one that brought it first, each once."""
        acts = {self.created_by.id: self.created_by}
        acts.update((frame.act.id, frame.act) for frame in self.frames)
        return tuple(acts.values())


class Fold:
    """All charges of a case, carried through its acts one by one."""

    def __init__(self, facts: CaseFacts, acts: tuple[Act, ...]) -> None:
        self.facts = facts
        self.acts = acts
        self.seen: list[Act] = []
        self.courses: dict[Id, Course] = {}
        self.stays: dict[Id, Act] = {}
        self.sealed: dict[Id, Act] = {}
        self.appeals = {appeal.case: appeal for appeal in facts.appeals}
        self._charges = {charge.id: charge for charge in sorted(facts.charges, key=charge_key)}
        self._held = {act.id: act for act in acts}
        civil = facts.kind is CaseKind.CIVIL
        self._first = State(terms.CLAIMED if civil else terms.FILED)

    def run(self) -> Iterator[tuple[Act, dict[Id, State | None]]]:
        """Yield each act with the state, before it, of every charge that it changed."""
        for act in self.acts:
            before = {key: course.state for key, course in self.courses.items()}
            self._bring_charges(act)
            self._undo(act)
            self._stay(act)
            if terms.may_dispose(act.category, act.kind, act.decision):
                if act.outcomes:
                    self._give_outcomes(act)
                else:
                    self._give_defaults(act)
            self._sentence(act)
            self._relieve(act)
            self.seen.append(act)
            yield (
                act,
                {
                    key: before.get(key)
                    for key, course in self.courses.items()
                    if key not in before or before[key].result != course.state.result
                },
            )

    # --- who and which -------------------------------------------------------------------------------------------

    def appeal_of(self, act: Act) -> Appeal | None:
        """Return the appeal an act was done in, or None for an act of the case itself."""
        return self.appeals.get(act.case) if act.case != self.facts.id else None

    def concerned(self, act: Act) -> frozenset[Id]:
        """Return the defendants an act concerns: those it names, else all; in an appeal only its parties."""
        everyone = frozenset(defendant.id for defendant in self.facts.defendants)
        named = act.defendants or everyone
        appeal = self.appeal_of(act)
        return named & appeal.parties if appeal and act.defendants else appeal.parties if appeal else named

    def _courses_of(self, act: Act) -> list[Course]:
        defendants = self.concerned(act)
        return [course for course in self.courses.values() if course.charge.defendant in defendants]

    def _course(self, charge_id: Id) -> Course | None:
        """Return a charge's course, opening it if its own act counts but stands later in the order."""
        if charge_id not in self.courses and charge_id in self._charges:
            creator = self._held.get(self._charges[charge_id].created_by)
            if creator is not None:
                self.courses[charge_id] = Course(
                    self._charges[charge_id], replace(self._first, settled_by=creator), creator
                )
        return self.courses.get(charge_id)

    # --- what an act does ----------------------------------------------------------------------------------------

    def _bring_charges(self, act: Act) -> None:
        for charge in self._charges.values():
            if charge.created_by != act.id:
                continue
            self._course(charge.id)
            if charge.replaces is None or charge.replaces_how not in terms.REPLACED or charge.replaces == charge.id:
                continue
            old = self._course(charge.replaces)
            if old is not None and old.state.cls in (ChargeClass.PENDING, ChargeClass.PRE_CHARGE):
                new = State(terms.REPLACED[ReplacesHow(charge.replaces_how)], decided_by=act, settled_by=act)
                old.put(act, new)

    def _undo(self, act: Act) -> None:
        if act.reverses is None or not terms.may_dispose(act.category, act.kind, act.decision):
            return
        for course in self._courses_of(act):
            if not course.undo(act):
                continue
            if act.kind in REMANDS and course.state.cls is not ChargeClass.CONVICTION and not act.outcomes:
                course.put(act, State(terms.REMANDED, decided_by=act, settled_by=act))

    def _give_outcomes(self, act: Act) -> None:
        appeal = self.appeal_of(act)
        for outcome in sorted(act.outcomes, key=lambda o: (str(o.charge), o.term.slug, o.prejudice)):
            charge = self._charges.get(outcome.charge)
            if charge is None or (appeal and charge.defendant not in appeal.parties):
                continue
            course = self._course(charge.id)
            if course is not None:
                course.put(act, _state_from(outcome, act, course))

    def _give_defaults(self, act: Act) -> None:
        """What an act does to charges when the record names no outcome."""
        if act.category is Category.FILING and act.kind == "notice_of_dismissal":
            for course in self._courses_of(act):
                if terms.is_open(course.state.cls, course.state.term.slug):
                    state = State(
                        terms.DISMISSED_UNSPECIFIED,
                        prejudice=Prejudice.UNSPECIFIED,
                        by=By.PROSECUTION_NOTICE,
                        decided_by=act,
                        settled_by=act,
                    )
                    course.put(act, state)
        elif (
            act.category is Category.RULING and act.kind in UNSAID and act.decision is not None and act.reverses is None
        ):
            for course in self._courses_of(act):
                if course.state.cls in UNSAID[act.kind]:
                    course.put(act, State(terms.UNKNOWN, decided_by=act, settled_by=act))
        elif act.category is Category.APPELLATE and act.reverses is None and act.kind in REMANDS | UNDOINGS:
            appeal = self.appeal_of(act)
            if appeal and appeal.interlocutory:
                return
            courses, clear = self._under_review(act)
            term = terms.REMANDED if clear and act.kind in REMANDS else terms.UNKNOWN
            for course in courses:
                course.put(act, State(term, decided_by=act, settled_by=act))

    def _under_review(self, act: Act) -> tuple[list[Course], bool]:
        """Return the results a bare reversal may mean, and whether they are of one kind, so that it is clear which.

        An acquittal by verdict is never meant, nor what the prosecution dropped.
        """
        courses = self._courses_of(act)
        convicted = [c for c in courses if c.state.cls in (ChargeClass.CONVICTION, ChargeClass.PROVISIONAL)]
        dismissed = [
            c for c in courses if c.state.term.slug in COURT_DISMISSALS and c.state.by is not By.PROSECUTION_NOTICE
        ]
        judged = [c for c in courses if c.state.term.slug in OTHER_JUDGMENTS]
        kinds = [kind for kind in (convicted, dismissed, judged) if kind]
        return [course for kind in kinds for course in kind], len(kinds) == 1

    def _sentence(self, act: Act) -> None:
        if act.category is not Category.SENTENCE:
            return
        if act.kind not in SENTENCING_KINDS:
            for course in self._courses_of(act):
                if course.state.sentenced:
                    course.execution.append(act)
            if not act.sentence:
                return
        named = sorted({part.charge for part in act.sentence}, key=str)
        courses = [c for key in named if (c := self._course(key))] if named else self._courses_of(act)
        for course in courses:
            if not named and course.state.cls is not ChargeClass.CONVICTION:
                continue
            parts = tuple(part for part in act.sentence if part.charge == course.charge.id)
            state = replace(course.state, sentence_act=act, sentence=parts)
            course.put(act, state)

    def _stay(self, act: Act) -> None:
        """A stay lasts until an act lifts it by reversing it, or a verdict, judgment or sentence shows it is over.

        A later motion for a stay that is denied lifts nothing.
        """
        grants = terms.may_dispose(act.category, act.kind, act.decision)
        if grants and act.reverses is not None and any(stay.id == act.reverses for stay in self.stays.values()):
            self._lift(act)
        elif grants and act.category is Category.RULING and act.kind == "stay":
            self.stays.update(dict.fromkeys(self.concerned(act), act))
        elif act.category in (Category.VERDICT, Category.JUDGMENT, Category.SENTENCE):
            self._lift(act)

    def _lift(self, act: Act) -> None:
        for defendant in self.concerned(act):
            self.stays.pop(defendant, None)

    def _relieve(self, act: Act) -> None:
        if act.category is not Category.CLEMENCY_OR_RELIEF:
            return
        if act.kind in SEALING_KINDS:
            self.sealed.update(dict.fromkeys(self.concerned(act), act))
        for course in self._courses_of(act):
            guilty = ChargeClass.CONVICTION, ChargeClass.PROVISIONAL
            if act.kind in OVERLAY_KINDS and any(t.cls in guilty for t in (course.state.term, *course.past)):
                course.overlays.append(act)


def charge_key(charge: Charge) -> tuple[bool, int, str, str]:
    """Return the order in which charges are told: counts before enhancements, by number, then by title."""
    return (charge.enhances is not None, charge.count or 0, charge.title, str(charge.id))


def _state_from(outcome: Outcome, act: Act, course: Course) -> State:
    by = outcome.by
    if by is By.NOT_STATED and act.category is Category.FILING and act.kind == "notice_of_dismissal":
        by = By.PROSECUTION_NOTICE
    convicted = outcome.term.cls is ChargeClass.CONVICTION
    earlier = course.state
    # A sentence whose order against the conviction is open can only have followed it.
    keeps = convicted and earlier.sentence_act is not None and not precedes(earlier.sentence_act, act)
    return State(
        outcome.term,
        prejudice=terms.STATED_PREJUDICE.get(outcome.term.slug, outcome.prejudice),
        by=by,
        reason=outcome.reason,
        jeopardy=outcome.jeopardy,
        decided_by=act,
        settled_by=act,
        sentence_act=earlier.sentence_act if keeps else None,
        sentence=earlier.sentence if keeps else (),
    )

"""The frozen answers the rules give: status, finality and wording, each with the acts it rests on."""

from dataclasses import dataclass, field
from datetime import date

from cases.law.facts import Act, Charge, Defendant, Id, SentencePart
from cases.law.sequence import in_order
from cases.law.vocabulary import By, CaseStatus, ChargeClass, Finality, Jeopardy, Prejudice, Reason


@dataclass(frozen=True, slots=True)
class Deadline:
    """An estimated last day to appeal, with the rule it comes from. Never a certainty."""

    on: date
    authority: str


@dataclass(frozen=True, slots=True)
class FinalityAnswer:
    """Whether a result can still change; ``since`` is the day of the act that made it so.

    ``until`` is the last day on which that is so without any further act; None where time alone changes nothing.
    """

    value: Finality
    because: tuple[Act, ...] = ()
    since: date | None = None
    deadline: Deadline | None = None
    until: date | None = None


def _together(because: tuple[Act, ...], finality: FinalityAnswer | None) -> tuple[Act, ...]:
    acts = {act.id: act for act in (*because, *(finality.because if finality else ()))}
    return in_order(acts.values())


@dataclass(frozen=True, slots=True)
class ChargeAnswer:
    """Where one charge stands. ``because`` names the acts that made it so, in order.

    ``void`` names the acts that a later one reversed, and those that rested on them; they stay in the record.
    ``finality`` is None for a charge that another one replaced: it has no end of its own.
    """

    charge: Charge
    cls: ChargeClass
    term: str
    label: str
    wording: str
    finality: FinalityAnswer | None
    because: tuple[Act, ...]
    prejudice: Prejudice = Prejudice.NOT_APPLICABLE
    by: By = By.NOT_STATED
    reason: Reason = Reason.NOT_STATED
    jeopardy: Jeopardy = Jeopardy.UNKNOWN
    void: tuple[Act, ...] = ()
    overlays: tuple[Act, ...] = ()
    sentence: tuple[SentencePart, ...] = ()
    sentenced: bool = False
    order_uncertain: bool = False
    stayed: bool = False
    decided_by: Act | None = None

    @property
    def reasons(self) -> tuple[Act, ...]:
        """The acts behind the outcome and behind its finality, in order."""
        return _together(self.because, self.finality)


@dataclass(frozen=True, slots=True)
class DefendantAnswer:
    """Where one defendant stands: never a single word for mixed outcomes."""

    defendant: Defendant
    wording: str
    summary: str
    charges: tuple[ChargeAnswer, ...]
    because: tuple[Act, ...]
    leading: ChargeClass = ChargeClass.UNKNOWN
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act did to one charge: the label before and after, and the class after.

    ``restored`` says that the act brought an earlier outcome back by reversing what undid it.
    """

    charge: Charge
    before: str
    after: str
    term: str
    cls: ChargeClass
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One act that counted, in order: its effects, and where the case stood once it was done.

    ``finality`` is None for an act that can not have changed it.
    """

    act: Act
    effects: tuple[Effect, ...]
    status: CaseStatus
    finality: Finality | None = None


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """Where a case stands on ``as_of``, with each defendant's answer and each act's effects.

    ``stage`` says more about an open case: "awaiting_sentence", "stayed", "diversion".
    ``uncertain`` names the acts whose order the record leaves open and that would matter.
    ``imprecise`` names the acts counted although they may have come after ``as_of``.
    ``until`` is the last day on which all of it is sure to hold without any further act; None where time alone
    changes nothing.
    """

    as_of: date
    status: CaseStatus
    finality: FinalityAnswer
    wording: str
    because: tuple[Act, ...]
    defendants: tuple[DefendantAnswer, ...]
    steps: tuple[Step, ...] = ()
    stage: str = ""
    overridden: str = ""
    uncertain: tuple[Act, ...] = ()
    imprecise: tuple[Act, ...] = ()
    until: date | None = field(default=None, compare=False)  # what comes later is no part of what is so today

    @property
    def reasons(self) -> tuple[Act, ...]:
        """The acts behind the status and behind the finality, in order."""
        return _together(self.because, self.finality)

    def charge(self, charge_id: Id) -> ChargeAnswer | None:
        """Return the answer for one charge, or None if it had not been brought by ``as_of``."""
        for defendant in self.defendants:
            for answer in defendant.charges:
                if answer.charge.id == charge_id:
                    return answer
        return None

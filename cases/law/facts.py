"""The frozen facts that the rules reason on: what ``cases.dossier`` makes of a loaded case.

Ids are any hashable that sorts with its kind; order of entry carries no meaning.
"""

from dataclasses import dataclass, field
from datetime import date

from cases.law.dates import PartialDate
from cases.law.vocabulary import (
    By,
    CaseKind,
    CaseStatus,
    Category,
    ChargeClass,
    Decision,
    Jeopardy,
    Occurrence,
    Prejudice,
    Reason,
    ReplacesHow,
    SentenceKind,
    Timeliness,
)

Id = int | str


@dataclass(frozen=True, slots=True)
class Term:
    """What a disposition row says: its slug, its fixed class, and the label people read."""

    slug: str
    cls: ChargeClass
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did to one charge. ``into`` is the charge that took it up, where it was merged into another."""

    charge: Id
    term: Term
    prejudice: Prejudice = Prejudice.NOT_APPLICABLE
    by: By = By.NOT_STATED
    reason: Reason = Reason.NOT_STATED
    jeopardy: Jeopardy = Jeopardy.UNKNOWN
    into: Id | None = None


@dataclass(frozen=True, slots=True)
class SentencePart:
    """One part of a sentence; None is "not established", zero is "none". ``amount`` is text as published."""

    charge: Id
    kind: SentenceKind
    years: int | None = None
    months: int | None = None
    days: int | None = None
    hours: int | None = None
    min_years: int | None = None
    min_months: int | None = None
    min_days: int | None = None
    amount: str = ""
    currency: str = ""
    all_suspended: bool = False
    suspended_years: int | None = None
    suspended_months: int | None = None
    suspended_days: int | None = None
    credit_days: int | None = None
    order: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A dated act. ``defendants`` empty means every defendant of the case (or party of the appeal).

    ``case`` is the id of the case the act was done in: the case under question, or an appeal of it.
    ``motion`` is what a motion asks for; for a ruling that is its ``kind``.
    ``by`` is who did it, where that matters: an appeal is one party's.
    ``entered_on`` is the entry of the written order or judgment, which starts the appeal clock.
    """

    id: Id
    on: PartialDate
    category: Category
    kind: str
    case: Id = 0
    title: str = ""
    sequence: int | None = None
    occurrence: Occurrence = Occurrence.HELD
    decision: Decision | None = None
    motion: str = ""
    timeliness: Timeliness = Timeliness.NOT_STATED
    entered_on: PartialDate | None = None
    reverses: Id | None = None
    by: Id | None = None
    defendants: frozenset[Id] = frozenset()
    outcomes: tuple[Outcome, ...] = ()
    sentence: tuple[SentencePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """One accusation, created by an act; ``enhances`` is set for a sentence enhancement."""

    id: Id
    defendant: Id
    title: str
    created_by: Id
    count: int | None = None
    enhances: Id | None = None
    replaces: Id | None = None
    replaces_how: ReplacesHow = ReplacesHow.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Defendant:
    """One accused or sued person in the case."""

    id: Id
    name: str
    position: int = 1


@dataclass(frozen=True, slots=True)
class Appeal:
    """A case that is an appeal of the case under question, and the defendants who are parties to it."""

    case: Id
    parties: frozenset[Id]
    interlocutory: bool = False


@dataclass(frozen=True, slots=True)
class Refiling:
    """A charge of this case that was brought again in another one, by an act there."""

    charge: Id
    on: PartialDate
    caption: str


@dataclass(frozen=True, slots=True)
class AppealPeriod:
    """How long an appeal may be filed: calendar days from entry, and the rule that says so."""

    days: int
    authority: str


@dataclass(frozen=True, slots=True)
class Override:
    """A status set by hand against the derived one; it is shown as such, with its reason.

    It holds from ``since`` on; None is every day.
    """

    status: CaseStatus
    reason: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything the rules may look at to say where one case stands."""

    id: Id
    kind: CaseKind
    acts: tuple[Act, ...] = ()
    charges: tuple[Charge, ...] = ()
    defendants: tuple[Defendant, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    refilings: tuple[Refiling, ...] = ()
    period: AppealPeriod | None = None
    override: Override | None = None
    caption: str = field(default="", compare=False)

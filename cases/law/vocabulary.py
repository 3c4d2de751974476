"""The closed vocabulary that the rules reason on. Slugs are stored; labels are for people.

Terms under a charge class are rows that an administrator may add; the classes are fixed here.
Sources: OASIS LegalXML ECF 5, NIEM Justice 6.0, NCSC State Court Guide, FRCrP, SCDB, and our own.
"""

from enum import IntEnum, StrEnum


class ChargeClass(StrEnum):
    """What a disposition means, in the fewest words the rules need."""

    PRE_CHARGE = "pre_charge"
    PENDING = "pending"
    CONVICTION = "conviction"
    PROVISIONAL = "provisional"
    NON_CONVICTION = "non_conviction"
    REPLACED = "replaced"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


class CaseKind(StrEnum):
    """What sort of proceeding a case is [ECF CaseTypeCode, and our own from post_conviction on]."""

    CRIMINAL = "criminal"
    CIVIL = "civil"
    APPELLATE = "appellate"
    DOMESTIC = "domestic"
    JUVENILE = "juvenile"
    BANKRUPTCY = "bankruptcy"
    CITATION = "citation"
    POST_CONVICTION = "post_conviction"
    ADMINISTRATIVE = "administrative"
    DISCIPLINARY = "disciplinary"
    INVESTIGATION = "investigation"


class CaseStatus(StrEnum):
    """Where a case stands before its court [NCSC active / inactive / reopened]."""

    OPEN_ACTIVE = "open_active"
    OPEN_INACTIVE = "open_inactive"
    REOPENED = "reopened"
    DISPOSED = "disposed"
    CLOSED_ADMINISTRATIVELY = "closed_administratively"
    TRANSFERRED_OUT = "transferred_out"
    CONSOLIDATED = "consolidated"
    SEALED = "sealed"
    UNKNOWN = "unknown"


class Finality(StrEnum):
    """Whether what was decided can still change: an axis of its own, never a charge status."""

    NOT_DISPOSED = "not_disposed"
    APPEALABLE = "appealable"
    POST_JUDGMENT_MOTION_PENDING = "post_judgment_motion_pending"
    CONTESTED = "contested"
    UNDER_APPEAL = "under_appeal"
    UNDER_FURTHER_REVIEW = "under_further_review"
    FINAL = "final"
    FINAL_BY_WITHDRAWAL = "final_by_withdrawal"
    UNKNOWN = "unknown"


class Occurrence(StrEnum):
    """Whether an act took place. Only a held act counts."""

    HELD = "held"
    SCHEDULED = "scheduled"
    CONTINUED = "continued"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """The family of an act."""

    INCIDENT = "incident"
    FILING = "filing"
    HEARING = "hearing"
    RULING = "ruling"
    VERDICT = "verdict"
    JUDGMENT = "judgment"
    SENTENCE = "sentence"
    APPELLATE = "appellate"
    CUSTODY = "custody"
    CLEMENCY_OR_RELIEF = "clemency_or_relief"
    STATEMENT = "statement"


MOTION_KINDS = (
    "dismiss", "suppress", "exclude_evidence", "discovery_or_sanctions", "bail", "venue", "recusal",
    "severance", "consolidation", "continuance", "new_trial", "acquittal", "reconsideration",
    "release_pending_appeal", "stay", "seal", "summary_judgment", "injunction", "approve_settlement", "other",
)  # fmt: skip

KINDS: dict[Category, tuple[str, ...]] = {
    Category.INCIDENT: ("offence_alleged", "arrest", "surrender", "search", "report_published"),
    Category.FILING: (
        "charges_filed", "complaint", "information", "indictment", "amended_charge", "motion", "response",
        "notice_of_appeal",
        "withdrawal_of_appeal", "notice_of_dismissal", "plea_agreement", "petition_for_review",
        "settlement_agreement", "notice_of_removal", "docket_entry",
    ),
    Category.HEARING: (
        "initial_appearance", "arraignment", "preliminary", "detention", "motion_hearing", "plea_hearing",
        "trial_day", "sentencing", "status_conference", "appeal_argument",
    ),
    Category.RULING: MOTION_KINDS,
    Category.VERDICT: (
        "guilty", "not_guilty", "guilty_lesser", "mixed", "not_guilty_insanity", "hung", "mistrial",
        "liable", "not_liable",
    ),
    Category.JUDGMENT: ("conviction_entered", "acquittal_entered", "dismissal", "default", "consent", "summary"),
    Category.SENTENCE: ("imposed", "modified", "revoked", "stayed", "completed"),
    Category.APPELLATE: (
        "affirmed", "affirmed_in_part", "reversed", "reversed_and_remanded", "vacated", "vacated_and_remanded",
        "modified", "dismissed", "dismissed_on_withdrawal", "dismissed_moot", "review_granted", "review_denied",
        "mandate_issued",
    ),
    Category.CUSTODY: (
        "detained", "released_on_conditions", "surrendered", "paroled", "discharged", "escaped", "released",
    ),
    Category.CLEMENCY_OR_RELIEF: (
        "pardon", "commutation", "reprieve", "amnesty", "sealed", "expunged", "set_aside",
    ),
    Category.STATEMENT: (
        "denial", "admission", "apology", "reaction", "criticism", "victim_impact", "no_comment", "position",
    ),
}  # fmt: skip

# "docket_entry" is our own, too: a line of a docket that says no more than that it was entered. It changes nothing.
# "charges_filed" is our own: reports often do not say which document brought a charge.
CHARGING_KINDS = frozenset(
    {"charges_filed", "complaint", "information", "indictment", "amended_charge", "notice_of_removal"}
)


class Decision(StrEnum):
    """What a ruling did with the motion."""

    GRANTED = "granted"
    DENIED = "denied"
    GRANTED_IN_PART = "granted_in_part"
    MOOT = "moot"
    WITHDRAWN = "withdrawn"
    STRICKEN = "stricken"
    UNDER_ADVISEMENT = "under_advisement"


class Timeliness(StrEnum):
    """What the court said of a motion's timing; it decides whether the appeal clock starts anew."""

    NOT_STATED = ""
    TIMELY = "timely"
    UNTIMELY = "untimely"
    UNTIMELY_IN_PART = "untimely_in_part"


class Prejudice(StrEnum):
    """Whether a dismissal bars the same charge from being brought again."""

    NOT_APPLICABLE = ""
    WITH = "with"
    WITHOUT = "without"
    UNSPECIFIED = "unspecified"


class Jeopardy(StrEnum):
    """Whether jeopardy had attached when the charge ended."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


class By(StrEnum):
    """Who ended a charge."""

    NOT_STATED = ""
    COURT = "court"
    COURT_ON_DEFENCE_MOTION = "court_on_defence_motion"
    COURT_ON_PROSECUTION_MOTION = "court_on_prosecution_motion"
    PROSECUTION_NOTICE = "prosecution_notice"
    JURY = "jury"
    PARTIES = "parties"


class Reason(StrEnum):
    """Why a charge was dismissed."""

    NOT_STATED = ""
    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    EVIDENCE_WITHHELD = "evidence_withheld"
    SPEEDY_TRIAL = "speedy_trial"
    WITNESS_UNAVAILABLE = "witness_unavailable"
    PLEA_AGREEMENT = "plea_agreement"
    DOUBLE_JEOPARDY = "double_jeopardy"
    IMMUNITY = "immunity"
    JURISDICTION = "jurisdiction"
    INTERESTS_OF_JUSTICE = "interests_of_justice"
    COMPETENCY = "competency"
    LIMITATIONS = "limitations"
    DEATH = "death"
    CLEMENCY = "clemency"
    FAILURE_TO_PROSECUTE = "failure_to_prosecute"
    SETTLEMENT = "settlement"
    OTHER = "other"


class ReplacesHow(StrEnum):
    """How a new charge relates to the one it follows. A refiled charge leaves the old outcome as it was."""

    NOT_APPLICABLE = ""
    SUPERSEDED = "superseded"
    AMENDED = "amended"
    MERGED = "merged"
    TRANSFERRED = "transferred"
    REFILED = "refiled"


class Relation(StrEnum):
    """A directed relation from one case to another."""

    APPEAL_OF = "appeal_of"
    INTERLOCUTORY_APPEAL_OF = "interlocutory_appeal_of"
    CROSS_APPEAL_OF = "cross_appeal_of"
    REMAND_OF = "remand_of"
    POST_CONVICTION_OF = "post_conviction_of"
    REFILED_FROM = "refiled_from"
    SUPERSEDES = "supersedes"
    SEVERED_FROM = "severed_from"
    CO_DEFENDANT_OF = "co_defendant_of"
    CONSOLIDATED_INTO = "consolidated_into"
    TRANSFERRED_FROM = "transferred_from"
    REMOVED_FROM = "removed_from"
    CIVIL_COUNTERPART_OF = "civil_counterpart_of"
    ARISES_FROM_PROSECUTION_OF = "arises_from_prosecution_of"
    ENFORCES_SETTLEMENT_OF = "enforces_settlement_of"
    SAME_INCIDENT = "same_incident"
    RELATED = "related"


APPEAL_RELATIONS = frozenset(
    {Relation.APPEAL_OF, Relation.INTERLOCUTORY_APPEAL_OF, Relation.CROSS_APPEAL_OF, Relation.POST_CONVICTION_OF}
)


class SentenceKind(StrEnum):
    """One part of a sentence [ECF, NIEM Term / Sanction]."""

    PRISON = "prison"
    JAIL = "jail"
    CUSTODY = "custody"
    LIFE = "life"
    LIFE_WITHOUT_PAROLE = "life_without_parole"
    DEATH = "death"
    PROBATION_SUPERVISED = "probation_supervised"
    PROBATION_UNSUPERVISED = "probation_unsupervised"
    SUPERVISED_RELEASE = "supervised_release"
    HOME_DETENTION = "home_detention"
    COMMUNITY_SERVICE = "community_service"
    FINE = "fine"
    COSTS = "costs"
    RESTITUTION = "restitution"
    FORFEITURE = "forfeiture"
    TREATMENT = "treatment"
    COURSE = "course"
    NO_CONTACT = "no_contact"
    REGISTRATION = "registration"
    LICENCE_LOSS = "licence_loss"
    OFFICE_OR_BAN = "office_or_ban"
    CONDITIONAL_DISCHARGE = "conditional_discharge"
    UNCONDITIONAL_DISCHARGE = "unconditional_discharge"
    TIME_SERVED = "time_served"


class Precision(StrEnum):
    """How much of a date is known [EDTF level 1]."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Qualifier(StrEnum):
    """How sure a date is [EDTF level 1]."""

    NONE = ""
    APPROXIMATE = "approximate"
    UNCERTAIN = "uncertain"


class DayRank(IntEnum):
    """The order of acts on one day, where no sequence says otherwise."""

    BEFORE = 0
    FILING = 1
    HEARING = 2
    RULING = 3
    VERDICT = 4
    JUDGMENT = 5
    SENTENCE = 6
    AFTER = 7

"""The fixed vocabulary as Django choices: the law's own words with labels, and the words only the record needs."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models

from cases.law import vocabulary as law

_LABELS = {
    "mixed": "Guilty on some counts, not on others",
    "not_disposed": "Not decided yet",
    "appealable": "Can still be appealed",
    "post_judgment_motion_pending": "Motion after judgment pending",
    "contested": "Finality contested",
    "under_appeal": "Under appeal",
    "under_further_review": "Under further review",
    "final": "Final",
    "final_by_withdrawal": "Final: appeal withdrawn",
    "open_active": "Open",
    "open_inactive": "Open, inactive",
    "disposed": "Decided in this court",
    "non_conviction": "Ended without conviction",
    "pre_charge": "Before charge",
    "provisional": "Provisional",
    "clemency_or_relief": "Clemency or relief",
    "offence_alleged": "Alleged offence",
    "licence_loss": "Loss of licence",
    "office_or_ban": "Loss of office or ban",
    "untimely_in_part": "Untimely in part",
    "custody": "Custody (prison or jail not stated)",
}


def label(slug: str) -> str:
    """Return the words a person reads for a stored slug: "notice_of_appeal" is "Notice of appeal"."""
    return _LABELS.get(slug) or slug.replace("_", " ").capitalize()


def options(words: Iterable[str], *, empty: str = "") -> list[tuple[str, str]]:
    """Return Django choices for the given slugs, the empty one labelled ``empty``."""
    return [(str(word), label(word) if word else empty or "Not stated") for word in words]


def _of(enum: type[StrEnum], *, empty: str = "") -> list[tuple[str, str]]:
    return options((member.value for member in enum), empty=empty)


CASE_KINDS = _of(law.CaseKind)
CASE_STATUSES = _of(law.CaseStatus)
FINALITIES = _of(law.Finality)
CHARGE_CLASSES = _of(law.ChargeClass)
OCCURRENCES = _of(law.Occurrence)
CATEGORIES = [(c.value, "Custody" if c is law.Category.CUSTODY else label(c.value)) for c in law.Category]
MOTIONS = options(law.MOTION_KINDS)
DECISIONS = _of(law.Decision)
TIMELINESS = _of(law.Timeliness)
PREJUDICES = _of(law.Prejudice, empty="Does not apply")
JEOPARDIES = _of(law.Jeopardy)
BYS = _of(law.By)
REASONS = _of(law.Reason)
REPLACES_HOW = _of(law.ReplacesHow, empty="Does not apply")
RELATIONS = _of(law.Relation)
SENTENCE_KINDS = _of(law.SentenceKind)
PRECISIONS = _of(law.Precision)
QUALIFIERS = _of(law.Qualifier, empty="Exact")
KINDS = [
    (label(category), options(kinds)) for category, kinds in law.KINDS.items()
]  # grouped by category, for the desk's select


def _distinct_kinds() -> list[tuple[str, str]]:
    seen: dict[str, str] = {}
    for kinds in law.KINDS.values():
        for kind in kinds:
            seen.setdefault(kind, label(kind))
    return list(seen.items())


ACT_KINDS = _distinct_kinds()


class Editorial(models.TextChoices):
    """How far a fact has come towards the public."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Unseen(models.TextChoices):
    """What was changed after publication by one person, and not looked at by a second one yet."""

    NOTHING = "", "Nothing"
    WORDS = "words", "Its words"
    EFFECT = "effect", "What it did to charges"


class CorrectionKind(models.TextChoices):
    """Why something that the public could read was changed."""

    ERROR = "error", "Error"
    UPDATE = "update", "Update"
    CLARIFICATION = "clarification", "Clarification"


class CourtSystem(models.TextChoices):
    """Whose court it is."""

    FEDERAL = "federal", "Federal"
    STATE = "state", "State"
    TRIBAL = "tribal", "Tribal"
    MILITARY = "military", "Military"
    INTERNATIONAL = "international", "International"
    OTHER = "other", "Other"


class CourtLevel(models.TextChoices):
    """What a court does."""

    TRIAL = "trial", "Trial court"
    APPELLATE = "appellate", "Appellate court"
    OTHER = "other", "Other court"


class PartyRole(models.TextChoices):
    """The part somebody has in a case, other than as the accused or the person sued [ECF]."""

    PLAINTIFF = "plaintiff", "Plaintiff"
    PROSECUTING_PARTY = "government", "Government"
    PETITIONER = "petitioner", "Petitioner"
    RESPONDENT = "respondent", "Respondent"
    APPELLANT = "appellant", "Appellant"
    APPELLEE = "appellee", "Appellee"
    INTERVENOR = "intervenor", "Intervenor"
    THIRD_PARTY_DEFENDANT = "third_party_defendant", "Third-party defendant"
    AMICUS = "amicus", "Friend of the court"
    WITNESS = "witness", "Witness"
    VICTIM = "victim", "Victim"
    DECEDENT = "decedent", "Decedent"
    GUARDIAN = "guardian", "Guardian"
    ADVOCATE = "advocate", "Advocacy organisation"


class OfficialRole(models.TextChoices):
    """An office held in a case, with a start and an end [NIEM CaseOfficial]."""

    JUDGE = "judge", "Judge"
    MAGISTRATE = "magistrate", "Magistrate"
    PANEL_JUDGE = "panel_judge", "Panel judge"
    PROSECUTOR = "prosecutor", "Prosecutor"
    SPECIAL_PROSECUTOR = "special_prosecutor", "Special prosecutor"
    DEFENCE_COUNSEL = "defence_counsel", "Defence counsel"
    PUBLIC_DEFENDER = "public_defender", "Public defender"
    PLAINTIFF_COUNSEL = "plaintiff_counsel", "Counsel for the plaintiff"
    SELF_REPRESENTED = "self_represented", "Self-represented"


PARTICIPANT_ROLES = [("Parties and others", PartyRole.choices), ("Officials and counsel", OfficialRole.choices)]


class Severity(models.TextChoices):
    """How grave a charge is [NIEM]."""

    UNKNOWN = "unknown", "Not established"
    FELONY = "felony", "Felony"
    MISDEMEANOR = "misdemeanor", "Misdemeanor"
    PETTY = "petty", "Petty offence"
    INFRACTION = "infraction", "Infraction"


class Applicability(models.TextChoices):
    """In what way the accused is said to have taken part [NIEM]."""

    PRINCIPAL = "principal", "Principal"
    ATTEMPT = "attempt", "Attempt"
    CONSPIRACY = "conspiracy", "Conspiracy"
    SOLICITATION = "solicitation", "Solicitation"
    AIDING = "aiding", "Aiding"


class Instrument(models.TextChoices):
    """The document that brought a charge [NIEM]. Empty where the reports do not say."""

    COMPLAINT = "complaint", "Complaint"
    INFORMATION = "information", "Information"
    INDICTMENT = "indictment", "Indictment"
    SUPERSEDING_INDICTMENT = "superseding_indictment", "Superseding indictment"
    AMENDED_INFORMATION = "amended_information", "Amended information"
    CITATION = "citation", "Citation"
    PETITION = "petition", "Petition"


class TermOrder(models.TextChoices):
    """How a term runs beside others."""

    NOT_STATED = "not_stated", "Not stated"
    CONCURRENT = "concurrent", "Concurrent"
    CONSECUTIVE = "consecutive", "Consecutive"


class SourceKind(models.TextChoices):
    """What sort of source says it."""

    COURT_RECORD = "court_record", "Court record"
    TRANSCRIPT = "transcript", "Transcript"
    OFFICIAL_STATEMENT = "official_statement", "Official statement"
    STATUTE_OR_RULE = "statute_or_rule", "Statute or rule"
    DIRECT_OBSERVATION = "direct_observation", "Direct observation"
    PARTY_STATEMENT = "party_statement", "Statement of a party"
    COUNSEL_STATEMENT = "counsel_statement", "Statement of counsel"
    NEWS_AGENCY = "news_agency", "News agency"
    NEWS_REPORT = "news_report", "News report"
    BROADCAST = "broadcast", "Broadcast"
    SOCIAL_POST = "social_post", "Social post"
    BOOK_OR_STUDY = "book_or_study", "Book or study"
    FOI_RELEASE = "foi_release", "Freedom-of-information release"
    REFERENCE_DATABASE = "reference_database", "Reference database"
    TIP = "tip", "Tip (never published)"


class Stance(models.TextChoices):
    """What a source says about an act."""

    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"

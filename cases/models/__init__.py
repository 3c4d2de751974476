"""The record's nouns, one family a file: court, matter and case, participants, charge, event, outcome, source."""

from cases.models.case import Case, CaseRelation, Matter
from cases.models.charge import Charge, Disposition
from cases.models.court import AppealPeriod, Court, Jurisdiction
from cases.models.event import Event, Ruling
from cases.models.outcome import Outcome, SentencePart
from cases.models.party import Defendant, Participant
from cases.models.source import Citation, Source

__all__ = [
    "AppealPeriod",
    "Case",
    "CaseRelation",
    "Charge",
    "Citation",
    "Court",
    "Defendant",
    "Disposition",
    "Event",
    "Jurisdiction",
    "Matter",
    "Outcome",
    "Participant",
    "Ruling",
    "SentencePart",
    "Source",
]

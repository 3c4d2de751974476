"""The record's nouns, one family a file: court, matter and case, parties, charge, event, outcome, source, entry."""

from cases.models.case import Case, CaseRelation, Matter
from cases.models.charge import Charge, Disposition
from cases.models.correction import Correction, CorrectionPlace
from cases.models.court import AppealPeriod, Court, Jurisdiction
from cases.models.entry import Entry
from cases.models.event import Concern, Event, Ruling
from cases.models.listing import ListCell, ListedCase
from cases.models.outcome import Outcome, SentencePart
from cases.models.party import Defendant, Participant
from cases.models.review import SecondLook
from cases.models.source import Citation, Source

__all__ = [
    "AppealPeriod",
    "Case",
    "CaseRelation",
    "Charge",
    "Citation",
    "Concern",
    "Correction",
    "CorrectionPlace",
    "Court",
    "Defendant",
    "Disposition",
    "Entry",
    "Event",
    "Jurisdiction",
    "ListCell",
    "ListedCase",
    "Matter",
    "Outcome",
    "Participant",
    "Ruling",
    "SecondLook",
    "SentencePart",
    "Source",
]

"""The verbs: the only way in which the record is written, by an editor's form and by a loader alike.

Every verb takes keyword-only arguments with ``by=``, the user who answers for the change; it is
atomic, and refuses with a ``ValidationError`` whose sentence says what to do. Several verbs in one
``sitting`` are one transaction, and the statuses are derived once, at its end.
"""

from cases.editing.correcting import CorrectionNeeded, correct, corrected, reword
from cases.editing.entering import enter, unenter
from cases.editing.heeding import review
from cases.editing.looking import confirm_words, look_at, waiting_looks, why_not_confirm
from cases.editing.people import merge_people, preview_merge, unmerge_people
from cases.editing.publication import confirm, publish, redraft, submit, withdraw
from cases.editing.restoring import bring_back, credit_words, put_back, restore
from cases.editing.rights import MERGE, NOT_YOURS, PUBLISH, PUBLISH_OWN, SEAL, may_change, why_not_publish
from cases.editing.sealing import lift_seal, seal_case, seal_defendant
from cases.editing.sitting import sitting
from cases.editing.status import catch_up, refold, refresh_status
from cases.editing.tending import assign, verify
from cases.editing.writing import concern, remove, save

__all__ = [
    "MERGE",
    "NOT_YOURS",
    "PUBLISH",
    "PUBLISH_OWN",
    "SEAL",
    "CorrectionNeeded",
    "assign",
    "bring_back",
    "catch_up",
    "concern",
    "confirm",
    "confirm_words",
    "correct",
    "corrected",
    "credit_words",
    "enter",
    "lift_seal",
    "look_at",
    "may_change",
    "merge_people",
    "preview_merge",
    "publish",
    "put_back",
    "redraft",
    "refold",
    "refresh_status",
    "remove",
    "restore",
    "review",
    "reword",
    "save",
    "seal_case",
    "seal_defendant",
    "sitting",
    "submit",
    "unenter",
    "unmerge_people",
    "verify",
    "waiting_looks",
    "why_not_confirm",
    "why_not_publish",
    "withdraw",
]

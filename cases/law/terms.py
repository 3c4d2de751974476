"""The terms the rules themselves give, and which kinds of act may give an outcome at all.

Every other term is a row an administrator keeps; the rules look only at its class, and at the few
slugs named here because law treats them in a way of their own.
"""

from cases.law.facts import Term
from cases.law.vocabulary import CHARGING_KINDS, Category, ChargeClass, Decision, Prejudice, ReplacesHow

FILED = Term("filed", ChargeClass.PENDING, "Charged")
CLAIMED = Term("filed", ChargeClass.PENDING, "Claim filed")
REMANDED = Term("remanded", ChargeClass.PENDING, "Sent back for new proceedings")
DISMISSED_UNSPECIFIED = Term("dismissed_unspecified", ChargeClass.NON_CONVICTION, "Dismissed")
UNKNOWN = Term("unknown", ChargeClass.UNKNOWN, "Not known")
ORDER_UNCERTAIN = Term("order_uncertain", ChargeClass.UNKNOWN, "Order uncertain")

REPLACED = {
    ReplacesHow.SUPERSEDED: Term("superseded", ChargeClass.REPLACED, "Superseded"),
    ReplacesHow.AMENDED: Term("amended", ChargeClass.REPLACED, "Amended"),
    ReplacesHow.MERGED: Term("merged", ChargeClass.REPLACED, "Merged"),
    ReplacesHow.TRANSFERRED: Term("transferred", ChargeClass.REPLACED, "Transferred"),
}

STATED_PREJUDICE = {
    "dismissed_with_prejudice": Prejudice.WITH,
    "dismissed_without_prejudice": Prejudice.WITHOUT,
    "dismissed_unspecified": Prejudice.UNSPECIFIED,
}

# An acquittal ends the matter: no appeal lies from it (Fong Foo v. United States, 369 U.S. 141 (1962)).
# A prosecutor's own notice, a grand jury's refusal, a completed diversion and a pardon before any verdict leave nobody
# anything to appeal.
FINAL_AT_ONCE = frozenset(
    {
        "acquitted_jury",
        "acquitted_bench",
        "acquitted_unspecified",
        "not_guilty_insanity",
        "nolle_prosequi",
        "no_true_bill",
        "not_bound_over",
        "declined",
        "diversion_completed",
        "pardoned_before_verdict",
        "settled",
        "withdrawn_claim",
    }
)

# Of these convictions the sources tell nothing further: that no sentence is recorded does not mean that one is awaited.
SENTENCE_UNTOLD = frozenset({"convicted_untold", "convicted_plea_untold"})
OPEN_RESOLUTIONS = frozenset({"settlement_pending_approval"})
ENDED_BEFORE_CHARGE = frozenset({"declined"})
POST_JUDGMENT_MOTIONS = frozenset({"new_trial", "reconsideration", "acquittal"})
OPEN_CLASSES = frozenset({ChargeClass.PENDING, ChargeClass.PRE_CHARGE, ChargeClass.PROVISIONAL})
_DECIDING_FILINGS = CHARGING_KINDS | {"notice_of_dismissal", "settlement_agreement"}
_DECIDING_CATEGORIES = frozenset(
    {
        Category.HEARING,
        Category.VERDICT,
        Category.JUDGMENT,
        Category.SENTENCE,
        Category.APPELLATE,
        Category.CLEMENCY_OR_RELIEF,
    }
)
_GRANTS = frozenset({"", Decision.GRANTED, Decision.GRANTED_IN_PART})


def may_dispose(category: str, kind: str, decision: str | None) -> bool:
    """Return whether an act of this sort can give a charge an outcome.

    Motions, statements, incidents, custody and denied motions never can. Of the filings only a
    charging document, a prosecutor's notice of dismissal and a settlement agreement act by themselves.
    """
    if category == Category.FILING:
        return kind in _DECIDING_FILINGS
    if category == Category.RULING:
        return (decision or "") in _GRANTS
    return category in _DECIDING_CATEGORIES


def is_open(cls: ChargeClass, term: str) -> bool:
    """Return whether a charge in this state still waits for its end."""
    return (cls in OPEN_CLASSES and term not in ENDED_BEFORE_CHARGE) or term in OPEN_RESOLUTIONS

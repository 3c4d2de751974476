"""Which outcomes make sense for a charge, given what is entered and where the charge stands. Pure."""

from cases.law import terms
from cases.law.vocabulary import Category, ChargeClass
from desk.ruling.kinds import Kind

DISMISSALS = ("dismissed_with_prejudice", "dismissed_without_prejudice", "dismissed_unspecified")
_BY_JURY = ("convicted_jury", "acquitted_jury", "convicted_lesser")
_BY_JUDGE = ("convicted_bench", "acquitted_bench")
_OTHER_VERDICTS = ("not_guilty_insanity", "guilty_but_mentally_ill", "verdict_awaiting_judgment", "mistrial_pending")
_CIVIL_VERDICTS = ("judgment_for_plaintiff", "judgment_for_defendant")
_PLEAS = ("convicted_guilty_plea", "convicted_no_contest", "convicted_alford")
_CONVICTIONS = ("convicted_jury", "convicted_bench", *_PLEAS)

# What a kind does to a charge that is open, to one that ended in a conviction, and to one that ended without.
_OPEN: dict[str, tuple[str, ...]] = {
    "ruling:dismiss": (*DISMISSALS, "time_barred", "abated_by_death", "dismissed_moot_clemency"),
    "ruling:acquittal": ("judgment_of_acquittal",),
    "ruling:summary_judgment": ("judgment_for_defendant", "judgment_for_plaintiff"),
    "ruling:approve_settlement": ("settled",),
    "ruling:reconsideration": DISMISSALS,
    "ruling:new_trial": ("retrial_ordered",),
    "ruling:other": DISMISSALS,
    "verdict": (*_BY_JURY, *_BY_JUDGE, *_OTHER_VERDICTS, "convicted_unspecified", "acquitted_unspecified"),
    "verdict:hung": ("mistrial_pending",),
    "verdict:mistrial": ("mistrial_pending",),
    "hearing:plea_hearing": (*_PLEAS, "deferred_adjudication", "on_diversion"),
    "hearing:preliminary": ("bound_over", "not_bound_over"),
    "judgment:conviction_entered": _CONVICTIONS,
    "judgment:acquittal_entered": ("acquitted_bench", "acquitted_jury", "judgment_of_acquittal"),
    "judgment:dismissal": (*DISMISSALS, "time_barred", "diversion_completed"),
    "judgment:default": ("default_judgment",),
    "judgment:consent": ("settled", "judgment_for_plaintiff", "judgment_for_defendant"),
    "judgment:summary": ("judgment_for_defendant", "judgment_for_plaintiff"),
    "filing:notice_of_dismissal": ("nolle_prosequi", *DISMISSALS),
    "filing:settlement_agreement": ("settlement_pending_approval", "settled"),
    "clemency_or_relief:pardon": ("pardoned_before_verdict",),
    "clemency_or_relief:amnesty": ("pardoned_before_verdict",),
}
_CONVICTED: dict[str, tuple[str, ...]] = {
    "ruling:dismiss": ("dismissed_with_prejudice", "vacated_discharged", "abated_by_death", "dismissed_moot_clemency"),
    "ruling:new_trial": ("retrial_ordered",),
    "ruling:acquittal": ("judgment_of_acquittal",),
    "ruling:reconsideration": ("retrial_ordered", "vacated_discharged"),
    "ruling:other": ("vacated_discharged", "plea_withdrawn"),
    "hearing:plea_hearing": ("plea_withdrawn",),
    "judgment:conviction_entered": _CONVICTIONS,
    "judgment:acquittal_entered": ("judgment_of_acquittal",),
    "judgment:dismissal": ("dismissed_with_prejudice", "diversion_completed"),
    "appellate:reversed": ("vacated_discharged", "retrial_ordered", "judgment_of_acquittal"),
    "appellate:vacated": ("vacated_discharged", "retrial_ordered", "judgment_of_acquittal"),
    "appellate:reversed_and_remanded": ("retrial_ordered", "remanded", "vacated_discharged"),
    "appellate:vacated_and_remanded": ("retrial_ordered", "remanded", "vacated_discharged"),
    "appellate:affirmed_in_part": ("vacated_discharged", "retrial_ordered", "convicted_lesser"),
    "appellate:modified": ("convicted_lesser",),
}
_DISMISSED: dict[str, tuple[str, ...]] = {
    "ruling:reconsideration": ("reinstated",),
    "ruling:other": ("reinstated",),
    "appellate:reversed": ("reinstated", "remanded"),
    "appellate:vacated": ("reinstated", "remanded"),
    "appellate:reversed_and_remanded": ("remanded", "reinstated"),
    "appellate:vacated_and_remanded": ("remanded", "reinstated"),
    "appellate:affirmed_in_part": ("reinstated", "remanded"),
    "appellate:modified": DISMISSALS,
}
_ACQUITTALS = ("acquitted_jury", "acquitted_bench", "acquitted_unspecified", "not_guilty_insanity")


def decides(kind: Kind, decision: str) -> bool:
    """Whether an act of this sort can give a charge an outcome at all; a denied motion never does."""
    return terms.may_dispose(kind.category, kind.kind, decision)


def likely(kind: Kind, decision: str, cls: str, term: str, *, civil: bool) -> tuple[str, ...]:
    """Return the slugs of the outcomes that make sense for a charge in this state, the likeliest first."""
    if not decides(kind, decision):
        return ()
    if cls in (ChargeClass.CONVICTION, ChargeClass.PROVISIONAL):
        provisional = _OPEN.get(kind.slug, ()) if cls == ChargeClass.PROVISIONAL else ()
        return tuple(dict.fromkeys((*provisional, *_CONVICTED.get(kind.slug, ()))))
    if civil and kind.slug == "filing:notice_of_dismissal":
        return ("withdrawn_claim", *DISMISSALS) if terms.is_open(ChargeClass(cls), term) else ()
    if civil and kind.is_verdict:
        return _CIVIL_VERDICTS if cls == ChargeClass.PENDING else ()
    if terms.is_open(ChargeClass(cls), term) or cls == ChargeClass.UNKNOWN:
        return _OPEN.get(kind.slug, ())
    if cls in (ChargeClass.NON_CONVICTION, ChargeClass.RESOLVED) and term not in _ACQUITTALS:
        return _DISMISSED.get(kind.slug, ())
    return ()


def is_dismissal(slug: str, cls: str) -> bool:
    """Whether an outcome ended a charge without a verdict, so that it can have a reason."""
    acquitted = (*_ACQUITTALS, "judgment_of_acquittal")
    return cls == ChargeClass.NON_CONVICTION and slug not in acquitted


def prejudice_of(slug: str) -> str:
    """Return what the outcome itself says about bringing the charge again."""
    return terms.STATED_PREJUDICE[slug].value if slug in terms.STATED_PREJUDICE else ""


def by_of(slug: str, kind: Kind, said: str) -> str:
    """Return who ended the charge: what was said for the whole act, or what the outcome itself tells."""
    if kind.slug == "filing:notice_of_dismissal":
        return "prosecution_notice"
    if slug.endswith("_jury"):
        return "jury"
    return said if kind.names_mover and kind.category is not Category.VERDICT else ""

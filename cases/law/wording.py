"""The words for an answer: generated from term, finality and overlays, and never more than the acts say.

The outcome leads, and a favourable one is as prominent as the accusation was. A dismissal is never
"cleared", an acquittal never "innocent", a no contest plea never "pleaded guilty".
"""

from collections.abc import Sequence, Set

from cases.law import terms
from cases.law.answers import ChargeAnswer, FinalityAnswer
from cases.law.civil import of_a_claim
from cases.law.dates import PartialDate, day_words
from cases.law.facts import Act, Id, Refiling, Term
from cases.law.fold import Course
from cases.law.sentences import sentence_words
from cases.law.vocabulary import By, CaseKind, CaseStatus, ChargeClass, Finality, Prejudice, Reason

_LEADS = {
    "filed": "Charged",
    "referred": "Referred for prosecution; not charged",
    "declined": "Prosecution declined",
    "bound_over": "Bound over for trial",
    "on_diversion": "On a diversion programme",
    "mistrial_pending": "Mistrial; the charge is still pending",
    "retrial_ordered": "New trial ordered; the charge is pending again",
    "remanded": "Sent back for new proceedings; the charge is pending again",
    "plea_withdrawn": "Plea withdrawn; the charge is pending again",
    "reinstated": "Reinstated; pending again",
    "convicted_jury": "Convicted by a jury",
    "convicted_bench": "Convicted by a judge",
    "convicted_guilty_plea": "Convicted on a guilty plea",
    "convicted_no_contest": "Convicted on a no contest plea",
    "convicted_alford": "Convicted on an Alford plea",
    "convicted_lesser": "Convicted of a lesser offence",
    "convicted_unspecified": "Convicted",
    "convicted_untold": "Convicted",
    "convicted_plea_untold": "Pleaded guilty",
    "charged_untold": "Charged, outcome not known",
    "conviction_overturned": "Conviction overturned",
    "guilty_but_mentally_ill": "Found guilty but mentally ill",
    "deferred_adjudication": "Judgment deferred",
    "conditional_discharge": "Conditionally discharged",
    "verdict_awaiting_judgment": "Verdict of guilty; no judgment entered yet",
    "nolle_prosequi": "Dropped by the prosecution",
    "dismissed_without_prejudice": "Dismissed without prejudice",
    "dismissed_with_prejudice": "Dismissed with prejudice",
    "dismissed_unspecified": "Dismissed",
    "no_true_bill": "Not indicted: the grand jury returned no true bill",
    "not_bound_over": "Not bound over for trial",
    "acquitted_jury": "Acquitted by a jury",
    "acquitted_bench": "Acquitted by a judge",
    "acquitted_unspecified": "Acquitted",
    "judgment_of_acquittal": "Acquitted by judgment of the court",
    "not_guilty_insanity": "Not guilty by reason of insanity",
    "diversion_completed": "Diversion completed; the charge ended",
    "abated_by_death": "Ended by the defendant's death",
    "time_barred": "Dismissed as out of time",
    "vacated_discharged": "Conviction vacated",
    "dismissed_moot_clemency": "Dismissed as moot after clemency",
    "pardoned_before_verdict": "Pardoned before a verdict",
    "merged": "Merged with another charge",
    "settlement_pending_approval": "Settlement announced; waiting for the court's approval",
    "order_uncertain": "Order uncertain: the dates do not show which act came last",
    "unknown": "Outcome not known",
}
_BY = {
    By.COURT: " by the court",
    By.COURT_ON_DEFENCE_MOTION: " by the court on the defence's motion",
    By.COURT_ON_PROSECUTION_MOTION: " by the court on the prosecution's motion",
    By.PROSECUTION_NOTICE: " by the prosecution",
}
_BECAUSE = {
    Reason.INSUFFICIENT_EVIDENCE: "for lack of evidence",
    Reason.EVIDENCE_WITHHELD: "because evidence was withheld",
    Reason.SPEEDY_TRIAL: "because the trial came too late",
    Reason.WITNESS_UNAVAILABLE: "because a witness was unavailable",
    Reason.PLEA_AGREEMENT: "under a plea agreement",
    Reason.DOUBLE_JEOPARDY: "because nobody may be tried twice for the same offence",
    Reason.IMMUNITY: "because of immunity",
    Reason.JURISDICTION: "for want of jurisdiction",
    Reason.INTERESTS_OF_JUSTICE: "in the interests of justice",
    Reason.COMPETENCY: "because the defendant was not fit to stand trial",
    Reason.LIMITATIONS: "because it was brought too late",
    Reason.DEATH: "because the defendant died",
    Reason.CLEMENCY: "because of clemency",
    Reason.FAILURE_TO_PROSECUTE: "because it was not pursued",
    Reason.SETTLEMENT: "after a settlement",
}
FINAL_HERE = "Final in this case."  # of a charge that can be brought in another
_DISMISSALS = frozenset(terms.STATED_PREJUDICE) | {"nolle_prosequi", "time_barred"}
_NOT_TOLD = {
    "charged_untold": ["Charged", "the sources do not say what became of the charge"],
    "conviction_overturned": ["Conviction overturned", "the sources do not say what then became of the charge"],
}
# What clemency and relief are called: they change the wording of an outcome, never the outcome.
OVERLAYS = {
    "pardon": "pardoned",
    "commutation": "sentence commuted",
    "reprieve": "sentence reprieved",
    "amnesty": "granted amnesty",
    "set_aside": "conviction set aside",
}
_EXECUTION = {
    "revoked": "Probation or suspension revoked",
    "stayed": "Sentence stayed",
    "completed": "Sentence completed",
}
_STATUS = {
    CaseStatus.OPEN_ACTIVE: "Open",
    CaseStatus.OPEN_INACTIVE: "Open, inactive",
    CaseStatus.REOPENED: "Reopened",
    CaseStatus.DISPOSED: "Decided in this court",
    CaseStatus.CLOSED_ADMINISTRATIVELY: "Closed administratively",
    CaseStatus.TRANSFERRED_OUT: "Transferred to another court",
    CaseStatus.CONSOLIDATED: "Consolidated into another case",
    CaseStatus.SEALED: "Sealed",
    CaseStatus.UNKNOWN: "Status not known",
}
_STAGES = {
    "awaiting_sentence": "waiting for sentence",
    "awaiting_judgment": "waiting for judgment",
    "diversion": "on diversion",
    "stayed": "proceedings stayed",
    "deferred": "judgment deferred",
}


def on_date(when: PartialDate) -> str:
    """Return " on 12 July 2024", " in July 2024", or ", on a day not known"."""
    if not when.is_known:
        return ", on a date not known"
    words = str(when)
    if words.startswith("about"):
        return f", {words}"
    return f" on {words}" if when.is_day else f" in {words}"


def finality_words(final: FinalityAnswer | None) -> str:
    """Return one sentence on whether the result can still change; "" where there is nothing to say."""
    if final is None or final.value is Finality.NOT_DISPOSED:
        return ""
    value, deadline = final.value, final.deadline
    if value is Finality.APPEALABLE:
        if deadline:
            until = f"until about {day_words(deadline.on)} (estimate, {deadline.authority})"
            return f"Not yet final: it can be appealed {until}."
        return "Not yet final: it can still be appealed or reviewed."
    if value is Finality.FINAL_BY_WITHDRAWAL:
        since = f" since {day_words(final.since)}" if final.since else ""
        return f"Final{since}, when the appeal was withdrawn." if since else "Final: the appeal was withdrawn."
    if value is Finality.UNDER_APPEAL and final.because:
        return (
            f"Not final: under appeal. Notice was filed{on_date(final.because[-1].on)}; no decision on it is recorded."
        )
    if value is Finality.FINAL and deadline:
        return (
            f"Final: no appeal is recorded by the estimated deadline, {day_words(deadline.on)} ({deadline.authority})."
        )
    return {
        Finality.FINAL: "Final.",
        Finality.POST_JUDGMENT_MOTION_PENDING: "Not final: a motion against the decision is pending.",
        Finality.CONTESTED: (
            "Not shown to be final: a motion against the decision was denied, "
            "and the record does not settle whether the time to appeal has run out."
        ),
        Finality.UNDER_APPEAL: "Not final: under appeal.",
        Finality.UNDER_FURTHER_REVIEW: "Not final: under further review.",
        Finality.UNKNOWN: "",
    }[value]


def _lead(term: Term, *, by: By, prejudice: Prejudice, civil: bool) -> str:
    if term.slug == "filed" and civil:
        return "Claim filed"
    if by is By.PROSECUTION_NOTICE and term.slug in _DISMISSALS:
        manner = {Prejudice.WITH: " with prejudice", Prejudice.WITHOUT: " without prejudice"}.get(prejudice, "")
        return of_a_claim(f"Dropped by the prosecution{manner}", civil=civil)
    lead = _LEADS.get(term.slug, term.label)
    lead += _BY.get(by, "") if term.slug in _DISMISSALS and term.slug != "nolle_prosequi" else ""
    return of_a_claim(lead, civil=civil)


def charge_wording(
    course: Course,
    term: Term,
    final: FinalityAnswer | None,
    *,
    civil: bool,
    stayed: bool,
    sealed: Act | None,
    refilings: Sequence[Refiling],
    unknown: bool = False,
    goes_on: str = "",
) -> str:
    """Return the sentences that tell where one charge stands. ``unknown``: an editor says that nobody knows.

    ``goes_on`` says in which charge it goes on, if another took its place.
    """
    if sealed is not None:
        return f"This record is sealed{on_date(sealed.on)}." if sealed.kind == "sealed" else "This record was expunged."
    state = course.state
    if term.slug == "order_uncertain":
        acts = "; ".join(f"{act.title or act.kind} ({act.on})" for act in course.uncertain)
        return f"{_LEADS['order_uncertain']}: {acts}."
    if term.slug != state.term.slug:  # an enhancement that goes with its count
        if term.cls is ChargeClass.UNKNOWN:
            return "Whether it was found is not recorded."
        lead = _lead(term, by=By.NOT_STATED, prejudice=Prejudice.NOT_APPLICABLE, civil=civil)
        return f"{lead}, with the count it is attached to."
    act = state.decided_by or course.created_by
    lead, *clauses = _history(course, civil=civil)
    when = on_date(act.on)
    if state.reason in _BECAUSE and term.slug in _DISMISSALS:
        lead = f"{lead}, {_BECAUSE[state.reason]}"
        when = when if when.startswith(",") else f",{when}"
    clauses += _tail(course, stayed=stayed, refilings=refilings, unknown=unknown)
    clauses += filter(None, [goes_on])
    sentences = ["; ".join([lead + when, *clauses]) + "."]
    sentences += _after(course, final)
    return " ".join(filter(None, sentences))


def _history(course: Course, *, civil: bool) -> list[str]:
    """Return the outcome, which the date follows, and then what else the acts show of how it came about."""
    state = course.state
    lead, *clauses = _lead(state.term, by=state.by, prejudice=state.prejudice, civil=civil).split("; ")
    was_convicted = any(term.cls is ChargeClass.CONVICTION for term in course.past)
    if state.term.slug == "dismissed_moot_clemency":
        plea = "Guilty plea" if any(t.slug == "convicted_guilty_plea" for t in course.past) else "Conviction"
        clemency = [OVERLAYS[act.kind] for act in course.overlays]
        return ["; ".join([plea, *clemency, "dismissed as moot"])] if was_convicted else [lead]
    if state.term.slug == "vacated_discharged":
        return [lead] if was_convicted else [state.term.label]
    if state.term.slug in _NOT_TOLD:
        return [of_a_claim(words, civil=civil) for words in _NOT_TOLD[state.term.slug]]
    if was_convicted and state.cls is not ChargeClass.CONVICTION:
        clauses.append("the earlier conviction no longer stands")
    return [lead, *clauses]


def _tail(course: Course, *, stayed: bool, refilings: Sequence[Refiling], unknown: bool) -> list[str]:
    """Return what the charge waits for, or whether it came back."""
    state = course.state
    if terms.is_open(state.cls, state.term.slug):
        if unknown:
            return ["outcome not known"]
        return ["proceedings stayed"] if stayed else ["not decided"] if state.term.slug == "filed" else []
    if refilings:
        first = min(refilings, key=lambda r: (r.on.earliest, r.caption))
        where = f" in {first.caption}" if first.caption else ""
        return [f"refiled{on_date(first.on)}{where}"]
    if state.prejudice is Prejudice.WITHOUT and state.cls is ChargeClass.NON_CONVICTION:
        return ["it could be refiled"]
    return []


def _after(course: Course, final: FinalityAnswer | None) -> list[str]:
    """Return the sentences after the outcome: restoration, sentence, clemency, finality."""
    state = course.state
    found = []
    if course.restored_by and state.settled_by is not None and state.settled_by.id == course.restored_by[-1].id:
        found.append(f"Restored{on_date(state.settled_by.on)}, when a decision against it was itself reversed.")
    if state.cls is ChargeClass.CONVICTION:
        if state.sentence_act is None:
            untold = state.term.slug in terms.SENTENCE_UNTOLD
            found.append("The sources tell of no sentence." if untold else "Not yet sentenced.")
        else:
            revoked = any(act.kind == "revoked" for act in course.execution)
            words = sentence_words(state.sentence, in_force=not revoked)
            verb = "Sentence changed" if state.sentence_act.kind == "modified" else "Sentenced"
            found.append(f"{verb}{on_date(state.sentence_act.on)}{f' to {words}' if words else ''}.")
            found += [f"{_EXECUTION[act.kind]}{on_date(act.on)}." for act in course.execution]
        found += [f"{OVERLAYS[act.kind].capitalize()}{on_date(act.on)}." for act in course.overlays]
    words = finality_words(final)
    # Beside "could be refiled", the bare word would say that it can not.
    comes_back = state.prejudice is Prejudice.WITHOUT and state.cls is ChargeClass.NON_CONVICTION
    found.append(FINAL_HERE if comes_back and words == "Final." else words)
    return found


def _tally(live: Sequence[ChargeAnswer], *, civil: bool) -> list[str]:
    """Return one phrase for each kind of outcome among a defendant's counts, convictions first."""
    found: list[str] = []
    convicted = [a for a in live if a.cls is ChargeClass.CONVICTION]
    if convicted:
        found.append(f"convicted of {len(convicted)} of {len(live)} counts")
    groups: dict[str, int] = {}
    for answer in live:
        if answer.cls is ChargeClass.CONVICTION:
            continue
        phrase = of_a_claim(_phrase(answer), civil=civil)
        groups[phrase] = groups.get(phrase, 0) + 1
    return found + [phrase.format(n=groups[phrase]) for phrase in sorted(groups)]


def _phrase(answer: ChargeAnswer) -> str:
    if answer.term in ("acquitted_jury", "acquitted_bench", "acquitted_unspecified", "judgment_of_acquittal"):
        return "acquitted of {n}"
    if terms.is_open(answer.cls, answer.term):
        return "{n} pending"
    name = _LEADS.get(answer.term, answer.label).split(":")[0].split(";")[0]
    if answer.by is By.PROSECUTION_NOTICE:
        name = "Dropped by the prosecution"
    return "{n} " + name[:1].lower() + name[1:].replace("{", "(").replace("}", ")")


def defendant_summary(
    live: Sequence[ChargeAnswer],
    *,
    replaced: Set[str],
    civil: bool,
    sealed: bool,
    refiled: Set[Id],
    unknown: bool = False,
) -> str:
    """Return the defendant's standing in a few words; mixed outcomes are listed, never collapsed.

    ``unknown``: an editor says that nobody knows where the case stands, so nothing is said to be pending now.
    """
    thing = "Claims" if civil else "Charges"
    if sealed:
        return "Record sealed"
    if not live:
        if replaced == {"transferred"}:
            return f"{thing} moved to another court"
        return f"{thing} replaced by others" if replaced else f"No {thing.lower()} on record"
    if any(terms.is_open(a.cls, a.term) for a in live):
        rest = _tally(live, civil=civil)
        if rest == [f"{len(live)} pending"]:
            brought = "Claims brought" if civil else "Charged"
            return f"{brought}, outcome not known" if unknown else f"{thing} pending"
        return f"{thing} pending: {', '.join(rest)}"
    if len(live) == 1 or len({(a.term, a.prejudice, a.by) for a in live}) == 1:
        return _single(live, refiled, civil=civil)
    return _capital(", ".join(_tally(live, civil=civil)))


def _single(live: Sequence[ChargeAnswer], refiled: Set[Id], *, civil: bool) -> str:
    answer = live[0]
    if answer.term == "dismissed_moot_clemency":
        words = answer.wording.split(" on ")[0].split(".")[0]
    else:
        term = Term(answer.term, answer.cls, answer.label)
        plain = answer.by if answer.by is By.PROSECUTION_NOTICE else By.NOT_STATED
        words = _lead(term, by=plain, prejudice=answer.prejudice, civil=civil)
    if len(live) > 1:
        words = f"{words} ({'both' if len(live) == 2 else f'all {len(live)}'} {'claims' if civil else 'counts'})"
    if answer.charge.id in refiled:
        return of_a_claim(f"{words}; charged again later", civil=civil)
    if answer.prejudice is Prejudice.WITHOUT and answer.cls is ChargeClass.NON_CONVICTION:
        return f"{words}, could be refiled"
    return words


def defendant_wording(summary: str, live: Sequence[ChargeAnswer], *, sealed: bool) -> str:
    """Return the summary with what is shared by all counts: finality, clemency, a missing sentence."""
    if sealed or not live:
        return f"{summary}."
    extra = []
    unsentenced = [a for a in live if a.cls is ChargeClass.CONVICTION and not a.sentenced]
    if any(a.term not in terms.SENTENCE_UNTOLD for a in unsentenced):
        extra.append("not yet sentenced")
    sentences = {sentence_words(a.sentence) for a in live if a.cls is ChargeClass.CONVICTION and a.sentence}
    extra += [f"sentenced to {words}" for words in sorted(sentences)]
    overlays = {act.kind for a in live for act in a.overlays if a.term != "dismissed_moot_clemency"}
    extra += [words for kind, words in OVERLAYS.items() if kind in overlays]
    values = {a.finality.value for a in live if a.finality}
    if values and values <= {Finality.FINAL, Finality.FINAL_BY_WITHDRAWAL}:
        comes_back = any(a.prejudice is Prejudice.WITHOUT and a.cls is ChargeClass.NON_CONVICTION for a in live)
        extra.append("final in this case" if comes_back else "final")
    elif Finality.UNDER_APPEAL in values:
        extra.append("not final: under appeal")
    elif values & {Finality.APPEALABLE, Finality.CONTESTED, Finality.POST_JUDGMENT_MOTION_PENDING}:
        extra.append("not shown to be final" if Finality.CONTESTED in values else "not yet final")
    elif Finality.UNDER_FURTHER_REVIEW in values:
        extra.append("not final: under further review")
    if any(a.stayed for a in live):
        extra.append("proceedings stayed")
    return ", ".join([summary, *extra]) + "."


def case_wording(
    kind: CaseKind, status: CaseStatus, stage: str, final: FinalityAnswer, *, overridden: str, uncertain: bool
) -> str:
    """Return the sentences that tell where a case stands."""
    words = _STATUS[status]
    if kind is CaseKind.APPELLATE and status is CaseStatus.DISPOSED:
        words = "Appeal ended"
    if uncertain and status is CaseStatus.UNKNOWN:
        words = f"{words}: the order of the acts is uncertain"
    elif stage in _STAGES:
        words = f"{words}: {_STAGES[stage]}"
    tail = f"Set by an editor: {overridden}" if overridden else ""
    return " ".join(filter(None, (f"{words}.", finality_words(final) if not overridden else "", tail)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""A tiny builder of CaseFacts from short literals, so that a test reads like the docket it is about.

Persons are invented. ``act("verdict", "2024-03-06", "verdict mixed", {"theft": "convicted_jury"})``
is an act with its id, its date as far as known, its category, kind and decision, and its outcomes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.law.answers import CaseAnswer, ChargeAnswer, DefendantAnswer
from cases.law.dates import PartialDate
from cases.law.facts import (
    Act,
    Appeal,
    AppealPeriod,
    CaseFacts,
    Charge,
    Defendant,
    Outcome,
    Refiling,
    SentencePart,
    Term,
)
from cases.law.status import case_status
from cases.law.vocabulary import (
    CaseKind,
    Category,
    ChargeClass,
    Decision,
    Occurrence,
    Precision,
    Prejudice,
    ReplacesHow,
    SentenceKind,
    Timeliness,
)

TERMS_BY_CLASS: dict[ChargeClass, dict[str, str]] = {
    ChargeClass.PRE_CHARGE: {"referred": "Referred to prosecutors", "declined": "Prosecution declined"},
    ChargeClass.PENDING: {
        "filed": "Filed",
        "bound_over": "Bound over for trial",
        "on_diversion": "On diversion",
        "mistrial_pending": "Mistrial, charge still pending",
        "retrial_ordered": "New trial ordered",
        "remanded": "Sent back to the trial court",
        "plea_withdrawn": "Plea withdrawn",
    },
    ChargeClass.CONVICTION: {
        "convicted_jury": "Convicted by a jury",
        "convicted_bench": "Convicted by a judge",
        "convicted_guilty_plea": "Convicted on a guilty plea",
        "convicted_no_contest": "Convicted on a no contest plea",
        "convicted_alford": "Convicted on an Alford plea",
        "guilty_but_mentally_ill": "Guilty but mentally ill",
        "convicted_lesser": "Convicted of a lesser offence",
        "convicted_unspecified": "Convicted",
        "convicted_untold": "Convicted, sentence not told",
        "convicted_plea_untold": "Pleaded guilty, sentence not told",
    },
    ChargeClass.PROVISIONAL: {
        "deferred_adjudication": "Adjudication deferred",
        "conditional_discharge": "Conditional discharge",
        "verdict_awaiting_judgment": "Guilty verdict, judgment not yet entered",
    },
    ChargeClass.NON_CONVICTION: {
        "nolle_prosequi": "Dropped by the prosecution",
        "dismissed_without_prejudice": "Dismissed without prejudice",
        "dismissed_with_prejudice": "Dismissed with prejudice",
        "dismissed_unspecified": "Dismissed",
        "no_true_bill": "Not indicted by the grand jury",
        "not_bound_over": "Not bound over for trial",
        "acquitted_jury": "Acquitted by a jury",
        "acquitted_bench": "Acquitted by a judge",
        "acquitted_unspecified": "Acquitted",
        "judgment_of_acquittal": "Judgment of acquittal",
        "not_guilty_insanity": "Not guilty by reason of insanity",
        "diversion_completed": "Dismissed after diversion",
        "abated_by_death": "Abated by death",
        "time_barred": "Barred by time",
        "vacated_discharged": "Conviction vacated",
        "dismissed_moot_clemency": "Dismissed as moot after clemency",
        "pardoned_before_verdict": "Pardoned before a verdict",
    },
    ChargeClass.REPLACED: {
        "superseded": "Superseded",
        "amended": "Amended",
        "merged": "Merged",
        "refiled_as": "Refiled",
        "transferred": "Transferred to another court",
        "enhancement_removed": "Enhancement removed",
    },
    ChargeClass.RESOLVED: {
        "settled": "Settled",
        "settlement_pending_approval": "Settlement awaiting approval",
        "judgment_for_plaintiff": "Judgment for the plaintiff",
        "judgment_for_defendant": "Judgment for the defendant",
        "default_judgment": "Default judgment",
        "withdrawn_claim": "Claim withdrawn",
    },
    ChargeClass.UNKNOWN: {
        "charged_untold": "Charged, outcome not told",
        "conviction_overturned": "Conviction overturned",
        "unknown": "Not known",
    },
}
TERMS = {slug: Term(slug, cls, label) for cls, terms in TERMS_BY_CLASS.items() for slug, label in terms.items()}

NAMES = {"ada": "Ada Moreno", "ben": "Ben Okafor", "cleo": "Cleo Varga"}
PERIOD = AppealPeriod(30, "Rule 12 of the appeal rules")


def scenario(name: str) -> pytest.MarkDecorator:
    """Name the row of cases/law/README.md that a test is about; it becomes part of the test's id."""
    return pytest.mark.parametrize("scenario", [name], indirect=True, ids=[name])


def when(text: str | None) -> PartialDate:
    """Read "2024-07-12", "2024-07", "2024", "2024-07-09/2024-07-12", or None for a date not known."""
    if text is None:
        return PartialDate(None, Precision.UNKNOWN)
    first, _, last = text.partition("/")
    precision = {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}[len(first)]
    start = date.fromisoformat(first + "-01-01"[len(first) - 10 :] if len(first) < 10 else first)
    return PartialDate(start, precision, until=date.fromisoformat(last) if last else None)


def outcome(charge: str, term: str, **said: Any) -> Outcome:
    """One outcome of an act. A dismissal's prejudice follows from its term unless it is said."""
    implied = {
        "dismissed_with_prejudice": Prejudice.WITH,
        "dismissed_without_prejudice": Prejudice.WITHOUT,
    }.get(term, Prejudice.NOT_APPLICABLE)
    return Outcome(charge, TERMS[term], **{"prejudice": implied, **said})


def act(
    name: str,
    on: str | None,
    what: str,
    results: Mapping[str, str] | Iterable[Outcome] = (),
    *,
    of: Iterable[str] = (),
    entered: str | None = None,
    occurrence: Occurrence = Occurrence.HELD,
    case: str = "",
    seq: int | None = None,
    reverses: str | None = None,
    by: str | None = None,
    timeliness: Timeliness = Timeliness.NOT_STATED,
    sentence: Iterable[SentencePart] = (),
) -> Act:
    """One act. ``what`` is "category kind", with the decision for a ruling and the motion for a motion."""
    category, kind, *rest = what.split()
    outcomes = [outcome(c, t) for c, t in results.items()] if isinstance(results, Mapping) else list(results)
    return Act(
        id=name,
        on=when(on),
        category=Category(category),
        kind=kind,
        case=case,
        title=name,
        sequence=seq,
        occurrence=occurrence,
        decision=Decision(rest[0]) if category == "ruling" and rest else None,
        motion=rest[0] if category != "ruling" and rest else "",
        timeliness=timeliness,
        entered_on=when(entered) if entered else None,
        reverses=reverses,
        by=by,
        defendants=frozenset(of),
        outcomes=tuple(outcomes),
        sentence=tuple(sentence),
    )


def part(charge: str, kind: str, **amounts: Any) -> SentencePart:
    """One part of a sentence: ``part("theft", "prison", months=18)``."""
    return SentencePart(charge, SentenceKind(kind), **amounts)


def charge(
    name: str,
    by: str,
    *,
    against: str = "ada",
    count: int | None = None,
    enhances: str | None = None,
    replaces: str | None = None,
    how: str = "",
) -> Charge:
    """One charge, brought by the act of that name."""
    return Charge(
        id=name,
        defendant=against,
        title=name.replace("-", " ").capitalize(),
        created_by=by,
        count=count,
        enhances=enhances,
        replaces=replaces,
        replaces_how=ReplacesHow(how),
    )


def appeal(*parties: str, case: str = "appeal", interlocutory: bool = False) -> Appeal:
    """An appeal of the case, to which the named defendants are parties."""
    return Appeal(case, frozenset(parties or ("ada",)), interlocutory)


def refiled(name: str, on: str, caption: str = "The People v. Moreno (second case)") -> Refiling:
    """Say that the charge was brought again in another case."""
    return Refiling(name, when(on), caption)


def case(
    charges: Iterable[Charge],
    *acts: Act,
    kind: str = "criminal",
    name: str = "trial",
    appeals: Iterable[Appeal] = (),
    refilings: Iterable[Refiling] = (),
    period: AppealPeriod | None = PERIOD,
    people: Iterable[str] = (),
) -> CaseFacts:
    """The facts of one case. Acts that name no case are its own; the defendants are those charged."""
    charges = tuple(charges)
    charged = dict.fromkeys([*people, *(str(c.defendant) for c in charges)])
    return CaseFacts(
        id=name,
        kind=CaseKind(kind),
        acts=tuple(a if a.case else replace(a, case=name) for a in acts),
        charges=charges,
        defendants=tuple(Defendant(key, NAMES[key]) for key in charged),
        appeals=tuple(appeals),
        refilings=tuple(refilings),
        period=period,
        caption="The People v. " + " and ".join(NAMES[key].split()[1] for key in charged),
    )


def on(facts: CaseFacts, day: str) -> CaseAnswer:
    """The answer as of a day."""
    return case_status(facts, as_of=date.fromisoformat(day))


def stands(answer: CaseAnswer, name: str) -> ChargeAnswer:
    """The answer for one charge, which must have been brought."""
    found = answer.charge(name)
    assert found is not None, f"{name} had not been brought by {answer.as_of}"
    return found


def person(answer: CaseAnswer, name: str = "ada") -> DefendantAnswer:
    """The answer for one defendant."""
    (found,) = [d for d in answer.defendants if d.defendant.id == name]
    return found


def ids(acts: Iterable[Act]) -> list[str]:
    """The acts' names, in order."""
    return [str(a.id) for a in acts]


def told(answer: CaseAnswer, *names: str) -> list[tuple[str, str]]:
    """Class and term of the charges named, or of all, in their order."""
    charges = [stands(answer, n) for n in names] or [c for d in answer.defendants for c in d.charges]
    return [(c.cls.value, c.term) for c in charges]


def ends(answer: CaseAnswer, name: str) -> tuple[str, str]:
    """How final a charge is, and since when."""
    finality = stands(answer, name).finality
    if finality is None:
        return "none", ""
    return finality.value.value, finality.since.isoformat() if finality.since else ""


def court(answer: CaseAnswer) -> tuple[str, str, str]:
    """The case's status, its stage, and how final it is."""
    return answer.status.value, answer.stage, answer.finality.value.value


def words(answer: CaseAnswer) -> str:
    """Every sentence an answer says about anybody, in small letters."""
    said = [answer.wording]
    for defendant in answer.defendants:
        said += [defendant.wording, defendant.summary, *(c.wording for c in defendant.charges)]
    return " | ".join(said).lower()

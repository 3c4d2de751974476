"""The headline of an act, from what was chosen: it says no more than that. An editor may write another."""

from collections.abc import Sequence

from cases.facts import part_of
from cases.law.civil import of_a_claim
from cases.law.sentences import sentence_words
from cases.law.vocabulary import CaseKind
from cases.models import Event, Outcome, SentencePart
from desk.ruling.kinds import BY_SLUG, DECISIONS, RULINGS

LONGEST = 200
_DECIDED = {value: text.lower() for value, text in DECISIONS} | {
    "moot": "held moot", "under_advisement": "taken under advisement", "stricken": "stricken", "": "",
}  # fmt: skip
_PLEAS = {
    "convicted_guilty_plea": "Guilty plea",
    "convicted_no_contest": "No contest plea",
    "convicted_alford": "Alford plea",
    "plea_withdrawn": "Plea withdrawn",
}
_SENTENCED = {
    "imposed": "Sentence imposed",
    "modified": "Sentence changed",
    "revoked": "Probation or suspended sentence revoked",
    "stayed": "Sentence stayed",
    "completed": "Sentence completed",
}
_FILED = {
    "notice_of_dismissal": "Prosecution files notice of dismissal",
    "settlement_agreement": "Settlement announced",
    "notice_of_appeal": "Notice of appeal filed",
    "withdrawal_of_appeal": "Appeal withdrawn",
    "petition_for_review": "Petition for further review filed",
}
# Words of a headline that are not true any more once the act was held.
_TO_COME = ("schedul", "upcoming", "to be held", "is set for", "is due")
_MANNER = {"with": " with prejudice", "without": " without prejudice"}


def is_to_come(title: str) -> bool:
    """Whether a headline reads as if what it tells of were still to come."""
    return any(words in title.lower() for words in _TO_COME)


def headline(act: Event, outcomes: Sequence[Outcome], parts: Sequence[SentencePart], *, case_kind: str) -> str:
    """Return a headline for an act that nobody gave one; "" where only an editor can say what it was."""
    words = _words(act, outcomes, parts, civil=case_kind == CaseKind.CIVIL)
    return words if len(words) <= LONGEST else _short(act)


def _words(act: Event, outcomes: Sequence[Outcome], parts: Sequence[SentencePart], *, civil: bool) -> str:
    if act.category == "ruling":
        return _ruling(act, outcomes, civil=civil)
    if act.category == "hearing":
        return _hearing(act, outcomes)
    if act.category == "verdict":
        return _verdict(act, outcomes)
    if act.category == "sentence":
        return _sentence(act, parts)
    if act.category == "filing":
        manners = {_MANNER.get(row.prejudice, "") for row in outcomes}
        return of_a_claim(_FILED[act.kind] + (manners.pop() if len(manners) == 1 else ""), civil=civil)
    return of_a_claim(_short(act), civil=civil)


def _short(act: Event) -> str:
    if act.category == "ruling":
        return " ".join(filter(None, (RULINGS[act.kind], _DECIDED[act.decision])))
    if act.category == "sentence":
        return _SENTENCED[act.kind]
    found = BY_SLUG.get(f"{act.category}:{act.kind}")
    return found.label if found else "Verdict"


def _ruling(act: Event, outcomes: Sequence[Outcome], *, civil: bool) -> str:
    manners = {row.prejudice for row in outcomes}
    dismissed = all(row.disposition.slug.startswith("dismissed_") for row in outcomes)
    if act.kind == "other" and not outcomes:
        return ""
    if not outcomes or not dismissed or len(manners) != 1:
        return _short(act)
    noun = ("Claim" if civil else "Charge") + ("s" if len(outcomes) > 1 else "")
    return f"{noun} dismissed{_MANNER.get(manners.pop(), '')}"


def _hearing(act: Event, outcomes: Sequence[Outcome]) -> str:
    slugs = {row.disposition.slug for row in outcomes}
    if act.kind == "plea_hearing":
        return _PLEAS.get(slugs.pop(), "") if len(slugs) == 1 else ""
    if len(slugs) == 1:
        return {
            "bound_over": "Preliminary hearing: sent to trial",
            "not_bound_over": "Preliminary hearing: not sent to trial",
        }.get(slugs.pop(), "Preliminary hearing held")
    return "Preliminary hearing held"


def _verdict(act: Event, outcomes: Sequence[Outcome]) -> str:
    if act.kind in ("hung", "mistrial"):
        return {"hung": "Jury can not agree on a verdict", "mistrial": "Mistrial"}[act.kind]
    groups: dict[str, list[str]] = {}
    for row in outcomes:
        groups.setdefault(_found(row), []).append(_inline(row.charge.title))
    told = []
    for words, titles in groups.items():
        named = " and ".join(dict.fromkeys(titles)) if len(titles) <= 2 else f"{len(titles)} counts"
        told.append(f"{words} {named}")
    whole = f"Verdict: {', '.join(told)}"
    return whole if len(whole) <= LONGEST else f"Verdict on {len(outcomes)} counts"


def _inline(title: str) -> str:
    """Return a charge's name inside a sentence: "theft", but "RICO conspiracy"."""
    return title[0].lower() + title[1:] if len(title) > 1 and title[1].islower() else title


def _found(row: Outcome) -> str:
    slug, cls = row.disposition.slug, row.disposition.cls
    if slug == "convicted_lesser":
        return "guilty of a lesser offence than"
    if slug == "not_guilty_insanity":
        return "not guilty by reason of insanity of"
    if slug.startswith("judgment_for_"):
        return f"for the {slug.removeprefix('judgment_for_')} on"
    if cls == "conviction" or slug == "verdict_awaiting_judgment":
        return "guilty of"
    if slug.startswith("acquitted_"):
        return "not guilty of"
    return "no verdict on" if cls == "pending" else f"{row.disposition.label.lower()}:"


def _sentence(act: Event, parts: Sequence[SentencePart]) -> str:
    each = {row.charge_id: [part_of(p) for p in parts if p.charge_id == row.charge_id] for row in parts}
    words = {sentence_words(found) for found in each.values()}
    if act.kind not in ("imposed", "modified") or len(words) != 1:
        return _SENTENCED[act.kind]
    on_each = " on each count" if len(each) > 1 else ""
    verb = "Sentence changed to" if act.kind == "modified" else "Sentenced to"
    return f"{verb} {words.pop()}{on_each}"

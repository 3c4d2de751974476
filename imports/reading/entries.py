"""Docket entries as acts: placed only by words that leave no doubt, all others kept as the court wrote them.

An entry that is not placed has no category. What a clerk files under "JUDGMENT" may be a conviction or an acquittal:
it is placed only where it commits somebody or names their sentence. A notice of dismissal may end one count or all:
such entries are never placed by a program.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from imports.reading.dates import iso_date, on_day, us_date
from imports.reading.found import FoundAct, FoundParty
from imports.reading.privacy import holds_private, shown
from imports.reading.shape import text

TITLE_LENGTH = 200
WHEN_EXECUTED = "The day is that on which the entry says that the warrant was executed, not that of the entry."
_BEFORE = r"(?:(?:EO|EP): )?(?:\(?sealed\)? )?"
_KINDS_OF_MOTION: tuple[tuple[str, str], ...] = (
    (r"to dismiss", "dismiss"),
    (r"to suppress", "suppress"),
    (r"in limine|to exclude (?!time)", "exclude_evidence"),
    (r"to compel|for discovery|for sanctions", "discovery_or_sanctions"),
    (r"to continue|for continuance|for (?:an )?extension of time", "continuance"),
    (r"to detain|for detention|for bond|for bail|(?:conditions|revocation) of (?:bond|release|bail)", "bail"),
    (r"for (?:a )?change of venue|to (?:change venue|transfer)", "venue"),
    (r"to recuse|for recusal|to disqualify", "recusal"),
    (r"to sever\b|for severance", "severance"),
    (r"to consolidate", "consolidation"),
    (r"for (?:a )?new trial", "new_trial"),
    (r"for (?:a )?judgment of acquittal", "acquittal"),
    (r"to reconsider|for reconsideration", "reconsideration"),
    (r"for (?:a )?stay|to stay", "stay"),
    (r"to (?:un)?seal|for leave to file under seal", "seal"),
    (r"for summary judgment", "summary_judgment"),
    (r"for (?:a )?(?:preliminary |permanent )?injunction|for (?:a )?temporary restraining order", "injunction"),
)
_MOTION_WORDS = tuple((re.compile(rf"motions? (?:{words})", re.IGNORECASE), kind) for words, kind in _KINDS_OF_MOTION)
_ADJECTIVES = r"(?:(?i:first|second|third|joint|oral|unopposed|ex parte|amended|emergency|consent|agreed|renewed) )*"
_AFTER = r"(?= as to| against| by| with| returned| filed| - | \(|\.|;|$)"
_NAME = r"[A-Z][^;:()]{1,60}"
_COUNTED = r"[0-9][-0-9s, ]{0,60}(?:and [0-9]+)?[.:, ]*"
_SENTENCED = (
    r"(?=[^.;]{0,120}\b(?i:custody of (?:the )?(?:BOP|Bureau of Prisons)|imprisonment|probation|time served"
    r"|sentenced to)\b)"
)
_VERDICT = rf"JURY VERDICT as to {_NAME} \([0-9]+\):?"
_SORTS_OF_ORDER = r"(?:(?:MINUTE|CLERK|SCHEDULING|SCHEDULING AND TRIAL|HEARING|CONSENT|AMENDED|SECOND|THIRD|TEXT) )*"
# An order that grants or denies may do both; and another court's order is none of this one.
_NO_DECISION = r"(?!.*\b(?i:grant|den(?:y|ied)|motion|moot|dismiss|USCA|court of appeals|panel|MDL))"
_AGREED = r"(?:(?:Defendant's|First|Second|Third) )?STIPULATION"
# What a clerk writes in capitals is the kind of document; the same words in small letters only speak of one.
_DOCUMENTS: tuple[tuple[str, str, str], ...] = (
    (rf"(?:(?:FIRST|SECOND|THIRD) )?(?:SUPERSEDING )?INDICTMENT{_AFTER}", "filing", "indictment"),
    (rf"(?:(?:FELONY|SUPERSEDING) )*INFORMATION{_AFTER}", "filing", "information"),
    (rf"(?:CRIMINAL )?COMPLAINT{_AFTER}", "filing", "complaint"),
    (r"AMENDED (?:CRIMINAL )?COMPLAINT\b", "filing", "amended_charge"),
    (r"NOTICE OF REMOVAL\b", "filing", "notice_of_removal"),
    (r"NOTICE OF APPEAL\b", "filing", "notice_of_appeal"),
    (r"(?:LODGED |GUILTY )*PLEA AGREEMENT\b(?! SUPPLEMENT)", "filing", "plea_agreement"),
    (r"MEMORANDUM OF PLEA (?:AGREEMENT|[Aa]greement)\b", "filing", "plea_agreement"),
    (r"MEMORANDUM(?: OF LAW)? (?:IN|in) (?:OPPOSITION|[Oo]pposition)\b", "filing", "response"),
    (rf"(?:Notice of Motion; )?(?:[Dd]efendant's )?{_ADJECTIVES}MOTIONS?\b", "filing", "motion"),
    (r"(?:[A-Za-z.' ]{3,40} )?(?:RESPONSE|REPLY|OPPOSITION)\b", "filing", "response"),
    (r"A(?:rrest|RREST) of [A-Z]", "incident", "arrest"),
    (r"ORDER (?:OF|of) (?:TEMPORARY |[Tt]emporary )?(?:DETENTION|[Dd]etention)\b", "custody", "detained"),
    (r"ORDER (?i:for|of) (?i:dismissal) (?:by|as to)\b", "judgment", "dismissal"),
    # Nobody is committed to custody, or sentenced, by a judgment that does not convict.
    (r"JUDGMENT (?:AND|and|&) C(?:OMMITMENT|ommitment)\b", "judgment", "conviction_entered"),
    (rf"JUDGMENT as to {_NAME} \([0-9]+\),? Count\(s\) {_COUNTED}{_SENTENCED}", "judgment", "conviction_entered"),
    (rf"{_VERDICT} Guilty on Counts?(?:\(s\))? {_COUNTED}(?!.*(?i:not guilty))", "verdict", "guilty"),
    (rf"{_VERDICT} Not Guilty on Counts?(?:\(s\))? {_COUNTED}(?!.*(?<!not )(?i:guilty))", "verdict", "not_guilty"),
    (r"MANDATE ISSUED\b", "appellate", "mandate_issued"),
    # What the parties have agreed on and the judge has ordered in the same paper.
    (rf"{_AGREED} continuing trial date\b[^;]{{0,120}}; ?and order by (?:Mag )?Judge [A-Z]", "ruling", "continuance"),
    (rf"{_AGREED} continuing trial date\b[^;]{{0,120}} and order by (?:Mag )?Judge [A-Z]", "ruling", "continuance"),
    (rf"{_AGREED} and order continuing trial\b[^;]{{0,120}} by (?:Mag )?Judge [A-Z]", "ruling", "continuance"),
    (r"ORDER (?i:setting conditions of release)\b", "ruling", "bail"),
    (rf"{_SORTS_OF_ORDER}ORDER\b{_NO_DECISION}", "ruling", "other"),
)  # fmt: skip
_SIMPLE = tuple((re.compile(rf"{_BEFORE}(?:{words})"), category, kind) for words, category, kind in _DOCUMENTS)
_ORDER = re.compile(
    rf"{_BEFORE}ORDER (?P<what>granting in part and denying in part|granting in part|granting|denying)"
    r"(?P<moot> as moot)? (?:\[?[0-9]+\]? )?(?:[a-z']+ ){0,4}?motions?\b",
    re.IGNORECASE,
)
_DECISIONS = {"granting": "granted", "denying": "denied", "granted": "granted", "denied": "denied"}
# Orders that name what they grant or deny, and no motion.
_NAMED_ORDERS = tuple(
    (re.compile(rf"{_BEFORE}ORDER (?P<what>granting|denying) {words}", re.IGNORECASE), kind)
    for words, kind in ((r"modification of conditions of (?:bail|release)\b", "bail"), (r"transfer\b(?= --)", "venue"))
)
# What a judge decided at a hearing, of one motion: «: denying 12 Motion to Suppress», «Motion to Dismiss - DENIED».
_FOUND = re.compile(r":\s?(?P<what>granting|denying|finding as moot) \[?[0-9]+\]? motion\b", re.IGNORECASE)
_SAID = re.compile(r"(?i:\bmotion) to [A-Z][A-Za-z ]{2,60}? ?- ?(?P<what>GRANTED|DENIED)\b")
_ANY_FATE = re.compile(r"\b(?:GRANTED|DENIED|CONTINUED|ADVISEMENT|WITHDRAWN|MOOT|STRICKEN|RESERVED)\b")
_MINUTES = re.compile(rf"{_BEFORE}(?:minute entry|minutes)\b", re.IGNORECASE)
# How the courts' older system wrote what happened: «MINUTES before Judge A sentencing Ann Otter (1) count(s) 1».
_OLD = rf"{_BEFORE}MINUTES before [A-Z][A-Za-z.' ]{{3,60}}? WHAT {_NAME} \([0-9]+\) count\(s\) [0-9]"
_APPEARED = (
    rf"{_BEFORE}MINUTES before [A-Z][A-Za-z.' ]{{3,60}}? first appearance of (?:dft|deft|defendant) {_NAME}? "
    r"[^;]{0,120}\barraigned; not guilty plea entered\b"
)
_OLD_MINUTES = (
    (re.compile(_OLD.replace("WHAT", "sentencing")), "sentencing"),
    (re.compile(_OLD.replace("WHAT", "guilty plea entered by")), "plea_hearing"),
    (re.compile(_APPEARED), "arraignment"),
)
_HEARINGS: tuple[tuple[str, str], ...] = (
    ("initial appearance", "initial_appearance"),
    ("arraignment", "arraignment"),
    ("change of plea(?: hearing)?|plea hearing", "plea_hearing"),
    ("sentencing|sentence with(?:out)? psr(?: hearing)?", "sentencing"),
    ("(?:detention|bond) hearing", "detention"),
    ("preliminary (?:hearing|examination)", "preliminary"),
    ("motion hearing", "motion_hearing"),
    ("(?:status|scheduling) conference|status hearing(?! re)", "status_conference"),
    ("(?:jury|bench) trial(?: \\(?day [0-9]{1,3}\\)?)?", "trial_day"),
)
_PRESENT = r"(?:\s?-{1,2}\s?|\. )(?:defendant|deft|dft)\b[^.;]{0,60} present\b"
_HELD = tuple(
    (re.compile(rf"(?:[:;,.] ?|\bof |\band |& )(?:{words})\b[^.;]{{0,120}}?\bheld\b", re.IGNORECASE), kind)
    for words, kind in _HEARINGS
)
_ATTENDED = tuple(
    (re.compile(rf"{_BEFORE}minutes: (?:{words}){_PRESENT}", re.IGNORECASE), kind) for words, kind in _HEARINGS
)
# A plea of guilty that is taken at an arraignment makes it a hearing of the plea.
_PLEADED = (
    re.compile(r"\bRE-ARRAIGNMENT held\b.*\bCourt accepts the guilty plea\b"),
    re.compile(rf"\bplea of guilty as to {_NAME} \([0-9]+\) Counts? [0-9s, -]{{1,40}}held on\b"),
)
# A warrant is executed by arresting the defendant: Federal Rule of Criminal Procedure 4(c)(3)(A).
_EXECUTED = re.compile(
    rf"{_BEFORE}(?:(?:Amended )?Warrant for )?Arrest Warrant Returned Executed on "
    r"(?P<on>[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2}))\b",
    re.IGNORECASE,
)
_WITNESS = re.compile(r"material witness", re.IGNORECASE)
_WITNESS_COUNSEL = re.compile(r"\(Material Witness Attorney [^()]{2,80}(?:\(n/a\))?\)", re.IGNORECASE)
_COUNT_HELD = re.compile(rf": ?arraignment as to {_NAME} \([0-9]+\) Counts? [0-9s, -]{{1,40}}held\b", re.IGNORECASE)


def docket_entry(row: Mapping[str, Any], seen: dict[str, int]) -> FoundAct:
    """Return one docket entry as an act. ``seen`` counts keys, so that identical entries each keep one of their own."""
    words = text(row.get("description")) or text(row.get("short_description"))
    number = text(row.get("document_number"))
    filed, entered = iso_date(text(row.get("date_filed"))), iso_date(text(row.get("date_entered")))
    digest = sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    key = f"entry/{number}" if number else f"entry/{filed or entered or 'undated'}/{digest}"
    seen[key] = seen.get(key, 0) + 1
    if seen[key] > 1:
        key = f"{key}#{seen[key]}"
    category, kind, motion, decision = placed(words)
    return FoundAct(
        key=key,
        title=headline(words) or (f"Docket entry {number}" if number else "Docket entry without words"),
        when=on_day(filed or entered, text(row.get("date_filed"))),
        category=category,
        kind=kind,
        motion=motion,
        decision=decision,
        number=number,
        entered_on=entered if category in _WRITTEN else None,
        has_private=holds_private(words),
        raw_text=words,
        raw={name: value for name, value in row.items() if name != "description"},
    )


def headline(words: str) -> str:
    """Return the beginning of an entry's words, at most 200 characters, cut between words, nothing private in it."""
    plain = " ".join(shown(words).split())
    if len(plain) <= TITLE_LENGTH:
        return plain
    cut = plain[: TITLE_LENGTH - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[100:] else cut).rstrip(" ,;:(") + "…"


def placed(words: str) -> tuple[str, str, str, str]:
    """Return category, kind, motion and decision of an entry; all empty if its words leave any doubt."""
    start = _WITNESS_COUNSEL.sub(
        "", " ".join(words[:2_000].split())
    )  # who else was there says nothing of what was done
    if _WITNESS.search(start):
        return _beside_a_witness(start)
    if _EXECUTED.match(start):
        return "incident", "arrest", "", ""
    if _MINUTES.match(start):
        return _at_a_hearing(start)
    if re.search(r"\bnot held\b", start, re.IGNORECASE):
        return _NOWHERE
    for named, kind in _NAMED_ORDERS:
        if order := named.match(start):
            return "ruling", kind, "", _DECISIONS[order["what"].casefold()]
    order = _ORDER.match(start)
    if order:
        return _ruling(start, order)
    for pattern, category, kind in _SIMPLE:
        if pattern.match(start):
            return category, kind, _asked(start) if kind in ("motion", "response") else "", ""
    return _NOWHERE


_NOWHERE = ("", "", "", "")
# Whose day of entry counts in law: a time to appeal begins with it. Of anything else it is the clerk's.
_WRITTEN = frozenset({"ruling", "judgment", "appellate"})
# What is said of one person, and would be told of another if the docket names them in another entry's words.
_OF_ONE = frozenset({"judgment", "verdict", "custody", "incident"})
_OF_ONE_KINDS = frozenset({"sentencing", "plea_hearing"})


def _beside_a_witness(words: str) -> tuple[str, str, str, str]:
    """Return what is said of the accused in an entry that speaks of a material witness, too: arraigned on a count.

    What is done about a witness is no step against the accused; and no witness is charged with a count.
    """
    held = _COUNT_HELD.search(words) if _MINUTES.match(words) else None
    if held is None or _WITNESS.search(words[: held.end()]):
        return _NOWHERE
    return "hearing", "arraignment", "", ""


def _at_a_hearing(words: str) -> tuple[str, str, str, str]:
    """Return the one hearing that minutes say was held, or the one motion that they say was decided."""
    if not re.search(r"\bnot held\b", words, re.IGNORECASE):
        held = {kind for pattern, kind in _HELD if pattern.search(words)}
        held = held or {kind for pattern, kind in (*_OLD_MINUTES, *_ATTENDED) if pattern.match(words)}
        if held <= {"arraignment"} and any(pattern.search(words) for pattern in _PLEADED):
            return "hearing", "plea_hearing", "", ""
        if held == {"initial_appearance", "arraignment"}:  # both at once: the further step is told
            held = {"arraignment"}
        if held:
            return ("hearing", held.pop(), "", "") if len(held) == 1 else _NOWHERE
    decided = _FOUND.search(words)
    if decided and len(re.findall(r"\bmotions?\b", words, re.IGNORECASE)) == 1:
        return "ruling", _asked(words), "", _DECISIONS.get(decided["what"].casefold(), "moot")
    said = _SAID.search(words)
    if said and len(_ANY_FATE.findall(words)) == 1 and _asked(words) not in ("", "other"):
        return "ruling", _asked(words), "", _DECISIONS[said["what"].casefold()]
    return _NOWHERE


def concerning(act: FoundAct, accused: Sequence[FoundParty]) -> FoundAct:
    """Say whom of the accused an entry concerns that decides about one; if it names none of them, place it nowhere.

    The docket of one of several accused has the entries about the others, too.
    """
    if act.category not in _OF_ONE and act.kind not in _OF_ONE_KINDS:
        return act
    words = " ".join(act.raw_text.split()).casefold()
    named = tuple(party.key for party in accused if party.name.casefold() in words)
    if not named:
        return replace(act, category="", kind="", motion="", decision="", entered_on=None)
    executed = _EXECUTED.match(" ".join(act.raw_text.split()))
    if executed and (day := us_date(executed["on"])):
        return replace(act, about=named, when=on_day(day), why=WHEN_EXECUTED)
    return replace(act, about=named)


def _ruling(words: str, order: re.Match[str]) -> tuple[str, str, str, str]:
    """Return an order on one motion; nothing if it speaks of several, as their fates may differ."""
    if len(re.findall(r"\bmotions?\b", words, re.IGNORECASE)) > 1:
        return _NOWHERE
    decision = "moot" if order["moot"] else _DECISIONS.get(order["what"].casefold(), "granted_in_part")
    return "ruling", _asked(words), "", decision


def _asked(words: str) -> str:
    """Return what the motion that the words name asks for; "other" if that is none of the record's, "" if several."""
    found = {kind for pattern, kind in _MOTION_WORDS if pattern.search(words)}
    if len(found) > 1:
        return ""
    return found.pop() if found else "other"

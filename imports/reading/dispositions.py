"""From a source's words to what became of a charge: only from words that say it, else "unknown".

A text is cut into clauses. A clause says an outcome only if the whole of it is one of the phrases below; if any other
clause so much as touches on guilt, dismissal or a decision undone, or two clauses say different things, nothing is
derived and the words are left to an editor. A heading ("Pending Counts") is never given to this module.
"""

import re
from dataclasses import dataclass, replace

MAX_WORDS = 5_000
"""Longer texts than this are no phrase: nothing is derived from them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What words say of one charge: slugs of ``cases/data/dispositions.toml`` and ``cases.law.vocabulary``."""

    disposition: str = "unknown"
    prejudice: str = ""
    by: str = ""
    reason: str = ""


UNKNOWN = Said()

_GOVERNMENT = r"(?:the )?(?:government|gov't|govt|united states|usa?(?: attorney)?|prosecution|state|people)(?:'s)?"
_DEFENCE = r"(?:the )?(?:defendant|defense|defence|deft|dft)(?:'s)?"
_COUNTS = (
    r"(?:count|counts|ct|cts)\.? ?(?:[0-9]+[a-z]{0,4}(?:(?:-|, ?| and | & |, and )[0-9]+[a-z]{0,4})*|[ivx]+|one|two)"
)
_JURY = r"(?: (?:by|after) (?:a |the )?jury(?: (?:trial|verdict))?)"
_BENCH = r"(?: (?:by|after) (?:a |the )?(?:court|judge|bench(?: trial)?))"
_OF = rf"(?: (?:of|on|to|as to) (?:the )?(?:{_COUNTS}|charge|charges|indictment|information|complaint|count))?"
_PLED = r"(?:pled|pleaded|pleads|plea of|entered a plea of|upon a plea of|on a plea of|convicted on a plea of)"
_LESSER = r"(?: (?:of|to) (?:a|the) lesser(?:[- ]included)? (?:offen[cs]e|charge))"

# The last of these is what a dismissal may be followed by; each adds what it says.
_TAILS: tuple[tuple[str, Said], ...] = (
    (r"with prejudice", Said(prejudice="with")),
    (r"without prejudice", Said(prejudice="without")),
    (rf"(?:up)?on (?:oral )?{_GOVERNMENT} (?:oral )?motion", Said(by="court_on_prosecution_motion")),
    (rf"(?:up)?on (?:the )?(?:oral )?motion (?:of|by) {_GOVERNMENT}", Said(by="court_on_prosecution_motion")),
    (rf"(?:up)?on {_DEFENCE} (?:oral )?motion", Said(by="court_on_defence_motion")),
    (rf"(?:up)?on (?:the )?(?:oral )?motion (?:of|by) {_DEFENCE}", Said(by="court_on_defence_motion")),
    (r"(?:pursuant to|under|per) (?:the |a )?plea agreement", Said(reason="plea_agreement")),
    (r"in the interests? of justice", Said(reason="interests_of_justice")),
    (r"for (?:lack of|insufficient) evidence", Said(reason="insufficient_evidence")),
    (r"for (?:lack of|want of) prosecution", Said(reason="failure_to_prosecute")),
    (r"for (?:lack of|want of) jurisdiction", Said(reason="jurisdiction")),
    (r"by (?:the )?(?:court|judge)", Said(by="court")),
    (rf"as to {_COUNTS}", Said()),
)
_DISMISSED = re.compile(
    rf"(?:{_COUNTS}:? )?(?:is |are |was |were |ordered )?(?:hereby )?"
    rf"(?:dismissed|order (?:for|of) dismissal|charges? dismissed)"
    rf"(?P<tails>(?:,? (?:{'|'.join(t for t, _ in _TAILS)}))*)"
)
_TAIL = re.compile("|".join(f"(?P<t{number}>{tail})" for number, (tail, _) in enumerate(_TAILS)))

_SAYINGS: tuple[tuple[str, str], ...] = (
    (r"(?:entry of )?nolle prosequi(?: entered)?|nolle prossed|nol(?:le)?[- ]?pros(?:sed)?\.?", "nolle_prosequi"),
    (rf"(?:charges? )?(?:dropped|withdrawn) by {_GOVERNMENT}", "nolle_prosequi"),
    (r"no (?:true )?bill(?: returned)?|no billed", "no_true_bill"),
    (r"(?:found )?not guilty by reason of insanity", "not_guilty_insanity"),
    (rf"(?:found )?not guilty{_JURY}{_OF}|jury verdict(?::| of)? not guilty{_OF}", "acquitted_jury"),
    (rf"acquitted{_JURY}{_OF}|acquittal by jury verdict", "acquitted_jury"),
    (rf"(?:found )?not guilty{_BENCH}{_OF}|acquitted{_BENCH}{_OF}", "acquitted_bench"),
    (rf"(?:found )?not guilty(?: verdict)?{_OF}|verdict(?::| of)? not guilty{_OF}", "acquitted_unspecified"),
    (rf"acquitted{_OF}", "acquitted_unspecified"),
    (r"judgment of acquittal(?: entered| granted)?(?: by the court)?", "judgment_of_acquittal"),
    (rf"{_PLED} guilty{_LESSER}|guilty plea{_LESSER}", "convicted_lesser"),
    (rf"{_PLED} guilty{_OF}|guilty plea(?: entered)?{_OF}", "convicted_guilty_plea"),
    (r"convicted (?:on|upon|by) (?:a )?guilty plea", "convicted_guilty_plea"),
    (rf"{_PLED} (?:no contest|nolo contendere|nolo){_OF}", "convicted_no_contest"),
    (rf"alford plea(?: entered)?{_OF}|{_PLED} guilty (?:under|pursuant to) alford", "convicted_alford"),
    (r"(?:found )?guilty but mentally ill", "guilty_but_mentally_ill"),
    (rf"(?:found )?guilty{_JURY}?{_LESSER}|convicted{_JURY}?{_LESSER}", "convicted_lesser"),
    (rf"(?:found )?guilty{_JURY}{_OF}|convicted{_JURY}{_OF}|jury verdict(?::| of)? guilty{_OF}", "convicted_jury"),
    (rf"(?:found )?guilty{_BENCH}{_OF}|convicted{_BENCH}{_OF}", "convicted_bench"),
    (rf"(?:found )?guilty{_OF}|convicted{_OF}|verdict(?::| of)? guilty{_OF}", "convicted_unspecified"),
    (r"mistrial(?: declared)?", "mistrial_pending"),
    (r"adjudication (?:is )?deferred|deferred adjudication", "deferred_adjudication"),
    (r"(?:pretrial )?diversion (?:successfully )?completed", "diversion_completed"),
    (rf"abated by (?:the )?death|abated by {_DEFENCE} death", "abated_by_death"),
    (r"superseded(?: by (?:the )?(?:[a-z]+ )?superseding (?:indictment|information))?", "superseded"),
    (rf"merged (?:with|into) {_COUNTS}", "merged"),
)
_PHRASES = tuple((re.compile(rf"(?:{_COUNTS}:? )?(?:{phrase})"), slug) for phrase, slug in _SAYINGS)

# A clause that says none of the above and has one of these words may change what another clause seems to say.
_TOUCHES = re.compile(
    r"dismiss|guilt|acquit|vacat|revers|withdr|noll|\bnol\b|ple[ad]|pled|convict|set aside|overturn|new trial|mistrial"
    r"|reinstat|supersed|amend|merge|transfer|abat|mentally|insan|verdict|appeal|pardon|expung|drop|diversion|denied|moot|except"
)
_SPACES = re.compile(r"\s+")
_CLAUSE_ENDS = re.compile(r"\s*(?:;|\.(?=\s|$)|\n)\s*")


def clauses(words: str) -> list[str]:
    """Return the clauses of a text in small letters: what stands between full stops, semicolons and line ends."""
    plain = words.replace("’", "'").casefold().replace("u.s.", "us")
    parts = (_SPACES.sub(" ", part).strip(" .:") for part in _CLAUSE_ENDS.split(plain))
    return [part for part in parts if part]


def said(words: str, counts: range | None = None) -> Said:
    """Return what ``words`` (a disposition field) say became of the charge; ``UNKNOWN`` if they do not say it.

    ``counts`` are the charge's own count numbers, if known: words that speak of other counts say nothing of it.
    """
    if len(words) > MAX_WORDS:
        return UNKNOWN
    found: list[Said] = []
    for clause in clauses(words):
        one = of_clause(clause)
        if one is None and _TOUCHES.search(clause):
            return UNKNOWN
        if one is not None and counts is not None and not _speaks_of(clause, counts):
            return UNKNOWN
        if one is not None:
            found.append(one)
    if not found or any(one != found[0] for one in found):
        return UNKNOWN
    return found[0]


def of_clause(clause: str) -> Said | None:
    """Return what one clause (as ``clauses`` gives it) says in so many words, or None."""
    dismissed = _DISMISSED.fullmatch(clause)
    if dismissed:
        return _dismissal(dismissed["tails"])
    return next((Said(slug) for phrase, slug in _PHRASES if phrase.fullmatch(clause)), None)


def _speaks_of(clause: str, counts: range) -> bool:
    """Return whether the clause names no count, or all of ``counts``. ("merged into count 2" names another.)"""
    named = re.search(_COUNTS, clause)
    if named is None or clause.startswith("merged"):
        return True
    numbers: set[int] = set()
    for first, last in re.findall(r"([0-9]{1,4})[a-z]*(?:-([0-9]{1,4}))?", named[0]):
        numbers |= set(range(int(first), int(last or first) + 1))
    return set(counts) <= numbers


def _dismissal(tails: str) -> Said | None:
    """Return a dismissal with what its tails say; None if they contradict each other."""
    told = Said("dismissed_unspecified")
    for match in _TAIL.finditer(tails):
        tail = _TAILS[int((match.lastgroup or "t0")[1:])][1]
        for name in ("prejudice", "by", "reason"):
            value, before = getattr(tail, name), getattr(told, name)
            if value and before and value != before:
                return None
            if value:
                told = replace(told, **{name: value})
    if told.prejudice:
        return replace(told, disposition=f"dismissed_{told.prejudice}_prejudice")
    return replace(told, prejudice="unspecified")

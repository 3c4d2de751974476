"""Acts that a source shows without an entry of their own: a charge brought, an outcome in a column, a sentence.

An outcome needs an act that may give it (``cases.law.terms.may_dispose``). Which sort of act that is follows from the
outcome itself: a verdict, a plea, a judgment. Where it does not, the act is a ruling of no stated kind. Such an act has
no date unless the source gives one, and its sequence says only what cannot be otherwise: charged, decided, sentenced.
"""

from imports.reading.dispositions import Said
from imports.reading.found import UNDATED, FoundAct, FoundOutcome, FoundPart, When

BROUGHT, DECIDED, SENTENCED, UNDONE, RELIEVED = 1, 10, 20, 30, 40
"""Sequences: what can not be otherwise. A charge brought by a superseding document comes one later than the first."""

_SORTS: dict[str, tuple[str, str, str, str]] = {
    "convicted_jury": ("verdict", "guilty", "", "Verdict of guilty"),
    "convicted_bench": ("verdict", "guilty", "", "Found guilty by a judge"),
    "convicted_lesser": ("verdict", "guilty_lesser", "", "Guilty of a lesser offence"),
    "guilty_but_mentally_ill": ("verdict", "guilty", "", "Guilty but mentally ill"),
    "convicted_guilty_plea": ("hearing", "plea_hearing", "", "Guilty plea"),
    "convicted_plea_untold": ("hearing", "plea_hearing", "", "Guilty plea"),
    "convicted_no_contest": ("hearing", "plea_hearing", "", "Plea of no contest"),
    "convicted_alford": ("hearing", "plea_hearing", "", "Alford plea"),
    "convicted_unspecified": ("judgment", "conviction_entered", "", "Convicted"),
    "convicted_untold": ("judgment", "conviction_entered", "", "Convicted"),
    "acquitted_jury": ("verdict", "not_guilty", "", "Verdict of not guilty"),
    "acquitted_bench": ("judgment", "acquittal_entered", "", "Acquitted by a judge"),
    "acquitted_unspecified": ("judgment", "acquittal_entered", "", "Acquitted"),
    "not_guilty_insanity": ("verdict", "not_guilty_insanity", "", "Not guilty by reason of insanity"),
    "judgment_of_acquittal": ("ruling", "acquittal", "granted", "Judgment of acquittal"),
    "dismissed_unspecified": ("judgment", "dismissal", "", "Dismissed"),
    "dismissed_with_prejudice": ("judgment", "dismissal", "", "Dismissed with prejudice"),
    "dismissed_without_prejudice": ("judgment", "dismissal", "", "Dismissed without prejudice"),
    "nolle_prosequi": ("filing", "notice_of_dismissal", "", "Dropped by the prosecution"),
    "mistrial_pending": ("verdict", "mistrial", "", "Mistrial"),
}
_NEUTRAL = ("ruling", "other", "", "What became of the charge, as the source words it")


def brought(
    key: str,
    *,
    title: str,
    kind: str = "charges_filed",
    when: When = UNDATED,
    about: tuple[str, ...] = (),
    later: int = 0,
) -> FoundAct:
    """Return the act that brought a charge, where no entry of the source does; ``later`` is the generation."""
    return FoundAct(
        key, title, when, "filing", kind, entry=False, sequence=BROUGHT + min(later, DECIDED - 2), about=about
    )


def decided(
    key: str, said: Said, charges: tuple[str, ...], *, raw_text: str, when: When = UNDATED, about: tuple[str, ...] = ()
) -> FoundAct:
    """Return the act that gives ``charges`` the outcome that words say ("unknown" if they say none)."""
    category, kind, decision, title = _SORTS.get(said.disposition, _NEUTRAL)
    outcomes = tuple(
        FoundOutcome(charge, said.disposition, said.prejudice, said.by, said.reason, raw_text=raw_text)
        for charge in charges
    )
    return FoundAct(
        key,
        title,
        when,
        category,
        kind,
        decision=decision,
        entry=False,
        sequence=DECIDED,
        about=about,
        outcomes=outcomes,
        raw_text=raw_text,
    )


def sentenced(
    key: str,
    parts: tuple[FoundPart, ...],
    *,
    raw_text: str,
    outcomes: tuple[FoundOutcome, ...] = (),
    when: When = UNDATED,
    about: tuple[str, ...] = (),
) -> FoundAct:
    """Return the act that imposed a sentence."""
    return FoundAct(
        key,
        "Sentence imposed",
        when,
        "sentence",
        "imposed",
        entry=False,
        sequence=SENTENCED,
        about=about,
        outcomes=outcomes,
        sentence=parts,
        raw_text=raw_text,
    )

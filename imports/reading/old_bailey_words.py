"""What the words of the Old Bailey say: verdicts and punishments, only where they leave no doubt."""

import re
from dataclasses import replace

from imports.reading import acts
from imports.reading.dispositions import UNKNOWN, Said
from imports.reading.found import FoundAct, FoundPart, When
from imports.reading.sentences import term

_NOT_GUILTY = re.compile(r"\bnot\]? guilty\b|\bacquitted\b|\bacquittal\b")
_GUILTY = re.compile(r"\bguilty\b")
_IN_PART = re.compile(r"\bbut not\b|\bnot guilty\b|\bacquitted\b|\bonly\b|\bman-? ?slaughter\b")
_LESSER = frozenset({"lesserOffence", "manslaughter", "theftunder1s", "theftunder5s", "theftunder40s"})
_INSANE = re.compile(r"\binsan|\blunati|\bderang|\bout of (?:his|her) (?:mind|senses)\b")
_PRISON = re.compile(
    r"(?:to be )?(?:imprisoned|confined|imp\.)(?P<labour> to hard labour)?(?: for)? (?P<term>[a-z0-9 ]{3,30}?)"
    r"(?:,? in (?:newgate|the house of correction))?"
)
_FINED = re.compile(r"(?:to be )?fined (?P<sum>[a-z0-9. ]{2,40})")


def verdict_said(category: str, subcategory: str, words: str, *, offence: str) -> Said:
    """Return what a verdict says of a charge of ``offence``; ``UNKNOWN`` where words and category contradict."""
    plain = " ".join(words.casefold().split())
    guilty = bool(_GUILTY.search(_NOT_GUILTY.sub(" ", plain)))
    if category == "notGuilty":
        if guilty and "could not be guilty" not in plain:
            return UNKNOWN
        if subcategory == "nonComposMentis":
            return Said("not_guilty_insanity") if _INSANE.search(plain) else UNKNOWN
        return Said("acquitted_jury")
    if category != "guilty":
        return UNKNOWN  # a special verdict leaves the law to the judges
    if _NOT_GUILTY.search(plain) and not guilty:
        return UNKNOWN
    if subcategory == "pleadedGuilty":
        return Said("convicted_guilty_plea")
    partly = bool(_IN_PART.search(plain)) and not (offence == "manslaughter" and "slaughter" in plain)
    return Said("convicted_lesser" if subcategory in _LESSER or partly else "convicted_jury")


def punished(
    key: str,
    category: str,
    subcategory: str,
    words: str,
    charges: tuple[str, ...],
    *,
    when: When,
    about: tuple[str, ...],
) -> FoundAct:
    """Return one punishment as an act. ``charges`` are those it can only have been for; their parts are told."""
    plain = " ".join(words.casefold().split()).strip(" .")
    title = f"Sentence: {' '.join(words.split())}"[:200] if plain else "Sentence, which the file does not word"
    if (category, subcategory) == ("noPunish", "pardon"):
        return FoundAct(
            key, title.replace("Sentence", "Pardon", 1), when, "clemency_or_relief", "pardon", entry=False,
            sequence=acts.RELIEVED, about=about, raw_text=words,
        )  # fmt: skip
    if subcategory == "sentenceRespited":
        return FoundAct(
            key, title, when, "hearing", "sentencing", occurrence="continued", entry=False,
            sequence=acts.SENTENCED, about=about, raw_text=words,
        )  # fmt: skip
    if category == "noPunish" or not plain:
        return FoundAct(key, title, when, entry=False, sequence=acts.SENTENCED, about=about, raw_text=words)
    act = acts.sentenced(key, _parts(plain, subcategory, words, charges), raw_text=words, when=when, about=about)
    return replace(act, title=title)


def _parts(plain: str, subcategory: str, words: str, charges: tuple[str, ...]) -> tuple[FoundPart, ...]:
    if plain == "death" and not subcategory:
        return tuple(FoundPart(charge, "death", raw_text=words) for charge in charges)
    prison = _PRISON.fullmatch(plain)
    length = term(prison["term"]) if prison else None
    if prison and length:
        note = "At hard labour." if prison["labour"] else ""
        return tuple(FoundPart(c, "custody", note=note, raw_text=words, **length) for c in charges)  # type: ignore[arg-type]  # lengths are numbers by their units
    if _FINED.fullmatch(plain):
        return tuple(FoundPart(charge, "fine", note=words.strip(), raw_text=words) for charge in charges)
    return ()

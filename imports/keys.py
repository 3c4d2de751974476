"""Keys by which a source's things are known again: names as keys have them, and keys that are too long, shortened.

A key is put together of at most four of a file's own (case, act, charge, a name); the columns take 400 and 800.
"""

import re
import unicodedata
from dataclasses import replace
from hashlib import sha256

from anyascii import anyascii

from imports.reading.found import Found, FoundAct, FoundCase

MOST = 180  # characters of one of a file's own keys
_MARK = 32  # of them, those that tell it from others which begin alike
_APART = re.compile(r"[^0-9a-z]+")
_JOINED = str.maketrans("", "", "'\u2019\u02bc`\u00b4.")


def of_name(name: str) -> str:
    """Return a name as keys have it: small Latin letters, words apart by one space, short enough for a key.

    This stays as it is, whatever ``people.names.fold`` learns: what is stored under a key is found by the same key
    only, and a file that is brought again would else offer everybody whose name is spelt with such a sign as new.
    """
    decomposed = unicodedata.normalize("NFKD", name)
    return short(_APART.sub(" ", anyascii(decomposed.translate(_JOINED)).lower()).strip())


def short(key: str) -> str:
    """Return a key as it is, or its beginning and a mark of the whole where it is too long."""
    if len(key) <= MOST:
        return key
    return f"{key[: MOST - _MARK - 1]}~{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:_MARK]}"


def bounded(found: Found) -> Found:
    """Return what was found with no key longer than can be kept. What one of them names, another still names."""
    if any(len(key) > MOST for case in found.cases for key in _keys(case)):
        return replace(found, cases=tuple(_bounded(case) for case in found.cases))
    return found


def _keys(case: FoundCase) -> tuple[str, ...]:
    parties, charges, acts = ([one.key for one in some] for some in (case.parties, case.charges, case.acts))
    return (case.key, *parties, *charges, *acts)


def _bounded(case: FoundCase) -> FoundCase:
    return replace(
        case,
        key=short(case.key),
        parties=tuple(replace(party, key=short(party.key)) for party in case.parties),
        charges=tuple(
            replace(
                one, key=short(one.key), party=short(one.party), brought_by=short(one.brought_by),
                replaces=short(one.replaces),
            )
            for one in case.charges
        ),
        acts=tuple(_act(one) for one in case.acts),
    )  # fmt: skip


def _act(act: FoundAct) -> FoundAct:
    return replace(
        act,
        key=short(act.key),
        about=tuple(map(short, act.about)),
        outcomes=tuple(replace(one, charge=short(one.charge)) for one in act.outcomes),
        sentence=tuple(replace(one, charge=short(one.charge)) for one in act.sentence),
    )

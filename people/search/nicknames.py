"""Names that stand for each other: Bill and William, Alec and Alexander."""

from functools import cache

from nicknames import NickNamer

# Forms that the list of nicknames lacks: short forms of a word, written out.
WRITTEN_OUT = {"saint": "st", "santa": "sta", "junior": "jr", "senior": "sr", "brothers": "bros", "company": "co",
               "corporation": "corp", "incorporated": "inc", "limited": "ltd", "mount": "mt"}  # fmt: skip
_SHORT = {short: long for long, short in WRITTEN_OUT.items()}


@cache
def _list() -> NickNamer:
    return NickNamer()


def other_forms(word: str) -> frozenset[str]:
    """Return the folded names that are nicknames of ``word``, or that it is a nickname of; not ``word`` itself.

    One step only: from a nickname also to the other nicknames of the same name (Alec, Alex), not further.
    """
    names = _list()
    full = names.canonicals_of(word)
    found = set(full) | names.nicknames_of(word)
    for name in full:
        found |= names.nicknames_of(name)
    found |= {written for written in (WRITTEN_OUT.get(word), _SHORT.get(word)) if written}
    return frozenset(form for form in found if form.isalpha() and form.isascii()) - {word}

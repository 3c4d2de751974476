"""Civil words: what is told of a charge in the words of a claim. Nobody is charged or prosecuted in a civil case."""

import re

_INSTEAD = {
    "the prosecution": "the plaintiff",
    "Prosecution": "Plaintiff",
    "prosecution": "plaintiff",
    "the defence": "the defendant",
    "Bound over": "Sent on",
    "bound over": "sent on",
    "charged again": "brought again",
    "Charged": "Claim filed",
    "charged": "brought",
    "Charges": "Claims",
    "charges": "claims",
    "Charge": "Claim",
    "charge": "claim",
}
# Whole words: who is discharged is not disclaimed.
_CRIMINAL = re.compile(rf"\b(?:{'|'.join(_INSTEAD)})\b")


def of_a_claim(words: str, *, civil: bool) -> str:
    """Return ``words`` as they are said of a claim, if the case is ``civil``."""
    return _CRIMINAL.sub(lambda found: _INSTEAD[found.group()], words) if civil else words

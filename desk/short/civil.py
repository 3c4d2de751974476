"""The short forms in a civil case: which kinds they leave out, and in which words they speak of claims."""

import re

from desk.short.kinds import Kind

_ONLY_CRIMINAL = frozenset(
    {"information", "indictment", "initial_appearance", "arraignment", "preliminary", "detention", "plea_hearing"}
    | {"sentencing", "plea_agreement"}
)
_INSTEAD = {
    "is charged with what": "is sued for what",
    "charged with what": "sued for what",
    "is charged": "is sued",
    "it charges": "it sues",
    "New charges": "Changed claims",
    "Charges": "Claims",
    "charges": "claims",
    "Charge": "Claim",
    "charge": "claim",
}
# Whole words: who is discharged is not disclaimed.
_CRIMINAL = re.compile(rf"\b(?:{'|'.join(_INSTEAD)})\b")


def told(words: str, *, civil: bool) -> str:
    """Return what a form says in the words for a case of its kind."""
    return _CRIMINAL.sub(lambda found: _INSTEAD[found.group()], words) if civil else words


def fits(kind: Kind, *, civil: bool) -> bool:
    """Whether such an act can be in a case of this kind."""
    return not civil or (kind.kind not in _ONLY_CRIMINAL and "information" not in kind.instrument)

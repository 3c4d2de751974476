"""The short forms in a civil case: which kinds they leave out, and in which words they speak of claims."""

from desk.short.kinds import Kind

_ONLY_CRIMINAL = frozenset(
    {"information", "indictment", "initial_appearance", "arraignment", "preliminary", "detention", "plea_hearing"}
    | {"sentencing", "plea_agreement"}
)
_INSTEAD = (
    ("charged with what", "sued for what"),
    ("is charged", "is sued"),
    ("it charges", "it sues"),
    ("New charges", "Changed claims"),
    ("Charge", "Claim"),
    ("charge", "claim"),
)


def told(words: str, *, civil: bool) -> str:
    """Return what a form says in the words for a case of its kind."""
    for criminal, instead in _INSTEAD if civil else ():
        words = words.replace(criminal, instead)
    return words


def fits(kind: Kind, *, civil: bool) -> bool:
    """Whether such an act can be in a case of this kind."""
    return not civil or (kind.kind not in _ONLY_CRIMINAL and "information" not in kind.instrument)

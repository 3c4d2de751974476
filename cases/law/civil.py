"""Civil words: what is told of a charge in the words of a claim. Nobody is charged or prosecuted in a civil case."""

_INSTEAD = (
    ("the prosecution", "the plaintiff"),
    ("Prosecution", "Plaintiff"),
    ("prosecution", "plaintiff"),
    ("the defence", "the defendant"),
    ("Bound over", "Sent on"),
    ("bound over", "sent on"),
    ("charged again", "brought again"),
    ("Charged", "Claimed"),
    ("Charge", "Claim"),
    ("charge", "claim"),
)


def of_a_claim(words: str, *, civil: bool) -> str:
    """Return ``words`` as they are said of a claim, if the case is ``civil``."""
    for criminal, instead in _INSTEAD if civil else ():
        words = words.replace(criminal, instead)
    return words

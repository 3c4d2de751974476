"""Where a charge, a defendant and a case stand on a day, folded from the acts up to that day."""


def may_dispose(category: str, kind: str, decision: str) -> bool:
    return True

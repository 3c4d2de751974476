"""Which charges took the place of one that was replaced, and in which words that is told."""

from collections.abc import Iterable

from cases.law.facts import Charge
from cases.law.fold import Course, Fold, charge_key
from cases.law.vocabulary import ChargeClass

_ON_AS = "it goes on as {}"
_WORDS = {
    "superseded": "its place was taken by {}",
    "amended": _ON_AS,
    "merged": _ON_AS,
    "transferred": _ON_AS,
}


def successors(fold: Fold, course: Course) -> tuple[Charge, ...]:
    """Return the charges that took the place of one, brought by the act that replaced it, in the order of charges.

    One follows it (``replaces``), or took it up with others: then the act gave it the outcome "merged", and said
    into which.
    """
    act = course.state.decided_by
    if act is None or course.state.cls is not ChargeClass.REPLACED:
        return ()
    into = {outcome.into for outcome in act.outcomes if outcome.charge == course.charge.id}
    brought = (other.charge for other in fold.courses.values() if other.created_by.id == act.id)
    found = [one for one in brought if one.replaces == course.charge.id or one.id in into]
    return tuple(sorted(found, key=charge_key))


def goes_on(term: str, charges: Iterable[Charge]) -> str:
    """Return a clause that says in which charges one goes on that was replaced; "" where the record does not know."""
    names = " and ".join(f"count {one.count} ({one.title})" if one.count else f"“{one.title}”" for one in charges)
    return _WORDS[term].format(names) if names and term in _WORDS else ""

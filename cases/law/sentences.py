"""The words for a sentence's parts: "18 months in prison", "6 months in custody, all suspended"."""

from collections.abc import Iterable

from cases.law.facts import SentencePart
from cases.law.vocabulary import SentenceKind

_IN = {
    SentenceKind.PRISON: "in prison",
    SentenceKind.JAIL: "in jail",
    SentenceKind.CUSTODY: "in custody",
    SentenceKind.PROBATION_SUPERVISED: "of supervised probation",
    SentenceKind.PROBATION_UNSUPERVISED: "of unsupervised probation",
    SentenceKind.SUPERVISED_RELEASE: "of supervised release",
    SentenceKind.HOME_DETENTION: "of home detention",
    SentenceKind.COMMUNITY_SERVICE: "of community service",
    SentenceKind.TREATMENT: "of treatment",
    SentenceKind.COURSE: "of a course",
}
_ALONE = {
    SentenceKind.LIFE: "life in prison",
    SentenceKind.LIFE_WITHOUT_PAROLE: "life in prison without parole",
    SentenceKind.DEATH: "death",
    SentenceKind.PRISON: "prison (term not established)",
    SentenceKind.JAIL: "jail (term not established)",
    SentenceKind.CUSTODY: "custody (term not established)",
    SentenceKind.PROBATION_SUPERVISED: "supervised probation",
    SentenceKind.PROBATION_UNSUPERVISED: "unsupervised probation",
    SentenceKind.SUPERVISED_RELEASE: "supervised release",
    SentenceKind.NO_CONTACT: "a no-contact order",
    SentenceKind.REGISTRATION: "registration",
    SentenceKind.LICENCE_LOSS: "loss of licence",
    SentenceKind.OFFICE_OR_BAN: "a ban from office",
    SentenceKind.CONDITIONAL_DISCHARGE: "conditional discharge",
    SentenceKind.UNCONDITIONAL_DISCHARGE: "unconditional discharge",
    SentenceKind.TIME_SERVED: "time served",
}
_CONFINEMENT = frozenset({SentenceKind.PRISON, SentenceKind.JAIL, SentenceKind.CUSTODY})


def term_words(years: int | None, months: int | None, days: int | None, hours: int | None = None) -> str:
    """Return "1 year and 6 months"; "" when nothing is established. Zero is said: "0 days"."""
    given = [(years, "year"), (months, "month"), (days, "day"), (hours, "hour")]
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in given if n]
    if not parts and any(n == 0 for n, _ in given):
        return "0 days"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def part_words(part: SentencePart, *, in_force: bool = True) -> str:
    """Return one part of a sentence in words; ``in_force`` is false once a suspension may have been revoked."""
    term = term_words(part.years, part.months, part.days, part.hours)
    least = term_words(part.min_years, part.min_months, part.min_days)
    term = f"{least} to {term}" if least and term else f"at least {least}" if least else term
    if part.amount:
        words = f"a {part.kind} of {part.amount} {part.currency}".rstrip()
    elif term:
        words = f"{term} {_IN.get(part.kind, f'({_name(part.kind)})')}"
    else:
        words = _ALONE.get(part.kind, _name(part.kind))
    suspended = term_words(part.suspended_years, part.suspended_months, part.suspended_days)
    if part.all_suspended:
        words += ", all suspended"
        if part.kind in _CONFINEMENT and in_force:
            words += " (none of it to be served)"
    elif suspended:
        words += f", {suspended} of it suspended"
    if part.credit_days:
        words += f", with credit for {term_words(None, None, part.credit_days)}"
    return f"{words}, {part.order}" if part.order else words


def sentence_words(parts: Iterable[SentencePart], *, in_force: bool = True) -> str:
    """Return all parts of a sentence, confinement first, in an order that never depends on entry."""
    order = list(SentenceKind)
    told = sorted(parts, key=lambda p: (order.index(p.kind), part_words(p)))
    return "; ".join(part_words(part, in_force=in_force) for part in told)


def _name(kind: SentenceKind) -> str:
    return kind.replace("_", " ")

"""A case's answer told with its reasons: as plain data for JSON, and as lines for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cases.choices import label
from cases.dossier import Dossier
from cases.law.answers import CaseAnswer, ChargeAnswer, DefendantAnswer, FinalityAnswer
from cases.law.dates import day_words
from cases.law.facts import Act


def explanation(dossier: Dossier, *, as_of: date) -> dict[str, Any]:
    """Return where the case, each defendant and each charge stand on ``as_of``, and the acts that made it so.

    Dates of acts are EDTF ("2024-07-12", "2024-05", "XXXX"); other dates are days in ISO 8601, or None.
    A ``finality`` of None is that of a charge which another one replaced: it has no end of its own.
    """
    answer = dossier.answer(as_of)
    return {
        "as_of": as_of.isoformat(),
        "case": _case(dossier, answer),
        "defendants": [_defendant(defendant) for defendant in answer.defendants],
    }


def _case(dossier: Dossier, answer: CaseAnswer) -> dict[str, Any]:
    return {
        "slug": dossier.case.slug,
        "caption": dossier.case.caption,
        "status": answer.status.value,
        "stage": answer.stage,
        "finality": answer.finality.value.value,
        "final_since": _day(answer.finality.since),
        "estimated_deadline": _deadline(answer.finality),
        "wording": answer.wording,
        "overridden_because": answer.overridden,
        "because": _acts(answer.because),
        "finality_because": _acts(answer.finality.because),
        "order_uncertain": _acts(answer.uncertain),
        "date_imprecise": _acts(answer.imprecise),
    }


def _defendant(answer: DefendantAnswer) -> dict[str, Any]:
    return {
        "name": answer.defendant.name,
        "wording": answer.wording,
        "charges": [_charge(charge) for charge in answer.charges],
        "because": _acts(answer.because),
    }


def _charge(answer: ChargeAnswer) -> dict[str, Any]:
    final = answer.finality
    return {
        "title": answer.charge.title,
        "term": answer.term,
        "class": answer.cls.value,
        "finality": final.value.value if final else None,
        "final_since": _day(final.since) if final else None,
        "wording": answer.wording,
        "prejudice": answer.prejudice.value,
        "by": answer.by.value,
        "reason": answer.reason.value,
        "jeopardy": answer.jeopardy.value,
        "because": _acts(answer.because),
        "finality_because": _acts(final.because) if final else [],
        "void": _acts(answer.void),
    }


def _acts(acts: Iterable[Act]) -> list[dict[str, Any]]:
    return [
        {
            "date": act.on.iso,
            "category": act.category.value,
            "kind": act.kind,
            "decision": act.decision.value if act.decision else "",
            "title": act.title,
        }
        for act in acts
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _deadline(final: FinalityAnswer) -> dict[str, str] | None:
    if final.deadline is None:
        return None
    return {"on": final.deadline.on.isoformat(), "authority": final.deadline.authority}


def in_words(told: dict[str, Any]) -> str:
    """Return an ``explanation`` as lines for a terminal."""
    return "\n".join(_lines(told))


def _lines(told: dict[str, Any]) -> Iterator[str]:
    case = told["case"]
    yield f"{case['caption']}, as of {day_words(date.fromisoformat(told['as_of']))}"
    yield f"  {case['wording']}"
    yield f"  Status: {label(case['status'])}. Finality: {label(case['finality'])}."
    if case["overridden_because"]:
        yield f"  The status was set by hand: {case['overridden_because']}"
    yield from _list("Because of", case["because"], indent="  ")
    yield from _list("Finality because of", case["finality_because"], indent="  ")
    yield from _list("The order of these is uncertain", case["order_uncertain"], indent="  ")
    yield from _list("Not dated to the day, and counted", case["date_imprecise"], indent="  ")
    for defendant in told["defendants"]:
        yield ""
        yield f"  {defendant['name']}: {defendant['wording']}"
        for charge in defendant["charges"]:
            yield f"    {charge['title']}: {charge['wording']}"
            finality = label(charge["finality"]) if charge["finality"] else "none of its own"
            yield f"      Term: {charge['term']} ({charge['class']}). Finality: {finality}."
            yield from _list("Because of", charge["because"], indent="      ")
            yield from _list("Finality because of", charge["finality_because"], indent="      ")
            yield from _list("No longer in force", charge["void"], indent="      ")
    if not told["defendants"]:
        yield ""
        yield "  The published record names no defendant of this case."


def _list(heading: str, acts: list[dict[str, Any]], *, indent: str) -> Iterator[str]:
    if acts:
        yield f"{indent}{heading}:"
        for act in acts:
            decision = f", {act['decision'].replace('_', ' ')}" if act["decision"] else ""
            yield f"{indent}  {act['date']:<10}  {act['title']} ({act['category']}: {act['kind']}{decision})"

"""The figures at the head of a page: how many, since when, until when, before which judge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.dossier import Dossier
from cases.law.dates import PartialDate
from cases.pages.parts import ChargeCard, roles_on
from cases.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure at the head of the page."""

    term: str
    value: str
    note: str = ""


def figures(
    charges: Iterable[ChargeCard],
    known: Iterable[Dossier],
    timeline: Timeline,
    *,
    called: str = "charges",
    own_acts: bool = False,
) -> tuple[Fact, ...]:
    """The first of ``charges``, the latest act and the judges of the ``known`` cases, as far as there are any.

    ``own_acts``: without those of the matter, which a case's timeline lists as well.
    """
    held = [entry for entry in timeline.entries if entry.counts and not (own_acts and entry.case_id is None)]
    brought = sorted((c.brought.when for c in charges if c.brought and c.brought.when.is_known), key=_earliest)
    judges = dict.fromkeys(role.name for d in known for row, role in roles_on(d, timeline.as_of) if row.role == "judge")
    facts = [
        Fact(f"First {called}", str(brought[0]) if brought else ""),
        Fact("Latest act", str(held[-1].when) if held else ""),
        Fact("Judge" if len(judges) == 1 else "Judges", ", ".join(judges)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _earliest(when: PartialDate) -> date:
    return when.earliest

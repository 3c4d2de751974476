"""An act as it was typed, before anybody wrote it down: the rows it would be, and the same as if they were stored."""

from copy import copy
from dataclasses import dataclass, field
from typing import TypeVar

from cases.models import Charge, Citation, Defendant, Event, Outcome, SentencePart

Effect = TypeVar("Effect", Outcome, SentencePart)


@dataclass
class Draft:
    """One act with all it would do. None of its rows is in the database."""

    event: Event
    outcomes: list[Outcome] = field(default_factory=list)
    parts: list[SentencePart] = field(default_factory=list)
    concerned: list[Defendant] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)

    def as_if_stored(self, number: int) -> Event:
        """Return the act as the dossier would have loaded it, under an id that no stored act has."""
        act = copy(self.event)
        act.pk = -1 - number
        brought = self._brought(act)
        outcomes = _on(act, self.outcomes)
        for row in outcomes:
            row.merged_into = brought.get(id(row.merged_into), row.merged_into)
        loaded = {
            "defendants": list(self.concerned),
            "outcomes": outcomes,
            "sentence_parts": _on(act, self.parts),
            "citations": [],
            "shows_participants": [],
            "creates": list(brought.values()),
        }
        act._prefetched_objects_cache = loaded  # type: ignore[attr-defined]  # all that the law and a timeline ask for
        sourced = [_with_source(one, place) for place, one in enumerate(self.citations)]
        act.sourced = sourced  # type: ignore[attr-defined]  # as the guard loads it
        return act

    def _brought(self, act: Event) -> dict[int, Charge]:
        """Return the charges as if they were stored, by which of ours each is."""
        found = {id(row): copy(row) for row in self.charges}
        for place, row in enumerate(found.values()):
            row.pk, row.created_by = -1 - place, act
        for row in found.values():
            row.enhances = found.get(id(row.enhances), row.enhances)
        return found


def _on(act: Event, rows: list[Effect]) -> list[Effect]:
    found = []
    for place, row in enumerate(rows):
        effect = copy(row)
        effect.event, effect.pk = act, -1 - place
        found.append(effect)
    return found


def _with_source(row: Citation, place: int) -> Citation:
    """Return a citation as if its source were stored: of two that are new each is one of its own."""
    cited = copy(row)
    if cited.source._state.adding:
        cited.source = copy(cited.source)
        cited.source.pk = -1 - place
    return cited

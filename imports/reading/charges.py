"""A docket's lists of counts and complaints as charges, with the acts that brought, decided and sentenced them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from imports.reading import acts
from imports.reading.counts import CountLine, count_line
from imports.reading.dates import on_day
from imports.reading.dating import reason, saying
from imports.reading.dispositions import UNKNOWN, Said, said
from imports.reading.found import (
    FoundAct,
    FoundCharge,
    FoundOutcome,
    FoundParty,
    NotUnderstood,
    When,
)
from imports.reading.privacy import public_part
from imports.reading.sentences import sentence_said
from imports.reading.shape import rows, text

_SUPERSEDING = re.compile(r"(?:(FIRST|SECOND|THIRD) )?SUPERSEDING", re.IGNORECASE)
_ORDINALS = {"": 1, "FIRST": 1, "SECOND": 2, "THIRD": 3}
_INSTRUMENTS = {"indictment": "indictment", "information": "information", "complaint": "complaint"}


class Docketed:
    """The charges of one docket, gathered party by party, and the acts that its entries do not show."""

    def __init__(self, entries: Sequence[FoundAct]) -> None:
        self.charges: list[FoundCharge] = []
        self.not_understood: list[NotUnderstood] = []
        self._entries = entries
        self._parties: dict[str, FoundParty] = {}
        self._brought: dict[str, FoundAct] = {}
        self._decided: dict[str, FoundAct] = {}
        self._sentenced: dict[str, FoundAct] = {}

    def acts(self) -> tuple[FoundAct, ...]:
        """Return the acts that no entry of the docket shows."""
        decided = [act for one in (*self._decided.values(), *self._sentenced.values()) for act in self._dated(one)]
        return (*self._brought.values(), *decided)

    def _dated(self, act: FoundAct) -> list[FoundAct]:
        """Give an undated act the day that the docket's entries show; one of several days becomes several acts.

        What stays undated, or is all of one day, keeps its key: a newer file of the docket has it under the same one.
        """
        charges = {one.charge for one in act.outcomes} | {part.charge for part in act.sentence}
        if act.when.on is not None:
            return [act]
        days: dict[When, list[FoundCharge]] = {}
        shown: dict[When, FoundAct] = {}
        for charge in (one for one in self.charges if one.key in charges):
            entry = self._saying(charge)
            when = act.when if entry is None else entry.when
            days.setdefault(when, []).append(charge)
            shown |= {} if entry is None else {when: entry}
        alone = len(days) == 1
        return [
            _of(
                act,
                [one.key for one in some],
                when=when,
                why=reason(shown[when], some) if when in shown else "",
                own_key=alone or when not in shown,
            )
            for when, some in days.items()
        ]

    def _saying(self, charge: FoundCharge) -> FoundAct | None:
        own = [one for one in self.charges if one.party == charge.party]
        return saying(charge, self._parties[charge.party], own, self._entries)

    def take(self, party: FoundParty, criminal: Mapping[str, Any], *, alone: bool) -> None:
        """Add the counts and complaints against one party. ``alone``: the docket accuses nobody else."""
        first = len(self.charges)
        self._parties[party.key] = party
        for section in ("counts", "complaints"):
            for place, row in enumerate(rows(criminal.get(section))):
                if isinstance(row, Mapping):
                    self._add(party, section, row, alone=alone)
                else:
                    where = f"{section} of {party.name}, line {place + 1}"
                    self.not_understood.append(NotUnderstood(where, text(row), "It is no list of named fields."))
        self.charges[first:] = _with_predecessors(self.charges[first:])

    def _add(self, party: FoundParty, section: str, row: Mapping[str, Any], *, alone: bool) -> None:
        name, words = text(row.get("name")), text(row.get("disposition"))
        line = count_line(name) if section == "counts" else _complaint(name)
        label = f"{line.first}{line.suffix}" if line.first is not None else line.title.casefold()
        key = self._key(f"{party.key}/{section.removesuffix('s')}/{label}")
        outcome = said(words, line.numbers) if words.strip() else UNKNOWN
        brought = self._bringing(party, section, line, alone=alone)
        self.charges.append(
            FoundCharge(
                key=key,
                party=party.key,
                title=line.title or "A count without words",
                brought_by=brought.key,
                count=line.first,
                count_to=line.last,
                suffix=line.suffix,
                statute=line.statute,
                severity=line.severity,
                section="complaint" if section == "complaints" else text(row.get("status")),
                instrument=_instrument(brought, line) if section == "counts" else "complaint",
                generation=line.generation,
                refiled=line.refiled,
                disposition=outcome.disposition,
                disposition_raw=words,
                raw_text=name,
                raw=public_part({k: v for k, v in row.items() if k not in ("name", "disposition")}),
            )
        )
        if words.strip():
            self._decide(party, key, outcome, words)

    def _key(self, key: str) -> str:
        same = sum(1 for charge in self.charges if charge.key == key or charge.key.startswith(f"{key}#"))
        return f"{key}#{same + 1}" if same else key

    def _bringing(self, party: FoundParty, section: str, line: CountLine, *, alone: bool) -> FoundAct:
        """Return the one entry that shows the charging document, or an act made for it."""
        kinds = ("complaint",) if section == "complaints" else ("indictment", "information")
        shown = [
            entry
            for entry in self._entries
            if entry.kind in kinds
            and _generation(entry) == line.generation
            and (alone or party.name.casefold() in entry.raw_text.casefold())
        ]
        if len(shown) == 1 and not line.refiled:
            return shown[0]
        name, title = f"{line.generation}", "Charged"
        if section == "complaints":
            name, title = "complaint", "Complaint"
        elif line.refiled:
            name, title = "refiled", "Charged again"
        elif line.generation:
            title = "Charged by a superseding document"
        key = f"brought/{party.key}/{name}"
        kind = "complaint" if section == "complaints" else "charges_filed"
        if key not in self._brought:
            later = line.generation + (1 if section == "counts" else 0)
            self._brought[key] = acts.brought(key, title=title, kind=kind, about=(party.key,), later=later)
        return self._brought[key]

    def _decide(self, party: FoundParty, charge: str, outcome: Said, words: str) -> None:
        """Add what the words beside a count say, and the words themselves where they say nothing certain."""
        sentence = sentence_said(words, charge)
        if sentence.parts:
            key = f"sentence/{party.key}/{sentence.on or 'undated'}"
            told = () if outcome != UNKNOWN else (FoundOutcome(charge, "unknown", raw_text=words),)
            on = on_day(sentence.on)
            act = acts.sentenced(key, sentence.parts, raw_text=words, outcomes=told, when=on, about=(party.key,))
            self._sentenced[key] = _together(self._sentenced.get(key), act)
            if outcome == UNKNOWN:
                return
        key = f"outcome/{party.key}/{outcome.disposition}/{outcome.prejudice}/{outcome.by}/{outcome.reason}"
        act = acts.decided(key, outcome, (charge,), raw_text=words, about=(party.key,))
        self._decided[key] = _together(self._decided.get(key), act)


def _of(act: FoundAct, charges: list[str], *, when: When, why: str, own_key: bool) -> FoundAct:
    """Return what an act does to some of its charges, on a day."""
    outcomes = tuple(outcome for outcome in act.outcomes if outcome.charge in charges)
    sentence = tuple(part for part in act.sentence if part.charge in charges)
    words = act.raw_text
    if len(outcomes) + len(sentence) < len(act.outcomes) + len(act.sentence):
        words = "\n".join(dict.fromkeys(one.raw_text for one in outcomes)) or act.raw_text
    key = act.key if own_key else f"{act.key}/{when.on}"
    return replace(act, key=key, when=when, why=why, outcomes=outcomes, sentence=sentence, raw_text=words)


def _together(before: FoundAct | None, act: FoundAct) -> FoundAct:
    """Return one act that does what both do."""
    if before is None:
        return act
    return replace(
        before,
        outcomes=before.outcomes + act.outcomes,
        sentence=before.sentence + act.sentence,
        raw_text=_joined(before.raw_text, act.raw_text),
    )


def _joined(before: str, words: str) -> str:
    """Return both texts, one under the other; the same words are not told twice."""
    return before if words in before.split("\n") else f"{before}\n{words}"


def _complaint(name: str) -> CountLine:
    line = count_line(name)
    return line if line.first is None else replace(line, title=name.strip(), first=None, last=None, suffix="")


def _generation(entry: FoundAct) -> int:
    match = _SUPERSEDING.search(entry.raw_text[:60])
    return _ORDINALS[(match[1] or "").upper()] if match else 0


def _instrument(brought: FoundAct, line: CountLine) -> str:
    """Return the charging document where an entry shows it; the suffix alone does not tell an indictment."""
    if not brought.entry:
        return ""
    if line.generation:
        return "superseding_indictment" if brought.kind == "indictment" else ""
    return _INSTRUMENTS.get(brought.kind, "")


def _with_predecessors(charges: Sequence[FoundCharge]) -> list[FoundCharge]:
    """Let a superseding or refiled count follow the earlier one of the same number and the same offence."""
    linked = []
    for charge in charges:
        wanted = charge.generation - 1 if charge.generation else 0
        earlier = [
            other
            for other in charges
            if (charge.generation or charge.refiled)
            and other is not charge
            and not other.refiled
            and other.generation == wanted
            and other.section != "complaint"
            and (other.count, other.count_to) == (charge.count, charge.count_to)
            and _offence(other) == _offence(charge)
        ]
        if len(earlier) == 1:
            how = "refiled" if charge.refiled else "superseded"
            linked.append(replace(charge, replaces=earlier[0].key, replaces_how=how))
        else:
            linked.append(charge)
    return linked


def _offence(charge: FoundCharge) -> str:
    """Return the last part of a count's title, which names the offence as this document words it."""
    return charge.title.rsplit(";", 1)[-1].strip(" .").casefold()

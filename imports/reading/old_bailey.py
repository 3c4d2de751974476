"""Trials at the Old Bailey, one JSON object on each line: several defendants by several charges, each with its verdict.

A verdict of this court was a jury's, unless the file says that the prisoner pleaded guilty. The date of a trial is its
session's first day: sessions lasted several, so it is kept as approximate. Punishments that the record has no word for
(transportation, whipping, branding) stay in the source's own words.
"""

import json
import re
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from imports.reading import acts
from imports.reading.dates import compact_date
from imports.reading.dispositions import UNKNOWN, Said
from imports.reading.found import (
    Ending,
    FoundAct,
    FoundCase,
    FoundCharge,
    FoundParty,
    NotReadableError,
    NotUnderstood,
    When,
)
from imports.reading.old_bailey_words import punished, verdict_said
from imports.reading.shape import mapping, one_line, rows, text

COURT = "Old Bailey"
CREDIT = "Old Bailey Proceedings Online (www.oldbaileyonline.org), version 7.2, CC BY-NC 4.0"
_KINDS = ("defendants", "victims", "offences", "verdicts", "punishments", "charges", "def_punishments")
_OTHERWISE = re.compile(r",?\s*\b(?:otherwise|alias)\b\s*", re.IGNORECASE)
_INDICTED = re.compile(r"\b(?:was|were) (?:again )?indicted for\b")


def is_trial(value: Any) -> bool:
    """Return whether a JSON value has the shape of one trial."""
    return isinstance(value, Mapping) and "trial_id" in value and isinstance(value.get("defendants"), list)


def stream(lines: Iterable[bytes]) -> Generator[FoundCase, None, Ending]:
    """Yield each trial as a case; return the totals of the file. No more than one trial is held at a time."""
    totals = dict.fromkeys(("trials", *_KINDS, "multi_defendant_trials"), 0)
    lost: list[NotUnderstood] = []
    keys: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        trial = _trial(line, number)
        totals["trials"] += 1
        for kind in _KINDS:
            totals[kind] += len(rows(trial.get(kind)))
        totals["multi_defendant_trials"] += len(rows(trial.get("defendants"))) > 1
        name = text(trial.get("trial_id"))
        keys[name] = keys.get(name, 0) + 1
        if not any(rows(trial.get(kind)) for kind in _KINDS):
            lost.append(NotUnderstood(f"trial {name}", line.decode().strip(), "The file says nothing of this trial."))
            continue
        yield _Trial(trial, name if keys[name] == 1 else f"{name}#{keys[name]}").case()
    if not totals["trials"]:
        raise NotReadableError("This file holds no trials.")
    return Ending(totals, tuple(lost))


def _trial(line: bytes, number: int) -> Mapping[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # a wrong encoding is a ValueError too
        raise NotReadableError(
            f"Line {number} of this file is not whole JSON in UTF-8: the file may have been cut off. "
            "Fetch it again and try once more."
        ) from error
    if not is_trial(value):
        raise NotReadableError(f"Line {number} of this file is not a trial of the Old Bailey.")
    return mapping(value)


@dataclass(slots=True)
class _Trial:
    """One trial, taken apart."""

    data: Mapping[str, Any]
    key: str

    def case(self) -> FoundCase:
        people = [self._party(row, "defendant") for row in self._rows("defendants")]
        victims = [self._party(row, "victim") for row in self._rows("victims")]
        brought = self._brought()
        verdicts = {text(row.get("id")): row for row in self._rows("verdicts")}
        charges, lost = self._charges(brought.key, verdicts)
        decided, unlinked = self._decided(charges, verdicts)
        sentenced, loose = self._sentenced(charges)
        names = ", ".join(person.name for person in people)
        return FoundCase(
            key=f"old_bailey:{self.key}",
            caption=one_line(f"Trial of {names}") if names else f"Trial {self.key}",
            kind="criminal",
            court_name=COURT,
            docket_number=self.key,
            parties=(*people, *victims),
            charges=tuple(charge for charge, _ in charges),
            acts=(brought, *decided, *sentenced),
            not_understood=(*lost, *unlinked, *loose),
            raw={"session": text(self.data.get("session")), "text": text(self.data.get("text"))},
        )

    def _rows(self, kind: str) -> list[Mapping[str, Any]]:
        return [mapping(row) for row in rows(self.data.get(kind))]

    def _when(self) -> When:
        day = compact_date(text(self.data.get("date")))
        return When(day, "day", qualifier="approximate") if day else When(raw=text(self.data.get("date")))

    def _party(self, row: Mapping[str, Any], role: str) -> FoundParty:
        printed = text(row.get("as_printed"))
        first, *others = _OTHERWISE.split(" ".join(printed.split()))
        given, surname = one_line(row.get("given"), 100), one_line(row.get("surname"), 100)
        name = f"{given} {surname}".strip() or one_line(first).strip(" ,") or f"(a {role} without a name)"
        marks = {mark: text(row.get(mark)) for mark in ("gender", "age", "occupation") if text(row.get(mark))}
        return FoundParty(
            key=text(row.get("id")) or f"{role}/{name.casefold()}",
            name=name,
            role=role,
            role_raw=role,
            kind="person" if role == "defendant" else "",
            aliases=tuple(alias for other in others if (alias := one_line(other, 200).strip(" ,"))),
            marks=marks,
            raw_text=printed,
            raw={"given": given, "surname": surname},
        )

    def _brought(self) -> FoundAct:
        indicted = bool(_INDICTED.search(text(self.data.get("text"))))
        title = "Indicted" if indicted else "Charged"
        return acts.brought(f"{self.key}/brought", title=title, kind="indictment" if indicted else "charges_filed")

    def _charges(
        self, brought: str, verdicts: Mapping[str, Mapping[str, Any]]
    ) -> tuple[list[tuple[FoundCharge, str]], list[NotUnderstood]]:
        """Return each charge with the id of its verdict ("" if it has none), and the links that name nobody."""
        offences = {text(row.get("id")): row for row in self._rows("offences")}
        people = {text(row.get("id")) for row in self._rows("defendants")}
        charges: list[tuple[FoundCharge, str]] = []
        lost: list[NotUnderstood] = []
        for row in self._rows("charges"):
            targets = [text(target) for target in rows(row.get("targets"))]
            person = next((target for target in targets if target in people), "")
            offence = next((target for target in targets if target in offences), "")
            if not person or not offence:
                where, missing = f"charge {text(row.get('id'))}", "defendant" if not person else "offence"
                lost.append(NotUnderstood(where, json.dumps(row), f"The file links this charge to no {missing}."))
                continue
            verdict = next((target for target in targets if target in verdicts), "")
            said = self._said(verdicts.get(verdict, {}), offences[offence])
            charges.append(
                (self._charge(row, person, offences[offence], brought, verdicts.get(verdict), said), verdict)
            )
        return charges, lost

    @staticmethod
    def _said(verdict: Mapping[str, Any], offence: Mapping[str, Any]) -> Said:
        category, sub = text(verdict.get("category")), text(verdict.get("subcategory"))
        return verdict_said(category, sub, text(verdict.get("text")), offence=text(offence.get("subcategory")))

    def _charge(
        self,
        row: Mapping[str, Any],
        person: str,
        offence: Mapping[str, Any],
        brought: str,
        verdict: Mapping[str, Any] | None,
        said: Said,
    ) -> FoundCharge:
        words = text(offence.get("text"))
        named = ": ".join(filter(None, (text(offence.get("category")), text(offence.get("subcategory")))))
        return FoundCharge(
            key=text(row.get("id")) or f"{person}/{text(offence.get('id'))}",
            party=person,
            title=one_line(words) or named or "An offence that the file does not word",
            brought_by=brought,
            instrument="indictment" if _INDICTED.search(text(self.data.get("text"))) else "",
            disposition=said.disposition,
            disposition_raw=text(verdict.get("text")) if verdict else "",
            disposed_on=self._when() if verdict else When(),
            sentence_raw="\n".join(text(p.get("text")) for p in self._punishments_of(person)),
            raw_text=words,
            raw={
                "offence": text(offence.get("id")),
                "category": text(offence.get("category")),
                "subcategory": text(offence.get("subcategory")),
                "verdict_category": text((verdict or {}).get("category")),
                "verdict_subcategory": text((verdict or {}).get("subcategory")),
            },
        )

    def _decided(
        self, charges: list[tuple[FoundCharge, str]], verdicts: Mapping[str, Mapping[str, Any]]
    ) -> tuple[list[FoundAct], list[NotUnderstood]]:
        """Return an act for each verdict (two, if it says different things of two charges), and those of nobody."""
        offences = {text(row.get("id")): row for row in self._rows("offences")}
        found: list[FoundAct] = []
        lost: list[NotUnderstood] = []
        for key, verdict in verdicts.items():
            groups: dict[Said, list[FoundCharge]] = {}
            for charge, decided_by in charges:
                if decided_by == key:
                    offence = offences.get(text(charge.raw["offence"]), {})
                    groups.setdefault(self._said(verdict, offence), []).append(charge)
            if not groups:
                reason = "The file links this verdict to no charge."
                lost.append(NotUnderstood(f"verdict {key}", text(verdict.get("text")), reason))
            for place, (said, of) in enumerate(groups.items()):
                act = acts.decided(
                    key if not place else f"{key}#{place + 1}",
                    said,
                    tuple(charge.key for charge in of),
                    raw_text=text(verdict.get("text")),
                    when=self._when(),
                    about=tuple(dict.fromkeys(charge.party for charge in of)),
                )
                found.append(act if said != UNKNOWN else replace(act, title="Verdict, as the source words it"))
        return found, lost

    def _punishments_of(self, person: str) -> list[Mapping[str, Any]]:
        links = [rows(row.get("targets")) for row in self._rows("def_punishments")]
        mine = {text(target) for link in links if person in link for target in link}
        return [row for row in self._rows("punishments") if text(row.get("id")) in mine]

    def _sentenced(self, charges: list[tuple[FoundCharge, str]]) -> tuple[list[FoundAct], list[NotUnderstood]]:
        """Return an act for each punishment. Its parts are of a charge only where no other can be meant."""
        links = [[text(target) for target in rows(row.get("targets"))] for row in self._rows("def_punishments")]
        people = {text(row.get("id")) for row in self._rows("defendants")}
        found: list[FoundAct] = []
        lost: list[NotUnderstood] = []
        for row in self._rows("punishments"):
            key = text(row.get("id"))
            about = tuple(dict.fromkeys(t for link in links if key in link for t in link if t in people))
            if not about:
                reason = "The file links this punishment to no defendant."
                lost.append(NotUnderstood(f"punishment {key}", text(row.get("text")), reason))
                continue
            guilty = [
                [c.key for c, _ in charges if c.party == person and c.disposition.startswith("convicted")]
                for person in about
            ]
            meant = tuple(of[0] for of in guilty if len(of) == 1)
            category, sub = text(row.get("category")), text(row.get("subcategory"))
            found.append(punished(key, category, sub, text(row.get("text")), meant, when=self._when(), about=about))
        return found, lost

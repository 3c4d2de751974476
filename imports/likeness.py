"""Who of the record may be the person a file names: every one of the same name, with the reasons, for an editor.

A like name never decides. Nothing here writes, and nobody is taken for somebody else.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from cases.models import Defendant, Participant
from imports.forgetting import HERE, SAME_NAME, unnamed
from people.choices import HIDDEN, NAMED
from people.models import Name, Person
from people.names import fold, sort_name

AT_ONCE = 5_000
MOST = 8  # persons offered for one name


@dataclass(slots=True)
class Asked:
    """One party of a file, and the case of the record it is a party to, if that is known."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    case: int | None = None
    found: dict[int, list[str]] = field(default_factory=dict)


def candidates(asked: Iterable[Asked], *, near: bool) -> dict[str, list[dict[str, Any]]]:
    """Return, for each key, the persons it may be, likeliest first, as ``{"person", "name", "reasons"}``.

    ``near`` looks for the same surname and first name, too: too many queries for thousands of names.
    """
    parties = list(asked)
    if not Person.objects.exists():
        return {}
    _same_names(parties)
    if near:
        _near_names(parties)
    _of_the_case(parties)
    people = {person for party in parties for person in party.found}
    known, parts = _who(people), _parts(people)
    told: dict[str, list[dict[str, Any]]] = {}
    hidden, sealed = _hidden(people)
    for party in parties:
        rows: list[dict[str, Any]] = [
            {"person": pk, "name": known[pk], "reasons": [*reasons, *parts.get(pk, ())]}
            for pk, reasons in party.found.items()
            if pk in known
        ]
        rows = [
            unnamed(row) if {row["person"], (party.case, row["person"])} & (hidden | sealed) else row for row in rows
        ]
        if rows:
            told[party.key] = sorted(rows, key=lambda row: (-len(party.found[row["person"]]), row["person"]))[:MOST]
    return told


def _same_names(parties: list[Asked]) -> None:
    by_name: dict[str, list[tuple[Asked, str]]] = defaultdict(list)
    for party in parties:
        for name in (party.name, *party.aliases):
            if folded := fold(name):
                by_name[folded].append((party, name))
    names = sorted(by_name)
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        for pk, folded in Person.objects.filter(folded__in=some).values_list("pk", "folded"):
            for party, name in by_name[folded]:
                told = SAME_NAME if name == party.name else f"The file also calls them “{name}”."
                _add(party, pk, told)
        for pk, folded, text in Name.objects.filter(folded__in=some).values_list("person", "folded", "text"):
            for party, _ in by_name[folded]:
                _add(party, pk, f"The record also calls them “{text}”.")


def _near_names(parties: list[Asked]) -> None:
    """Find persons of the same surname and first name, whatever stands between or after."""
    by_start: dict[str, list[Asked]] = defaultdict(list)
    for party in parties:
        words = sort_name(party.name).split()
        if len(words) > 1 and len(words[1]) > 1:
            by_start[" ".join(words[:2])].append(party)
    starts = sorted(by_start)
    for place in range(0, len(starts), 50):
        wanted = Q()
        for start in starts[place : place + 50]:
            wanted |= Q(sort_name=start) | Q(sort_name__startswith=f"{start} ")
        for pk, key in Person.objects.filter(wanted).values_list("pk", "sort_name"):
            for party in by_start[" ".join(key.split()[:2])]:
                if pk not in party.found:
                    _add(party, pk, "The same surname and first name; the rest differs.")


def _of_the_case(parties: list[Asked]) -> None:
    """Add a reason where the person is in the same case already."""
    wanted = {(party.case, pk) for party in parties if party.case for pk in party.found}
    if not wanted:
        return
    cases = {case for case, _ in wanted}
    there = {
        (case, person)
        for model in (Defendant, Participant)
        for case, person in model._base_manager.filter(case__in=cases).values_list("case", "person")
    }
    for party in parties:
        for pk, reasons in party.found.items():
            if (party.case, pk) in there:
                reasons.insert(0, HERE)


def _add(party: Asked, person: int, reason: str) -> None:
    reasons = party.found.setdefault(person, [])
    if reason not in reasons:
        reasons.append(reason)


def _who(people: set[int]) -> dict[int, str]:
    rows = Person.objects.filter(pk__in=people)
    return {p.pk: f"{p.name} ({p.described_as})" if p.described_as else p.name for p in rows}


def _hidden(people: set[int]) -> tuple[set[Any], set[Any]]:
    """Return who of these is hidden wherever they are, and in which cases others are, as pairs of case and person."""
    everywhere = Person.objects.filter(pk__in=people, visibility__in=HIDDEN).values_list("pk", flat=True)
    here = Defendant.objects.filter(person__in=people).exclude(visibility__in=NAMED, case__visibility__in=NAMED)
    return set(everywhere), set(here.values_list("case_id", "person_id"))


def _parts(people: set[int]) -> dict[int, list[str]]:
    """Return, for each person, up to three of the parts they have in cases, in words."""
    told: dict[int, list[str]] = defaultdict(list)
    accused = Defendant.objects.filter(person__in=people).select_related("case__court").order_by("pk")
    for row in accused:
        told[row.person_id].append(f"Defendant in {row.case.caption}, {row.case.court.name}.")
    others = Participant.objects.filter(person__in=people, case__isnull=False).select_related("case").order_by("pk")
    for other in others:
        if other.case is not None:
            told[other.person_id].append(f"{other.get_role_display()} in {other.case.caption}.")
    return {pk: rows[:3] for pk, rows in told.items()}

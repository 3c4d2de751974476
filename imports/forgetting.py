"""Forgetting what files said of whoever is sealed or not to be named: in proposals open and closed, and in accounts.

The rows stay, and the sums with them; the words are gone. What an editor had yet to decide on is closed: the file can
be brought again, and is warned of then. Keys stay as they are: by them a later file is known, and no page shows them.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from cases.editing.forgetting import Hidden, names_of
from cases.editing.veiling import Veiled
from cases.models import Case
from cases.withheld import hidden_near
from imports.choices import Decision, Kind
from imports.models import Batch, Proposal, SourceKey
from people.choices import HIDDEN
from people.models import Person
from people.names import fold

REMOVED = "(removed after a seal)"
DIGEST = "digest"  # of what was said, in place of what it was
# What rows of the record are found and compared by, and what names nobody.
_STAYS = frozenset(
    {
        "role", "kind", "category", "motion", "decision", "occurrence", "precision", "qualifier", "count", "quantity",
        "who", "shown_by", "for", "act", "charge", "party", "brought_by", "about", "replaces", "disposition", DIGEST,
    }
)  # fmt: skip
NAMES_HIDDEN = (
    "It has a name, or part of one, that is withheld or sealed in this case. What is accepted is a draft: say it "
    "without the name before it is public."
)
SAME_NAME, HERE = "The same name.", "In this case already."
UNNAMED = "somebody whose name is withheld or sealed"
HIDDEN_THERE = "Their name is withheld or sealed in the record."
_OF_PEOPLE = (Kind.PARTY, Kind.ALIAS, Kind.OFFICIAL, Kind.ATTORNEY)
Holds = Callable[[str], bool]
Within = dict[int, set[str]]  # what sources call cases, by the source's id


def digest_of(values: dict[str, Any]) -> str:
    """Return a mark of what was said, by which the same is known again without it."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def is_as_forgotten(said: dict[str, Any], values: dict[str, Any]) -> bool:
    """Whether ``values`` are what was said before it was forgotten."""
    return said.get(DIGEST) == digest_of(values)


def forget(veiled: Veiled) -> None:
    """Forget what became hidden. Called at the end of the sitting that hides it."""
    whole = _within(veiled.sealed_cases)
    for one in _proposals(whole):
        _empty(one)
    near = _within(veiled.cases - veiled.sealed_cases)
    theirs = _theirs(veiled, near)
    left: list[Proposal] = []
    for one in _proposals(near):
        if one.pk in theirs:
            _empty(one)
        elif take_words(one, veiled.holds):
            _close(one)
        else:
            left.append(one)
    _close_what_rests_on_closed(left)
    _forget_candidates(veiled.persons)
    _forget_accounts({*whole, *near}, veiled.holds)


def forget_decided(proposals: QuerySet[Proposal]) -> None:
    """Forget those of which an editor was warned, and that are decided on: what was taken stands in the record."""
    for one in proposals.filter(reason__startswith=NAMES_HIDDEN).exclude(decision=Decision.OPEN):
        _empty(one)


def forget_linked(batch: Batch, linked: Iterable[Proposal]) -> None:
    """Forget the names of hidden persons in the cases in which a file's parties turned out to be them."""
    parties = [one for one in linked if one.person_id is not None]
    hidden = Person.objects.filter(pk__in={one.person_id for one in parties}, visibility__in=HIDDEN)
    ids = set(hidden.values_list("pk", flat=True)) if parties else set()
    if not ids:
        return
    holds = Hidden(names=names_of(ids)).held_by()
    within = {one.within for one in parties if one.person_id in ids}
    for one in batch.proposals.filter(within__in=within):
        if one.decision != Decision.OPEN:
            if take_words(one, holds):
                _close(one)
        elif holds(prose_of(one)) and not one.reason.startswith(NAMES_HIDDEN):
            one.reason = f"{NAMES_HIDDEN} {one.reason}".strip()
            one.save(update_fields=["reason"])
    batch.file_name = REMOVED if holds(_apart(batch.file_name)) else batch.file_name
    batch.account = _account_without(batch.account, holds)
    batch.save(update_fields=["file_name", "account"])


def prose_of(one: Proposal) -> str:
    """Return all that a proposal says, one text after the other."""
    return _prose([one.label, one.reason, one.old, one.new, one.candidates, one.marks])


def take_words(one: Proposal, holds: Holds) -> bool:
    """Take the words that hold a name out of a proposal, and say whether there were any. It is not saved."""
    if not holds(prose_of(one)):
        return False
    digest = one.new.get(DIGEST) or digest_of(one.new)
    one.new = {**_without(one.new, holds), DIGEST: digest}
    one.old = _without(one.old, holds) if one.old is not None else None
    if one.kind in _OF_PEOPLE and holds(one.label):
        one.new |= {name: REMOVED for name in ("name", "text") if name in one.new}
    one.label = REMOVED if holds(one.label) else one.label
    one.reason = "" if holds(one.reason) else one.reason
    one.candidates = [row for row in one.candidates if not holds(_prose(row))]
    one.marks = [mark for mark in one.marks if not holds(mark)]
    return True


def _empty(one: Proposal) -> None:
    """Take everything out of a proposal but what its row is found by."""
    digest = one.new.get(DIGEST) or digest_of(one.new)
    one.new = {name: value for name, value in one.new.items() if name in _STAYS} | {DIGEST: digest}
    one.old, one.label, one.candidates, one.marks = None, REMOVED, [], []
    if one.decision != Decision.NOTED:  # the account says why something is left out, in words of the program
        one.reason = ""
    _close(one)


def _close(one: Proposal) -> None:
    if one.decision == Decision.OPEN:
        one.decision, one.reason = Decision.SEALED, ""
    one.save(update_fields=["new", "old", "label", "reason", "candidates", "marks", "decision"])


def _without(values: Any, holds: Holds) -> Any:
    """Return values of a proposal with each text that holds a name replaced; what rows are found by stays."""
    if isinstance(values, dict):
        return {name: value if name in _STAYS else _without(value, holds) for name, value in values.items()}
    if isinstance(values, list):
        return [_without(value, holds) for value in values]
    return REMOVED if isinstance(values, str) and holds(values) else values


def _prose(value: Any) -> str:
    """Return every text in values, one after the other; what rows are found by is none."""
    if isinstance(value, dict):
        return " . ".join(_prose(one) for name, one in value.items() if name not in _STAYS)
    if isinstance(value, list):
        return " . ".join(map(_prose, value))
    return value if isinstance(value, str) else ""


def _within(cases: Iterable[int]) -> Within:
    """Return what sources call these cases: those that were accepted, and those that a file was found to tell of."""
    ids = set(cases)
    found: Within = {}
    if not ids:
        return found
    keys = SourceKey.objects.filter(kind=Kind.CASE, row__in=ids).values_list("origin", "within", "moved_to")
    told = Proposal.objects.filter(kind=Kind.CASE, row__in=ids).values_list("batch__origin", "within")
    pairs = [*((origin, name) for origin, *names in keys for name in names), *told]
    for origin, name in pairs:
        if name:
            found.setdefault(origin, set()).add(name)
    offered = Proposal.objects.filter(kind=Kind.CASE).exclude(candidates=[])
    for origin, within, candidates in offered.values_list("batch__origin", "within", "candidates"):
        if any(row.get("case") in ids for row in candidates):
            found.setdefault(origin, set()).add(within)
    return found


def _proposals(within: Within) -> list[Proposal]:
    where = Q()
    for origin, names in within.items():
        where |= Q(batch__origin=origin, within__in=names)
    return list(Proposal.objects.filter(where).order_by("pk")) if within else []


def _theirs(veiled: Veiled, near: Within) -> set[int]:
    """Return the proposals of sealed defendants: the party, and all that rests on it, but the acts."""
    keys = SourceKey.objects.filter(kind=Kind.PARTY, row__in=veiled.sealed_defendants)
    accused = keys.filter(proposal__new__role="defendant").values_list("origin", "key")
    by_origin: dict[int, set[str]] = {}
    for origin, key in accused:
        by_origin.setdefault(origin, set()).add(key)
    found: set[int] = set()
    for origin, wanted in by_origin.items():
        rows = Proposal.objects.filter(batch__origin=origin, within__in=near.get(origin, ()))
        told = list(rows.values_list("pk", "key", "rests_on"))
        below = resting_on(wanted, ((key, rests_on) for _, key, rests_on in told))
        found |= {pk for pk, key, _ in told if key in below}
    return found


def resting_on(wanted: Iterable[str], told: Iterable[tuple[str, Iterable[str]]]) -> set[str]:
    """Return these keys, and all of ``told`` that rest on one of them, however far."""
    found, rows = set(wanted), list(told)
    grown = True
    while grown:
        more = {key for key, rests_on in rows if key not in found and not found.isdisjoint(rests_on)}
        found |= more
        grown = bool(more)
    return found


def _close_what_rests_on_closed(left: Iterable[Proposal]) -> None:
    """Close what nobody could accept any more, because what it rests on is closed: the file has to be brought again."""
    waiting = [one for one in left if one.decision == Decision.OPEN]
    for batch in {one.batch_id for one in waiting}:
        some = [one for one in waiting if one.batch_id == batch]
        closed = Proposal.objects.filter(batch=batch, decision=Decision.SEALED).values_list("key", flat=True)
        below = resting_on(closed, ((one.key, one.rests_on) for one in some))
        Proposal.objects.filter(pk__in=[one.pk for one in some if one.key in below]).update(decision=Decision.SEALED)


def _forget_candidates(persons: frozenset[int]) -> None:
    """Drop who else it might have been from questions that were answered; those that wait are asked without a name."""
    hidden = Person.objects.filter(pk__in=persons, visibility__in=HIDDEN)
    for person in hidden.values_list("pk", flat=True):
        for one in Proposal.objects.filter(candidates__contains=[{"person": person}]):
            others = [row for row in one.candidates if row.get("person") != person]
            veiled = [unnamed(row) for row in one.candidates if row.get("person") == person]
            one.candidates = [*others, *veiled] if one.decision == Decision.OPEN else others
            one.save(update_fields=["candidates"])


def unnamed(row: dict[str, Any]) -> dict[str, Any]:
    """Return somebody who may be meant, without a name, and without the cases that would tell it."""
    reasons = [reason for reason in row["reasons"] if reason in (SAME_NAME, HERE)]
    return {**row, "name": UNNAMED, "reasons": [*reasons, HIDDEN_THERE], "hidden": True}


def forget_named_file(batch: Batch, *, cases: set[int]) -> None:
    """Keep neither what a file was called nor what is counted by a name that is hidden in one of its cases.

    It is not saved.
    """
    above = Case.objects.filter(pk__in=cases, matter__isnull=False).values_list("matter_id", flat=True)
    matters = {pk for pk in above if pk is not None} if cases else set()
    where = hidden_near(cases, matters)
    if not where.names:
        return

    def holds(text: str) -> bool:
        return bool(where.held_by(text, cases=cases, matters=matters))

    batch.file_name = REMOVED if holds(_apart(batch.file_name)) else batch.file_name
    batch.account = _account_without(batch.account, holds)


def _forget_accounts(origins: set[int], holds: Holds) -> None:
    """Take a name out of what a file was called, and out of the account of its run; the numbers stay."""
    for batch in Batch.objects.filter(origin__in=origins):
        if not holds(f"{batch.file_name} . {json.dumps(batch.account, ensure_ascii=False)}"):
            continue
        batch.file_name = REMOVED if holds(_apart(batch.file_name)) else batch.file_name
        batch.account = _account_without(batch.account, holds)
        batch.save(update_fields=["file_name", "account"])


def _account_without(account: dict[str, Any], holds: Holds) -> dict[str, Any]:
    """Return the account of a run without a name; what was told apart by it is counted together, so the sums stay."""
    told: dict[str, dict[str, int]] = {}
    for name, kinds in account.get("told", {}).items():
        row = told.setdefault(_said(name, holds), {})
        for what, number in kinds.items():
            row[_said(what, holds)] = row.get(_said(what, holds), 0) + number
    in_file: dict[str, int] = {}
    for name, number in account.get("in_file", {}).items():
        in_file[_said(name, holds)] = in_file.get(_said(name, holds), 0) + number
    left_out = [[_said(what, holds), _said(why, holds), n] for what, why, n in account.get("left_out", [])]
    return {**account, "told": told, "in_file": in_file, "left_out": left_out}


def _said(text: str, holds: Holds) -> str:
    return REMOVED if holds(text) else text


def _apart(name: str) -> str:
    """Return a file's name with its words apart."""
    return fold(name.replace("_", " ").replace("-", " ").replace(".", " "))

"""How each thing of a file stands to the record: new, changed, in conflict, as it was, or not for the record.

Three are compared: what the file says, what the same source said before (and an editor decided on), and what the
record says now. So an editor's own change is never taken for the source's, nor proposed away.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from cases.models import Case, Defendant
from cases.withheld import hidden_near
from imports import rows
from imports.choices import Decision, Kind, State
from imports.courts import Courts, called
from imports.forgetting import NAMES_HIDDEN, is_as_forgotten, prose_of, resting_on, take_words
from imports.items import LINE_OF_DOCKET, Item
from imports.likeness import Asked, candidates
from imports.models import FormerNumber, Origin, Proposal, SourceKey
from people.choices import Visibility

AT_ONCE = 5_000
JOINS = "The record has a case of this court with this number. Accepting this adds to that case what the file says."
SAME_CASE = "It may be a case that an earlier file of this source had under another number: the same “{}”."
WHICH_COURT = "Which court is “{}”? Say so once for this source, then this can be accepted."
EDITED = "The record says something else since: {}."
REMOVED = "removed by an editor since"
REFUSED = "rejected before"
THERE = "already there"
_OF_ITS_KIND = ("category", "kind", "on", "precision")  # the day, too: a kind may take it from the words
SEALED = "left out: the case is sealed"
SEALED_DEFENDANT = "left out: the defendant is sealed"


@dataclass(slots=True)
class Known:
    """What a key of the source stands for: a row, or an editor's refusal, and what the source said then."""

    kind: str
    row: int | None
    said: dict[str, Any]
    removed: bool = False


@dataclass(slots=True)
class Judged:
    """The proposals of a file, not saved; and how many of its things need none, and why."""

    proposals: list[Proposal] = field(default_factory=list)
    tally: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, item: Item, what: str) -> None:
        """Count a thing of the file in every row of the account it belongs to."""
        for name in item.counts_as:
            self.tally[name, what] += 1


def judge(origin: Origin, items: list[Item], *, in_file: Container[str], near: bool = True) -> Judged:
    """Compare things of a file with what its source said before and with the record. Writes nothing.

    ``in_file`` are the keys of all its cases. ``near`` looks for likenesses short of the same name, too.
    """
    known = known_keys(origin, [item.key for item in items])
    stored = _stored_rows(items, known)
    _mark_removed(known)
    judged = Judged()
    fresh: dict[str, Proposal] = {}
    sealed = _sealed(origin, {item.within for item in items}) | _sealed_elsewhere(origin, items)
    silent = _of_sealed_defendants(known, items)
    for position, item in enumerate(items, 1):
        if item.within in sealed:
            judged.count(item, SEALED)
            continue
        if item.key in silent:
            judged.count(item, SEALED_DEFENDANT)
            continue
        proposal = _stand(item, known.get(item.key), stored, judged)
        if proposal is not None:
            proposal.position = position
            judged.proposals.append(proposal)
            if item.key not in known and proposal.state == State.NEW:
                fresh[item.key] = proposal
    proposals = list(fresh.values())
    cases = [one for one in proposals if one.kind == Kind.CASE]
    joined = join_cases(origin, cases)
    _ask_whether_renumbered(origin, cases, in_file)
    _ask_who(origin, proposals, joined, near=near)
    _warn(origin, judged.proposals, joined)
    return judged


def known_keys(origin: Origin, keys: list[str]) -> dict[str, Known]:
    """Return what is known of the source's keys, of those given."""
    found: dict[str, Known] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = SourceKey.objects.filter(origin=origin, key__in=keys[start : start + AT_ONCE])
        for key, kind, row, said in some.values_list("key", "kind", "row", "proposal__new").iterator():
            found[key] = Known(kind, row, said)
    return found


def _sealed(origin: Origin, within: set[str]) -> set[str]:
    """Return which of the cases the record has sealed: nothing of them is proposed, or kept."""
    rows_of = case_rows(origin, within)
    sealed = Case.objects.filter(pk__in=set(rows_of.values()), visibility=Visibility.SEALED)
    ids = set(sealed.values_list("pk", flat=True))
    return {name for name, pk in rows_of.items() if pk in ids}


def _sealed_elsewhere(origin: Origin, items: list[Item]) -> set[str]:
    """Return which cases another source, or an editor, has under the same number, and the record has sealed."""
    if not Case.objects.filter(visibility=Visibility.SEALED).exists():
        return set()
    courts, wanted = Courts(origin), defaultdict(list)
    for item in items:
        if item.kind == Kind.CASE and (number := closed_up(item.values.get("docket_number", ""))):
            court = courts.find(item.values.get("court_id", ""), item.values.get("court_name", ""))
            if court is not None:
                wanted[court.pk, number].append(item.within)
    there = list(_numbered(wanted)) if wanted else []
    sealed = Case.objects.filter(pk__in={pk for pk, _, _ in there}, visibility=Visibility.SEALED)
    ids = set(sealed.values_list("pk", flat=True))
    return {
        within
        for pk, court_id, number in there
        if pk in ids
        for within in wanted.get((court_id, closed_up(number)), ())
    }


def _of_sealed_defendants(known: dict[str, Known], items: list[Item]) -> set[str]:
    """Return the keys of defendants whom the record has sealed, and of all that rests on them: none of it is kept."""
    accused = {
        key: one.row for key, one in known.items() if one.kind == Kind.PARTY and one.said.get("role") == "defendant"
    }
    rows_of = Defendant.objects.filter(pk__in=[row for row in accused.values() if row], visibility=Visibility.SEALED)
    sealed = set(rows_of.values_list("pk", flat=True)) if accused else set()
    return resting_on(
        (key for key, row in accused.items() if row in sealed), ((item.key, item.rests_on) for item in items)
    )  # fmt: skip


def _warn(origin: Origin, proposals: list[Proposal], joined: dict[str, int]) -> None:
    """Warn of names that are hidden in a case of the record; what nobody decides on is kept without them."""
    cases = joined | case_rows(origin, {one.within for one in proposals if one.within not in joined})
    ids = set(cases.values())
    matters = dict(Case.objects.filter(pk__in=ids).values_list("pk", "matter")) if ids else {}
    where = hidden_near(ids, {pk for pk in matters.values() if pk is not None})
    if not where.names:
        return
    around = {pk: [matter] if matter is not None else [] for pk, matter in matters.items()}
    near = {pk for pk in ids if where.near(cases=[pk], matters=around.get(pk, []))}
    for one in proposals:
        if (case := cases.get(one.within)) is None or case not in near:
            continue

        def holds(text: str, case: int = case) -> bool:
            return bool(where.held_by(text, cases=[case], matters=around.get(case, [])))

        if one.decision == Decision.NOTED:
            take_words(one, holds)
            continue
        one.candidates = [
            {**row, "reasons": [why for why in row["reasons"] if not holds(why)]} for row in one.candidates
        ]
        if holds(prose_of(one)):
            one.reason = f"{NAMES_HIDDEN} {one.reason}".strip()


# --- one thing --------------------------------------------------------------------------------------------------


def _stand(item: Item, prior: Known | None, stored: dict[tuple[str, int], Any], judged: Judged) -> Proposal | None:
    if item.left_out:
        state = State.NOT_UNDERSTOOD if item.not_understood else State.LEFT_OUT
        return _proposal(item, state, reason=item.left_out, decision=Decision.NOTED)
    if prior is None:
        return _proposal(item, State.NEW, reason=item.why)
    changed = _said_anew(item, prior)
    if prior.removed:
        judged.count(item, REMOVED)
        return None
    if prior.row is None:
        if changed:
            return _proposal(item, State.NEW, reason="It was rejected when it said something else.")
        judged.count(item, REFUSED)
        return None
    if not changed:
        judged.count(item, THERE)
        return None
    return _changed(item, prior, changed, stored, judged)


def _said_anew(item: Item, prior: Known) -> list[str]:
    """Return what the source says otherwise than before. What it says nothing of any more is never deleted.

    A line of a docket says nothing of its kind: on a co-defendant's docket an entry may say less than on one's own.
    """
    if is_as_forgotten(prior.said, item.values):
        return []
    changed = rows.differences(item.kind, prior.said, item.values)
    if item.kind == Kind.ACT and (item.values["category"], item.values["kind"]) == LINE_OF_DOCKET:
        named = (prior.said.get("category"), prior.said.get("kind")) != LINE_OF_DOCKET
        changed = [name for name in changed if not (named and name in _OF_ITS_KIND)]
    return [name for name in changed if item.values.get(name) not in (None, "")]


def _changed(
    item: Item, prior: Known, changed: list[str], stored: dict[tuple[str, int], Any], judged: Judged
) -> Proposal | None:
    row = stored.get((rows.model_of(item.kind, prior.said).__name__, prior.row or 0))
    if row is None:
        judged.count(item, REMOVED)
        return None
    now = rows.said_by(item.kind, row)
    if not set(rows.differences(item.kind, now, item.values)) & set(changed):
        judged.count(item, THERE)
        return None
    edited = [name for name in rows.differences(item.kind, prior.said, now) if name in changed]
    state = State.CONFLICT if edited else State.CHANGED
    reason = EDITED.format(", ".join(edited)) if edited else item.why
    return _proposal(item, state, reason=reason, old={name: now.get(name) for name in changed}, row=prior.row)


def _proposal(
    item: Item, state: State, *, reason: str = "", old: dict[str, Any] | None = None, row: int | None = None,
    decision: Decision = Decision.OPEN,
) -> Proposal:  # fmt: skip
    return Proposal(
        within=item.within[:400],
        kind=item.kind,
        key=item.key,
        rests_on=list(item.rests_on),
        state=state,
        decision=decision,
        label=item.label,
        old=old,
        new=item.values,
        reason=reason,
        counts_as=list(item.counts_as),
        marks=list(item.marks),
        row=row,
    )


def _stored_rows(items: list[Item], known: dict[str, Known]) -> dict[tuple[str, int], Any]:
    """Return the rows of what changed, by model and id."""
    wanted: dict[tuple[str, Any], set[int]] = defaultdict(set)
    for item in items:
        prior = known.get(item.key)
        if prior is None or not prior.row or item.left_out:
            continue
        if _said_anew(item, prior):
            wanted[item.kind, rows.model_of(item.kind, prior.said)].add(prior.row)
    return {
        (model.__name__, pk): row
        for (kind, model), ids in wanted.items()
        for pk, row in rows.load(kind, model, ids).items()
    }


def _mark_removed(known: dict[str, Known]) -> None:
    """Note which rows an editor has removed since: what is gone is not proposed again."""
    by_model: dict[Any, list[Known]] = defaultdict(list)
    for one in known.values():
        if one.row is not None:
            by_model[rows.model_of(one.kind, one.said)].append(one)
    for model, some in by_model.items():
        for start in range(0, len(some), AT_ONCE):
            ids = {one.row for one in some[start : start + AT_ONCE]}
            there = set(model._base_manager.filter(pk__in=ids).values_list("pk", flat=True))
            for one in some[start : start + AT_ONCE]:
                one.removed = one.row not in there


# --- questions --------------------------------------------------------------------------------------------------


def closed_up(number: str) -> str:
    """Return a docket number in capitals with nothing but letters and digits, as the record's index has it."""
    return "".join(one for one in number.upper() if one.isascii() and one.isalnum())


def join_cases(origin: Origin, cases: list[Proposal]) -> dict[str, int]:
    """Set the row of each case that the record has already, by court and number. Returns them by ``within``.

    A blank number joins nothing.
    """
    courts = Courts(origin)
    wanted: dict[tuple[int, str], list[Proposal]] = defaultdict(list)
    for one in cases:
        court = courts.find(one.new.get("court_id", ""), one.new.get("court_name", ""))
        if court is None:
            said = called(one.new.get("court_id", ""), one.new.get("court_name", ""))
            one.reason = f"{one.reason} {WHICH_COURT.format(said)}".strip()
        elif number := closed_up(one.new.get("docket_number", "")):
            wanted[court.pk, number].append(one)
    joined: dict[str, int] = {}
    for pk, court_id, number in _numbered(wanted):
        for one in wanted.get((court_id, closed_up(number)), ()):
            one.row, one.reason, one.old = pk, JOINS, {}
            joined[one.within] = pk
    return joined


def _numbered(wanted: Mapping[tuple[int, str], object]) -> Iterator[tuple[int, int, str]]:
    """Yield the cases of the record that have, or had, one of the numbers: id, court, number."""
    numbers = sorted({number for _, number in wanted})
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        said = Case.objects.with_dockets(some).filter(court__in={court for court, _ in wanted})
        yield from said.values_list("pk", "court", "docket_number")
    former = FormerNumber.objects.filter(case__court__in={court for court, _ in wanted})
    for pk, court, number in former.values_list("case", "case__court", "docket_number"):
        if (court, closed_up(number)) in wanted:
            yield pk, court, number


def _ask_whether_renumbered(origin: Origin, cases: list[Proposal], in_file: Container[str]) -> None:
    """Offer, for a new case, those of earlier files that share a mark with it and that this file no longer has."""
    unknown = [one for one in cases if one.marks and one.row is None]
    if not unknown:
        return
    earlier: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    before = SourceKey.objects.filter(origin=origin, kind=Kind.CASE, row__isnull=False).exclude(proposal__marks=[])
    for key, within, row, marks, label in before.values_list(
        "key", "within", "row", "proposal__marks", "proposal__label"
    ):
        if key not in in_file and row is not None:
            for mark in marks:
                earlier[mark].append((within, row, label))
    for one in unknown:
        offered: dict[int, dict[str, Any]] = {}
        for mark in one.marks:
            for within, row, label in earlier.get(mark, ()):
                told = offered.setdefault(row, {"case": row, "within": within, "name": label, "reasons": []})
                told["reasons"].append(SAME_CASE.format(mark))
        one.candidates = list(offered.values())


def _ask_who(origin: Origin, proposals: list[Proposal], joined: dict[str, int], *, near: bool) -> None:
    """Offer, for each new party and each new counsel, the persons of the record that it may be."""
    people = [one for one in proposals if one.kind in (Kind.PARTY, Kind.OFFICIAL, Kind.ATTORNEY)]
    if not people:
        return
    cases = joined | case_rows(origin, {one.within for one in people})
    names: dict[str, list[str]] = defaultdict(list)
    for one in proposals:
        if one.kind == Kind.ALIAS and one.rests_on:
            names[one.rests_on[0]].append(one.new.get("text", ""))
    asked = [Asked(one.key, one.new["name"], tuple(names[one.key]), cases.get(one.within)) for one in people]
    found = candidates(asked, near=near)
    for one in people:
        one.candidates = found.get(one.key, [])


def case_rows(origin: Origin, within: set[str]) -> dict[str, int]:
    """Return which cases of the record the source's cases are, by what the source calls them."""
    keys = [f"{one}|case" for one in within]
    found: dict[str, int] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = Q(origin=origin, key__in=keys[start : start + AT_ONCE], row__isnull=False)
        found |= {w: r for w, r in SourceKey.objects.filter(some).values_list("within", "row") if r is not None}
    return found

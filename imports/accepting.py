"""Accepting and rejecting: what an editor takes becomes drafts, through the verbs, a few hundred cases at a time.

Each chunk is one sitting: rows, keys and decisions are written together or not at all, so a run that is interrupted
goes on where it stopped.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cases import editing
from cases.editing.status import BUSY
from cases.models import Case, Disposition
from imports import rows
from imports.changing import change
from imports.choices import DECIDABLE, Decision, Kind, State
from imports.courts import Courts
from imports.forgetting import NAMES_HIDDEN, forget_decided, forget_linked
from imports.making import Making, known_counsel, known_roles, source_of
from imports.models import Batch, Proposal, SourceKey
from imports.rights import brought_by, refuse_alone

AT_ONCE = 250  # cases of one sitting: editors wait for it at most a few seconds
ORDER = {kind: place for place, kind in enumerate(Kind.values)}
ASKED = "First say who this is: somebody of the record, or a new person."
ASKED_CASE = "First say whether this is a case that the record has under another number."
ASKED_HOME = "First say which case of the record this belongs to, or of what kind the new case is."
RESTS = "It rests on “{}”, which is not in the record."
GONE_SINCE = "Something that it rests on is no longer in the record."
TWICE = "The file lists this count twice in one document. One of them is accepted: change that, or reject this."
SEALED = "The case is sealed: no file adds to it or changes it."
UNDONE = "This batch was undone. Bring the file again."


@dataclass(slots=True)
class Told:
    """What accepting did: how many rows are in the record now, and why others are not."""

    accepted: int = 0
    left: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def leave(self, reason: str, number: int = 1) -> None:
        """Count what stays open, and why."""
        self.reasons[reason] = self.reasons.get(reason, 0) + number


@dataclass(frozen=True, slots=True)
class Correction:
    """How readers are told of a change of what they could read."""

    kind: str
    sentence: str


def accept(
    batch: Batch,
    *,
    by: User,
    chosen: QuerySet[Proposal] | None = None,
    correction: Correction | None = None,
    seconds: float | None = None,
    progress: Callable[[int], None] = lambda number: None,
) -> Told:
    """Accept the chosen proposals of a batch, or all that are open, with what they rest on. Raises ``ValidationError``.

    After ``seconds`` no new chunk is begun; ``Told.left`` says how many cases remain. ``correction`` is needed where
    what readers can read is changed. A case that is refused leaves the others as they are.
    """
    if batch.undone_at is not None:
        raise ValidationError(UNDONE)
    wanted = _open(batch) if chosen is None else _open(batch).filter(pk__in=chosen.values("pk"))
    refuse_alone(batch, wanted, by=by)
    cases = list(dict.fromkeys(wanted.order_by("position").values_list("within", flat=True)))
    ids = None if chosen is None else set(wanted.values_list("pk", flat=True))
    told, until = Told(), None if seconds is None else time.monotonic() + seconds
    source_of(batch, by=by)
    took = 0.0
    for start in range(0, len(cases), AT_ONCE):
        if until is not None and start and time.monotonic() + took / 2 > until:  # the next will take about as long
            told.left = len(cases) - start
            break
        some, begun = cases[start : start + AT_ONCE], time.monotonic()
        for group in _that_fit(batch, some, ids, by=by, correction=correction, told=told):
            progress(group)
        took = time.monotonic() - begun
    return told


def reject(batch: Batch, chosen: QuerySet[Proposal], *, by: User) -> int:
    """Reject the chosen proposals, with what rests on them. Returns how many; no file proposes the same again."""
    with transaction.atomic():
        refused = _with_dependents(batch, list(_open(batch).filter(pk__in=chosen.values("pk")).select_for_update()))
        new = [(one, None) for one in refused if one.row is None or one.state == State.NEW]
        changed = [(one, one.row) for one in refused if one.row is not None and one.state != State.NEW]
        _remember(batch, [*new, *changed])  # a changed row stays as it is, and the source has said it
        _decide([one.pk for one in refused], Decision.REJECTED, by=by)
    return len(refused)


def _open(batch: Batch) -> QuerySet[Proposal]:
    return batch.proposals.filter(decision=Decision.OPEN, state__in=DECIDABLE)


def _that_fit(
    batch: Batch, cases: list[str], ids: set[int] | None, *, by: User, correction: Correction | None, told: Told
) -> Iterator[int]:  # fmt: skip
    """Accept some cases in one sitting; if that is refused, one by one, so that it is known which, and why."""
    try:
        done = _accept_cases(batch, cases, ids, by=by, correction=correction, told=told)
    except ValidationError as refusal:
        if BUSY in refusal.messages:  # nothing is wrong with these cases: somebody else writes
            raise
        if len(cases) == 1:
            reason = " ".join(refusal.messages)
            refused = _open(batch).filter(within=cases[0])
            refused = refused if ids is None else refused.filter(pk__in=ids)
            told.leave(reason, refused.update(reason=reason))
            yield 1
            return
        for one in cases:
            yield from _that_fit(batch, [one], ids, by=by, correction=correction, told=told)
    else:
        told.accepted += done
        yield len(cases)


def _accept_cases(
    batch: Batch, cases: list[str], ids: set[int] | None, *, by: User, correction: Correction | None, told: Told
) -> int:  # fmt: skip
    waiting: dict[str, int] = {}
    with editing.sitting(by=by):
        everything = list(_open(batch).filter(within__in=cases).select_for_update(of=("self",)).order_by("position"))
        chosen = everything if ids is None else _closed(everything, ids)
        chosen = _not_known_yet(batch, chosen)
        there = _rows_beneath(batch, chosen)
        ready = _ready(chosen, there, waiting)
        new = [one for one in ready if one.state == State.NEW]
        made = _enter(batch, new, there, by=by)
        rows_now = there | {one.key: row for one, row in made}
        for one in ready:
            if one.state != State.NEW:
                made.append((one, change(one, batch=batch, by=by, there=rows_now)))
        if correction is not None and len(new) < len(ready):
            editing.correct(kind=correction.kind, sentence=correction.sentence, by=by)
        _remember(batch, [(one, row.pk) for one, row in made])
        _decide([one.pk for one, _ in made], Decision.ACCEPTED, by=by)
        forget_linked(batch, (one for one, _ in made))
    for reason, number in waiting.items():
        told.leave(reason, number)
    return len(made)


def _closed(everything: list[Proposal], ids: set[int]) -> list[Proposal]:
    """Return the chosen proposals with the open ones that they rest on."""
    by_key = {one.key: one for one in everything}
    wanted: dict[str, Proposal] = {}
    fresh = [one for one in everything if one.pk in ids]
    while fresh:
        wanted |= {one.key: one for one in fresh}
        below = {key for one in fresh for key in one.rests_on}
        fresh = [by_key[key] for key in below if key in by_key and key not in wanted]
    return [one for one in everything if one.key in wanted]


def _not_known_yet(batch: Batch, chosen: list[Proposal]) -> list[Proposal]:
    """Close new proposals whose thing another batch has brought in meanwhile; return the rest."""
    new = [one.key for one in chosen if one.state == State.NEW]
    known = set(
        SourceKey.objects.filter(origin=batch.origin, key__in=new, row__isnull=False).values_list("key", flat=True)
    )
    late = [one.pk for one in chosen if one.state == State.NEW and one.key in known]
    if late:
        Proposal.objects.filter(pk__in=late).update(decision=Decision.OVERTAKEN)
        forget_decided(Proposal.objects.filter(pk__in=late))
    return [one for one in chosen if one.pk not in set(late)]


def _rows_beneath(batch: Batch, chosen: list[Proposal]) -> dict[str, models.Model]:
    """Return the rows of the record that the chosen proposals rest on, by key."""
    wanted = {key for one in chosen for key in (*one.rests_on, *one.new.get("about", ()), one.new.get("replaces"))}
    wanted |= {one.key for one in chosen if one.row is not None}
    wanted -= {None, ""}
    known = SourceKey.objects.filter(origin=batch.origin, key__in=wanted, row__isnull=False)
    by_model: dict[Any, dict[str, int]] = defaultdict(dict)
    for key, kind, row, said in known.values_list("key", "kind", "row", "proposal__new"):
        by_model[kind, rows.model_of(kind, said)][key] = row or 0
    joining = {one.key: one.row for one in chosen if one.kind == Kind.CASE and one.state == State.NEW and one.row}
    by_model[Kind.CASE, Case].update(joining)
    found: dict[str, models.Model] = {}
    for (kind, model), keys in by_model.items():
        stored = rows.load(kind, model, keys.values()) if keys else {}
        found |= {key: stored[pk] for key, pk in keys.items() if pk in stored}
    return found


def _ready(chosen: list[Proposal], there: dict[str, models.Model], waiting: dict[str, int]) -> list[Proposal]:
    """Return what can be entered now, in an order in which each comes after what it rests on."""
    ready: list[Proposal] = []
    sure = set(there)
    labels = {one.key: one.label for one in chosen}
    counts: set[tuple[Any, ...]] = set()
    sealed = {key.removesuffix("|case") for key, row in there.items() if isinstance(row, Case) and row.is_sealed}
    for one in sorted(chosen, key=lambda one: (ORDER[one.kind], one.position)):
        reason = ""
        if one.within in sealed:
            reason = SEALED
        elif one.asks_home:
            reason = ASKED_HOME
        elif one.is_question:
            reason = ASKED_CASE if one.kind == Kind.CASE else ASKED
        elif missing := [key for key in one.rests_on if key not in sure]:
            reason = RESTS.format(labels[missing[0]]) if missing[0] in labels else GONE_SINCE
        elif one.kind == Kind.CHARGE and one.state == State.NEW and one.new.get("count") is not None:
            place = tuple(one.new.get(name) for name in ("party", "brought_by", "count"))
            reason = TWICE if place in counts else ""
            counts.add(place)
        if reason:
            waiting[reason] = waiting.get(reason, 0) + 1
        else:
            sure.add(one.key)
            ready.append(one)
    return ready


def _enter(
    batch: Batch, new: list[Proposal], there: dict[str, models.Model], *, by: User
) -> list[tuple[Proposal, models.Model]]:
    if not new:
        return []
    terms = {term.slug: term for term in Disposition.objects.all()}
    making = Making(batch, source_of(batch, by=by), Courts(batch.origin), terms, there=there)
    cases = {one.within: there[key] for one in new for key in (f"{one.within}|case",) if key in there}
    if cases:
        stored = [case for case in cases.values() if isinstance(case, Case)]
        within = {case.pk: name for name, case in cases.items()}
        making.people |= known_counsel(stored, within)
        making.roles |= known_roles(stored)
    making.address(new)
    for one in new:
        if one.kind == Kind.CASE and one.key in there:
            making.made[one.key] = there[one.key]  # the record had it: what the file says is added to it
        else:
            making.make(one)
    making.link(new)
    linked = [one.pk for one in new if making.made[one.key].pk is not None]
    editing.enter(making.rows, concerning=making.concerning, by=by, writers=brought_by(batch))
    if linked:  # an undo leaves these rows: the batch has not made them
        Proposal.objects.filter(pk__in=linked).update(old={})
    return [(one, making.made[one.key]) for one in new]


def _remember(batch: Batch, decided: Iterable[tuple[Proposal, int | None]]) -> None:
    """Note which row each key of the source is, and what was decided on last."""
    SourceKey.objects.bulk_create(
        [
            SourceKey(origin_id=batch.origin_id, key=o.key, within=o.within, kind=o.kind, row=row, proposal=o)
            for o, row in decided
        ],
        update_conflicts=True,
        unique_fields=["origin", "key"],
        update_fields=["row", "proposal"],
        batch_size=2_000,
    )


def _decide(ids: list[int], decision: Decision, *, by: User) -> None:
    warned = list(Proposal.objects.filter(pk__in=ids, reason__startswith=NAMES_HIDDEN).values_list("pk", flat=True))
    row = SourceKey.objects.filter(proposal=OuterRef("pk")).values("row")[:1]
    for start in range(0, len(ids), 5_000):
        Proposal.objects.filter(pk__in=ids[start : start + 5_000]).update(
            decision=decision, row=Subquery(row), decided_by=by, decided_at=timezone.now(), reason=""
        )
    Proposal.objects.filter(pk__in=warned).update(reason=NAMES_HIDDEN)
    forget_decided(Proposal.objects.filter(pk__in=warned))


def _with_dependents(batch: Batch, chosen: list[Proposal]) -> list[Proposal]:
    """Return the chosen proposals and the open ones of their cases that rest on them."""
    found = {one.key: one for one in chosen}
    if not found:
        return []
    others = [o for o in _open(batch).filter(within__in={one.within for one in chosen}) if o.key not in found]
    grown = True
    while grown:
        resting = [one for one in others if one.key not in found and any(key in found for key in one.rests_on)]
        found |= {one.key: one for one in resting}
        grown = bool(resting)
    return list(found.values())

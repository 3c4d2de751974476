"""Undoing a batch: what it brought in goes, as far as nobody has built on it since; the rest is listed, with why."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from cases import editing
from cases.choices import Editorial
from cases.editing.rights import public_among
from cases.editing.status import BUSY
from cases.models import Case, Citation, Defendant, Disposition, Event, Outcome, Participant
from imports import rows
from imports.changing import FORMERLY
from imports.choices import Decision, State
from imports.forgetting import DIGEST, forget_decided
from imports.models import Batch, FormerNumber, Proposal, SourceKey
from people.models import Person

AT_ONCE = 250  # cases of one sitting
NOT_DRAFT = "It is no draft any more: {}."
FORGOTTEN = "What the file said of it was removed after a seal, so it can not be compared. Remove it by hand."
READ = "It is part of “{}”, which readers read, or could."
EDITED = "An editor changed it since: {}."
LATER = "A later file changed it."
RESTS = "“{}” rests on it."
GONE = "It is not in the record any more."

Key = tuple[type[models.Model], int]


@dataclass(slots=True)
class Undone:
    """What an undo did: how many rows are gone or as they were, and what stays, with why."""

    removed: int = 0
    restored: int = 0
    kept: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0


def undo(batch: Batch, *, by: User, seconds: float | None = None) -> Undone:
    """Take a batch back: remove its drafts and restore what it changed, where nobody has built on it since.

    After ``seconds`` no new chunk is begun, and ``Undone.left`` says how many cases remain; call it again.
    """
    accepted = batch.proposals.filter(decision=Decision.ACCEPTED)
    cases = list(dict.fromkeys(accepted.order_by("position").values_list("within", flat=True)))
    told, until = Undone(), None if seconds is None else time.monotonic() + seconds
    for start in range(0, len(cases), AT_ONCE):
        if until is not None and start and time.monotonic() > until:
            told.left = len(cases) - start
            return told
        _undo_what_can_be(batch, cases[start : start + AT_ONCE], by=by, told=told)
    if not told.kept:
        batch.proposals.filter(decision=Decision.OPEN).update(decision=Decision.UNDONE)
        forget_decided(batch.proposals.all())
        batch.undone_by, batch.undone_at = by, timezone.now()
        batch.save(update_fields=["undone_by", "undone_at"])
    return told


def _undo_what_can_be(batch: Batch, cases: list[str], *, by: User, told: Undone) -> None:
    """Undo some cases in one sitting; if that is refused, one by one, so that it is known which stays, and why."""
    done = Undone()
    try:
        _undo_cases(batch, cases, by=by, told=done)
    except ValidationError as refusal:
        if BUSY in refusal.messages:  # nothing is wrong with these cases: somebody else writes
            raise
        if len(cases) > 1:
            for one in cases:
                _undo_what_can_be(batch, [one], by=by, told=told)
            return
        stays = batch.proposals.filter(decision=Decision.ACCEPTED, within=cases[0]).order_by("position")
        done = Undone(kept=[(one.label, " ".join(refusal.messages)) for one in stays])
    told.removed += done.removed
    told.restored += done.restored
    told.kept += done.kept


def _undo_cases(batch: Batch, cases: list[str], *, by: User, told: Undone) -> None:
    with editing.sitting(by=by):
        accepted = list(
            batch.proposals.filter(decision=Decision.ACCEPTED, within__in=cases)
            .select_for_update(of=("self",)).order_by("position")
        )  # fmt: skip
        last = set(SourceKey.objects.filter(proposal__in=[o.pk for o in accepted]).values_list("proposal", flat=True))
        overtaken = [one for one in accepted if one.pk not in last]
        told.kept += [(one.label, LATER) for one in overtaken]
        here = [one for one in accepted if one.pk in last]
        done = _restore([one for one in here if one.state != State.NEW], by=by, told=told)
        new = [one for one in here if one.state == State.NEW]
        linked = [one for one in new if one.old is not None]
        going = _Going(batch, [one for one in new if one.old is None])
        going.keep_what_others_need()
        told.kept += going.told()
        gone = going.proposals()
        editing.unenter(going.ids(), by=by)
        told.removed += len(gone)
        _forget([*gone, *linked, *done])


class _Going:
    """The rows that an undo would remove, and why others stay."""

    def __init__(self, batch: Batch, new: list[Proposal]) -> None:
        self.batch = batch
        self.by_row: dict[Key, list[Proposal]] = defaultdict(list)
        for one in new:
            if one.row is not None:
                self.by_row[rows.model_of(one.kind, one.new), one.row].append(one)
        self.why: dict[Key, str] = {}
        self.rows: dict[type[models.Model], set[int]] = defaultdict(set)
        for model, pk in self.by_row:
            self.rows[model].add(pk)
        self.people = self._people()
        self._keep_what_was_changed()
        self._keep_what_is_read()

    def _people(self) -> set[int]:
        """Return the persons that came with these rows."""
        found: set[int] = set()
        for model in (Defendant, Participant):
            made = [
                pk for pk in self.rows[model] if any(one.person_id is None for one in self.by_row[model, pk])
            ]  # fmt: skip
            found |= set(model._base_manager.filter(pk__in=made).values_list("person", flat=True))
        self.rows[Person] |= found
        return found

    def _keep_what_was_changed(self) -> None:
        by_kind: dict[tuple[str, type[models.Model]], list[Key]] = defaultdict(list)
        for key, proposals in self.by_row.items():
            by_kind[proposals[0].kind, key[0]].append(key)
        for (kind, model), keys in by_kind.items():
            stored = rows.load(kind, model, [pk for _, pk in keys])
            for key in keys:
                row = stored.get(key[1])
                self._look(key, kind, row)

    def _keep_what_is_read(self) -> None:
        for model, ids in list(self.rows.items()):
            for pk, owner in public_among(model, ids).items():
                self._keep((model, pk), READ.format(owner))

    def _look(self, key: Key, kind: str, row: models.Model | None) -> None:
        if row is None:
            self.rows[key[0]].discard(key[1])  # an editor removed it: there is nothing to undo
            return
        state = getattr(row, "editorial_state", Editorial.DRAFT)
        if state != Editorial.DRAFT:
            self._keep(key, NOT_DRAFT.format(Editorial(state).label.lower()))
            return
        said = rows.said_by(kind, row)
        if any(DIGEST in one.new for one in self.by_row[key]):
            self._keep(key, FORGOTTEN)
            return
        changed = set(rows.differences(kind, self.by_row[key][0].new, said)) - {"name", "replaces_how"}
        if changed:
            self._keep(key, EDITED.format(", ".join(sorted(changed))))

    def _keep(self, key: Key, reason: str) -> None:
        self.rows[key[0]].discard(key[1])
        self.why.setdefault(key, reason)

    def keep_what_others_need(self) -> None:
        """Keep each row on which something rests that stays; and so on, until nothing more has to stay."""
        grown = True
        while grown:
            kept = [(model, pk, blocker) for model in list(self.rows) for pk, blocker in self._needed(model)]
            for model, pk, blocker in kept:
                self._keep((model, pk), RESTS.format(blocker))
            grown = bool(kept)

    def _needed(self, model: type[models.Model]) -> Iterator[tuple[int, str]]:
        ids = self.rows[model]
        if not ids:
            return
        if model is Defendant:  # an act that stays, and concerns somebody, needs them
            concerns = Event.defendants.through._base_manager.filter(defendant__in=ids)
            for one in concerns.exclude(event__in=self.rows[Event]).select_related("event"):
                yield one.defendant_id, str(one.event)
        for relation in model._meta.related_objects:
            other = relation.related_model
            if relation.many_to_many or other in (FormerNumber, Proposal) or other._meta.app_label == "imports":
                continue
            if other._meta.proxy or other._meta.auto_created or not other._meta.managed:
                continue
            name = relation.field.name
            resting = other._base_manager.filter(**{f"{name}__in": ids}).exclude(pk__in=self.rows.get(other, ()))
            if other is Citation and self.batch.source_id is not None:
                resting = resting.exclude(source=self.batch.source_id)
            for row in resting:
                yield getattr(row, relation.field.attname), str(row)

    def ids(self) -> dict[type[models.Model], set[int]]:
        """Return the rows that go, by model."""
        return dict(self.rows)

    def proposals(self) -> list[Proposal]:
        """Return the proposals whose rows go, or have gone."""
        return [one for key, some in self.by_row.items() if key not in self.why for one in some]

    def told(self) -> list[tuple[str, str]]:
        """Return what stays, and why. A person stays silently: they may have parts elsewhere."""
        return [(one.label, why) for key, why in self.why.items() for one in self.by_row.get(key, ())]


def _restore(changed: Iterable[Proposal], *, by: User, told: Undone) -> list[Proposal]:
    done = []
    for one in changed:
        model = rows.model_of(one.kind, one.new)
        row = rows.load(one.kind, model, [one.row or 0]).get(one.row or 0)
        if row is None:
            told.kept.append((one.label, GONE))
            continue
        if DIGEST in one.new:
            told.kept.append((one.label, FORGOTTEN))
            continue
        since = set(rows.differences(one.kind, one.new, rows.said_by(one.kind, row))) & set(one.old or {})
        if since:
            told.kept.append((one.label, EDITED.format(", ".join(sorted(since)))))
            continue
        try:
            _put_back(one, row, by=by)
        except ValidationError as refusal:
            told.kept.append((one.label, " ".join(refusal.messages)))
            continue
        told.restored += 1
        done.append(one)
    return done


def _put_back(one: Proposal, row: models.Model, *, by: User) -> None:
    columns: dict[str, Any] = rows.columns_of(one.kind, {**one.new, **(one.old or {})})
    names = list(one.old or {})
    for name in names:
        if name == "disposition" and isinstance(row, Outcome):
            row.disposition = Disposition.objects.get(slug=(one.old or {})[name])
        else:
            setattr(row, name, columns[name])
    editing.put_back(row, ["disposition_id" if name == "disposition" else name for name in names], by=by)
    editing.credit_words(row, writers=_brought_before(one), by=by)
    if isinstance(row, Case) and "docket_number" in (one.old or {}):
        for former in FormerNumber.objects.filter(case=row, proposal=one):
            for told in row.relations.filter(target_text=FORMERLY.format(former.docket_number)):
                editing.remove(told, by=by)
            former.delete()


def _brought_before(one: Proposal) -> set[int]:
    """Return who brought the earlier files that said what is put back: it is their word again."""
    before = Proposal.objects.filter(
        batch__origin=one.batch.origin, key=one.key, decision=Decision.ACCEPTED, pk__lt=one.pk
    )
    told = before.exclude(batch__made_by=None).values_list("batch__made_by", "new")
    return {pk for pk, new in told if any(new.get(name) == value for name, value in (one.old or {}).items())}


def _forget(proposals: Iterable[Proposal]) -> None:
    """Let the source's keys stand for what they stood for before: nothing, or the row as an earlier file had it."""
    undone = list(proposals)
    earlier = _earlier([one for one in undone if one.state != State.NEW])
    for one in undone:
        if one.key in earlier:
            SourceKey.objects.filter(proposal=one).update(proposal=earlier[one.key])
    ids = [one.pk for one in undone]
    SourceKey.objects.filter(proposal__in=ids).delete()
    Proposal.objects.filter(pk__in=ids).update(decision=Decision.UNDONE, row=None)


def _earlier(changed: list[Proposal]) -> dict[str, Proposal]:
    """Return, by key, what an earlier file said and an editor decided on, before each of these changes."""
    found: dict[str, Proposal] = {}
    for one in changed:
        before = Proposal.objects.filter(
            batch__origin=one.batch.origin, key=one.key, decision=Decision.ACCEPTED, pk__lt=one.pk
        )
        if last := before.order_by("pk").last():
            found[one.key] = last
    return found

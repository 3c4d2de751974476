"""The questions that only an editor can answer: who somebody is, and which case a renumbered one was."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.choices import CASE_KINDS
from cases.models import Case
from imports.choices import Decision, Kind
from imports.items import Item
from imports.judging import join_cases, judge
from imports.models import Batch, Origin, Proposal, SourceKey
from people.models import Person

CLOSED = "This was decided meanwhile. Reload the page."
SEALED = "That case is sealed: no file adds to it or changes it."
NOT_OFFERED = "This person is not among those offered. Choose one of them, or say that it is a new person."
COURT_ASKED = "Which court is"
NOT_THIS_CASE = "This case is not among those offered."


def is_person(one: Proposal, person: Person | None, *, by: User) -> None:
    """Say that a party or counsel of a file is ``person``, or (None) somebody new, wherever the case names them."""
    if one.decision != Decision.OPEN or "who" not in one.new:
        raise ValidationError(CLOSED)
    if person is not None and person.pk not in {row.get("person") for row in one.candidates}:
        raise ValidationError(NOT_OFFERED)
    same = one.batch.proposals.filter(decision=Decision.OPEN, within=one.within, new__who=one.new["who"])
    same.update(person=person, is_new=person is None, decided_by=by, decided_at=timezone.now())


def are_new(batch: Batch, chosen: QuerySet[Proposal], *, by: User) -> int:
    """Say of many at once that they are nobody whom the record has, or no case that it has. Returns how many."""
    asked = batch.proposals.filter(decision=Decision.OPEN, person=None, is_new=False, row=None).exclude(candidates=[])
    asked = asked.filter(pk__in=chosen.values("pk"))
    return asked.update(is_new=True, decided_by=by, decided_at=timezone.now())


def are_the_likeliest(batch: Batch, chosen: QuerySet[Proposal], *, by: User) -> int:
    """Say of many at once that each is the one person offered. Where several are offered, it stays a question."""
    asked = batch.proposals.filter(decision=Decision.OPEN, person=None, is_new=False).exclude(candidates=[])
    done = 0
    for one in asked.filter(pk__in=chosen.values("pk")).exclude(kind=Kind.CASE):
        if len(one.candidates) == 1 and (person := Person.objects.filter(pk=one.candidates[0]["person"]).first()):
            is_person(one, person, by=by)
            done += 1
    return done


def is_case(one: Proposal, row: int | None, *, by: User) -> None:
    """Say that a case of a file is one that the record has under another number (its id), or (None) a new one.

    Then everything of it is compared with what the earlier file said of that case, and proposed anew.
    """
    if one.decision != Decision.OPEN or one.kind != Kind.CASE:
        raise ValidationError(CLOSED)
    if row is None:
        Proposal.objects.filter(pk=one.pk).update(is_new=True, decided_by=by, decided_at=timezone.now())
        return
    earlier = next((told["within"] for told in one.candidates if told.get("case") == row), None)
    if earlier is None:
        raise ValidationError(NOT_THIS_CASE)
    with transaction.atomic():
        _move_keys(one, earlier)
        _judge_anew(one.batch, one.within)


def belongs_to(one: Proposal, *, address: str, kind: str, by: User) -> None:
    """Say which case of the record a file without court and docket belongs to, or of what kind the new one is."""
    if one.decision != Decision.OPEN or not one.asks_home:
        raise ValidationError(CLOSED)
    if address:
        case = Case.objects.filter(slug=address.strip().strip("/").rsplit("/", 1)[-1]).first()
        if case is None:
            raise ValidationError(f"There is no case with the address “{address[:100]}”.")
        if case.is_sealed:
            raise ValidationError(SEALED)
        one.row, one.old, one.reason = case.pk, {}, f"It belongs to “{case}”."
    elif kind in dict(CASE_KINDS):
        one.new = {**one.new, "kind": kind}
    else:
        raise ValidationError("Choose one of the kinds of case.")
    one.decided_by, one.decided_at = by, timezone.now()
    one.save(update_fields=["row", "old", "reason", "new", "decided_by", "decided_at"])


def court_is_named(origin: Origin) -> None:
    """Look again for the cases that waited for their court: the record may have them."""
    waiting = Proposal.objects.filter(
        batch__origin=origin, decision=Decision.OPEN, kind=Kind.CASE, row=None, reason__contains=COURT_ASKED
    )
    cases = list(waiting)
    for one in cases:
        one.reason = ""
    join_cases(origin, cases)
    Proposal.objects.bulk_update(cases, ["row", "old", "reason"], batch_size=500)


def _move_keys(one: Proposal, earlier: str) -> None:
    """Let what the source had under the earlier key stand under the new one, too."""
    keys = SourceKey.objects.filter(origin=one.batch.origin, within=earlier)
    moved = [
        SourceKey(
            origin=one.batch.origin, key=one.within + known.key[len(earlier) :], within=one.within, kind=known.kind,
            row=known.row, proposal_id=known.proposal_id,
        )
        for known in keys
    ]  # fmt: skip
    SourceKey.objects.bulk_create(moved, ignore_conflicts=True)
    keys.update(moved_to=one.within)


def _judge_anew(batch: Batch, within: str) -> None:
    """Compare what is open of one case again: what is as it was goes, and what differs is proposed as a change."""
    waiting = list(batch.proposals.filter(within=within, decision=Decision.OPEN).order_by("position"))
    items = [
        Item(
            one.kind, one.key, one.within, one.label, one.new, tuple(one.rests_on), counts_as=tuple(one.counts_as),
            marks=tuple(one.marks),
        )
        for one in waiting
    ]  # fmt: skip
    judged = judge(batch.origin, items, in_file={one.key for one in waiting})
    places = {one.key: one.position for one in waiting}
    batch.proposals.filter(pk__in=[one.pk for one in waiting]).delete()
    for proposal in judged.proposals:
        proposal.batch, proposal.position = batch, places[proposal.key]
    Proposal.objects.bulk_create(judged.proposals)
    told = batch.account["told"]
    for (name, what), number in judged.tally.items():
        row = told.setdefault(name, {})
        row[what] = row.get(what, 0) + number
    batch.save(update_fields=["account"])

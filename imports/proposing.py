"""A run over one file: everything in it becomes a batch of proposals, in one transaction or not at all."""

from collections import Counter
from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from imports.account import totals_of
from imports.choices import Decision, Kind, State
from imports.forgetting import forget_decided, forget_named_file
from imports.items import Item, items_of_case, items_without_case, root_of
from imports.judging import case_rows, judge
from imports.keys import bounded
from imports.models import Batch, Mapping, Origin, Proposal, SourceKey
from imports.reading.found import Found

AT_ONCE = 2_000  # proposals of one statement
CASES = 500  # compared with the record together
FEW = 500  # parties of a file for which likenesses short of the same name are looked for
NAMES = {
    "pacer": "PACER dockets",
    "old-bailey": "Old Bailey Proceedings",
    "timelinejs": "TimelineJS sheet",
}
GONE = "An earlier file of this source has it, and this one has not. It stays in the record."


def propose(
    found: Found, *, by: User, progress: Callable[[int], None] = lambda number: None, number: int | None = None
) -> Batch:
    """Write what a file would add to the record, or change in it, as proposals, and return their batch.

    The same file again proposes nothing: while editors still decide on it, its batch is returned as it is.
    Two runs at once wait for one another. ``progress`` is told of each number of cases looked at. ``number`` is the
    batch's own, for whoever only looks and takes everything back: the next number is left to a batch that stays.
    """
    found = bounded(found)
    slug = _slug(found)
    with transaction.atomic():
        Origin.objects.get_or_create(slug=slug, defaults={"name": _name(slug, found), "pk": number})
        origin = Origin.objects.select_for_update().get(slug=slug)
        if running := _undecided(origin, found.sha256):
            return running
        batch = Batch.objects.create(
            pk=number,
            origin=origin,
            file_name=found.file_name[:200],
            sha256=found.sha256,
            source_kind=found.source_kind,
            credit=found.credit[:500],
            made_by=by,
        )
        tally = _write(batch, found, progress)
        batch.account = totals_of(found, tally)
        joined = batch.proposals.filter(kind=Kind.CASE, row__isnull=False).values_list("row", flat=True)
        known = case_rows(origin, {case.key for case in found.cases})
        forget_named_file(batch, cases={*known.values(), *(row for row in joined if row)})
        batch.save(update_fields=["account", "file_name"])
        _overtake(batch)
    return batch


def _write(batch: Batch, found: Found, progress: Callable[[int], None]) -> Counter[tuple[str, str]]:
    """Write the proposals of a file, some cases at a time; return what needed none, counted."""
    tally: Counter[tuple[str, str]] = Counter()
    keys: set[str] = set()
    roots = {root_of(case) for case in found.cases}
    near = sum(len(case.parties) for case in found.cases) <= FEW
    position = 0
    for start in range(0, max(len(found.cases), 1), CASES):
        some = found.cases[start : start + CASES]
        items = [item for case in some for item in items_of_case(case)]
        if not start:
            items = [*items_without_case(found), *items]
        _tell_apart(items, keys)
        judged = judge(batch.origin, items, in_file=roots, near=near)
        position = _number(batch, judged.proposals, position)
        tally += judged.tally
        progress(len(some))
    _number(batch, _gone(batch.origin, {case.key for case in found.cases}, keys), position)
    return tally


def _tell_apart(items: list[Item], keys: set[str]) -> None:
    """Give each thing of a file a key of its own, and add it to ``keys``: a damaged file may have one id twice."""
    for item in items:
        key, number = item.key, 1
        while item.key in keys:
            number += 1
            item.key = f"{key}#{number}"
        keys.add(item.key)


def _number(batch: Batch, proposals: list[Proposal], position: int) -> int:
    for proposal in proposals:
        position += 1
        proposal.batch, proposal.position = batch, position
    Proposal.objects.bulk_create(proposals, batch_size=AT_ONCE)
    return position


def _slug(found: Found) -> str:
    if found.source_kind.startswith("pacer"):
        return "pacer"
    if found.source_kind == "timelinejs":  # each newsroom's sheet counts its own rows
        return slugify(f"timelinejs-{found.file_name.rsplit('.', 1)[0]}")[:80]
    return slugify(found.mapping or found.source_kind.replace("_", "-"))[:80] or "files"


def _name(slug: str, found: Found) -> str:
    if slug in NAMES:
        return NAMES[slug]
    kept = Mapping.objects.filter(name=found.mapping).values_list("title", flat=True).first()
    return kept or (found.mapping or found.source_kind).replace("_", " ").replace("-", " ").capitalize()


def _undecided(origin: Origin, sha256: str) -> Batch | None:
    same = Batch.objects.filter(origin=origin, sha256=sha256, undone_at=None)
    same = same.exclude(proposals__decision=Decision.SEALED)  # what was removed of it is read again, and warned of
    return same.filter(proposals__decision=Decision.OPEN).order_by("pk").distinct().last()


def _gone(origin: Origin, within: set[str], there: set[str]) -> list[Proposal]:
    """List what earlier files of the source had and this one has not: of the cases it holds, or of all.

    A file that holds at least half of the source's cases is a newer state of the whole; another is one of its parts.
    """
    cases = set(SourceKey.objects.filter(origin=origin, kind=Kind.CASE).values_list("within", flat=True))
    if not cases & within:
        return []
    whole = len(cases & within) * 2 >= len(cases) and len(within) > 1
    known = Q(origin=origin, row__isnull=False, moved_to="")
    known &= Q() if whole else Q(within__in=cases & within)
    missing = SourceKey.objects.filter(known).order_by("within", "pk")
    rows = missing.values_list("key", "within", "kind", "row", "proposal__label", "proposal__new")
    return [
        Proposal(
            within=case, kind=kind, key=key, state=State.GONE, decision=Decision.NOTED, label=label, old=said,
            reason=GONE, row=row,
        )
        for key, case, kind, row, label, said in rows.iterator()
        if key not in there
    ]  # fmt: skip


def _overtake(batch: Batch) -> None:
    """Close what older batches of the source still ask about the same things: this file is newer."""
    older = Proposal.objects.filter(batch__origin=batch.origin, decision=Decision.OPEN).exclude(batch=batch)
    if older.exists():
        older.filter(key__in=batch.proposals.values("key")).update(decision=Decision.OVERTAKEN)
        forget_decided(Proposal.objects.filter(batch__origin=batch.origin))

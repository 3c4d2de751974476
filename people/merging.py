"""Making one person of two, and undoing it: an editor's act, with a preview, that keeps every old address alive.

What rests on a person lies in other applications too; it is found by the foreign keys that point to Person, so that
nothing here has to know them. Who derives statuses from it (``cases.editing``) does so in the same transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model, Q, UniqueConstraint
from django.utils import timezone

from people.choices import NameKind, Visibility
from people.models import IndexedName, Merge, Name, Namesake, Person, Redirect

_OWN = (IndexedName, Merge, Name, Namesake, Redirect)  # carried over one by one, below


@dataclass(frozen=True, slots=True)
class Move:
    """Rows of one kind that would point to the other person."""

    noun: str
    rows: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do. ``obstacles`` are sentences: while there is one, it is refused."""

    keep: Person
    absorb: Person
    moves: tuple[Move, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restoration:
    """What undoing a merge would do. ``lost`` are sentences about what can not come back."""

    name: str
    slug: str
    visibility: Visibility
    moves: tuple[Move, ...]
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    lost: tuple[str, ...]
    obstacles: tuple[str, ...]


def preview_merge(*, keep: Person, absorb: Person) -> Preview:
    """Return what merging ``absorb`` into ``keep`` would do. Writes nothing."""
    rows = [(field, list(_pointing(field, absorb))) for field in _references()]
    moves = [Move(str(field.model._meta.verbose_name), tuple(found)) for field, found in rows if found]
    addresses = (absorb.slug, *absorb.redirects.order_by("old_slug").values_list("old_slug", flat=True))
    return Preview(
        keep, absorb, tuple(moves), tuple(_new_names(keep, absorb)), addresses, tuple(_obstacles(keep, absorb))
    )


def merge(*, keep: Person, absorb: Person, by: User) -> Merge:
    """Make one person of two: ``absorb`` becomes another name of ``keep``, and its address leads there.

    Raises ``ValidationError`` with every obstacle. Returns what ``unmerge`` needs.
    """
    with transaction.atomic():
        keep, absorb = _locked(keep, absorb)
        obstacles = list(_obstacles(keep, absorb))
        if obstacles:
            raise ValidationError(obstacles)
        record: dict[str, Any] = {"person": _columns(absorb), "moved": {}, "names": [], "redirects": []}
        for field in _references():
            ids = list(_pointing(field, absorb).values_list("pk", flat=True))
            if ids:
                field.model._base_manager.filter(pk__in=ids).update(**{field.name: keep})
                record["moved"][_key(field)] = ids
        record["names"] = _carry_names(keep, absorb)
        record["namesakes"] = _carry_namesakes(keep, absorb)
        record["redirects"] = list(absorb.redirects.values_list("pk", flat=True))
        absorb.redirects.update(person=keep)
        record["merges"] = list(absorb.merges.values_list("pk", flat=True))
        absorb.merges.update(kept=keep)
        if absorb.not_named_because and not keep.not_named_because:
            Person.objects.filter(pk=keep.pk).update(not_named_because=absorb.not_named_because)
        slug = absorb.slug
        absorb.delete()
        Redirect.objects.create(old_slug=slug, person=keep)
        return Merge.objects.create(
            kept=keep, absorbed_slug=slug, absorbed_name=record["person"]["name"], record=record, by=by
        )


def unmerge(done: Merge, *, by: User) -> Person:
    """Make two persons again: what was moved goes back as far as it is still there, with the old address.

    What was entered since for the person kept stays with them; and if their name was withheld since, so is the name
    that comes back. Raises ``ValidationError`` with every obstacle.
    """
    with transaction.atomic():
        done = Merge.objects.select_for_update().get(pk=done.pk)
        obstacles = list(_obstacles_to_undoing(done))
        if obstacles:
            raise ValidationError(obstacles)
        kept, record = done.kept, done.record
        Redirect.objects.filter(old_slug=done.absorbed_slug, person=kept).delete()
        restored = Person(**record["person"])
        restored.visibility = _narrower(restored, kept)
        restored.save(force_insert=True)
        for field, rows in _returning(done):
            rows.update(**{field.name: restored})
        _give_names_back(kept, restored, record["names"])
        Namesake.objects.bulk_create(Namesake(**row) for row in _namesakes_to_restore(done))
        Namesake.objects.filter(pk__in=record["namesakes"]["made"]).delete()
        Redirect.objects.filter(pk__in=record["redirects"], person=kept).update(person=restored)
        Merge.objects.filter(pk__in=record["merges"], kept=kept).update(kept=restored)
        done.undone_at, done.undone_by = timezone.now(), by
        done.save(update_fields=["undone_at", "undone_by"])
        return restored


def preview_unmerge(done: Merge) -> Restoration:
    """Return what undoing a merge would do. Writes nothing."""
    was, record = Person(**done.record["person"]), done.record
    moves, lost = [], []
    for field, found in _returning(done):
        rows = tuple(found.order_by("pk"))
        if rows:
            moves.append(Move(str(field.model._meta.verbose_name), rows))
        gone = len(record["moved"][_key(field)]) - len(rows)
        if gone:
            noun = field.model._meta.verbose_name if gone == 1 else field.model._meta.verbose_name_plural
            lost.append(f"{gone} {noun}: removed since the merge, or given to somebody else.")
    gone = len(record["namesakes"]["gone"]) - len(_namesakes_to_restore(done))
    if gone:
        lost.append(f"{gone} “not the same person as”: the other person is no longer in the record.")
    addresses = Redirect.objects.filter(pk__in=record["redirects"], person=done.kept).order_by("old_slug")
    return Restoration(
        was.name,
        was.slug,
        _narrower(was, done.kept),
        tuple(moves),
        tuple(name["text"] for name in record["names"]["own"]),
        tuple(addresses.values_list("old_slug", flat=True)),
        tuple(lost),
        tuple(_obstacles_to_undoing(done)),
    )


def _obstacles_to_undoing(done: Merge) -> Iterator[str]:
    if done.undone_at is not None:
        yield "This merge was undone already."
        return
    later = Merge.objects.filter(kept=done.kept, undone_at=None, pk__gt=done.pk).order_by("-pk").first()
    if later is not None:
        yield f"Undo the later merge of “{later.absorbed_name}” first."
    if Person.objects.filter(slug=done.absorbed_slug).exists():
        yield f"Somebody else has the address “{done.absorbed_slug}” now, so the person can not have it back."


def _returning(done: Merge) -> Iterator[tuple[ForeignKey, Any]]:
    """Yield the rows that a merge moved and that still point to the person kept, by what points."""
    for field in _references():
        if ids := done.record["moved"].get(_key(field), []):
            yield field, _pointing(field, done.kept).filter(pk__in=ids)


def _namesakes_to_restore(done: Merge) -> list[dict[str, Any]]:
    """Those between the person who comes back and somebody who is still there."""
    rows = done.record["namesakes"]["gone"]
    ends = {row[end] for row in rows for end in ("person_id", "other_id")}
    there = {done.record["person"]["id"], *Person.objects.filter(pk__in=ends).values_list("pk", flat=True)}
    return [row for row in rows if {row["person_id"], row["other_id"]} <= there]


def _narrower(one: Person, other: Person) -> Visibility:
    """The visibility that shows less: a name withheld since the merge does not come back by undoing it."""
    order = list(Visibility)  # from public to sealed
    return max(Visibility(one.visibility), Visibility(other.visibility), key=order.index)


def _key(field: ForeignKey) -> str:
    return f"{field.model._meta.label}.{field.name}"


def _references() -> list[ForeignKey]:
    """Every foreign key to Person outside of this application, in a fixed order."""
    found = [
        field
        for model in apps.get_models()
        if model not in _OWN and not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    ]
    return sorted(found, key=lambda field: (field.model._meta.label, field.name))


def _pointing(field: ForeignKey, person: Person) -> Any:
    return field.model._base_manager.filter(**{field.name: person}).order_by("pk")


def _locked(*persons: Person) -> tuple[Person, ...]:
    rows = Person.objects.select_for_update().in_bulk(sorted(person.pk for person in persons))
    if len(rows) < len({person.pk for person in persons}):
        raise ValidationError("One of the two was removed meanwhile. Start again from the list.")
    return tuple(rows[person.pk] for person in persons)


def _columns(person: Person) -> dict[str, Any]:
    return {field.attname: getattr(person, field.attname) for field in Person._meta.concrete_fields}


def _obstacles(keep: Person, absorb: Person) -> Iterator[str]:
    if keep.pk == absorb.pk:
        yield "Choose two different persons."
        return
    if keep.is_natural != absorb.is_natural:
        yield f"“{keep}” and “{absorb}” are not of one kind: a human being can not become a body."
    if keep.visibility != absorb.visibility:
        yield (
            f"The name of one may be shown further than the other's ({keep.get_visibility_display().lower()}, "
            f"{absorb.get_visibility_display().lower()}). Decide that first, for both."
        )
    said = Q(person=keep, other=absorb) | Q(person=absorb, other=keep)
    if Namesake.objects.filter(said).exists():
        yield f"An editor has said that “{keep}” and “{absorb}” are not the same. Remove that first if it is wrong."
    for field in _references():
        for constraint in field.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
                yield from _collisions(field, constraint, keep, absorb)


def _collisions(field: ForeignKey, constraint: UniqueConstraint, keep: Person, absorb: Person) -> Iterator[str]:
    """Rows of both that could not stand in the record together, were they one person's."""
    others = [name for name in constraint.fields if name != field.name]
    rows = _pointing(field, absorb).filter(constraint.condition or Q())
    for row in rows:
        values = {name: getattr(row, name) for name in others}
        if constraint.nulls_distinct is not False and None in values.values():
            continue
        same = {
            (f"{name}__isnull" if value is None else name): value is None or value for name, value in values.items()
        }
        if twin := _pointing(field, keep).filter(constraint.condition or Q(), **same).first():
            noun = field.model._meta.verbose_name
            yield f"Both have the same part: {noun} “{row}” and {noun} “{twin}”. Make one of them first."


def _new_names(keep: Person, absorb: Person) -> Iterator[str]:
    known = {keep.name, *keep.names.values_list("text", flat=True)}
    for text in (absorb.name, *absorb.names.order_by("pk").values_list("text", flat=True)):
        if text not in known:
            known.add(text)
            yield text


def _carry_names(keep: Person, absorb: Person) -> dict[str, Any]:
    wanted = set(_new_names(keep, absorb))
    kinds = {name.text: name.kind for name in absorb.names.all()}
    own = [{"text": name.text, "kind": name.kind} for name in absorb.names.order_by("pk")]
    absorb.names.all().delete()
    made = [
        Name.objects.create(person=keep, text=text, kind=kinds.get(text, NameKind.ALIAS)).pk for text in sorted(wanted)
    ]
    return {"own": own, "made": made}


def _give_names_back(kept: Person, restored: Person, names: dict[str, Any]) -> None:
    kept.names.filter(pk__in=names["made"]).delete()
    for name in names["own"]:
        Name.objects.create(person=restored, **name)


def _carry_namesakes(keep: Person, absorb: Person) -> dict[str, Any]:
    gone, made = [], []
    for row in Namesake.objects.filter(Q(person=absorb) | Q(other=absorb)).order_by("pk"):
        gone.append({"person_id": row.person_id, "other_id": row.other_id, "note": row.note})
        third = row.other_id if row.person_id == absorb.pk else row.person_id
        held = Q(person=keep, other=third) | Q(person=third, other=keep)
        if not Namesake.objects.filter(held).exists():
            made.append(Namesake.objects.create(person=keep, other_id=third, note=row.note).pk)
        row.delete()
    return {"gone": gone, "made": made}

"""The verbs of identity: two persons become one, and become two again."""

from collections.abc import Iterator
from dataclasses import replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases.editing import looking
from cases.editing.rights import MERGE, refuse_without
from cases.editing.sitting import sitting
from cases.history import writers_of
from cases.models import Case, Defendant
from people import merging
from people.choices import NAMED
from people.merging import Preview
from people.models import Merge, Person, Standing

_NOT_YOURS = "Only an editor may make one person of two, or two of one."


def preview_merge(*, keep: Person, absorb: Person) -> Preview:
    """Return what ``merge_people`` would do, with every obstacle, those of the record too. Writes nothing."""
    told = merging.preview_merge(keep=keep, absorb=absorb)
    return replace(told, obstacles=(*told.obstacles, *_unsealing(keep, absorb)))


def merge_people(*, keep: Person, absorb: Person, by: User) -> Merge:
    """Make one person of two, with all their parts in cases. Raises ``ValidationError`` with every obstacle.

    ``preview_merge`` tells beforehand what would move.
    """
    refuse_without(MERGE, by, _NOT_YOURS)
    with sitting(by=by) as current:
        told = preview_merge(keep=keep, absorb=absorb)
        if told.obstacles:
            raise ValidationError(list(told.obstacles))
        current.touch(keep, absorb, *(row for move in told.moves for row in move.rows))
        looking.carry(keep=keep, absorbed=absorb, by=by)
        done = merging.merge(keep=keep, absorb=absorb, by=by)
        current.touch(done.kept)
    return done


def unmerge_people(done: Merge, *, by: User) -> Person:
    """Undo a merge: what was moved goes back, with the old address. Raises ``ValidationError``."""
    refuse_without(MERGE, by, _NOT_YOURS)
    with sitting(by=by) as current:
        current.touch(done.kept, *(row for move in merging.preview_unmerge(done).moves for row in move.rows))
        restored = merging.unmerge(done, by=by)
        looking.ask_for([done.kept, restored], looking.PARTED, by=by)
        looking.ask_for([restored], looking.PARTED, by=by, writers=_writers_once(restored))
        current.touch(restored)
    return restored


def _writers_once(person: Person) -> set[int]:
    """Return whose words it is that a person says again, with their other names."""
    rows = [person, *person.names.all()]
    return {
        pk
        for row in rows
        for pk in writers_of(type(row), row.pk, {name: getattr(row, name) for name in ("name", "described_as", "text")
                                                 if hasattr(row, name)})
    }  # fmt: skip


def _unsealing(keep: Person, absorb: Person) -> Iterator[str]:
    """A name that only a seal keeps from the public would be read beside the other one's."""
    shown = Person.objects.filter(pk__in=[keep.pk, absorb.pk]).exclude(derived_standing=Standing.NOTHING)
    if len(public := list(shown)) == 1:
        (other,) = public
        hidden = absorb if other == keep else keep
        if case := _case_hidden_in(hidden):
            yield (
                f"“{hidden}” is shown nowhere, because of a seal or a withheld name in “{case}”. "
                f"As one person with “{other}”, readers would learn it. Lift the seal first, or leave them apart."
            )


def _case_hidden_in(person: Person) -> Case | None:
    accused = Defendant.objects.filter(person=person).exclude(visibility__in=NAMED).select_related("case")
    if first := accused.order_by("pk").first():
        return first.case
    within = Case.objects.filter(defendants__person=person) | Case.objects.filter(participants__person=person)
    return within.exclude(visibility__in=NAMED).order_by("pk").first()

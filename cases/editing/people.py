"""The verbs of identity: two persons become one, and become two again."""

from django.contrib.auth.models import User

from cases.editing.sitting import sitting
from people import merging
from people.models import Merge, Person


def merge_people(*, keep: Person, absorb: Person, by: User) -> Merge:
    """Make one person of two, with all their parts in cases. Raises ``ValidationError`` with every obstacle.

    ``people.merging.preview_merge`` tells beforehand what would move.
    """
    with sitting() as current:
        current.touch(keep, absorb)
        done = merging.merge(keep=keep, absorb=absorb, by=by)
        current.touch(done.kept)
    return done


def unmerge_people(done: Merge, *, by: User) -> Person:
    """Undo a merge: what was moved goes back, with the old address. Raises ``ValidationError``."""
    with sitting() as current:
        current.touch(done.kept)
        restored = merging.unmerge(done, by=by)
        current.touch(restored)
    return restored

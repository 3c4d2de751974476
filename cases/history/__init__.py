"""What was written of each row, when and by whom, read from the tables that triggers fill (``people.tracking``).

Nothing here writes. What restores a row or removes its history on purpose is a verb of ``cases.editing``.
"""

from cases.history.changes import Change, Occasion, anything_purged, changes_since, stream
from cases.history.layout import history_of, kept_as, tracked_models
from cases.history.lost import Deletion, deletion_of, deletions
from cases.history.past import as_recorded, history_begins, was_entered
from cases.history.stamps import stamp_of, state_stamped
from cases.history.states import State, last_state, read, state_at, writers_of
from cases.history.words import NOTHING, Names, diff

__all__ = [
    "NOTHING",
    "Change",
    "Deletion",
    "Names",
    "Occasion",
    "State",
    "anything_purged",
    "as_recorded",
    "changes_since",
    "deletion_of",
    "deletions",
    "diff",
    "history_begins",
    "history_of",
    "kept_as",
    "last_state",
    "read",
    "stamp_of",
    "state_at",
    "state_stamped",
    "stream",
    "tracked_models",
    "was_entered",
    "writers_of",
]

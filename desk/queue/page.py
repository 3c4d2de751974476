"""The desk's first page for one person."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from cases import editing
from desk.queue.due import due
from desk.queue.lately import Change, lately
from desk.queue.names import names_for
from desk.queue.rows import Section
from desk.queue.waiting import waiting_for


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, what is due, and what was changed lately."""

    waiting: tuple[Section, ...]
    due: tuple[Section, ...]
    lately: tuple[Change, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every list that is not empty, what waits first: all of it is told in one line."""
        return (*self.waiting, *self.due)


def queue_for(by: User) -> Queue | None:
    """Return the queue of somebody; None for who may not read the record."""
    if not by.has_perms(["cases.view_case", "cases.view_event", "cases.view_matter"]):
        return None
    today = timezone.localdate()
    return Queue(
        waiting=(*([names] if (names := names_for(by)) is not None else []), *waiting_for(by)),
        due=tuple(due(today, may_verify=by.has_perm(editing.PUBLISH))),
        lately=tuple(lately()),
    )

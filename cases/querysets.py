"""Every question asked of the record: what is published, what concerns whom, what a page needs loaded."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.choices import Editorial
from people.choices import Visibility


class MatterQuerySet(models.QuerySet):
    """Matters."""

    def published(self) -> Self:
        """Matters the public may read."""
        return self.filter(editorial_state=Editorial.PUBLISHED)


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def published(self) -> Self:
        """Cases the public may read (a sealed one as a tombstone)."""
        return self.filter(editorial_state=Editorial.PUBLISHED)

    def listed(self) -> Self:
        """Published cases that lists, counts and searches may name: not the sealed ones."""
        return self.published().exclude(visibility=Visibility.SEALED)


class EventQuerySet(models.QuerySet):
    """Acts."""

    def published(self) -> Self:
        """Acts the public may read, whatever the state of their case."""
        return self.filter(editorial_state=Editorial.PUBLISHED)


def published_defendants() -> models.QuerySet:
    """Defendants the public may read: a published act of a published case charges or names them.

    Sealed defendants are not among them; neither are those of a sealed case.
    """
    from cases.models import Case, Charge, Defendant, Event

    charged = Charge.objects.filter(defendant=OuterRef("pk"), created_by__editorial_state=Editorial.PUBLISHED)
    named = Event.objects.published().filter(defendants=OuterRef("pk"))
    return Defendant.objects.filter(Q(Exists(charged)) | Q(Exists(named)), case__in=Case.objects.listed()).exclude(
        visibility=Visibility.SEALED
    )


def published_participants() -> models.QuerySet:
    """Roles the public may read: those whose showing act is published, in a published case or matter."""
    from cases.models import Case, Matter, Participant

    return Participant.objects.filter(
        Q(case__in=Case.objects.listed()) | Q(matter__in=Matter.objects.published()),
        shown_by__editorial_state=Editorial.PUBLISHED,
    )

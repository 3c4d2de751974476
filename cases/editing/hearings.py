"""The verbs of a scheduled act: it was held, it was continued to another day, or it was cancelled."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases.editing.authorship import credit
from cases.editing.sitting import sitting
from cases.editing.writing import REMOVED, concern, save
from cases.law.dates import PartialDate
from cases.law.vocabulary import Occurrence
from cases.models import Event

SETTLED = "settled"  # the code of the refusal where something else was said of it before
NOT_LATER = "It is continued to a later day than its own. Correct the new day, or leave it empty if none was set."


def hold(act: Event, *, by: User) -> bool:
    """Say that a scheduled act was held. Raises ``ValidationError`` on a day that has not come.

    Returns whether anything changed: what was said to be held before is left as it is.
    """
    return _settle(act, as_=Occurrence.HELD, by=by) is not None


def cancel(act: Event, *, by: User) -> bool:
    """Say that a scheduled act was cancelled, and no other day was set. Returns whether anything changed."""
    return _settle(act, as_=Occurrence.CANCELLED, by=by) is not None


def continue_to(act: Event, *, when: PartialDate | None, by: User) -> Event | None:
    """Say that a scheduled act was put off to ``when``: the same is scheduled anew, as a draft.

    It says from which day it was continued, and needs a source of its own: the old one knows the old day only.
    Returns it; None if ``when`` is None, or if the act was said to be continued before.
    """
    with sitting(by=by):
        before = _settle(act, as_=Occurrence.CONTINUED, by=by)
        if before is None or when is None:
            return None
        if when.latest <= before.when.earliest:
            raise ValidationError({"to": NOT_LATER})
        again = Event(
            case=before.case,
            matter=before.matter,
            category=before.category,
            kind=before.kind,
            motion=before.motion,
            actor=before.actor,
            title=before.title,
            text=continued_from(before),
            occurrence=Occurrence.SCHEDULED,
            on=when.start,
            precision=when.precision,
            qualifier=when.qualifier,
        )
        save(again, by=by)
        credit([again], writers=before.writers)  # its headline is the word of who wrote that of the first
        if concerned := list(before.defendants.all()):
            concern(again, defendants=concerned, by=by)
    return again


def continued_from(act: Event) -> str:
    """Return the sentence of what is scheduled in the place of ``act``: by it the two are told to belong together."""
    return f"Continued from {act.when}."


def _settle(act: Event, *, as_: Occurrence, by: User) -> Event | None:
    """Change what is scheduled, and nothing else: another editor may have said meanwhile what became of it.

    Returns the act as it is stored now; None if that was said of it before.
    """
    with sitting(by=by):
        stored = Event.objects.filter(pk=act.pk).first()
        if stored is None:
            raise ValidationError(REMOVED)
        if stored.occurrence == as_:
            return None
        if stored.occurrence != Occurrence.SCHEDULED:
            told = stored.get_occurrence_display().lower()
            raise ValidationError(
                f"“{stored.title}” is not scheduled any more: it is {told}. Change it on its own page.", code=SETTLED
            )
        stored.occurrence = as_
        save(stored, by=by)
    act.occurrence = as_
    return stored

"""The verbs of publication: submit, publish, withdraw, redraft, confirm, for acts, cases and matters.

What one person wrote, another publishes (``rights``). Publication goes upwards: an act needs a source that supports
it, a case a published act, a matter a published case or act (``standing``), and nothing that the guard forbids
(``cases.guard``). Withdrawal goes downwards, in the reverse order.
"""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.choices import Editorial, Unseen
from cases.editing import looking
from cases.editing.authorship import sign
from cases.editing.refusals import told_in_words
from cases.editing.rights import PUBLISH, Publishable, refuse_change, refuse_without, why_not_publish
from cases.editing.sitting import sitting
from cases.editing.writing import REMOVED
from cases.models import Case, Event, Matter

MOST = 300  # characters of a sentence that is kept
TOO_LONG = f"Say it in at most {MOST} characters."


def publish(thing: Publishable, *, by: User, despite: str = "") -> None:
    """Show an act, a case or a matter to the public, for good reasons ``despite`` what the guard advises against.

    Raises ``ValidationError`` at once when ``by`` may not; when the sitting ends, if it rests on nothing, or the guard
    forbids it, or advises against it and ``despite`` is empty. What is published already is left as it is.
    """
    said = _one_sentence(despite)
    with sitting(by=by) as current:
        stored = _stored(thing)
        if stored.editorial_state == Editorial.PUBLISHED:
            thing.editorial_state = stored.editorial_state
            return
        if refusal := why_not_publish(stored, by):
            raise ValidationError(refusal, code="not_yours")
        noted = {
            "published_by": by,
            "published_at": timezone.now(),
            "published_despite": "",
            "unseen": Unseen.NOTHING,
            "writers": [],
            "assigned_to": None,
            "sent_back_by": None,
            "sent_back_because": "",
        }
        _move(thing, to=Editorial.PUBLISHED, by=by, **noted)
        current.published[stored] = said
        looking.seen_with(stored, by=by)


def withdraw(thing: Publishable, *, by: User) -> None:
    """Take what is published off every public page; it stays in the record, for editors."""
    refuse_without(PUBLISH, by)
    with sitting(by=by):
        if _stored(thing).editorial_state != Editorial.PUBLISHED:
            raise ValidationError(f"“{thing}” is not published, so there is nothing to withdraw.")
        _move(thing, to=Editorial.WITHDRAWN, by=by, unseen=Unseen.NOTHING)
        # What is missing changes what the rest says, and a sentence tells readers why: somebody else looks at that.
        sign(_public_home(thing), by=by, effect=True)


def _public_home(thing: Publishable) -> list[Publishable]:
    """Return the case or the matter on whose page readers read ``thing``, if that is public."""
    home: Case | Matter | None = None
    if isinstance(thing, Event) and thing.case_id is not None:
        home = Case.objects.filter(pk=thing.case_id).first()
    elif not isinstance(thing, Matter) and thing.matter_id is not None:
        home = Matter.objects.filter(pk=thing.matter_id).first()
    return [home] if home is not None and home.editorial_state == Editorial.PUBLISHED else []


def submit(thing: Publishable, *, by: User) -> None:
    """Hand a draft to somebody else for review."""
    with sitting(by=by):
        stored = _stored(thing)
        if stored.editorial_state not in (Editorial.DRAFT, Editorial.WITHDRAWN):
            raise ValidationError(f"“{thing}” is not a draft, so it can not be submitted for review.")
        refuse_change(stored, by)
        _move(thing, to=Editorial.IN_REVIEW, by=by, submitted_by=by, sent_back_by=None, sent_back_because="")


def redraft(thing: Publishable, *, by: User, because: str = "") -> None:
    """Take something in review, or withdrawn, back as a draft; or send it back to its writer, and say what is amiss."""
    said = _one_sentence(because)
    with sitting(by=by):
        stored = _stored(thing)
        if stored.editorial_state == Editorial.PUBLISHED:
            raise ValidationError(f"“{thing}” is published. Withdraw it first.")
        refuse_change(stored, by)
        another = stored.changed_by_id != by.pk and stored.editorial_state == Editorial.IN_REVIEW
        _move(
            thing,
            to=Editorial.DRAFT,
            by=by,
            sent_back_by=by if another else None,
            sent_back_because=said if another else "",
        )


def confirm(thing: Publishable, *, by: User) -> None:
    """Say that a second person has seen what was changed after publication, and that it is right."""
    with sitting(by=by):
        stored = _stored(thing)
        if stored.editorial_state != Editorial.PUBLISHED or not stored.unseen:
            raise ValidationError(f"Nothing about “{thing}” waits to be seen by a second person.")
        if refusal := why_not_publish(stored, by):
            raise ValidationError(refusal, code="not_yours")
        _move(thing, to=Editorial.PUBLISHED, by=by, unseen=Unseen.NOTHING, writers=[])


def _one_sentence(text: str) -> str:
    said = " ".join(text.replace("\0", " ").split())
    if len(said) > MOST:
        raise ValidationError(TOO_LONG)
    return said


def _stored(thing: Publishable) -> Publishable:
    found: Publishable | None = type(thing)._base_manager.filter(pk=thing.pk).first()
    if found is None:
        raise ValidationError(REMOVED)
    return found


def _move(thing: Publishable, *, to: Editorial, by: User, **noted: Any) -> None:
    with sitting(by=by) as current:
        current.touch(_stored(thing))
        written = {"editorial_state": to, "updated_by": by} | noted
        for column, value in written.items():
            setattr(thing, column, value)
        with told_in_words():
            thing.save(update_fields=[*written, "updated_at"])
        current.touch(thing)

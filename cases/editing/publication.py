"""The verbs of publication: submit, publish, withdraw, redraft, for acts, cases and matters.

Publication goes upwards: an act needs a source that supports it, a case a published act, a matter a
published case or act (``standing`` has the rules). Withdrawal goes downwards, in the reverse order.
"""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases.choices import Editorial
from cases.editing.refusals import told_in_words
from cases.editing.sitting import sitting
from cases.editing.writing import REMOVED
from cases.models import Case, Event, Matter

Publishable = Matter | Case | Event


def publish(thing: Publishable, *, by: User) -> None:
    """Show an act, a case or a matter to the public. What rests on nothing is refused."""
    _move(thing, to=Editorial.PUBLISHED, by=by)


def withdraw(thing: Publishable, *, by: User) -> None:
    """Take what is published off every public page; it stays in the record, for editors."""
    if _state_of(thing) != Editorial.PUBLISHED:
        raise ValidationError(f"“{thing}” is not published, so there is nothing to withdraw.")
    _move(thing, to=Editorial.WITHDRAWN, by=by)


def submit(thing: Publishable, *, by: User) -> None:
    """Hand a draft to somebody else for review."""
    if _state_of(thing) not in (Editorial.DRAFT, Editorial.WITHDRAWN):
        raise ValidationError(f"“{thing}” is not a draft, so it can not be submitted for review.")
    _move(thing, to=Editorial.IN_REVIEW, by=by)


def redraft(thing: Publishable, *, by: User) -> None:
    """Take something in review, or withdrawn, back as a draft."""
    if _state_of(thing) == Editorial.PUBLISHED:
        raise ValidationError(f"“{thing}” is published. Withdraw it first.")
    _move(thing, to=Editorial.DRAFT, by=by)


def _state_of(thing: Publishable) -> str | None:
    return type(thing)._base_manager.filter(pk=thing.pk).values_list("editorial_state", flat=True).first()


def _move(thing: Publishable, *, to: Editorial, by: User) -> None:
    with sitting(by=by) as current:
        if _state_of(thing) is None:
            raise ValidationError(REMOVED)
        columns = ["editorial_state"]
        if not isinstance(thing, Matter):
            thing.updated_by = by
            columns += ["updated_by", "updated_at"]
        thing.editorial_state = to
        with told_in_words():
            thing.save(update_fields=columns)
        current.touch(thing)

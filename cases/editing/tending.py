"""The verbs around the writing: say that a case was verified today, and hand an act, a case or a matter to somebody."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases.choices import Editorial
from cases.editing.rights import PUBLISH, Publishable, refuse_without
from cases.editing.sitting import sitting
from cases.editing.writing import REMOVED
from cases.models import Case

NOT_PUBLIC = "“{}” is not published, so readers are told of no verification."
NO_EDITOR = "Choose somebody with an account at the desk."


def verify(case: Case, *, by: User) -> None:
    """Say that ``by`` looked today, and that nothing is missing from a published case; readers see the day."""
    refuse_without(PUBLISH, by)
    with sitting(by=by) as current:
        stored = Case.objects.filter(pk=case.pk).first()
        if stored is None:
            raise ValidationError(REMOVED)
        if stored.editorial_state != Editorial.PUBLISHED:
            raise ValidationError(NOT_PUBLIC.format(case))
        case.verified_on, case.verified_by, case.updated_by = current.on, by, by
        case.save(update_fields=["verified_on", "verified_by", "updated_by", "updated_at"])


def assign(thing: Publishable, *, to: User | None, by: User) -> None:
    """Ask somebody to see to an act, a case or a matter; None asks nobody any more."""
    refuse_without(PUBLISH, by)
    if to is not None and not (to.is_active and to.is_staff):
        raise ValidationError(NO_EDITOR)
    with sitting(by=by):
        if not type(thing)._base_manager.filter(pk=thing.pk).exists():
            raise ValidationError(REMOVED)
        thing.assigned_to = to
        thing.save(update_fields=["assigned_to"])

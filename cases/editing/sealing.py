"""The verbs of sealing: a case or a defendant becomes a tombstone with its legal basis and its day."""

from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases.choices import Editorial
from cases.editing.authorship import sign
from cases.editing.refusals import told_in_words
from cases.editing.rights import SEAL, refuse_without
from cases.editing.sitting import sitting
from cases.guard.naming import Named, how_named
from cases.models import Case, Defendant
from cases.withheld import hidden_near
from people.choices import Visibility
from people.models import Person

BASIS_NAMES = "Readers read the legal basis, and it has the name of somebody who is hidden. Say it without the name."
_NOT_YOURS = "Only an editor may seal, or lift a seal."


def seal_case(case: Case, *, basis: str, on: date, by: User) -> None:
    """Leave only a tombstone of a case. ``basis`` is the order or statute, ``on`` the day it was sealed."""
    _set_seal(case, visibility=Visibility.SEALED, basis=basis, on=on, by=by)


def seal_defendant(defendant: Defendant, *, basis: str, on: date, by: User) -> None:
    """Leave only a tombstone of one defendant in one case; co-defendants are not affected."""
    _set_seal(defendant, visibility=Visibility.SEALED, basis=basis, on=on, by=by)


def lift_seal(thing: Case | Defendant, *, by: User) -> None:
    """Show a sealed case or defendant again."""
    if thing.visibility != Visibility.SEALED:
        raise ValidationError(f"“{thing}” is not sealed.")
    _set_seal(thing, visibility=Visibility.PUBLIC, basis="", on=None, by=by)


def _refuse_names(basis: str, case: Case) -> None:
    """Refuse a legal basis, which readers read on the tombstone, that names somebody who is hidden there."""
    around = {case.matter_id} if case.matter_id is not None else set()
    ids = {one.person_id for one in hidden_near({case.pk}, around).names} if basis else set()
    for person in Person.objects.filter(pk__in=ids).prefetch_related("names"):
        if how_named(person, basis, frozenset()) > Named.PERHAPS:
            raise ValidationError({"sealed_basis": BASIS_NAMES})


def _set_seal(
    thing: Case | Defendant, *, visibility: Visibility, basis: str, on: date | None, by: User
) -> None:  # fmt: skip
    refuse_without(SEAL, by, _NOT_YOURS)
    with sitting(by=by) as current:
        stored = type(thing)._base_manager.filter(pk=thing.pk).first()
        current.touch(stored)
        thing.visibility, thing.sealed_basis, thing.sealed_on = visibility, basis, on
        columns = ["visibility", "sealed_basis", "sealed_on"]
        if isinstance(thing, Case):
            thing.updated_by = by
            columns += ["updated_by", "updated_at"]
        thing.full_clean()
        with told_in_words():
            thing.save(update_fields=columns)
        current.veiling.note(thing, stored)
        case = thing if isinstance(thing, Case) else thing.case
        _refuse_names(basis, case)
        if case.editorial_state == Editorial.PUBLISHED:
            # Readers read a name again, or the words of its legal basis: a second person looks at that.
            sign([case], by=by, effect=True, mirror=thing)
        current.touch(thing)

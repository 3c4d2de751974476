"""The plain verbs: save a row, remove a row, say whom an act concerns."""

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model

from cases.choices import Editorial, SourceKind
from cases.editing import looking
from cases.editing.authorship import NOTES, bears_on_law, sign
from cases.editing.refusals import told_in_words
from cases.editing.rights import owners_of, refuse_change, refuse_removing, refuse_showing, shows_again
from cases.editing.sitting import sitting
from cases.models import Case, Defendant, Event, Source
from people.choices import Visibility

Row = TypeVar("Row", bound=Model)

PERMANENT = "This address is permanent: readers link to it. Keep it as it is."
BY_STATE = "A new record is a draft. Publish, withdraw or redraft it by its own button, once it is saved."
BY_SEAL = "Seal, or lift the seal, by its own button: a seal needs its legal basis and its day."
STAYS_A_TIP = (
    "A tip stays a tip: as anything else readers could see who told you. What confirms it is a source of its own."
)
REMOVED = "This was removed meanwhile. Start again from the list."


def save(instance: Row, *, by: User) -> Row:
    """Validate and write one row of the record, new or changed, and return it.

    Raises ``ValidationError``. The address, the editorial state and a seal are not changed here. A row that is as it
    was is not written, and nobody is noted as having changed it.
    """
    with sitting(by=by) as current:
        stored = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
        if stored is None and not instance._state.adding:
            raise ValidationError(REMOVED)
        _refuse_what_has_its_own_verb(instance, stored)
        refuse_change(stored, by)
        refuse_showing(instance, stored, by)
        current.touch(stored)
        instance.full_clean()
        refuse_change(instance, by)
        changed = _changed_columns(instance, stored)
        if stored is None or changed:
            before = owners_of(stored) if stored is not None else []
            with told_in_words():
                # The derived columns of an instance read long ago would be stale: refresh_status alone writes them.
                instance.save(update_fields=_own_columns(instance) if stored else None)
            owners = list(dict.fromkeys([*before, *owners_of(instance)]))
            sign(owners, by=by, effect=bears_on_law(instance, changed), mirror=instance)
            current.signed |= set(owners)
            current.wording.note(instance, stored)
            current.veiling.note(instance, stored)
            sign(shows_again(instance, stored), by=by, effect=True)
            looking.ask(instance, stored, changed, by=by)
        if stored is None:
            current.enters(instance)
        else:
            current.touch(instance)
    return instance


def remove(instance: Model, *, by: User) -> None:
    """Delete one row. Refuses what is public, and what others rest on, naming them.

    The row is gone with it, so who removed it (``by``) stands only in the desk's log, and with what it belonged to.
    """
    with sitting(by=by) as current:
        stored = type(instance)._base_manager.filter(pk=instance.pk).first()
        if stored is None:
            raise ValidationError(REMOVED)
        if getattr(stored, "editorial_state", "") == Editorial.PUBLISHED:
            raise ValidationError(f"“{stored}” is published. Withdraw it first; a withdrawn record can be removed.")
        refuse_change(stored, by)
        refuse_removing(stored, by)
        current.touch(stored)
        owners = [owner for owner in owners_of(stored) if owner != stored]
        left = [subject for subject in looking.subjects_of(stored) if subject != stored]
        with told_in_words():
            instance.delete()
        sign(owners, by=by, effect=bears_on_law(stored, ()))
        looking.forget(stored)
        looking.ask_for(left, f"{stored._meta.verbose_name} removed", by=by)


def concern(act: Event, *, defendants: Iterable[Defendant], by: User) -> None:
    """Say whom an act concerns: none of them means every defendant of its case."""
    with sitting(by=by) as current:
        wanted = list(defendants)
        refuse_change(act, by)
        current.touch(Event._base_manager.filter(pk=act.pk).first())
        if set(wanted) != set(act.defendants.all()):
            with told_in_words():
                act.defendants.set(wanted)
            sign(owners_of(act), by=by, effect=True, mirror=act)
        current.touch(act)


def _own_columns(instance: Model) -> list[str]:
    columns = (field.name for field in instance._meta.concrete_fields if not field.primary_key)
    elsewhere = NOTES | {"first_act_on", "latest_act_on"}
    return [name for name in columns if not name.startswith("derived_") and name not in elsewhere]


def _changed_columns(instance: Model, stored: Model | None) -> list[str]:
    if stored is None:
        return []
    own = ((name, instance._meta.get_field(name).attname) for name in _own_columns(instance))  # type: ignore[union-attr]  # named columns are no reverse relations
    return [name for name, attname in own if getattr(instance, attname) != getattr(stored, attname)]


def _refuse_what_has_its_own_verb(instance: Model, stored: Model | None) -> None:
    slug = getattr(stored, "slug", None)
    if slug is not None and slug != getattr(instance, "slug", None):
        raise ValidationError({"slug": PERMANENT})
    if hasattr(instance, "editorial_state"):
        before = getattr(stored, "editorial_state", Editorial.DRAFT)
        if instance.editorial_state != before:
            raise ValidationError({"editorial_state": BY_STATE})
    if isinstance(instance, Case | Defendant):
        before = getattr(stored, "visibility", Visibility.PUBLIC)
        if instance.visibility != before and Visibility.SEALED in (instance.visibility, before):
            raise ValidationError({"visibility": BY_SEAL})
    if isinstance(stored, Source) and stored.kind == SourceKind.TIP != getattr(instance, "kind", ""):
        raise ValidationError({"kind": STAYS_A_TIP})
    if isinstance(instance, Event) and isinstance(stored, Event):
        _refuse_moving_effects(instance, stored)
    if isinstance(instance, Defendant) and isinstance(stored, Defendant) and instance.case_id != stored.case_id:
        raise ValidationError({"case": "A defendant stays in their case. Enter them in the other case as well."})


def _refuse_moving_effects(act: Event, stored: Event) -> None:
    if (act.case_id, act.matter_id) == (stored.case_id, stored.matter_id):
        return
    if stored.carries_effects() or stored.defendants.exists() or stored.shows_participants.exists():
        raise ValidationError(
            {"case": "Charges, outcomes or people rest on this act in its case. Remove them before it is moved."}
        )

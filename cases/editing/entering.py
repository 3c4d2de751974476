"""The verb for many rows at once: what an import enters, checked by the same rules and written in bulk.

``save`` asks the database some twenty questions a row. Here each row is checked in memory, in the words of the same
rules, and what only the database can see (a constraint, a trigger, a reference) refuses as it does there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone

from cases.choices import Editorial
from cases.editing import looking
from cases.editing.authorship import credit, sign
from cases.editing.refusals import told_in_words
from cases.editing.rights import Publishable, public_among, refuse_change
from cases.editing.sitting import Sitting, sitting
from cases.editing.standing import NOT_YET
from cases.editing.writing import BY_SEAL, BY_STATE
from cases.law.vocabulary import Occurrence
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Defendant,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from cases.models.review import Reviewed
from people.choices import HIDDEN, Visibility
from people.models import Name, Person, Redirect, Standing

# What comes later rests on what comes earlier.
ORDER: tuple[type[models.Model], ...] = (
    Person, Name, Source, Matter, Case, Event, Defendant, Charge, Outcome, SentencePart, Participant, Citation,
    CaseRelation,
)  # fmt: skip
ON_ITS_PAGE = "Add it on its own page."
HIDES = "“{}” is hidden: entered anew it would be shown. Remove it on its own page, if it has to go."
PUBLIC = "“{}” is public, or was. It, and what is part of it, can not be removed with others."
AT_ONCE = 2_000  # rows of one statement
Concerning = tuple[Event, Defendant]
_ACT_OF: dict[type[models.Model], str] = {
    Charge: "created_by",
    Citation: "event",
    Outcome: "event",
    Participant: "shown_by",
    SentencePart: "event",
}
_ADDRESSED = (Person, Case, Matter)  # what their own check asks the database, is asked of all together, or by a trigger


def enter(
    rows: Iterable[models.Model], *, by: User, concerning: Sequence[Concerning] = (), writers: Sequence[int] = ()
) -> None:  # fmt: skip
    """Write many new rows as drafts, in one sitting: all of them, or none. ``concerning`` says whom acts concern.

    ``writers`` are accounts whose words these are beside those of ``by``, who brought the file.
    Rows may point to one another before they are saved. Raises ``ValidationError`` naming the row that is refused.
    Nothing may be added here to what readers can read: it would be public at once.
    """
    waiting: dict[type[models.Model], list[models.Model]] = {model: [] for model in ORDER}
    for row in rows:
        waiting[type(row)].append(row)
    now = timezone.now()
    with sitting(by=by) as current:
        _refuse_old_addresses(waiting[Person])
        there = _owners_there_already(waiting)
        for owner in there:
            if isinstance(owner, Event):
                refuse_change(owner, by)
        for model in ORDER:
            for wave in _waves(waiting[model]):
                for row in wave:
                    _check(row, by=by, on=current.on, now=now, writers=[*(pk for pk in writers if pk != by.pk), by.pk])
                with told_in_words():
                    model._base_manager.bulk_create(wave, batch_size=AT_ONCE)
        _concern(concerning)
        sign(there, by=by, effect=True)
        credit(there, writers=writers)
        looking.ask_for_many((*waiting[Person], *waiting[Source]), by=by, writers=writers)
        _touch(current, waiting)


def unenter(rows: Mapping[type[models.Model], Iterable[int]], *, by: User) -> None:
    """Delete drafts that ``enter`` wrote, by their ids, in one sitting. Raises ``ValidationError`` if others need them.

    An act goes with its citations and with whom it concerns; nothing that readers can read, or could, is deleted. What
    stays, and had them, is signed.
    """
    ids = {model: list(rows.get(model, ())) for model in ORDER}
    public = (Editorial.PUBLISHED, Editorial.WITHDRAWN)
    with sitting(by=by) as current:
        for model in (Case, Event):
            if there := model._base_manager.filter(pk__in=ids[model], editorial_state__in=public).first():
                raise ValidationError(PUBLIC.format(there))
        for noun in ORDER:
            for owner in public_among(noun, ids[noun]).values():
                raise ValidationError(PUBLIC.format(owner))
        for hiding in (Person, Case, Defendant):
            if found := hiding._base_manager.filter(pk__in=ids[hiding], visibility__in=HIDDEN).first():
                raise ValidationError(HIDES.format(found))
        left = _left_without(ids)
        homes = Event.objects.filter(pk__in=ids[Event]).values_list("case_id", flat=True)
        current.cases |= {pk for pk in homes if pk is not None} - set(ids[Case])
        through = Event.defendants.through._base_manager
        with told_in_words():
            for beneath in (
                Citation.objects.filter(event__in=ids[Event]),
                through.filter(event__in=ids[Event]),
                through.filter(defendant__in=ids[Defendant]),
                *(model._base_manager.filter(pk__in=ids[model]) for model in reversed(ORDER)),
            ):
                beneath._raw_delete(beneath.db)
            connection.check_constraints()
        sign(left, by=by, effect=True)
        looking.forget_many(persons=ids[Person], sources=ids[Source])


def _left_without(ids: Mapping[type[models.Model], Sequence[int]]) -> list[Publishable]:
    """Return the acts and cases that stay, of whose content these rows are."""
    acts: set[int] = set()
    for model, name in _ACT_OF.items():
        acts |= set(model._base_manager.filter(pk__in=ids[model]).values_list(f"{name}_id", flat=True))
    cases: set[int] = set()
    for model in (CaseRelation, Defendant):
        cases |= set(model._base_manager.filter(pk__in=ids[model]).values_list("case_id", flat=True))
    return [
        *Event.objects.filter(pk__in=acts - set(ids[Event])).order_by("pk"),
        *Case.objects.filter(pk__in=cases - set(ids[Case])).order_by("pk"),
    ]


def _owners_there_already(waiting: dict[type[models.Model], list[models.Model]]) -> list[Case | Event]:
    """Return the cases and acts of the record, by their ids, whose content the new rows become."""
    found: dict[tuple[type[models.Model], int], Case | Event] = {}
    homes: dict[type[models.Model], str] = {**_ACT_OF, CaseRelation: "case", Defendant: "case"}
    for model, name in homes.items():
        for row in waiting[model]:
            owner = row._state.fields_cache.get(name)
            if isinstance(owner, Case | Event) and owner.pk is not None:
                found[type(owner), owner.pk] = owner
    return [found[key] for key in sorted(found, key=lambda key: (key[0].__name__, key[1]))]


def _waves(rows: list[models.Model]) -> Iterator[list[models.Model]]:
    """Yield the rows in an order in which none points to one of its own kind that is not saved yet."""
    left = rows
    while left:
        ready = [row for row in left if not _waits(row)]
        if not ready:
            raise ValidationError("Some of these rows point to one another in a circle.")
        later = {id(row) for row in ready}
        left = [row for row in left if id(row) not in later] if len(ready) < len(left) else []
        yield ready


def _waits(row: models.Model) -> bool:
    own = _own_references(type(row))
    return any((other := row._state.fields_cache.get(name)) is not None and other.pk is None for name in own)


_OWN: dict[type[models.Model], list[str]] = {}
_PLAN: dict[type[models.Model], tuple[list[Any], list[str]]] = {}


def _own_references(model: type[models.Model]) -> list[str]:
    if model not in _OWN:
        fields = model._meta.concrete_fields
        _OWN[model] = [f.name for f in fields if f.is_relation and f.related_model is model]
    return _OWN[model]


def _plan(model: type[models.Model]) -> tuple[list[Any], list[str]]:
    """Return the references of a model, and the columns whose check asks the database, or that nobody types."""
    if model not in _PLAN:
        fields = model._meta.concrete_fields
        references = [f for f in fields if f.is_relation]
        apart = [f.name for f in fields if f.is_relation or f.primary_key or not f.editable]
        _PLAN[model] = (references, apart)
    return _PLAN[model]


def _check(row: models.Model, *, by: User, on: date, now: datetime, writers: list[int]) -> None:
    """Raise ``ValidationError`` if the row breaks a rule that can be seen without asking the database."""
    references, apart = _plan(type(row))
    for reference in references:
        there = row._state.fields_cache.get(reference.name)
        if there is not None:
            row.__dict__[reference.attname] = there.pk  # Django's own setter would forget the row itself
        elif not reference.null and getattr(row, reference.attname) is None:
            raise ValidationError({reference.name: "This must be filled in."})
    if isinstance(row, Reviewed):
        row.updated_by = row.changed_by = by  # type: ignore[attr-defined]  # only what is reviewed comes here
        row.changed_at, row.writers = now, writers
    try:
        _refuse_what_is_no_draft(row)
        row.clean_fields(exclude=apart)
        if not isinstance(row, _ADDRESSED):
            row.clean()
        if isinstance(row, Case):
            row.refuse_a_number()
        if isinstance(row, Event) and row.occurrence == Occurrence.HELD and row.when.earliest > on:
            raise ValidationError({"on": NOT_YET})
    except ValidationError as refusal:
        raise ValidationError(f"{_named(row)}: {_in_words(refusal)}") from refusal


def _refuse_what_is_no_draft(row: models.Model) -> None:
    if getattr(row, "editorial_state", Editorial.DRAFT) != Editorial.DRAFT:
        raise ValidationError(BY_STATE)
    if getattr(row, "visibility", Visibility.PUBLIC) == Visibility.SEALED:
        raise ValidationError(BY_SEAL)
    home = row._state.fields_cache.get(_ACT_OF.get(type(row), "case"))
    if isinstance(row, CaseRelation | Charge | Citation | Outcome | Participant | SentencePart) and (
        getattr(home, "editorial_state", "") == Editorial.PUBLISHED
    ):
        raise ValidationError(f"“{home}” is public, so what is added to it would be public at once. {ON_ITS_PAGE}")
    person = row._state.fields_cache.get("person")
    if isinstance(row, Name) and isinstance(person, Person) and person.derived_standing != Standing.NOTHING:
        raise ValidationError(f"“{person}” is public, so another name would be public at once. {ON_ITS_PAGE}")


def _refuse_old_addresses(people: list[models.Model]) -> None:
    slugs = [person.slug for person in people if isinstance(person, Person)]
    if taken := Redirect.objects.filter(old_slug__in=slugs).order_by("old_slug").first():
        raise ValidationError(f"Readers are led from the address “{taken.old_slug}” elsewhere. Choose another.")


def _named(row: models.Model) -> str:
    said = getattr(row, "title", None) or getattr(row, "caption", None) or getattr(row, "name", None) or ""
    return f"{row._meta.verbose_name} “{str(said)[:80]}”" if said else str(row._meta.verbose_name)


def _in_words(refusal: ValidationError) -> str:
    if hasattr(refusal, "error_dict"):
        return "; ".join(f"{name}: {' '.join(told)}" for name, told in refusal.message_dict.items())
    return " ".join(refusal.messages)


def _concern(pairs: Sequence[Concerning]) -> None:
    through = Event.defendants.through
    for act, defendant in pairs:
        if act.editorial_state == Editorial.PUBLISHED:
            raise ValidationError(f"“{act}” is public, so whom it concerns would be public at once. {ON_ITS_PAGE}")
        if act.case_id != defendant.case_id:
            raise ValidationError(f"“{act.title}”: {defendant.person} is not a defendant of this case.")
    with told_in_words():
        through._base_manager.bulk_create(
            [through(event_id=act.pk, defendant_id=defendant.pk) for act, defendant in pairs], batch_size=AT_ONCE
        )


def _touch(current: Sitting, waiting: dict[type[models.Model], list[models.Model]]) -> None:
    """Have derived again what was there before. New drafts bear on nothing: nobody may read them yet."""
    new = {case.pk for case in waiting[Case]}
    homes = {act.case_id for act in waiting[Event] if isinstance(act, Event)}
    current.cases |= {pk for pk in homes if pk is not None} - new
    for row in (*waiting[Defendant], *waiting[CaseRelation]):
        if isinstance(row, Defendant | CaseRelation) and row.case_id not in new:
            current.enters(row)

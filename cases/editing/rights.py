"""Who may do what to the record: asked by every verb, and by the screens, so that they hide what would be refused.

Contributors write drafts. Editors also change and publish what others wrote. Administrators may publish their own.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from cases.choices import Editorial
from cases.models import (
    AppealPeriod,
    Case,
    CaseRelation,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Jurisdiction,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from people.choices import HIDDEN
from people.models import Name, Namesake, Person, Redirect, Standing

Publishable = Matter | Case | Event

PUBLISH = "cases.publish_record"
PUBLISH_OWN = "cases.publish_own"
SEAL = "cases.seal_record"
MERGE = "people.merge_person"

REFERENCE = (Court, Jurisdiction, AppealPeriod, Disposition)
NOT_YOURS = "Only an editor may publish, withdraw, confirm, verify or assign. Submit it for review instead."
OWN_WORDS = (
    "{} has words of yours that nobody else has published or confirmed. What one person wrote, another publishes: "
    "submit it for review."
)
_ONLY_EDITORS = "{} is public, or was. Only an editor may change it. Tell one what is wrong."
ONLY_EDITORS_NAME = "Only an editor may show a name, or a record, that is withheld. Tell one why it should be shown."
_STOOD = (Editorial.PUBLISHED, Editorial.WITHDRAWN)
_HOMES: dict[type[Model], str] = {
    CaseRelation: "case",
    Charge: "created_by",
    Citation: "event",
    Outcome: "event",
    Participant: "shown_by",
    SentencePart: "event",
}
_REFERENCE = "Courts, jurisdictions, periods and terms are reference data. Ask an administrator to change them."


def owners_of(row: Model) -> list[Publishable]:
    """Return the acts, cases and matters whose content ``row`` is, as they are stored now."""
    acts: set[int] = set()
    cases: set[int] = set()
    matters: set[int] = set()
    match row:
        case Event():
            acts = {row.pk}
        case Outcome() | SentencePart() | Citation():
            acts = {row.event_id}
        case Charge():
            acts = {row.created_by_id}
        case Participant():
            acts = {row.shown_by_id}
        case Case():
            cases = {row.pk}
        case Defendant() | CaseRelation():
            cases = {row.case_id}
        case Matter():
            matters = {row.pk}
    return [
        *Event.objects.filter(pk__in=acts).order_by("pk"),
        *Case.objects.filter(pk__in=cases).order_by("pk"),
        *Matter.objects.filter(pk__in=matters).order_by("pk"),
    ]


def was_public(row: Model) -> bool:
    """Return whether readers can read ``row`` or could, as it is stored: then contributors leave it alone.

    So they do what is public but for a seal or a withheld name: it is read as it is the day that these are lifted.
    """
    match row:
        case Defendant():  # a new one in a public case is shown by nobody yet
            return row.pk is not None and _told_of().filter(pk=row.pk).exists()
        case Person():
            return row.pk is not None and (row.derived_standing != Standing.NOTHING or _has_a_part(row))
        case Name() | Redirect():
            return was_public(row.person)
        case Namesake():
            return was_public(row.person) or was_public(row.other)
        case Source():
            return row.pk is not None and row.citations.filter(event__editorial_state=Editorial.PUBLISHED).exists()
        case _:
            return any(one.editorial_state in (Editorial.PUBLISHED, Editorial.WITHDRAWN) for one in owners_of(row))


def _told_of() -> QuerySet[Defendant]:
    """Defendants whom acts that are public, or were, charge or name; hidden or not."""
    told = Q(charges__created_by__editorial_state__in=_STOOD) | Q(acts__editorial_state__in=_STOOD)
    return Defendant.objects.filter(told, case__editorial_state__in=_STOOD)


def _has_a_part(person: Person) -> bool:
    return (
        _told_of().filter(person=person).exists()
        or Participant.objects.filter(person=person, shown_by__editorial_state__in=_STOOD).exists()
        or Event.objects.filter(actor=person, editorial_state__in=_STOOD).exists()
    )


def public_among(model: type[Model], ids: Iterable[int]) -> dict[int, Model]:
    """Return, by their ids, those rows that are part of what readers can read or could, each with what that is.

    For many at once, and for rows that have no editorial state of their own.
    """
    home = _HOMES.get(model)
    if home is not None:
        rows = model._base_manager.filter(**{f"{home}__editorial_state__in": _STOOD}, pk__in=list(ids))
        return {row.pk: getattr(row, home) for row in rows.select_related(home)}
    if model is Defendant:
        return {row.pk: row.case for row in _told_of().filter(pk__in=list(ids)).select_related("case").distinct()}
    if model is Name:
        names = list(Name.objects.filter(pk__in=list(ids)).select_related("person"))
        persons = {name.person_id for name in names}
        roles = Participant.objects.filter(person__in=persons, shown_by__editorial_state__in=_STOOD)
        public = {
            *(name.person_id for name in names if name.person.derived_standing != Standing.NOTHING),
            *_told_of().filter(person__in=persons).values_list("person_id", flat=True),
            *roles.values_list("person_id", flat=True),
            *Event.objects.filter(actor__in=persons, editorial_state__in=_STOOD).values_list("actor_id", flat=True),
        }
        return {name.pk: name.person for name in names if name.person_id in public}
    return {}


def may_change(row: Model, by: User) -> bool:
    """Return whether ``by`` may write ``row``, new or as it is stored."""
    if isinstance(row, REFERENCE):
        action = "add" if row._state.adding else "change"
        return by.has_perm(f"cases.{action}_{row._meta.model_name}")
    return by.has_perm(PUBLISH) or not was_public(row)


def refuse_change(row: Model | None, by: User) -> None:
    """Raise ``ValidationError`` when ``by`` may not write ``row``."""
    if row is not None and not may_change(row, by):
        told = _REFERENCE if isinstance(row, REFERENCE) else _ONLY_EDITORS.format(f"“{row}”")
        raise ValidationError(told, code="not_yours")


def shows_again(row: Model, stored: Model | None) -> list[Case]:
    """Return the published cases in which readers read somebody again, as ``row`` says, whose name was hidden."""
    if not isinstance(row, Person) or getattr(stored, "visibility", "") not in HIDDEN or row.visibility in HIDDEN:
        return []
    named = Q(pk__in=_told_of().filter(person=row).values("case"))
    named |= Q(participants__person=row, participants__shown_by__editorial_state=Editorial.PUBLISHED)
    return list(Case.objects.published().filter(named).distinct().order_by("pk"))


def refuse_showing(row: Model, stored: Model | None, by: User) -> None:
    """Raise ``ValidationError`` when ``by`` would show what is hidden, also in a draft, and is no editor.

    An editor said that somebody is not to be named; whoever publishes the draft later could not know it any more.
    """
    if stored is None or by.has_perm(PUBLISH) or not isinstance(row, Person | Defendant | Case):
        return
    shown = getattr(stored, "visibility", "") in HIDDEN and row.visibility not in HIDDEN
    unsaid = isinstance(row, Person) and bool(getattr(stored, "not_named_because", "")) and not row.not_named_because
    if shown or unsaid:
        raise ValidationError({"visibility": ONLY_EDITORS_NAME}, code="not_yours")


def refuse_removing(row: Model, by: User) -> None:
    """Raise ``ValidationError`` when ``by``, who is no editor, would remove what hides somebody: to enter it anew."""
    if by.has_perm(PUBLISH):
        return
    hidden = getattr(row, "visibility", "") in HIDDEN
    if isinstance(row, Case):
        hides = Q(visibility__in=HIDDEN) | Q(person__visibility__in=HIDDEN)
        hidden = hidden or Defendant.objects.filter(hides, case=row).exists()
    if hidden:
        raise ValidationError(ONLY_EDITORS_NAME, code="not_yours")


def why_not_publish(thing: Publishable, by: User) -> str:
    """Return why ``by`` may not publish or confirm ``thing``, as it is in hand; "" if nothing forbids it."""
    if not by.has_perm(PUBLISH):
        return NOT_YOURS
    if by.pk in thing.writers and not by.has_perm(PUBLISH_OWN):
        return OWN_WORDS.format(f"“{thing}”")
    return ""


def refuse_without(right: str, by: User, told: str = NOT_YOURS) -> None:
    """Raise ``ValidationError`` when ``by`` has not this right."""
    if not by.has_perm(right):
        raise ValidationError(told, code="not_yours")

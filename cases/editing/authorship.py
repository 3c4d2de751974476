"""Keeping note of who changed the content of an act, a case or a matter, its rows beneath included."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, Model, Value
from django.db.models.functions import Cast
from django.utils import timezone

from cases.choices import Editorial, Unseen
from cases.editing.rights import PUBLISH, PUBLISH_OWN, Publishable
from cases.models import Case, CaseRelation, Charge, Event, Outcome, SentencePart
from cases.models.review import Reviewed

# What no form types and no plain save writes: each column has its own verb.
NOTES = frozenset([*(field.name for field in Reviewed._meta.local_fields), "verified_by", "updated_at", "updated_by"])
_OF_AN_ACT = frozenset(
    {
        "on", "precision", "qualifier", "until", "sequence", "occurrence", "category", "kind", "motion", "decision",
        "timeliness", "entered_on", "reverses", "case", "matter", "actor",
    }
)  # fmt: skip
_OF_A_CASE = frozenset({"kind", "court", "status_override", "override_reason", "override_on"})


def bears_on_law(row: Model, columns: Iterable[str]) -> bool:
    """Return whether a change of these columns of ``row`` may change what is derived, and not its words alone."""
    if isinstance(row, Outcome | SentencePart | Charge | CaseRelation):
        return True
    of_law = _OF_AN_ACT if isinstance(row, Event) else _OF_A_CASE if isinstance(row, Case) else frozenset()
    return not of_law.isdisjoint(columns)


def sign(owners: Iterable[Publishable], *, by: User, effect: bool, mirror: Model | None = None) -> None:
    """Note that ``by`` changed the content of ``owners``; ``mirror`` is the instance in hand, kept as it is stored.

    What is public is marked as not seen by a second person, unless ``by`` needs none. What is in review goes back to
    its writer as a draft when the writer changes it: a reviewer publishes what they have read.
    """
    now = timezone.now()
    for owner in owners:
        noted: dict[str, Any] = {"changed_by": by, "changed_at": now, "updated_by": by, "updated_at": now}
        if owner.editorial_state == Editorial.PUBLISHED and not by.has_perm(PUBLISH_OWN):
            noted["unseen"] = Unseen.EFFECT if effect or owner.unseen == Unseen.EFFECT else Unseen.WORDS
        if owner.editorial_state == Editorial.IN_REVIEW and not by.has_perm(PUBLISH):
            noted["editorial_state"] = Editorial.DRAFT
        type(owner)._base_manager.filter(pk=owner.pk).update(**noted, writers=and_writers([by.pk]))
        if mirror is not None and mirror == owner:
            noted["writers"] = [*(pk for pk in owner.writers if pk != by.pk), by.pk]
            for column, value in noted.items():
                setattr(mirror, column, value)


def credit(owners: Iterable[Publishable], *, writers: Iterable[int]) -> None:
    """Note that the content of ``owners`` has words of these accounts, whoever enters them now."""
    if ids := sorted(set(writers)):
        for owner in owners:
            type(owner)._base_manager.filter(pk=owner.pk).update(writers=and_writers(ids))


def and_writers(ids: Iterable[int]) -> Func | F:
    """Return the stored ``writers`` and these accounts, each once: whoever read the row long ago drops nobody."""
    told: Func | F = F("writers")
    for pk in ids:
        one = Cast(Value(pk), BigIntegerField())
        kept = Func(told, one, function="array_remove", output_field=ArrayField(BigIntegerField()))
        told = Func(kept, one, function="array_append", output_field=ArrayField(BigIntegerField()))
    return told

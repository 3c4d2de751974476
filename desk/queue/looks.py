"""People and sources whose words somebody changed, and nobody else has seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from cases import editing
from cases.models import SecondLook, Source
from desk.marks import mark_of
from desk.publishing import CONFIRM, address_of, day_of, names_of, together
from desk.queue.rows import A_LIST, Row, Section
from people.models import Person

HEADING = "People and sources changed, and not seen by a second person"
MODELS: dict[str, type[Person] | type[Source]] = {SecondLook.PERSON: Person, SecondLook.SOURCE: Source}


@dataclass(frozen=True, slots=True)
class Look:
    """What the page of a person or a source tells of it."""

    words: str
    why_not: str
    tend_url: str
    mark: str


def looks_for(by: User) -> Section | None:
    """Return the list of what somebody may confirm; None if there is nothing on it."""
    waiting = editing.waiting_looks()
    if not by.has_perm(editing.PUBLISH_OWN):
        waiting = waiting.exclude(writers__contains=[by.pk])
    total = waiting.count()
    if not total:
        return None
    found = list(waiting.select_related("changed_by").order_by("changed_at", "pk")[:A_LIST])
    names = names_of({pk for look in found for pk in look.writers})
    subjects = {
        (noun, row.pk): row
        for noun, model in MODELS.items()
        for row in model._base_manager.filter(pk__in=[one.row_id for one in found if one.noun == noun])
    }
    rows = tuple(
        Row(
            noun=look.noun,
            title=str(subjects[look.noun, look.row_id]),
            url=address_of(subjects[look.noun, look.row_id]),
            words=_words(look, names),
            tend_url=reverse("admin:tend", args=[look.noun, look.row_id]),
            do="confirm",
            label=CONFIRM,
            mark=mark_of(subjects[look.noun, look.row_id], look.changed_at),
        )
        for look in found
        if (look.noun, look.row_id) in subjects
    )
    of_first = MODELS[found[0].noun]._meta
    more = f"{reverse(f'admin:{of_first.app_label}_{of_first.model_name}_changelist')}?second=unseen"
    return Section(HEADING, rows, more if total > len(rows) else "", total)


def look_of(subject: Person | Source, by: User) -> Look | None:
    """Return what waits for a second look of one person or source, and whether ``by`` may confirm it."""
    look = editing.look_at(subject)
    if look is None:
        return None
    why_not = editing.why_not_confirm(look, subject, by) if by.has_perm(editing.PUBLISH) else editing.NOT_YOURS
    words = f"{_words(look, names_of(look.writers))} Nobody else has looked yet: its history says what it was."
    return Look(words, why_not, reverse("admin:tend", args=[look.noun, look.row_id]), mark_of(subject, look.changed_at))


def _words(look: SecondLook, names: Mapping[int, str]) -> str:
    who = together([*(pk for pk in look.writers if pk != look.changed_by_id), look.changed_by_id], names)
    return f"Changed by {who} on {day_of(look.changed_at)}: {look.what}."

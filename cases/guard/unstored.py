"""The guard's list for acts that nobody stored yet: the same items, before anything is written."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from cases.dossier import Dossier
from cases.guard.beside import words_beside
from cases.guard.items import Item
from cases.guard.listing import _items, _sorted
from cases.guard.reading import Reading, _other_names
from cases.models import Event, Matter
from cases.withheld import hidden_names
from people.models import Person


def items_unstored(acts: Sequence[Event], dossiers: Mapping[int, Dossier]) -> list[Item]:
    """Return the items of acts that nobody stored yet, given the records of their cases as they would be with them.

    Each act has what it would cite as ``sourced``, and its other rows as if they had been loaded.
    """
    cases = [dossier.case for dossier in dossiers.values()]
    where = hidden_names(
        cases=cases, matters=Matter.objects.filter(pk__in=[case.matter_id for case in cases if case.matter_id])
    )
    ids = {one.person_id for one in where.names}
    rows = {act.pk: act for act in acts}
    record = Reading(
        acts=rows,
        dossiers=dict(dossiers),
        hidden=Person.objects.filter(pk__in=ids).prefetch_related("names").in_bulk() if ids else {},
        where=where,
        others=_other_names({row.person_id for dossier in dossiers.values() for row in dossier.defendants}),
        beside=words_beside(acts, rows, dossiers) if ids else {},
        asked=frozenset(act.case_id for act in acts if act.case_id is not None),
    )
    today = timezone.localdate()
    return [item for act in acts for item in _sorted(_items(act, record, today))]

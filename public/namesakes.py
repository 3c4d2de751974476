"""Others of the same name: said on a person's page, so that one is not taken for the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from people.index_models import IndexedName, Standing
from people.models import Namesake, Person
from people.names import fold
from public.roles import PersonRole, people_with_roles, roles_of

AT_MOST = 10


@dataclass(frozen=True, slots=True)
class SameName:
    """Another person of the same name. ``apart``: an editor has said that they are not the same; ``note``, why."""

    person: Person
    roles: list[PersonRole]
    apart: bool = False
    note: str = ""


def of_the_same_name(person: Person) -> list[Person]:
    """The first few other persons with a page whose published name is the same but for accents, marks and case."""
    public = (Standing.ROLE, Standing.DEFENDANT)
    alike = IndexedName.objects.filter(standing__in=public, folded=fold(person.name), kind="")
    found = people_with_roles().filter(pk__in=alike.values("person")).exclude(pk=person.pk)
    return list(found.order_by("pk")[:AT_MOST])


def same_names(person: Person, others: Iterable[Person]) -> list[SameName]:
    """Who each of ``others`` is, and whether an editor has told them and ``person`` apart. Without any: no query."""
    known = {other.pk: other for other in others}
    if not known:
        return []
    rows = Namesake.objects.filter(Q(person=person, other__in=known) | Q(other=person, person__in=known))
    said = {row.other_id if row.person_id == person.pk else row.person_id: row.note for row in rows}
    roles = roles_of(known.values())
    return [SameName(other, roles[pk], pk in said, said.get(pk, "")) for pk, other in known.items()]

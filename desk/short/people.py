"""A box in which a person is named: those of the case are offered, anybody in the record is found by their name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from cases.models import Case, Defendant, Matter, Participant
from people.models import Person
from people.names import fold

NOBODY = "Nobody in the record has this name. Choose one that is offered, leave it empty, or add the person first."
SEVERAL = "Several people have this name. Write the one you mean: {}."
MOST_NAMED = 10


def people_in(home: Case | Matter) -> list[Person]:
    """Return everybody with a part in a case, or in a matter and its cases: those accused first."""
    inside = Q(case=home) if isinstance(home, Case) else Q(case__matter=home)
    around = inside
    if isinstance(home, Matter):
        around |= Q(matter=home)
    elif home.matter_id is not None:
        around |= Q(matter=home.matter_id)
    accused = Defendant.objects.filter(inside).select_related("person").order_by("case", "position", "pk")
    others = Participant.objects.filter(around).select_related("person").order_by("role", "person__sort_name", "pk")
    return list(dict.fromkeys([*(row.person for row in accused), *(row.person for row in others)]))


class PersonField(forms.CharField):
    """A person by name; one of several of that name by "Name [address]", as it is offered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=400, required=False, **kwargs)
        self.offered: dict[str, Person] = {}

    def offer(self, people: list[Person], list_id: str) -> None:
        """Offer ``people`` in a list with that id, which stands beside the box."""
        names = [person.name for person in people]
        self.offered = {person.name if names.count(person.name) == 1 else exactly(person): person for person in people}
        self.widget.attrs |= {"list": list_id, "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        """Return the person, or None."""
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        return self.offered.get(typed) or _named(typed)


def exactly(person: Person) -> str:
    """Return what is written to mean this person and no namesake."""
    return f"{person.name} [{person.slug}]"


def _named(typed: str) -> Person:
    name, _, slug = typed.removesuffix("]").rpartition(" [")
    if name:
        found = list(Person.objects.filter(slug=slug)[:1])
    else:
        folded = fold(typed)
        same = Q(folded=folded) | Q(names__folded=folded)
        found = list(Person.objects.filter(same).distinct().order_by("pk")[: MOST_NAMED + 1]) if folded else []
    if not found:
        raise ValidationError(NOBODY)
    if len(found) > 1:
        raise ValidationError(SEVERAL.format("; ".join(exactly(person) for person in found[:MOST_NAMED])))
    return found[0]

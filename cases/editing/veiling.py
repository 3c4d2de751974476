"""What a sitting hides: noted while it writes, told at its end to the rooms that keep words of the record elsewhere.

The record forgets by itself (``forgetting``). A room above it, as imports, says here what it has to forget as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Model, Q

from cases.editing.around import related_to
from cases.editing.forgetting import Hidden, homes_of, names_of
from cases.models import Case, Defendant, Participant
from people.choices import HIDDEN, NAMED, Visibility
from people.models import Name, Person


@dataclass(frozen=True, slots=True)
class Veiled:
    """What became hidden: sealed cases and defendants whole; of ``persons`` the ``names``, in ``cases``.

    ``holds`` tells whether a text has a word of one of the names.
    """

    sealed_cases: frozenset[int]
    sealed_defendants: frozenset[int]
    persons: frozenset[int]
    cases: frozenset[int]
    names: frozenset[str]
    holds: Callable[[str], bool]


_TOLD: list[Callable[[Veiled], None]] = []


def also_forgets(told: Callable[[Veiled], None]) -> None:
    """Have ``told`` called in every sitting that hides something, before it ends."""
    if told not in _TOLD:
        _TOLD.append(told)


@dataclass(slots=True)
class Veiling:
    """The rows that a sitting hides, by their ids; with cases in which somebody hidden has a part since."""

    cases: set[int] = field(default_factory=set)
    defendants: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)

    def note(self, row: Model, stored: Model | None) -> None:
        """Note what ``row`` hides, written just now; ``stored`` is what it was before, None if it is new."""
        before = getattr(stored, "visibility", "")
        match row:
            case Case() if row.visibility in HIDDEN and before != row.visibility:
                self.cases.add(row.pk)
            case Defendant() if row.visibility in HIDDEN and before != row.visibility:
                self.defendants.add(row.pk)
            case Person() if row.visibility in HIDDEN and before not in HIDDEN:
                self.persons.add(row.pk)
            case Defendant() | Participant() | Name() if row.person.visibility in HIDDEN and stored is None:
                self.persons.add(row.person_id)

    def tell(self) -> None:
        """Tell the other rooms what is hidden now."""
        if not _TOLD or not (self.cases or self.defendants or self.persons):
            return
        sealed = Case.objects.filter(pk__in=self.cases, visibility=Visibility.SEALED).values_list("pk", flat=True)
        hidden = Defendant.objects.filter(Q(pk__in=self.defendants) | Q(case__in=self.cases))
        hidden = hidden.exclude(visibility__in=NAMED, case__visibility__in=NAMED)
        rows = list(hidden.values_list("pk", "case_id", "person_id", "visibility"))
        near, _ = homes_of(self.persons) if self.persons else (set(), set())
        near |= {case for _, case, _, _ in rows} | set(self.cases)
        persons = self.persons | {person for *_, person, _ in rows}
        names = names_of(persons)
        veiled = Veiled(
            sealed_cases=frozenset(sealed),
            sealed_defendants=frozenset(pk for pk, *_, state in rows if state == Visibility.SEALED),
            persons=frozenset(persons),
            cases=frozenset(near | (related_to(near) if near else set())),
            names=frozenset(names),
            holds=Hidden(names=set(names)).held_by(),
        )
        for told in _TOLD:
            told(veiled)

"""Words that readers read with an act or a case though they are no part of it: of persons, the court, other cases.

They are public as soon as what shows them is, so they are looked through for hidden names with it.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Model, Q

from cases.choices import Editorial
from cases.dossier import Dossier
from cases.models import Case, Event, Matter
from people.choices import NAMED
from people.models import Name, Namesake, Person

Text = tuple[str, str, Model]
COURT, OTHER_CASE = "the court's name", "the other case"
DESCRIBED, APART = "the description of a person", "what tells namesakes apart"
NAMED_ALSO, CALLED = "another name of a person", "the name of a person"


def words_of_persons(persons: Iterable[Person]) -> dict[int, list[Text]]:
    """Return, by person, what readers read of everybody who is shown by name: a text, what it is, and its row."""
    shown = {person.pk: person for person in persons if person.visibility in NAMED}
    found: dict[int, list[Text]] = {
        pk: [(CALLED, person.name, person), (DESCRIBED, person.described_as, person)] for pk, person in shown.items()
    }
    if not shown:
        return found
    notes = Namesake.objects.filter(Q(person__in=shown) | Q(other__in=shown)).exclude(note="")
    for note in notes.order_by("pk").select_related("person"):
        for pk in {note.person_id, note.other_id} & shown.keys():
            found[pk].append((APART, note.note, note.person))
    for name in Name.objects.filter(person__in=shown).order_by("pk"):
        found[name.person_id].append((NAMED_ALSO, name.text, shown[name.person_id]))
    return found


def words_beside(
    things: Iterable[Matter | Case | Event], acts: Mapping[int, Event], dossiers: Mapping[int, Dossier]
) -> dict[Matter | Case | Event, list[Text]]:
    """Return for each of ``things`` the words that become public with it, and are no part of it."""
    persons = {thing: _shown_with(thing, acts, dossiers) for thing in things}
    said = words_of_persons({one.pk: one for some in persons.values() for one in some}.values())
    return {
        thing: [
            *(_of_case(thing, dossiers.get(thing.pk)) if isinstance(thing, Case) else ()),
            *dict.fromkeys(text for one in some for text in said.get(one.pk, ())),
        ]
        for thing, some in persons.items()
    }


def _of_case(case: Case, dossier: Dossier | None) -> list[Text]:
    if dossier is None:
        return []
    others = sorted((row for row in dossier.relations if row.target_id is None), key=lambda row: row.pk)
    court = dossier.case.court
    return [(COURT, court.name, court), *((OTHER_CASE, row.target_text, case) for row in others)]


def _shown_with(
    thing: Matter | Case | Event, acts: Mapping[int, Event], dossiers: Mapping[int, Dossier]
) -> Sequence[Person]:
    """Return whom readers read of with an act, or with a case: the parties, and who has a role by what is public."""
    match thing:
        case Event():
            return _shown_by(acts[thing.pk], dossiers)
        case Case() if (dossier := dossiers.get(thing.pk)) is not None:
            public = {act.pk for act in dossier.acts if act.editorial_state == Editorial.PUBLISHED}
            roles = [role.person for role in dossier.participants if role.shown_by_id in public]
            return [*(one.person for one in dossier.defendants if one.visibility in NAMED), *roles]
    return []


def _shown_by(act: Event, dossiers: Mapping[int, Dossier]) -> list[Person]:
    """Return whom an act tells of: whom it concerns, charges or decides about (or all), its actor, and its roles."""
    rows = {row.pk: row for dossier in dossiers.values() for row in dossier.defendants}
    concerned = {one.pk for one in act.defendants.all()}
    concerned |= {one.defendant_id for one in act.creates.all()}
    concerned |= {one.charge.defendant_id for one in act.outcomes.all()}
    dossier = dossiers.get(act.case_id or 0)
    told = [rows[pk] for pk in sorted(concerned) if pk in rows]
    accused = told if concerned else list(dossier.defendants) if dossier is not None else []
    shown = [one.person for one in accused if one.visibility in NAMED]
    actor = [act.actor] if act.actor is not None else []
    return [*shown, *actor, *(role.person for role in act.shows_participants.all())]

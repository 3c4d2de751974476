"""Keeping hidden names hidden while what readers read is changed: no save lets them read one that they could not.

The guard looks at what is published; this looks at what is public already, and at words that are no act's: of persons,
sources and courts. A name that stood there before is left to the queue, so that a text can be mended word by word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db.models import Model

from cases.editing.rights import Publishable
from cases.editing.watching import Watch
from cases.guard.anew import Reworded, names_anew, that_may_name
from cases.guard.beside import APART, CALLED, COURT, DESCRIBED, NAMED_ALSO, OTHER_CASE
from cases.guard.still import Home
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Court,
    Defendant,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from cases.withheld import all_hidden_names
from people.choices import NAMED
from people.models import Name, Namesake, Person

SAY_OTHERWISE = (
    "Say it without the name. If it has to be said, withdraw what readers read it in first, and publish that again "
    "with a reason."
)
# What is written freely, and read: what it is called, and its columns.
TEXTS: dict[type[Model], tuple[tuple[str, tuple[str, ...]], ...]] = {
    Case: (
        ("the case's name", ("caption",)), ("the case's summary", ("summary",)),
        ("the reason for the override", ("override_reason",)),
    ),
    CaseRelation: ((OTHER_CASE, ("target_text",)),),
    Charge: (("a charge", ("title", "statute")),),
    Citation: (("a quotation", ("quote", "locator", "relayed_from", "note")),),
    Court: ((COURT, ("name", "short_name", "citation_string", "location")),),
    Defendant: (("the description of a defendant", ("described_as",)),),
    Event: (("the headline", ("title",)), ("the text", ("text",))),
    Matter: (("the matter's title", ("title",)), ("the matter's summary", ("summary",))),
    Name: ((NAMED_ALSO, ("text",)),),
    Namesake: ((APART, ("note",)),),
    Outcome: (("the note of an outcome", ("note",)),),
    Participant: (("the description of a role", ("described_as", "end_reason")),),
    Person: ((CALLED, ("name",)), (DESCRIBED, ("described_as",))),
    SentencePart: (("the note of a part of the sentence", ("note",)),),
    Source: (("the name of a source", ("publisher", "title")),),
}  # fmt: skip
MANY = 20  # changed texts of one sitting
Key = tuple[type[Model], int]


@dataclass(slots=True)
class Wording:
    """What the texts of a sitting said before it changed them; None for a row that is new."""

    before: dict[Key, Model | None] = field(default_factory=dict)

    def note(self, row: Model, stored: Model | None) -> None:
        """Keep what a row said before it was changed, the first time."""
        model = row._meta.concrete_model
        if model in TEXTS and row.pk is not None:
            self.before.setdefault((model, row.pk), stored)

    def refuse_names(self, watch: Watch, *, published: Iterable[Publishable]) -> None:
        """Raise ``ValidationError`` where readers would read a hidden name in what was changed, and did not before.

        What the sitting ``published`` the guard has looked at.
        """
        changes = [one for one in self._changes(watch, _homes_of(published)) if one.homes]
        if found := names_anew(changes) if changes else []:
            told = [ValidationError(item.words, code=item.code) for item in found]
            raise ValidationError([*told, ValidationError(SAY_OTHERWISE, code="named")])

    def _changes(self, watch: Watch, guarded: set[Home]) -> Iterator[Reworded]:
        changed = list(self._changed())
        if len(changed) > MANY:  # a loader: most rows name nobody, and each would be asked where it is read
            naming = that_may_name(one.now for one in changed)
            changed = [one for one in changed if one.now in naming]
        homes: dict[Key, tuple[Home, ...]] = {}
        for one in changed:
            key = (type(one.row), one.row.pk)
            if key not in homes:
                homes[key] = tuple(_homes(one.row, watch, guarded))
            yield replace(one, homes=homes[key])

    def _changed(self) -> Iterator[Reworded]:
        by_model: dict[type[Model], list[int]] = {}
        for model, pk in self.before:
            by_model.setdefault(model, []).append(pk)
        for model, ids in by_model.items():
            for pk, row in model._base_manager.in_bulk(ids).items():
                stored = self.before[model, pk]
                for what, columns in TEXTS[model]:
                    before, now = (
                        " ".join(str(getattr(one, name)) for name in columns) if one is not None else ""
                        for one in (stored, row)
                    )
                    if before != now and now.strip():
                        yield Reworded(what, before, now, row)


def _homes(row: Model, watch: Watch, guarded: set[Home]) -> Iterator[Home]:
    """Yield the cases and matters in which readers read ``row``, and could before the sitting."""
    match row:
        case Court():
            near = all_hidden_names()
            ids = {one.case_id for one in near.names if one.case_id is not None} | {
                pk for some in near.related.values() for pk in some
            }
            around = {one.matter_id for one in near.names if one.matter_id is not None}
            cases = Case.objects.listed().filter(court=row)
            listed = cases.filter(pk__in=ids) | cases.filter(matter__in=around)
            yield from ((pk, None) for pk in listed.values_list("pk", flat=True))
        case Person() | Name() | Namesake():
            persons = [row] if isinstance(row, Person) else [row.person]
            persons += [row.other] if isinstance(row, Namesake) else []
            for person in persons:
                was = watch.before.get((Person, person.pk))
                places = was.places if was is not None else watch.places_of(person)
                if person.visibility in NAMED:
                    yield from ({(place.case_id, place.matter_id) for place in places} - guarded)
        case _:
            yield from {(place.case_id, place.matter_id) for place in watch.places_of(row)}


def _homes_of(things: Iterable[Publishable]) -> set[Home]:
    found: set[Home] = set()
    for thing in things:
        match thing:
            case Case():
                found.add((thing.pk, None))
            case Matter():
                found.add((None, thing.pk))
            case _:
                found.add((thing.case_id, None if thing.case_id is not None else thing.matter_id))
    return found

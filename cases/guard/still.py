"""Where readers can still read a hidden name: every public text near everybody who is withheld or sealed, at once.

In a number of queries that does not grow, and none but the first three where nobody is hidden. Only what is certain is
told, because it stays on a list until it is mended: whole names, and surnames that are no ordinary words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q

from cases.choices import SourceKind
from cases.guard.items import Item
from cases.guard.naming import Named, how_named, naming_item
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    CorrectionPlace,
    Defendant,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
)
from cases.querysets import named_defendants, named_participants
from cases.surnames import surname_of
from cases.withheld import HiddenNames, all_hidden_names
from people.models import Person
from people.names import fold, fold_prose

Home = tuple[int | None, int | None]  # a case, and its matter or a matter alone


@dataclass(frozen=True, slots=True)
class _Said:
    """A public text: where it is read, what it is, the text, and the row in which it is mended."""

    home: Home
    what: str
    text: str
    row: Model


@dataclass(slots=True)
class _Near:
    """Who is hidden, who is shown, and the homes around them that readers can read."""

    where: HiddenNames
    hidden: dict[int, Person]
    cases: dict[int, Case]
    matters: dict[int, Matter]
    shown: dict[Home, set[int]]
    surnames: dict[int, str]

    def hidden_in(self, home: Home) -> list[Person]:
        """Return those whose names no text of a home may have; see ``Reading.hidden_in``."""
        case, matter = home
        near = self.where.near(cases=[case] if case is not None else [], matters=[matter] if matter is not None else [])
        here = {one.person_id for one in near if case is not None and one.case_id == case}
        around = {one.person_id for one in near} - here
        named = self._shown_near(home) if around else set()
        return [self.hidden[pk] for pk in sorted(here | (around - named)) if pk in self.hidden]

    def surnames_shown(self, home: Home) -> frozenset[str]:
        """Return the surnames of everybody whom readers read by name there."""
        return frozenset(self.surnames[pk] for pk in self._shown_near(home))

    def _shown_near(self, home: Home) -> set[int]:
        case, matter = home
        related = self.where.related.get(case, frozenset()) if case is not None else frozenset()
        return {
            pk
            for (one, around), people in self.shown.items()
            if (one is not None and (one == case or one in related)) or (matter is not None and around == matter)
            for pk in people
        }


def still_read(person: Person | None = None) -> list[Item]:
    """Return where readers can read a hidden name, of everybody or of one person, in the order of the record.

    Addresses are told of one person only: they can not be changed, so they would stay on a list for ever.
    """
    where = all_hidden_names()
    if person is not None:
        where = HiddenNames(where.related, tuple(one for one in where.names if one.person_id == person.pk))
    if not where.names:
        return []
    near = _near(where)
    found: dict[Item, None] = {}
    people: dict[Home, tuple[list[tuple[Person, list[str]]], frozenset[str]]] = {}
    for said in _texts(near, addresses=person is not None):
        if not said.text.strip():
            continue
        if said.home not in people:
            told = [(one, _keys(one)) for one in near.hidden_in(said.home)]
            people[said.home] = (told, near.surnames_shown(said.home))
        told, shown = people[said.home]
        plain, folded = _plain(said.text), ""
        for one, keys in told:
            if any(key in plain for key in keys):
                folded = folded or fold_prose(said.text)
                named = how_named(one, said.text, shown, folded)
                if named > Named.PERHAPS:
                    found[naming_item(one, said.what, said.row, named)] = None
    return list(found)


def _plain(text: str) -> str:
    """Return a text in which every word of a name can be looked for: folding is dear, and most texts name nobody."""
    return text.lower().replace("'", "").replace(".", "").replace("`", "") if text.isascii() else fold(text)


def _keys(person: Person) -> list[str]:
    """Return a word of each name of a person: a text without any of them names nobody."""
    names = [person.name, *(name.text for name in person.names.all())]
    return [max(surname_of(name).split() or fold(name).split() or ["\0"], key=len) for name in names]


def _near(where: HiddenNames) -> _Near:
    ids = {one.case_id for one in where.names if one.case_id is not None}
    ids |= {other for one in ids for other in where.related.get(one, ())}
    around = {one.matter_id for one in where.names if one.matter_id is not None}
    cases = Case.objects.listed().filter(Q(pk__in=ids) | Q(matter__in=around)).in_bulk()
    matters = Matter.objects.published().filter(pk__in=around).in_bulk()
    hidden = Person.objects.filter(pk__in={one.person_id for one in where.names}).prefetch_related("names").in_bulk()
    shown: dict[Home, set[int]] = {}
    surnames: dict[int, str] = {}
    accused = named_defendants().filter(case__in=cases)
    others = named_participants().filter(Q(case__in=cases) | Q(matter__in=matters))
    rows = [
        *accused.values_list("case_id", "case__matter_id", "person_id", "person__name"),
        *others.filter(case__isnull=False).values_list("case_id", "case__matter_id", "person_id", "person__name"),
        *others.filter(case__isnull=True).values_list("case_id", "matter_id", "person_id", "person__name"),
    ]
    for case, matter, pk, name in rows:
        shown.setdefault((case, matter), set()).add(pk)
        surnames[pk] = surname_of(name)
    return _Near(where, hidden, cases, matters, shown, surnames)


def _texts(near: _Near, *, addresses: bool) -> Iterator[_Said]:
    for matter in near.matters.values():
        home: Home = (None, matter.pk)
        if addresses:
            yield _Said(home, "the matter's address", matter.slug, matter)
        yield _Said(home, "the matter's title", matter.title, matter)
        yield _Said(home, "the matter's summary", matter.summary, matter)
    for case in near.cases.values():
        home = (case.pk, case.matter_id)
        if addresses:
            yield _Said(home, "the case's address", case.slug, case)
        yield _Said(home, "the case's name", case.caption, case)
        yield _Said(home, "the case's summary", case.summary, case)
        yield _Said(home, "the reason for the override", case.override_reason, case)
    for relation in CaseRelation.objects.filter(case__in=near.cases, target=None).select_related("case").order_by("pk"):
        yield _Said((relation.case_id, relation.case.matter_id), "the other case", relation.target_text, relation.case)
    for defendant in Defendant.objects.filter(case__in=near.cases).exclude(described_as="").order_by("pk"):
        case = near.cases[defendant.case_id]
        yield _Said((case.pk, case.matter_id), "the description of a defendant", defendant.described_as, defendant)
    yield from _of_acts(near)
    places = CorrectionPlace.objects.filter(Q(case__in=near.cases) | Q(matter__in=near.matters))
    for place in places.select_related("correction").order_by("correction_id", "pk"):
        around = near.cases[place.case_id].matter_id if place.case_id is not None else place.matter_id
        yield _Said((place.case_id, around), "a correction", place.correction.sentence, place.correction)


def _of_acts(near: _Near) -> Iterator[_Said]:
    public = Event.objects.published().filter(Q(case__in=near.cases) | Q(matter__in=near.matters))
    acts = {act.pk: act for act in public.not_of_sealed_alone().order_by("on", "pk")}
    homes = {
        pk: (act.case_id, near.cases[act.case_id].matter_id if act.case_id is not None else act.matter_id)
        for pk, act in acts.items()
    }
    for pk, act in acts.items():
        yield _Said(homes[pk], "the headline", act.title, act)
        yield _Said(homes[pk], "the text", act.text, act)
    beneath: tuple[tuple[str, type[Model], str, tuple[str, ...]], ...] = (
        ("a charge", Charge, "created_by", ("title", "statute")),
        ("the note of an outcome", Outcome, "event", ("note",)),
        ("the note of a part of the sentence", SentencePart, "event", ("note",)),
        ("the description of a role", Participant, "shown_by", ("described_as", "end_reason")),
    )
    for what, model, column, names in beneath:
        rows = model._base_manager.filter(Exists(public.filter(pk=OuterRef(column)))).order_by("pk")
        for pk, *texts in rows.values_list(column, *names):
            if pk in acts:
                yield _Said(homes[pk], what, " ".join(texts), acts[pk])
    cited = Citation.objects.filter(Exists(public.filter(pk=OuterRef("event")))).exclude(source__kind=SourceKind.TIP)
    for one in cited.select_related("source").order_by("pk"):
        if one.event_id in acts:
            quoted = f"{one.quote} {one.locator} {one.relayed_from} {one.note}"
            yield _Said(homes[one.event_id], "a quotation", quoted, acts[one.event_id])
            named = f"{one.source.publisher} {one.source.title}"
            yield _Said(homes[one.event_id], "the name of a source", named, one.source)

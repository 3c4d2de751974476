"""Where readers can still read a hidden name: every public text near everybody who is withheld or sealed, at once.

In a number of queries that does not grow, and none but the first three where nobody is hidden. Only what is certain is
told, because it stays on a list until it is mended: whole names, and surnames that are no ordinary words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, Model, OuterRef, Q

from cases.choices import SourceKind
from cases.guard.beside import APART, CALLED, COURT, DESCRIBED, NAMED_ALSO, OTHER_CASE
from cases.guard.items import Item
from cases.guard.naming import Named, how_named, is_called, naming_item
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Correction,
    CorrectionPlace,
    Court,
    Defendant,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from cases.querysets import named_defendants, named_participants
from cases.surnames import surname_of
from cases.tongues import first_surname
from cases.withheld import HiddenNames, all_hidden_names
from people.models import Name, Namesake, Person
from people.names import fold, fold_prose

ByHome = dict[int, set[int]]  # persons, by the id of a case or of a matter
Home = tuple[int | None, int | None]  # a case, and its matter or a matter alone


@dataclass(frozen=True, slots=True)
class _Said:
    """A public text: where it is read, what it is, the text, and the row in which it is mended, by its id."""

    home: Home
    what: str
    text: str
    model: type[Model]
    pk: int


@dataclass
class Near:
    """Who is hidden, who is shown, and the homes around them that readers can read."""

    where: HiddenNames
    hidden: dict[int, Person]
    cases: dict[int, Case]
    matters: dict[int, Matter]
    shown: dict[Home, set[int]]
    surnames: dict[int, str]

    def home_of(self, case: int | None, matter: int | None) -> Home:
        """Return the home of a row: a case with its matter, or a matter alone."""
        return (case, self.cases[case].matter_id) if case is not None else (None, matter)

    def hidden_in(self, home: Home) -> list[Person]:
        """Return those whose names no text of a home may have; see ``Reading.hidden_in``."""
        case, _ = home
        here = set(self._by_case.get(case, ())) if case is not None else set()
        around = self._gather(home, self._by_case, self._by_matter) - here
        named = self._shown_near(home) if around else set()
        return [self.hidden[pk] for pk in sorted(here | (around - named)) if pk in self.hidden]

    def surnames_shown(self, home: Home) -> frozenset[str]:
        """Return the surnames of everybody whom readers read by name there."""
        return frozenset(self.surnames[pk] for pk in self._shown_near(home))

    def _shown_near(self, home: Home) -> set[int]:
        return self._gather(home, self._shown_by_case, self._shown_by_matter)

    def _gather(self, home: Home, by_case: ByHome, by_matter: ByHome) -> set[int]:
        """Return who is said of a case, of those related to it, or of its matter."""
        case, matter = home
        cases = {case, *self.where.related.get(case, ())} if case is not None else set()
        found = {pk for one in cases for pk in by_case.get(one, ())}
        return found | by_matter.get(matter, set()) if matter is not None else found

    @cached_property
    def _by_case(self) -> ByHome:
        return _grouped((one.case_id, one.person_id) for one in self.where.names)

    @cached_property
    def _by_matter(self) -> ByHome:
        return _grouped((one.matter_id, one.person_id) for one in self.where.names)

    @cached_property
    def _shown_by_case(self) -> ByHome:
        return _grouped((case, pk) for (case, _), people in self.shown.items() for pk in people)

    @cached_property
    def _shown_by_matter(self) -> ByHome:
        return _grouped((matter, pk) for (_, matter), people in self.shown.items() for pk in people)


def _grouped(pairs: Iterable[tuple[int | None, int]]) -> ByHome:
    found: ByHome = {}
    for home, pk in pairs:
        if home is not None:
            found.setdefault(home, set()).add(pk)
    return found


def still_read(person: Person | None = None) -> list[Item]:
    """Return where readers can read a hidden name, of everybody or of one person, in the order of the record.

    Addresses are told of one person only: they can not be changed, so they would stay on a list for ever.
    """
    where = all_hidden_names()
    if person is not None:
        where = HiddenNames(where.related, tuple(one for one in where.names if one.person_id == person.pk))
    if not where.names:
        return []
    near = near_of(where)
    found: list[tuple[_Said, Person, Named]] = []
    people: dict[Home, tuple[list[tuple[Person, list[str]]], frozenset[str]]] = {}
    for said in _texts(near, addresses=person is not None):
        if not said.text.strip():
            continue
        if said.home not in people:
            told = [(one, keys_of(one)) for one in near.hidden_in(said.home)]
            people[said.home] = (told, near.surnames_shown(said.home))
        told, shown = people[said.home]
        plain, folded = plain_of(said.text), ""
        for one, keys in told:
            if any(key in plain for key in keys):
                folded = folded or fold_prose(said.text)
                named = how_named(one, said.text, shown, folded)
                if named > Named.PERHAPS and not is_called(one, said.what, said.text):
                    found.append((said, one, named))
    return list(dict.fromkeys(_items(found)))


def _items(found: list[tuple[_Said, Person, Named]]) -> Iterator[Item]:
    """Yield an item for each text; only rows that are told are loaded whole."""
    wanted: dict[type[Model], set[int]] = {}
    for said, _, _ in found:
        wanted.setdefault(said.model, set()).add(said.pk)
    rows = {model: model._base_manager.in_bulk(ids) for model, ids in wanted.items()}
    for said, person, named in found:
        yield naming_item(person, said.what, rows[said.model][said.pk], named)


def plain_of(text: str) -> str:
    """Return a text in which every word of a name can be looked for: folding is dear, and most texts name nobody."""
    if not text.isascii():  # most often by nothing but typographic marks
        for mark in "’“”‘–—…":
            text = text.replace(mark, "" if mark in "’‘" else " ")  # as the fold takes them
    return text.lower().replace("'", "").replace(".", "").replace("`", "") if text.isascii() else fold(text)


def keys_of(person: Person) -> list[str]:
    """Return a word of each name of a person: a text without any of them names nobody."""
    names = [person.name, *(name.text for name in person.names.all())]
    firsts = [one for name in names if (one := first_surname(fold(name)))]
    return [*firsts, *(max(surname_of(name).split() or fold(name).split() or ["\0"], key=len) for name in names)]


def near_of(where: HiddenNames) -> Near:
    """Return who is hidden and who is shown in the homes around these names."""
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
    return Near(where, hidden, cases, matters, shown, surnames)


def _texts(near: Near, *, addresses: bool) -> Iterator[_Said]:
    for matter in near.matters.values():
        home: Home = (None, matter.pk)
        if addresses:
            yield _Said(home, "the matter's address, which can not be changed,", matter.slug, Matter, matter.pk)
        yield _Said(home, "the matter's title", matter.title, Matter, matter.pk)
        yield _Said(home, "the matter's summary", matter.summary, Matter, matter.pk)
    for case in near.cases.values():
        home = (case.pk, case.matter_id)
        if addresses:
            yield _Said(home, "the case's address, which can not be changed,", case.slug, Case, case.pk)
        yield _Said(home, "the case's name", case.caption, Case, case.pk)
        yield _Said(home, "the case's summary", case.summary, Case, case.pk)
        yield _Said(home, "the reason for the override", case.override_reason, Case, case.pk)
    courts = Court.objects.in_bulk({case.court_id for case in near.cases.values()})
    for case in near.cases.values():
        yield _Said((case.pk, case.matter_id), COURT, courts[case.court_id].name, Court, case.court_id)
    others = CaseRelation.objects.filter(case__in=near.cases, target=None).order_by("pk")
    for case_id, text in others.values_list("case_id", "target_text"):
        yield _Said(near.home_of(case_id, None), OTHER_CASE, text, Case, case_id)
    described = Defendant.objects.filter(case__in=near.cases).exclude(described_as="").order_by("pk")
    for pk, case_id, text in described.values_list("pk", "case_id", "described_as"):
        yield _Said(near.home_of(case_id, None), "the description of a defendant", text, Defendant, pk)
    yield from _of_acts(near)
    yield from _of_persons(near)
    places = CorrectionPlace.objects.filter(Q(case__in=near.cases) | Q(matter__in=near.matters))
    listed = places.order_by("correction_id", "pk")
    for pk, case_id, around, text in listed.values_list("correction", "case", "matter", "correction__sentence"):
        yield _Said(near.home_of(case_id, around), "a correction", text, Correction, pk)


def _of_persons(near: Near) -> Iterator[_Said]:
    """What is said of everybody whom readers read there by name: on their own page, and where they are found."""
    homes: dict[int, list[Home]] = {}
    for home, persons in near.shown.items():
        for pk in persons:
            homes.setdefault(pk, []).append(home)
    for pk, name, text in Person.objects.filter(pk__in=homes).order_by("pk").values_list("pk", "name", "described_as"):
        for home in homes[pk]:
            yield _Said(home, CALLED, name, Person, pk)
            yield _Said(home, DESCRIBED, text, Person, pk)
    for pk, text in Name.objects.filter(person__in=homes).order_by("pk").values_list("person", "text"):
        for home in homes[pk]:
            yield _Said(home, NAMED_ALSO, text, Person, pk)
    notes = Namesake.objects.filter(Q(person__in=homes) | Q(other__in=homes)).exclude(note="").order_by("pk")
    for pk, other, text in notes.values_list("person", "other", "note"):
        for home in (*homes.get(pk, ()), *homes.get(other, ())):
            yield _Said(home, APART, text, Person, pk)


def _of_acts(near: Near) -> Iterator[_Said]:
    public = Event.objects.published().filter(Q(case__in=near.cases) | Q(matter__in=near.matters))
    homes: dict[int, Home] = {}
    acts = public.not_of_sealed_alone().order_by("on", "pk")
    for pk, case, matter, title, text in acts.values_list("pk", "case", "matter", "title", "text"):
        homes[pk] = near.home_of(case, matter)
        yield _Said(homes[pk], "the headline", title, Event, pk)
        yield _Said(homes[pk], "the text", text, Event, pk)
    beneath: tuple[tuple[str, type[Model], str, tuple[str, ...]], ...] = (
        ("a charge", Charge, "created_by", ("title", "statute")),
        ("the note of an outcome", Outcome, "event", ("note",)),
        ("the note of a part of the sentence", SentencePart, "event", ("note",)),
        ("the description of a role", Participant, "shown_by", ("described_as", "end_reason")),
    )
    for what, model, column, names in beneath:
        rows = model._base_manager.filter(Exists(public.filter(pk=OuterRef(column)))).order_by("pk")
        for pk, *texts in rows.values_list(column, *names):
            if pk in homes:
                yield _Said(homes[pk], what, " ".join(texts), Event, pk)
    cited = Citation.objects.filter(Exists(public.filter(pk=OuterRef("event")))).exclude(source__kind=SourceKind.TIP)
    quoted = cited.order_by("pk").values_list(
        "event", "source", "quote", "locator", "relayed_from", "note", "source__publisher", "source__title"
    )
    for pk, source, *texts in quoted:
        if pk in homes:
            yield _Said(homes[pk], "a quotation", " ".join(texts[:4]), Event, pk)
            yield _Said(homes[pk], "the name of a source", " ".join(texts[4:]), Source, source)

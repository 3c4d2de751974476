"""What the guard looks at, loaded in a number of queries that does not grow: acts, sources, dossiers, names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, Q

from cases.choices import Editorial, SourceKind
from cases.dossier import Dossier, load_cases
from cases.guard.beside import Text, words_beside
from cases.language import Told, said_of
from cases.language.said import together
from cases.law.answers import CaseAnswer
from cases.law.status import case_status
from cases.law.vocabulary import CaseKind
from cases.models import Case, Charge, Citation, Event, Matter, Outcome, Participant, SentencePart
from cases.surnames import surname_of
from cases.withheld import HiddenNames, hidden_names
from people.choices import NAMED, PartyKind
from people.models import Name, Person
from people.names import tokens

Publishable = Matter | Case | Event


@dataclass(eq=False)
class Reading:
    """The rows that bear on some acts, cases and matters. Nothing is asked of the database after loading."""

    acts: dict[int, Event]
    dossiers: dict[int, Dossier]
    hidden: dict[int, Person]
    where: HiddenNames = field(default_factory=HiddenNames)
    others: dict[int, list[str]] = field(default_factory=dict)
    beside: dict[Publishable, list[Text]] = field(default_factory=dict)
    asked: frozenset[int] = frozenset()  # the cases that are asked about, or whose acts are
    _answers: dict[tuple[int, date, int], CaseAnswer] = field(default_factory=dict)
    _ways: dict[int, frozenset[tuple[str, ...]]] = field(default_factory=dict)

    def near(self, thing: Publishable) -> list[Dossier]:
        """Return the case that ``thing`` is or belongs to first, then the others of its matter."""
        own = thing.pk if isinstance(thing, Case) else thing.case_id if isinstance(thing, Event) else None
        matter = thing.pk if isinstance(thing, Matter) else thing.matter_id
        if own is not None and own in self.dossiers:
            matter = self.dossiers[own].case.matter_id
        found = [
            dossier
            for pk, dossier in self.dossiers.items()
            if pk == own or (matter is not None and dossier.case.matter_id == matter)
        ]
        return sorted(found, key=lambda dossier: (dossier.case.pk != own, dossier.case.pk))

    def answer(self, dossier: Dossier, on: date, *, act: Event | None = None) -> CaseAnswer:
        """Return where a case stands on a day by what is published, and by ``act`` if that were published too."""
        asked = (dossier.case.pk, on, act.pk if act is not None else 0)
        if asked not in self._answers:
            acts = (*dossier.acts, *dossier.appeal_acts)
            seen = {one.pk for one in acts if one.editorial_state == Editorial.PUBLISHED}
            seen |= {act.pk} if act is not None else set()
            facts = dossier.facts
            shown = replace(
                facts,
                acts=tuple(one for one in facts.acts if one.id in seen),
                charges=tuple(one for one in facts.charges if one.created_by in seen),
            )
            self._answers[asked] = case_status(shown, as_of=on)
        return self._answers[asked]

    def told(
        self, near: list[Dossier], on: date, *, act: Event | None = None, words: frozenset[str] | None = None
    ) -> dict[int, Told]:
        """Return, by person, everybody accused or sued near by, and what the acts have said of them by a day.

        With the ``words`` of a text, of the cases after the first only those are looked at whom the text may name: a
        matter may have a hundred cases.
        """
        said: dict[int, list[frozenset]] = {}
        persons: dict[int, Person] = {}
        for place, dossier in enumerate(near):
            named = [d for d in dossier.defendants if not place or words is None or self._may_be_named(d.person, words)]
            if not named:
                continue
            answer = self.answer(dossier, on, act=act if act is not None and act.pk in dossier.events else None)
            for defendant in named:
                persons[defendant.person_id] = defendant.person
                one = said_of(answer, CaseKind(dossier.case.kind), defendant.pk)
                said.setdefault(defendant.person_id, []).append(one)
        return {pk: Told(self._names(persons[pk]), together(*parts)) for pk, parts in said.items()}

    def _may_be_named(self, person: Person, words: frozenset[str]) -> bool:
        return any(words.issuperset(way) for way in self._names(person))

    def _names(self, person: Person) -> frozenset[tuple[str, ...]]:
        if person.pk not in self._ways:
            names = (person.name, *self.others.get(person.pk, ()))
            self._ways[person.pk] = frozenset(way for name in names for way in ways_to_name(person, name))
        return self._ways[person.pk]

    def hidden_in(self, thing: Publishable) -> list[Person]:
        """Return those whose names no text of ``thing`` may have: hidden in its case, its matter, or a case related.

        Who is hidden in another case only, and shown by name in one near by, may be read here too.
        """
        case = thing.pk if isinstance(thing, Case) else thing.case_id if isinstance(thing, Event) else None
        matter = thing.pk if isinstance(thing, Matter) else thing.matter_id
        if case is not None and case in self.dossiers:
            matter = self.dossiers[case].case.matter_id
        near = self.where.near(cases=[case] if case is not None else [], matters=[matter] if matter is not None else [])
        here = {one.person_id for one in near if case is not None and one.case_id == case}
        ids = here | ({one.person_id for one in near} - self._named)
        return [self.hidden[pk] for pk in sorted(ids) if pk in self.hidden]

    @cached_property
    def _named(self) -> frozenset[int]:
        """The persons whom readers read by name in one of the cases; or would, in those that are asked about."""
        open_ = [dossier for dossier in self.dossiers.values() if dossier.case.visibility in NAMED]
        shown: set[int] = set()
        for dossier in open_:
            asked = dossier.case.pk in self.asked
            if not asked and dossier.case.editorial_state != Editorial.PUBLISHED:
                continue  # whoever is entered in a draft is read there by nobody
            acts = [act for act in dossier.acts if act.editorial_state == Editorial.PUBLISHED]
            public = {act.pk for act in acts}
            told = {one.defendant_id for one in dossier.charges if one.created_by_id in public}
            told |= {one.pk for act in acts for one in act.defendants.all()}
            accused = [one for one in dossier.defendants if one.visibility in NAMED and (asked or one.pk in told)]
            roles = [one for one in dossier.participants if asked or one.shown_by_id in public]
            shown |= {one.person_id for one in accused if one.person.visibility in NAMED}
            shown |= {one.person_id for one in roles if one.person.visibility in NAMED}
        return frozenset(shown)

    @cached_property
    def surnames_shown(self) -> frozenset[str]:
        """The surnames of everybody near by who is not hidden: one of these alone tells of nobody hidden."""
        hidden = {pk for pk in self.hidden if pk not in self._named}
        shown = (d.person for dossier in self.dossiers.values() for d in dossier.defendants)
        roles = (p.person for dossier in self.dossiers.values() for p in dossier.participants)
        return frozenset(surname_of(one.name) for one in (*shown, *roles) if one.pk not in hidden)


def read(things: Sequence[Publishable]) -> Reading:
    """Load what bears on ``things``: their cases with the others of the same matters, and who is hidden there."""
    cases, matters = homes_of(things)
    near = Case.objects.filter(Q(pk__in=cases) | Q(matter__in=matters))
    near = near.exclude(~Q(pk__in=cases), editorial_state=Editorial.WITHDRAWN)
    dossiers = {dossier.case.pk: dossier for dossier in load_cases(near, drafts=True)}
    where = hidden_names(cases=[one.case for one in dossiers.values()], matters=Matter.objects.filter(pk__in=matters))
    ids = {one.person_id for one in where.names}
    hidden = Person.objects.filter(pk__in=ids).prefetch_related("names").in_bulk() if ids else {}
    acts = _acts({thing.pk for thing in things if isinstance(thing, Event)} | (_told_with(things) if hidden else set()))
    beside = words_beside(things, acts, dossiers) if hidden else {}
    people = {d.person_id for dossier in dossiers.values() for d in dossier.defendants}
    return Reading(acts, dossiers, hidden, where, _other_names(people), beside, frozenset(cases))


def homes_of(things: Iterable[Publishable]) -> tuple[set[int], set[int]]:
    """Return the ids of the cases and of the matters that ``things`` are or belong to."""
    cases = {thing.pk for thing in things if isinstance(thing, Case)}
    matters = {thing.pk for thing in things if isinstance(thing, Matter)}
    for act in (thing for thing in things if isinstance(thing, Event)):
        cases |= {act.case_id} if act.case_id is not None else set()
        matters |= {act.matter_id} if act.matter_id is not None else set()
    within = Case.objects.filter(pk__in=cases, matter__isnull=False)
    return cases, matters | set(within.values_list("matter_id", flat=True))


def _told_with(things: Sequence[Publishable]) -> set[int]:
    """Return the ids of the acts that readers read as soon as these cases and matters are public."""
    cases = {thing.pk for thing in things if isinstance(thing, Case)}
    matters = {thing.pk for thing in things if isinstance(thing, Matter)}
    acts = Event.objects.published().filter(Q(case__in=cases) | Q(matter__in=matters))
    return set(acts.values_list("pk", flat=True))


def _acts(ids: set[int]) -> dict[int, Event]:
    citations = Citation.objects.exclude(source__kind=SourceKind.TIP).select_related("source__relays").order_by("pk")
    rows = Event.objects.filter(pk__in=ids).prefetch_related(
        Prefetch("citations", citations, to_attr="sourced"),
        Prefetch("outcomes", Outcome.objects.select_related("disposition", "charge__created_by").order_by("pk")),
        Prefetch("sentence_parts", SentencePart.objects.order_by("pk")),
        Prefetch("creates", Charge.objects.order_by("pk")),
        Prefetch("shows_participants", Participant.objects.select_related("person").order_by("pk")),
        "defendants",
    )
    return {act.pk: act for act in rows}


def _other_names(people: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person, text in Name.objects.filter(person__in=set(people)).order_by("pk").values_list("person_id", "text"):
        found.setdefault(person, []).append(text)
    return found


def ways_to_name(person: Person, name: str) -> set[tuple[str, ...]]:
    """Return how a text may name somebody by one of their names, each as its folded words: in full, by the surname.

    Only a human being named as one has a surname: “Prosecutors sued by Alec Baldwin” are not called Baldwin.
    """
    surname = tuple(surname_of(name).split()) if person.kind == PartyKind.PERSON else ()
    return {way for way in (tokens(name), surname) if way}

"""New rows of the record from accepted proposals: built in memory, pointing to one another, written by one verb."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models

from cases import editing
from cases.choices import OfficialRole, SourceKind
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Defendant,
    Disposition,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from imports import rows
from imports.choices import Kind
from imports.courts import Courts, called
from imports.forgetting import HERE
from imports.judging import WHICH_COURT
from imports.keys import of_name
from imports.models import Batch, Proposal
from imports.rights import brought_by
from imports.slugs import free_slugs
from people.choices import NameKind, PartyKind, Visibility
from people.models import Name, Person

SOURCE_KINDS = {"pacer_json": SourceKind.COURT_RECORD, "pacer_html": SourceKind.COURT_RECORD}


def source_of(batch: Batch, *, by: User) -> Source:
    """Return the source that everything of a batch rests on: the file, with whom to credit. Made when first needed."""
    if batch.source is None:
        told = f"{batch.origin.name}, file “{batch.file_name}”, read on {batch.made_at:%d %B %Y}"
        batch.source = editing.save(
            Source(
                kind=SOURCE_KINDS.get(batch.source_kind, SourceKind.REFERENCE_DATABASE),
                publisher=batch.credit[:200],
                title=told[:300],
                accessed_on=batch.made_at.date(),
            ),
            by=by,
        )
        editing.credit_words(batch.source, writers=brought_by(batch), by=by, what="the file it was read from")
        batch.save(update_fields=["source"])
    return batch.source


@dataclass
class Making:
    """The new rows of one chunk of proposals. ``there`` are rows of the record that they rest on, by key."""

    batch: Batch
    source: Source
    courts: Courts
    terms: dict[str, Disposition]
    there: dict[str, models.Model] = field(default_factory=dict)
    made: dict[str, models.Model] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    rows: list[models.Model] = field(default_factory=list)
    concerning: list[tuple[Event, Defendant]] = field(default_factory=list)
    roles: dict[tuple[Any, ...], Participant] = field(default_factory=dict)
    accused: dict[tuple[Any, ...], Defendant] = field(default_factory=dict)
    names: dict[tuple[Any, ...], Name] = field(default_factory=dict)
    _taken: set[int] = field(default_factory=set)

    def row(self, key: str) -> Any:
        """Return the row a key stands for, made just now or before, or None."""
        return self.made.get(key) or self.there.get(key)

    def address(self, proposals: Iterable[Proposal]) -> None:
        """Give every new person and every new case of the chunk an address of its own."""
        new: dict[str, Proposal] = {}
        cases: list[Proposal] = []
        for one in proposals:
            if one.kind == Kind.CASE and one.row is None:
                cases.append(one)
            elif "who" in one.new and one.person_id is None and one.new["who"] not in self.people:
                new.setdefault(one.new["who"], one)
        named = list(new.values())
        for one, slug in zip(named, free_slugs(Person, [o.new["name"] for o in named], noun="person"), strict=True):
            kind = one.new.get("kind", PartyKind.PERSON)
            # Whoever is called like somebody hidden in the case may be them: an editor shows the name, no file does.
            hidden = any(row.get("hidden") and HERE in row["reasons"] for row in one.candidates)
            seen = Visibility.NAME_WITHHELD if hidden else Visibility.PUBLIC
            self.people[one.new["who"]] = Person(slug=slug, name=one.new["name"], kind=kind, visibility=seen)
            self._add(self.people[one.new["who"]])
        self._make_matters([one.new.get("matter", "") for one in cases])
        texts = [f"{one.new['caption'][:70]} {one.new['docket_number']}" for one in cases]
        for one, slug in zip(cases, free_slugs(Case, texts, noun="case"), strict=True):
            self.made[one.key] = self._add(self._case(one, slug))

    def make(self, one: Proposal) -> None:
        """Make the row of a proposal; everything it rests on is there. Raises ``ValidationError``."""
        if one.key in self.made:
            return
        build = {
            Kind.ACT: self._act,
            Kind.PARTY: self._party,
            Kind.ALIAS: self._alias,
            Kind.OFFICIAL: self._official,
            Kind.ATTORNEY: self._attorney,
            Kind.CHARGE: self._charge,
            Kind.OUTCOME: self._outcome,
            Kind.SENTENCE: self._sentence,
            Kind.RELATION: self._relation,
        }[Kind(one.kind)]
        self.made[one.key] = self._add(build(one, rows.columns_of(one.kind, one.new)))

    def _add(self, row: models.Model) -> models.Model:
        """Take a row in, once, if it is new."""
        if row.pk is None and id(row) not in self._taken:
            self._taken.add(id(row))
            self.rows.append(row)
        return row

    def link(self, proposals: Iterable[Proposal]) -> None:
        """Say of each new act whom it concerns, once everybody is there."""
        for one in proposals:
            act = self.made.get(one.key)
            if one.kind == Kind.ACT and isinstance(act, Event):
                people = (self.row(key) for key in one.new.get("about", ()))
                self.concerning += [(act, person) for person in people if isinstance(person, Defendant)]

    def _make_matters(self, titles: list[str]) -> None:
        """Find, or make, the matters that the file says cases belong to, by their titles."""
        missing = {title: title for title in titles if title and title not in self.matters}
        self.matters |= {row.title: row for row in Matter.objects.filter(title__in=missing).order_by("-pk")}
        new = [title for title in missing if title not in self.matters]
        for title, slug in zip(new, free_slugs(Matter, new, noun="matter"), strict=True):
            self.matters[title] = Matter(slug=slug, title=title)
            self._add(self.matters[title])

    # --- row by row -------------------------------------------------------------------------------------------------

    def _case(self, one: Proposal, slug: str) -> Case:
        court_id, name = one.new.get("court_id", ""), one.new.get("court_name", "")
        court = self.courts.find(court_id, name)
        if court is None:
            raise ValidationError(WHICH_COURT.format(called(court_id, name)))
        matter = self.matters.get(one.new.get("matter", ""))
        return Case(slug=slug, court=court, matter=matter, **rows.columns_of(Kind.CASE, one.new))

    def _act(self, one: Proposal, columns: dict[str, Any]) -> Event:
        act = Event(case=self._home(one), **columns)
        number = one.new.get("number")
        unnumbered = "unnumbered entry" if "entries" in one.counts_as else ""
        locator = f"entry {number}"[:120] if number else unnumbered
        self._add(Citation(event=act, source=self.source, locator=locator))
        return act

    def _home(self, one: Proposal) -> Case:
        case: Case = self.row(one.rests_on[0])
        return case

    def _person(self, one: Proposal) -> Person:
        if one.person is not None:
            return one.person
        return self.people[one.new["who"]]

    def _party(self, one: Proposal, columns: dict[str, Any]) -> Defendant | Participant:
        person, case = self._person(one), self._home(one)
        if one.new["role"] == "defendant":
            key = (_identity(case), _identity(person))
            if key not in self.accused:
                there = Defendant.objects.filter(case=case, person=person) if case.pk and person.pk else None
                self.accused[key] = (there.first() if there is not None else None) or Defendant(
                    case=case, person=person, position=one.new.get("position", 1), **columns
                )
            return self.accused[key]
        return self._role(case, person, one.new["role"], self.row(one.new["shown_by"]), None, columns["described_as"])

    def _role(
        self, case: Case, person: Person, role: str, act: Event, represents: Defendant | None, words: str = ""
    ) -> Participant:  # fmt: skip
        """Return the one row for a role that somebody has in a case, however often the file tells of it."""
        key = (_identity(case), _identity(person), role, _identity(represents))
        if key not in self.roles:
            self.roles[key] = Participant(
                case=case, person=person, role=role, shown_by=act, represents=represents, described_as=words
            )
        return self.roles[key]

    def _alias(self, one: Proposal, columns: dict[str, Any]) -> Name:
        person = self.row(one.rests_on[0]).person
        key = (_identity(person), columns["text"])
        if key not in self.names:
            there = Name.objects.filter(person=person, text=columns["text"]).first() if person.pk else None
            self.names[key] = there or Name(person=person, kind=NameKind.ALIAS, **columns)
        return self.names[key]

    def _official(self, one: Proposal, columns: dict[str, Any]) -> Participant:
        return self._role(self._home(one), self._person(one), columns["role"], self.row(one.new["shown_by"]), None)

    def _attorney(self, one: Proposal, columns: dict[str, Any]) -> Participant:
        client = self.row(one.new["for"])
        represents = client if isinstance(client, Defendant) else None
        return self._role(client.case, self._person(one), columns["role"], self.row(one.new["shown_by"]), represents)

    def _charge(self, one: Proposal, columns: dict[str, Any]) -> Charge:
        charge = Charge(
            defendant=self.row(one.new["party"]), created_by=self.row(one.new["brought_by"]), **columns
        )  # fmt: skip
        earlier = self.row(one.new["replaces"]) if one.new.get("replaces") else None
        if isinstance(earlier, Charge):
            charge.replaces = earlier
        else:
            charge.replaces_how = ""
        return charge

    def _outcome(self, one: Proposal, columns: dict[str, Any]) -> Outcome:
        term = self.terms.get(one.new["disposition"])
        if term is None:
            raise ValidationError(f"There is no disposition “{one.new['disposition']}”. Load the reference data.")
        return Outcome(event=self.row(one.new["act"]), charge=self.row(one.new["charge"]), disposition=term, **columns)

    def _sentence(self, one: Proposal, columns: dict[str, Any]) -> SentencePart:
        return SentencePart(event=self.row(one.new["act"]), charge=self.row(one.new["charge"]), **columns)

    def _relation(self, one: Proposal, columns: dict[str, Any]) -> CaseRelation:
        return CaseRelation(case=self._home(one), **columns)


def _identity(row: models.Model | None) -> Any:
    """Return what tells rows apart, saved or not."""
    return None if row is None else ("new", id(row)) if row.pk is None else row.pk


def known_counsel(cases: Iterable[Case], within: dict[int, str]) -> dict[str, Person]:
    """Return the officials and counsel that cases of the record have already, by the key a file knows them by."""
    found: dict[str, Person] = {}
    ids = [case.pk for case in cases]
    roles = Participant.objects.filter(case__in=ids, role__in=OfficialRole.values).select_related("person")
    for row in roles.order_by("pk"):
        for part in ("counsel", "court"):
            found.setdefault(f"{within[row.case_id or 0]}|{part}|{of_name(row.person.name)}", row.person)
    return found


def known_roles(cases: Iterable[Case]) -> dict[tuple[Any, ...], Participant]:
    """Return the roles that cases of the record have already, as ``Making.roles`` keys them."""
    rows_there = Participant.objects.filter(case__in=[case.pk for case in cases], started_on=None)
    found: dict[tuple[Any, ...], Participant] = {}
    for row in rows_there.select_related("person", "case"):
        found[row.case_id, row.person_id, row.role, row.represents_id] = row
    return found

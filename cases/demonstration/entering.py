"""Entering a record: every row goes through the verbs of ``cases.editing``, all in one sitting or not at all.

What the database already has (by slug, or for a source by address or title) is left as it is, with
everything that belongs to it: editors may have worked on it since.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.demonstration.reading import BadRecord, Entry, blaming, read, read_date
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from people.models import Name, Person

Slugged = TypeVar("Slugged", Case, Court, Disposition, Person)

RECORD = Path(__file__).parent.parent / "data" / "demo" / "rust"


@dataclass(frozen=True, slots=True)
class Entered:
    """The slugs of the matters and cases that were new."""

    matters: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.matters and not self.cases:
            return "Everything is there already."
        return f"Entered {len(self.matters)} matter(s) and {len(self.cases)} case(s)."


def enter_record(folder: Path = RECORD, *, by: User) -> Entered:
    """Enter the record whose files lie in ``folder``, and publish it.

    Raises ``BadRecord``, naming file and entry, and then leaves the database as it was.
    """
    record = read(folder / "record.toml")
    files = [read(folder / name) for name in record.values.get("cases", [])]
    try:
        with editing.sitting():
            return _Desk(by).enter(record, files)
    except ValidationError as refusal:  # a rule that spans entries, found when the sitting ends
        raise BadRecord(f"{folder.name}: {' '.join(refusal.messages)}") from refusal


def _named(model: type[Slugged], slug: str) -> Slugged:
    found = model.objects.filter(slug=slug).first()
    if found is None:
        raise ValueError(f"There is no {model._meta.verbose_name} “{slug}”.")
    return found


@dataclass
class _Docket:
    """A case or matter being entered, with what its file has named so far."""

    home: Case | Matter
    file: Entry
    acts: dict[str, Event] = field(default_factory=dict)
    defendants: dict[str, Defendant] = field(default_factory=dict)

    @property
    def place(self) -> dict[str, Case | Matter]:
        """The columns that say where an act or a participant belongs."""
        return {"case" if isinstance(self.home, Case) else "matter": self.home}


class _Desk:
    """One editor entering one record."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.sources: dict[str, Source] = {}

    def enter(self, record: Entry, files: list[Entry]) -> Entered:
        """Enter the whole record in an order in which nothing refers to what is not there yet."""
        for entry in record.entries("person"):
            with blaming(entry):
                self._person(entry)
        for entry in record.entries("source"):
            with blaming(entry):
                self.sources[entry.values["key"]] = self._source(entry)
        matter, is_new = self._matter(record.entry("matter"))
        dockets = [_Docket(matter, record)] if is_new else []
        dockets += [docket for docket in (self._case(file, matter) for file in files) if docket is not None]
        for docket in dockets:
            self._relations(docket)
        for docket in dockets:
            self._fill(docket)
        for docket in reversed(dockets):  # the matter comes last: it rests on its cases
            editing.publish(docket.home, by=self.by)
        cases = tuple(docket.home.slug for docket in dockets if isinstance(docket.home, Case))
        return Entered((matter.slug,) if is_new else (), cases)

    # --- what stands by itself ------------------------------------------------------------------------------------

    def _person(self, entry: Entry) -> None:
        if Person.objects.filter(slug=entry.values["slug"]).exists():
            return
        person = editing.save(Person(**entry.without("names")), by=self.by)
        for name in entry.values.get("names", []):
            editing.save(Name(person=person, **name), by=self.by)

    def _source(self, entry: Entry) -> Source:
        wanted = Source(**entry.without("key"))
        known = {"url": wanted.url} if wanted.url else {"publisher": wanted.publisher, "title": wanted.title}
        return Source.objects.filter(**known).order_by("pk").first() or editing.save(wanted, by=self.by)

    def _matter(self, entry: Entry) -> tuple[Matter, bool]:
        with blaming(entry):
            there = Matter.objects.filter(slug=entry.values["slug"]).first()
            return (there, False) if there else (editing.save(Matter(**entry.values), by=self.by), True)

    def _case(self, file: Entry, matter: Matter) -> _Docket | None:
        entry = file.entry("case")
        with blaming(entry):
            if Case.objects.filter(slug=entry.values["slug"]).exists():
                return None
            court = _named(Court, entry.values["court"])
            case = editing.save(Case(matter=matter, court=court, **entry.without("court", "relations")), by=self.by)
        docket = _Docket(case, file)
        for position, row in enumerate(file.entries("defendant"), 1):
            with blaming(row):
                person = _named(Person, row.values["person"])
                new = Defendant(case=case, person=person, position=position, **row.without("person"))
                docket.defendants[person.slug] = editing.save(new, by=self.by)
        return docket

    def _relations(self, docket: _Docket) -> None:
        if not isinstance(docket.home, Case):
            return
        for entry in docket.file.entry("case").entries("relations"):
            with blaming(entry):
                target = _named(Case, entry.values["target"])
                new = CaseRelation(case=docket.home, target=target, **entry.without("target"))
                editing.save(new, by=self.by)

    # --- what a case or matter holds ------------------------------------------------------------------------------

    def _fill(self, docket: _Docket) -> None:
        for entry in docket.file.entries("act"):
            with blaming(entry):
                self._act(docket, entry)
        for entry in docket.file.entries("participant"):
            with blaming(entry):
                self._participant(docket, entry)

    def _act(self, docket: _Docket, entry: Entry) -> None:
        key = entry.values["key"]
        if key in docket.acts:
            raise ValueError("Another act of this file has the same key.")
        when = read_date(entry.values["on"])
        category, _, kind = entry.values["act"].partition("/")
        actor = entry.values.get("actor")
        apart = ("key", "on", "act", "actor", "sources", "concerns", "charge", "outcome", "sentence", "despite")
        act = docket.acts[key] = editing.save(
            Event(
                on=when.start,
                precision=when.precision.value,
                qualifier=when.qualifier.value,
                until=when.until,
                category=category,
                kind=kind,
                actor=_named(Person, actor) if actor else None,
                **docket.place,
                **entry.without(*apart),
            ),
            by=self.by,
        )
        if concerned := [self._concerned(docket, whom) for whom in entry.values.get("concerns", [])]:
            editing.concern(act, defendants=concerned, by=self.by)
        self._effects(docket, act, entry)
        for row in entry.entries("sources"):
            with blaming(row):
                source = self.sources[row.values["source"]]
                editing.save(Citation(event=act, source=source, **row.without("source")), by=self.by)
        editing.publish(act, by=self.by, despite=entry.values.get("despite", ""))

    def _effects(self, docket: _Docket, act: Event, entry: Entry) -> None:
        for row in entry.entries("charge"):
            with blaming(row):
                self._charge(docket, act, row)
        for row in entry.entries("outcome"):
            with blaming(row):
                term = _named(Disposition, row.values["disposition"])
                rest = row.without("charge", "defendant", "disposition")
                new = Outcome(event=act, charge=self._charged(docket, row), disposition=term, **rest)
                editing.save(new, by=self.by)
        for row in entry.entries("sentence"):
            with blaming(row):
                rest = row.without("charge", "defendant")
                editing.save(SentencePart(event=act, charge=self._charged(docket, row), **rest), by=self.by)

    def _charge(self, docket: _Docket, act: Event, row: Entry) -> None:
        defendant = self._defendant(docket, row)
        charge = Charge(created_by=act, defendant=defendant, **row.without("defendant", "enhances", "replaces"))
        if title := row.values.get("enhances"):
            charge.enhances = Charge.objects.get(defendant=defendant, title=title)
        if earlier := row.values.get("replaces"):
            charge.replaces = Charge.objects.get(
                defendant__case__slug=earlier["case"], defendant__person=defendant.person, title=earlier["charge"]
            )
        editing.save(charge, by=self.by)

    def _participant(self, docket: _Docket, entry: Entry) -> None:
        represents = entry.values.get("represents")
        new = Participant(
            person=_named(Person, entry.values["person"]),
            represents=docket.defendants[represents] if represents else None,
            shown_by=docket.acts[entry.values["shown_by"]],
            **docket.place,
            **entry.without("person", "represents", "shown_by"),
        )
        editing.save(new, by=self.by)

    # --- who and which --------------------------------------------------------------------------------------------

    def _defendant(self, docket: _Docket, entry: Entry) -> Defendant:
        """Return the defendant an entry names; the only one of the case need not be named."""
        named = entry.values.get("defendant")
        if named is None and len(docket.defendants) != 1:
            raise ValueError("Name the defendant: this case has not exactly one.")
        return docket.defendants[named] if named is not None else next(iter(docket.defendants.values()))

    def _charged(self, docket: _Docket, entry: Entry) -> Charge:
        return Charge.objects.get(defendant=self._defendant(docket, entry), title=entry.values["charge"])

    def _concerned(self, docket: _Docket, whom: dict[str, str] | str) -> Defendant:
        """Return a defendant of this case by slug, or of another as { case, person }."""
        if isinstance(whom, str):
            return docket.defendants[whom]
        return Defendant.objects.get(case__slug=whom["case"], person__slug=whom["person"])

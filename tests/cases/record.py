"""A small record for tests: one published criminal case, entered row by row as the models have it."""

from datetime import date, datetime
from typing import Any

from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Court,
    Defendant,
    Disposition,
    Event,
    Jurisdiction,
    Matter,
    Outcome,
    Participant,
    Source,
)
from people.models import Person

TERMS = {
    "convicted_jury": ("conviction", "Convicted by a jury"),
    "acquitted_jury": ("non_conviction", "Acquitted by a jury"),
    "dismissed_with_prejudice": ("non_conviction", "Dismissed with prejudice"),
    "dismissed_without_prejudice": ("non_conviction", "Dismissed without prejudice"),
}


def person(name: str, **more: Any) -> Person:
    """A person with an address made of the name."""
    more.setdefault("slug", name.lower().replace(" ", "-").replace(".", ""))
    return Person.objects.create(name=name, **more)


def court(slug: str = "santa-rosa-district") -> Court:
    """A trial court in New Freedonia."""
    where, _ = Jurisdiction.objects.get_or_create(slug="new-freedonia", defaults={"name": "New Freedonia"})
    return Court.objects.get_or_create(
        slug=slug, defaults={"name": slug.replace("-", " ").title(), "jurisdiction": where}
    )[0]


def case(slug: str, *, state: str = "published", **more: Any) -> Case:
    """A criminal case with a caption made of its address."""
    more.setdefault("court", court())
    more.setdefault("caption", slug.replace("-", " ").capitalize())
    return Case.objects.create(slug=slug, editorial_state=state, **more)


def matter(slug: str, *, state: str = "published") -> Matter:
    """A matter."""
    return Matter.objects.create(slug=slug, title=slug.replace("-", " ").capitalize(), editorial_state=state)


def defendant(where: Case, who: Person, **more: Any) -> Defendant:
    """A defendant in a case."""
    return Defendant.objects.create(case=where, person=who, **more)


def act(where: Case | Matter, day: str, what: str, *, state: str = "published", **more: Any) -> Event:
    """An act: ``what`` is "filing indictment" or "ruling dismiss granted"; ``day`` is ISO, "" when unknown."""
    category, kind, *decision = what.split()
    place = {"case": where} if isinstance(where, Case) else {"matter": where}
    precision = {10: "day", 7: "month", 4: "year", 0: "unknown"}[len(day)]
    on = date.fromisoformat(day + "-01-01"[len(day) - 10 :] if len(day) < 10 else day) if day else None
    named = more.pop("named", ())
    more.setdefault("title", f"{what.capitalize()} of {day or 'no date'}")
    event = Event.objects.create(
        **place,
        on=on,
        precision=precision,
        category=category,
        kind=kind,
        decision=decision[0] if decision else "",
        editorial_state=state,
        **more,
    )
    event.defendants.set(named)
    return event


def entered(event: Event, day: str) -> Event:
    """An act, as if it had been entered on another day than today."""
    at = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    Event.objects.filter(pk=event.pk).update(created_at=at)
    return event


def charge(who: Defendant, title: str, by: Event, **more: Any) -> Charge:
    """A charge brought by an act."""
    return Charge.objects.create(defendant=who, title=title, created_by=by, **more)


def outcome(by: Event, of: Charge, term: str, **more: Any) -> Outcome:
    """An outcome given by an act."""
    cls, label = TERMS[term]
    row, _ = Disposition.objects.get_or_create(
        slug=term, defaults={"cls": cls, "label": label, "sentence": f"{label}."}
    )
    return Outcome.objects.create(event=by, charge=of, disposition=row, **more)


def cite(event: Event, publisher: str = "The Daily Docket", **more: Any) -> Citation:
    """A citation of a report on an act."""
    kind = more.pop("kind", "news_report")
    source = Source.objects.create(kind=kind, publisher=publisher, title=f"Report on {event.title}")
    return Citation.objects.create(event=event, source=source, **more)


def relate(one: Case, kind: str, other: Case) -> CaseRelation:
    """A relation from one case to another."""
    return CaseRelation.objects.create(case=one, kind=kind, target=other)


def role(where: Case | Matter, who: Person, what: str, shown_by: Event) -> Participant:
    """A role in a case or matter, shown by an act."""
    place = {"case": where} if isinstance(where, Case) else {"matter": where}
    return Participant.objects.create(**place, person=who, role=what, shown_by=shown_by)

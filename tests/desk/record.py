"""A small published case for the tests of the desk, entered through the verbs."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from cases import editing
from cases.models import Case, Charge, Citation, Court, Defendant, Event, Source
from people.models import Person


@dataclass
class Docket:
    """A case with one defendant and the complaint that charged them."""

    case: Case
    defendant: Defendant
    complaint: Event
    charge: Charge


def docket(court: Court, report: Source, by: User, *, slug: str = "state-v-quint", name: str = "Zoë Quint") -> Docket:
    """Enter and publish a case in which a complaint charges one person with arson."""
    with editing.sitting():
        person = editing.save(Person(slug=f"{slug}-person", name=name), by=by)
        case = editing.save(Case(slug=slug, caption=f"State v. {name.rsplit(maxsplit=1)[-1]}", court=court), by=by)
        defendant = editing.save(Defendant(case=case, person=person), by=by)
        complaint = act(case, "Complaint filed", "filing complaint", date(2024, 1, 10), report, by)
        charge = editing.save(Charge(defendant=defendant, created_by=complaint, title="Arson"), by=by)
        editing.publish(complaint, by=by)
        editing.publish(case, by=by)
    return Docket(case, defendant, complaint, charge)


def act(case: Case, title: str, what: str, on: date | None, report: Source | None, by: User, **more: object) -> Event:
    """Enter an act as a draft, with a citation if a report is given."""
    category, kind, *decision = what.split()
    entered = Event(case=case, title=title, category=category, kind=kind, decision="".join(decision), on=on, **more)
    with editing.sitting():
        editing.save(entered, by=by)
        if report is not None:
            editing.save(Citation(event=entered, source=report), by=by)
    return entered

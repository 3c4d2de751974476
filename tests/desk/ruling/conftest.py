"""A published case with two charges, a judge, a prosecution and an appeal, and the terms of the glossary."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import editing
from cases.dossier import load_case
from cases.models import Case, CaseRelation, Charge, Court, Defendant, Disposition, Event, Participant, Source
from desk.ruling.foresight import Foresight
from people.models import Person
from tests.desk.record import act

TERMS = {
    "dismissed_with_prejudice": ("non_conviction", "Dismissed with prejudice"),
    "dismissed_without_prejudice": ("non_conviction", "Dismissed without prejudice"),
    "nolle_prosequi": ("non_conviction", "Dropped by the prosecution"),
    "acquitted_jury": ("non_conviction", "Acquitted by a jury"),
    "vacated_discharged": ("non_conviction", "Conviction vacated, defendant discharged"),
    "convicted_jury": ("conviction", "Convicted by a jury"),
    "convicted_no_contest": ("conviction", "Convicted on a no contest plea"),
    "mistrial_pending": ("pending", "Mistrial, charge pending"),
    "retrial_ordered": ("pending", "New trial ordered"),
    "remanded": ("pending", "Sent back for new proceedings"),
}
ADDRESS = "https://www.reuters.com/legal/state-v-quint-judge-rules-on-motion-2024-07-12/"
# A new source as the page sends it, once it has filled in what the address tells.
NEW = {
    "source-0-source": ADDRESS,
    "source-0-guessed": ADDRESS,
    "source-0-kind": "news_agency",
    "source-0-publisher": "Reuters",
    "source-0-title": "State v quint judge rules on motion",
    "source-0-published_on": "2024-07-12",
}


@dataclass
class World:
    """A case against Zoë Quint on two counts, and the court of appeal's case."""

    case: Case
    appeal: Case
    defendant: Defendant
    arson: Charge
    theft: Charge
    complaint: Event
    judge: Person
    state: Person
    report: Source

    def fields(self, **more: Any) -> dict[str, Any]:
        """Return what a browser sends for a ruling that dismisses the first charge, changed by ``more``."""
        sent = {
            "case": self.case.pk,
            "what": "ruling:dismiss",
            "decision": "granted",
            "on": "2024-07-12",
            f"outcome-{self.arson.pk}": "dismissed_with_prejudice",
            "source-0-source": str(self.report),
            "parts": "1",
            "sources": "1",
        }
        return {name: value for name, value in {**sent, **more}.items() if value is not None}

    def outcomes(self, **terms: str) -> dict[str, str]:
        """Return the fields that choose an outcome for the named charges: ``arson="convicted_jury"``."""
        return {f"outcome-{getattr(self, name).pk}": term for name, term in terms.items()}

    def told(self, case: Case | None = None) -> dict[str, str]:
        """Return what readers read today of the case, of the defendant and of each charge."""
        dossier = load_case((case or self.case).slug)
        assert dossier is not None
        answer = dossier.answer(timezone.localdate())
        people = {them.defendant.name: them.wording for them in answer.defendants}
        charges = {one.charge.title: one.wording for them in answer.defendants for one in them.charges}
        return {"case": answer.wording, "finality": answer.finality.value.value, **people, **charges}


@pytest.fixture
def world(editor: User, court: Court, report: Source) -> World:
    """Two counts against Zoë Quint, brought by a complaint of 10 January 2024; everything is public."""
    Disposition.objects.bulk_create(
        Disposition(slug=slug, cls=cls, label=label, sentence=f"{label}.") for slug, (cls, label) in TERMS.items()
    )
    with editing.sitting():
        zoe, judge, state = (
            editing.save(Person(slug=slug, name=name, kind=kind), by=editor)
            for slug, name, kind in (
                ("zoe-quint", "Zoë Quint", "person"),
                ("ada-marlowe", "Ada Marlowe", "person"),
                ("the-state", "The State", "government_body"),
            )
        )
        case = editing.save(Case(slug="state-v-quint", caption="State v. Quint", court=court), by=editor)
        zoe_here = editing.save(Defendant(case=case, person=zoe), by=editor)
        complaint = act(case, "Complaint filed", "filing complaint", date(2024, 1, 10), report, editor)
        arson, theft = (
            editing.save(Charge(defendant=zoe_here, created_by=complaint, title=title, count=count), by=editor)
            for count, title in enumerate(("Arson", "Theft"), 1)
        )
        editing.save(Participant(case=case, person=judge, role="judge", shown_by=complaint), by=editor)
        editing.save(Participant(case=case, person=state, role="government", shown_by=complaint), by=editor)
        editing.publish(complaint, by=editor)
        editing.publish(case, by=editor)
        appeal = editing.save(Case(slug="quint-appeal", caption="Appeal", kind="appellate", court=court), by=editor)
        editing.save(CaseRelation(case=appeal, kind="appeal_of", target=case), by=editor)
    return World(case, appeal, zoe_here, arson, theft, complaint, judge, state, report)


def send(client: Client, fields: dict[str, Any], button: str = "_publish") -> HttpResponse:
    """Send the screen in by one of its buttons."""
    return client.post(reverse("admin:ruling"), fields | {button: "1"})


def preview(client: Client, fields: dict[str, Any]) -> str:
    """Return what the preview says, in one line."""
    return words(client.post(reverse("admin:ruling_preview"), fields))


def foresight(client: Client, fields: dict[str, Any]) -> Foresight:
    """Return what the preview foretells."""
    found: Foresight = client.post(reverse("admin:ruling_preview"), fields).context["foreseen"].foresight
    return found


def words(response: HttpResponse) -> str:
    """Return the text of an answer in one line."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(bare)).strip()


def wrong(response: HttpResponse) -> dict[str, list[str]]:
    """Return the errors of the screen by field; "" for those above it."""
    screen = response.context["screen"]
    found: dict[str, list[str]] = {"": screen.above} if screen.above else {}
    for form in (screen.act, *screen.cited, *screen.parts, *screen.aparts):
        found |= {form.add_prefix(name): [str(one) for one in told] for name, told in form.errors.items()}
    return found | {name: [told] for name, told in screen.rows.errors.items()}

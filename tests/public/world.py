"""Published cases for the tests of the pages: entered as rows, then derived as the verbs derive them."""

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate

from cases.editing import refresh_status
from cases.models import Case, Charge, Correction, Defendant, Event, Matter, Participant
from cases.public_standing import refresh_standing
from tests.cases import record

PUBLIC_PAGES = (
    "/", "/cases/", "/people/", "/courts/", "/glossary/", "/about/", "/gallery/", "/corrections/", "/robots.txt",
)  # fmt: skip


@dataclass
class Docket:
    """A case with one defendant, charged by a complaint and tried."""

    case: Case
    defendant: Defendant
    charge: Charge
    complaint: Event
    verdict: Event
    judge: Participant
    victim: Participant


def tried(
    slug: str = "state-v-roe", name: str = "Jane Roe", *, term: str = "convicted_jury", matter: Matter | None = None
) -> Docket:
    """A case in which somebody was charged with theft on 10 January 2024 and tried on 3 June 2024."""
    case = record.case(slug, caption=f"State v. {name}", docket_number=f"D-{slug}-1", matter=matter)
    who = record.defendant(case, record.person(name))
    complaint = record.act(case, "2024-01-10", "filing complaint", title=f"{name} charged")
    verdict_kind = "guilty" if term.startswith("convicted") else "not_guilty"
    verdict = record.act(case, "2024-06-03", f"verdict {verdict_kind}", title=f"Jury decides on {name}")
    charge = record.charge(who, "Theft of a boat", complaint, statute="Code § 7", instrument="complaint")
    record.outcome(verdict, charge, term)
    record.cite(complaint, "The Daily Docket")
    record.cite(verdict, "The Evening Docket")
    judge = record.role(case, record.person(f"Justice {slug}"), "judge", complaint)
    victim = record.role(case, record.person(f"Victim {slug}"), "victim", complaint)
    derive(case)
    return Docket(case, who, charge, complaint, verdict, judge, victim)


def derive(*cases: Case) -> None:
    """Write down what the law derives, as the verbs do after every change."""
    for case in cases:
        refresh_status(case, on=localdate())
    refresh_standing()


def seal(thing: Case | Defendant) -> None:
    """Leave only a tombstone."""
    type(thing).objects.filter(pk=thing.pk).update(
        visibility="sealed", sealed_basis="Code § 99", sealed_on=date(2024, 8, 1)
    )
    derive(thing if isinstance(thing, Case) else thing.case)


def corrected(sentence: str, **place: Any) -> None:
    """A correction that a case, or a matter, lists."""
    Correction.objects.create(kind="error", sentence=sentence).places.create(**place)


def html(response: HttpResponse) -> str:
    """The body of an answer."""
    return response.content.decode()


def text(response: HttpResponse, *, of: str = "main") -> str:
    """What a reader reads in the page's main part, in one line."""
    body = html(response)
    found = re.search(rf"<{of}\b.*</{of}>", body, re.DOTALL)
    bare = re.sub(r"<[^>]+>", " ", found.group() if found else body)
    return re.sub(r"\s+", " ", unescape(bare)).strip()


def part(response: HttpResponse, identity: str) -> str:
    """The element with an id and what follows it as far as its list item or card ends, in one line."""
    body = html(response)
    start = body.index(f'id="{identity}"')
    end = min(
        place
        for place in (body.find(mark, start) for mark in ("</li>\n", "</article>", "</li><li", "</ol>"))
        if place > 0
    )
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body[start:end].partition(">")[2]))).strip()


def badges(response: HttpResponse) -> list[tuple[str, str]]:
    """The looks and words of all badges in the page, in order."""
    return re.findall(r'<span class="badge o-([a-z]+)"><svg.*?</svg>(.*?)</span>', html(response))


def published(thing: Any, state: str = "published") -> Any:
    """Give an act, a case or a matter another editorial state, and derive its case again."""
    type(thing).objects.filter(pk=thing.pk).update(editorial_state=state)
    if isinstance(thing, Event) and thing.case is not None:
        derive(thing.case)
    if isinstance(thing, Case):
        derive(thing)
    return thing

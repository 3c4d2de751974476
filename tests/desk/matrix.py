"""Every address of the site, filled in from a small world, and the browsers of everybody who may come to them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from cases import editing
from cases.history import history_of
from cases.models import Case, Court, Disposition, Event, Matter, Source
from desk.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, make_groups
from imports.models import Batch, CourtName, Mapping, Origin
from people.merging import merge
from people.models import Person
from tests.desk.record import Docket, act, docket

STRANGER, ACCOUNT = "stranger", "account"  # nobody; somebody who may come to the desk, and has no role there
CONTRIBUTOR, EDITOR, ADMINISTRATOR = "contributor", "editor", "administrator"
WHO = (STRANGER, ACCOUNT, CONTRIBUTOR, EDITOR, ADMINISTRATOR)
GROUPS = {CONTRIBUTOR: CONTRIBUTORS, EDITOR: EDITORS, ADMINISTRATOR: ADMINISTRATORS}


TABLE = """name = "a-table"
columns = ["who"]
case = { key = "{who}", caption = "Prosecution of {who}" }
party = { name = "{who}" }
charge = { title = "Something" }
"""


@dataclass
class World:
    """What the addresses lead to; what is a draft was written by the contributor, all else by somebody else."""

    quint: Docket
    draft: Case
    draft_act: Event
    hearing: Event
    ruling: Event
    matter: Matter
    other: Person
    report: Source
    accounts: dict[str, User]


def people() -> dict[str, User]:
    """Return an account for everybody who has one, by their place in the tables."""
    groups = make_groups()
    found = {}
    for who in WHO[1:]:
        found[who] = User.objects.create_user(who, password="a long enough phrase", is_staff=True)
        if who in GROUPS:
            found[who].groups.add(groups[GROUPS[who]])
    return found


def world(court: Court, report: Source) -> World:
    """Enter a published matter, case and act, a hearing to come, a draft case, and a row of each other noun."""
    accounts = people()
    boss = User.objects.create_superuser("boss")
    quint = docket(court, report, boss)
    told = editing.corrected(kind="update", sentence="The record was changed by a test.", by=boss)
    with told, editing.sitting():
        matter = editing.save(Matter(slug="the-fire", title="The fire"), by=boss)
        quint.case.matter = matter
        quint.case.summary = "What the editors wrote."
        editing.save(quint.case, by=boss)
        editing.publish(matter, by=boss)
        draft = editing.save(Case(slug="draft-case", caption="State v. Nobody", court=court), by=accounts[CONTRIBUTOR])
        draft_act = act(draft, "A draft", "filing complaint", date(2024, 2, 1), report, accounts[CONTRIBUTOR])
        hearing = act(
            quint.case, "A hearing", "hearing status_conference", date(2024, 3, 1), report, boss, occurrence="scheduled"
        )
        ruling = act(quint.case, "A ruling", "ruling dismiss denied", date(2024, 4, 1), report, boss)
        editing.publish(ruling, by=boss)
    with editing.corrected(kind="update", sentence="The record was told in more words.", by=accounts[EDITOR]):
        ruling.text = "What the judge said."
        editing.save(ruling, by=accounts[EDITOR])
        quint.case.summary = "What the editors wrote later."
        editing.save(quint.case, by=accounts[EDITOR])
    twice = editing.save(Person(slug="z-quint", name="Z. Quint"), by=boss)
    merge(keep=quint.defendant.person, absorb=twice, by=boss)
    Disposition.objects.create(
        slug="acquitted_jury", cls="non_conviction", label="Acquitted", sentence="A jury acquitted."
    )
    origin = Origin.objects.create(slug="a-sheet", name="A sheet")
    Batch.objects.create(
        origin=origin, file_name="sheet.csv", sha256="0" * 64, source_kind="table", made_by=boss, account=EMPTY
    )
    CourtName.objects.create(origin=origin, name="dct", court=court)
    Mapping.objects.create(name="a-table", title="A table", text=TABLE)
    other = editing.save(Person(slug="zoe-kwint", name="Zoe Kwint"), by=boss)
    return World(quint, draft, draft_act, hearing, ruling, matter, other, report, accounts)


def own_act(given: World, who: str) -> Event:
    """Enter a draft that ``who`` wrote."""
    return act(given.quint.case, "Their own", "filing complaint", date(2024, 2, 2), given.report, given.accounts[who])


def earlier_state(case: Case) -> int:
    """Return what the history of a case has before its last state."""
    return history_of(Case).objects.filter(id=case.pk).order_by("-pgh_id").values_list("pgh_id", flat=True)[1]


class Undrawn:
    """A middleware for these tests: who may see a page is settled when its template is drawn, so it is not drawn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        response.template_name = engines["django"].from_string("")
        return response


EMPTY = {"in_file": {}, "told": {}, "left_out": []}

# What some addresses have to be asked with before they answer anything.
ASKED = {
    "admin:autocomplete": "?app_label=cases&model_name=event&field_name=case",
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name with its namespaces (its text, if it has no name), and a path."""

    name: str
    path: str


def addresses(given: World) -> list[Address]:
    """Return every address of the site, as the resolver has them, each filled in."""
    found: dict[str, Address] = {}
    for name, route in _patterns(get_resolver()):
        path = "/" + _filled(name, route, given) + ASKED.get(name, "")
        found.setdefault(path, Address(name, path))  # the first is the one that answers
    return list(found.values())


def _patterns(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _patterns(pattern, before + _simple(str(pattern.pattern)), inner)
        else:
            assert isinstance(pattern, URLPattern)
            route = before + _simple(str(pattern.pattern))
            yield f"{space}{pattern.name or route}", route


def _simple(route: str) -> str:
    """Return a pattern in the form of ``path()``; one that is a regular expression by its first possibility."""
    if not route.startswith("^"):
        return route
    text, names = next(iter(normalize(route)))
    return text % {name: f"<{name}>" for name in names}


def _filled(name: str, route: str, given: World) -> str:
    model = re.match(r"admin:(?:desk/)?([a-z]+)[_/]([a-z]+)[_/]", name)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(_value(found[1], route, model, given)), route)


def _value(wanted: str, route: str, model: re.Match[str] | None, given: World) -> Any:
    case, person = given.quint.case, given.quint.defendant.person
    slugs = {"people/": person.slug, "courts/": case.court.slug, "matters/": given.matter.slug}
    rows = {
        "desk/acts/": given.hearing, "desk/cases/matter/": given.matter, "desk/past/matters/": given.matter,
        "desk/past/people/": person,
    }  # fmt: skip
    fixed = {
        "keep": person.pk, "absorb": person.pk, "noun": "case", "label": "cases.case", "app_label": "cases",
        "position": earlier_state(case), "url": "no-such-page", "what": "held",
        "on": "2024-06-01",
        "ending": "csv", "content_type_id": ContentType.objects.get_for_model(Case).pk,
    }  # fmt: skip
    if wanted == "slug":
        return "statement" if "/enter/" in route else slugs.get(route.partition("<")[0], case.slug)
    if wanted == "pk" and (row := rows.get(route.partition("<")[0])):
        return row.pk
    if wanted in ("object_id", "id", "pk") and model is not None and (found := _model(model[1], model[2])):
        return found._default_manager.order_by("pk").values_list("pk", flat=True)[0]
    return fixed.get(wanted, case.pk)


def _model(app: str, noun: str) -> type[models.Model] | None:
    try:
        return apps.get_model(app, noun)
    except LookupError:
        return None


def browsers(given: World) -> dict[str, Client]:
    """Return a browser for each, signed in who can be."""
    found = {STRANGER: Client()}
    for who, user in given.accounts.items():
        found[who] = Client()
        found[who].force_login(user)
    return found


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Undo, at the end, whatever was written, and whatever the browser noted."""
    cookies = client.cookies.output(header="")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)


def look(client: Client, path: str) -> str:
    """Open an address, and return the answer in a word."""
    return in_a_word(client.get(path))


def send(client: Client, path: str) -> str:
    """Send an empty form to an address, undo it, and return the answer in a word."""
    with undone(client):
        response: HttpResponse = client.post(path)
    return in_a_word(response)


def in_a_word(response: HttpResponse) -> str:
    """Return "open", "door" (to the sign-in), "on" (led to another page), or the status that refuses."""
    if response.status_code in (301, 302):
        return "door" if response.headers["Location"].startswith("/desk/login/") else "on"
    return "open" if response.status_code == 200 else str(response.status_code)

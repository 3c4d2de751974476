"""Each page asks the database a fixed number of questions, however much there is to show."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Matter
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "/": 6,
    "/cases/": 6,
    "/cases/?q=roe": 6,
    "/cases/?status=open_active&kind=criminal&outcome=conviction&year=2024": 6,
    "/cases/?court=santa-rosa-district": 8,
    "/cases/state-v-roe/": 15,
    "/cases/state-v-roe/?as_of=2024-02-01&defendant=jane-roe": 14,
    "/cases/state-v-roe/feed/": 14,
    "/cases/nobody/": 3,  # whether there is one, whether it moved, whether it was ever public
    "/matters/harbour-fire/": 22,
    "/people/": 8,
    "/people/?q=jane+roe": 13,
    "/people/jane-roe/": 8,
    "/courts/": 2,
    "/courts/santa-rosa-district/": 8,
    "/corrections/": 1,
    "/glossary/": 1,
    "/about/": 0,
    "/gallery/": 0,
    "/robots.txt": 0,
}


def fill(matter: Matter, number: int) -> None:
    """One more case in the matter, with one more of everything in the first case and for the first person."""
    name = "Jane Roe" if number == 0 else f"State Person {number}"
    slug = "state-v-roe" if number == 0 else f"state-v-person-{number}"
    new = world.tried(slug, name, matter=matter)
    first = matter.cases.get(slug="state-v-roe")
    for case in {first, new.case}:
        act = record.act(case, "2024-07-01", "statement denial", title="Denial", actor=new.judge.person)
        record.cite(act, f"Gazette {number}")
        who = record.defendant(case, record.person(f"State Other {number} {case.pk}"))
        record.charge(who, "Perjury", record.act(case, "2024-02-01", "filing indictment", title="Indicted"))
        record.role(case, record.person(f"State Witness {number} {case.pk}"), "witness", act)
        case.relations.create(kind="related", target_text=f"Other court {number}")
    if not number:
        record.relate(new.case, "related", world.tried("state-v-elsewhere", "State Stranger").case)
    else:
        record.relate(new.case, "related", first)
        who = record.defendant(new.case, first.defendants.get(person__slug="jane-roe").person)
        record.charge(who, "Fraud", new.complaint)
    act = record.act(matter, "2023-12-01", "incident offence_alleged", title="Fire")
    record.role(matter, record.person(f"State Victim {number}"), "victim", act)
    world.derive(*matter.cases.all())


@pytest.fixture(params=[1, 3])
def _filled(request: pytest.FixtureRequest) -> None:
    matter = record.matter("harbour-fire")
    for number in range(request.param):
        fill(matter, number)


@pytest.mark.usefixtures("_filled")
def test_questions(client: Client) -> None:
    asked = {}
    for address in QUESTIONS:
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        asked[address] = len(counted)
    assert asked == QUESTIONS


@pytest.mark.parametrize(
    ("url", "rows", "never"),
    [
        ("/people/", "people_person", "cases_"),
        ("/courts/", "cases_court", "cases_case"),
    ],
)
def test_a_list_asks_of_those_on_its_page_alone_what_takes_long(
    client: Client, url: str, rows: str, never: str
) -> None:
    """Asked of everybody, among 400,000 cases and a million persons, it took longer than a statement may."""
    world.tried()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    lists = [one["sql"] for one in asked if one["sql"].partition(" FROM ")[2].startswith(f'"{rows}"')]
    assert lists
    assert [sql for sql in lists if never in sql] == []


@pytest.mark.parametrize("filters", ["", "?q=roe", "?year=2024", "?outcome=conviction&court=santa-rosa-district"])
def test_a_list_of_cases_is_counted_and_found_by_its_index_alone(client: Client, filters: str) -> None:
    """Asked of every case, or of every charge, it took 4 to 20 seconds among 400,000."""
    world.tried()
    with CaptureQueriesContext(connection) as asked:
        found = client.get(f"/cases/{filters}")
    assert (found.context["page"].paginator.count, len(found.context["rows"])) == (1, 1)
    record_rows = re.compile(r"\bcases_(case|charge|event|defendant|outcome)\b")
    of_everybody = [q["sql"] for q in asked if record_rows.search(q["sql"]) and not re.search(r"IN \(\d+", q["sql"])]
    assert of_everybody == []

"""Records at the edges of what the columns allow: every page still answers, and the picture stays a picture."""

import re
from datetime import date

import pytest
from django.test import Client

from cases.models import Event, SentencePart
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def test_the_first_and_the_last_day_there_is(client: Client) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    Event.objects.filter(pk=roe.complaint.pk).update(on=date.min)
    Event.objects.filter(pk=roe.verdict.pk).update(until=date.max)
    imposed = record.act(roe.case, "2024-07-01", "sentence imposed", title="Sentence")
    SentencePart.objects.create(event=imposed, charge=roe.charge, kind="prison", years=32767, months=32767, days=0)
    record.act(roe.case, "9999-12-31", "hearing sentencing", title="The last hearing", occurrence="scheduled")
    world.derive(roe.case)
    for address in (*world.PUBLIC_PAGES, "/cases/state-v-roe/", "/people/jane-roe/", "/cases/?year=1600"):
        assert (address, client.get(address).status_code) == (address, 200)
    picture = world.html(client.get("/matters/harbour-fire/")).split('class="lanes"')[1].split("</section>")[0]
    places = [float(place) for place in re.findall(r'(?:x|x1|x2|width)="(-?[\d.]+)%"', picture)]
    assert min(places) >= 0
    assert max(places) <= 100
    assert picture.count("<line") < 200


def test_a_matter_without_anything_in_it(client: Client) -> None:
    record.matter("harbour-fire")
    page = client.get("/matters/harbour-fire/")
    assert page.status_code == 200
    assert "Nothing had been recorded yet." in world.text(page)


def test_a_case_without_any_act(client: Client) -> None:
    record.case("empty-case", matter=record.matter("harbour-fire"))
    for address in ("/cases/empty-case/", "/matters/harbour-fire/", "/cases/"):
        assert client.get(address).status_code == 200
    assert "No published act says anything about the status." in world.text(client.get("/cases/empty-case/"))


@pytest.mark.parametrize("kind", ["appellate", "civil", "juvenile", "bankruptcy", "disciplinary", "investigation"])
def test_every_kind_of_case_has_its_page(client: Client, kind: str) -> None:
    case = record.case("some-case", kind=kind, matter=record.matter("harbour-fire"))
    who = record.defendant(case, record.person("Max Poe"))
    record.charge(who, "Something", record.act(case, "2024-02-01", "filing complaint", title="Brought"))
    world.derive(case)
    for address in ("/cases/some-case/", "/matters/harbour-fire/", "/people/max-poe/"):
        assert (address, "some-case" in world.html(client.get(address))) == (address, True)
    assert client.get(f"/cases/?kind={kind}").context["page"].paginator.count == 1

"""Nothing that is not public is on any public page: not in texts, not in names, not in counts, choices or searches."""

import pytest
from django.test import Client

from cases.models import Case, Citation, Defendant, Event, Matter, Source
from people.models import Name, Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db

# Every page, and each way to ask it. What is looked for ("zebra") is not typed in full: a box repeats what was typed.
PAGES = (
    "/", "/courts/", "/courts/santa-rosa-district/", "/gallery/", "/glossary/",
    "/cases/", "/cases/?q=zeb", "/cases/?q=roe",
    "/people/", "/people/?q=zeb", "/people/?q=roe", "/people/jane-roe/", "/people/justice-state-v-roe/",
    "/cases/state-v-roe/", "/cases/state-v-roe/?as_of=2024-12-31", "/cases/state-v-roe/?kind=filing&order=oldest",
    "/matters/harbour-fire/", "/matters/harbour-fire/?as_of=2024-12-31",
    "/corrections/", "/corrections/?kind=error", "/corrections/feed/",
)  # fmt: skip
STATES = ("draft", "in_review", "withdrawn")


@pytest.fixture
def roe() -> world.Docket:
    """One published case in a published matter."""
    return world.tried(matter=record.matter("harbour-fire"))


def everything(client: Client) -> str:
    """What all public pages say, with and without requests, whole and in part, in one text."""
    whole = [world.html(client.get(address)) for address in PAGES]
    lists = ("/cases/", "/people/?q=zeb", "/cases/state-v-roe/", "/matters/harbour-fire/")
    parts = [world.html(client.get(address, headers={"HX-Request": "true"})) for address in lists]
    return "\n".join(whole + parts)


@pytest.mark.parametrize("state", STATES)
def test_unpublished_acts_with_their_charges_people_and_sources(client: Client, roe: world.Docket, state: str) -> None:
    hidden = record.act(
        roe.case, "2024-05-05", "filing indictment", state=state, title="Zebra act", text="Zebra text",
        actor=record.person("Zebra Actor"),
    )  # fmt: skip
    zebra = record.defendant(roe.case, record.person("Zebra Accused"), position=2)
    record.charge(zebra, "Zebra charge", hidden)
    record.charge(roe.defendant, "Zebra charge of Roe", hidden)
    record.cite(hidden, "Zebra Gazette")
    record.role(roe.case, record.person("Zebra Witness"), "witness", hidden)
    world.corrected("Its day was wrong.", case=roe.case, event=hidden)
    world.derive(roe.case)
    assert "zebra" not in everything(client).lower()
    for address in ("zebra-actor", "zebra-accused", "zebra-witness"):
        assert client.get(f"/people/{address}/").status_code == 404


@pytest.mark.parametrize("state", STATES)
def test_unpublished_cases(client: Client, roe: world.Docket, state: str) -> None:
    hidden = record.case(
        "zebra-case", state=state, caption="Zebra v. Roe", kind="juvenile", court=record.court("zebra-court"),
        matter=roe.case.matter, docket_number="ZEBRA-1",
    )  # fmt: skip
    filed = record.act(hidden, "2024-05-05", "filing indictment", title="Zebra act")
    record.charge(record.defendant(hidden, record.person("Zebra Accused")), "Zebra charge", filed)
    record.charge(record.defendant(hidden, roe.defendant.person), "Zebra charge of Roe", filed)
    record.role(hidden, roe.judge.person, "judge", filed)
    record.cite(filed, "Zebra Gazette")
    record.relate(hidden, "refiled_from", roe.case)
    record.relate(roe.case, "related", hidden)
    world.corrected("What the zebra did was wrong.", case=hidden, event=filed)
    world.derive(hidden, roe.case)
    seen = everything(client)
    assert "zebra" not in seen.lower()
    assert "Juvenile (" not in seen
    assert client.get("/people/zebra-accused/").status_code == 404
    assert client.get("/cases/", {"court": "zebra-court"}).context["form"].errors != {}


@pytest.mark.parametrize("state", STATES)
def test_unpublished_matters(client: Client, roe: world.Docket, state: str) -> None:
    Matter.objects.filter(pk=roe.case.matter_id).update(title="Zebra matter", summary="Zebra", editorial_state=state)
    act = record.act(roe.case.matter, "2023-12-01", "incident offence_alleged", title="Fire")
    record.role(roe.case.matter, record.person("Una Other"), "victim", act)
    world.corrected("What the zebra did was wrong.", matter=roe.case.matter, event=act)
    addresses = ("/", "/cases/", "/cases/state-v-roe/", "/people/", "/corrections/", "/corrections/feed/")
    pages = [client.get(address) for address in addresses]
    assert "zebra" not in "".join(map(world.html, pages)).lower()
    assert client.get("/people/una-other/").status_code == 404
    assert client.get("/matters/harbour-fire/").status_code in (404, 410)


def test_tips_are_never_a_source_nor_what_a_source_relays(client: Client, roe: world.Docket) -> None:
    record.cite(roe.verdict, "Zebra Tipster", kind="tip", quote="Zebra quote")
    tip = Source.objects.get(publisher="Zebra Tipster")
    report = Source.objects.create(kind="news_report", publisher="Evening Post", title="Report", relays=tip)
    Citation.objects.create(event=roe.verdict, source=report)
    seen = everything(client)
    assert "zebra" not in seen.lower()
    assert "Evening Post" in seen


@pytest.mark.parametrize("visibility", ["name_withheld", "sealed"])
def test_hidden_persons(client: Client, roe: world.Docket, visibility: str) -> None:
    zebra = record.person("Zebra Accused", described_as="Zebra keeper")
    Name.objects.create(person=zebra, text="Zebra Alias")
    who = record.defendant(roe.case, zebra, position=2, described_as="keeper of the zebra")
    filed = record.act(roe.case, "2024-05-05", "filing indictment", title="Another is charged", actor=zebra)
    record.charge(who, "Arson", filed)
    record.role(roe.case, zebra, "witness", roe.complaint)
    record.role(roe.case.matter, zebra, "witness", roe.complaint)
    world.corrected("What the zebra did was wrong.", case=roe.case, event=filed)
    world.corrected("The zebra’s part was wrong.", case=roe.case)
    Person.objects.filter(pk=zebra.pk).update(visibility=visibility)
    world.derive(roe.case)
    assert "zebra" not in everything(client).lower()
    assert client.get("/people/zebra-accused/").status_code == 404
    assert client.get("/cases/state-v-roe/", {"defendant": "zebra-accused"}).context["page"].form.errors != {}


@pytest.mark.parametrize("visibility", ["name_withheld", "sealed"])
def test_defendants_hidden_in_one_case(client: Client, roe: world.Docket, visibility: str) -> None:
    zebra = record.person("Zebra Accused")
    who = record.defendant(roe.case, zebra, position=2)
    filed = record.act(roe.case, "2024-05-05", "filing indictment", title="Another is charged", actor=zebra)
    record.charge(who, "Arson", filed)
    world.corrected("What the zebra did was wrong.", case=roe.case)
    if visibility == "sealed":
        world.seal(who)
    else:
        Defendant.objects.filter(pk=who.pk).update(visibility=visibility)
        world.derive(roe.case)
    assert "zebra" not in everything(client).lower()
    assert client.get("/people/zebra-accused/").status_code == 404


def test_a_sealed_charge_is_in_no_count(client: Client, roe: world.Docket) -> None:
    who = record.defendant(roe.case, record.person("Zebra Accused"), position=2)
    filed = record.act(roe.case, "2024-05-05", "filing indictment", title="Zebra indicted")
    record.charge(who, "Zebra arson", filed)
    world.seal(who)
    page = client.get("/matters/harbour-fire/")
    assert "Charges 1 Cases 1" in world.text(page)
    options = world.html(client.get("/cases/")).split('id="f-outcome"')[1].split("</select>")[0]
    assert "Pending" not in options
    assert client.get("/cases/", {"outcome": "pending"}).context["page"].paginator.count == 0


def test_sealed_cases_are_in_no_list_count_or_search(client: Client, roe: world.Docket) -> None:
    zebra = world.tried("zebra-case", "Zebra Accused", matter=roe.case.matter)
    record.relate(roe.case, "related", zebra.case)
    world.corrected("What the zebra did was wrong.", case=zebra.case, event=zebra.verdict)
    world.seal(zebra.case)
    body = everything(client)
    assert "zebra" not in body.lower()
    tombstone = world.html(client.get("/cases/zebra-case/"))
    assert "Sealed record" in tombstone
    assert "zebra" not in tombstone.lower()
    assert client.get("/cases/").context["page"].paginator.count == 1
    assert "1 case in the record" in world.text(client.get("/"))
    assert client.get("/people/zebra-accused/").status_code == 404
    assert client.get("/people/justice-zebra-case/").status_code == 404


def test_a_case_that_withholds_names_shows_none(client: Client, roe: world.Docket) -> None:
    hidden = world.tried("case-seven", "Zebra Accused", matter=roe.case.matter)
    record.relate(roe.case, "related", hidden.case)
    world.corrected("What the zebra did was wrong.", case=hidden.case)
    Event.objects.filter(case=hidden.case).update(title="An act")
    Source.objects.filter(citations__event__case=hidden.case).update(title="A report")
    Case.objects.filter(pk=hidden.case.pk).update(visibility="name_withheld", docket_number="D-7")
    world.derive(hidden.case)
    body = everything(client) + world.html(client.get("/cases/case-seven/"))
    assert "zebra" not in body.lower()
    assert "Case name withheld" in body
    assert client.get("/people/zebra-accused/").status_code == 404


def test_a_published_act_of_a_draft_case_publishes_nobody(client: Client) -> None:
    hidden = world.tried()
    world.published(hidden.case, "draft")
    for address in ("jane-roe", "justice-state-v-roe", "victim-state-v-roe"):
        assert client.get(f"/people/{address}/").status_code == 404
    assert "0 people" in world.text(client.get("/people/"))
    assert "0 cases" in world.text(client.get("/cases/"))
    assert "No case has been published yet." in world.text(client.get("/courts/"))


def test_a_charge_brought_again_where_names_are_withheld_is_not_told_by_the_first_case(
    client: Client, roe: world.Docket
) -> None:
    again = record.case("case-eight", caption="Zebra v. Roe", visibility="name_withheld")
    who = record.defendant(again, roe.defendant.person)
    filed = record.act(again, "2025-01-10", "filing indictment", title="Indicted again")
    record.charge(who, "Theft", filed, replaces=roe.charge, replaces_how="refiled")
    record.relate(again, "refiled_from", roe.case)
    world.derive(again, roe.case)
    pages = [client.get(f"/cases/{slug}/") for slug in ("state-v-roe", "case-eight")]
    first, second = map(world.text, pages)
    assert "10 January 2025" not in first
    assert "case-eight" not in world.html(pages[0])
    assert "Roe" not in second
    assert "state-v-roe" not in world.html(pages[1])

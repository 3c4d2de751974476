"""What is not public leaves no trace: each page answers as if it were not there, to the last byte and header."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.models import Case, Citation, Event, Matter, SecondLook, Source
from people.models import Name, Namesake, Person, Redirect
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db
PAGES = (
    "/", "/robots.txt", "/about/", "/courts/", "/courts/santa-rosa-district/", "/courts/?q=zebra",
    "/cases/", "/cases/?q=roe", "/cases/?order=oldest", "/cases/?kind=criminal", "/cases/?status=convicted",
    "/cases/?court=santa-rosa-district", "/cases/?page=2", "/cases/?as_of=2024-12-31",
    "/people/", "/people/?q=roe", "/people/?q=Jane+Roe", "/people/?q=zeb", "/people/?q=ZEBRA-1",
    "/people/?q=D-state-v-roe-1",
    "/people/?q=zebra&role=defendant", "/people/jane-roe/", "/people/jane-roe/?as_of=2024-12-31",
    "/suggest/?q=zeb", "/suggest/?q=jane", "/suggest/?q=roe",
    "/cases/state-v-roe/", "/cases/state-v-roe/?as_of=2024-12-31", "/cases/state-v-roe/?kind=filing",
    "/cases/state-v-roe/feed/", "/matters/harbour-fire/", "/matters/harbour-fire/?as_of=2024-12-31",
    "/corrections/", "/corrections/?case=zebra-case", "/corrections/feed/", "/corrections/?case=state-v-roe",
    "/cases/zebra-case/", "/cases/zebra-case/feed/", "/matters/zebra/", "/people/zebra-accused/", "/people/old-zebra/",
    "/people/jane-roe-2/", "/courts/zebra-court/",
)  # fmt: skip
HEADERS = ("ETag", "Last-Modified", "Location", "Vary", "Cache-Control", "X-Robots-Tag", "Content-Length")


@pytest.fixture
def roe() -> world.Docket:
    """One published case in a published matter, with a correction."""
    found = world.tried(matter=record.matter("harbour-fire"))
    world.corrected("Its day was wrong.", case=found.case, event=found.complaint)  # an empty feed is dated now
    return found


def answers(client: Client, *more: str) -> dict[str, tuple[int, tuple[str | None, ...], str]]:
    found = {}
    for address in (*PAGES, *more):
        response = client.get(address)
        body = world.html(response)
        found[address] = (response.status_code, tuple(response.headers.get(name) for name in HEADERS), body)
    return found


def told_apart(before: dict, after: dict) -> list[str]:
    return [address for address, answer in before.items() if after[address] != answer]


def zebras(roe: world.Docket, state: str) -> list[Case]:
    """A case that is not public, everywhere near a public one; acts, persons of the same name, links, corrections."""
    court = record.court("zebra-court")
    hidden = record.case("zebra-case", state=state, caption="Zebra v. Roe", docket_number="ZEBRA-1", court=court,
                         matter=roe.case.matter, verified_on="2024-09-09")  # fmt: skip
    filed = record.act(hidden, "2024-05-05", "filing indictment", title="Zebra act")
    zebra = record.person("Zebra Accused", described_as="zebra")
    Redirect.objects.create(person=zebra, old_slug="old-zebra")
    record.charge(record.defendant(hidden, zebra), "Zebra charge", filed)
    record.charge(record.defendant(hidden, roe.defendant.person), "Zebra charge of Roe", filed)
    record.role(hidden, roe.judge.person, "judge", filed)
    record.cite(filed, "Zebra Gazette")
    record.relate(hidden, "appeal_of", roe.case)
    record.relate(roe.case, "related", hidden)
    act = record.act(
        roe.case, "2024-07-07", "ruling dismiss granted", state=state, title="Zebra act", entered_on="2024-07-08"
    )
    record.outcome(act, roe.charge, "dismissed_with_prejudice")
    record.cite(act, "The Daily Docket")
    alike = record.person("Jane Roe", slug="jane-roe-2")
    record.role(roe.case, alike, "witness", act)
    Namesake.objects.create(person=roe.defendant.person, other=zebra)
    Name.objects.create(person=alike, text="Zebra Roe")
    Matter.objects.create(slug="zebra", title="Zebra", editorial_state=state)
    Citation.objects.create(event=act, source=Source.objects.filter(publisher="The Daily Docket").first())
    world.corrected("What the zebra did was wrong.", case=hidden, event=filed)
    eve = User.objects.create_user("eve")
    SecondLook.objects.create(
        noun="person", row_id=zebra.pk, writers=[eve.pk], what="zebra", changed_at="2024-09-09T00:00Z"
    )
    Event.objects.filter(pk=roe.complaint.pk).update(unseen="words", writers=[eve.pk])
    world.derive(hidden, roe.case)
    return [hidden]


def test_nobody_can_tell_that_there_is_a_draft(client: Client, roe: world.Docket) -> None:
    number = Case.objects.order_by("-pk").values_list("pk", flat=True)[0]
    more = [f"/cases/withheld-{pk}/" for pk in range(number, number + 3)]
    before = answers(client, *more)
    zebras(roe, "in_review")
    assert told_apart(before, answers(client, *more)) == []


def test_nobody_can_tell_who_a_hidden_person_is(client: Client, roe: world.Docket) -> None:
    """Two records that differ in the name of a hidden person alone answer alike."""
    who = record.person("Anna Okapi", visibility="name_withheld", slug="anna-okapi")
    record.role(roe.case, who, "witness", roe.complaint)
    filed = record.act(roe.case, "2024-05-05", "filing indictment", title="Another is charged", actor=who)
    record.charge(record.defendant(roe.case, who, position=2), "Arson", filed)
    record.cite(filed, "The Daily Docket")
    Namesake.objects.create(person=roe.defendant.person, other=who)
    world.derive(roe.case)
    more = [f"/people/?q={word}" for word in ("anna", "okapi", "anna+okapi")]
    more += ["/suggest/?q=oka", "/cases/?q=okapi", "/people/anna-okapi/", "/people/zebra-accused/"]
    before = answers(client, *more)
    Person.objects.filter(pk=who.pk).update(slug="zebra-accused")
    again = Person.objects.get(pk=who.pk)
    again.name, again.described_as = "Zebra Accused", "zebra"
    again.save()
    Name.objects.create(person=again, text="Zebra Quagga")
    Redirect.objects.create(person=again, old_slug="old-zebra")
    assert told_apart(before, answers(client, *more)) == []


def test_nobody_can_tell_what_a_sealed_case_was(client: Client, roe: world.Docket) -> None:
    """Two sealed cases that differ in all but their seal, their address and where they belong answer alike."""
    other = world.tried("zebra-case", "Okapi Accused")
    world.seal(other.case)
    before = answers(client, "/people/?q=okapi", "/cases/?q=okapi", "/people/?q=D-zebra-case-1", "/suggest/?q=oka")
    Event.objects.filter(case=other.case).update(on="2011-01-01", title="Zebra", text="Zebra")
    act = record.act(other.case, "2012-02-02", "hearing preliminary", title="Zebra")
    record.cite(act, "Zebra Gazette")
    record.role(other.case, record.person("Zebra Witness"), "witness", act)
    record.charge(record.defendant(other.case, record.person("Zebra Accused")), "Zebra charge", act)
    Case.objects.filter(pk=other.case.pk).update(caption="Zebra v. Okapi", summary="Zebra", kind="juvenile")
    world.corrected("What the zebra did was wrong.", case=other.case, event=act)
    world.derive(other.case)
    after = answers(client, "/people/?q=okapi", "/cases/?q=okapi", "/people/?q=D-zebra-case-1", "/suggest/?q=oka")
    assert told_apart(before, after) == []

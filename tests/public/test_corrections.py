"""Corrections as readers meet them: on the page of a case, in the list, in the feed; and nothing hidden in them."""

from typing import Any

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Correction, Defendant, Event, Matter, Participant
from people.models import Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def correction(sentence: str, *, kind: str = "error", **place: Any) -> Correction:
    """A correction that one case or matter lists."""
    row = Correction.objects.create(kind=kind, sentence=sentence)
    row.places.create(**place)
    return row


def entries(client: Client, address: str = "/corrections/feed/") -> list[dict[str, str]]:
    """What a reader of feeds gets: title, summary, link and id of each entry."""
    feed = ElementTree.fromstring(client.get(address).content)
    return [
        {
            "title": entry.findtext("a:title", "", ATOM),
            "summary": entry.findtext("a:summary", "", ATOM),
            "id": entry.findtext("a:id", "", ATOM),
            "link": entry.find("a:link", ATOM).attrib["href"],
        }
        for entry in feed.findall("a:entry", ATOM)
    ]


def test_a_case_lists_its_own_and_the_list_and_the_feed_have_all(client: Client) -> None:
    roe, poe = world.tried(), world.tried("state-v-poe", "Ann Poe")
    first = correction("The page gave the wrong statute.", case=roe.case, event=roe.complaint)
    second = correction("The summary could be misread.", kind="clarification", case=poe.case)
    page = client.get("/cases/state-v-roe/")
    shown = world.text(page).split("Corrections What was changed", 1)[1]
    assert "Error The page gave the wrong statute. Jane Roe charged" in shown
    assert f'href="/cases/state-v-roe/#act-{roe.complaint.pk}"' in world.html(page)
    assert "could be misread" not in world.html(page)
    assert "wrong statute" not in world.html(client.get("/cases/state-v-roe/?as_of=2024-12-31"))
    everything = client.get("/corrections/")
    assert [row.id for row in everything.context["rows"]] == [second.pk, first.pk]
    assert "2 corrections" in world.text(everything)
    assert entries(client) == [
        {
            "title": "Clarification: State v. Ann Poe",
            "summary": "The summary could be misread.",
            "id": f"http://testserver/corrections/#correction-{second.pk}",
            "link": "http://testserver/cases/state-v-poe/",
        },
        {
            "title": "Error: State v. Jane Roe",
            "summary": "The page gave the wrong statute.",
            "id": f"http://testserver/corrections/#correction-{first.pk}",
            "link": f"http://testserver/cases/state-v-roe/#act-{roe.complaint.pk}",
        },
    ]


def test_they_are_narrowed_by_kind_and_case_and_nonsense_is_said_beside_its_field(client: Client) -> None:
    roe, poe = world.tried(), world.tried("state-v-poe", "Ann Poe")
    first = correction("The page gave the wrong statute.", case=roe.case)
    second = correction("The summary could be misread.", kind="clarification", case=poe.case)
    for asked, found in {
        "kind=error": [first.pk], "case=state-v-poe": [second.pk], "kind=error&case=state-v-poe": [],
        "kind=x": [second.pk, first.pk], "case=nobody": [second.pk, first.pk],
        "case=%00&kind=%00&page=x": [second.pk, first.pk],
    }.items():  # fmt: skip
        assert [row.id for row in client.get(f"/corrections/?{asked}").context["rows"]] == found, asked
        assert len(entries(client, f"/corrections/feed/?{asked}")) == len(found), asked
    assert "No public case has this address." in world.text(client.get("/corrections/?case=nobody"))
    assert client.post("/corrections/feed/").status_code == 405


def test_markup_is_text_on_the_page_and_in_the_feed(client: Client) -> None:
    roe = world.tried()
    Case.objects.filter(pk=roe.case.pk).update(caption="State v. <i>Roe</i> & \x0bCo.")
    said = "It said <b>a & b</b>, and </summary> ]]> was meant."
    correction(said, case=roe.case)
    assert "It said &lt;b&gt;a &amp; b&lt;/b&gt;" in world.html(client.get("/corrections/"))
    (entry,) = entries(client)
    assert entry["title"] == "Error: State v. <i>Roe</i> & Co."
    assert entry["summary"] == "It said &lt;b&gt;a &amp; b&lt;/b&gt;, and &lt;/summary&gt; ]]&gt; was meant."


def hide_case(roe: world.Docket, how: str) -> None:
    """Take the case, or somebody in it, from the public."""
    who = roe.defendant
    match how:
        case "draft" | "in_review" | "withdrawn":
            world.published(roe.case, how)
        case "case sealed":
            world.seal(roe.case)
        case "defendant sealed":
            world.seal(who)
        case "person sealed":
            Person.objects.filter(pk=who.person_id).update(visibility="sealed")
        case "matter":
            Matter.objects.filter(pk=roe.case.matter_id).update(editorial_state="draft")


@pytest.mark.parametrize(
    "how", ["draft", "in_review", "withdrawn", "case sealed", "defendant sealed", "person sealed", "matter"]
)
def test_it_vanishes_with_what_it_is_about(client: Client, how: str) -> None:
    """Also where it is listed by another, public case as well."""
    roe, poe = world.tried(matter=record.matter("harbour-fire")), world.tried("state-v-poe", "Ann Poe")
    home = {"matter": roe.case.matter} if how == "matter" else {"case": roe.case, "event": roe.verdict}
    correction("The sentence has a zebra in it.", **home).places.create(case=poe.case)
    assert "zebra" in everything(client)
    hide_case(roe, how)
    assert "zebra" not in everything(client)
    assert entries(client) == []


def everything(client: Client) -> str:
    """All pages that may list a correction, in one text."""
    pages = (
        "/corrections/", "/corrections/feed/", "/corrections/?kind=error", "/corrections/?case=state-v-roe",
        "/cases/state-v-roe/", "/cases/state-v-poe/", "/matters/harbour-fire/", "/", "/about/",
    )  # fmt: skip
    return "".join(world.html(client.get(address)) for address in pages)


def test_a_sentence_that_holds_a_name_hidden_since_is_not_shown(client: Client) -> None:
    """Neither the sentence, nor the headline it links; in the case, in its sibling and in the case related to it."""
    harbour = record.matter("harbour-fire")
    roe, poe = world.tried(matter=harbour), world.tried("state-v-poe", "Ann Poe", matter=harbour)
    other = world.tried("state-v-coe", "Bea Coe")
    record.relate(other.case, "related", roe.case)
    Event.objects.filter(pk=other.complaint.pk).update(title="Coe and Zebra charged")
    for docket, words in ((roe, "Of Zebra’s part"), (poe, "What zebra did"), (other, "That ZÉBRA was there")):
        correction(f"{words} was told wrongly.", case=docket.case, event=docket.complaint)
    zebra = record.person("Tim Zebra")
    victim = record.role(roe.case, zebra, "victim", roe.complaint)
    assert everything(client).lower().count("zebra") > 6
    Person.objects.filter(pk=zebra.pk).update(visibility="name_withheld")
    world.derive(roe.case)
    seen = "".join(
        world.html(client.get(address)) for address in ("/corrections/", "/corrections/feed/", "/cases/state-v-coe/")
    )
    assert "zébra" not in seen.lower()
    assert "zebra" not in world.html(client.get("/corrections/")).lower()
    assert "has a name in it that is not public" in world.text(client.get("/cases/state-v-poe/"))
    assert '<meta name="robots" content="noindex">' in world.html(client.get("/corrections/"))
    Participant.objects.filter(pk=victim.pk).delete()
    assert "What zebra did was told wrongly." in world.text(client.get("/corrections/"))


def test_an_act_that_is_not_public_any_more_is_not_linked_and_the_sentence_stays(client: Client) -> None:
    roe = world.tried()
    act = record.act(roe.case, "2024-07-01", "statement denial", title="Zebra denies")
    correction("A statement was withdrawn: it was another person’s.", case=roe.case, event=act)
    world.published(act, "withdrawn")
    page = client.get("/corrections/")
    assert "A statement was withdrawn" in world.text(page)
    assert "Zebra" not in world.html(page)
    assert f"#act-{act.pk}" not in world.html(page)


def test_a_case_that_withholds_names_keeps_its_own_out_of_the_list(client: Client) -> None:
    roe = world.tried()
    correction("The page gave the wrong statute.", case=roe.case, event=roe.complaint)
    Case.objects.filter(pk=roe.case.pk).update(visibility="name_withheld")
    page = world.html(client.get("/corrections/"))
    assert "Case name withheld" in page
    assert "Roe" not in page.replace("state-v-roe", "")
    assert "The page gave the wrong statute." in page


@pytest.mark.parametrize("number", [1, 3])
def test_questions(client: Client, number: int) -> None:
    """Each page asks a fixed number of questions, however many corrections there are."""
    roe = world.tried(matter=record.matter("harbour-fire"))
    for one in range(number):
        docket = world.tried(f"state-v-person-{one}", f"Person {one}", matter=roe.case.matter)
        Defendant.objects.filter(case=docket.case).update(visibility="name_withheld")
        world.derive(docket.case)
        correction("The page gave the wrong statute.", case=docket.case, event=docket.complaint)
        correction("The page gave the wrong day.", case=roe.case, event=roe.complaint)
    asked = {}
    for address in ("/corrections/", "/corrections/feed/", "/corrections/?case=state-v-roe", "/cases/state-v-roe/"):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        asked[address] = len(counted)
    assert asked == {
        "/corrections/": 9,
        "/corrections/feed/": 8,
        "/corrections/?case=state-v-roe": 10,
        "/cases/state-v-roe/": 20,
    }


def test_every_page_leads_to_them(client: Client) -> None:
    page = world.html(client.get("/about/"))
    assert '<link rel="alternate" type="application/atom+xml" title="Corrections" href="/corrections/feed/">' in page
    assert '<li><a href="/corrections/">Corrections</a></li>' in page.split("<footer")[1]
    assert client.get("/corrections/feed/").headers["X-Robots-Tag"] == "noindex"

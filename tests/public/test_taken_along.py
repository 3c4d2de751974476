"""What others take along of a page, a shared link, a citation or a feed, tells nothing that has to vanish."""

import re

import pytest
from django.test import Client

from cases.models import Case
from people.models import Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db
SHARED = re.compile(r'<meta property="og:(\w+)" content="(.*?)">')


def test_a_shared_link_tells_what_the_page_is_and_no_status(client: Client) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    told = dict(SHARED.findall(world.html(client.get("/cases/state-v-roe/"))))
    assert told.pop("description").startswith("Criminal case, Santa Rosa District. Who was charged with what")
    assert told == {
        "site_name": "Docketline", "type": "website", "title": "State v. Jane Roe",
        "url": "http://testserver/cases/state-v-roe/",
    }  # fmt: skip
    for address in ("/", "/cases/state-v-roe/", "/matters/harbour-fire/", "/people/jane-roe/"):
        head = world.html(client.get(address)).partition("</head>")[0]
        told = dict(SHARED.findall(head))
        assert told["title"], address
        assert not re.search("convict|theft", " ".join(told.values()), re.IGNORECASE)
    for address in ("/cases/state-v-roe/?as_of=2024-02-01", "/people/?q=roe", "/cases/nobody/"):
        assert SHARED.findall(world.html(client.get(address))) == []
    Person.objects.filter(pk=roe.defendant.person_id).update(visibility="noindex")
    for address in ("/", "/cases/state-v-roe/", "/matters/harbour-fire/", "/people/jane-roe/"):
        assert SHARED.findall(world.html(client.get(address))) == []
    world.seal(roe.case)
    assert SHARED.findall(world.html(client.get("/cases/state-v-roe/"))) == []


def test_a_page_is_cited_by_the_day_at_which_it_is_read(client: Client) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    Case.objects.filter(pk=roe.case.pk).update(caption="State v. *Jane* Roe")
    page = client.get("/cases/state-v-roe/", {"as_of": "2024-02-01", "kind": "filing"})
    address = "http://testserver/cases/state-v-roe/?as_of=2024-02-01"
    assert f"“State v. Jane Roe”, Docketline, as of 1 February 2024, {address}" in world.text(page)
    assert client.get(address).context["page"].as_of_words == "1 February 2024"
    assert "“Harbour fire”, Docketline, as of" in world.text(client.get("/matters/harbour-fire/"))
    world.seal(roe.case)
    assert "Docketline, as of" not in world.text(client.get("/cases/state-v-roe/"))


def test_the_feed_of_a_case_tells_its_published_acts_and_goes_with_it(client: Client) -> None:
    roe = world.tried()
    record.act(roe.case, "2024-05-05", "filing motion", state="draft", title="Zebra act")
    feed = client.get("/cases/state-v-roe/feed/")
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.headers["X-Robots-Tag"] == "noindex"
    said = re.findall(r"<entry><title>(.*?)</title><link href=\"(.*?)\".*?<summary type=\"html\">(.*?)</summary>",
                      world.html(feed))  # fmt: skip
    at = "http://testserver/cases/state-v-roe/#act-"
    assert said == [
        ("3 June 2024: Jury decides on Jane Roe", f"{at}{roe.verdict.pk}",
         "Verdict, guilty. Jane Roe, Theft of a boat: Convicted by a jury."),
        ("10 January 2024: Jane Roe charged", f"{at}{roe.complaint.pk}",
         "Filing, complaint. Jane Roe, Theft of a boat: Charged."),
    ]  # fmt: skip
    assert 'title="Acts of this case" href="/cases/state-v-roe/feed/"' in world.html(client.get("/cases/state-v-roe/"))
    Case.objects.filter(pk=roe.case.pk).update(visibility="name_withheld")
    hidden = world.html(client.get(f"/cases/withheld-{roe.case.pk}/feed/"))
    assert "<title>Case name withheld | Docketline</title>" in hidden
    assert "state-v-roe" not in hidden
    assert "Name withheld, Theft of a boat: Convicted by a jury." in hidden
    world.seal(roe.case)
    assert client.get("/cases/state-v-roe/feed/").status_code == 410
    world.published(roe.case, "withdrawn")
    assert client.get("/cases/state-v-roe/feed/").status_code == 410
    world.published(roe.case, "draft")
    assert client.get("/cases/state-v-roe/feed/").status_code == 404
    assert client.get("/cases/nobody/feed/").status_code == 404

"""The search for people as a reader sees it: why somebody is listed, filters with counts, suggestions."""

import re

import pytest
from django.test import Client

from cases.models import Event
from people.models import Name, Namesake, Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def found(client: Client, **asked: str) -> list[str]:
    """The addresses of the people found, in order."""
    return re.findall(r'<h3><a href="/people/([^/]+)/">', world.html(client.get("/people/", asked)))


def facet(client: Client, name: str, **asked: str) -> list[str]:
    """The choices of one filter with their counts."""
    body = world.html(client.get("/people/", asked))
    select = re.search(rf'<select[^>]* name="{name}".*?</select>', body, re.DOTALL)
    assert select is not None
    return re.findall(r">([^<]+)</option>", select.group())


def test_says_which_name_matched_and_in_what_way(client: Client) -> None:
    roe = world.tried()
    Name.objects.create(person=roe.defendant.person, text="Calamity Jane", kind="alias")
    Name.objects.create(person=roe.defendant.person, text="Jane Doe", kind="former")
    assert "Also known as Calamity Jane" in world.text(client.get("/people/", {"q": "calamity jane"}))
    assert "Formerly Jane Doe, spelt alike" in world.text(client.get("/people/", {"q": "jnae doe"}))
    assert "known as" not in world.text(client.get("/people/", {"q": "jane roe"}))


def test_a_search_lists_defendants_and_other_roles_are_a_filter(client: Client) -> None:
    roe = world.tried()
    namesake = record.person("Jane Roe II")
    record.role(roe.case, namesake, "judge", roe.complaint)
    world.derive(roe.case)
    assert found(client, q="jane roe") == ["jane-roe"]
    assert facet(client, "role", q="jane roe") == ["Defendants", "Defendant (1)", "Judge (1)"]
    named = "These are defendants. Of that name, with another part in a case: Jane Roe II ."
    assert named in world.text(client.get("/people/", {"q": "jane roe"}))
    note = "Show also those with another part in a case"
    assert note in world.text(client.get("/people/", {"q": "jane roe"}))
    assert note not in world.text(client.get("/people/", {"q": "jane roe", "role": "any"}))
    assert found(client, q="jane roe", role="judge") == ["jane-roe-ii"]
    assert found(client, q="jane roe", role="any") == ["jane-roe", "jane-roe-ii"]


def test_who_is_no_defendant_is_shown_with_their_role_where_no_defendant_has_the_name(client: Client) -> None:
    world.tried()
    page = client.get("/people/", {"q": "justice state-v-roe"})
    assert "Nobody of that name is a defendant in the record." in world.text(page)
    assert "Judge: State v. Jane Roe" in world.text(page)


def test_filters_leave_whose_one_role_meets_them_all(client: Client) -> None:
    world.tried("state-v-roe", "Jane Roe")
    world.tried("state-v-roe-2", "Janet Roe", term="acquitted_jury")
    assert facet(client, "outcome", q="roe") == ["Any outcome", "Conviction (1)", "Ended without conviction (1)"]
    assert facet(client, "year", q="roe") == ["Any year", "2024 (2)"]
    assert facet(client, "court", q="roe", outcome="conviction") == ["Any court", "Santa Rosa District (1)"]
    assert found(client, q="roe", outcome="conviction") == ["jane-roe"]
    assert found(client, q="roe", outcome="non_conviction", year="2024") == ["janet-roe"]
    assert found(client, q="roe", outcome="non_conviction", year="2023") == []
    assert sorted(found(client, q="roe", court="santa-rosa-district")) == ["jane-roe", "janet-roe"]


def test_what_is_not_published_is_neither_found_nor_counted_nor_suggested(client: Client) -> None:
    world.tried()
    hidden = world.tried("state-v-roe-2", "Janet Roe")
    # Past the verbs, so that only what is asked at the moment of showing can know.
    Event.objects.filter(case=hidden.case).update(editorial_state="draft")
    for typed in ("roe", "janet roe", "janet"):
        page = client.get("/people/", {"q": typed})
        assert "Janet" not in world.text(page).replace(f"“{typed}”", "")
        assert "2 people" not in world.text(page)
    assert facet(client, "role", q="roe") == ["Defendants", "Defendant (1)", "Judge (1)", "Victim (1)"]
    assert world.html(client.get("/suggest/", {"q": "jane"})).split('"')[1::2] == ["Jane Roe"]


def test_a_defendant_who_sues_elsewhere_is_not_told_of_as_others(client: Client) -> None:
    roe = world.tried()
    other = world.tried("estate-v-poe", "Ann Poe")
    record.role(other.case, roe.defendant.person, "plaintiff", other.complaint)
    page = world.text(client.get("/people/", {"q": "jane roe"}))
    assert ("Plaintiff" in page, "Show also those" in page) == (True, False)


def test_nobody_has_the_name_so_the_nearest_are_offered(client: Client) -> None:
    world.tried()
    page = world.text(client.get("/people/", {"q": "jane vanderbilt"}))
    assert "Nobody in the record goes by that name." in page
    assert "The nearest names Jane Roe Part of the name" in page


def test_an_unknown_docket_number_is_like_nobody(client: Client) -> None:
    world.tried()
    assert found(client, q="J-101-CR-2024-00099") == []


def test_those_an_editor_told_apart_are_said_to_be(client: Client) -> None:
    one, two = world.tried(), world.tried("state-v-roe-2", "Jane Roe II")
    draft = record.person("Jane Roe III")
    persons = [one.defendant.person, two.defendant.person]
    Namesake.objects.create(person=persons[0], other=persons[1], note="Another town.")
    Namesake.objects.create(person=draft, other=persons[0])
    page = world.text(client.get("/people/", {"q": "jane roe"}))
    assert "Not the same person as Jane Roe II : Another town." in page
    assert "Not the same person as Jane Roe : Another town." in page
    assert "III" not in page


@pytest.mark.parametrize(
    ("typed", "names"),
    [("ja", ["Jane Roe"]), ("roe, ja", ["Jane Roe"]), ("jnae roe", ["Jane Roe"]), ("", []), ("?", [])],
)
def test_suggestions_are_options_of_the_search_box(client: Client, typed: str, names: list[str]) -> None:
    world.tried()
    answer = client.get("/suggest/", {"q": typed})
    assert (answer.status_code, world.html(answer).split('"')[1::2]) == (200, names)


def test_a_common_name_goes_on_over_pages(client: Client) -> None:
    roe = world.tried()
    for n in range(24):
        who = Person.objects.create(slug=f"jane-{n}", name="Jane Roe")
        record.charge(record.defendant(roe.case, who), "Fraud", roe.complaint)
    world.derive(roe.case)
    first, second = found(client, q="jane roe"), found(client, q="jane roe", page="2")
    assert (len(first), len(second), len({*first, *second})) == (20, 5, 25)


@pytest.mark.parametrize(
    "asked",
    [
        "role=nobody",
        "court=%00",
        "court=no/such",
        "outcome=x",
        "status=x",
        "year=1",
        "year=x",
        "year=99999999999999999",
    ],
)
def test_a_filter_that_can_not_be_understood_is_told(client: Client, asked: str) -> None:
    world.tried()
    page = client.get(f"/people/?q=roe&{asked}")
    assert (page.status_code, "That could not be looked for." in world.text(page)) == (200, True)


def test_a_name_that_is_only_spelt_alike_is_not_called_the_name(client: Client) -> None:
    """Nor is a defendant offered whose name is alike, where somebody with another part has the very name."""
    roe = world.tried(name="Armand Hammer")
    judge = record.person("Mary Sommer")
    record.role(roe.case, judge, "judge", roe.complaint)
    world.derive(roe.case)
    assert found(client, q="hamner") == ["armand-hammer"]
    said = world.text(client.get("/people/", {"q": "hamner"}))
    assert "1 person with a name like “hamner” Nobody in the record has the name as it was typed." in said
    assert found(client, q="sommer") == ["mary-sommer"]
    assert "1 person named “sommer”" in world.text(client.get("/people/", {"q": "sommer"}))


def test_to_share_an_initial_makes_nobody_the_nearest_name(client: Client) -> None:
    world.tried(name="Carlos A. Figueroa")
    assert found(client, q="a xylander") == []
    assert found(client, q="carlos xylander") == ["carlos-a-figueroa"]


def test_what_is_no_persons_name_may_be_a_case_a_matter_or_a_court(client: Client) -> None:
    suit = record.case("estate-suit", kind="civil", caption="Estate v. Roe", matter=record.matter("harbour-fire"))
    record.act(suit, "2022-02", "filing complaint", title="Estate sues")
    world.derive(suit)
    other = "Not a person, but in the record"
    for typed, address in (
        ("estate v. roe", "/cases/estate-suit/"),
        ("harbour fire", "/matters/harbour-fire/"),
        ("santa rosa dist", "/courts/santa-rosa-district/"),
    ):
        page = client.get("/people/", {"q": typed})
        assert other in world.text(page)
        assert f'<h3><a href="{address}">' in world.html(page)
    world.published(suit.matter, "draft")
    world.published(suit, "draft")
    for typed in ("estate v. roe", "harbour fire", "santa rosa dist", "?!"):
        assert other not in world.text(client.get("/people/", {"q": typed}))


def test_two_of_one_name_of_whom_nobody_has_said_anything_are_said_to_be_that(client: Client) -> None:
    world.tried("state-v-roe", "Jane Roe")
    case = record.case("state-v-roe-2")
    other = Person.objects.create(name="Jane Roe", slug="jane-roe-2")
    record.charge(record.defendant(case, other), "Theft", record.act(case, "2024-02-01", "filing complaint", title="x"))
    world.derive(case)
    words = "The record does not say whether they are the same person."
    assert world.text(client.get("/people/", {"q": "jane roe"})).count(words) == 2
    Namesake.objects.create(person=Person.objects.get(slug="jane-roe"), other=other, note="Born in another year.")
    assert words not in world.text(client.get("/people/", {"q": "jane roe"}))

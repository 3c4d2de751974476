"""The list of cases: what each filter leaves, how they are told, counts, pages, empty and mistaken requests."""

import re

import pytest
from django.test import Client

from cases.models import Case
from people.models import Name
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def listed(client: Client, **asked: str) -> list[str]:
    """The addresses of the cases on the first page, in order."""
    body = world.html(client.get("/cases/", asked))
    return re.findall(r'<h3><a href="/cases/([^/]+)/">', body)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, ["state-v-poe", "state-v-roe", "estate-v-roe"]),
        ({"court": "harbour-court"}, ["estate-v-roe"]),
        ({"kind": "civil"}, ["estate-v-roe"]),
        ({"status": "disposed"}, ["state-v-poe"]),
        ({"finality": "final"}, ["state-v-poe"]),
        ({"outcome": "conviction"}, ["state-v-roe"]),
        ({"outcome": "non_conviction"}, ["state-v-poe"]),
        ({"year": "2022"}, ["estate-v-roe"]),
        ({"year": "2024"}, ["state-v-poe", "state-v-roe"]),
        ({"year": "1999"}, []),
        ({"q": "roe"}, ["state-v-roe", "estate-v-roe"]),
        ({"q": "muller poe"}, ["state-v-poe"]),
        ({"q": "ZOË Müller-Poe"}, ["state-v-poe"]),
        ({"q": "d state v roe 1"}, ["state-v-roe"]),
        ({"q": "D-STATE-V-ROE-1"}, ["state-v-roe"]),
        ({"q": "dstatevroe1"}, ["state-v-roe"]),
        ({"q": "state poe"}, ["state-v-poe"]),
        ({"q": "roe nowhere"}, []),
        ({"kind": "criminal", "q": "roe"}, ["state-v-roe"]),
        ({"q": "roe", "unknown": "x"}, ["state-v-roe", "estate-v-roe"]),
    ],
)
def test_filters(client: Client, three_cases: list[world.Docket], asked: dict[str, str], left: list[str]) -> None:
    assert listed(client, **asked) == left


def test_another_name_of_a_defendant_finds_the_case(client: Client, three_cases: list[world.Docket]) -> None:
    Name.objects.create(person=three_cases[0].defendant.person, text="Calamity Jane")
    assert listed(client, q="calamity") == ["state-v-roe"]


def test_choices_tell_how_many_they_would_leave_under_the_other_filters(
    client: Client, three_cases: list[world.Docket]
) -> None:
    body = world.html(client.get("/cases/", {"kind": "criminal"}))

    def offered(name: str) -> list[tuple[str, str]]:
        select = body.split(f'id="f-{name}"')[1].split("</select>")[0]
        return re.findall(r'<option value="([\w-]+)"[^>]*>[^<(]+\((\d)\)', select)

    assert offered("kind") == [("criminal", "2"), ("civil", "1")]
    assert offered("court") == [("santa-rosa-district", "2")]
    assert offered("outcome") == [("conviction", "1"), ("non_conviction", "1")]


def test_chips_name_each_filter_and_take_it_off(client: Client, three_cases: list[world.Docket]) -> None:
    body = world.html(client.get("/cases/", {"kind": "criminal", "q": "roe", "court": "santa-rosa-district"}))
    chips = re.findall(r'<a class="chip" href="([^"]+)">(?:<span class="vh">[^<]+</span>)?([^<]+)', body)
    assert chips == [
        ("/cases/?court=santa-rosa-district&amp;kind=criminal", "“roe”"),
        ("/cases/?q=roe&amp;kind=criminal", "Santa Rosa District"),
        ("/cases/?q=roe&amp;court=santa-rosa-district", "Criminal"),
        ("/cases/", "Remove all"),
    ]


def test_nothing_found_says_what_to_do(client: Client, three_cases: list[world.Docket]) -> None:
    page = world.text(client.get("/cases/", {"q": "nobody"}))
    assert "No case matches all of this." in page
    assert "Show all cases" in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"year": "soon"}, "Enter a whole number."),
        ({"year": "99999999999999999999"}, "Ensure this value is less than or equal to 2200."),
        ({"kind": "cricket"}, "Select a valid choice. cricket is not one of the available choices."),
        ({"court": "nowhere"}, "Select a valid choice. That choice is not one of the available choices."),
        ({"q": "\0"}, "Null characters are not allowed."),
        ({"q": "???"}, "Type at least one letter or digit."),
        ({"q": "x" * 151}, "Ensure this value has at most 150 characters (it has 151)."),
    ],
)
def test_what_can_not_be_understood_is_said_beside_its_field(
    client: Client, three_cases: list[world.Docket], asked: dict[str, str], said: str
) -> None:
    page = client.get("/cases/", asked)
    name = next(iter(asked))
    field = world.html(page).split(f'id="f-{name}"')[1].split("<label")[0]
    assert page.status_code == 200
    assert said in field
    assert 'aria-invalid="true"' in world.html(page).split(f'id="f-{name}"')[1][:300]
    assert listed(client, **asked) == ["state-v-poe", "state-v-roe", "estate-v-roe"]


def test_pages_are_stable_and_end_at_the_last(client: Client) -> None:
    for number in range(45):
        record.case(f"case-{number:02}", caption="Same caption")
    seen = [address for page in ("1", "2", "3") for address in listed(client, q="same", page=page)]
    assert seen == [f"case-{number:02}" for number in range(45)]
    assert listed(client, q="same", page="999999") == listed(client, q="same", page="3")
    assert listed(client, q="same", page="9" * 5000) == listed(client, q="same")
    body = world.html(client.get("/cases/", {"q": "same", "page": "2"}))
    assert 'rel="next" href="?q=same&amp;page=3"' in body
    assert "Page 2 of 3" in body


def test_htmx_gets_the_results_alone_with_an_address_without_empty_fields(
    client: Client, three_cases: list[world.Docket]
) -> None:
    part = client.get("/cases/", {"q": "roe", "kind": ""}, headers={"HX-Request": "true"})
    assert "<html" not in world.html(part)
    assert "2 cases found." in world.html(part)
    assert part.headers["HX-Push-Url"] == "/cases/?q=roe"


def test_a_withheld_caption_is_neither_shown_nor_found(client: Client, three_cases: list[world.Docket]) -> None:
    Case.objects.filter(slug="estate-v-roe").update(visibility="name_withheld")
    assert listed(client, q="estate") == []
    assert "Estate v. Roe" not in world.html(client.get("/cases/"))
    assert "Case name withheld" in world.text(client.get("/cases/"))

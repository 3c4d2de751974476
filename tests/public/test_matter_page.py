"""The page of a matter: lanes and cards for each, one timeline, and never a status of its own."""

import re

import pytest
from django.test import Client

from cases.models import Defendant, Matter
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def two_dockets() -> tuple[Matter, world.Docket, world.Docket]:
    """A matter with one conviction and one acquittal."""
    matter = record.matter("harbour-fire")
    Matter.objects.filter(pk=matter.pk).update(title="*Harbour* fire", summary="A fire at the harbour.")
    return (
        matter,
        world.tried(matter=matter),
        world.tried("state-v-poe", "Max Poe", term="acquitted_jury", matter=matter),
    )


def test_each_charge_has_its_own_status_and_the_matter_none(client: Client) -> None:
    two_dockets()
    page = client.get("/matters/harbour-fire/")
    head = world.html(page).split('<div class="head">')[1].split("<section")[0]
    assert "badge" not in head
    cards = world.html(page).split('id="h-def"')[1].split("</section>")[0]
    assert re.findall(r"badge o-(acquitted|convicted)", cards) == ["convicted", "acquitted"]
    assert "<h1><em>Harbour</em> fire</h1>" in world.html(page)
    assert "<title>Harbour fire | Docketline</title>" in world.html(page)


def test_lanes_are_drawn_and_said_and_stand_in_a_table(client: Client) -> None:
    matter, *_ = two_dockets()
    civil = record.case("estate-v-roe", kind="civil", caption="Estate v. Roe", matter=matter)
    record.act(civil, "2024-02", "filing complaint", title="Estate sues")
    world.derive(civil)
    page = client.get("/matters/harbour-fire/")
    said = re.findall(r'role="img" aria-label="([^"]+)"', world.html(page))
    assert [words.split(":")[0] for words in said] == [
        "Theft of a boat (2024)",
        "Theft of a boat (2024)",
        "Estate v. Roe",
    ]
    rows = world.html(page).split("<tbody>")[1].split("</tbody>")[0].count("<tr>")
    assert rows == 3
    assert "style=" not in world.html(page)


def test_a_case_without_any_date_has_a_lane_that_says_so(client: Client) -> None:
    matter, *_ = two_dockets()
    civil = record.case("estate-v-roe", kind="civil", caption="Estate v. Roe", matter=matter)
    who = record.defendant(civil, record.person("Harbour Company", kind="organisation"))
    filed = record.act(civil, "", "filing complaint", title="Estate sues")
    record.charge(who, "Damages", filed)
    world.derive(civil)
    page = client.get("/matters/harbour-fire/")
    assert "Open (dates not known)" in world.html(page)
    linked = world.html(page).split('id="h-linked"')[1].split("</section>")[0]
    assert "Estate v. Roe" in linked


def test_timeline_tells_the_case_of_each_act_and_filters_by_person(client: Client) -> None:
    matter, roe, poe = two_dockets()
    fire = record.act(matter, "2023-12-01", "incident offence_alleged", title="Fire at the harbour")
    page = client.get("/matters/harbour-fire/", {"defendant": "max-poe"})
    listed = world.html(page).split('id="record-list"')[1].split('id="h-sources"')[0]
    assert [f'id="act-{act.pk}"' in listed for act in (fire, poe.verdict, roe.verdict)] == [True, True, False]
    assert 'href="/cases/state-v-poe/">State v. Max Poe</a>' in listed


def test_as_of_leaves_out_cases_that_had_not_begun(client: Client) -> None:
    two_dockets()
    page = client.get("/matters/harbour-fire/", {"as_of": "2023-12-31"})
    assert page.status_code == 200
    assert "The record as it stood on 31 December 2023." in world.text(page)
    assert "State v." not in world.text(page)


def test_a_sealed_case_leaves_only_a_tombstone(client: Client) -> None:
    _, roe, _ = two_dockets()
    world.seal(roe.case)
    page = client.get("/matters/harbour-fire/")
    assert "Sealed record Sealed on 1 August 2024. Legal basis: Code § 99" in world.text(page)
    assert "Roe" not in world.text(page)
    assert "Max Poe" in world.text(page)


def test_withdrawn_and_draft_matters(client: Client) -> None:
    matter, *_ = two_dockets()
    world.published(matter, "withdrawn")
    assert client.get("/matters/harbour-fire/").status_code == 410
    world.published(matter, "draft")
    assert client.get("/matters/harbour-fire/").status_code == 404


def test_one_person_in_two_cases_has_one_card(client: Client) -> None:
    matter, roe, _ = two_dockets()
    again = record.case("state-v-roe-2", caption="State v. Roe, again", matter=matter)
    who = record.defendant(again, roe.defendant.person)
    filed = record.act(again, "2024-09-01", "filing indictment", title="Roe indicted")
    record.charge(who, "Perjury", filed)
    world.derive(again)
    page = client.get("/matters/harbour-fire/")
    # The later case says nothing of what became of the earlier: the head tells both.
    told = world.text(page).partition("Jane Roe ")[2].partition("Max Poe")[0]
    assert told == (
        "Charges pending. Perjury · State v. Roe, again "
        "Convicted by a jury, not yet sentenced. Theft of a boat · State v. Jane Roe "
    )
    cards = world.html(page).split('id="h-def"')[1].split("</section>")[0]
    assert cards.count('<article class="card">') == 2
    assert cards.index("Perjury") < cards.index("Theft of a boat", cards.index("Jane Roe"))


def test_a_long_matter_has_an_index_folds_and_the_first_acts_only(client: Client) -> None:
    matter = record.matter("harbour-fires")
    for number in range(13):
        case = record.case(f"state-v-n{number}", caption=f"State v. N{number}", matter=matter)
        filed = record.act(case, "2024-01-10", "filing complaint", title=f"N{number} charged")
        record.charge(record.defendant(case, record.person(f"Person N{number}")), "Arson", filed)
        for day in range(1, 6):
            record.act(case, f"2024-02-0{day}", "statement denial", title=f"Denial {day} by N{number}")
        world.derive(case)
    undated = record.entered(record.act(matter, "", "statement denial", title="No day"), "2024-01-01")
    page = client.get("/matters/harbour-fires/")
    body = world.html(page)
    row = Defendant.objects.get(person__slug="person-n7")
    assert f'<a href="/cases/state-v-n7/#defendant-{row.pk}">Person N7</a>' in body
    assert [s for s in re.findall(r"<summary>([^<]+)", body) if s.startswith("Show ")] == [
        "Show the picture, a line for each charge", "Show as a table", "Show all 13 cases with court and status",
    ]  # fmt: skip
    assert (body.count('<li class="ev'), f'id="act-{undated.pk}"' in body) == (30, False)
    assert "49 more acts are not listed here yet. List all 79 , or filter by person." in world.text(page)
    whole = world.html(client.get("/matters/harbour-fires/?show=all"))
    assert (whole.count('<li class="ev'), "not listed here yet" in whole) == (79, False)
    assert '<input type="hidden" name="show" value="all">' in whole
    one = client.get("/matters/harbour-fires/?defendant=person-n7")
    assert "7 of 79 acts match the filter" in world.text(one)
    assert "only “all” can be shown" in world.text(client.get("/matters/harbour-fires/?show=x")).lower()


def test_cases_that_differ_by_a_number_stand_in_the_order_of_numbers(client: Client) -> None:
    fire = record.matter("harbour-fire")
    for n in (10, 9, 1):
        case = record.case(f"state-v-{n}", caption=f"State v. Person {n}", matter=fire)
        record.act(case, "2024-01-10", "filing complaint", title="Charged")
        world.derive(case)
    told = re.findall(r"State v\. Person (\d+)</a></h3>", world.html(client.get("/matters/harbour-fire/")))
    assert told == ["1", "9", "10"]

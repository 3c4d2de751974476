"""The reader's and the searcher's story on the demonstration record."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.public import world

pytestmark = pytest.mark.django_db

BALDWIN = "/cases/new-mexico-v-baldwin-2024/"


def test_a_reader_sees_who_was_charged_what_was_decided_and_whether_it_is_final(
    client: Client, demo_record: User
) -> None:
    home = world.html(client.get("/"))
    assert '<a href="/matters/rust-film-set-shooting/"><em>Rust</em> film-set shooting</a>' in home
    page = client.get("/matters/rust-film-set-shooting/")
    cards = world.html(page).split('id="h-def"')[1].split("</section>")[0]
    told = re.findall(r"<h3><a[^>]*>([^<]+)</a></h3>|badge o-\w+\"><svg.*?</svg>([^<]+)<", cards)
    assert [name or badge for name, badge in told] == [
        "Alec Baldwin",
        "Dismissed with prejudice",
        "Final: appeal withdrawn",
        "Dismissed without prejudice",
        "Final in this case",
        "Enhancement withdrawn",
        "David Halls",
        "Convicted on a no contest plea",
        "Final",
        "Hannah Gutierrez-Reed",
        "Convicted by a jury",
        "Under appeal",
        "Acquitted by a jury",
        "Final",
    ]
    head = world.text(page).partition("Defendants 3")[0]
    assert head.endswith(
        "Alec Baldwin Dismissed with prejudice, final. "
        "Involuntary manslaughter · State of New Mexico v. Alexander Rae Baldwin III (2024) "
        "Dropped by the prosecution without prejudice; charged again later, final in this case. "
        "Involuntary manslaughter · State of New Mexico v. Alexander Rae Baldwin III (2023) "
        "David Halls Convicted on a no contest plea, sentenced to 6 months in "
        "custody, all suspended (none of it to be served); unsupervised probation; a fine of 500 USD, final. "
        "Negligent use of a deadly weapon "
        "Hannah Gutierrez-Reed Convicted of 1 of 2 counts, acquitted of 1, sentenced to 18 months in prison, not "
        "final: under appeal. Involuntary manslaughter (convicted by a jury); Tampering with evidence (acquitted by a "
        "jury) "
    )
    linked = world.text(page).partition("Linked cases: civil suits and appeals")[2]
    assert "Civil · Court not established Defendants in the Hutchins estate's suit: Settled, final." in linked


def test_the_head_of_a_case_says_charge_outcome_and_finality_each_once(client: Client, demo_record: User) -> None:
    head = world.text(client.get(BALDWIN)).partition("Timeline")[0]
    assert "(2024) Charge: Involuntary manslaughter Dismissed with prejudice, final. Decided in this court." in head
    assert "First charges 19 January 2024 Latest act 23 to 24 December 2024 Judge Mary Marlowe Sommer" in head
    assert head.count("Dismissed with prejudice, final.") == 1


@pytest.mark.parametrize(
    ("day", "badges"),
    [
        ("2024-02-01", [("pending", "Open"), ("pending", "Charged")]),
        (
            "2024-11-25",
            [
                ("closed", "Decided in this court"),
                ("pending", "Under appeal"),
                ("dismissed", "Dismissed with prejudice"),
                ("pending", "Under appeal"),
            ],
        ),
        (
            "2024-12-24",
            [
                ("closed", "Decided in this court"),
                ("closed", "Final: appeal withdrawn"),
                ("dismissed", "Dismissed with prejudice"),
                ("closed", "Final: appeal withdrawn"),
            ],
        ),
    ],
)
def test_the_case_as_it_stood(client: Client, demo_record: User, day: str, badges: list[tuple[str, str]]) -> None:
    page = client.get(BALDWIN, {"as_of": day})
    head = world.html(page).split('id="h-timeline"')[0]
    assert re.findall(r'<span class="badge o-([a-z]+)"><svg.*?</svg>(.*?)</span>', head) == badges


def test_a_day_before_the_indictment_knows_no_charge(client: Client, demo_record: User) -> None:
    page = client.get(BALDWIN, {"as_of": "2023-05-01"})
    assert "Involuntary manslaughter" not in world.text(page)


@pytest.mark.parametrize(
    ("typed", "who"),
    [("baldwin", "alec-baldwin"), ("Alec Baldwin", "alec-baldwin"), ("gutierrez reed", "hannah-gutierrez-reed")],
)
def test_a_searcher_finds_the_person_and_reads_their_page(
    client: Client, demo_record: User, typed: str, who: str
) -> None:
    hits = re.findall(r'<h3><a href="/people/([^/]+)/">', world.html(client.get("/people/", {"q": typed})))
    assert hits[0] == who
    assert client.get(f"/people/{who}/").status_code == 200


def test_the_victim_carries_no_mark(client: Client, demo_record: User) -> None:
    page = client.get("/people/halyna-hutchins/")
    assert world.badges(page) == []
    assert "Decedent" in world.text(page)


def test_sources_that_differ_are_shown_as_such(client: Client, demo_record: User) -> None:
    page = world.text(client.get("/cases/new-mexico-v-gutierrez-reed/"))
    assert "Sources differ on this." in page
    assert "Contradicted by" in page


def test_the_suit_whose_present_state_is_not_established_is_not_said_to_be_open(
    client: Client, demo_record: User
) -> None:
    page = client.get("/cases/hutchins-family-v-baldwin/")
    assert world.badges(page)[0] == ("unknown", "Status not known")
    said = world.text(page)
    assert (
        "An editor set this status by hand. Pending when last reported; its present state is not established." in said
    )
    assert said.count("Pending when last reported") == 1
    assert "Nobody types it" not in said
    assert "Latest act" not in said  # its one act has no date, and the shooting is the matter's
    matter = world.html(client.get("/matters/rust-film-set-shooting/"))
    lanes = matter.split('id="h-lanes"')[1].split("</section>")[0]
    lane = lanes.split("Parents and sister of Halyna Hutchins v. Alec Baldwin")[-1].split("</tr>")[0]
    assert "Status not known (dates not known)" in lane

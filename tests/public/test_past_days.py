"""On a past day a page says only what can be said of that day: nothing of an act that may have come later."""

from datetime import date

import pytest
from django.test import Client

from cases.dossier import load_case
from cases.models import Case
from cases.pages.case import imprecise_on
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def roe() -> world.Docket:
    """Convicted on 3 June 2024; at some time the conviction was overturned, which was entered here in May 2025."""
    record.TERMS.setdefault("overturned", ("unknown", "Conviction overturned"))
    roe = world.tried(matter=record.matter("harbour-fire"))
    overturned = record.act(roe.case, "", "appellate vacated", title="Conviction overturned")
    record.outcome(record.entered(overturned, "2025-05-05"), roe.charge, "overturned")
    record.role(roe.case, record.person("Una Counsel"), "defence_counsel", overturned)
    world.derive(roe.case)
    return roe


@pytest.mark.parametrize("home", ["/cases/state-v-roe/", "/matters/harbour-fire/"])
def test_an_act_without_a_date_is_not_told_of_a_day_that_may_have_come_before_it(
    client: Client, roe: world.Docket, home: str
) -> None:
    page = client.get(home, {"as_of": "2024-07-01"})
    head, _, rest = world.text(page).partition("Defendants and charges")
    assert "Convicted by a jury" in rest
    assert "Una Counsel" not in rest
    assert "overturned" not in rest
    assert "Left out, because the sources give no date and it may have come later: Conviction overturned." in head
    for day in ("2025-05-05", ""):
        page = world.text(client.get(home, {"as_of": day}))
        assert "Left out" not in page
        assert "Conviction overturned" in page.partition("Every act names its sources")[0]


def test_a_case_of_which_nothing_dated_had_happened_had_not_begun(client: Client, roe: world.Docket) -> None:
    page = world.text(client.get("/cases/state-v-roe/", {"as_of": "2020-01-01"}))
    assert "The record tells of nothing in this case by 1 January 2020. Its first act is of 10 January 2024." in page
    assert "Status not known" not in page
    assert "Jane Roe No charges" not in page
    assert "overturned" not in world.text(
        client.get("/matters/harbour-fire/", {"as_of": "2020-01-01"})
    ).lower().replace("may have come later: conviction overturned", "")


def test_an_act_without_a_date_had_happened_before_what_came_after_it() -> None:
    """A settlement is of October 2022; the suit it settled was filed before, on a day that nobody gives."""
    suit = record.case("estate-v-roe", kind="civil")
    filed = record.entered(record.act(suit, "", "filing complaint", title="Sued", sequence=1), "2026-01-01")
    claim = record.charge(record.defendant(suit, record.person("Jane Roe")), "Wrongful death", filed)
    settled = record.act(suit, "2022-10", "filing settlement_agreement", title="Settled", sequence=2)
    before, after = date(2022, 9, 30), date(2022, 10, 31)
    assert [load_case("estate-v-roe").left_out(day) for day in (before, after)] == [{filed.pk}, frozenset()]
    Case.objects.get(slug="estate-v-roe").events.update(sequence=None)
    assert load_case("estate-v-roe").left_out(after) == {filed.pk}
    record.outcome(settled, claim, "dismissed_with_prejudice")
    assert load_case("estate-v-roe").left_out(after) == frozenset()
    assert imprecise_on(load_case("estate-v-roe"), after) == ()


def test_a_day_inside_an_imprecise_date_is_warned_of_before_the_status(client: Client) -> None:
    roe = world.tried()
    record.act(roe.case, "2024-07", "filing notice_of_appeal", title="Roe appeals")
    world.derive(roe.case)
    head = world.text(client.get("/cases/state-v-roe/", {"as_of": "2024-07-02"})).partition("State v. Jane Roe")[0]
    assert "Counted here, although it may have come after 2 July 2024: Roe appeals ." in head
    assert "Counted here" not in world.text(client.get("/cases/state-v-roe/", {"as_of": "2024-07-31"}))


def test_a_person_is_told_of_as_the_cases_stood(client: Client, roe: world.Docket) -> None:
    page = client.get("/people/jane-roe/", {"as_of": "2024-02-01"})
    said = world.text(page)
    assert "The record as it stood on 1 February 2024." in said
    assert "State v. Jane Roe Criminal · Santa Rosa District · D-state-v-roe-1 · 2024 · Open Charges pending." in said
    assert "onvicted" not in said
    assert world.badges(page) == [("pending", "Charged")]
    assert f'href="/cases/state-v-roe/?as_of=2024-02-01#charge-{roe.charge.pk}"' in world.html(page)
    assert '<meta name="robots" content="noindex">' in world.html(page)
    assert '<link rel="canonical" href="http://testserver/people/jane-roe/">' in world.html(page)
    assert "shows no role of Jane Roe by 9 January 2024" in world.text(
        client.get("/people/jane-roe/", {"as_of": "2024-01-09"})
    )


def test_nothing_is_told_of_a_person_that_may_have_come_later(client: Client, roe: world.Docket) -> None:
    said = world.text(client.get("/people/jane-roe/", {"as_of": "2024-07-01"}))
    assert "Left out, because the sources give no date and it may have come later: Conviction overturned." in said
    assert "Convicted by a jury on 3 June 2024" in said
    counsel = "/people/una-counsel/"  # whose part only the act without a date shows
    assert "shows no role of Una Counsel" in world.text(client.get(counsel, {"as_of": "2024-07-01"}))
    assert "State v. Jane Roe" in world.text(client.get(counsel, {"as_of": "2025-05-05"}))


def test_a_name_that_is_hidden_now_is_hidden_for_every_day(client: Client, roe: world.Docket) -> None:
    poe = record.defendant(record.case("state-v-poe", caption="State v. Poe"), roe.defendant.person)
    record.charge(poe, "Perjury", record.act(poe.case, "2024-01-20", "filing complaint", title="Roe charged again"))
    world.derive(poe.case)
    asked = ("/people/jane-roe/", {"as_of": "2024-02-01"})
    assert "2 roles" in world.text(client.get(*asked))
    for change in (
        {"visibility": "name_withheld"},
        {"visibility": "sealed", "sealed_basis": "x", "sealed_on": "2024-08-01"},
    ):
        Case.objects.filter(pk=poe.case.pk).update(**change)
        said = world.text(client.get(*asked))
        assert "1 role" in said
        assert "Perjury" not in said


def test_a_day_that_can_not_be_understood_is_said_on_a_persons_page(client: Client, roe: world.Docket) -> None:
    for day, words in (("2999-01-01", "That day has not come yet."), ("\0", "Enter a day as year-month-day")):
        said = world.text(client.get("/people/jane-roe/", {"as_of": day}))
        assert words in said
        assert "1 role" in said

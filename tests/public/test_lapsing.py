"""Time alone changes some answers: what lists say, and what they are filtered by, follows the day as pages do."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import localdate

from cases.checking import status_differences
from cases.editing import catch_up, refresh_status
from cases.models import AppealPeriod, Case
from config.new_day import NewDayMiddleware
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db
NOT_YET, FINAL = "sentenced to 2 years in prison, not yet final.", "sentenced to 2 years in prison, final."
STORED = ("derived_finality", "derived_until")


@pytest.fixture
def roe() -> world.Docket:
    """Sentenced forty days ago, with thirty days to appeal; stored when that was still to come."""
    today = localdate()
    roe = world.tried(matter=record.matter("harbour-fire"))
    court = roe.case.court.jurisdiction
    AppealPeriod.objects.create(jurisdiction=court, case_kind="criminal", days=30, authority="Rule 1")
    sentence = record.act(roe.case, f"{today - timedelta(40)}", "sentence imposed", title="Sentenced")
    sentence.sentence_parts.create(charge=roe.charge, kind="prison", years=2)
    refresh_status(roe.case, on=today - timedelta(35))
    return roe


def stored(roe: world.Docket) -> tuple[str, date | None]:
    return Case.objects.values_list(*STORED).get(pk=roe.case.pk)


def test_no_list_says_otherwise_than_the_page_when_a_time_to_appeal_has_ended(
    client: Client, roe: world.Docket
) -> None:
    finality, until = stored(roe)
    deadline = Case.objects.get(pk=roe.case.pk).derived_deadline
    assert (finality, until) == ("appealable", deadline)
    assert FINAL in world.text(client.get("/cases/state-v-roe/"))
    for page in ("/", "/cases/", "/people/", "/people/?q=roe", "/people/jane-roe/", "/courts/santa-rosa-district/"):
        said = world.text(client.get(page))
        assert NOT_YET not in said
        assert FINAL in said, page
    assert stored(roe) == ("appealable", deadline)  # readers write nothing


def test_the_first_who_reads_on_a_new_day_finds_filters_up_to_date(
    client: Client, roe: world.Docket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NewDayMiddleware, "done_on", date.min)
    assert "1 case" in world.text(client.get("/cases/?finality=final"))
    assert stored(roe) == ("final", None)
    assert status_differences(Case.objects.get(pk=roe.case.pk), on=localdate()) == []
    assert NewDayMiddleware.done_on == localdate()


def test_so_many_at_once_and_nothing_while_nothing_has_lapsed(roe: world.Docket) -> None:
    other = world.tried("state-v-poe", "Zoë Poe")
    Case.objects.filter(pk=other.case.pk).update(derived_until=localdate() - timedelta(2))
    assert [catch_up(on=localdate(), at_most=1) for _ in range(3)] == [False, False, True]
    assert Case.objects.filter(derived_until__isnull=False).count() == 0


def test_an_order_announced_and_an_editors_word_from_a_day_to_come_are_awaited(roe: world.Docket) -> None:
    today = localdate()
    Case.objects.filter(pk=roe.case.pk).update(
        status_override="open_inactive", override_reason="Stayed.", override_on=today + timedelta(3)
    )
    world.derive(roe.case)
    assert stored(roe) == ("final", today + timedelta(2))
    before, after = (
        status_differences(Case.objects.get(pk=roe.case.pk), on=day)
        for day in (today + timedelta(2), today + timedelta(3))
    )
    assert (before, {one.column for one in after}) == ([], {"derived_status", "derived_wording", "derived_until"})


def test_a_page_is_drawn_where_the_database_can_not_be_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NewDayMiddleware, "done_on", date.min)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case RENAME derived_until TO gone")
    assert client.get("/about/").status_code == 200
    assert NewDayMiddleware.done_on == date.min


def test_a_case_that_can_not_be_derived_takes_no_other_page_away(
    client: Client, roe: world.Docket, monkeypatch: pytest.MonkeyPatch
) -> None:
    Case.objects.filter(pk=roe.case.pk).update(status_override="nonsense", override_reason="Typed into the database.")
    monkeypatch.setattr(NewDayMiddleware, "done_on", date.min)
    assert client.get("/about/").status_code == 200
    assert NewDayMiddleware.done_on == localdate()

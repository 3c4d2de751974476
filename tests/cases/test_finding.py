"""Finding a case by its docket number, through its index."""

import pytest
from django.db import connection

from cases.finding import case_by_docket
from cases.models import Case
from tests.cases import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def docketed() -> Case:
    case = record.case("state-v-roe")
    Case.objects.filter(pk=case.pk).update(docket_number="D-101-CR-2023-00457", editorial_state="published")
    return case


@pytest.mark.parametrize(
    "typed", ["D-101-CR-2023-00457", "d 101 cr 2023 00457", "d101cr202300457", " D101-CR2023.00457"]
)
def test_a_docket_number_is_found_with_its_marks_and_without(docketed: Case, typed: str) -> None:
    assert case_by_docket(typed) == docketed


@pytest.mark.parametrize("typed", ["D-101-CR-2023-0045", "101-CR-2023-00457", "D", "2023", "9" * 500, "\x00", ""])
def test_a_part_of_a_docket_number_is_not_it(docketed: Case, typed: str) -> None:
    assert case_by_docket(typed) is None


def test_a_docket_number_that_two_courts_have_leads_to_neither(docketed: Case) -> None:
    other = record.case("state-v-roe-2")
    Case.objects.filter(pk=other.pk).update(docket_number="D101-CR-2023-00457", editorial_state="published")
    assert case_by_docket("D-101-CR-2023-00457") is None


def test_neither_drafts_nor_sealed_cases_are_found_by_docket_number(docketed: Case) -> None:
    Case.objects.filter(pk=docketed.pk).update(editorial_state="draft")
    assert case_by_docket("D-101-CR-2023-00457") is None


def test_looking_for_a_docket_number_takes_the_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "case_docket_without_marks" in Case.objects.with_docket("D101CR202300457").explain()

"""What is not public is seen by editors in the preview, marked, and by nobody anywhere else."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Court, Disposition, Outcome, Source
from tests.desk.record import act, docket

pytestmark = pytest.mark.django_db
SECRET = "Dismissed behind closed doors"


@pytest.fixture
def draft(editor: User, court: Court, report: Source, terms: dict[str, Disposition]) -> str:
    """The address of a published case with a ruling that is a draft."""
    kept = docket(court, report, editor)
    ruling = act(kept.case, SECRET, "ruling dismiss granted", date(2024, 7, 12), report, editor)
    term = terms["dismissed_with_prejudice"]
    editing.save(Outcome(event=ruling, charge=kept.charge, disposition=term), by=editor)
    return kept.case.slug


def test_a_draft_is_shown_and_marked_in_the_preview_only(desk: Client, draft: str) -> None:
    response = desk.get(reverse("admin:preview_case", args=[draft]))
    page = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"].split(", ")
    assert SECRET in page
    assert "preview" in page.lower()
    assert "draft" in page.lower()
    public = desk.get(reverse("public:case", args=[draft])).content.decode()
    assert (SECRET in public, "Dismissed with prejudice" in public) == (False, False)


@pytest.mark.usefixtures("said")
def test_a_case_that_is_a_draft_has_a_preview_and_no_page(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    editing.withdraw(kept.case, by=editor)
    editing.redraft(kept.case, by=editor)
    assert desk.get(reverse("admin:preview_case", args=[kept.case.slug])).status_code == 200
    assert Client().get(reverse("public:case", args=[kept.case.slug])).status_code == 404


def test_the_case_page_of_the_desk_tells_both_answers(desk: Client, draft: str) -> None:
    from cases.models import Case

    page = desk.get(reverse("admin:cases_case_change", args=[Case.objects.get(slug=draft).pk])).content.decode()
    assert "With everything that is entered, drafts too:" in page


@pytest.mark.parametrize("slug", ["nowhere", "a" * 200])
def test_a_preview_of_nothing_is_not_found(desk: Client, slug: str) -> None:
    assert desk.get(f"/desk/preview/cases/{slug}/").status_code == 404


@pytest.mark.parametrize("asked", ["as_of=2024-02-01", "as_of=x", "as_of=%00", "kind=%00", "defendant=%00", "order=x"])
def test_a_preview_answers_what_the_page_answers(desk: Client, draft: str, asked: str) -> None:
    assert desk.get(f"/desk/preview/cases/{draft}/?{asked}").status_code == 200

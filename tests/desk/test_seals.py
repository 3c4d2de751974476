"""Sealing at the desk: with its basis and day, from its own page, and lifted there again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Court, Matter, Source
from tests.desk.record import Docket, docket

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(editor: User, court: Court, report: Source) -> Docket:
    return docket(court, report, editor)


def test_a_case_is_sealed_with_its_basis_and_the_seal_is_lifted(desk: Client, kept: Docket) -> None:
    page = reverse("admin:cases_case_seal", args=[kept.case.pk])
    assert desk.get(page).status_code == 200
    response = desk.post(page, {"basis": "Order of 1 February 2025", "on": "2025-02-01"})
    assert response.headers["Location"] == reverse("admin:cases_case_change", args=[kept.case.pk])
    kept.case.refresh_from_db()
    assert (kept.case.visibility, kept.case.derived_status) == ("sealed", "sealed")
    public = Client().get(reverse("public:case", args=[kept.case.slug])).content.decode()
    assert ("Quint" in public, "Arson" in public) == (False, False)
    assert desk.get(response.headers["Location"]).status_code == 200
    desk.post(page, {"lift": "1"})
    kept.case.refresh_from_db()
    assert (kept.case.visibility, kept.case.derived_status) == ("public", "open_active")
    told = LogEntry.objects.filter(content_type__model="case").order_by("pk").values_list("change_message", flat=True)
    assert list(told) == ["Sealed.", "Seal lifted."]


WRONG = [{}, {"basis": "Order"}, {"basis": "Order", "on": "2999-01-01"}, {"basis": "\0", "on": "x"}]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_seal_without_basis_or_day_is_refused(desk: Client, kept: Docket, wrong: dict[str, str]) -> None:
    assert desk.post(reverse("admin:cases_case_seal", args=[kept.case.pk]), wrong).status_code == 200
    kept.case.refresh_from_db()
    assert kept.case.visibility == "public"


def test_a_defendant_is_sealed_alone(desk: Client, kept: Docket) -> None:
    page = reverse("admin:cases_defendant_seal", args=[kept.defendant.pk])
    desk.post(page, {"basis": "Expunged", "on": "2025-02-01"})
    kept.defendant.refresh_from_db()
    kept.case.refresh_from_db()
    assert (kept.defendant.visibility, kept.case.visibility) == ("sealed", "public")


def test_lifting_what_is_not_sealed_is_told(desk: Client, kept: Docket) -> None:
    response = desk.post(reverse("admin:cases_case_seal", args=[kept.case.pk]), {"lift": "1"})
    assert [str(m) for m in response.context["messages"]] == [f"“{kept.case}” is not sealed."]


def test_sealing_a_defendant_tells_where_the_name_still_stands(desk: Client, kept: Docket) -> None:
    defendant = kept.defendant
    surname = defendant.person.name.split()[-1]
    kept.case.caption = f"The People v. {surname}"
    kept.case.save()
    page = reverse("admin:cases_defendant_seal", args=[defendant.pk])
    assert "the case&#x27;s name" in desk.get(page).content.decode()
    told = desk.post(page, {"basis": "Order of 1 February 2025", "on": "2025-02-01"}, follow=True)
    warnings = [str(message) for message in told.context["messages"] if message.level_tag == "warning"]
    assert warnings == ["The name can still be read in: the case's address; the case's name. Change these texts now."]
    kept.case.caption = "The People v. a person whose record is sealed"
    kept.case.save()
    desk.post(page, {"lift": "1"})
    assert "the case&#x27;s name" not in desk.get(page).content.decode()


def test_sealing_a_case_tells_where_around_it_the_name_still_stands(desk: Client, kept: Docket, editor: User) -> None:
    name = kept.defendant.person.name
    matter = editing.save(Matter(slug="the-fire", title="The fire", summary=f"{name} was charged."), by=editor)
    Case.objects.filter(pk=kept.case.pk).update(matter=matter)
    editing.publish(matter, by=editor)
    page = reverse("admin:cases_case_seal", args=[kept.case.pk])
    told = desk.post(page, {"basis": "Order of 1 February 2025", "on": "2025-02-01"}, follow=True)
    warnings = [str(message) for message in told.context["messages"] if message.level_tag == "warning"]
    assert warnings == ["The name can still be read in: matter “The fire”. Change these texts now."]

"""Every page of the desk answers: lists, searches, forms, whatever their address says."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from cases import editing
from cases.models import Court, Event, Jurisdiction, Matter, Source
from desk.roles import EDITORS, make_group
from imports.models import Mapping
from tests.desk.matrix import TABLE
from tests.desk.record import act, docket
from tests.worlds import once_a_module

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
ADDABLE = [model for model in MODELS if model._meta.model_name not in ("ruling", "merge", "correction")]
WITHOUT = ("disposition", "redirect", "merge", "correction", "batch", "courtname")
WITH_ROWS = [model for model in MODELS if model._meta.model_name not in WITHOUT]
LONG = "x" * 5000
SEARCHES = ["%00", "a%00b", LONG, "%25_%5C%27%22%3B--", "(((", "gutierrez%20" * 40, "%F0%9F%92%A9", "%FF%FE", "…"]
ASKED = [
    "p=999999", "p=-1", "p=x", "p=%00", "p=99999999999999999999999", "e=1", "o=99", "o=-x.y", "all=", "nonsense=1",
    "id__exact=99999999999999999999", "id__exact=x", "id__exact=%00", "pk__in=,,", "_to_field=x", "editorial_state=%00",
    "on__year=99999", "on__year=0", "on__year=x", "on__gte=2024-99-99", "on__month=99&on__year=2024", "visibility=%00",
    "latest_act_on__year=99999", "published_on__year=-1", "kind__exact=%00", "court__id__exact=%00", "_popup=1",
]  # fmt: skip


@pytest.fixture
def chief(db: None) -> Client:
    """The browser of somebody who may do everything, accounts too."""
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    return client


@pytest.fixture(scope="module")
def full(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Model]]:
    """One row of every kind that has a page."""
    with once_a_module(django_db_blocker):
        by, where = (
            User.objects.create_superuser("ada"),
            Jurisdiction.objects.create(slug="freedonia", name="Freedonia"),
        )
        court = Court.objects.create(slug="freedonia-district", name="Freedonia District Court", jurisdiction=where)
        report = Source.objects.create(kind="court_record", publisher="The Daily Docket", title="What was decided")
        kept = docket(court, report, by)
        matter = editing.save(Matter(slug="fire", title="The fire"), by=by)
        ruling = act(kept.case, "Denied", "ruling dismiss denied", date(2024, 5, 1), report, by)
        rows: list[Model] = [kept.case, kept.defendant, kept.complaint, kept.charge, matter, court, where, report]
        rows += [kept.defendant.person, by, make_group(EDITORS), editing.save(Mapping(text=TABLE), by=by)]
        yield {row._meta.label: row for row in rows} | {"cases.Ruling": ruling}


def url(model: type[Model], page: str, *args: object) -> str:
    """The address of a page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_answer_whatever_they_are_asked(chief: Client, full: dict[str, Model], model: type[Model]) -> None:
    where = url(model, "changelist")
    assert chief.get(where).status_code == 200
    # Every list runs through the same code, so the two that are asked most are asked everything.
    everything = model._meta.model_name in ("case", "event")
    asks = [f"q={typed}" for typed in SEARCHES] + ASKED if everything else ["q=%00", f"q={LONG}", "q=(%25_", "e=1"]
    answers = {asked: chief.get(f"{where}?{asked}").status_code for asked in asks}
    assert {asked: code for asked, code in answers.items() if code not in (200, 302, 400)} == {}


@pytest.mark.parametrize("selected", ["x", "\0", "99999999999999999999", ""])
@pytest.mark.parametrize("action", ["publish_selected", "delete_selected", "nonsense"])
def test_an_action_on_what_is_no_row_does_nothing(
    desk: Client, full: dict[str, Model], action: str, selected: str
) -> None:
    where = url(type(full["cases.Event"]), "changelist").replace("ruling", "event")
    response = desk.post(where, {"action": action, "_selected_action": selected, "post": "yes"}, follow=True)
    assert response.status_code == 200
    assert Event.objects.values_list("editorial_state", flat=True).order_by("pk")[0] == "published"


@pytest.mark.parametrize("model", ADDABLE, ids=lambda model: model._meta.label)
def test_the_page_that_adds_answers_whatever_it_is_asked(
    chief: Client, full: dict[str, Model], model: type[Model]
) -> None:
    where = url(model, "add")
    asked = ["", "case=x&matter=%00&slug=%00&name=%00&on=x"]
    if model._meta.model_name in ("case", "event"):
        asked += ["case=%00", "case=99999999999999999999", "matter=-1", "case=0"]
    assert {one: chief.get(f"{where}?{one}").status_code for one in asked} == dict.fromkeys(asked, 200)
    assert chief.post(where, {}).status_code == 200


@pytest.mark.parametrize("model", WITH_ROWS, ids=lambda model: model._meta.label)
def test_the_pages_of_a_row_answer(chief: Client, full: dict[str, Model], model: type[Model]) -> None:
    row = full[model._meta.label]
    assert chief.get(url(model, "change", row.pk), follow=True).status_code == 200
    assert chief.get(url(model, "history", row.pk)).status_code == 200
    for wrong in ("0", "x", "99999999999999999999", "_00", "%00"):
        assert chief.get(url(model, "change", "1").replace("/1/", f"/{wrong}/"), follow=True).status_code in (200, 404)


def test_a_stranger_is_led_to_the_login_and_a_reader_is_refused(db: None, full: dict[str, Model]) -> None:
    stranger, reader = Client(), Client()
    reader.force_login(User.objects.create_user("reader"))
    case = full["cases.Case"]
    pages = [reverse("admin:index"), url(type(case), "change", case.pk), reverse("admin:preview_case", args=["x"])]
    for page in pages:
        for client in (stranger, reader):
            response = client.get(page)
            assert response.headers["Location"] == f"{reverse('admin:login')}?next={page}"


def test_staff_without_permissions_may_see_and_write_nothing(full: dict[str, Model]) -> None:
    client = Client()
    client.force_login(User.objects.create_user("idle", is_staff=True))
    case = full["cases.Case"]
    assert client.get(url(type(case), "change", case.pk)).status_code == 403
    assert client.post(url(type(case), "change", case.pk), {"_publish": "1"}).status_code == 403
    assert client.get(reverse("admin:preview_case", args=["state-v-quint"])).status_code == 403
    assert client.get(reverse("admin:cases_case_seal", args=[case.pk])).status_code == 403


def test_editors_write_the_record_and_no_accounts(db: None) -> None:
    desk, plain = Client(), User.objects.create_user("plain", is_staff=True)
    plain.groups.add(make_group(EDITORS))
    desk.force_login(plain)
    page = desk.get(reverse("admin:index"))
    assert [app["app_label"] for app in page.context["app_list"]] == ["cases", "people", "imports"]
    assert desk.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_the_pages_keep_the_strict_policy_and_carry_nothing_inline(desk: Client, full: dict[str, Model]) -> None:
    for model in ("cases.Case", "cases.Event", "cases.Matter", "people.Person"):
        row = full[model]
        response = desk.get(url(type(row), "change", row.pk))
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        page = response.content.decode()
        assert (" style=" in page, "<script>" in page, "<style" in page, " onclick=" in page) == (False,) * 4

"""Every form of the desk answers whatever is sent in for its fields, and however many rows it is said to have."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from cases.models import Court, Defendant, Event, Source
from desk.forms import TOO_MANY_ROWS
from people.models import Person
from tests.desk.conftest import problems, row, shown
from tests.desk.record import docket

pytestmark = pytest.mark.django_db
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
OWN_PAGES = ("ruling", "merge", "correction", "batch", "mapping")  # and odd values in the tests beside them
ADDABLE = [model for model in MODELS if model._meta.model_name not in OWN_PAGES]
ODD = ["abc", "a\0b", "NaN", "2024-02-30", "9" * 18]
ODD_ALONE = ["a\0b", "9" * 18]
ALONE = ["case", "matter", "actor"]  # on the page of an act they decide what else is on it


@pytest.fixture
def chief(db: None) -> Client:
    """The browser of somebody who may do everything, accounts too."""
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    return client


def form_of(client: Client, where: str) -> tuple[dict[str, Any], list[str]]:
    """Return what a page that adds would send with one row of every inline, and the names of its fields."""
    page = client.get(where)
    data = shown(page)
    context: Any = page.context
    names = [field.html_name for field in context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        blank = inline.formset.empty_form
        prefix = inline.formset.prefix
        data |= row(prefix, 0)
        names += [field.html_name.replace("__prefix__", "0") for field in blank]
    return data, names


def pages(model: type[Model], case: int) -> list[str]:
    """Return the addresses of the pages that add one: for an act also the one of a case, which has more on it."""
    where = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return [where, f"{where}?case={case}"] if model is Event else [where]


@pytest.mark.parametrize("model", ADDABLE, ids=lambda model: model._meta.label)
def test_a_form_answers_whatever_is_sent_in_for_its_fields(
    chief: Client, editor: User, court: Court, report: Source, model: type[Model]
) -> None:
    kept = docket(court, report, editor)
    chief.raise_request_exception = False
    broken = []
    for where in pages(model, kept.case.pk):
        data, names = form_of(chief, where)
        for odd in ODD:
            sent = [dict.fromkeys(names, odd)]
            if model is Event and odd in ODD_ALONE:  # its pages are long, and take long
                sent += [{name: odd} for name in ALONE]
            codes = [chief.post(where, data | one).status_code for one in sent]
            broken += [(where, sorted(one), odd) for one, code in zip(sent, codes, strict=True) if code >= 500]
    assert broken == []


def test_a_page_takes_a_hundred_new_rows_and_says_so(desk: Client, editor: User, court: Court, report: Source) -> None:
    kept = docket(court, report, editor)
    where = reverse("admin:cases_event_change", args=[kept.complaint.pk])
    data = shown(desk.get(where))
    response = desk.post(where, data | {"creates-TOTAL_FORMS": "100000"})
    assert problems(response)["creates"] == [TOO_MANY_ROWS]
    assert len(response.context["inline_admin_formsets"][0].formset.forms) == 101


@pytest.mark.usefixtures("said")
def test_a_page_with_more_rows_than_one_may_add_can_still_be_saved(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    people = Person.objects.bulk_create(Person(slug=f"one-{number}", name=f"One {number}") for number in range(110))
    Defendant.objects.bulk_create(Defendant(case=kept.case, person=person) for person in people)
    where = reverse("admin:cases_case_change", args=[kept.case.pk])
    data = shown(desk.get(where))
    long = {f"unknown-{number}": "" for number in range(1000)}  # as many fields as a page of a hundred charges has
    assert desk.post(where, data | {"summary": "Many are accused."} | long).status_code == 302
    response = desk.post(where, shown(desk.get(where)) | {"defendants-TOTAL_FORMS": "100000"})
    assert problems(response)["defendants"] == [TOO_MANY_ROWS]
    assert len(response.context["inline_admin_formsets"][0].formset.forms) == 211

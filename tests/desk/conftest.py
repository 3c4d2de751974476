"""What the tests of the desk share: an editor who is signed in, and pages filled in as a browser does."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cases import editing
from cases.models import Court, Disposition, Jurisdiction, Participant, Source
from desk.marks import mark_of, name_of
from people.models import Name, Redirect
from tests.desk.record import Docket, docket


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may publish what they wrote themselves, as an administrator may: most tests need no second person.

    What each role may do is told in ``test_roles``.
    """
    return User.objects.create_superuser("edith", password="a long enough phrase")


@pytest.fixture
def desk(editor: User) -> Client:
    """The editor's browser."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def said(editor: User) -> Iterator[None]:
    """What readers are told of each change of what they could read, for tests that ask for other things."""
    with editing.corrected(kind="update", sentence="The record was changed by a test.", by=editor):
        yield


@pytest.fixture
def court(db: None) -> Court:
    """A trial court."""
    where = Jurisdiction.objects.create(slug="new-freedonia", name="New Freedonia")
    return Court.objects.create(slug="freedonia-district", name="Freedonia District Court", jurisdiction=where)


@pytest.fixture
def terms(db: None) -> dict[str, Disposition]:
    """Two ways in which a charge ends."""
    rows = [
        ("dismissed_with_prejudice", "non_conviction", "Dismissed with prejudice"),
        ("convicted_jury", "conviction", "Convicted by a jury"),
    ]
    return {
        slug: Disposition.objects.create(slug=slug, cls=cls, label=label, sentence=f"{label}.")
        for slug, cls, label in rows
    }


@pytest.fixture
def report(db: None) -> Source:
    """Something to cite that carries a decision by itself, as one press report would not."""
    return Source.objects.create(kind="court_record", publisher="The Daily Docket", title="What was decided")


@pytest.fixture
def quint(editor: User, court: Court, report: Source) -> Docket:
    """Zoë Quint, a public defendant."""
    return docket(court, report, editor)


@pytest.fixture
def kwint(quint: Docket, editor: User, court: Court, report: Source) -> Docket:
    """Zofia Kwint, a public defendant in another case and a witness in the first, with an alias and an old address."""
    other = docket(court, report, editor, slug="state-v-kwint", name="Zofia Kwint")
    who = other.defendant.person
    editing.save(Name(person=who, text="Zosia Kwint"), by=editor)
    editing.save(Redirect(person=who, old_slug="z-kwint"), by=editor)
    editing.save(Participant(case=quint.case, person=who, role="witness", shown_by=quint.complaint), by=editor)
    return other


def shown(response: HttpResponse) -> dict[str, Any]:
    """Return what a browser would send if the page in ``response`` were sent in as it is."""
    context: Any = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value is False:
                continue
            data[field.html_name] = value if isinstance(value, list) else getattr(value, "pk", value)
    return data


def picked(action: str, *rows: Model, **more: Any) -> dict[str, Any]:
    """Return what a list sends for an action on some of its rows, as it shows them now."""
    marks = {name_of(one): mark_of(type(one)._base_manager.get(pk=one.pk)) for one in rows}
    return {"action": action, "_selected_action": [str(one.pk) for one in rows], **marks, **more}


def row(prefix: str, number: int, **values: Any) -> dict[str, Any]:
    """Return one more row of an inline, as the page's script adds it."""
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()} | {
        f"{prefix}-TOTAL_FORMS": number + 1
    }


def problems(response: HttpResponse) -> dict[str, list[str]]:
    """Return the errors on a page: by field, with the prefix of the row; "" for those above the form."""
    context = response.context
    found: dict[str, list[str]] = {}
    for name, told in context["adminform"].form.errors.items():
        found["" if name == "__all__" else name] = [str(one) for one in told]
    for inline in context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        if rows := [str(one) for one in inline.formset.non_form_errors()]:
            found[prefix] = rows
        for form in inline.formset.forms:
            for name, told in form.errors.items():
                found[f"{form.prefix}-{'' if name == '__all__' else name}"] = [str(one) for one in told]
    return found


def add(client: Client, noun: str, asked: str = "", /, **values: Any) -> HttpResponse:
    """Open the page that adds a ``noun`` ("cases_case"), fill it in, and send it."""
    url = reverse(f"admin:{noun}_add") + asked
    return client.post(url, shown(client.get(url)) | values)


def change(client: Client, noun: str, pk: int, /, **values: Any) -> HttpResponse:
    """Open the page of a row, change it, and send it."""
    url = reverse(f"admin:{noun}_change", args=[pk])
    return client.post(url, shown(client.get(url)) | values)


# --- signing in ------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(settings: Settings) -> None:
    """A public site: who may publish is asked for a second factor."""
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def secret(editor: User) -> str:
    """The key of the editor's app, set up."""
    made = generate_totp_secret()
    TOTP.activate(editor, made)
    return made


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands still, and is moved by hand."""
    with time_machine.travel("2026-03-02T09:00:05Z", tick=False) as moved:
        yield moved

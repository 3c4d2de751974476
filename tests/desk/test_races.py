"""Many editors at once, against a live server: nothing overwritten unseen, nothing entered twice, no failure."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django.live_server_helper import LiveServer

from cases.models import Charge, Citation, Event, Source
from desk.meanwhile import MEANWHILE
from tests.desk.conftest import shown
from tests.desk.record import Docket, act
from tests.desk.test_short_forms import NEW, at, fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patient")]

TOKEN = "a" * 32  # what a browser has as its cookie and sends in the form


class Stays(HTTPRedirectHandler):
    """Do not follow: where an answer leads is what is looked at."""

    def redirect_request(self, *args: Any) -> None:
        return None


def send(address: str, session: str, data: dict[str, Any]) -> tuple[int, str, str]:
    """Send a form as a browser does; return the status, where it leads, and the page."""
    body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}, doseq=True).encode()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    request = Request(address, body, {"Cookie": cookies})  # noqa: S310 - our own server
    try:
        with build_opener(Stays).open(request, timeout=600) as answer:
            return answer.status, "", answer.read().decode()
    except HTTPError as answer:
        return answer.code, answer.headers.get("Location", ""), answer.read().decode()


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_of_fifty_who_save_the_same_act_at_once_one_is_saved_and_the_others_are_told(
    live_server: LiveServer, desk: Client, editor: User, quint: Docket, report: Source
) -> None:
    draft = act(quint.case, "Hearing held", "hearing arraignment", None, report, editor, precision="unknown")
    url = reverse("admin:cases_event_change", args=[draft.pk])
    mine = shown(desk.get(url))
    accounts = [User(username=f"editor-{n}", is_staff=True, is_superuser=True) for n in range(50)]
    sessions = [session_of(user) for user in User.objects.bulk_create(accounts)]

    def save(n: int) -> tuple[int, str, str]:
        return send(live_server.url + url, sessions[n], mine | {"title": f"Hearing number {n}"})

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(save, range(50)))
    (winner,) = [n for n, (status, _, _) in enumerate(answers) if status == 302]
    told = [page for n, (_, _, page) in enumerate(answers) if n != winner]
    assert {status for n, (status, _, _) in enumerate(answers) if n != winner} == {200}
    draft.refresh_from_db()
    assert draft.title == f"Hearing number {winner}"
    said = escape(f"editor-{winner} changed “Title” from “Hearing held” to “Hearing number {winner}”")
    assert [page for page in told if MEANWHILE not in page or said not in page] == []
    kept = [n for n, (_, _, page) in enumerate(answers) if f'value="Hearing number {n}"' in page]
    assert kept == [n for n in range(50) if n != winner]


def test_one_form_sent_ten_times_at_once_makes_one_act(
    live_server: LiveServer, desk: Client, editor: User, quint: Docket, report: Source
) -> None:
    url = f"{reverse('admin:cases_event_add')}?case={quint.case.pk}"
    response = desk.get(url)
    new = shown(response) | {"entry_key": str(response.context["entry_key"])}
    new |= {"what": "hearing:arraignment", "title": "Arraigned", "on": "2024-02-01", "citations-0-source": report.pk}
    session = session_of(editor)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: send(live_server.url + url, session, new), range(10)))
    assert {(status, where) for status, where, _ in answers} == {
        (302, reverse("admin:cases_case_change", args=[quint.case.pk]))
    }
    assert Event.objects.filter(title="Arraigned").count() == 1


def test_one_short_form_sent_ten_times_at_once_makes_one_act(
    live_server: LiveServer, desk: Client, editor: User, quint: Docket
) -> None:
    url = at(quint.case, "new-charges")
    new = fresh(desk, url) | {"what": "indictment:superseding_indictment", "on": "2024-02-01", **NEW}
    session = session_of(editor)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: send(live_server.url + url, session, new), range(10)))
    assert {(status, where) for status, where, _ in answers} == {
        (302, reverse("admin:cases_case_change", args=[quint.case.pk]))
    }
    assert (Event.objects.count(), Charge.objects.count(), Citation.objects.count()) == (2, 2, 2)

"""The same ruling sent many times at once, against a live server: one act, with one outcome and one new source."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from cases.models import Event, Outcome, Source
from tests.desk.ruling.conftest import ADDRESS, NEW, World
from tests.desk.test_races import send, session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patient")]


def test_one_ruling_sent_ten_times_at_once_makes_one_act(live_server: LiveServer, editor: User, world: World) -> None:
    new = world.fields(
        key=str(uuid.uuid4()),
        actor_name="Ferdinand Krull",
        _draft="1",
        **NEW,
    )
    session = session_of(editor)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: send(live_server.url + reverse("admin:ruling"), session, new), range(10)))
    assert {(status, where) for status, where, _ in answers} == {
        (302, reverse("admin:cases_case_change", args=[world.case.pk]))
    }
    act = Event.objects.get(category="ruling")
    assert Outcome.objects.get(event=act).charge == world.arson
    assert Source.objects.filter(url=ADDRESS).count() == 1
    assert act.actor is not None
    assert act.actor.slug == "ferdinand-krull"

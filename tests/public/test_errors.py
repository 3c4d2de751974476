"""The pages a reader meets when something is wrong: plain, ours, and without the database."""

import pytest
from django.test import Client, RequestFactory

from public import errors
from tests.public import world


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("bad_request", 400),
        ("permission_denied", 403),
        ("page_not_found", 404),
        ("gone", 410),
        ("server_error", 500),
        ("unavailable", 503),
    ],
)
def test_each_says_what_happened_without_asking_the_database(name: str, status: int) -> None:
    # This test may not touch the database (it has no django_db mark): pytest-django would refuse.
    page = getattr(errors, name)(RequestFactory().get("/"))
    heading, words = errors.WORDS[status]
    assert page.status_code == status
    assert world.text(page) == f"Error {status} {heading} {words} Start page All cases Search"
    assert page.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in world.html(page)


def test_a_form_without_its_token_is_told_to_be_sent_again() -> None:
    page = errors.csrf_failure(RequestFactory().post("/"))
    assert page.status_code == 403
    assert "That form could not be accepted" in world.text(page)


def test_an_absent_database_asks_to_come_back() -> None:
    assert errors.unavailable(RequestFactory().get("/")).headers["Retry-After"] == "10"


def test_the_last_page_stands_even_when_templates_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise ValueError("no such file")

    monkeypatch.setattr(errors, "render_to_string", broken)
    page = errors.server_error(RequestFactory().get("/"))
    assert page.status_code == 500
    assert page.content.decode() == "Something went wrong on our side\n\n" + errors.WORDS[500][1] + "\n"


def test_a_missing_page_is_answered_without_the_database(client: Client) -> None:
    assert client.get("/nowhere/").status_code == 404

"""Whatever is sent to whatever address: a clear answer, never a fault of ours."""

import pytest
from django.test import Client

from tests.public import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("harbour")]

ADDRESSES = (
    *world.PUBLIC_PAGES,
    "/cases/state-v-roe/",
    "/cases/state-v-roe/feed/",
    "/matters/harbour-fire/",
    "/people/jane-roe/",
    "/courts/santa-rosa-district/",
)
NAMES = ("q", "as_of", "page", "year", "kind", "court", "status", "finality", "outcome", "defendant", "order", "show")
VALUES = (
    "%00", "a%00b", "2024-02-30", "2024-13-01", "0001-01-01", "9999-12-31", "10000-01-01", "-1", "0", "1e9",
    "9" * 400, "%ff%fe", "%ed%a0%80", "' OR 1=1 --", "(((((", "\\", "%25", "x" * 3000, "<script>", "٢٠٢٤", "💥",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.slow
def test_no_value_of_any_name_is_a_fault(client: Client, address: str) -> None:
    faults = []
    for value in VALUES:
        asked = "&".join(f"{name}={value}" for name in NAMES)
        status = client.get(f"{address}?{asked}").status_code
        if status != 200:
            faults.append((value[:20], status))
    assert faults == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.slow
def test_a_name_alone_without_value_or_twice(client: Client, name: str) -> None:
    for address in ADDRESSES:
        for asked in (f"?{name}", f"?{name}=", f"?{name}=a&{name}=%00", f"?{name}[]=1"):
            assert client.get(address + asked).status_code == 200, (address, asked)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2024-02-30", "Enter a day as year-month-day, for example 2024-07-12."),
        ("12 July 2024", "Enter a day as year-month-day, for example 2024-07-12."),
        ("2999-01-01", "That day has not come yet. Choose today or an earlier day."),
        ("0001-01-01", "The record does not reach back so far. Choose a day after 1800."),
        ("\0", "Enter a day as year-month-day, for example 2024-07-12."),
    ],
)
@pytest.mark.parametrize("address", ["/cases/state-v-roe/", "/matters/harbour-fire/"])
def test_a_wrong_day_is_said_beside_its_field_and_today_is_shown(
    client: Client, address: str, asked: str, said: str
) -> None:
    page = client.get(address, {"as_of": asked})
    assert f'<p class="error" id="as-of-error">{said}</p>' in world.html(page)
    assert "The record as it stood on" not in world.text(page).replace("Record as it stood on", "")
    assert "Convicted by a jury" in world.text(page)


def test_unknown_choices_of_the_timeline_are_said(client: Client) -> None:
    page = world.text(client.get("/cases/state-v-roe/", {"kind": "cricket", "defendant": "nobody"}))
    assert "There is no kind of act called “cricket”." in page
    assert "No defendant of this record goes by “nobody”." in page


@pytest.mark.parametrize("noun", ["cases", "matters", "people", "courts"])
def test_unknown_addresses_have_our_page(client: Client, noun: str) -> None:
    for slug in ("nobody", "x" * 500, "%00", "a%00b", "..", "%F0%9F%92%A5", "a b", "-", "<x>"):
        page = client.get(f"/{noun}/{slug}/")
        assert (slug, page.status_code) == (slug, 404)
        assert "There is no such page" in world.text(page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_can_only_be_read(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(client, method)(address)
        assert (method, answer.status_code, answer.headers["Allow"]) == (method, 405, "GET, HEAD")
        assert "This page can only be read" in world.text(answer)


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_and_no_body(client: Client, address: str) -> None:
    answer = client.head(address)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_form_of_the_desk_without_its_token_gets_our_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/desk/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "That form could not be accepted" in world.text(answer)


def test_more_fields_than_anybody_needs_is_a_bad_request_on_our_page(client: Client) -> None:
    asked = "&".join(f"kind=k{number}" for number in range(5200))
    page = client.get(f"/cases/?{asked}")
    assert page.status_code == 400
    assert "That request could not be read" in world.text(page)

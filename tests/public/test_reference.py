"""The glossary, the page about the record, the gallery of components and robots.txt."""

import re
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from cases.choices import OfficialRole, PartyRole
from cases.law.vocabulary import CaseStatus, ChargeClass, Finality
from cases.models import Disposition
from cases.reference import load_reference
from cases.templatetags.record import SHAPES
from public.words import CLASSES, FINALITIES, ROLES, STATUSES
from tests.public import world

pytestmark = pytest.mark.django_db


def test_the_glossary_explains_every_term_in_the_words_of_its_row(client: Client) -> None:
    load_reference()
    page = client.get("/glossary/")
    terms = dict(re.findall(r'id="term-(\w+)">.*?<dd>(.*?)</dd>', world.html(page)))
    assert terms.keys() == set(Disposition.objects.values_list("slug", flat=True))
    assert terms["acquitted_jury"] == Disposition.objects.get(slug="acquitted_jury").sentence


def test_everything_fixed_in_law_has_its_plain_sentence() -> None:
    assert (set(CLASSES), set(STATUSES), set(FINALITIES)) == (set(ChargeClass), set(CaseStatus), set(Finality))
    assert set(ROLES) == {*PartyRole, *OfficialRole}


def test_the_gallery_shows_every_look_and_every_component(client: Client) -> None:
    page = client.get("/gallery/")
    assert {look for look, _ in world.badges(page)} == set(SHAPES)
    assert '<meta name="robots" content="noindex">' in world.html(page)


def test_robots_are_kept_from_the_desk_only(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert world.html(answer) == "User-agent: *\nDisallow: /desk/\n"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("address", world.PUBLIC_PAGES[:-1])
def test_pages_have_one_heading_a_title_and_nothing_inline(client: Client, address: str) -> None:
    body = world.html(client.get(address))
    assert body.count("<h1") == 1
    assert re.search(r"<title>[^<|]+ \| Docketline</title>", body)
    assert re.findall(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", body) == []


def test_the_picture_of_a_page_needs_no_request() -> None:
    assert "Error 404" in get_template("errors/error.html").render({"status": 404, "title": "x", "words": "y"})


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("mailto:desk@court.example", ' (<a href="mailto:desk@court.example">desk@court.example</a>)'),
        ("https://court.example/errors", ' (<a href="https://court.example/errors">https://court.example/errors</a>)'),
        ("", ""),
    ],
)
def test_a_reader_is_told_where_to_report_an_error(client: Client, settings: Any, contact: str, link: str) -> None:
    settings.CONTACT = contact
    assert f"tell the people who run this site{link}, and name" in world.html(client.get("/about/"))

"""Looking people up, and what their pages say of each role."""

import re
from datetime import date

import pytest
from django.test import Client

from cases.models import Defendant, Participant
from people.models import Name, Namesake, Person, Redirect
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def found(client: Client, typed: str) -> list[str]:
    """The addresses of the people found."""
    body = world.html(client.get("/people/", {"q": typed}))
    return re.findall(r'<h3><a href="/people/([^/]+)/">', body)


@pytest.mark.parametrize("typed", ["jane roe", "JANE", "Roe Jane", "jané roé", "jane ro", "calamity"])
def test_finds_a_person_by_any_name_however_it_is_spelt(client: Client, typed: str) -> None:
    roe = world.tried()
    Name.objects.create(person=roe.defendant.person, text="Calamity-Jané")
    assert found(client, typed) == ["jane-roe"]


def test_hits_tell_roles_cases_status_court_and_years_in_words(client: Client) -> None:
    world.tried()
    page = world.text(client.get("/people/", {"q": "jane roe"}))
    assert "1 person named “jane roe”" in page
    assert "Defendant in a criminal case: State v. Jane Roe" in page
    assert "Convicted by a jury, not yet sentenced." in page
    assert "Open · Santa Rosa District · 2024" in page


@pytest.mark.parametrize("typed", ["D-state-v-roe-1", "d state v roe 1", "DSTATEVROE1"])
def test_a_docket_number_goes_to_its_case(client: Client, typed: str) -> None:
    world.tried()
    page = client.get("/people/", {"q": typed})
    assert (page.status_code, page.headers["Location"]) == (302, "/cases/state-v-roe/")


def test_without_words_everybody_with_a_role_is_listed_by_surname(client: Client) -> None:
    roe = world.tried()
    record.person("Nobody Special")
    Participant.objects.filter(pk=roe.judge.pk).delete()
    body = world.html(client.get("/people/"))
    assert re.findall(r'<h3><a href="/people/([^/]+)/">', body) == ["jane-roe", "victim-state-v-roe"]


def test_nobody_found_and_nothing_to_look_for(client: Client) -> None:
    world.tried()
    assert "Nobody in the record goes by that name." in world.text(client.get("/people/", {"q": "xerxes"}))
    assert "Type at least one letter or digit." in world.text(client.get("/people/", {"q": "-"}))
    assert "Null characters are not allowed." in world.text(client.get("/people/", {"q": "roe\0"}))


def test_the_accused_page_carries_charges_with_their_outcomes(client: Client) -> None:
    roe = world.tried()
    Name.objects.create(person=roe.defendant.person, text="Calamity Jane")
    page = client.get("/people/jane-roe/")
    assert world.badges(page) == [("convicted", "Convicted by a jury")]
    assert f'href="/cases/state-v-roe/#charge-{roe.charge.pk}"' in world.html(page)
    assert "Also known as Calamity Jane" in world.text(page)
    assert "Defendant in a criminal case State v. Jane Roe" in world.text(page)


@pytest.mark.parametrize(
    ("role", "label"),
    [("victim", "Victim"), ("plaintiff", "Plaintiff"), ("judge", "Judge"), ("defence_counsel", "Defence counsel")],
)
def test_nobody_else_in_a_conviction_carries_a_mark(client: Client, role: str, label: str) -> None:
    roe = world.tried()
    represents = roe.defendant if role == "defence_counsel" else None
    Participant.objects.create(
        case=roe.case, person=record.person("Una Other"), role=role, shown_by=roe.complaint, represents=represents
    )
    page = client.get("/people/una-other/")
    assert world.badges(page) == []
    assert "onvicted" not in world.text(page)
    assert f"{label} State v. Jane Roe" in world.text(page)
    assert "None of these roles is an accusation of a crime." in world.text(page)
    hit = world.text(client.get("/people/", {"q": "una other"})).split("case")[0]
    assert "onvicted" not in hit


def test_somebody_sued_is_not_called_accused(client: Client) -> None:
    suit = record.case("estate-v-poe", kind="civil", caption="Estate v. Poe")
    who = record.defendant(suit, record.person("Max Poe"))
    record.charge(who, "Damages", record.act(suit, "2024-02-01", "filing complaint", title="Estate sues"))
    world.derive(suit)
    page = client.get("/people/max-poe/")
    assert "Defendant in a civil suit (sued, not accused of a crime)" in world.text(page)
    assert world.badges(page) == [("pending", "Claim filed")]
    assert "None of these roles is an accusation of a crime." in world.text(page)


def test_one_person_accused_here_and_plaintiff_there_has_both_roles_apart(client: Client) -> None:
    roe = world.tried()
    suit = record.case("roe-v-state", kind="civil", caption="Roe v. State")
    filed = record.act(suit, "2025-02-01", "filing complaint", title="Roe sues")
    record.role(suit, roe.defendant.person, "plaintiff", filed)
    world.derive(suit)
    roles = world.html(client.get("/people/jane-roe/")).split('<ul class="rows"')[1]
    accused, plaintiff = roles.split('<span class="tag-role">')[1:]
    assert "badge" in accused
    assert "badge" not in plaintiff.split("</section>")[0]


def test_counsel_tells_for_whom_and_when_unless_the_name_is_withheld(client: Client) -> None:
    roe = world.tried()
    Participant.objects.create(
        case=roe.case, person=record.person("Una Other"), role="defence_counsel", shown_by=roe.complaint,
        represents=roe.defendant, started_on=date(2024, 2, 1),
    )  # fmt: skip
    page = world.text(client.get("/people/una-other/"))
    assert "For Jane Roe" in page
    assert "from 1 February 2024" in page
    Defendant.objects.filter(pk=roe.defendant.pk).update(visibility="name_withheld")
    page = world.text(client.get("/people/una-other/"))
    assert "For Name withheld" in page


def test_an_organisation_has_a_page(client: Client) -> None:
    roe = world.tried()
    record.role(roe.case, record.person("Harbour Company", kind="organisation"), "plaintiff", roe.complaint)
    page = world.text(client.get("/people/harbour-company/"))
    assert page.startswith("Organisation Harbour Company")


def test_an_old_address_leads_to_the_present_one_for_ever(client: Client) -> None:
    roe = world.tried()
    Redirect.objects.create(old_slug="j-roe", person=roe.defendant.person)
    moved = client.get("/people/j-roe/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/people/jane-roe/")


def test_an_old_address_of_a_hidden_person_leads_nowhere(client: Client) -> None:
    roe = world.tried()
    Redirect.objects.create(old_slug="j-roe", person=roe.defendant.person)
    Person.objects.filter(pk=roe.defendant.person_id).update(visibility="name_withheld")
    assert client.get("/people/j-roe/").status_code == 404


def test_a_person_without_any_published_role_has_no_page(client: Client) -> None:
    record.person("Nobody Special")
    assert client.get("/people/nobody-special/").status_code == 404


def test_noindex_is_told_to_search_engines(client: Client) -> None:
    roe = world.tried()
    assert 'name="robots"' not in world.html(client.get("/people/jane-roe/"))
    Person.objects.filter(pk=roe.defendant.person_id).update(visibility="noindex")
    assert '<meta name="robots" content="noindex">' in world.html(client.get("/people/jane-roe/"))
    assert '<meta name="robots" content="noindex">' in world.html(client.get("/cases/state-v-roe/"))


def test_a_namesake_is_named_so_that_one_is_not_taken_for_the_other(client: Client) -> None:
    one, other = world.tried(), world.tried("state-v-una", "Una Moe")
    other.defendant.person.name = "Jane Róe"
    other.defendant.person.save()
    world.derive(other.case)
    said = "The record does not say whether this is the same person as the one on this page."
    page = world.text(client.get("/people/jane-roe/"))
    assert f"Others of the same name Jane Róe Defendant in a criminal case: State v. Una Moe, 2024 {said}" in page
    Namesake.objects.create(person=other.defendant.person, other=one.defendant.person, note="born a year later")
    assert "Not the same person as the one on this page: born a year later" in world.text(
        client.get("/people/jane-roe/")
    )
    assert "Others of the same name" not in world.text(client.get("/people/justice-state-v-roe/"))
    Person.objects.filter(pk=other.defendant.person_id).update(visibility="name_withheld")
    world.derive(one.case, other.case)
    assert "Others of the same name" not in world.text(client.get("/people/jane-roe/"))


def test_who_has_a_part_in_very_many_cases_has_the_latest_of_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("public.person_page.LONG", 2)
    state = record.person("State of Roeland")
    for n in range(1, 4):
        case = record.case(f"state-v-{n}", caption=f"State v. {n}")
        record.role(case, state, "government", record.act(case, f"2024-0{n}-01", "filing complaint", title="Charged"))
        world.derive(case)
        page = client.get("/people/state-of-roeland/")
        assert ("noindex" in world.html(page), "Look for the name" in world.text(page)) == (n > 2, n > 2)
    assert re.findall(r"State v\. \d", world.text(page)) == ["State v. 3", "State v. 2"]

"""A name hidden in one place is not given away by another: by links, refilings, appeals, lists or search engines."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cases.models import Case, Defendant
from people.models import Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def withhold(row: Case | Defendant | Person, visibility: str = "name_withheld") -> None:
    """Hide the name in a case, of a defendant, or of a person."""
    type(row).objects.filter(pk=row.pk).update(visibility=visibility)
    world.derive(*Case.objects.all())


@pytest.mark.parametrize("hidden", ["case", "defendant"])
def test_a_case_that_hides_a_name_does_not_say_where_it_was_filed_again(client: Client, hidden: str) -> None:
    roe = world.tried(term="dismissed_without_prejudice")
    again = record.case("zebra-v-roe", caption="State v. Jane Zebra")
    filed = record.act(again, "2025-01-10", "filing indictment", title="Charged again")
    who = record.defendant(again, roe.defendant.person)
    record.charge(who, "Theft of a boat", filed, replaces=roe.charge, replaces_how="refiled")
    world.derive(again, roe.case)
    assert "refiled on 10 January 2025 in State v. Jane Zebra" in world.text(client.get("/cases/state-v-roe/"))
    withhold(roe.case if hidden == "case" else roe.defendant)
    Case.objects.filter(pk=roe.case.pk).update(caption="State v. R.")
    pages = [client.get(Case.objects.get(pk=roe.case.pk).get_absolute_url()), client.get("/cases/?q=boat"),
             client.get("/cases/", {"court": "santa-rosa-district"})]  # fmt: skip
    assert "refiled" in world.text(pages[0])
    assert "Jane Zebra" not in world.text(pages[0])
    assert all("in State v. Jane Zebra" not in world.text(page) for page in pages)


def test_a_case_that_hides_its_names_links_to_no_appeal_that_tells_them(client: Client) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    appeal = record.case("roe-v-state", kind="appellate", caption="Roe v. State", matter=roe.case.matter)
    record.act(appeal, "2024-06-20", "filing notice_of_appeal", title="Appeal opens", named=[roe.defendant])
    upheld = record.act(appeal, "2024-09-20", "appellate reversed", title="Overruled", named=[roe.defendant])
    record.relate(appeal, "appeal_of", roe.case)
    withhold(roe.case)
    page = client.get(Case.objects.get(pk=roe.case.pk).get_absolute_url())
    assert f'<a href="#act-{upheld.pk}">Overruled</a> (Reversed)' in world.html(page)  # among the reasons
    assert "roe-v-state" not in world.html(page)


def test_what_an_appeal_without_names_did_is_not_told_beside_the_name(client: Client) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    appeal = record.case("zebra-appeal", kind="appellate", caption="In re Zebra", matter=roe.case.matter)
    record.act(appeal, "2024-06-20", "filing notice_of_appeal", title="Appeal opens", named=[roe.defendant])
    record.act(appeal, "2024-09-20", "appellate affirmed", title="Result upheld", named=[roe.defendant])
    record.act(appeal, "2024-10-20", "appellate reversed", title="Result reversed", named=[roe.defendant])
    record.relate(appeal, "appeal_of", roe.case)
    withhold(appeal)
    page = client.get("/matters/harbour-fire/")
    act = world.part(page, f"act-{appeal.events.get(title='Result reversed').pk}")
    assert "Case name withheld" in act
    assert "Jane Roe" not in act


LISTS = (
    "/",
    "/cases/",
    "/people/",
    "/courts/santa-rosa-district/",
    "/people/justice-state-v-roe/",
    "/people/jane-roe/",
)


@pytest.mark.parametrize("what", ["case", "defendant", "person"])
def test_whoever_is_kept_out_of_search_engines_is_on_no_page_that_they_may_keep(client: Client, what: str) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    mark = '<meta name="robots" content="noindex">'
    assert [address for address in LISTS if mark in world.html(client.get(address))] == []
    withhold({"case": roe.case, "defendant": roe.defendant, "person": roe.defendant.person}[what], "noindex")
    assert [address for address in LISTS if mark not in world.html(client.get(address))] == []


def test_no_page_links_to_an_address_that_tells_a_hidden_name(client: Client) -> None:
    roe = world.tried("case-nine", "Una Moe", matter=record.matter("harbour-fire"))
    Case.objects.filter(pk=roe.case.pk).update(slug="state-v-zebra")
    roe.case.refresh_from_db()
    world.corrected("Its day was wrong.", case=roe.case, event=roe.complaint)
    other = world.tried()
    record.relate(other.case, "related", roe.case)
    withhold(roe.case)
    withhold(other.case)
    neutral = Case.objects.get(pk=roe.case.pk).get_absolute_url()
    assert neutral == f"/cases/withheld-{roe.case.pk}/"
    addresses = ("/", "/cases/", "/courts/santa-rosa-district/", "/matters/harbour-fire/", "/corrections/",
                 "/corrections/feed/", f"/cases/withheld-{other.case.pk}/", neutral)  # fmt: skip
    assert [address for address in addresses if "zebra" in world.html(client.get(address)).lower()] == []
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_the_old_address_still_leads_there_and_a_made_up_one_nowhere(client: Client) -> None:
    roe = world.tried()
    numbered = f"/cases/withheld-{roe.case.pk}/"
    assert client.get(numbered).headers["Location"] == "/cases/state-v-roe/"
    withhold(roe.case)
    moved = client.get("/cases/state-v-roe/?as_of=2024-06-30")
    assert (moved.status_code, moved.headers["Location"]) == (302, f"{numbered}?as_of=2024-06-30")
    world.seal(roe.case)
    assert "Sealed record" in world.text(client.get(numbered))
    assert "Sealed record" in world.text(client.get("/cases/state-v-roe/"))
    world.published(roe.case, "withdrawn")
    assert client.get(f"/cases/withheld-{roe.case.pk}/").status_code == 410
    world.published(roe.case, "draft")
    assert client.get(f"/cases/withheld-{roe.case.pk}/").status_code == 404
    for made_up in ("withheld-0", "withheld-" + "9" * 5000, "withheld-", "withheld-1a"):
        assert client.get(f"/cases/{made_up}/").status_code == 404


def test_no_other_case_takes_the_address_by_number() -> None:
    with pytest.raises(ValidationError, match="belongs to the case with this number"):
        Case(slug="withheld-12", caption="Withheld 12").clean()
    Case(slug="withheld-in-state-v-roe", caption="Withheld in").clean()


def test_an_act_of_somebody_sealed_is_in_no_year_of_the_lists(client: Client) -> None:
    roe = world.tried()
    zebra = record.defendant(roe.case, record.person("Zebra Accused"), position=2)
    late = record.act(roe.case, "2031-05-05", "filing indictment", title="Zebra indicted")
    late.on = late.on.replace(year=2025)
    late.save()
    record.charge(zebra, "Zebra arson", late)
    world.seal(zebra)
    assert "2024–2025" not in world.text(client.get("/cases/"))
    assert client.get("/cases/", {"year": "2025"}).context["page"].paginator.count == 0
    assert not re.search(r'value="2025"', world.html(client.get("/people/?q=roe")))


def test_counsel_do_not_tell_of_a_client_who_is_not_public(client: Client) -> None:
    roe = world.tried()
    zebra = record.defendant(roe.case, record.person("Zebra Accused"), position=2)
    record.charge(zebra, "Arson", record.act(roe.case, "2024-05-05", "filing indictment", state="draft", title="Draft"))
    counsel = record.role(roe.case, record.person("Una Counsel"), "defence_counsel", roe.complaint)
    type(counsel).objects.filter(pk=counsel.pk).update(represents=zebra)
    world.derive(roe.case)
    for address in ("/cases/state-v-roe/", "/people/una-counsel/", "/people/?q=una+counsel&role=any"):
        page = client.get(address)
        assert "Una Counsel" in world.text(page), address
        assert "zebra" not in world.html(page).lower(), address


def test_an_appeal_that_tells_names_tells_not_whose_name_the_trial_withholds(client: Client) -> None:
    roe = world.tried(matter=record.matter("harbour-fire"))
    appeal = record.case("roe-v-state", kind="appellate", caption="Jane Roe v. State", matter=roe.case.matter)
    act = record.act(appeal, "2024-10-20", "appellate reversed", title="Result reversed", named=[roe.defendant])
    record.relate(appeal, "appeal_of", roe.case)
    withhold(roe.defendant)
    page = client.get("/matters/harbour-fire/")
    said = world.part(page, f"act-{act.pk}")
    assert "In Jane Roe v. State" in said
    assert "withheld" not in said
    assert "Theft of a boat" not in said
    chosen = client.get("/matters/harbour-fire/", {"defendant": str(roe.defendant.pk)})
    assert f'id="act-{act.pk}"' not in world.html(chosen) or "Name withheld (1)" not in world.text(chosen)

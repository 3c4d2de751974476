"""What is found while somebody types in a field of the desk, whatever they type."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Court, Disposition, Jurisdiction
from people.models import Name, Person
from tests.desk.test_pages import SEARCHES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("term", SEARCHES)
def test_autocomplete_answers_whatever_is_typed(desk: Client, term: str) -> None:
    asked = f"app_label=cases&model_name=defendant&field_name=person&term={term}"
    assert desk.get(f"{reverse('admin:autocomplete')}?{asked}").status_code == 200


def test_autocomplete_finds_a_court_by_its_place_and_its_jurisdiction(desk: Client, court: Court) -> None:
    """Accents and case do not matter, neither those of the record nor those that are typed."""
    court.location = "Trois-Rivières"
    court.save()
    Jurisdiction.objects.filter(pk=court.jurisdiction_id).update(name="Québec")
    where = reverse("admin:autocomplete") + "?app_label=cases&model_name=case&field_name=court&term="
    told = {
        term: [row["text"] for row in desk.get(where + term).json()["results"]]
        for term in ("rivieres", "RIVIÈRES quebec", "old")
    }
    this = ["Freedonia District Court (Trois-Rivières)"]
    assert told == {"rivieres": this, "RIVIÈRES quebec": this, "old": []}


def test_autocomplete_finds_a_name_whatever_its_accents_and_tells_two_apart(desk: Client) -> None:
    for slug, name, who in (("zoe-quint", "Zoë Quint-Álvarez", "caretaker"), ("zoe-quint-2", "Zoe Quint", "")):
        Person.objects.create(slug=slug, name=name, described_as=who)
    Name.objects.create(person=Person.objects.get(slug="zoe-quint-2"), text="Łucja Kwint")
    where = reverse("admin:autocomplete") + "?app_label=cases&model_name=defendant&field_name=person&term="

    def found(term: str) -> list[str]:
        return [row["text"] for row in desk.get(where + term).json()["results"]]

    assert found("zoe quint") == ["Zoë Quint-Álvarez (caretaker)", "Zoe Quint (zoe-quint-2)"]
    assert found("QUINT-ALVAREZ") == ["Zoë Quint-Álvarez (caretaker)"]
    assert found("lucja") == ["Zoe Quint (zoe-quint-2)"]
    assert found("...") == []


def test_a_term_whose_label_has_what_was_typed_stands_before_one_whose_explanation_has(desk: Client) -> None:
    for slug, label, sentence in (
        ("convicted_bench", "Convicted by a judge", "A judge, without a jury, found the person guilty."),
        ("convicted_jury", "Convicted by a jury", "A jury found the person guilty."),
        ("was_convicted_jury", "Acquitted, after he was convicted by a jury", "A higher court acquitted."),
    ):
        Disposition.objects.create(slug=slug, cls="conviction", label=label, sentence=sentence)
    where = reverse("admin:autocomplete") + "?app_label=cases&model_name=outcome&field_name=disposition&term="
    for term in ("convicted by a jury", "%20Convicted%20by%20%20a%20jury"):
        assert [row["text"] for row in desk.get(where + term).json()["results"]] == [
            "Convicted by a jury", "Acquitted, after he was convicted by a jury", "Convicted by a judge",
        ]  # fmt: skip
    assert desk.get(reverse("admin:cases_disposition_changelist") + "?q=jury&o=1").status_code == 200

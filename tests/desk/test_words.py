"""What the search boxes of the desk's lists find: hidden persons too, by any name, each row once."""

import pytest

from cases.models import Defendant
from desk.admin.words import having_words
from people.models import Name, Person
from tests.cases import record

pytestmark = pytest.mark.django_db

PERSON, ACCUSED = ("folded", "names__folded"), ("person__folded", "case__folded")


def test_words_begin_words_of_any_name_and_of_a_hidden_one_too() -> None:
    jane, john = record.person("Jane Gutierrez-Roe"), record.person("John Roe")
    for text in ("Calamity Rae", "Calamity Roe"):
        Name.objects.create(person=jane, text=text, kind="alias")
    hidden = record.person("Jane Rae")
    Person.objects.filter(pk=hidden.pk).update(visibility="sealed")
    case = record.case("state-v-poe", caption="State v. Poe", docket_number="D-101-CR-7")
    accused = {who.pk: record.defendant(case, who).pk for who in (jane, john, hidden)}

    def persons(*words: str) -> list[int]:
        return sorted(having_words(Person.objects.all(), PERSON, words).values_list("pk", flat=True))

    def defendants(*words: str) -> list[int]:
        return sorted(having_words(Defendant.objects.all(), ACCUSED, words).values_list("pk", flat=True))

    assert persons("gut") == persons("calamity", "jane") == [jane.pk]
    assert persons("Gutiérrez-Roe") == [jane.pk]
    assert persons("roe") == [jane.pk, john.pk]
    assert persons("rae") == [jane.pk, hidden.pk]
    assert persons("oe") == persons("...") == persons("jane", "...") == []
    assert persons() == [jane.pk, john.pk, hidden.pk]
    assert defendants("poe", "rae") == [accused[jane.pk], accused[hidden.pk]]
    assert defendants("101-cr") == sorted(accused.values())

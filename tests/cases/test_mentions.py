"""Which texts still hold the name of somebody who is to be sealed."""

import pytest

from cases.mentions import mentions
from cases.surnames import surname_of
from tests.cases import record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Hannah Gutierrez-Reed", "gutierrez reed"),
        ("Alexander Rae Baldwin III", "baldwin"),
        ("José de la Cruz", "de la cruz"),
        ("Núñez", "nunez"),
    ],
)
def test_the_surname_is_what_a_text_is_looked_through_for(name: str, surname: str) -> None:
    assert surname_of(name) == surname


def test_every_public_text_with_the_name_is_told_and_no_other() -> None:
    fire = record.matter("the-fire")
    fire.summary = "Nobody is named here."
    fire.save()
    the_case = record.case("people-v-nunez", matter=fire, caption="People v. Núñez", summary="A nunezian matter.")
    eva = record.defendant(the_case, record.person("Eva Núñez"))
    told = record.act(the_case, "2024-05-01", "ruling bail denied", title="NUNEZ stays in custody")
    record.cite(told, quote="Ms. Núñez is not at risk of flight")
    record.act(the_case, "2024-05-02", "statement denial", title="Nunez denies it", state="draft")
    assert [mention.what for mention in mentions(eva)] == [
        "the case's address",
        "the case's name",
        "the headline “NUNEZ stays in custody”",
        "a quotation from The Daily Docket: Report on NUNEZ stays in custody",
        "the source The Daily Docket: Report on NUNEZ stays in custody",
    ]

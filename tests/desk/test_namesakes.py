"""Those who are not to be made one: names that are withheld or sealed, before a merge and after it; namesakes."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Participant
from people.models import Merge, Namesake, Person
from tests.desk.conftest import change, problems, row
from tests.desk.merging import merged, preview_url, public, readers_see, told
from tests.desk.record import Docket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("said")]
HUGE = 99999999999999999999


def test_a_withheld_name_and_a_public_one_are_not_merged(desk: Client, quint: Docket, kwint: Docket) -> None:
    change(desk, "people_person", kwint.defendant.person_id, visibility="name_withheld")
    page = preview_url(quint, kwint)
    response = desk.post(page, {"seen": desk.get(page).context["seen"]}, follow=True)
    assert [sentence.partition(" (")[0] for sentence in told(response)] == [
        "The name of one may be shown further than the other's"
    ]
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("swapped", [False, True])
def test_a_name_that_only_a_seal_hides_does_not_come_out_by_a_merge(
    desk: Client, editor: User, quint: Docket, kwint: Docket, swapped: bool
) -> None:
    Participant.objects.all().delete()
    editing.seal_defendant(kwint.defendant, basis="Expunged", on=date(2025, 2, 1), by=editor)
    page = preview_url(kwint, quint) if swapped else preview_url(quint, kwint)
    response = desk.post(page, {"seen": desk.get(page).context["seen"]}, follow=True)
    assert told(response) == [
        (
            "“Zofia Kwint” is shown nowhere, because of a seal or a withheld name in “State v. Kwint”. "
            "As one person with “Zoë Quint”, readers would learn it. Lift the seal first, or leave them apart."
        )
    ]
    assert Merge.objects.count() == 0


def test_a_name_withheld_after_the_merge_is_read_nowhere_and_stays_withheld_when_it_is_undone(
    desk: Client, quint: Docket, kwint: Docket
) -> None:
    done = merged(desk, quint, kwint)
    change(desk, "people_person", quint.defendant.person_id, visibility="name_withheld")
    addresses = ("state-v-quint-person", "state-v-kwint-person", "z-kwint")
    assert [public(slug) for slug in addresses] == [(404, "")] * 3
    assert readers_see("Zofia", "Zosia", "Zoë") == []
    page = reverse("admin:people_merge_undo", args=[done.pk])
    assert desk.get(page).context["hidden"] is True
    desk.post(page)
    assert Person.objects.get(slug="state-v-kwint-person").visibility == "name_withheld"
    assert [public(slug) for slug in addresses] == [(404, "")] * 3
    assert readers_see("Zofia", "Zosia", "Zoë") == []


def test_a_defendant_sealed_after_the_merge_keeps_no_address_and_the_editor_hears_of_the_other_name(
    desk: Client, editor: User, quint: Docket, kwint: Docket
) -> None:
    merged(desk, quint, kwint)
    seal = reverse("admin:cases_defendant_seal", args=[kwint.defendant.pk])
    response = desk.post(seal, {"basis": "Expunged", "on": "2025-02-01"}, follow=True)
    (warning,) = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
    names = "; ".join(f"the other name “{name}” on the page of Zoë Quint" for name in ("Zofia Kwint", "Zosia Kwint"))
    address = "the old address “state-v-kwint-person”, which leads to Zoë Quint: undo the merge"
    assert warning == (
        f"The name can still be read in: the case's address; the case's name; {names}; {address}. "
        "Change these texts now."
    )
    desk.post(reverse("admin:cases_defendant_seal", args=[quint.defendant.pk]), {"basis": "Order", "on": "2025-02-01"})
    Participant.objects.all().delete()
    assert [public(slug) for slug in ("state-v-quint-person", "state-v-kwint-person", "z-kwint")] == [(404, "")] * 3
    assert readers_see("Zofia", "Zosia", "Zoë") == []


def test_not_the_same_person_as_is_said_on_a_persons_page_and_read_by_searchers(
    desk: Client, quint: Docket, kwint: Docket
) -> None:
    one, other = quint.defendant.person, kwint.defendant.person
    said = row("namesakes", 0, other=other.pk, note="Born in other years.")
    assert change(desk, "people_person", one.pk, **said).status_code == 302
    assert list(Namesake.objects.values_list("person", "other", "note")) == [(one.pk, other.pk, "Born in other years.")]
    answer = Client().get(reverse("public:people"), {"q": "zofia kwint"}).content.decode()
    assert ("Not the same person as" in answer, "Born in other years." in answer) == (True, True)
    twice = change(desk, "people_person", other.pk, **row("namesakes", 0, other=one.pk))
    assert problems(twice) == {"namesakes-0-other": ["This is already said of the two."]}
    alike = change(desk, "people_person", one.pk, **row("namesakes", 1, other=one.pk))
    assert problems(alike) == {
        "namesakes-1-other": ["Choose somebody else: a person is always the same as themselves."]
    }
    for wrong in ("x", "\0", str(HUGE), ""):
        tried = change(desk, "people_person", one.pk, **row("namesakes", 1, other=wrong, note="n"))
        assert list(problems(tried)) == ["namesakes-1-other"]
    assert change(desk, "people_person", other.pk, **{"namesake_of-0-DELETE": "on"}).status_code == 302
    assert Namesake.objects.count() == 0


def test_not_the_same_person_can_be_said_where_a_merge_was_considered(
    desk: Client, quint: Docket, kwint: Docket
) -> None:
    page = preview_url(quint, kwint)
    one, other = quint.defendant.person_id, kwint.defendant.person_id
    assert "Not the same person" in desk.get(page).content.decode()
    for wrong in ("n\0", "x" * 201):
        assert len(told(desk.post(page, {"apart": "1", "note": wrong}, follow=True))) == 1
    response = desk.post(page, {"apart": "1", "note": "Another town."}, follow=True)
    assert told(response) == ["It is recorded that “Zoë Quint” and “Zofia Kwint” are not the same person."]
    assert list(Namesake.objects.values_list("person", "other", "note")) == [(one, other, "Another town.")]
    assert "How to tell them apart" not in desk.get(page).content.decode()
    said = [told(desk.post(where, {"apart": "1"}, follow=True)) for where in (page, preview_url(kwint, quint))]
    assert said == [["This is already said of the two."]] * 2
    assert (Namesake.objects.count(), Person.objects.count(), Merge.objects.count()) == (1, 2, 0)

"""The index of the lists follows the record in every transaction, holds nothing that may not be told, and is mended."""

import io
from itertools import product

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cases import listing
from cases.listing import Listing
from cases.models import Case, Charge, Defendant, Event, ListCell, ListedCase
from people.models import Name, Person
from tests.cases import record
from tests.public import world

pytestmark = pytest.mark.django_db


def found(**asked: object) -> list[str]:
    """The addresses of the cases, in order; the index agrees with the record, and every count with the rows."""
    assert list(listing.check()) == []
    asked_for = Listing(**asked)
    ids = asked_for[:50]
    assert asked_for.count() == len(ids)
    slugs = Case.objects.in_bulk(ids)
    return [slugs[pk].slug for pk in ids]


def words(slug: str) -> list[str]:
    return ListedCase.objects.get(slug=slug).words.split()


def test_it_holds_what_the_public_may_read_of_a_case() -> None:
    roe = world.tried()
    cell = ListedCase.objects.select_related("cell").get(case=roe.case)
    assert (cell.latest.isoformat(), cell.years) == ("2024-06-03", [2024])
    assert words("state-v-roe") == ["#DSTATEVROE1", "1", "d", "jane", "roe", "state", "v"]
    assert (cell.cell.kind, cell.cell.status, cell.cell.outcomes) == (
        "criminal",
        roe.case.derived_status,
        ["conviction"],
    )
    assert cell.cell.listed == 1


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_no_draft_is_listed_or_counted(state: str) -> None:
    roe = world.tried()
    Case.objects.filter(pk=roe.case.pk).update(editorial_state=state)
    assert found() == []
    assert Listing().facets() == {name: {} for name in ("court", "kind", "status", "finality", "outcome")}
    Case.objects.filter(pk=roe.case.pk).update(editorial_state="published")
    assert found() == ["state-v-roe"]
    roe.case.visibility, roe.case.sealed_basis, roe.case.sealed_on = "sealed", "Code § 9", "2024-08-01"
    roe.case.save()
    assert (found(), ListedCase.objects.count()) == ([], 0)


def test_acts_that_are_no_longer_public_count_for_nothing() -> None:
    roe = world.tried()
    Event.objects.filter(pk__in=[roe.complaint.pk, roe.verdict.pk]).update(editorial_state="draft")
    world.derive(roe.case)
    row = ListedCase.objects.select_related("cell").get()
    assert (row.years, row.cell.outcomes, words("state-v-roe")) == (
        [], [], ["#DSTATEVROE1", "1", "d", "jane", "roe", "state", "v"],
    )  # fmt: skip
    assert (found(outcome="conviction"), found(year=2024), found(words="roe")) == ([], [], ["state-v-roe"])


def test_a_name_that_is_hidden_is_gone_in_the_same_transaction() -> None:
    roe = world.tried("people-v-accused", "Jane Roe")
    Case.objects.update(caption="People v. Accused", folded="people v accused 7")
    who = Person.objects.filter(pk=roe.defendant.person_id)
    alias = Name.objects.create(person=roe.defendant.person, text="Calamity Jane")
    assert found(words="calamity") == found(words="roe") == ["people-v-accused"]
    for visibility in ("name_withheld", "sealed"):
        with transaction.atomic():
            who.update(visibility=visibility)
            assert (found(words="calamity"), found(words="roe"), found(words="accused")) == (
                [],
                [],
                ["people-v-accused"],
            )
            assert found(outcome="conviction") == ([] if visibility == "sealed" else ["people-v-accused"])
            transaction.set_rollback(True)
    assert found(words="roe") == ["people-v-accused"]
    alias.delete()
    assert found(words="calamity") == []
    who.update(name="Jane Poe", folded="jane poe")
    assert (found(words="roe"), found(words="poe")) == ([], ["people-v-accused"])
    Defendant.objects.update(visibility="name_withheld")
    world.derive(roe.case)
    assert found(words="poe") == []
    Defendant.objects.update(visibility="public")
    Case.objects.update(visibility="name_withheld")
    world.derive(roe.case)
    assert (words("people-v-accused"), found(words="accused"), found(words="people-v-accused-1")) == (
        ["#DPEOPLEVACCUSED1"], [], [],
    )  # fmt: skip
    assert found(words="d people v accused 1") == ["people-v-accused"]


@pytest.mark.parametrize(
    ("typed", "hit"),
    [
        ("roe", True), ("ro", True), ("r", True), ("jane roe", True), ("roe jane", True), ("oe", False),
        ("d-state-v-roe-1", True), ("DSTATEVROE1", True), ("dstatevroe", False), ("state 1", True), ("state 2", False),
        ("internationalisierung", True), ("internationalisierungs", False), ("internationalisa", False), ("%", False),
        ("roes", False), ("roe _", True), ("jane%", True),
    ],
)  # fmt: skip
def test_typed_words_begin_words(typed: str, hit: bool) -> None:
    roe = world.tried()
    Name.objects.create(person=roe.defendant.person, text="Roe Internationalisierung")
    assert bool(found(words=typed)) is hit


def test_facets_count_as_the_filters_find() -> None:
    """Each number beside a choice is how many cases choosing it leaves, whatever else is chosen."""
    world.tried()
    world.tried("state-v-poe", "Ann Poe", term="acquitted_jury")
    civil = world.tried("estate-v-roe", "Jim Roe")
    Case.objects.filter(pk=civil.case.pk).update(kind="civil", court=record.court("harbour"))
    world.derive(civil.case)
    for kind, outcome, typed in product(["", "civil", "criminal"], ["", "conviction"], ["", "roe", "nobody"]):
        for year in (None, 2024, 1999):
            asked = {"kind": kind, "outcome": outcome, "words": typed, "year": year}
            for name, values in Listing(**asked).facets().items():
                left = {
                    value: len(found(**asked | {name: int(value) if name == "court" else value})) for value in values
                }
                assert values == left


def test_pages_are_the_same_from_either_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(9):
        record.case(f"case-{number}", caption="Same caption", latest_act_on=f"2024-01-0{1 + number // 2}")
    record.case("case-undated", caption="Same caption", latest_act_on=None)
    everything = Listing()[:100]
    dated = [f"case-{number}" for number in (8, 6, 7, 4, 5, 2, 3, 0, 1)]
    assert found() == [*dated, "case-undated"]
    for asked in (Listing(), Listing(words="same"), Listing(kind="criminal")):
        for most in (listing.MOST_SORTED, 0):
            monkeypatch.setattr(listing, "MOST_SORTED", most)
            assert [pk for first in range(0, 10, 3) for pk in asked[first : first + 3]] == everything


def test_what_passed_the_index_by_is_told_and_mended() -> None:
    one, other, third = (world.tried(f"state-v-{n}", f"Person {n}") for n in ("one", "two", "three"))
    ListedCase.objects.filter(case=one.case).delete()
    ListedCase.objects.filter(case=other.case).update(words=" secret ")
    ListedCase.objects.filter(case=third.case).update(case_id=third.case.pk + 1000)
    Charge.objects.filter(defendant=other.defendant).update(derived_class="pending")
    assert {str(one) for one in listing.check()} == {
        f"lists of cases, case {one.case.pk}: “state-v-one” is missing",
        f"lists of cases, case {other.case.pk}: “state-v-two” is listed otherwise",
        f"lists of cases, case {third.case.pk}: “state-v-three” is missing",
        f"lists of cases, case {third.case.pk + 1000}: “state-v-three” should not be there",
        f"lists of cases, a count: combination {ListCell.objects.get(listed=3).pk} has 2 cases, and says 3",
    }
    with pytest.raises(CommandError):
        call_command("check_record", stdout=io.StringIO())
    told = io.StringIO()
    call_command("check_record", repair=True, stdout=told)
    assert told.getvalue().count("lists of cases, ") == 5
    assert found(words="secret") == []
    assert len(found()) == 3
    call_command("check_record", stdout=io.StringIO())


def test_only_what_differs_is_written() -> None:
    roe = world.tried()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_list_cases(%s::bigint[])", [[roe.case.pk, roe.case.pk + 99]])
        assert cursor.fetchone() == (0,)

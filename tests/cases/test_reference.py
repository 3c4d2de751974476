"""The reference data: what is in it, that it loads twice without change, and that it overwrites nobody's words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import serializers
from django.db import transaction
from pytest_django import DjangoDbBlocker

from cases.law import terms
from cases.law.vocabulary import ChargeClass
from cases.models import AppealPeriod, Court, Disposition, Jurisdiction
from cases.reference import Loaded, load_reference

pytestmark = pytest.mark.django_db

# vocabulary.md, "Charge status", and our own: enhancement_removed, reinstated, and the terms for sources that say less
# or more: those that end in _unspecified, _untold or _overturned, and pardoned_before_verdict.
TERMS = {
    ChargeClass.PRE_CHARGE: "referred declined",
    ChargeClass.PENDING: "filed bound_over on_diversion mistrial_pending retrial_ordered remanded plea_withdrawn"
    " reinstated",
    ChargeClass.CONVICTION: "convicted_jury convicted_bench convicted_guilty_plea convicted_no_contest"
    " convicted_alford guilty_but_mentally_ill convicted_lesser convicted_unspecified convicted_untold"
    " convicted_plea_untold",
    ChargeClass.PROVISIONAL: "deferred_adjudication conditional_discharge verdict_awaiting_judgment",
    ChargeClass.NON_CONVICTION: "nolle_prosequi dismissed_without_prejudice dismissed_with_prejudice"
    " dismissed_unspecified no_true_bill not_bound_over acquitted_jury acquitted_bench judgment_of_acquittal"
    " not_guilty_insanity diversion_completed abated_by_death time_barred vacated_discharged dismissed_moot_clemency"
    " acquitted_unspecified pardoned_before_verdict",
    ChargeClass.REPLACED: "superseded amended merged refiled_as transferred enhancement_removed",
    ChargeClass.RESOLVED: "settled settlement_pending_approval judgment_for_plaintiff judgment_for_defendant"
    " default_judgment withdrawn_claim",
    ChargeClass.UNKNOWN: "charged_untold conviction_overturned unknown",
}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference()
        transaction.set_rollback(True)


def dump() -> list[str]:
    return [
        serializers.serialize("json", model.objects.order_by("pk"))
        for model in (Jurisdiction, Court, Disposition, AppealPeriod)
    ]


def test_every_term_of_the_vocabulary_is_there_with_its_class(loaded: Loaded) -> None:
    assert set(Disposition.objects.values_list("slug", "cls")) == {
        (slug, cls.value) for cls, slugs in TERMS.items() for slug in slugs.split()
    }


def test_every_term_has_words_for_a_reader(loaded: Loaded) -> None:
    rows = list(Disposition.objects.all())
    assert len({row.label for row in rows}) == len(rows)
    wanting = [row.slug for row in rows if not row.sentence.endswith(".") or "_" in row.label]
    assert wanting == []
    for row in rows:
        row.full_clean()


def test_a_term_the_rules_give_by_themselves_reads_as_its_row_does(loaded: Loaded) -> None:
    given = [terms.FILED, terms.REMANDED, terms.DISMISSED_UNSPECIFIED, terms.UNKNOWN, *terms.REPLACED.values()]
    rows = {row.slug: (row.cls, row.label) for row in Disposition.objects.all()}
    assert {term.slug: (term.cls.value, term.label) for term in given} == {term.slug: rows[term.slug] for term in given}


def test_every_court_of_the_list_and_ours_are_there(loaded: Loaded) -> None:
    assert Court.objects.exclude(source_key="").count() == 2809
    assert sorted(Court.objects.filter(source_key="").values_list("slug", flat=True)) == [
        "nm-eighth-judicial-district",
        "nm-eleventh-judicial-district",
        "nm-fifth-judicial-district",
        "nm-first-judicial-district",
        "nm-fourth-judicial-district",
        "nm-ninth-judicial-district",
        "nm-not-established",
        "nm-second-judicial-district",
        "nm-seventh-judicial-district",
        "nm-sixth-judicial-district",
        "nm-state-not-established",
        "nm-tenth-judicial-district",
        "nm-third-judicial-district",
        "nm-thirteenth-judicial-district",
        "nm-twelfth-judicial-district",
        "not-established",
        "old-bailey",
    ]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("nm-first-judicial-district", ("First Judicial District Court, New Mexico", "New Mexico", "state", "trial")),
        ("nmctapp", ("New Mexico Court of Appeals", "New Mexico", "state", "appellate")),
        ("nmd", ("United States District Court for the District of New Mexico", "United States", "federal", "trial")),
        ("iand", ("United States District Court for the Northern District of Iowa", "United States", "federal",
                  "trial")),
        ("wvnb", ("United States Bankruptcy Court for the Northern District of West Virginia", "United States",
                  "federal", "trial")),
        ("ca10", ("United States Court of Appeals for the Tenth Circuit", "United States", "federal", "appellate")),
        ("alacirct", ("Alabama Circuit Courts", "Alabama", "state", "trial")),
        ("mtjdctfergus", ("Tenth Judicial District Court of Montana Fergus County", "Montana", "state", "trial")),
        ("navajo", ("Navajo Nation Supreme Court", "Tribal nations (United States)", "tribal", "other")),
    ],
)  # fmt: skip
def test_a_court_has_a_readable_name_and_the_jurisdiction_whose_law_it_applies(
    loaded: Loaded, slug: str, expected: tuple[str, ...]
) -> None:
    court = Court.objects.select_related("jurisdiction").get(slug=slug)
    assert (court.name, court.jurisdiction.name, court.system, court.level) == expected


def test_the_rows_are_such_as_an_editor_could_enter(loaded: Loaded) -> None:
    for row in (*Jurisdiction.objects.all(), *AppealPeriod.objects.all(), *Court.objects.order_by("pk")[::20]):
        row.clean_fields()


def test_the_appeal_periods(loaded: Loaded) -> None:
    rows = AppealPeriod.objects.values_list("jurisdiction__slug", "case_kind", "days", "authority")
    assert set(rows) == {
        ("new-mexico", "criminal", 30, "Rule 12-201 NMRA"),
        ("new-mexico", "civil", 30, "Rule 12-201 NMRA"),
        ("united-states", "criminal", 30, "Fed. R. App. P. 4(b)(1)(B)"),
        ("united-states", "civil", 60, "Fed. R. App. P. 4(a)(1)(B)"),
    }


def test_loading_again_changes_nothing(loaded: Loaded, django_assert_num_queries: Any) -> None:
    before = dump()
    with django_assert_num_queries(8):  # six looks, and the savepoint around them
        again = load_reference()
    assert (again, str(again), dump()) == (Loaded(), "Nothing to add.", before)


def test_an_administrators_words_win(loaded: Loaded) -> None:
    Disposition.objects.filter(slug="filed").update(label="Accused")
    Court.objects.filter(slug="nmd").update(name="Federal court in New Mexico")
    Court.objects.get(slug="ca10").delete()
    assert load_reference() == Loaded(courts=1)
    assert Disposition.objects.get(slug="filed").label == "Accused"
    assert Court.objects.get(slug="nmd").name == "Federal court in New Mexico"
    assert Court.objects.filter(slug="ca10").count() == 1

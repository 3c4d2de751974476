"""The second demonstration record: brought in by the import, published, its pardons and overturned verdicts derived."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from cases.models import Case, Charge, Defendant, Matter
from cases.reference import load_reference
from imports import demonstration
from imports.account import account
from imports.bringing import bring
from imports.demonstration import load_investigations
from imports.models import Batch
from people.models import Standing

SOME = ("hamilton-jordan", "Eugenio R. Martinez", "Oliver North", "Weinberger", "Stuart Russell", "Deaver", "Stone")


@pytest.fixture
def ida(db: None) -> User:
    load_reference()
    return User.objects.create_superuser("administrator")


@pytest.fixture
def some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight rows of the file that ships: all 181 would say no more, and take half a minute."""
    header, *rows = demonstration.FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    file = tmp_path / demonstration.FILE.name
    file.write_text(header + "".join(row for row in rows if any(name in row for name in SOME)), encoding="utf-8")
    monkeypatch.setattr(demonstration, "FILE", file)
    return file


def wordings() -> dict[tuple[str, str], str]:
    accused = Defendant.objects.select_related("person", "case").order_by("case__first_act_on")
    return {(one.person.name, str(one.case.first_act_on)): one.derived_wording for one in accused}


def test_pardons_and_overturned_verdicts_are_derived_right_and_readers_read_whose_table_it_is(
    ida: User, some: Path, client: Client
) -> None:
    batch = load_investigations(by=ida)

    assert [line.title for line in account(batch) if not line.adds_up] == []
    assert wordings() == {
        ("Eugenio R. Martinez", "1972-09-15"): "Pleaded guilty, pardoned.",
        ("Eugenio R. Martinez", "1974-03-07"): "Conviction overturned.",
        ("Stuart Russell", "1974-12-19"): "Charged, outcome not known.",
        ("Michael Deaver", "1987-03-18"): "Convicted.",
        ("Oliver North", "1988-03-16"): "Conviction overturned.",
        ("Caspar Weinberger", "1992-06-16"): "Pardoned before a verdict, final.",
        ("Roger Stone", "2019-01-25"): "Charged, outcome not known.",
    }
    assert Matter.objects.published().count() == 4
    page = client.get("/matters/watergate-special-prosecution/").content.decode()
    assert ("Eugenio R. Martinez" in page, "Conviction overturned" in page) == (True, True)
    case = Case.objects.get(defendants__person__name="Oliver North")
    page = client.get(case.get_absolute_url()).content.decode()
    assert ("FiveThirtyEight" in page, "CC BY 4.0" in page, demonstration.ADDRESS in page) == (True, True, True)
    assert set(Case.objects.values_list("summary", flat=True)) == {demonstration.AS_IT_STOOD}
    assert Defendant.objects.exclude(person__derived_standing=Standing.DEFENDANT).count() == 0

    call_command("check_record", stdout=io.StringIO())  # what is stored is what is derived, and folded as it should be
    assert load_investigations(by=ida) is None
    assert (Batch.objects.count(), Charge.objects.count()) == (1, 7)


def test_the_whole_table_is_accounted_for(ida: User) -> None:
    found = {line.name: line.total for line in account(bring(demonstration.FILE, by=ida)) if line.in_file is not None}
    assert (found["rows_with_person"], found["overturned"], found["pardoned"]) == (181, 9, 26)
    assert (found["type/guilty-plea"], found["type/conviction"]) == (86, 39)

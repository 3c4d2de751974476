"""``manage.py import_docket``: each file on its own, its account printed, and what can not be read said in one line."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases import editing
from cases.models import Case, Outcome
from imports.bringing import OTHER_NAME
from imports.models import Batch, Mapping

COUNTY = """name = "county"
columns = ["docket", "who", "charge", "result"]
[case]
key = "{docket}"
caption = "State v. {who}"
court = "District of Columbia"
number = "docket"
[party]
name = "{who}"
[charge]
columns = ["charge"]
[outcome]
column = "result"
of = "charge"
[outcome.values]
"Found guilty" = "convicted_jury"
"""
ROWS = "docket,who,charge,result\n12,Ann Otter,theft,Found guilty\n13,Bo Teal,arson,\n"
SHEET = "Year,Month,Day,Headline,Text,Media\n2024,7,12,Case dismissed,The judge dismissed it.,\n"


def test_files_are_brought_in_one_by_one_and_accounted_for(ida: User, tmp_path: Path) -> None:
    good, bad, out, err = tmp_path / "sheet.csv", tmp_path / "page.html", io.StringIO(), io.StringIO()
    good.write_text(SHEET)
    bad.write_text("<html><body>Nothing</body></html>")
    with pytest.raises(CommandError, match="1 of 2 files could not be brought in"):
        call_command("import_docket", bad, good, by="ida", accept=True, stdout=out, stderr=err)
    assert "page.html: This page does not come from PACER" in err.getvalue()
    assert "sheet.csv: 0 accepted, as drafts." in out.getvalue()
    assert "2 proposals wait at the desk." in out.getvalue()
    assert "First say which case of the record this belongs to" in out.getvalue()
    assert (Batch.objects.count(), Case.objects.count()) == (1, 0)


@pytest.mark.parametrize("who", ["nobody", "reader"])
def test_somebody_has_to_answer_for_them(ida: User, tmp_path: Path, who: str) -> None:
    User.objects.create_user("reader", is_staff=True)
    file = tmp_path / "sheet.csv"
    file.write_text(SHEET)
    with pytest.raises(CommandError, match=r"no account|may not"):
        call_command("import_docket", file, by=who)
    assert Batch.objects.count() == 0


def refused(file: Path, **options: str) -> str:
    err = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 files could not be brought in"):
        call_command("import_docket", file, by="ida", stdout=io.StringIO(), stderr=err, **options)
    assert (Batch.objects.count(), Case.objects.count()) == (0, 0)
    return err.getvalue().strip()


def test_a_table_is_read_by_a_mapping_of_ones_own(ida: User, tmp_path: Path) -> None:
    rows, own, out = tmp_path / "rows.csv", tmp_path / "county.toml", io.StringIO()
    rows.write_text(ROWS)
    own.write_text(COUNTY)
    call_command("import_docket", rows, by="ida", mapping=str(own), accept=True, stdout=out)
    assert sorted(Case.objects.values_list("caption", flat=True)) == ["State v. Ann Otter", "State v. Bo Teal"]
    assert list(Outcome.objects.values_list("disposition__slug", "charge__title")) == [("convicted_jury", "theft")]
    assert "2 Charges: 2 imported" in " ".join(out.getvalue().split())


def test_what_is_wrong_with_a_mapping_of_ones_own_is_said_and_nothing_is_kept(ida: User, tmp_path: Path) -> None:
    rows, own = tmp_path / "rows.csv", tmp_path / "county.toml"
    rows.write_text(ROWS)
    for before, after, sentence in (
        ("[party]", "[party", ("rows.csv: The mapping county.toml is not TOML: line 8 can not be read: “[party” "
         "(expected ']' at the end of a table declaration).")),
        ("[outcome.values]", "[outcome.value]", ("rows.csv: The mapping county.toml can not be used: [outcome] has "
         "“value”, which no mapping has. Did you mean “values”?")),
        ("convicted_jury", "convicted_by_jury", ("rows.csv: The mapping “county” can not be used: [outcome.values] "
         "“Found guilty” says “convicted_by_jury”, which is no outcome of this record. Did you mean “convicted_"
         "jury”?")),
        ("{who}", "{name}", "rows.csv: The mapping “county” needs the column “name”, which this table does not have."),
    ):  # fmt: skip
        own.write_text(COUNTY.replace(before, after))
        assert refused(rows, mapping=str(own)) == sentence
    assert refused(rows, mapping=str(tmp_path / "no.toml")) == "rows.csv: There is no file no.toml with a mapping."
    assert refused(rows, mapping="county").startswith("rows.csv: There is no mapping called “county”. Known are: ")
    assert refused(rows).startswith("rows.csv: No mapping fits this table, whose columns begin docket, who, charge")


def test_a_mapping_that_was_kept_at_the_desk_is_taken_by_its_name_or_its_columns(ida: User, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(ROWS)
    editing.save(Mapping(text=COUNTY), by=ida)
    call_command("import_docket", rows, by="ida", stdout=io.StringIO())
    call_command("import_docket", rows, by="ida", mapping="county", stdout=io.StringIO())
    assert (Batch.objects.count(), Batch.objects.get().origin.slug) == (1, "county")


def test_a_mapping_of_ones_own_does_not_know_the_desks_rows_by_other_keys(ida: User, tmp_path: Path) -> None:
    rows, own, err = tmp_path / "rows.csv", tmp_path / "own.toml", io.StringIO()
    rows.write_text(ROWS)
    editing.save(Mapping(text=COUNTY), by=ida)
    call_command("import_docket", rows, by="ida", accept=True, stdout=io.StringIO())
    own.write_text(COUNTY.replace("{who}", "{charge}"))
    with pytest.raises(CommandError, match="1 of 1 files"):
        call_command("import_docket", rows, by="ida", mapping=str(own), stdout=io.StringIO(), stderr=err)
    assert "the name of the accused. 2 cases of this source came into the record by the old way" in err.getvalue()
    assert OTHER_NAME in err.getvalue()
    assert Batch.objects.count() == 1

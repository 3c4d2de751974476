"""``manage.py import_docket``: each file on its own, its account printed, and what can not be read said in one line."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases.models import Case
from imports.models import Batch

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

"""A record's files that are amiss: which file, which entry and why is said, and nothing is left half-written."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from pytest_django import DjangoDbBlocker

from cases.demonstration import BadRecord, enter_record
from cases.demonstration.entering import RECORD
from cases.demonstration.reading import read_date
from cases.models import Case, Event, Matter, Source
from cases.reference import load_reference
from people.models import Person


@pytest.fixture(scope="module")
def courts(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def record(tmp_path: Path, courts: None, db: None) -> Path:
    """A copy of the record's files, to spoil; of the cases only one, which is enough."""
    copy = Path(shutil.copytree(RECORD, tmp_path / "rust"))
    only(copy, "halls.toml")
    return copy


def only(record: Path, *files: str) -> None:
    """Leave only these files of cases in the record."""
    text = (record / "record.toml").read_text(encoding="utf-8")
    start, end = text.index("cases = ["), text.index("]\n") + 1
    (record / "record.toml").write_text(f"{text[:start]}cases = {list(files)}{text[end:]}", encoding="utf-8")


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(record: Path) -> str:
    """Return why the record was refused, and see that nothing of it was written."""
    with pytest.raises(BadRecord) as error:
        enter_record(record, by=User.objects.create_superuser("demo"))
    assert [model.objects.count() for model in (Person, Source, Matter, Case, Event)] == [0, 0, 0, 0, 0]
    return str(error.value)


AGREEMENT = "act “plea-agreement”"
HALLS = [
    ('act = "filing/plea_agreement"', 'act = "filing/guilty"', AGREEMENT,
     "kind: This kind does not belong to that category."),
    ('on = "2023-01-31"', 'on = "31 January"', AGREEMENT,
     "“31 January” is not a date: write 2024-07-12, 2024-07, 2024, 2024~ or XXXX."),
    ('on = "2023-01-31"', 'on = "2023-02-29"', AGREEMENT, "There is no such date as “2023-02-29”."),
    ('key = "plea"', 'key = "plea-agreement"', AGREEMENT, "Another act of this file has the same key."),
    ('kind = "custody"', 'kind = "dungeon"', "act “sentence”, sentence “Negligent use of a deadly weapon”",
     "kind: Value 'dungeon' is not a valid choice."),
    ('person = "david-halls"', 'person = "nobody"', "defendant “nobody”", "There is no person “nobody”."),
    ('disposition = "convicted_no_contest"', 'disposition = "sort_of_guilty"',
     "act “plea”, outcome “Negligent use of a deadly weapon”", "There is no disposition “sort_of_guilty”."),
    ('shown_by = "plea-agreement"', 'shown_by = "no-such-act"', "participant “state-of-new-mexico”",
     "'no-such-act' is missing, or names nothing in this file."),
    ('severity = "misdemeanor"', 'gravity = "misdemeanor"',
     "act “plea-agreement”, charge “Negligent use of a deadly weapon”",
     "Charge() got unexpected keyword arguments: 'gravity'"),
]  # fmt: skip


def test_the_files_are_good_before_they_are_spoilt(record: Path) -> None:
    assert enter_record(record, by=User.objects.create_superuser("demo")).cases == ("new-mexico-v-halls",)


@pytest.mark.parametrize(("old", "new", "where", "why"), HALLS, ids=[new for _, new, _, _ in HALLS])
def test_a_wrong_entry_is_named(record: Path, old: str, new: str, where: str, why: str) -> None:
    spoil(record / "halls.toml", old, new)
    assert refusal(record) == f"halls.toml, {where}: {why}"


def test_a_file_that_is_no_toml_is_named(record: Path) -> None:
    spoil(record / "halls.toml", "[case]", "[case")
    assert refusal(record) == "halls.toml: Expected ']' at the end of a table declaration (at line 3, column 6)"


def test_a_file_without_its_case_is_named(record: Path) -> None:
    spoil(record / "halls.toml", "[case]", "[kase]")
    assert refusal(record) == "halls.toml: the table [case] is missing."


def test_a_file_that_is_not_there_is_named(record: Path) -> None:
    only(record, "halls.toml", "missing.toml")
    assert refusal(record) == "missing.toml: No such file or directory"


def test_an_act_without_a_source_is_refused_when_the_sitting_ends(record: Path) -> None:
    spoil(record / "halls.toml", 'sources = [{ source = "cbs-timeline", note = "day from a chronology" }]', "")
    assert refusal(record) == (
        "rust: “Plea agreement announced” can not be public without a source that supports it, and a tip is none. "
        "Add such a citation, or leave the act unpublished."
    )


def test_one_of_several_defendants_has_to_be_named(record: Path) -> None:
    only(record, "baldwin-2023.toml", "baldwin-2024.toml", "family-suit.toml")
    spoil(record / "family-suit.toml", 'defendant = "alec-baldwin"', "")
    assert refusal(record) == (
        "family-suit.toml, act “filed”, charge “Claims over the death of Halyna Hutchins”: "
        "Name the defendant: this case has not exactly one."
    )


@pytest.mark.parametrize(
    "text", ["2024-07-12", "2024-07", "2024", "2024~", "2024-07?", "2024-12-23/2024-12-24", "XXXX"]
)
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    assert read_date(text).iso == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-13",
        "2024-00-01",
        "0000",
        "12 July 2024",
        "2024-7-1",
        "2024/2025",
        "2024-02-02/2024-02-01",
        "2024-01-01/",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        read_date(text)

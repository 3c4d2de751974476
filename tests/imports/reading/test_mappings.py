"""Mappings of an editor's own: what is wrong with one is said in a sentence that names the line or the key."""

import gzip
import io
import json
from pathlib import Path

import openpyxl
import pytest

from imports.reading import sandbox
from imports.reading.columns import Columns
from imports.reading.found import NoMappingError, NotReadableError
from imports.reading.limits import DEFAULT
from imports.reading.mapping import fitting, load, of_words
from imports.reading.recognising import columns_of
from tests.imports.reading.shared import whole

COUNTY = """name = "county"
title = "County docket list"
columns = ["docket", "who", "charge", "result"]

[case]
key = "{docket}"
caption = "State v. {who}"

[party]
name = "{who}"

[charge]
columns = ["charge"]
brought = { column = "filed", as = "uk" }

[outcome]
column = "result"
of = "charge"
all = []
[outcome.values]
"Nolle Pros" = "nolle_prosequi"
"""
ROWS = b"docket,who,charge,result,filed\n12,Ann Otter,theft,Nolle Pros,3/4/2021\n13,Bo Teal,arson,,\n"


def test_a_mapping_of_ones_own_reads_its_table_and_days_are_as_the_source_writes_them(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(COUNTY)
    found = whole(ROWS, mapping=str(tmp_path / "county.toml"))
    assert [case.caption for case in found.cases] == ["State v. Ann Otter", "State v. Bo Teal"]
    assert [c.disposition for case in found.cases for c in case.charges] == ["nolle_prosequi", "unknown"]
    assert str(found.cases[0].acts[0].when.on) == "2021-04-03"


def test_a_case_is_called_by_the_name_as_it_is_said_and_a_statute_is_of_one_charge_alone(tmp_path: Path) -> None:
    words = COUNTY.replace('name = "{who}"', 'name = "{who}"\norder = "last, first"')
    words = words.replace('columns = ["charge"]', 'columns = ["charge", "more"]\nstatute = "law"')
    (tmp_path / "county.toml").write_text(words)
    rows = 'docket,who,charge,more,law,result,filed\n1,"Otter, Ann",theft,,18:1,,\n2,"Teal, Bo",theft,arson,18:1,,\n'
    found = whole(rows.encode(), mapping=str(tmp_path / "county.toml"))
    assert [case.caption for case in found.cases] == ["State v. Ann Otter", "State v. Bo Teal"]
    assert [charge.statute for case in found.cases for charge in case.charges] == ["18:1", "", ""]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('name = "county"', "name = county", "is not TOML: line 1 can not be read: “name = county” (invalid value)."),
        ("[case]", "[case", ("is not TOML: line 5 can not be read: “[case” (expected ']' at the end of a table "
         "declaration).")),
        ('name = "county"', 'name = "A County"', "can not be used: name must be of small letters, digits, - and _."),
        ('name = "county"', 'name = "pacer"', "can not be used: name can not be “pacer”: another kind of file has it."),
        ('"{docket}"', '"docket"', ("can not be used: [case] key names no column: write the column in braces, "
         "“{docket}”.")),
        ('column = "result"', 'colum = "result"', ("can not be used: [outcome] has “colum”, which no mapping has. "
         "Did you mean “column”?")),
        ("[party]", "[people]", "can not be used: the mapping has “people”, which no mapping has."),
        ('[party]\nname = "{who}"', "", "can not be used: [party] is missing."),
        ('caption = "State v. {who}"', "", ("can not be used: [case] caption is missing: it says what a case is "
         "called.")),
        ('columns = ["charge"]', "", ("can not be used: [charge] does not say where the charges stand: give columns, "
         "list, or a title for all.")),
        ('columns = ["charge"]', 'columns = "charge"', ('can not be used: [charge] columns must be a list of texts: '
         '["…", "…"].')),
        ('"uk"', '"roman"', ("can not be used: [charge] brought says that days are written as “roman”: it can be iso, "
         "us, uk, script, compact.")),
        ('of = "charge"', 'of = "row"', "can not be used: [outcome] of must be “charge” or “defendant”."),
        ("all = []", 'all = ["Gone"]', ("can not be used: [outcome] all speaks of “Gone”, which [outcome.values] "
         "does not have.")),
        ('column = "result"', 'column = "{result}"', ("can not be used: [outcome] column is the name of a column: "
         "write it without braces.")),
        ('"{who}"\n\n[charge]', '"{home address}"\n\n[charge]',
         ("can not be used: the column “home address” holds what "
         "is never kept.")),
        ('name = "{who}"', 'name = "{who}"\npseudonym = "(("', ("can not be used: [party] pseudonym is no pattern: "
         "missing ), unterminated subpattern at position 1.")),
        ('name = "{who}"', 'name = "{who}"\npseudonym = "a{99999999999}"', ("can not be used: [party] pseudonym is no "
         "pattern: the repetition number is too large.")),
        ('name = "{who}"', 'name = "{who}\\u0000"', ("can not be used: name has \\u0000 in it, which can be kept in no "
         "text.")),
        ('"nolle_prosequi"', "7", 'can not be used: [outcome] values must be pairs of texts: "…" = "…".'),
        ("[outcome]", "later = 3\n[outcome]", "can not be used: [charge] has “later”, which no mapping has."),
        ("[outcome]", "[later]\ncolumn = 'x'\n[outcome]", ("can not be used: later must be written as [[later]], on a "
         "line of its own.")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_is_said_in_one_sentence(before: str, after: str, sentence: str) -> None:
    assert before in COUNTY
    with pytest.raises(NotReadableError) as refused:
        of_words(COUNTY.replace(before, after, 1), "county.toml")
    assert str(refused.value) == f"The mapping county.toml {sentence}"


def test_a_file_that_is_no_mapping_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(b"name = \xff\xfe")
    (tmp_path / "deep.toml").write_text("a = " + "[" * 100_000)
    for name, sentence in (("odd", "is not written in UTF-8"), ("deep", "nested too deeply|is not TOML")):
        with pytest.raises(NotReadableError, match=sentence):
            load(tmp_path / f"{name}.toml")


def test_a_table_is_known_again_by_its_columns_and_the_mapping_that_knows_most_of_them_is_taken(tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(COUNTY)
    few = COUNTY.replace('"county"', '"few"').replace('"docket", "who", "charge", "result"', '"who"')
    (tmp_path / "few.toml").write_text(few)
    columns = ("docket", "who", "charge", "result", "filed")
    assert fitting(columns, str(tmp_path)).name == "county"
    (tmp_path / "twin.toml").write_text(COUNTY.replace('"county"', '"twin"').replace("County", "Twin"))
    with pytest.raises(NotReadableError, match="“County docket list” and “Twin docket list” both fit"):
        fitting(columns, str(tmp_path))
    with pytest.raises(NoMappingError, match="columns begin docket, x"):
        fitting(("docket", "x"), str(tmp_path))


def told(found: Columns) -> dict[str, tuple]:
    return {c.name: (c.filled, c.examples, c.ways, c.tied, c.is_private, c.is_list) for c in found.columns}


def test_columns_are_told_apart_whatever_the_file_is() -> None:
    lines = [["who", "on", "slashes", "dob"], ["Ann", "2020-01-31", "3/4/20", "1990-01-01"], ["Bo", "", "5/4/20", ""]]
    expected = {
        "who": (2, ("Ann", "Bo"), (), False, False, False),
        "on": (1, ("2020-01-31",), ("iso",), False, False, False),
        "slashes": (2, ("3/4/20", "5/4/20"), ("us", "uk"), True, False, False),
        "dob": (1, (), (), False, True, False),
    }
    words = "\n".join(";".join(line) for line in lines).encode()
    book, packed = openpyxl.Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(packed)
    rows = json.dumps([dict(zip(lines[0], line, strict=True)) for line in lines[1:]]).encode()
    for data in (words, packed.getvalue(), rows, gzip.compress(words)):
        assert told(columns_of(data, DEFAULT)) == expected
    listed = columns_of(b'[{"charges": ["theft", "arson"]}, {"charges": []}]', DEFAULT)
    assert told(listed) == {"charges": (2, ("theft", "arson"), (), False, False, True)}
    many = columns_of(("a,b\n" + "".join(f"x{n},{'y' * 201}\n" for n in range(151))).encode(), DEFAULT)
    assert [column.values for column in many.columns] == [(), ()]
    for data in (b"%PDF", b'{"a": 1}', b"<html>", b" ", b'{"trial_id": 1}\n'):
        with pytest.raises(NotReadableError):
            columns_of(data, DEFAULT)


def test_columns_cross_over_from_the_process_that_reads_them(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(ROWS)
    found = sandbox.columns(tmp_path / "rows.csv")
    assert (found.rows, [column.name for column in found.columns]) == (
        2, ["docket", "who", "charge", "result", "filed"],
    )  # fmt: skip
    (tmp_path / "page.html").write_text("<html><body>Hello</body></html>")
    with pytest.raises(NotReadableError, match="does not come from PACER"):
        sandbox.columns(tmp_path / "page.html")

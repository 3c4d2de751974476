"""Bad files: each is refused in one plain sentence, whatever it would do to a parser."""

import gzip
import io
import json
import os
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from imports.reading import pacer_html, sandbox
from imports.reading.found import NotReadableError
from imports.reading.limits import Limits
from imports.reading.sandbox import opened, read
from imports.reading.wire import line
from tests.imports.reading.shared import whole
from tests.imports.reading.test_dockets import DOCKET
from tests.imports.reading.test_dockets import PAGE as PAGE_OF_A_DOCKET
from tests.imports.reading.test_readers import HEADER, SHEET, TABLE, trial

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
PAGE = b"<html><head><title>CM/ECF - akd</title></head><body>%s</body></html>"


def workbook(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in {"[Content_Types].xml": b"<Types/>", **members}.items():
            book.writestr(name, content)
    return packed.getvalue()


def a_workbook() -> bytes:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    book.save(packed)
    return packed.getvalue()


BAD = {
    "empty": (b"", "This file is empty."),
    "white": (b" \n\t ", "This file is empty."),
    "nul": (b"a,b\n1,\x002\n", "NUL bytes"),
    "nul in json": (json.dumps(DOCKET | {"case_name": "a\0b"}).encode(), "NUL characters"),
    "half a pair": (json.dumps(DOCKET | {"case_name": "a\ud800b"}).encode(), "half of a pair"),
    "cut json": (json.dumps(DOCKET).encode()[:-40], "not whole JSON"),
    "not a number": (b'{"docket_number": NaN}', "not whole JSON"),
    "latin json": ('{"a": "é"}'.encode("latin-1"), "not written in UTF-8"),
    "deep json": (b"[" * 200_000, "nested too deeply|not whole JSON"),
    "deep object": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    "other json": (b'{"a": 1}', "holds no docket"),
    "list of numbers": (b"[1, 2, 3]", "none of the kinds"),
    "large json": (b'{"a": "' + b"x" * 5_000_001 + b'"}', "larger than 5 MB"),
    "no docket number": (json.dumps(DOCKET | {"docket_number": " "}).encode(), "holds no docket"),
    "dtd": (LAUGHS, "document type declaration"),
    "dtd without entities": (b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "a.dtd"><a/>', "document type declaration"),
    "xml": (b"<?xml version='1.0'?><a/>", "no reader is known"),
    "cut xml": (b"<?xml version='1.0'?><a>", "damaged or cut off"),
    "other page": (b"<!doctype html><html><body>Hello</body></html>", "does not come from PACER"),
    "pacer's complaint": (PAGE % b"<h3>Invalid date_from: 1/1/1</h3>", r"\(it says: Invalid date_from: 1/1/1\)"),
    "login page": (PAGE % b"<form>PACER login</form>", "not a docket report"),
    "pdf": (b"%PDF-1.7 ...", "This is a PDF"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
    "program": (b"\x7fELF\x02\x01\x01\x00\x00", "NUL bytes"),
    "zip": (io.BytesIO(workbook()).getvalue().replace(b"[Content_Types]", b"[Content_Typos]"), "ZIP archive"),
    "cut zip": (a_workbook()[:-60], "damaged or cut off"),
    "zip bomb": (workbook(**{"xl/worksheets/sheet1.xml": b" " * 210_000_000}), "unfolds to more than 200 MB"),
    "laughing workbook": (workbook(**{"xl/workbook.xml": LAUGHS}), "document type declaration"),
    "no workbook": (workbook(**{"xl/workbook.xml": b"<a/>"}), "workbook is damaged"),
    "cut gzip": (gzip.compress(trial(("guilty", None, "GUILTY")) * 50)[:-20], "damaged or cut off"),
    "gzip in gzip": (gzip.compress(gzip.compress(b"a,b\n1,2")), "holds another one"),
    "cut trials": (trial(("guilty", None, "GUILTY")) + b'\n{"trial_id": "x"', "Line 2 of this file is not whole JSON"),
    "nul in a trial": (trial(("guilty", None, "GUIL\0TY")), "NUL"),
    "strange trial": (trial(("guilty", None, "GUILTY")) + b"\n{}", "Line 2 of this file is not a trial"),
    "open quotation": (SHEET.encode() + b'\n2020,,,,,,,,,"never closed', "Line 2 of this table can not be read"),
    "two columns of a name": (b"id,id\n1,2", "Two columns of this table are called “id”"),
    "column without a name": (b"id,,b\n1,2,3", "has no name"),
    "too many columns": (b",".join(b"%d" % n for n in range(600)), "more than 500 columns"),
    "nobody's table": (b"id,fish\n1,2", "No mapping fits this table"),
    "too many rows": (SHEET.encode() + b"\n2020,,,,,,,,,x,,," * 50_001, "more than 50,000 rows"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_sentence(name: str) -> None:
    data, sentence = BAD[name]
    with pytest.raises(NotReadableError, match=sentence) as refused:
        [line("case", case) for case in whole(data).cases]
    words = str(refused.value)
    assert "\n" not in words
    assert words.endswith(".")
    assert len(words) < 400


GOOD = (json.dumps(DOCKET).encode(), PAGE_OF_A_DOCKET.encode(), trial(("guilty", None, "GUILTY")) * 2,
        f"{SHEET}\n2020,1,1,,2020,2,2,,x,a,<b>t</b>,http://a.example/c,".encode())  # fmt: skip
PIECES = (
    b"null",
    b"[]",
    b"{}",
    b'"',
    b",",
    b"\n",
    b"-1",
    b"1e400",
    b"9" * 30,
    b"\xc3\xa9",
    b"<b>",
    b"</td>",
    b"(1s)",
    b"\x80",
)


def test_whatever_happens_to_a_file_it_is_read_or_refused() -> None:
    dice = random.Random(67)
    refused = 0
    for _ in range(150):
        data = bytearray(dice.choice(GOOD))
        for _ in range(dice.choice((1, 2, 6))):
            place = dice.randrange(len(data) + 1)
            data[place : place + dice.choice((0, 1, 20))] = dice.choice((b"", *PIECES))
        try:
            [line("case", case) for case in whole(bytes(data)).cases]
        except NotReadableError:
            refused += 1
    assert 0 < refused < 150


def test_a_gzip_bomb_is_not_unfolded() -> None:
    bomb = gzip.compress(b" " * 30_000_000)
    with pytest.raises(NotReadableError, match="unfolds to more than 20 MB"):
        whole(bomb, limits=Limits(unpacked_bytes=20_000_000))


def test_the_optional_package_is_asked_for_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "juriscraper.pacer", None)
    page = PAGE % b"<h3>U.S. District Court<br>District of Alaska<br>CRIMINAL DOCKET FOR CASE #: 3:19-cr-00012</h3>"
    with pytest.raises(NotReadableError) as refused:
        whole(page)
    assert str(refused.value) == pacer_html.NOT_INSTALLED


def test_the_child_hands_back_what_the_reader_found(tmp_path: Path) -> None:
    path = tmp_path / "docket.json"
    path.write_bytes(json.dumps(DOCKET).encode())
    found, here = read(path), whole(path.read_bytes())
    assert (found.cases, found.totals, found.source_kind) == (here.cases, here.totals, "pacer_json")
    assert (found.file_name, len(found.sha256)) == ("docket.json", 64)
    path.write_bytes(b"\n".join(trial(("guilty", None, "GUILTY"), trial_id=f"t{n}") for n in range(300)))
    with opened(path, file_name="as uploaded.jsonl") as reading:
        assert (len(reading), reading.ending.totals["trials"], reading.file_name) == (300, 300, "as uploaded.jsonl")
        assert [case.docket_number for case in reading][:2] == ["t0", "t1"]


def test_the_child_reads_with_a_mapping_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "otters.toml").write_text(TABLE)
    (tmp_path / "a.csv").write_text(f"{HEADER}\n7,Ann,,,theft,,,open,,,,")
    assert read(tmp_path / "a.csv", mapping=str(tmp_path / "otters.toml")).mapping == "otters"


@pytest.mark.parametrize(
    ("limits", "content", "sentence"),
    [
        (
            Limits(memory_mb=300, json_bytes=50_000_000),
            "[" + "{}," * 5_000_000 + "{}]",
            "takes more than 300 MB of mem",
        ),
        (Limits(seconds=0), "{}", "takes longer than 0 seconds"),
        (
            Limits(seconds=1),
            (trial(("guilty", None, "GUILTY")).decode() + "\n") * 12_000,
            "takes longer than 1 seconds",
        ),
        (Limits(file_bytes=10), '{"a": "bcdefgh"}', "larger than 1e-05 MB"),
    ],
    ids=["memory", "no time", "time", "size"],
)
def test_a_file_takes_no_more_than_it_may(tmp_path: Path, limits: Limits, content: str, sentence: str) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    with pytest.raises(NotReadableError, match=sentence):
        read(path, limits=limits)


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    for path, sentence in (
        (tmp_path, "This is a folder and not a file. Name the files inside it."),
        (tmp_path / "none", "There is no such file."),
        (tmp_path / "pipe", "This is not a plain file."),
        (tmp_path / "empty", "This file is empty."),
        ("a\0b", "This file can not be opened."),
        (tmp_path / ("x" * 300), "This file can not be opened."),
    ):
        with pytest.raises(NotReadableError) as refused:
            read(path)
        assert str(refused.value) == sentence

    (tmp_path / "kept").write_bytes(b"{}")
    (tmp_path / "kept").chmod(0)
    everybody = os.geteuid()
    if everybody == 0:
        os.seteuid(65_534)  # nobody, whom permissions bind
    try:
        with pytest.raises(NotReadableError, match="has no permission"):
            read(tmp_path / "kept")
    finally:
        os.seteuid(everybody)


def test_limits_can_be_raised(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join((SHEET, "2020,,,,,,,,,a,,,", "2020,,,,,,,,,b,,,")))
    with pytest.raises(NotReadableError, match="more than 1 rows"):
        read(path, limits=Limits(rows=1))
    assert read(path, limits=Limits(rows=2)).totals["acts"] == 2


def test_a_child_that_dies_leaves_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_text("{}")
    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    with pytest.raises(NotReadableError, match="can not be read"):
        read(path)

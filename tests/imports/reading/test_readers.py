"""The readers on small files of our own: tables, trials and sheets. Nobody in them exists."""

import gzip
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from imports.reading.found import Found, NotReadableError
from imports.reading.mapping import named, shipped
from tests.imports.reading.shared import whole

TABLE = """
name = "otters"
columns = ["id", "who", "what", "ended"]
never = ["weight"]
[case]
key = "{id}"
caption = "Prosecution of {who}"
court = "{where}"
number = "docket"
[party]
name = "{who}"
order = "last, first"
[charge]
columns = ["what", "what2"]
brought = { column = "charged", as = "us" }
[outcome]
column = "ended"
date = { column = "ended_on", as = "iso" }
of = "defendant"
[outcome.values]
guilty = "convicted_unspecified"
open = "filed"
[sentence]
terms = { years = "prison" }
nothing = ["none"]
"""
HEADER = "id,who,where,docket,what,what2,charged,ended,ended_on,years,weight,phone"


@pytest.fixture
def mapping(tmp_path: Path) -> str:
    (tmp_path / "otters.toml").write_text(TABLE)
    return str(tmp_path / "otters.toml")


def table(mapping: str, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Found:
    return whole("\r\n".join((header, *lines)).encode(encoding), mapping=mapping)


def test_a_row_becomes_a_defendant_with_charges(mapping: str) -> None:
    found = table(
        mapping,
        '7,"OTTER, Ann (aka Annie)",District of Alaska,3:19-cr-12,theft,,3/1/19,guilty,2020-01-31,4 Years,9,555',
    )
    case = found.cases[0]
    party, charge = case.parties[0], case.charges[0]
    assert (case.key, case.court_id, party.name, party.aliases) == ("akd:3:19-cr-00012", "akd", "Ann OTTER", ("Annie",))
    assert (charge.disposition, charge.disposed_on.on) == ("convicted_unspecified", date(2020, 1, 31))
    assert [(act.kind, act.when.on) for act in case.acts] == [
        ("charges_filed", date(2019, 3, 1)), ("conviction_entered", date(2020, 1, 31)), ("imposed", None),
    ]  # fmt: skip
    assert [(part.kind, part.years) for part in case.acts[2].sentence] == [("prison", 4)]
    assert {left.what for left in found.left_out} == {"column weight", "column phone"}
    assert not {"weight", "phone"} & set(party.raw)


def test_what_is_said_of_a_defendant_is_not_said_of_each_of_several_charges(mapping: str) -> None:
    case = table(mapping, "7,Ann,,,theft,sinking,,guilty,,4 Years,,").cases[0]
    assert [charge.disposition for charge in case.charges] == ["unknown", "unknown"]
    assert [charge.disposition_raw for charge in case.charges] == ["guilty", "guilty"]
    assert [part for act in case.acts for part in act.sentence] == []
    assert case.charges[0].sentence_raw == "years: 4 Years"


def test_half_a_sentence_is_told_in_no_parts(mapping: str) -> None:
    Path(mapping).write_text(TABLE.replace('years = "prison"', 'years = "prison", what2 = "supervised_release"')
                             .replace('["what", "what2"]', '["what"]'))  # fmt: skip
    lines = [f"{after},Ann,,,theft,{after},,guilty,,4 Years,," for after in ("2 Years", "NaN Year")]
    told = [[part.kind for act in case.acts for part in act.sentence] for case in table(mapping, *lines).cases]
    assert told == [["prison", "supervised_release"], []]


def test_rows_join_only_by_court_and_number(mapping: str) -> None:
    alaska, blank, nowhere = "District of Alaska,3:19-cr-12", ",", "A court of the sea,3:19-cr-12"
    lines = [f"{i},Ann,{at},theft,,,open,,,," for i, at in enumerate((alaska, alaska, blank, blank, nowhere, nowhere))]
    found = table(mapping, *lines, "1,Ann,,,theft,,,open,,,,", "1,Ann,,,theft,,,open,,,,")
    assert [case.key for case in found.cases] == [
        "akd:3:19-cr-00012", "otters:2", "otters:3", "otters:3:19-cr-00012/4", "otters:3:19-cr-00012/5",
        "otters:1", "otters:1#2",
    ]  # fmt: skip
    assert [party.key for party in found.cases[0].parties] == ["ann", "ann#2"]


def test_what_a_table_says_and_nobody_understands_is_kept(mapping: str) -> None:
    found = table(
        mapping, "7,Ann,,,theft,,31/12/2019,sunk,,NaN Year,,", "8,Bo,,,theft", ",,,,,,,,,,,", '9,,,,"x",,,,,,,'
    )
    assert [(lost.where, lost.raw_text) for lost in found.cases[0].not_understood] == [
        ("row 1, charged", "31/12/2019"), ("row 1, ended", "sunk"), ("row 1, years", "NaN Year"),
    ]  # fmt: skip
    assert [lost.where for lost in found.not_understood] == ["row 2", "row 2"]
    assert (found.totals["rows"], found.totals["defendants"]) == (3, 1)
    assert [part for act in found.cases[0].acts for part in act.sentence] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_encoding_is_told_apart(mapping: str, encoding: str) -> None:
    found = table(mapping, "7,Zoë Müller–Ørsted,,,theft,,,,,,,", encoding=encoding)
    assert found.cases[0].parties[0].name == "Zoë Müller–Ørsted"


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Анна Выдрова", "cp1251"),
        ("獺杏奈東京", "shift_jis"),
        ("Zoë", "utf-16-le"),
        ("Zoë", "utf-32"),
        ("Zo\x81", "latin-1"),
    ],
)
def test_an_encoding_that_can_not_be_told_is_refused(mapping: str, name: str, encoding: str) -> None:
    with pytest.raises(NotReadableError, match=r"encoding of this file can not be told|NUL"):
        table(mapping, *[f"7,{name},,,theft,,,,,,,"] * 3, encoding=encoding)


def test_a_workbook_says_the_same_as_its_table(mapping: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append([7, "Ann", None, None, "theft", None, "3/1/19", "guilty", date(2020, 1, 31), "4 Years", None, None])
    packed = io.BytesIO()
    book.save(packed)
    found = whole(packed.getvalue(), mapping=mapping)
    plain = table(mapping, "7,Ann,,,theft,,3/1/19,guilty,2020-01-31,4 Years,,")
    assert (found.cases, found.totals) == (plain.cases, plain.totals)


def test_a_mapping_is_looked_up_by_name_or_path(mapping: str) -> None:
    with pytest.raises(NotReadableError, match="no mapping called"):
        named("../../secrets")
    with pytest.raises(NotReadableError, match="needs the column “charged”"):
        table(mapping, "7,Ann", header="id,who,where,what,ended")
    assert [one.name for one in shipped()] == ["casetrack", "russia-investigation", "trial_and_terror"]


def trial(
    verdict: tuple[str, str | None, str], punish: tuple[str, str | None, str] | None = None, **changes: Any
) -> bytes:
    """One trial of one Ann Otter for stealing a kite, with one verdict and perhaps one punishment."""
    value: dict[str, Any] = {
        "trial_id": "t17990101-1", "session": "17990101", "date": "17990101",
        "defendants": [{"id": "d1", "given": "ANN", "surname": "OTTER", "as_printed": "ANN OTTER otherwise HERON"}],
        "victims": [{"id": "v1", "given": None, "surname": None, "as_printed": "Bo Teal"}],
        "offences": [{"id": "o1", "category": "theft", "subcategory": "kites", "text": "stealing a kite"}],
        "verdicts": [dict(zip(("category", "subcategory", "text"), verdict, strict=True), id="r1")],
        "punishments": [dict(zip(("category", "subcategory", "text"), punish, strict=True), id="p1")] if punish else [],
        "charges": [{"id": "c1", "targets": ["d1", "o1", "r1"]}],
        "def_punishments": [{"id": None, "targets": ["d1", "p1"]}] if punish else [],
        "text": "ANN OTTER was indicted for stealing a kite",
    }  # fmt: skip
    return json.dumps(value | changes).encode()


@pytest.mark.parametrize(
    ("verdict", "slug"),
    [
        (("guilty", None, "GUILTY"), "convicted_jury"),
        (("guilty", None, "GUILTY of flying, but not of stealing"), "convicted_lesser"),
        (("guilty", "lesserOffence", "NOT GUILTY of stealing, but guilty of flying"), "convicted_lesser"),
        (("guilty", "pleadedGuilty", "pleaded GUILTY"), "convicted_guilty_plea"),
        (("notGuilty", None, "NOT GUILTY"), "acquitted_jury"),
        (("notGuilty", "noProsecutor", "Acquitted, nobody appearing"), "acquitted_jury"),
        (("notGuilty", None, "GUILTY"), "unknown"),
        (("guilty", None, "NOT GUILTY"), "unknown"),
        (("notGuilty", "nonComposMentis", "NOT GUILTY"), "unknown"),
        (("notGuilty", "nonComposMentis", "NOT GUILTY, being insane"), "not_guilty_insanity"),
        (("specialVerdict", None, "GUILTY, if the judges think so"), "unknown"),
    ],
)
def test_a_verdict_is_told_where_words_and_category_agree(verdict: tuple[str, str | None, str], slug: str) -> None:
    case = whole(trial(verdict)).cases[0]
    assert (case.charges[0].disposition, case.charges[0].disposition_raw) == (slug, verdict[2])
    assert [o.disposition for act in case.acts for o in act.outcomes] == [slug]


def test_a_trial_is_told_with_its_people_and_its_punishment() -> None:
    case = whole(trial(("guilty", None, "GUILTY"), ("imprison", "newgate", "imprisoned six months in Newgate"))).cases[
        0
    ]
    assert [(p.name, p.role, p.aliases) for p in case.parties] == [
        ("ANN OTTER", "defendant", ("HERON",)), ("Bo Teal", "victim", ()),
    ]  # fmt: skip
    assert [(act.kind, act.when.qualifier) for act in case.acts] == [
        ("indictment", ""), ("guilty", "approximate"), ("imposed", "approximate"),
    ]  # fmt: skip
    assert [(part.kind, part.months) for part in case.acts[2].sentence] == [("custody", 6)]
    whipped = whole(trial(("guilty", None, "GUILTY"), ("corporal", "whipping", "whipped"))).cases[0]
    assert (whipped.acts[2].sentence, whipped.charges[0].sentence_raw) == ((), "whipped")
    respited = whole(trial(("guilty", None, "GUILTY"), ("noPunish", "sentenceRespited", "Sentence respited"))).cases[0]
    assert (respited.acts[2].kind, respited.acts[2].occurrence) == ("sentencing", "continued")


def test_a_link_to_nobody_is_listed() -> None:
    case = whole(trial(("guilty", None, "GUILTY"), charges=[{"id": "c1", "targets": ["d9", "o1", "r1"]}])).cases[0]
    assert [lost.where for lost in case.not_understood] == ["charge c1", "verdict r1"]
    assert whole(gzip.compress(trial(("guilty", None, "GUILTY")))).totals["charges"] == 1


SHEET = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Type"


def test_a_timeline_sheet_becomes_the_acts_of_a_case() -> None:
    opens = '"Call 555-010-0000<br>or <a href=""https://a.example/x"">read</a>"'
    lines = [
        SHEET, ',,,,,,,,,The kite case,<p>What happened</p>,,title', ",,,,,,,,,An era,,,era",
        f"2019,3,1,10:30,2019,3,4,,,<b>Trial</b> opens,{opens},https://b.example/y,", "2019,3,,,,,,,,In March,,,",
        "2019,,,,,,,,,That year,,,", "2019,2,30,,,,,,,No such day,,,", ",,,,,,,,spring,Some day,,javascript:x,",
        "2019,,,,,,,,,That year,,,",
    ]  # fmt: skip
    found = whole("\n".join(lines).encode(), "kites.csv")
    case = found.cases[0]
    assert (found.source_kind, case.key, case.caption, case.summary) == (
        "timelinejs", "timelinejs:kites", "The kite case", "What happened",
    )  # fmt: skip
    assert [(act.title, act.when.on, act.when.precision, act.when.until) for act in case.acts] == [
        ("Trial opens", date(2019, 3, 1), "day", date(2019, 3, 4)),
        ("In March", date(2019, 3, 1), "month", None),
        ("That year", date(2019, 1, 1), "year", None),
        ("No such day", None, "unknown", None),
        ("Some day", None, "unknown", None),
        ("That year", date(2019, 1, 1), "year", None),
    ]
    opening = case.acts[0]
    assert (opening.text, opening.has_private) == ("Call [not shown]\nor read", True)
    assert opening.raw_text == '<b>Trial</b> opens\nCall 555-010-0000<br>or <a href="https://a.example/x">read</a>'
    assert opening.links == ("https://b.example/y", "https://a.example/x")
    assert case.acts[4].links == ()
    assert case.acts[5].key == f"{case.acts[2].key}#2"
    assert found.totals == {"rows": 8, "titles": 1, "eras": 1, "acts": 6}
    assert [lost.raw_text for lost in found.not_understood] == ["Year 2019 Month 2 Day 30"]

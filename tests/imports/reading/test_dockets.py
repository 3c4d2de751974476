"""Dockets of our own, as JSON and as a page: what becomes of parties, counts, entries. Nobody in them exists."""

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.reading.found import FoundCase, NotReadableError
from imports.reading.wire import built, line
from tests.imports.reading.shared import whole

OTTER = {
    "name": "Ann Otter",
    "type": "Defendant",
    "date_terminated": "2020-05-06",
    "extra_info": 'TERMINATED: 05/06/2020\nalso known as\n"Annie"\nTERMINATED: 05/06/2020',
    "attorneys": [
        {
            "name": "Lee Heron",
            "roles": ["LEAD ATTORNEY"],
            "contact": "1 Reed St\n555-010-0000\nEmail: lee@heron.example",
        }
    ],
    "criminal_data": {
        "counts": [
            {"name": "THEFT OF A BOAT(1)", "status": "pending", "disposition": ""},
            {"name": "THEFT OF A BOAT(1s)", "status": "pending", "disposition": "Pled guilty to count 1s"},
            {"name": "SINKING A BOAT(2s-3s)", "status": "terminated", "disposition": "Dismissed without prejudice"},
            {"name": "SINKING A BOAT(2s-3s)", "status": "terminated", "disposition": "12 months in a boat"},
        ],
        "complaints": [{"name": "18:661 - Theft", "disposition": ""}],
        "highest_offense_level_opening": "Felony",
        "highest_offense_level_terminated": "None",
    },
}
WITNESS = {"name": "Bo Teal", "type": "Material Witness", "extra_info": ""}
DOCKET: dict[str, Any] = {
    "court_id": "akd", "docket_number": "3:19-cr-00012-ABC-1", "case_name": "United States v. Otter",
    "date_filed": "2019-03-01", "date_terminated": None, "assigned_to_str": "Ida Grebe", "referred_to_str": "",
    "parties": [OTTER, WITNESS, {"name": "USA", "type": "Plaintiff"}],
    "docket_entries": [
        {"date_filed": "2019-03-01", "date_entered": "2019-03-02", "document_number": "1",
         "description": "INDICTMENT as to Ann Otter (1) count(s) 1. "},
        {"date_filed": "2019-03-05", "date_entered": "2019-03-05", "document_number": None,
         "description": "Attorney update  in case"},
        {"date_filed": "2019-03-05", "date_entered": "2019-03-05", "document_number": None,
         "description": "Attorney update  in case"},
    ],
}  # fmt: skip


def docket(**changes: Any) -> FoundCase:
    return whole(json.dumps(DOCKET | changes).encode()).cases[0]


def test_a_docket_becomes_a_case_with_its_counts_as_charges() -> None:
    case = docket()
    assert (case.key, case.kind, case.filed.on) == ("akd:3:19-cr-00012", "criminal", date(2019, 3, 1))
    otter = case.parties[0]
    assert (otter.aliases, otter.attorneys[0].name, otter.terminated.on) == (("Annie",), "Lee Heron", date(2020, 5, 6))
    told = [(c.key.rsplit("/", 1)[1], c.disposition, c.generation, c.brought_by) for c in case.charges]
    later = "brought/defendant/ann otter/1"
    assert told == [
        ("1", "unknown", 0, "entry/1"),
        ("1s", "convicted_guilty_plea", 1, later),
        ("2s", "dismissed_without_prejudice", 1, later),
        ("2s#2", "unknown", 1, later),  # a court has it twice, and so do we
        ("theft", "unknown", 0, "brought/defendant/ann otter/complaint"),
    ]
    assert (case.charges[1].replaces, case.charges[1].replaces_how) == (case.charges[0].key, "superseded")
    entries = [act for act in case.acts if act.entry]
    assert [act.key.count("#") for act in entries] == [0, 0, 1]
    assert entries[0].raw_text == "INDICTMENT as to Ann Otter (1) count(s) 1. "
    outcomes = {act.kind: [o.disposition for o in act.outcomes] for act in case.acts if act.outcomes}
    assert outcomes == {
        "plea_hearing": ["convicted_guilty_plea"], "dismissal": ["dismissed_without_prejudice"], "other": ["unknown"],
    }  # fmt: skip
    assert (case.parties[1].role, case.parties[1].role_reason) == (
        "other",
        "A material witness is not accused of anything.",
    )
    assert [o.name for o in case.officials] == ["Ida Grebe"]
    kept = line("case", case).decode()
    assert not any(private in kept for private in ("Reed St", "555-010", "heron.example"))
    assert [(left.what, left.number) for left in case.left_out] == [("attorney_contacts", 1)]
    assert whole(json.dumps(DOCKET).encode()).left_out == ()


def test_an_address_under_a_name_is_not_shown() -> None:
    party = {
        "name": "Ann Otter",
        "type": "Defendant",
        "extra_info": "Harbour master\n12 Reed Road, Otter Bay, AK 99501",
    }
    assert docket(parties=[party]).parties[0].described_as == "Harbour master [not shown]"


def test_two_accused_of_one_case_share_its_key_and_its_entries() -> None:
    teal = {**OTTER, "name": "Bo Teal"}
    one, two = docket(), docket(docket_number="3:19-cr-00012-ABC-2", parties=[teal], federal_defendant_number="2")
    assert one.key == two.key
    assert {act.key for act in one.acts if act.entry} == {act.key for act in two.acts if act.entry}
    assert not {charge.key for charge in one.charges} & {charge.key for charge in two.charges}
    assert two.parties[0].marks == {"defendant_number": "2"}


def entries_of(*descriptions: str) -> list[dict[str, Any]]:
    return [
        {
            "date_filed": f"2020-05-0{day}",
            "date_entered": f"2020-05-0{day}",
            "document_number": str(day),
            "description": d,
        }
        for day, d in enumerate(descriptions, start=1)
    ]


def counted(*rows: tuple[str, str]) -> list[dict[str, Any]]:
    counts = [{"name": name, "status": "pending", "disposition": words} for name, words in rows]
    return [OTTER | {"criminal_data": {"counts": counts, "complaints": []}}]


SENTENCED = "Minute Entry: Sentencing held on 5/1/2020 for Ann Otter (1), "
THEFT, SINKING = ("THEFT OF A BOAT(1)", "12 months imprisonment"), ("SINKING A BOAT(2-3)", "Dismissed as time barred")


def days(case: FoundCase) -> dict[str, str]:
    """Return the days of what the docket's lists of counts say, by what it is."""
    return {act.kind: str(act.when.on) for act in case.acts if act.outcomes or act.sentence}


def test_what_a_list_of_counts_says_has_the_day_of_the_entry_that_says_the_same_of_that_count() -> None:
    whole_entry = (
        f"{SENTENCED}Count(s) 1, 12 months imprisonment; Counts 2 -3, Dismissed as time barred. Appeal waived."
    )
    case = docket(parties=counted(THEFT, SINKING), docket_entries=entries_of(whole_entry))
    dated = {act.kind: (str(act.when.on), act.why) for act in case.acts if act.outcomes}
    why = "The day is that of entry 1, filed on 1 May 2020, which says the same words of count {}."
    assert dated == {"imposed": ("2020-05-01", why.format("1")), "other": ("2020-05-01", why.format("2-3"))}
    assert docket(parties=counted(THEFT, SINKING)).acts[-4].when.on is None
    order = "ORDER for dismissal by Judge Grebe as to Ann Otter (1) count(s) 2-3. Dismissed as time barred."
    case = docket(parties=counted(THEFT, SINKING), docket_entries=entries_of("NOTICE of x", order))
    assert days(case) == {"imposed": "None", "other": "2020-05-02"}
    assert {act.key for act in case.acts if act.outcomes} == {
        act.key for act in docket(parties=counted(THEFT, SINKING)).acts if act.outcomes
    }  # a day that comes later changes the act: it makes no second one


@pytest.mark.parametrize(
    ("entries", "counts"),
    [
        (["Minute Entry: Sentencing held on 5/1/2020 for Bo Teal (2), Count(s) 1, 12 months imprisonment"], [THEFT]),
        ([f"{SENTENCED}Count(s) 4, 12 months imprisonment"], [THEFT]),  # another count
        ([f"{SENTENCED}Count(s) 2, Dismissed as time barred"], [SINKING]),  # not all of them
        ([f"{SENTENCED}Count(s) 1, 12 months imprisonment"], [THEFT, ("THEFT OF A BOAT(1s)", "")]),  # which of two?
        ([f"{SENTENCED}Count(s) 1, 112 months imprisonment"], [THEFT]),
        (["ORDER of dismissal as to Ann Otter (1) count(s) 2-3. Dismissed as time barred."] * 2, [SINKING]),
        (["SENTENCING MEMORANDUM by Ann Otter: Count(s) 1, 12 months imprisonment"], [THEFT]),
        (["JUDGMENT as to Ann Otter (1), Count(s) 1, 12 months imprisonment"], [THEFT]),  # said when?
        (["Minute Entry: Sentencing held on 4/30/2020 for Ann Otter (1), Count(s) 1, 12 months imprisonment"], [THEFT]),
        ([f"{SENTENCED}12 months imprisonment on count 1"], [THEFT, SINKING]),
    ],
)
def test_where_there_is_a_doubt_it_has_no_day(entries: list[str], counts: list[tuple[str, str]]) -> None:
    case = docket(parties=counted(*counts), docket_entries=entries_of(*entries))
    assert {act.when.on for act in case.acts if act.outcomes or act.sentence} == {None}


def test_one_act_of_two_days_becomes_two_and_what_has_no_day_keeps_its_key() -> None:
    rows = [("THEFT OF A BOAT(1)", "Dismissed with prejudice"), ("SINKING A BOAT(2)", "Dismissed with prejudice")]
    order = "ORDER of dismissal as to Ann Otter (1) count(s) 2. Dismissed with prejudice."
    case = docket(parties=counted(*rows), docket_entries=entries_of(order))
    told = [(act.key.rsplit("//", 1)[-1], str(act.when.on), len(act.outcomes)) for act in case.acts if act.outcomes]
    assert told == [("", "None", 1), ("2020-05-01", "2020-05-01", 1)]


def test_an_entry_that_decides_about_one_concerns_that_one_and_says_nothing_on_anothers_docket() -> None:
    teal = {**OTTER, "name": "Bo Teal"}
    said = "JUDGMENT AND COMMITMENT as to Bo Teal (2)"
    both = docket(parties=[OTTER, teal], docket_entries=entries_of(said)).acts[-1]
    own = docket(parties=[OTTER], docket_entries=entries_of(said)).acts[-1]
    assert (both.kind, both.about) == ("conviction_entered", ("defendant/bo teal",))
    assert (own.category, own.kind, own.about, own.title) == ("", "", (), said)


def test_the_day_of_entry_is_kept_of_what_a_court_wrote_and_of_nothing_else() -> None:
    case = docket(docket_entries=entries_of("ORDER APPOINTING COUNSEL as to Ann Otter", "MOTION for Bail by Ann Otter"))
    told = [(act.kind, str(act.entered_on)) for act in case.acts if act.entry]
    assert told == [("other", "2020-05-01"), ("motion", "None")]


def test_a_count_follows_only_one_of_the_same_number_and_offence() -> None:
    names = ["THEFT(1)", "SINKING(1s)", "THEFT(2-3)", "THEFT(2s)", "THEFT(4)", "THEFT(4r)"]
    counts = [{"name": name, "status": "pending", "disposition": ""} for name in names]
    case = docket(parties=[{"name": "Ann", "type": "Defendant", "criminal_data": {"counts": counts, "complaints": []}}])
    followed = [(c.raw_text, c.replaces.rsplit("/", 1)[1], c.replaces_how) for c in case.charges if c.replaces]
    assert followed == [("THEFT(4r)", "4", "refiled")]


def test_a_dockets_strange_rows_are_kept_and_counted() -> None:
    found = whole(json.dumps(DOCKET | {"docket_entries": ["?", 7], "parties": [OTTER, "who"]}).encode())
    assert [lost.where for lost in found.cases[0].not_understood] == ["docket entry 1", "docket entry 2", "party 2"]
    assert (found.totals["docket_entries"], found.totals["parties"]) == (2, 2)


def test_a_warrants_docket_accuses_nobody() -> None:
    named_so = {"name": "In the Matter of a Search Warrant", "type": "Defendant", "criminal_data": {"counts": []}}
    case = docket(case_name="In the Matter of a Search Warrant", docket_number="3:19-mj-1", parties=[named_so])
    assert (case.kind, case.parties[0].role) == ("investigation", "other")


PAGE = """<html><head><title>CM/ECF - akd</title></head><body>
<h3>U.S. District Court<BR>District of Alaska (Anchorage)<BR>CRIMINAL DOCKET FOR CASE #: 3:19-cr-00012-ABC-1</h3>
<TABLE><tr>
<td><br>Case title: USA v. Otter</td>
<td><br>Date Filed: 03/01/2019</td></tr></table>
<HR><TABLE><tr><td>Assigned to: Judge Ida Grebe</td></tr>
<tr><td><br><b><u>Defendant (1)</u></b></td></tr>
<tr><td><B>Ann Otter</B></td>
<td>represented&nbsp;by</td><td><B>Lee Heron</B>
<BR>1 Reed St<BR>555-010-0000<BR>Email: lee@heron.example<BR><I>LEAD ATTORNEY</I></td></tr>
<tr><td><br><b><u>Pending Counts</u></b></td><td></td><td><br><b><u>Disposition</u></b></td></tr>
<tr><td>THEFT OF A BOAT<br>(1s)</td><td></td><td>Dismissed</td></tr>
<tr><td><br><b><u>Highest Offense Level (Opening)</u></b></td></tr><tr><td>Felony</td></tr>
<tr><td><br><b><u>Terminated Counts</u></b></td><td></td><td><br><b><u>Disposition</u></b></td></tr>
<tr><td>None</td></tr>
<tr><td><br><b><u>Highest Offense Level (Terminated)</u></b></td></tr><tr><td>None</td></tr>
<tr><td><br><b><u>Complaints</u></b></td><td></td><td><br><b><u>Disposition</u></b></td></tr>
<tr><td>None</td></tr></TABLE>
<HR><TABLE>
<tr><td><br><b><u>Plaintiff</u></b></td></tr>
<tr><td><B>USA</B></td></tr></table>
<br><table width='99%' border=1 rules=all cellpadding=5 cellspacing=0>
<tr><td style='font-weight:bold; width=94; white-space:nowrap'>Date Filed</td><th>#</th>
<td style='font-weight:bold'>Docket Text</td></tr>
<tr><td width='94' nowrap>03/01/2019</td><td valign='top' align='right'><a href="https://ecf.akd.uscourts.gov/doc1/1">1</a>&nbsp;</td>
<td>INDICTMENT as to Ann Otter (1) count(s) 1s. (Entered: 03/02/2019)</td></tr></table></body></html>"""


def test_a_page_saved_from_pacer_says_the_same_as_its_json() -> None:
    case = whole(PAGE.encode()).cases[0]
    assert (case.key, case.caption, case.filed.on) == ("akd:3:19-cr-00012", "United States v. Otter", date(2019, 3, 1))
    assert [(p.name, p.role, [a.name for a in p.attorneys]) for p in case.parties] == [
        ("Ann Otter", "defendant", ["Lee Heron"]), ("USA", "government", []),
    ]  # fmt: skip
    assert [(c.raw_text, c.section, c.disposition, c.generation) for c in case.charges] == [
        ("THEFT OF A BOAT(1s)", "pending", "dismissed_unspecified", 1)
    ]
    assert [(act.number, act.kind, str(act.when.on)) for act in case.acts if act.entry] == [
        ("1", "indictment", "2019-03-01")
    ]
    assert "heron.example" not in line("case", case).decode()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["name", "type", "counts", "criminal_data", "attorneys", "roles", "x"]), inner),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.lists(JSON_VALUES, max_size=3), st.lists(JSON_VALUES, max_size=3), st.text(max_size=40))
def test_no_docket_breaks_the_reader(parties: list[Any], entries: list[Any], name: str) -> None:
    with suppress(NotReadableError):  # a NUL, for instance
        case = docket(parties=parties, docket_entries=entries, case_name=name)
        assert built(FoundCase, json.loads(line("case", case))["case"]) == case


def test_an_arrest_is_of_the_day_on_which_the_warrant_was_executed_and_a_line_of_the_day_of_the_entry() -> None:
    words = "ARREST WARRANT RETURNED EXECUTED on 3/2/2019 as to {}. "
    entries = [{"date_filed": "2020-05-06", "document_number": "9", "description": words.format("Ann Otter")}]
    own = next(act for act in docket(docket_entries=entries).acts if act.entry)
    assert (own.kind, str(own.when.on), bool(own.why)) == ("arrest", "2019-03-02", True)
    of_others = [{**entries[0], "description": words.format("Cy Wren")}]
    line_of_docket = next(act for act in docket(docket_entries=of_others).acts if act.entry)
    assert (line_of_docket.kind, str(line_of_docket.when.on), line_of_docket.why) == ("", "2020-05-06", "")

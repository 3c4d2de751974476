"""The account of every real file: what was found sums up to what is in it, and fits the record's vocabulary."""

import json
import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cases.law.vocabulary import KINDS, MOTION_KINDS, Category, Decision, Occurrence, SentenceKind
from imports.reading.found import Found, NotReadableError
from imports.reading.tables import UNSAID
from imports.reading.wire import plain
from tests.imports.reading.shared import (
    DOCKETS,
    SHARED,
    SNAPSHOTS,
    TRIALS,
    every_real_file,
    expected,
    needs_files,
    real,
    whole,
)

pytestmark = needs_files
TERMS = set(tomllib.loads((Path(__file__).parents[3] / "cases/data/dispositions.toml").read_text()))


def docket_tally(found: Found) -> dict[str, int]:
    """Count what was found in a docket by its own words, in the kinds of the file's totals."""
    case = found.cases[0]
    counts = [charge for charge in case.charges if charge.section != "complaint"]
    entries = [act for act in case.acts if act.entry]
    return {
        "parties": len(case.parties),
        "defendants": sum(party.role_raw == "Defendant" for party in case.parties),
        "aliases": sum(len(party.aliases) for party in case.parties),
        "attorney_links": sum(len(party.attorneys) for party in case.parties),
        "criminal_parties": sum("highest_offense_level_opening" in party.raw for party in case.parties),
        "counts": len(counts),
        "counts_pending": sum(charge.section == "pending" for charge in counts),
        "counts_terminated": sum(charge.section == "terminated" for charge in counts),
        "counts_with_disposition": sum(bool(charge.disposition_raw.strip()) for charge in counts),
        "complaints": len(case.charges) - len(counts),
        "docket_entries": len(entries),
        "unnumbered_entries": sum(not act.number for act in entries),
    }


@pytest.mark.parametrize("name", DOCKETS)
def test_a_docket_is_whole_and_its_page_says_the_same(name: str) -> None:
    found = real(f"pacer/{name}.json")
    wanted = expected()["pacer"]["per_file"][f"{name}.json"]
    told = {"court_id": found.cases[0].court_id, "docket_number": found.cases[0].docket_number, **found.totals}
    told.pop("aliases")
    assert told == wanted
    assert docket_tally(found) == found.totals
    page = real(f"pacer/{name}.html")
    assert replace(page, source_kind="pacer_json", file_name=found.file_name) == found


@pytest.mark.parametrize("name", DOCKETS)
def test_a_dockets_words_stay_as_they_are_and_nobodys_contact_is_kept(name: str) -> None:
    data = json.loads((SHARED / f"pacer/{name}.json").read_text())
    case = real(f"pacer/{name}.json").cases[0]
    assert [act.raw_text for act in case.acts if act.entry] == [row["description"] for row in data["docket_entries"]]
    assert len({act.key for act in case.acts}) == len(case.acts)
    counts = [count for p in data["parties"] for count in (p.get("criminal_data") or {}).get("counts", [])]
    found = [(c.raw_text, c.disposition_raw) for c in case.charges if c.section != "complaint"]
    assert found == [(count["name"], count["disposition"]) for count in counts]
    kept = json.dumps(plain(replace(case, acts=())), ensure_ascii=False)
    lines = [line for p in data["parties"] for a in p.get("attorneys", []) for line in a["contact"].splitlines()]
    private = [line for line in lines if re.search(r"@|[0-9]{3}[-. ][0-9]{4}|Suite|P\.O\.|Floor", line)]
    assert [line for line in private if line in kept] == []


def test_the_totals_of_all_dockets_and_of_the_two_that_hold_none() -> None:
    total = Counter[str]()
    for name in DOCKETS:
        total.update(real(f"pacer/{name}.json").totals)
    assert total.pop("aliases") == 6
    assert total == Counter(expected()["pacer"]["totals"])
    for name in ("dcd_2.json", "dcd_2.html"):
        with pytest.raises(NotReadableError, match="docket"):
            real(f"pacer/other/{name}")


@pytest.mark.parametrize("path", sorted((SHARED / "pacer" / "not_dockets").glob("*")), ids=lambda path: path.name)
def test_what_is_no_docket_is_refused_in_words(path: Path) -> None:
    with pytest.raises(NotReadableError) as refused:
        whole(path.read_bytes())
    assert re.fullmatch(
        r"This page of PACER is not a docket report.*\. Open the docket report .* bring it\.", str(refused.value)
    )


def test_who_is_not_accused_is_no_defendant() -> None:
    roles = {p.name: (p.role, p.role_reason) for name in DOCKETS for p in real(f"pacer/{name}.json").cases[0].parties}
    witnesses = [name for name, (_, reason) in roles.items() if "material witness" in reason]
    assert len(witnesses) == 2
    warrant = next(reason for name, (role, reason) in roles.items() if "Search Warrants" in name and role == "other")
    assert warrant == "This docket is about a warrant or an investigation: nobody is charged in it."


def test_the_outcomes_of_dockets_are_only_those_their_words_say() -> None:
    told = Counter(
        (charge.disposition, charge.disposition_raw.strip().casefold().rstrip("."))
        for name in DOCKETS
        for charge in real(f"pacer/{name}.json").cases[0].charges
        if charge.disposition != "unknown"
    )
    assert told == {
        ("dismissed_unspecified", "dismissed"): 5,
        ("dismissed_unspecified", "dismissed upon gov't motion"): 3,
        ("dismissed_unspecified", "order for dismissal"): 1,
    }
    silent = [c for name in DOCKETS for c in real(f"pacer/{name}.json").cases[0].charges if not c.disposition_raw]
    assert {charge.disposition for charge in silent} == {"unknown"}


def test_how_many_entries_say_what_they_are_and_what_lists_of_counts_say_on_which_day() -> None:
    acts = [(name, act) for name in DOCKETS for act in real(f"pacer/{name}.json").cases[0].acts]
    placed = Counter(act.category for _, act in acts if act.entry)
    assert (placed.pop(""), sum(placed.values())) == (159, 126)  # 159 stay lines of the docket
    assert placed == {"filing": 47, "ruling": 33, "hearing": 31, "judgment": 5, "custody": 4, "incident": 6}
    dated = {(name.split("/")[1], act.kind): str(act.when.on) for name, act in acts if act.why}
    arrested = {name: dated.pop((name, "arrest")) for name in ("caed_2", "hid", "mowd")}
    assert arrested == {"caed_2": "2004-01-20", "hid": "2004-06-08", "mowd": "2008-04-03"}
    assert dated == {
        ("azd", "imposed"): "2017-06-26", ("caed_2", "other"): "2004-06-07", ("caed_2", "dismissal"): "2004-06-07",
        ("casd_5", "other"): "2015-07-27", ("hid", "dismissal"): "2005-04-13", ("mowd", "dismissal"): "2009-03-30",
        ("txsd_1", "imposed"): "2020-04-15",
    }  # fmt: skip
    undated = [name for name, act in acts if not act.entry and act.outcomes and act.when.on is None]
    assert undated == ["criminal/casd", "criminal/gasd", "criminal/gasd"]


def test_superseding_and_refiled_counts_say_so() -> None:
    counts = {charge.key.rsplit("/", 1)[1]: charge for charge in real("pacer/criminal/dcd_1.json").cases[0].charges}
    assert (counts["1ss"].generation, counts["1ss"].replaces, counts["1ss"].replaces_how) == (
        2,
        counts["1s"].key,
        "superseded",
    )
    assert counts["1s"].replaces == counts["1"].key
    assert (counts["3"].count, counts["3"].count_to, counts["3s"].replaces) == (3, 6, "")  # another offence
    refiled = real("pacer/criminal/moed.json").cases[0].charges[0]
    assert (refiled.suffix, refiled.refiled, refiled.generation) == ("r", True, 0)


def test_the_table_of_special_investigations() -> None:
    found, wanted = real("fivethirtyeight/russia-investigation.csv"), expected()["russia-investigation"]
    totals = dict(found.totals)
    assert totals.pop("defendants") == totals.pop("charges") == len(found.cases) == 181
    assert {name[5:]: totals.pop(name) for name in list(totals) if name.startswith("type/")} == wanted.pop("type")
    assert totals == wanted
    assert [(left.what, left.number) for left in found.left_out if "column" not in left.what] == [
        ("rows_without_person", 13)
    ]
    unsaid = {left.what: left.number for left in found.left_out if left.reason == UNSAID}
    assert unsaid == {
        "column investigation-end": 160, "column investigation-days": 194, "column american": 194,
        "column president": 194, "column cp-days": 123,
    }  # fmt: skip
    acts = Counter(act.title for case in found.cases for act in case.acts)
    strange = {(lost.where, lost.raw_text) for case in found.cases for lost in case.not_understood}
    assert strange == {("row 62, type", "indictment"), ("row 62, overturned", "overturned: TRUE; type: indictment")}
    listed = [left.what for case in found.cases for left in case.left_out]
    assert (acts["Conviction overturned"], listed) == (wanted["overturned"] - 1, ["overturned"])
    assert acts["Pardoned"] == wanted["pardoned"]
    assert len({case.matter for case in found.cases}) == wanted["investigations"] - 13


def test_a_pardon_before_a_verdict_ends_a_charge_and_one_after_it_does_not() -> None:
    cases = {case.parties[0].name: case for case in real("fivethirtyeight/russia-investigation.csv").cases}
    charged, decided = cases["Caspar Weinberger"], cases["Elliott Abrams"]
    told = [(act.title, o.disposition) for act in charged.acts for o in act.outcomes]
    assert told == [("Charged", "charged_untold"), ("Pardoned", "pardoned_before_verdict")]
    assert [o.disposition for act in decided.acts for o in act.outcomes] == ["convicted_plea_untold"]
    assert [(act.title, act.when.on and act.when.on.isoformat()) for act in decided.acts] == [
        ("Charged", "1991-10-07"), ("Guilty plea", "1991-10-07"), ("Pardoned", None),
    ]  # fmt: skip
    north = cases["Oliver North"]
    assert [o.disposition for act in north.acts for o in act.outcomes] == ["convicted_untold", "conviction_overturned"]
    assert cases["Russian national 7"].parties[0].kind == "pseudonym"


def test_the_table_of_terrorism_cases() -> None:
    found, wanted = real("trial_and_terror/trial-and-terror_2017-09.csv"), expected()["trial_and_terror"]
    totals = dict(found.totals)
    told = {name[13:]: totals.pop(name) for name in list(totals) if name.startswith("dispositions/")}
    assert told == wanted.pop("dispositions")
    assert totals.pop("rows") == len(found.cases) == 810
    assert totals == wanted
    assert sum(len(case.charges) for case in found.cases) == wanted["charges"]
    several = [case for case in found.cases if len(case.charges) > 1]
    slugs = {charge.disposition for case in several for charge in case.charges}
    assert slugs == {"unknown", "filed", "nolle_prosequi", "dismissed_unspecified"}  # a plea to which of them?
    # “Found Guilty” is said of somebody with several charges: of which of them, no column says (decision 74).
    together = Counter(c.disposition_raw for case in several for c in case.charges if c.disposition == "unknown")
    assert together == {"Pleaded Guilty": 847, "Found Guilty": 417, "Acquitted": 6}
    nan = [lost for case in found.cases for lost in case.not_understood if "NaN" in lost.raw_text]
    assert len(nan) == wanted["NaN_values"]
    assert sum(not case.court_id for case in found.cases) == wanted["no_district"]
    assert not any("race" in party.raw for case in found.cases for party in case.parties)


@pytest.mark.parametrize(("name", "rows"), list(zip(SNAPSHOTS, (75, 91, 112), strict=True)))
def test_a_snapshot_joins_rows_by_court_and_number_alone(name: str, rows: int) -> None:
    found = real(name)
    assert (found.totals["rows"], sum(len(case.parties) for case in found.cases)) == (rows, rows)
    assert found.totals["charges"] == sum(len(case.charges) for case in found.cases)
    assert found.totals["notes"] == sum(act.entry for case in found.cases for act in case.acts)
    data = json.loads((SHARED / name).read_text())
    blank = [case for case in found.cases if not case.docket_number]
    assert len(blank) == sum(not row["casenumber"] for row in data)
    assert {len(case.parties) for case in blank} == {1}
    assert {len(case.parties) for case in found.cases if not case.court_id} == {1}


def test_a_case_that_was_renumbered_has_a_mark_to_be_known_by() -> None:
    first, last = ({m: c for c in real(name).cases for m in c.marks} for name in (SNAPSHOTS[0], SNAPSHOTS[2]))
    assert (first["name/daniel page adams"].docket_number, last["name/daniel page adams"].key) == (
        "",
        "dcd:1:21-mj-00081",
    )
    shared = set(first["name/daniel page adams"].marks) & set(last["name/daniel page adams"].marks)
    assert {mark.split("/")[0] for mark in shared} == {"name", "link"}


def test_the_trials_of_the_old_bailey() -> None:
    found, wanted = real(TRIALS), expected()["oldbailey_1780s"]
    assert found.totals == wanted
    assert (len(found.cases), [lost.where for lost in found.not_understood]) == (7891, ["trial t17860222-113"])
    lost = Counter(lost.where.split(" ")[0] for case in found.cases for lost in case.not_understood)
    charges = [charge for case in found.cases for charge in case.charges]
    roles = Counter(party.role for case in found.cases for party in case.parties)
    assert roles == {"defendant": wanted["defendants"], "victim": wanted["victims"]}
    assert len(charges) + lost["charge"] == wanted["charges"]
    acts = [act for case in found.cases for act in case.acts]
    verdicts = {act.key.split("#")[0] for act in acts if "-verdict" in act.key}
    assert len(verdicts) + lost["verdict"] == wanted["verdicts"]
    punishments = [act for act in acts if "-punish" in act.key]
    assert len(punishments) + lost["punishment"] == wanted["punishments"]
    assert sum(len(act.about) for act in punishments) == wanted["def_punishments"]
    told = {charge.disposition for charge in charges}
    assert told == {"convicted_jury", "convicted_lesser", "convicted_guilty_plea", "acquitted_jury", "unknown"}
    for charge in charges:
        words = charge.disposition_raw.casefold()
        if charge.disposition == "acquitted_jury":
            assert "but guilty" not in words
        if charge.disposition == "convicted_jury":
            assert not re.search(r"not guilty|acquitted|but not\b", words)


def test_everything_found_fits_the_record() -> None:
    kinds = {("", "")} | {(category.value, kind) for category, of in KINDS.items() for kind in of}
    decisions, occurrences = {"", *Decision}, set(Occurrence)
    for found in every_real_file():
        for case in found.cases:
            keys, people = {c.key for c in case.charges}, {p.key for p in case.parties}
            known = {act.key for act in case.acts}
            assert len(known) == len(case.acts)
            assert (len(keys), len(people)) == (len(case.charges), len(case.parties))
            for charge in case.charges:
                assert charge.disposition in TERMS
                assert charge.brought_by in known
                assert charge.party in people
                assert 0 < len(charge.title) <= 300
            for act in case.acts:
                assert (act.category, act.kind) in kinds
                assert act.decision in decisions
                assert not act.decision or act.category == Category.RULING
                assert not act.motion or (act.motion in MOTION_KINDS and act.kind in ("motion", "response"))
                assert act.occurrence in occurrences
                assert 0 < len(act.title) <= 200
                assert {o.disposition for o in act.outcomes} <= TERMS
                assert {o.charge for o in act.outcomes} | {part.charge for part in act.sentence} <= keys
                assert {part.kind for part in act.sentence} <= set(SentenceKind)
                assert set(act.about) <= people

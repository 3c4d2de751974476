"""Files that somebody damaged, or made to do harm: nothing falls, nothing is lost, and the sums still hold."""

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.models import Case, Charge, Defendant, Participant
from imports.accepting import RESTS, TWICE, accept
from imports.account import account
from imports.answering import are_new
from imports.models import Batch
from imports.proposing import propose
from imports.reading.found import Found
from tests.imports.reading.shared import whole
from tests.imports.reading.test_dockets import DOCKET, OTTER
from tests.imports.test_command import COUNTY

LONG = "Quillfeather" * 400  # characters: more than any column takes
OWN = {  # the outcomes of its counts are those of ``reference``
    "counts": [
        {"name": "THEFT OF A BOAT(1)", "status": "pending", "disposition": ""},
        {"name": "SINKING A BOAT(2s)", "status": "terminated", "disposition": "Dismissed with prejudice"},
        {"name": "SINKING A BOAT(3s-4s)", "status": "terminated", "disposition": "12 months in a boat"},
    ],
    "complaints": [{"name": "18:661 - Theft", "disposition": ""}],
}
ANN = {**OTTER, "criminal_data": OWN}


def taken(found: Found, by: User, *, waits: dict[str, int] | None = None) -> Batch:
    """Propose and accept; the sums hold before and after, and the file again proposes nothing."""
    batch = propose(found, by=by)
    assert off(batch) == []
    are_new(batch, batch.proposals.all(), by=by)
    assert accept(batch, by=by).reasons == (waits or {})
    assert off(batch) == []
    again = propose(replace(found, sha256="read again"), by=by)
    assert again.proposals.filter(decision="open").count() == sum((waits or {}).values())
    return batch


def off(batch: Batch) -> list[tuple[str, int | None, dict[str, int]]]:
    return [(line.name, line.in_file, dict(line.told)) for line in account(batch) if not line.adds_up]


def docket(**changes: Any) -> dict[str, Any]:
    return deepcopy(DOCKET) | {"court_id": "dcd", "docket_number": "1:21-cr-00001", "parties": [ANN]} | changes


def read(data: dict[str, Any]) -> Found:
    return whole(json.dumps(data).encode())


def test_keys_that_are_too_long_are_kept_short_and_still_name_the_same(ida: User) -> None:
    data = docket(docket_number=LONG)
    data["docket_entries"] = [
        {"date_filed": "2021-03-01", "document_number": f"{LONG}{place}", "description": f"NOTICE {place}"}
        for place in range(2)
    ]
    data["parties"] = [{**ANN, "name": f"Ann {LONG}"}, {**ANN, "name": f"Ann {LONG} Teal", "type": LONG}]
    data["parties"][0]["attorneys"] = [{"name": f"{LONG} {place}", "roles": [LONG]} for place in range(2)]
    batch = taken(read(data), ida)
    assert (Case.objects.count(), Defendant.objects.count(), Charge.objects.count()) == (1, 1, 4)
    keys = list(batch.proposals.values_list("key", flat=True))
    assert len(set(keys)) == len(keys)


def test_a_row_with_a_very_long_name_is_no_error(ida: User, tmp_path: Any) -> None:
    own = tmp_path / "county.toml"
    own.write_text(COUNTY.replace('key = "{docket}"', 'key = "{who}/{charge}"'))
    rows = f"docket,who,charge,result\n,Ann {LONG},{LONG},Found guilty\n,Ann {LONG},{LONG},Found guilty\n"
    taken(whole(rows.encode(), mapping=str(own)), ida)
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"parties": [{**ANN, "type": "dEFENDANT  "}, {"name": "USA", "type": "plaintiff"}]},
        {"parties": [{**ANN, "type": "Appellant"}, {**ANN, "type": ""}]},
        {"parties": ["who", 7, None, ANN], "docket_entries": ["?", 7, {}, []]},
        {"parties": [{**ANN, "criminal_data": {"counts": ["x", None, {}], "complaints": [3, {}], "y": 1}}]},
        {"assigned_to_str": "Ida Grebe", "referred_to_str": "IDA GREBE"},
        {"parties": [ANN, ANN, ANN], "docket_entries": DOCKET["docket_entries"] * 3},
    ],
)
def test_the_sums_of_a_damaged_docket_hold(ida: User, changes: dict[str, Any]) -> None:
    taken(read(docket(**changes)), ida)
    assert Case.objects.count() == 1


def test_one_judge_is_one_judge(ida: User) -> None:
    taken(read(docket(assigned_to_str="Ida Grebe", referred_to_str="Ida  Grebe")), ida)
    assert Participant.objects.filter(role="judge").count() == 1


def test_a_count_that_is_listed_twice_waits_and_the_rest_of_the_case_does_not(ida: User) -> None:
    twice = {
        **OWN,
        "counts": [
            *OWN["counts"],
            {"name": "THEFT OF A BOAT(1)", "status": "pending", "disposition": "Dismissed with prejudice"},
        ],
    }
    taken(
        read(docket(parties=[{**ANN, "criminal_data": twice}])),
        ida,
        waits={TWICE: 1, RESTS.format("Count 1: THEFT OF A BOAT"): 1},
    )
    assert Charge.objects.count() == 4


def test_a_row_that_names_nobody_and_says_an_outcome_is_not_lost_in_silence(ida: User) -> None:
    head = "investigation,investigation-start,name,indictment-days,type,cp-date,overturned,pardoned\n"
    rows = "iran-contra,1986-12-19,,,,,,\niran-contra,1986-12-19,,1,conviction,1990-04-07,TRUE,TRUE\n"
    batch = propose(whole((head + rows).encode()), by=ida)
    assert off(batch) == []
    told = {line.name: dict(line.told) for line in account(batch)}
    assert told["type/conviction"] == {"left out: It names nobody.": 1}
    assert batch.proposals.get(state="not_understood").new["raw_text"].count("conviction") == 1

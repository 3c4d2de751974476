"""The real files beside the checkout: read once a session, in this process. Tests that need them skip without them."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from imports.reading.found import Found
from imports.reading.limits import DEFAULT
from imports.reading.recognising import reader_for

SHARED = Path(__file__).parents[4] / "shared" / "data"
needs_files = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real files (../shared/data) are not beside this checkout"
)

DOCKETS = [
    "appellate/ca5_212643", "criminal/azd", "criminal/caed_2", "criminal/casd", "criminal/casd_5", "criminal/dcd_1",
    "criminal/gasd", "criminal/hid", "criminal/moed", "criminal/mowd", "criminal/nysd_2", "criminal/txsd_1",
    "other/akd", "other/cand", "other/jpml", "other/nysd_1",
]  # fmt: skip
SNAPSHOTS = ["casetrack/cases_2021-01-18_6508a6d.json", "casetrack/cases_2021-01-19_06af511.json"]
SNAPSHOTS += ["casetrack/cases_2021-01-21_4fe42af.json"]
TABLES = ["fivethirtyeight/russia-investigation.csv", "trial_and_terror/trial-and-terror_2017-09.csv", *SNAPSHOTS]
TRIALS = "oldbailey/trials_1780-1789.jsonl.gz"


def expected() -> Any:
    """Return the totals that were counted mechanically."""
    return json.loads((SHARED / "EXPECTED.json").read_text())


def whole(data: bytes, file_name: str = "file", **asked: Any) -> Found:
    """Read bytes as the child does, but in this process."""
    limits = asked.pop("limits", DEFAULT)
    given = {"kind": None, "mapping": None, **asked}
    reader = reader_for(data, limits, file_name=file_name, sha256="", **given)
    cases = []
    while True:
        try:
            cases.append(next(reader.cases))
        except StopIteration as last:
            end = last.value
            break
    return Found(
        reader.kind,
        file_name,
        "",
        tuple(cases),
        end.totals,
        end.not_understood,
        end.left_out,
        reader.mapping,
        reader.credit,
    )


@cache
def real(name: str) -> Found:
    """Return what a real file holds."""
    return whole((SHARED / name).read_bytes(), Path(name).name)


def every_real_file() -> Iterator[Found]:
    """Yield every real file that holds cases."""
    for name in DOCKETS:
        yield real(f"pacer/{name}.json")
    yield from map(real, (*TABLES, TRIALS))

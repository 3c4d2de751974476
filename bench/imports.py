"""`make bench-import`: bring in trials by the thousand, beside plain bulk_create of the very same rows in the same run.

The 7,892 Old Bailey trials are read from ../shared/data, beside the checkout. Where they are not, as many trials of the
same shape are made up, and the output says so.
"""

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measure import prepare

ROOT = Path(__file__).resolve().parent.parent
TRIALS = ROOT.parent / "shared" / "data" / "oldbailey" / "trials_1780-1789.jsonl.gz"
ALL = 7_892
GOAL, GROWTH = 3.0, 1.25  # times plain bulk_create; work a trial from the smaller size to the larger
OFFENCES = ("theft: grandLarceny", "theft: burglary", "violentTheft: highwayRobbery", "deception: fraud")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.imports", description=__doc__)
    parser.add_argument("--sizes", default=f"1000,{ALL}", help="two numbers of trials")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/docketline-bench"))  # noqa: S108 - scratch
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        json.dump(measured(asked.folder, asked.one), sys.stdout)
        return
    print(f"{datetime.now(UTC):%d %B %Y %H:%M} UTC, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    if TRIALS.exists():
        print("Trials of the Old Bailey, 1780 to 1789, from ../shared/data.")
    else:
        print("../shared/data/oldbailey is not there: the trials are made up, of the same shape.")
    results = [_in_a_process(asked.folder, int(size)) for size in asked.sizes.split(",")]
    for result in results:
        _show(result)
    _judge(results)


def _in_a_process(folder: Path, size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.imports", "--one", str(size), "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def measured(folder: Path, size: int) -> dict[str, Any]:
    """Return the seconds of each step for ``size`` trials, the number of rows, and the peak of memory in MB."""
    prepare(folder, f"imports-{size}")
    from django.contrib.auth.models import User
    from django.core.management import call_command

    from cases.reference import load_reference
    from imports.accepting import accept
    from imports.account import account
    from imports.proposing import propose

    call_command("migrate", verbosity=0)
    empty()
    load_reference()
    by = User.objects.create_superuser("bench")
    file = _file(folder, size)
    seconds: dict[str, float] = {}
    work: dict[str, float] = {}
    found = timed(seconds, work, "reading", lambda: read(file))
    batch = timed(seconds, work, "proposing", lambda: propose(found, by=by))
    told = timed(seconds, work, "accepting", lambda: accept(batch, by=by))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = copies()
    number = sum(len(some) for _, some in rows)
    unsound = [f"{one.title}: {one.in_file} and {dict(one.told)}" for one in account(batch) if not one.adds_up]
    empty(record_only=True)
    timed(seconds, work, "plain bulk_create", lambda: plain(rows))
    return {
        "size": size, "seconds": seconds, "work": work, "rows": number, "accepted": told.accepted, "waits": told.reasons,
        "peak": peak, "unsound": unsound,
    }  # fmt: skip


def timed(seconds: dict[str, float], work: dict[str, float], name: str, step: Callable[[], Any]) -> Any:
    """Do a step, and note how long it took, and how long processors worked on it: ours, our child's, our backend's."""
    began, worked = time.monotonic(), _worked()
    done = step()
    seconds[name], work[name] = time.monotonic() - began, _worked() - worked
    return done


def _worked() -> float:
    """Return the seconds that processors have worked for this process, the children it had, and its backend."""
    import psutil
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0]).cpu_times()
    used = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return backend.user + backend.system + sum(one.ru_utime + one.ru_stime for one in used)


def read(file: Path) -> Any:
    """Read a file as the program does, in a process of its own."""
    from imports.reading.sandbox import read as read_file

    return read_file(file)


def empty(*, record_only: bool = False) -> None:
    """Empty the tables of the record, and unless ``record_only`` all others that a run fills."""
    from django.db import connection

    tables = "people_person, people_name, people_indexedname, people_nametoken, cases_case, cases_event, cases_source"
    others = "" if record_only else ", imports_origin, imports_batch, imports_proposal, imports_sourcekey, auth_user"
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"TRUNCATE {tables}{others} CASCADE")


def copies() -> list[tuple[Any, list[Any]]]:
    """Return every row that the run made, by model, each as a new instance with the same values."""
    from cases.editing.entering import ORDER
    from cases.models import Event

    made = [(model, list(model._base_manager.order_by("pk"))) for model in ORDER]
    made.append((Event.defendants.through, list(Event.defendants.through._base_manager.order_by("pk"))))
    for _, rows in made:
        for row in rows:
            row._state.adding = True
    return made


def plain(rows: list[tuple[Any, list[Any]]]) -> None:
    """Write the same rows as Django does it, past the same triggers; what they look up is analysed as it grows.

    Without that, their plans are those of an empty table, and the comparison would flatter the import.
    """
    from django.db import connection

    for model, some in rows:
        for start in range(0, len(some), 2_000):
            model._base_manager.bulk_create(some[start : start + 2_000])
            if start in (0, 2_000, 10_000):
                with connection.cursor() as cursor:
                    cursor.execute(f"ANALYZE {model._meta.db_table}")


# --- the file ---------------------------------------------------------------------------------------------------


def _file(folder: Path, size: int) -> Path:
    path = folder / f"trials-{size}.jsonl"
    lines = _kept(size) if TRIALS.exists() else _made_up(size)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _kept(size: int) -> Iterator[str]:
    with gzip.open(TRIALS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number == size:
                return
            yield line


def _made_up(size: int) -> Iterator[str]:
    """Trials with one to three accused, each with a charge, a verdict, and often a punishment."""
    chance = random.Random(1780)
    for number in range(size):
        trial = f"t17800112-{number}"
        people = [f"{trial}-defend{n}" for n in range(chance.choices((1, 2, 3), (81, 14, 5))[0])]
        category, sub = chance.choice(OFFENCES).split(": ")
        guilty = chance.random() < 0.6
        yield json.dumps(
            {
                "trial_id": trial, "session": "17800112", "date": "17800112",
                "defendants": [
                    {"id": one, "given": f"Given{chance.randrange(400)}", "surname": f"Surname{chance.randrange(4000)}",
                     "gender": "male", "age": None, "occupation": None, "as_printed": one}
                    for one in people
                ],
                "victims": [{"id": f"{trial}-victim", "given": "Ann", "surname": f"Victim{number}", "gender": "female",
                             "age": None, "occupation": None, "as_printed": "ANN"}],
                "offences": [{"id": f"{trial}-off", "category": category, "subcategory": sub, "text": "stealing " * 12}],
                "verdicts": [{"id": f"{trial}-verdict", "category": "guilty" if guilty else "notGuilty",
                              "subcategory": None, "text": "GUILTY" if guilty else "NOT GUILTY"}],
                "punishments": [{"id": f"{trial}-punish", "category": "imprison", "subcategory": "newgate",
                                 "text": "Imprisoned"}] if guilty else [],
                "charges": [{"id": f"{one}-c", "targets": [one, f"{trial}-off", f"{trial}-verdict"]} for one in people],
                "def_punishments": [{"id": None, "targets": [one, f"{trial}-punish"]} for one in people if guilty],
                "text": "was indicted for stealing " + "words " * 90,
            }
        ) + "\n"  # fmt: skip


# --- what is said of it -----------------------------------------------------------------------------------------


def _show(result: dict[str, Any]) -> None:
    size, seconds, work = result["size"], result["seconds"], result["work"]
    print(f"\n{size:,} trials, {result['rows']:,} rows of the record, {result['accepted']:,} proposals accepted")
    print(f"  {'':18}{'seconds':>9}{'rows/s':>9}{'x plain':>9}{'work':>9}{'x plain':>9}{'ms a trial':>12}")
    for name, took in seconds.items():
        rate = f"{result['rows'] / took:9,.0f}" if name != "reading" else " " * 9
        times, worth = took / seconds["plain bulk_create"], work[name] / work["plain bulk_create"]
        print(f"  {name:18}{took:9.1f}{rate}{times:9.2f}{work[name]:9.1f}{worth:9.2f}{work[name] * 1000 / size:12.2f}")
    print(f"  peak memory {result['peak']:.0f} MB")
    for reason, number in result["waits"].items():
        print(f"  not accepted: {number:,}: {reason}")


def _judge(results: list[dict[str, Any]]) -> None:
    """Say what holds, by the work of processors: what else the machine does, does not add to it."""
    first, last = results[0], results[-1]
    steps = ("reading", "proposing", "accepting")
    plain_work = last["work"]["plain bulk_create"]
    accepting = last["work"]["accepting"] / plain_work
    whole = sum(last["work"][name] for name in steps) / plain_work
    per = [sum(r["work"][n] for n in steps) / r["size"] * 1000 for r in (first, last)]
    grown = f"a trial is {per[0]:.1f} ms of work among {first['size']:,}, {per[1]:.1f} ms among {last['size']:,}"
    wrong = ", ".join(last["unsound"])
    print()
    for good, said in (
        (accepting <= GOAL, f"accepting is {accepting:.2f} x plain bulk_create (goal: at most {GOAL:.0f})"),
        (whole <= GOAL, f"reading, proposing and accepting together are {whole:.2f} x plain bulk_create"),
        (per[1] <= per[0] * GROWTH, grown),
        (not wrong, f"the account does not add up: {wrong}" if wrong else "the account adds up"),
    ):
        print(f"{'holds      ' if good else 'FALLS SHORT'}  {said}")


if __name__ == "__main__":
    main()

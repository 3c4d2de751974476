"""The account of a run: of everything a file holds, how much is in the record, waits, or is not brought in, and why.

Counted live, from the proposals and from what needed none; beside it stands what the reader counted in the file.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from imports.choices import Decision, State
from imports.models import Batch
from imports.reading.found import Found

IMPORTED, WAITING, REJECTED = "imported", "waiting for an editor", "rejected"
# What a reader counts in a file, by the row of the account that holds the same. What is in neither is told for
# information: the program has nothing that it could be compared with.
SAME = {
    "counts": "charges",
    "counts_pending": "pending",
    "counts_terminated": "terminated",
    "counts_with_disposition": "with_disposition",
    "docket_entries": "entries",
    "unnumbered_entries": "unnumbered",
    "defendants": "role:defendant",
    "victims": "role:victim",
    "trials": "cases",
    "multi_defendant_trials": "shared_cases",
    "verdicts": "decisions",
    "punishments": "sentences",
    "def_punishments": "sentenced",
}
SAME_OF = {
    "pacer": {"defendants": "called:defendant"},
    "casetrack": {"rows": "parties"},
    "trial-and-terror": {"rows": "parties"},
    "russia-investigation": {
        "rows_with_person": "parties",
        "overturned": "act:vacated",
        "pardoned": "act:pardon",
        "type/guilty-plea": "type:convicted_plea_untold",
        "type/conviction": "type:convicted_untold",
        "type/indictment": "type:charged_untold",
    },
}
ITSELF = ("parties", "aliases", "attorney_links", "charges", "complaints", "criminal_parties", "offences")
TITLES = {
    "cases": "Cases",
    "parties": "Parties",
    "aliases": "Other names",
    "attorney_links": "Attorneys of parties",
    "charges": "Charges",
    "complaints": "Complaints",
    "outcomes": "Outcomes",
    "parts": "Parts of sentences",
    "entries": "Entries",
}
NAMED = {
    "multi_defendant_trials": "Trials of several accused",
    "def_punishments": "Accused who were punished",
    "criminal_parties": "Parties with counts listed",
    "counts_with_disposition": "Counts with words on what became of them",
    "counts_pending": "Counts under “pending”",
    "counts_terminated": "Counts under “terminated”",
    "unnumbered_entries": "Docket entries without a number",
    "attorney_links": "Attorneys of parties",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing in a file: how many there are, and what became of them. ``in_file`` is the reader's count."""

    name: str
    title: str
    in_file: int | None
    told: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many things are told of."""
        return sum(self.told.values())

    @property
    def number(self) -> str:
        """How many the file holds, as people write it."""
        return f"{self.total if self.in_file is None else self.in_file:,}"

    @property
    def words(self) -> str:
        """What became of them, in words."""
        return "; ".join(f"{number:,} {what.rstrip('.')}" for what, number in self.told.items())

    @property
    def adds_up(self) -> bool:
        """Whether everything in the file is told of: what was brought in, is there, waits, or is not, and why."""
        return self.in_file is None or self.in_file == self.total


def totals_of(found: Found, tally: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Return what a batch keeps for its account: the reader's counts, and what needed no proposal."""
    told: dict[str, dict[str, int]] = {}
    for (name, what), number in sorted(tally.items()):
        told.setdefault(name, {})[what] = number
    left_out = [*found.left_out, *(one for case in found.cases for one in case.left_out)]
    reasons: Counter[tuple[str, str]] = Counter()
    for one in left_out:
        reasons[one.what, one.reason] += one.number
    return {
        "in_file": dict(found.totals),
        "told": told,
        "left_out": [[what, reason, number] for (what, reason), number in sorted(reasons.items())],
    }


def account(batch: Batch) -> list[Line]:
    """Return the account of a batch as it stands now: the usual kinds first, then all that the reader counted."""
    same = {**SAME, **{name: name for name in ITSELF}, **SAME_OF.get(batch.origin.slug, {})}
    told: dict[str, Counter[str]] = {}
    for name, kinds in batch.account["told"].items():
        told.setdefault(same.get(name, name), Counter()).update(kinds)
    for name, what, number in _decided(batch):
        told.setdefault(same.get(name, name), Counter())[what] += number
    for what, reason, number in batch.account["left_out"]:
        told.setdefault(same.get(what, what), Counter())[f"left out: {reason}"] += number
    lines = []
    in_file = {name: number for name, number in batch.account["in_file"].items() if name in same}
    for name, number in in_file.items():
        title = TITLES.get(same[name]) if same[name] == name else None
        lines.append(_line(name, title, number, told.get(same[name], Counter())))
    counted = {same[name] for name in in_file}
    usual = [
        _line(name, title, None, told[name]) for name, title in TITLES.items() if name in told and name not in counted
    ]
    return [*usual, *lines]


def _line(name: str, title: str | None, number: int | None, told: Counter[str]) -> Line:
    words = title or NAMED.get(name) or name.replace("_", " ").replace("/", ": ").capitalize()
    return Line(name, words, number, dict(sorted(told.items())))


def also_counted(batch: Batch) -> list[tuple[str, int]]:
    """Return what the reader counted beside: of these, and of what is left out for good, there is no row to compare."""
    same = {**SAME, **{name: name for name in ITSELF}, **SAME_OF.get(batch.origin.slug, {})}
    beside = [(name.replace("_", " "), n) for name, n in batch.account["in_file"].items() if name not in same]
    own = set(batch.account["in_file"]) | set(TITLES)
    out = [
        (f"{what.replace('_', ' ')}, left out: {why.rstrip('.')}", n)
        for what, why, n in batch.account["left_out"]
        if what not in own
    ]
    return [*beside, *out]


def _decided(batch: Batch) -> Iterable[tuple[str, str, int]]:
    """Yield, for each kind of the account, how many proposals of the batch became what."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT counted, state, decision, CASE WHEN decision = 'noted' THEN reason ELSE '' END, count(*)
            FROM imports_proposal, jsonb_array_elements_text(counts_as) counted
            WHERE batch_id = %s AND state <> 'gone' GROUP BY 1, 2, 3, 4
            """,
            [batch.pk],
        )
        rows = cursor.fetchall()
    for name, state, decision, reason, number in rows:
        yield name, _in_words(state, decision, reason), number


def _in_words(state: str, decision: str, reason: str) -> str:
    if decision == Decision.NOTED:
        return f"{'not understood' if state == State.NOT_UNDERSTOOD else 'left out'}: {reason}"
    return {Decision.ACCEPTED: IMPORTED, Decision.OPEN: WAITING, Decision.REJECTED: REJECTED}.get(
        Decision(decision), Decision(decision).label.lower()
    )

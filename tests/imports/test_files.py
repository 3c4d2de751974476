"""The account of every real file that holds cases, against EXPECTED.json: the files are not ours to ship."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from cases.models import Case
from cases.reference import load_reference
from imports.accepting import accept
from imports.account import SAME, account
from imports.answering import are_new, is_case
from imports.bringing import bring
from imports.items import items_of_case
from imports.models import Batch, FormerNumber, Proposal
from imports.reading.found import NotReadableError
from imports.reading.sandbox import opened

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real files lie in ../shared/data, beside the checkout")
EXPECTED = json.loads((DATA / "EXPECTED.json").read_text()) if DATA.exists() else {}


@pytest.fixture
def ida(db: None) -> User:
    load_reference()
    return User.objects.create_superuser("ida")


def taken(file: Path, by: User) -> Batch:
    """Bring a file in, say of everybody that they are new, accept all, and look that its account adds up."""
    batch = bring(file, by=by)
    are_new(batch, batch.proposals.all(), by=by)
    told = accept(batch, by=by)
    assert told.reasons == {}, file.name
    assert [(line.title, line.in_file, line.told) for line in account(batch) if not line.adds_up] == [], file.name
    return batch


def counted(batch: Batch) -> dict[str, int]:
    """Return how many of each kind a batch tells of, by the reader's own names."""
    return {line.name: line.total for line in account(batch) if line.in_file is not None}


def test_every_docket_is_accounted_for(ida: User) -> None:
    sums: Counter[str] = Counter()
    for name, expected in EXPECTED["pacer"]["per_file"].items():
        file = DATA / "pacer" / name
        if expected["court_id"] is None:
            with pytest.raises(NotReadableError, match="holds no docket"):
                bring(file, by=ida)
            continue
        found = counted(taken(file, ida))
        told = {kind: found.get(kind, 0) for kind in expected if isinstance(expected[kind], int)}
        assert told == {kind: number for kind, number in expected.items() if isinstance(number, int)}, name
        sums.update(told)
    totals = EXPECTED["pacer"]["totals"]
    assert {kind: sums[kind] for kind in totals} == totals
    assert Case.objects.count() == 16
    kept = " ".join(str(row) for row in Proposal.objects.values_list("new", "label", "key"))
    assert [one for one in ("@usdoj.gov", "P.O. Box 8970", "404-555-") if one in kept] == []


def test_every_page_that_is_no_docket_is_refused_in_words_and_leaves_nothing(ida: User) -> None:
    for file in sorted((DATA / "pacer" / "not_dockets").iterdir()):
        with pytest.raises(NotReadableError) as refusal:
            bring(file, by=ida)
        assert (str(refusal.value).endswith("."), "\n" in str(refusal.value)) == (True, False), file.name
    assert (Batch.objects.count(), Case.objects.count()) == (0, 0)


def test_a_saved_page_and_its_json_are_one_docket(ida: User) -> None:
    pytest.importorskip("juriscraper")
    taken(DATA / "pacer" / "criminal" / "azd.json", ida)
    page = bring(DATA / "pacer" / "criminal" / "azd.html", by=ida)
    assert list(page.proposals.filter(decision="open").values_list("kind", "state", "label")) == []
    assert [line.title for line in account(page) if not line.adds_up] == []


def test_the_snapshots_in_order_keep_renumbered_cases_as_history(ida: User) -> None:
    sizes = [rows for _, _, rows in EXPECTED["casetrack"]["snapshots"]]
    files = sorted((DATA / "casetrack").glob("*.json"))
    sam = User.objects.create_superuser("sam")
    for file, rows in zip(files, sizes, strict=True):
        batch = bring(file, by=ida)
        questions = batch.proposals.filter(kind="case", decision="open", is_new=False, row=None).exclude(candidates=[])
        for asked in questions:
            is_case(asked, asked.candidates[0]["case"], by=sam)
        are_new(batch, batch.proposals.all(), by=sam)
        told = accept(batch, by=sam)
        assert told.reasons == {}, file.name
        assert [(line.title, line.told) for line in account(batch) if not line.adds_up] == []
        assert counted(batch)["defendants"] == rows
    former = FormerNumber.objects.count()
    relations = {one for case in Case.objects.all() for one in case.relations.values_list("target_text", flat=True)}
    assert (former > 0, len([one for one in relations if "earlier number" in one])) == (True, former)
    assert Batch.objects.get(file_name=files[-1].name).proposals.filter(state="gone").count() > 0


def test_the_tables_are_accounted_for(ida: User) -> None:
    batch = bring(DATA / "trial_and_terror" / "trial-and-terror_2017-09.csv", by=ida)
    found = counted(batch)
    assert (found["defendants"], found["charges"]) == (810, 1785)
    assert [line.title for line in account(batch) if not line.adds_up] == []


def test_every_trial_of_the_old_bailey_is_accounted_for() -> None:
    told: Counter[str] = Counter()
    with opened(DATA / "oldbailey" / "trials_1780-1789.jsonl.gz") as reading:
        for case in reading:
            told.update(SAME.get(name, name) for item in items_of_case(case) for name in item.counts_as)
        ending = reading.ending
    lost = Counter(one.where.split(" ")[0] for one in ending.not_understood)
    expected = EXPECTED["oldbailey_1780s"]
    sums = {kind: told[SAME.get(kind, kind)] + lost[kind.removesuffix("s")] for kind in expected}
    assert sums == expected

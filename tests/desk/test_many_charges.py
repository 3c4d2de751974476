"""A case of three hundred counts: one outcome for many of them at once, and a document that takes their place."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from cases import editing
from cases.models import Charge, Disposition, Event, Outcome, Source
from desk.ruling import several
from desk.ruling.several import Several
from desk.short.charges import MOST_CHARGES
from tests.desk.record import Docket
from tests.desk.test_short_forms import fresh, wrong

pytestmark = pytest.mark.django_db
COUNTS = 300


@pytest.fixture
def many(quint: Docket, editor: User, said: None) -> list[Charge]:
    """A second indictment with three hundred counts of fraud, public."""
    indictment = Event(
        case=quint.case, title="Indictment filed", category="filing", kind="indictment", on=quint.complaint.on
    )
    counts = [
        Charge(defendant=quint.defendant, created_by=indictment, title="Fraud", count=number)
        for number in range(1, COUNTS + 1)
    ]
    editing.enter([indictment, *counts], by=editor)
    return counts


@pytest.mark.slow
def test_many_counts_get_their_outcomes_by_number(
    desk: Client, quint: Docket, many: list[Charge], terms: dict[str, Disposition], report: Source
) -> None:
    jury = Disposition.objects.create(slug="acquitted_jury", cls="non_conviction", label="Acquitted", sentence="Free.")
    who = quint.defendant.pk
    shown = {f"outcome-{charge.pk}": "" for charge in many}  # a browser sends every list, chosen from or not
    sent: dict[str, Any] = shown | {
        "case": quint.case.pk, "what": "verdict", "on": "2024-06-01", f"all-{who}": "", f"outcome-{many[7].pk}": "-",
        f"some-{who}-0-counts": "1-120, 200", f"some-{who}-0": "convicted_jury",
        f"some-{who}-1-counts": "121–199", f"some-{who}-1": jury.slug,
    }  # fmt: skip
    page = desk.post(reverse("admin:ruling_fields"), sent).content.decode()
    assert (page.count('name="outcome-'), f'name="some-{who}-2-counts"' in page) == (COUNTS + 1, True)
    twice = desk.post(reverse("admin:ruling"), sent | {f"some-{who}-2-counts": "5", "_draft": "1"})
    assert twice.context["screen"].rows.errors == {f"some-{who}-2-counts": several.TWICE.format(5)}
    assert 'value="121–199"' in twice.content.decode()
    assert desk.post(reverse("admin:ruling"), sent | {"_draft": "1"}).status_code == 302
    given = Outcome.objects.values_list("disposition__slug", flat=True)
    assert sorted((slug, sum(one == slug for one in given)) for slug in set(given)) == [
        ("acquitted_jury", 79), ("convicted_jury", 120),
    ]  # fmt: skip
    assert [charge.outcomes.exists() for charge in many[7:9]] == [False, True]


@pytest.mark.parametrize(
    ("counts", "value", "error"),
    [
        ("1 to 3", "a", several.HOW),
        ("3-1", "a", several.HOW),
        ("1,,2", "a", several.HOW),
        ("²", "a", several.HOW),
        ("9" * 6, "a", several.HOW),
        ("4-99999", "a", several.NO_COUNT.format(4)),
        ("1, 1", "a", several.TWICE.format(1)),
        ("3", "a", several.NOT_SO.format(3)),
        ("1", "", several.NO_OUTCOME),
        ("", "a", several.NO_COUNTS),
        ("1-2;", "a", ""),
        ("", "", ""),
    ],
)
def test_what_can_not_be_read_of_numbers_is_said(counts: str, value: str, error: str) -> None:
    line = Several("some-1-0", counts, value, SafeString())
    found = several.apply([line], {1: ("a",), 2: ("a",), 3: ()})
    assert (line.error, found) == (error, {} if error or not counts else {1: "a", 2: "a"})


@pytest.mark.slow
def test_a_document_takes_the_place_of_three_hundred_counts(desk: Client, quint: Docket, many: list[Charge]) -> None:
    url = reverse("admin:case_enter", args=[quint.case.pk, "new-charges"])
    page = desk.get(url)
    assert len(page.content) < 1_500_000
    assert "In place of <strong>Count 300: Fraud (charged)</strong>" in page.content.decode()
    typed = fresh(desk, url) | {"what": "indictment:superseding_indictment", "on": "2024-03-02"}
    rows = {typed.get(f"charges-{n}-replaces"): f"charges-{n}" for n in range(COUNTS + 1)}
    typed |= {f"{rows[many[0].pk]}-title": "Wire fraud", f"{rows[many[1].pk]}-becomes": "out"}
    look = desk.post(reverse("admin:case_enter_preview", args=[quint.case.pk, "new-charges"]), typed)
    (foretold,) = look.context["foreseen"].foresight.entered
    assert len(foretold.charges) + foretold.untold == 2 * COUNTS  # all but the one that is left out, and their new ones
    # Too many are refused, and shown again with what was typed.
    over = MOST_CHARGES + 1
    typed |= {"charges-TOTAL_FORMS": over, f"charges-{over - 1}-title": "The last one"}
    typed |= {f"charges-{over - 1}-defendant": quint.defendant.pk}
    refused = desk.post(url, typed)
    assert wrong(refused)["charges"] == [f"Please submit at most {MOST_CHARGES} forms."]
    assert 'value="The last one"' in refused.content.decode()


def test_a_number_means_the_count_that_can_still_be_decided(
    desk: Client, quint: Docket, terms: dict[str, Disposition], report: Source, editor: User, said: None
) -> None:
    """Of a count that was replaced under its old number nothing is said, and of two with one number it is asked."""
    documents = [
        Event(case=quint.case, title=title, category="filing", kind="indictment", on=on, sequence=place)
        for place, (title, on) in enumerate((("Indictment", "2024-01-20"), ("Superseding indictment", "2024-02-20")))
    ]
    old, new = (
        [Charge(defendant=quint.defendant, created_by=act, title="Fraud", count=n) for n in range(1, 11)]
        for act in documents
    )
    for before, after in zip(old[:9], new, strict=False):
        after.replaces, after.replaces_how = before, "superseded"
    editing.enter([*documents, *old, *new], by=editor)
    who = quint.defendant.pk
    sent: dict[str, Any] = {
        "case": quint.case.pk, "what": "verdict", "on": "2024-06-01", "source-0-source": str(report),
        f"some-{who}-0-counts": "1-9", f"some-{who}-0": "convicted_jury", "_draft": "1",
    }  # fmt: skip
    both = desk.post(reverse("admin:ruling"), sent | {f"some-{who}-0-counts": "10"})
    assert both.context["screen"].rows.errors == {f"some-{who}-0-counts": several.SEVERAL.format(10)}
    assert desk.post(reverse("admin:ruling"), sent).status_code == 302
    assert list(Outcome.objects.order_by("pk").values_list("charge", flat=True)) == [row.pk for row in new[:9]]


@pytest.mark.slow
def test_numbers_are_not_cut_where_a_line_is_long(
    desk: Client, quint: Docket, many: list[Charge], terms: dict[str, Disposition]
) -> None:
    who = quint.defendant.pk
    odd = ", ".join(str(number) for number in range(1, COUNTS, 2))
    sent = {
        "case": quint.case.pk, "what": "verdict", "on": "2024-06-01",
        f"some-{who}-0-counts": odd, f"some-{who}-0": "convicted_jury", "_draft": "1",
    }  # fmt: skip
    assert len(odd) > 500
    assert desk.post(reverse("admin:ruling"), sent).status_code == 302
    assert Outcome.objects.count() == COUNTS // 2
    over = desk.post(reverse("admin:ruling"), sent | {f"some-{who}-0-counts": "1, " * several.LONGEST})
    assert over.context["screen"].rows.errors == {f"some-{who}-0-counts": several.TOO_LONG}

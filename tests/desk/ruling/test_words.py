"""What follows from what was said: the kind of a verdict, the precision of a date, what stands first for a charge."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.law.vocabulary import ChargeClass
from desk.ruling.days import AMBIGUOUS, HOW, MISSING, NO_DAY, read_day, written
from desk.ruling.kinds import BY_SLUG, kind_of_verdict
from desk.ruling.offers import likely

GUILTY, ACQUITTED = ("convicted_jury", "conviction"), ("acquitted_jury", "non_conviction")
HUNG, LESSER = ("mistrial_pending", "pending"), ("convicted_lesser", "conviction")
INSANE = ("not_guilty_insanity", "non_conviction")
FOR, AGAINST = ("judgment_for_plaintiff", "resolved"), ("judgment_for_defendant", "resolved")


@pytest.mark.parametrize(
    ("outcomes", "kind"),
    [
        ([GUILTY, GUILTY], "guilty"),
        ([ACQUITTED], "not_guilty"),
        ([GUILTY, ACQUITTED], "mixed"),
        ([LESSER], "guilty_lesser"),
        ([LESSER, GUILTY], "guilty"),
        ([HUNG], "hung"),
        ([GUILTY, HUNG], "guilty"),  # the counts on which there was no verdict make it no other verdict
        ([ACQUITTED, HUNG], "not_guilty"),  # never "guilty on some counts"
        ([INSANE], "not_guilty_insanity"),
        ([INSANE, ACQUITTED], "not_guilty"),
        ([FOR], "liable"),
        ([FOR, AGAINST], "liable"),
        ([AGAINST], "not_liable"),
    ],
)
def test_a_verdict_is_what_its_outcomes_say(outcomes: list[tuple[str, str]], kind: str) -> None:
    assert kind_of_verdict(outcomes) == kind
    assert kind_of_verdict(reversed(outcomes)) == kind


@pytest.mark.parametrize(
    ("typed", "start", "again"),
    [
        ("2024-07-12", date(2024, 7, 12), "2024-07-12"),
        ("2024-7-2", date(2024, 7, 2), "2024-07-02"),
        ("2024-07", date(2024, 7, 1), "2024-07"),
        ("2024", date(2024, 1, 1), "2024"),
        ("12 July 2024", date(2024, 7, 12), "2024-07-12"),
        ("July 12, 2024", date(2024, 7, 12), "2024-07-12"),
        (" 3  Sept. 2024 ", date(2024, 9, 3), "2024-09-03"),
        ("May 2024", date(2024, 5, 1), "2024-05"),
        ("unknown", None, "unknown"),
    ],
)
def test_a_date_is_as_precise_as_it_was_typed(typed: str, start: date | None, again: str) -> None:
    found = read_day(typed)
    assert (found.start, written(found)) == (start, again)
    assert read_day(again) == found


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", MISSING), ("07/12/2024", AMBIGUOUS), ("12.7.24", AMBIGUOUS), ("2024-02-30", NO_DAY), ("2024-00", NO_DAY),
        ("0000-01-01", NO_DAY), ("yesterday", HOW), ("12 Juli 2024", HOW), ("2024-07-12\0", ""), ("٢٠٢٤", HOW),
        ("12 July 3, 2024", HOW), ("9" * 40, HOW),
    ],
)  # fmt: skip
def test_a_date_that_can_be_read_in_two_ways_or_none_is_refused(typed: str, told: str) -> None:
    if not told:  # a byte that no text can hold is passed over
        assert read_day(typed) == read_day("2024-07-12")
        return
    with pytest.raises(ValidationError) as refused:
        read_day(typed)
    assert refused.value.messages == [told]


@pytest.mark.parametrize(
    ("what", "decision", "cls", "term", "first"),
    [
        ("ruling:dismiss", "granted", "pending", "filed", "dismissed_with_prejudice"),
        ("ruling:dismiss", "denied", "pending", "filed", None),
        ("ruling:dismiss", "granted", "non_conviction", "acquitted_jury", None),
        ("verdict", "", "pending", "filed", "convicted_jury"),
        ("verdict", "", "replaced", "superseded", None),
        ("ruling:new_trial", "granted", "conviction", "convicted_jury", "retrial_ordered"),
        ("ruling:reconsideration", "granted", "non_conviction", "dismissed_with_prejudice", "reinstated"),
        ("appellate:reversed", "", "conviction", "convicted_jury", "vacated_discharged"),
        ("appellate:affirmed", "", "conviction", "convicted_jury", None),
        ("filing:notice_of_dismissal", "", "pending", "filed", "nolle_prosequi"),
        ("filing:notice_of_appeal", "", "conviction", "convicted_jury", None),
        ("hearing:plea_hearing", "", "pending", "filed", "convicted_guilty_plea"),
        ("sentence:imposed", "", "conviction", "convicted_jury", None),
        ("clemency_or_relief:pardon", "", "conviction", "convicted_jury", None),
        ("clemency_or_relief:pardon", "", "pending", "filed", "pardoned_before_verdict"),
    ],
)
def test_what_makes_sense_stands_first(what: str, decision: str, cls: str, term: str, first: str | None) -> None:
    offered = likely(BY_SLUG[what], decision, ChargeClass(cls).value, term, civil=False)
    assert (offered[0] if offered else None) == first
    assert len(set(offered)) == len(offered)

"""Partial dates: what is known, what may be, and the words and EDTF text for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.dates import PartialDate, day_words
from cases.law.vocabulary import Precision, Qualifier
from tests.law.world import when


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-07-12", "2024-07-12", "2024-07-12"),
        ("2024-07-09/2024-07-12", "2024-07-09", "2024-07-12"),
        ("2024-07", "2024-07-01", "2024-07-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_date_spans_what_it_may_mean(text: str, earliest: str, latest: str) -> None:
    partial = when(text)
    assert (partial.earliest, partial.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))


def test_a_date_not_known_may_be_any_day() -> None:
    unknown = when(None)
    assert (unknown.earliest, unknown.latest) == (date.min, date.max)
    assert not unknown.is_known
    assert unknown.overlaps(when("2024-07-12"))
    assert unknown.began_by(date(1900, 1, 1))
    # A day that somebody typed beside "unknown" is not known either.
    assert PartialDate(date(2024, 7, 12), Precision.UNKNOWN) != unknown
    assert PartialDate(date(2024, 7, 12), Precision.UNKNOWN).earliest == date.min


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-07-12", "2024-07-12", True),
        ("2024-07-12", "2024-07-13", False),
        ("2024-07-12", "2024-07", True),
        ("2024-07-31", "2024-08", False),
        ("2024", "2024-12-31", True),
        ("2024", "2025-01", False),
        ("2024-07-09/2024-07-12", "2024-07-10", True),
        ("2024-07-09/2024-07-12", "2024-07-13", False),
    ],
)
def test_overlap_is_asked_of_both_in_the_same_way(first: str, second: str, expected: bool) -> None:
    assert when(first).overlaps(when(second)) is expected
    assert when(second).overlaps(when(first)) is expected


@pytest.mark.parametrize(
    ("text", "day", "began", "doubtful"),
    [
        ("2024-07", "2024-06-30", False, False),
        ("2024-07", "2024-07-01", True, True),
        ("2024-07", "2024-07-30", True, True),
        ("2024-07", "2024-07-31", True, False),
        ("2024", "2024-12-30", True, True),
        ("2024", "2024-12-31", True, False),
        ("2024-07-12", "2024-07-11", False, False),
        ("2024-07-12", "2024-07-12", True, False),
        (None, "2024-07-12", True, True),
    ],
)
def test_a_coarse_date_counts_from_its_first_day_with_a_caution(
    text: str | None, day: str, began: bool, doubtful: bool
) -> None:
    partial = when(text)
    assert partial.began_by(date.fromisoformat(day)) is began
    assert partial.may_come_after(date.fromisoformat(day)) is doubtful


@pytest.mark.parametrize(
    ("partial", "words", "iso"),
    [
        (when("2024-07-12"), "12 July 2024", "2024-07-12"),
        (when("2024-07"), "July 2024", "2024-07"),
        (when("2024"), "2024", "2024"),
        (when(None), "date not known", "XXXX"),
        (when("2024-07-09/2024-07-12"), "9 to 12 July 2024", "2024-07-09/2024-07-12"),
        (when("2024-06-30/2024-07-02"), "30 June to 2 July 2024", "2024-06-30/2024-07-02"),
        (when("2024-12-31/2025-01-02"), "31 December 2024 to 2 January 2025", "2024-12-31/2025-01-02"),
        (PartialDate(date(2024, 1, 1), Precision.YEAR, Qualifier.APPROXIMATE), "about 2024", "2024~"),
        (PartialDate(date(2024, 7, 1), Precision.MONTH, Qualifier.UNCERTAIN), "July 2024 (uncertain)", "2024-07?"),
        (PartialDate(date(2024, 7, 12), Precision.UNKNOWN), "date not known", "XXXX"),
    ],
)
def test_words_and_edtf(partial: PartialDate, words: str, iso: str) -> None:
    assert str(partial) == words
    assert partial.iso == iso


def test_a_day_is_said_without_a_leading_zero() -> None:
    assert day_words(date(2024, 4, 1)) == "1 April 2024"


@given(st.dates(), st.sampled_from(list(Precision)), st.dates(), st.sampled_from(list(Precision)))
def test_a_date_lies_within_its_own_span_and_overlap_is_symmetric(
    start: date, precision: Precision, other_start: date, other_precision: Precision
) -> None:
    one, other = PartialDate(start, precision), PartialDate(other_start, other_precision)
    assert one.earliest <= one.latest
    assert one.overlaps(one)
    assert one.overlaps(other) == other.overlaps(one)
    if one.latest < other.earliest:
        assert not one.overlaps(other)

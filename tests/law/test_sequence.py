"""The order of acts: by date, by the sequence an editor set, then on one day by what kind of act it is."""

from itertools import permutations

import pytest

from cases.law.facts import Act
from cases.law.sequence import in_order, precedes
from cases.law.vocabulary import Occurrence
from tests.law.world import act, case, charge, court, ids, on, stands, told

ONE_DAY = (
    act("filing", "2024-07-12", "filing motion dismiss"),
    act("hearing", "2024-07-12", "hearing motion_hearing"),
    act("ruling", "2024-07-12", "ruling dismiss denied"),
    act("verdict", "2024-07-12", "verdict guilty"),
    act("judgment", "2024-07-12", "judgment conviction_entered"),
    act("sentence", "2024-07-12", "sentence imposed"),
    act("appeal", "2024-07-12", "filing notice_of_appeal"),
)


def test_on_one_day_acts_follow_the_course_of_a_court() -> None:
    expected = ids(ONE_DAY)
    assert ids(in_order(reversed(ONE_DAY))) == expected
    for place, first in enumerate(ONE_DAY):
        for second in ONE_DAY[place + 1 :]:
            assert precedes(first, second)
            assert not precedes(second, first)


def test_a_sequence_wins_over_the_kind_of_act() -> None:
    ruling = act("ruling", "2024-07-12", "ruling dismiss denied", seq=1)
    filing = act("filing", "2024-07-12", "filing motion dismiss", seq=2)
    assert ids(in_order([filing, ruling])) == ["ruling", "filing"]
    assert precedes(ruling, filing)


def test_a_sequence_wins_over_dates_only_where_they_overlap() -> None:
    month, day = (
        act("month", "2024-07", "ruling dismiss denied", seq=2),
        act("day", "2024-07-12", "verdict hung", seq=1),
    )
    assert ids(in_order([month, day])) == ["day", "month"]
    later = act("later", "2024-08-01", "ruling dismiss denied", seq=0)
    assert ids(in_order([later, month, day])) == ["day", "month", "later"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (act("a", "2024", "ruling dismiss denied"), act("b", "2024-07-12", "verdict hung")),
        (act("a", "2024-07", "filing motion"), act("b", "2024-07-12", "verdict hung")),
        (act("a", None, "filing motion"), act("b", "2024-07-12", "verdict hung")),
        (act("a", "2024-07-12", "ruling dismiss denied"), act("b", "2024-07-12", "ruling venue denied")),
        (act("a", "2024-07-12", "ruling dismiss denied", seq=1), act("b", "2024-07-12", "ruling venue denied")),
        (act("a", "2024-07-12", "ruling dismiss denied", seq=1), act("b", "2024-07-12", "ruling venue denied", seq=1)),
        (act("a", "2024-07-09/2024-07-12", "hearing trial_day"), act("b", "2024-07-12", "verdict hung")),
    ],
)
def test_where_the_order_is_open_neither_comes_first(first: Act, second: Act) -> None:
    assert not precedes(first, second)
    assert not precedes(second, first)


def test_sequences_that_contradict_the_dates_do_not_raise() -> None:
    acts = [
        act("a", "2024-01-01/2024-06-30", "hearing trial_day", seq=3),
        act("b", "2024-06-01/2024-12-31", "hearing trial_day", seq=1),
        act("c", "2024-07-12", "verdict hung", seq=2),
        act("d", "2024", "ruling dismiss denied", seq=2),
    ]
    orders = {tuple(ids(in_order(some))) for some in permutations(acts)}
    assert len(orders) == 1
    assert sorted(orders.pop()) == ["a", "b", "c", "d"]


def test_only_held_acts_have_steps_and_each_has_one() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        *ONE_DAY,
        act("cancelled", "2024-07-13", "hearing sentencing", occurrence=Occurrence.CANCELLED),
        act("future", "2024-07-15", "hearing sentencing"),
    )
    answer = on(facts, "2024-07-14")
    assert ids(s.act for s in answer.steps) == ["info", *ids(ONE_DAY)]


def test_an_undated_act_always_counts_and_says_so() -> None:
    facts = case([charge("theft", "info")], act("info", None, "filing information"))
    answer = on(facts, "1999-01-01")
    assert told(answer) == [("pending", "filed")]
    assert ids(answer.imprecise) == ["info"]


def test_two_rival_last_words_of_one_day_and_kind_leave_the_order_open() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("one", "2024-07-12", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}),
        act("two", "2024-07-12", "ruling acquittal granted", {"theft": "judgment_of_acquittal"}),
    )
    answer = on(facts, "2024-07-12")
    assert told(answer) == [("unknown", "order_uncertain")]
    assert stands(answer, "theft").order_uncertain
    assert sorted(ids(answer.uncertain)) == ["one", "two"]
    assert (court(answer)[0], court(answer)[2]) == ("unknown", "unknown")


def test_a_verdict_and_a_ruling_of_one_day_have_an_order() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("verdict", "2024-07-12", "verdict not_guilty", {"theft": "acquitted_jury"}),
        act("ruling", "2024-07-12", "ruling venue granted", {"theft": "bound_over"}),
    )
    assert told(on(facts, "2024-07-12")) == [("non_conviction", "acquitted_jury")]


def test_a_status_is_told_after_each_act() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("verdict", "2024-07-12", "verdict guilty", {"theft": "convicted_jury"}),
        act("sentence", "2024-08-12", "sentence imposed"),
        act("set-aside", "2025-01-12", "ruling new_trial granted", {"theft": "retrial_ordered"}, reverses="verdict"),
        act("notice", "2025-03-12", "filing notice_of_dismissal", {"theft": "nolle_prosequi"}),
    )
    steps = on(facts, "2025-04-01").steps
    assert [(s.act.id, s.status.value) for s in steps] == [
        ("info", "open_active"),
        ("verdict", "open_active"),
        ("sentence", "disposed"),
        ("set-aside", "reopened"),
        ("notice", "disposed"),
    ]
    assert [[(e.term, e.cls.value) for e in s.effects] for s in steps if s.act.id != "sentence"] == [
        [("filed", "pending")],
        [("convicted_jury", "conviction")],
        [("retrial_ordered", "pending")],
        [("nolle_prosequi", "non_conviction")],
    ]
    assert [e.before for s in steps for e in s.effects if s.act.id == "info"] == [""]

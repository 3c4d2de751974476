"""The scenarios of order and of the record itself: same day, year only, scheduled, sealed, victims."""

import pytest

from cases.law.status import defendant_status
from cases.law.vocabulary import ChargeClass, Occurrence
from tests.law.world import (
    act,
    appeal,
    case,
    charge,
    court,
    ends,
    ids,
    on,
    part,
    person,
    scenario,
    stands,
    told,
    when,
    words,
)


@scenario("same-date-update")
@pytest.mark.parametrize(("first", "second", "expected"), [(1, 2, "on_diversion"), (2, 1, "bound_over")])
def test_on_one_date_the_later_sequence_wins(first: int, second: int, expected: str) -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information", seq=0),
        act("bound", "2024-01-10", "hearing preliminary", {"theft": "bound_over"}, seq=first),
        act("diverted", "2024-01-10", "hearing arraignment", {"theft": "on_diversion"}, seq=second),
    )
    answer = on(facts, "2024-01-10")
    assert told(answer) == [("pending", expected)]
    assert not stands(answer, "theft").order_uncertain
    assert answer.uncertain == ()


@scenario("same-date-update")
def test_a_charge_brought_and_ended_on_one_date_needs_no_sequence() -> None:
    facts = case(
        [charge("theft", "info")],
        act("plea", "2024-01-10", "hearing plea_hearing", {"theft": "convicted_guilty_plea"}),
        act("info", "2024-01-10", "filing information"),
    )
    answer = on(facts, "2024-01-10")
    assert told(answer) == [("conviction", "convicted_guilty_plea")]
    assert ids(stands(answer, "theft").because) == ["info", "plea"]


@scenario("victim-in-conviction")
def test_nobody_but_the_accused_has_an_answer() -> None:
    facts = case(
        [charge("assault", "info")],
        act("info", "2024-01-10", "filing information"),
        act("impact", "2024-02-10", "statement victim_impact"),
        act("verdict", "2024-03-10", "verdict guilty", {"assault": "convicted_jury"}),
    )
    answer = on(facts, "2024-03-10")
    assert [d.defendant.id for d in answer.defendants] == ["ada"]
    for other in ("victim", "plaintiff", "ben"):
        assert defendant_status(facts, other, as_of=answer.as_of) is None


@scenario("victim-in-conviction")
def test_a_defendant_without_charges_carries_no_mark() -> None:
    facts = case(
        [charge("assault", "info")],
        act("info", "2024-01-10", "filing information"),
        act("verdict", "2024-03-10", "verdict guilty", {"assault": "convicted_jury"}),
        people=["ada", "ben"],
    )
    ben = person(on(facts, "2024-03-10"), "ben")
    assert ben.leading is not ChargeClass.CONVICTION
    assert ben.charges == ()
    assert "convict" not in ben.wording.lower()


@scenario("sealed-after-publication")
@pytest.mark.parametrize("relief", ["sealed", "expunged"])
def test_a_sealed_record_is_a_tombstone_and_the_others_are_unaffected(relief: str) -> None:
    facts = case(
        [charge("theft", "info", against="ada"), charge("theft-ben", "info", against="ben")],
        act("info", "2020-01-10", "filing information"),
        act("verdict", "2020-06-10", "verdict guilty", {"theft": "convicted_jury", "theft-ben": "convicted_jury"}),
        act("sentence", "2020-07-10", "sentence imposed"),
        act("relief", "2024-01-10", f"clemency_or_relief {relief}", of=["ada"]),
        act("relief-ben", "2025-01-10", f"clemency_or_relief {relief}", of=["ben"]),
    )
    before, partial, whole = on(facts, "2024-01-09"), on(facts, "2024-01-10"), on(facts, "2025-01-10")
    assert not person(before, "ada").sealed
    tomb = person(partial, "ada")
    assert tomb.sealed
    for word in ("convict", "guilty", "theft", "moreno"):
        assert word not in tomb.wording.lower()
        assert word not in tomb.summary.lower()
    assert person(partial, "ben") == person(before, "ben")
    assert court(partial)[0] == "disposed"
    assert court(whole)[0] == "sealed"
    # Relief rewrites no disposition: the fold of the charge is what it was.
    assert told(whole, "theft-ben") == [("conviction", "convicted_jury")]


def conflicting(precise: int | None, coarse: int | None) -> list[tuple[str, str]]:
    """The answers of a record where one order is dated by its day and the other by its year only."""
    facts = case(
        [charge("theft", "info", count=1), charge("fraud", "info", count=2)],
        act("info", "2023-01-10", "filing information"),
        act("by-day", "2024-03-06", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}, seq=precise),
        act("by-year", "2024", "ruling dismiss granted", {"theft": "dismissed_without_prejudice"}, seq=coarse),
        act("acquittal", "2024-05-01", "verdict not_guilty", {"fraud": "acquitted_jury"}),
    )
    answer = on(facts, "2025-01-10")
    if precise is None or coarse is None:
        doubtful = stands(answer, "theft")
        assert doubtful.order_uncertain
        assert sorted(ids(answer.uncertain)) == ["by-day", "by-year"]
        assert court(answer) == ("unknown", "", "unknown")
        assert "uncertain" in doubtful.wording.lower() or "order" in doubtful.wording.lower()
        assert "dismissed" not in person(answer).summary.lower()
    else:
        assert answer.uncertain == ()
        assert court(answer)[0] == "disposed"
    assert told(answer, "fraud") == [("non_conviction", "acquitted_jury")]
    return told(answer, "theft")


@scenario("year-only-among-days")
@pytest.mark.parametrize(
    ("precise", "coarse", "expected"),
    [
        (None, None, ("unknown", "order_uncertain")),
        (1, None, ("unknown", "order_uncertain")),
        (None, 1, ("unknown", "order_uncertain")),
        (1, 2, ("non_conviction", "dismissed_without_prejudice")),
        (2, 1, ("non_conviction", "dismissed_with_prejudice")),
    ],
)
def test_the_order_stays_open_until_a_sequence_is_set(
    precise: int | None, coarse: int | None, expected: tuple[str, str]
) -> None:
    assert conflicting(precise, coarse) == [expected]


@scenario("year-only-among-days")
def test_acts_that_say_the_same_or_lie_apart_leave_nothing_uncertain() -> None:
    same = case(
        [charge("theft", "info")],
        act("info", "2023-01-10", "filing information"),
        act("by-day", "2024-03-06", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}),
        act("by-year", "2024", "judgment dismissal", {"theft": "dismissed_with_prejudice"}),
    )
    answer = on(same, "2025-01-10")
    assert told(answer) == [("non_conviction", "dismissed_with_prejudice")]
    assert answer.uncertain == ()
    # The doubt is of 2024; an act of 2025 comes after both and has the last word.
    later = case(
        [charge("theft", "info")],
        act("info", "2023-01-10", "filing information"),
        act("by-day", "2024-03-06", "hearing preliminary", {"theft": "bound_over"}),
        act("by-year", "2024", "hearing status_conference", {"theft": "on_diversion"}),
        act("verdict", "2025-03-06", "verdict not_guilty", {"theft": "acquitted_jury"}),
    )
    assert told(on(later, "2025-03-05")) == [("unknown", "order_uncertain")]
    settled = on(later, "2025-03-06")
    assert told(settled) == [("non_conviction", "acquitted_jury")]
    assert settled.uncertain == ()
    assert court(settled) == ("disposed", "", "final")


@scenario("scheduled-date-passed")
@pytest.mark.parametrize("occurrence", [o for o in Occurrence if o is not Occurrence.HELD])
def test_a_scheduled_date_that_passes_is_never_a_result(occurrence: Occurrence) -> None:
    docket = (
        act("info", "2023-01-10", "filing information"),
        act("verdict", "2024-03-06", "verdict guilty", {"theft": "convicted_jury"}),
    )
    planned = act(
        "sentencing",
        "2024-05-01",
        "sentence imposed",
        {"theft": "acquitted_jury"},
        sentence=[part("theft", "prison", years=2)],
        occurrence=occurrence,
    )
    hearing = act("hearing", "2024-05-01", "hearing sentencing", {"theft": "acquitted_jury"}, occurrence=occurrence)
    plain = on(case([charge("theft", "info")], *docket), "2024-06-01")
    answer = on(case([charge("theft", "info")], *docket, planned, hearing), "2024-06-01")
    assert answer == plain
    assert court(answer) == ("open_active", "awaiting_sentence", "not_disposed")


@scenario("closed-window-open")
def test_a_docket_closed_while_the_appeal_window_is_open_is_not_yet_final() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("plea", "2024-03-06", "hearing plea_hearing", {"theft": "convicted_guilty_plea"}),
        act("sentence", "2024-04-15", "sentence imposed", sentence=[part("theft", "prison", months=18)]),
        act("closed", "2024-04-16", "hearing status_conference"),
    )
    answer = on(facts, "2024-04-16")
    assert told(answer) == [("conviction", "convicted_guilty_plea")]
    assert court(answer) == ("disposed", "", "appealable")
    assert answer.finality.deadline is not None
    assert answer.finality.deadline.on == when("2024-05-15").earliest
    assert answer.finality.deadline.authority == "Rule 12 of the appeal rules"
    assert "not yet final" in stands(answer, "theft").wording.lower()
    assert court(on(facts, "2024-05-15"))[2] == "appealable"
    closed = on(facts, "2024-05-16")
    assert ends(closed, "theft") == ("final", "2024-05-16")
    # Waiting made it final: the estimated deadline is the reason, and stays to be read.
    assert closed.finality.deadline == answer.finality.deadline
    assert closed.finality.value.value == "final"
    assert "not yet final" not in words(closed)


@scenario("closed-window-open")
def test_where_no_period_is_known_nothing_becomes_final_by_waiting() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act(
            "order", "2024-03-06", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}, entered="2024-03-06"
        ),
        period=None,
    )
    answer = on(facts, "2044-01-01")
    assert (answer.finality.value.value, answer.finality.deadline) == ("appealable", None)


@scenario("interlocutory-appeal")
@pytest.mark.parametrize("decision", ["affirmed", "reversed", "reversed_and_remanded", "vacated", "dismissed"])
def test_an_appeal_before_judgment_leaves_the_charge_pending(decision: str) -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("denied", "2024-02-10", "ruling dismiss denied"),
        act("notice", "2024-03-01", "filing notice_of_appeal", case="appeal"),
        act("decision", "2024-09-01", f"appellate {decision}", case="appeal"),
        appeals=[appeal("ada", interlocutory=True)],
    )
    for day in ("2024-03-01", "2024-09-01"):
        answer = on(facts, day)
        assert told(answer) == [("pending", "filed")]
        assert court(answer) == ("open_active", "", "not_disposed")
        assert ends(answer, "theft")[0] == "not_disposed"
        assert "convict" not in words(answer)
        assert "pending" in person(answer).wording.lower()


@scenario("interlocutory-appeal")
def test_an_interlocutory_decision_acts_by_what_it_says_outright() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("decision", "2024-09-01", "appellate reversed", {"theft": "dismissed_with_prejudice"}, case="appeal"),
        appeals=[appeal("ada", interlocutory=True)],
    )
    answer = on(facts, "2024-09-01")
    assert told(answer) == [("non_conviction", "dismissed_with_prejudice")]
    assert court(answer)[0] == "disposed"


@scenario("interlocutory-appeal")
@pytest.mark.parametrize("decision", ["reversed", "reversed_and_remanded", "affirmed", "mandate_issued"])
def test_a_late_word_in_an_interlocutory_appeal_leaves_the_judgment_and_its_clock_alone(decision: str) -> None:
    docket = (
        act("info", "2024-01-10", "filing information"),
        act("verdict", "2024-03-10", "verdict guilty", {"theft": "convicted_jury"}),
        act("sentence", "2024-04-10", "sentence imposed"),
    )
    late = (
        act("notice", "2024-04-12", "filing notice_of_appeal", case="appeal"),
        act("decision", "2024-04-15", f"appellate {decision}", case="appeal"),
    )
    plain = case([charge("theft", "info")], *docket)
    facts = case([charge("theft", "info")], *docket, *late, appeals=[appeal("ada", interlocutory=True)])
    for day in ("2024-04-15", "2024-05-11"):
        assert on(facts, day).defendants == on(plain, day).defendants
        assert court(on(facts, day)) == court(on(plain, day))

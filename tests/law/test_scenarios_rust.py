"""The scenarios of the Rust matter: the real docket, as far as published reports confirm it."""

from dataclasses import replace

import pytest

from cases.law.facts import CaseFacts
from cases.law.status import charge_status
from cases.law.vocabulary import By, ChargeClass, Jeopardy, Prejudice, Reason, Timeliness
from tests.law.world import (
    act,
    appeal,
    case,
    charge,
    court,
    ends,
    ids,
    on,
    outcome,
    person,
    refiled,
    scenario,
    stands,
    told,
    when,
    words,
)

DISMISSED = (
    "Dismissed with prejudice by the court on the defence's motion, because evidence was withheld, on 12 July 2024."
)


def first_case(**more: object) -> CaseFacts:
    """The case of 2023: charged, the enhancement dropped, then dismissed by the prosecution's notice."""
    return case(
        [
            charge("manslaughter", "information", count=1),
            charge("firearm", "information", enhances="manslaughter"),
        ],
        act("information", "2023-01-31", "filing information"),
        act("amended", "2023-02-20", "filing amended_charge", {"firearm": "enhancement_removed"}),
        act(
            "notice",
            "2023-04-21",
            "filing notice_of_dismissal",
            [outcome("manslaughter", "dismissed_without_prejudice", by=By.PROSECUTION_NOTICE)],
        ),
        **more,
    )


def second_case(*, entered: str | None = None) -> CaseFacts:
    """The case of 2024, from the indictment to the withdrawal of the appeal."""
    dismissal = outcome(
        "manslaughter",
        "dismissed_with_prejudice",
        by=By.COURT_ON_DEFENCE_MOTION,
        reason=Reason.EVIDENCE_WITHHELD,
        jeopardy=Jeopardy.YES,
    )
    return case(
        [charge("manslaughter", "indictment", count=1, replaces="manslaughter-2023", how="refiled")],
        act("indictment", "2024-01-19", "filing indictment"),
        act("motion", "2024-03-14", "filing motion dismiss"),
        act("motion-denied", "2024-05-24", "ruling dismiss denied"),
        act("trial", "2024-07-09/2024-07-12", "hearing trial_day"),
        act("dismissal", "2024-07-12", "ruling dismiss granted", [dismissal], entered=entered),
        act("reconsider", "2024-08-30", "filing motion reconsideration"),
        act(
            "reconsider-denied",
            "2024-10-24",
            "ruling reconsideration denied",
            timeliness=Timeliness.UNTIMELY_IN_PART,
        ),
        act("appeal-notice", "2024-11-21", "filing notice_of_appeal", case="appeal"),
        act("withdrawal", "2024-12-23", "appellate dismissed_on_withdrawal", case="appeal"),
        appeals=[appeal("ada")],
    )


@scenario("rust-enhancement-dropped")
def test_an_enhancement_dropped_is_no_count_dismissed() -> None:
    facts = first_case()
    assert charge_status(facts, "manslaughter", as_of=when("2023-01-30").earliest) is None

    before = on(facts, "2023-02-19")
    assert told(before, "manslaughter", "firearm") == [("pending", "filed"), ("pending", "filed")]

    answer = on(facts, "2023-03-01")
    assert told(answer, "manslaughter", "firearm") == [("pending", "filed"), ("replaced", "enhancement_removed")]
    assert ends(answer, "firearm") == ("none", "")
    assert ids(stands(answer, "firearm").because) == ["information", "amended"]
    assert ids(stands(answer, "manslaughter").because) == ["information"]
    assert court(answer) == ("open_active", "", "not_disposed")
    assert person(answer).leading is ChargeClass.PENDING
    assert "pending" in person(answer).wording.lower()
    assert "dismissed" not in words(answer)


@scenario("rust-enhancement-dropped")
def test_an_enhancement_is_listed_but_never_counted() -> None:
    answer = on(first_case(), "2023-02-19")
    assert [c.charge.id for c in person(answer).charges] == ["manslaughter", "firearm"]
    assert "2 " not in person(answer).summary
    # Left standing when its count ends, an enhancement does not hold the case open.
    facts = case(
        [charge("theft", "info", count=1), charge("gun", "info", enhances="theft")],
        act("info", "2023-01-10", "filing information"),
        act("acquittal", "2023-06-10", "verdict not_guilty", {"theft": "acquitted_jury"}),
    )
    assert court(on(facts, "2023-06-10")) == ("disposed", "", "final")


@scenario("rust-notice-of-dismissal")
def test_the_prosecutions_notice_ends_that_case_and_says_it_could_come_back() -> None:
    answer = on(first_case(), "2023-05-01")
    dropped = stands(answer, "manslaughter")
    assert (dropped.cls, dropped.term) == (ChargeClass.NON_CONVICTION, "dismissed_without_prejudice")
    assert (dropped.by, dropped.prejudice) == (By.PROSECUTION_NOTICE, Prejudice.WITHOUT)
    assert ids(dropped.because) == ["information", "notice"]
    assert dropped.decided_by is not None
    assert dropped.decided_by.id == "notice"
    assert told(answer, "firearm") == [("replaced", "enhancement_removed")]
    assert ends(answer, "manslaughter") == ("final", "2023-04-21")
    assert court(answer) == ("disposed", "", "final")
    assert "could be refiled" in dropped.wording
    assert "could be refiled" in person(answer).wording
    assert "pending" not in person(answer).wording.lower()
    assert "cleared" not in words(answer)
    assert court(on(first_case(), "2023-04-20")) == ("open_active", "", "not_disposed")


@scenario("rust-notice-of-dismissal")
def test_a_notice_that_states_no_outcome_ends_every_pending_charge_of_those_it_concerns() -> None:
    facts = case(
        [
            charge("theft", "info", count=1),
            charge("fraud", "info", count=2),
            charge("arson", "info", count=3),
            charge("theft-ben", "info", against="ben"),
        ],
        act("info", "2023-01-10", "filing information"),
        act("acquittal", "2023-02-10", "ruling acquittal granted", {"arson": "judgment_of_acquittal"}),
        act("notice", "2023-04-10", "filing notice_of_dismissal", [outcome("fraud", "nolle_prosequi")], of=["ada"]),
        act("second-notice", "2023-05-10", "filing notice_of_dismissal", of=["ada"]),
    )
    answer = on(facts, "2023-04-30")
    # Explicit outcomes win: a notice that names one count drops that one only.
    assert told(answer, "theft", "fraud") == [("pending", "filed"), ("non_conviction", "nolle_prosequi")]
    answer = on(facts, "2023-05-10")
    assert told(answer, "theft", "fraud", "arson", "theft-ben") == [
        ("non_conviction", "dismissed_unspecified"),
        ("non_conviction", "nolle_prosequi"),
        ("non_conviction", "judgment_of_acquittal"),
        ("pending", "filed"),
    ]
    assert stands(answer, "theft").by is By.PROSECUTION_NOTICE
    assert stands(answer, "theft").prejudice in (Prejudice.UNSPECIFIED, Prejudice.NOT_APPLICABLE)
    assert court(answer)[0] == "open_active"


@scenario("rust-reindicted")
def test_a_charge_brought_again_leaves_the_old_outcome_as_it_was() -> None:
    old = first_case(refilings=[refiled("manslaughter", "2024-01-19", "New Mexico v. Baldwin (2024)")])
    before, after = on(old, "2024-01-18"), on(old, "2024-02-01")
    assert told(after, "manslaughter") == [("non_conviction", "dismissed_without_prejudice")]
    assert ends(after, "manslaughter") == ("final", "2023-04-21")
    assert court(after) == court(before) == ("disposed", "", "final")
    assert ids(stands(after, "manslaughter").because) == ["information", "notice"]
    assert "could be refiled" in stands(before, "manslaughter").wording
    assert "refiled on 19 January 2024" in stands(after, "manslaughter").wording
    assert "could be refiled" not in words(after)

    new = on(second_case(), "2024-02-01")
    assert told(new, "manslaughter") == [("pending", "filed")]
    assert court(new) == ("open_active", "", "not_disposed")
    assert "pending" in person(new).wording.lower()
    assert ids(stands(new, "manslaughter").because) == ["indictment"]


@scenario("rust-reindicted")
def test_a_charge_brought_again_in_the_same_case_leaves_the_old_outcome_too() -> None:
    facts = case(
        [charge("old", "info", count=1), charge("new", "again", count=1, replaces="old", how="refiled")],
        act("info", "2023-01-10", "filing information"),
        act("notice", "2023-04-10", "filing notice_of_dismissal", [outcome("old", "dismissed_without_prejudice")]),
        act("again", "2024-01-10", "filing indictment"),
    )
    assert court(on(facts, "2023-05-01"))[0] == "disposed"
    answer = on(facts, "2024-02-01")
    assert told(answer, "old", "new") == [("non_conviction", "dismissed_without_prejudice"), ("pending", "filed")]
    assert court(answer) == ("reopened", "", "not_disposed")


@scenario("rust-motion-denied")
def test_a_denied_motion_to_dismiss_changes_nothing() -> None:
    before, after = on(second_case(), "2024-01-19"), on(second_case(), "2024-05-24")
    assert after.defendants == before.defendants
    assert court(after) == court(before) == ("open_active", "", "not_disposed")
    assert (after.wording, after.because) == (before.wording, before.because)
    (denied,) = [s for s in after.steps if s.act.id == "motion-denied"]
    assert denied.effects == ()


@scenario("rust-dismissed")
def test_a_dismissal_during_trial_carries_who_why_and_that_jeopardy_attached() -> None:
    assert court(on(second_case(), "2024-07-11")) == ("open_active", "", "not_disposed")
    answer = on(second_case(), "2024-07-12")
    ended = stands(answer, "manslaughter")
    assert (ended.cls, ended.term) == (ChargeClass.NON_CONVICTION, "dismissed_with_prejudice")
    assert (ended.by, ended.reason) == (By.COURT_ON_DEFENCE_MOTION, Reason.EVIDENCE_WITHHELD)
    assert (ended.prejudice, ended.jeopardy) == (Prejudice.WITH, Jeopardy.YES)
    assert ids(ended.because) == ["indictment", "dismissal"]
    assert court(answer) == ("disposed", "", "appealable")
    assert ended.wording.startswith(DISMISSED)
    assert "pending" not in person(answer).wording.lower()
    (step,) = [s for s in answer.steps if s.act.id == "dismissal"]
    assert [(e.charge.id, e.term, e.cls.value) for e in step.effects] == [
        ("manslaughter", "dismissed_with_prejudice", "non_conviction")
    ]
    assert step.status.value == "disposed"


@scenario("rust-dismissed")
def test_the_appeal_clock_runs_from_the_written_order_not_from_what_was_said_in_court() -> None:
    spoken = on(second_case(), "2024-07-20").finality
    assert (spoken.value.value, spoken.deadline) == ("appealable", None)
    written = on(second_case(entered="2024-07-16"), "2024-07-20").finality
    assert written.value.value == "appealable"
    assert written.deadline is not None
    assert (written.deadline.on.isoformat(), written.deadline.authority) == (
        "2024-08-15",
        "Rule 12 of the appeal rules",
    )
    # A record that ends there: final the day after the deadline, and never without the written order.
    for entered, expected in (("2024-07-16", ("final", "2024-08-16")), (None, ("appealable", ""))):
        quiet = case(
            [charge("theft", "info")],
            act("info", "2024-01-10", "filing information"),
            act(
                "order", "2024-07-12", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}, entered=entered
            ),
        )
        finality = on(quiet, "2030-01-01").finality
        assert finality.value.value == expected[0]
        if expected[1]:
            assert on(quiet, "2024-08-15").finality.value.value == "appealable"
            assert finality.since is not None
            assert finality.since.isoformat() == expected[1]


@scenario("rust-reconsideration")
def test_a_late_motion_to_reconsider_leaves_finality_contested_for_ever() -> None:
    facts = second_case(entered="2024-07-12")
    pending = on(facts, "2024-10-23")
    assert told(pending, "manslaughter") == [("non_conviction", "dismissed_with_prejudice")]
    assert court(pending) == ("disposed", "", "post_judgment_motion_pending")
    denied = on(facts, "2024-10-24")
    assert told(denied, "manslaughter") == [("non_conviction", "dismissed_with_prejudice")]
    assert court(denied) == ("disposed", "", "contested")
    assert ids(stands(denied, "manslaughter").because) == ["indictment", "dismissal"]
    # Without the appeal that followed, no day ever makes it final by itself.
    assert court(on(without(facts, "appeal-notice", "withdrawal"), "2040-01-01")) == ("disposed", "", "contested")


@scenario("rust-reconsideration")
@pytest.mark.parametrize("filed", [True, False])
def test_a_timely_motion_starts_the_clock_anew(filed: bool) -> None:
    motion = [act("motion", "2024-02-05", "filing motion new_trial")] if filed else []
    facts = case(
        [charge("theft", "info")],
        act("info", "2023-01-10", "filing information"),
        act("verdict", "2024-01-10", "verdict guilty", {"theft": "convicted_jury"}),
        act("sentence", "2024-02-01", "sentence imposed"),
        *motion,
        act("denied", "2024-03-01", "ruling new_trial denied", timeliness=Timeliness.TIMELY),
    )
    if filed:
        assert court(on(facts, "2024-02-29")) == ("disposed", "", "post_judgment_motion_pending")
    answer = on(facts, "2024-04-01")  # the thirtieth day is a Sunday
    assert court(answer) == ("disposed", "", "appealable")
    assert answer.finality.deadline is not None
    assert answer.finality.deadline.on.isoformat() == "2024-04-01"
    assert ends(on(facts, "2024-04-02"), "theft") == ("final", "2024-04-02")


def without(facts: CaseFacts, *names: str) -> CaseFacts:
    """The same facts before somebody entered the named acts."""
    return replace(facts, acts=tuple(a for a in facts.acts if a.id not in names))


@scenario("rust-appeal")
def test_a_notice_of_appeal_changes_finality_only() -> None:
    before, after = on(second_case(), "2024-11-20"), on(second_case(), "2024-11-25")
    assert told(after, "manslaughter") == told(before, "manslaughter")
    assert ids(stands(after, "manslaughter").because) == ["indictment", "dismissal"]
    assert court(before) == ("disposed", "", "contested")
    assert court(after) == ("disposed", "", "under_appeal")
    assert after.finality.since == when("2024-11-21").earliest
    assert ids(after.finality.because)[-1] == "appeal-notice"
    assert "pending" not in person(after).wording.lower()
    # The appeal is a case of its own, with no charges: open until it is decided.
    lane = case([], act("notice", "2024-11-21", "filing notice_of_appeal"), kind="appellate", people=["ada"])
    assert court(on(lane, "2024-11-25")) == ("open_active", "", "not_disposed")


@scenario("rust-appeal-withdrawn")
def test_a_withdrawn_appeal_makes_the_dismissal_final() -> None:
    answer = on(second_case(), "2024-12-24")
    assert told(answer, "manslaughter") == [("non_conviction", "dismissed_with_prejudice")]
    assert ends(answer, "manslaughter") == ("final_by_withdrawal", "2024-12-23")
    assert court(answer) == ("disposed", "", "final_by_withdrawal")
    assert ids(answer.finality.because)[-1] == "withdrawal"
    assert stands(answer, "manslaughter").wording == (
        f"{DISMISSED} Final since 23 December 2024, when the appeal was withdrawn."
    )
    said = person(answer).wording.lower()
    assert "dismissed with prejudice" in said
    assert "final" in said
    lane = case(
        [],
        act("notice", "2024-11-21", "filing notice_of_appeal"),
        act("withdrawal", "2024-12-23", "filing withdrawal_of_appeal"),
        kind="appellate",
        people=["ada"],
    )
    assert court(on(lane, "2024-12-24")) == ("disposed", "", "final_by_withdrawal")

"""Finality, an axis of its own: clocks, motions after judgment, appeals, withdrawals, mandates."""

import pytest

from cases.law.facts import Act, CaseFacts
from cases.law.vocabulary import Timeliness
from tests.law.world import act, appeal, case, charge, court, ends, ids, on, told

# Convicted, and sentenced on 10 April 2024: thirty days later it is 10 May.
CONVICTED = (
    act("info", "2024-01-10", "filing information"),
    act("verdict", "2024-03-10", "verdict guilty", {"theft": "convicted_jury"}),
    act("sentence", "2024-04-10", "sentence imposed"),
)


def convicted(*more: Act, others: tuple[str, ...] = ()) -> CaseFacts:
    """A conviction and what came after it, with an appeal and perhaps further ones."""
    return case(
        [charge("theft", "info")],
        *CONVICTED,
        *more,
        appeals=[appeal("ada"), *(appeal("ada", case=name) for name in others)],
    )


def finality_on(facts: CaseFacts, *days: str) -> list[str]:
    """The case's finality on each day."""
    return [on(facts, day).finality.value.value for day in days]


def test_the_clock_runs_from_the_sentence_and_the_last_day_still_counts() -> None:
    assert finality_on(convicted(), "2024-03-10", "2024-04-09", "2024-04-10", "2024-05-10", "2024-05-11") == [
        "not_disposed",
        "not_disposed",
        "appealable",
        "appealable",
        "final",
    ]
    assert ends(on(convicted(), "2025-01-01"), "theft") == ("final", "2024-05-11")


def test_an_answer_by_the_clock_names_the_act_that_started_it() -> None:
    for day in ("2024-04-10", "2024-05-11"):
        assert ids(on(convicted(), day).finality.because) == ["sentence"]


def test_a_judgment_entered_later_than_the_sentence_starts_the_clock_later() -> None:
    facts = case(
        [charge("theft", "info")],
        *CONVICTED[:2],
        act("sentence", "2024-04-10", "sentence imposed", entered="2024-04-20"),
    )
    assert finality_on(facts, "2024-05-20", "2024-05-21") == ["appealable", "final"]


def test_an_order_not_yet_entered_gives_no_deadline() -> None:
    facts = case(
        [charge("theft", "info")],
        CONVICTED[0],
        act(
            "order", "2024-07-12", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}, entered="2024-07-16"
        ),
    )
    # On the day it was announced nobody could know when it would be entered.
    spoken, entered = on(facts, "2024-07-15").finality, on(facts, "2024-07-16").finality
    assert (spoken.value.value, spoken.deadline) == ("appealable", None)
    assert entered.deadline is not None
    assert entered.deadline.on.isoformat() == "2024-08-15"


@pytest.mark.parametrize(
    ("term", "what"),
    [
        ("acquitted_jury", "verdict not_guilty"),
        ("acquitted_bench", "judgment acquittal_entered"),
        ("acquitted_unspecified", "verdict not_guilty"),
        ("pardoned_before_verdict", "clemency_or_relief pardon"),
        ("not_guilty_insanity", "verdict not_guilty_insanity"),
        ("judgment_of_acquittal", "ruling acquittal granted"),
        ("nolle_prosequi", "filing notice_of_dismissal"),
        ("no_true_bill", "hearing preliminary"),
        ("not_bound_over", "hearing preliminary"),
        ("declined", "hearing initial_appearance"),
        ("diversion_completed", "ruling dismiss granted"),
        ("settled", "ruling approve_settlement granted"),
        ("withdrawn_claim", "hearing status_conference"),
    ],
)
def test_what_nobody_can_appeal_is_final_at_once_and_stays_so(term: str, what: str) -> None:
    facts = case(
        [charge("theft", "info")],
        CONVICTED[0],
        act("end", "2024-03-10", what, {"theft": term}),
        act("notice", "2024-03-20", "filing notice_of_appeal"),
        period=None,
    )
    for day in ("2024-03-10", "2024-03-20", "2030-01-01"):
        assert ends(on(facts, day), "theft") == ("final", "2024-03-10")
        assert court(on(facts, day)) == ("disposed", "", "final")


@pytest.mark.parametrize("motion", ["new_trial", "reconsideration", "acquittal"])
def test_a_motion_after_judgment_is_pending_until_it_is_decided(motion: str) -> None:
    facts = convicted(
        act("motion", "2024-04-20", f"filing motion {motion}"),
        act("advised", "2024-05-20", f"ruling {motion} under_advisement"),
        act("denied", "2024-06-20", f"ruling {motion} denied", timeliness=Timeliness.UNTIMELY),
    )
    assert finality_on(facts, "2024-04-19", "2024-04-20", "2024-05-20", "2024-06-19", "2024-06-20", "2034-01-01") == [
        "appealable",
        "post_judgment_motion_pending",
        "post_judgment_motion_pending",
        "post_judgment_motion_pending",
        "contested",
        "contested",
    ]


def test_a_motion_of_another_kind_or_before_the_judgment_leaves_the_clock_alone() -> None:
    other = convicted(act("motion", "2024-04-20", "filing motion release_pending_appeal"))
    assert finality_on(other, "2024-04-20", "2024-05-11") == ["appealable", "final"]
    early = convicted(
        act("motion", "2024-03-20", "filing motion new_trial"),
        act("denied", "2024-03-29", "ruling new_trial denied"),
    )
    assert finality_on(early, "2024-04-10", "2024-05-11") == ["appealable", "final"]


def test_a_timely_motion_restarts_the_clock_with_the_entry_of_its_order() -> None:
    facts = convicted(
        act("motion", "2024-04-20", "filing motion new_trial"),
        act("denied", "2024-06-20", "ruling new_trial denied", timeliness=Timeliness.TIMELY, entered="2024-06-25"),
    )
    assert finality_on(facts, "2024-07-25", "2024-07-26") == ["appealable", "final"]


def test_a_notice_before_the_sentence_waits_for_it() -> None:
    facts = case(
        [charge("theft", "info")],
        *CONVICTED,
        act("notice", "2024-03-20", "filing notice_of_appeal"),
    )
    assert finality_on(facts, "2024-03-20", "2024-04-10", "2026-01-01") == [
        "not_disposed",
        "under_appeal",
        "under_appeal",
    ]


@pytest.mark.parametrize("where", ["trial", "appeal"])
def test_a_notice_counts_wherever_it_is_recorded(where: str) -> None:
    facts = convicted(act("notice", "2024-05-01", "filing notice_of_appeal", case=where))
    answer = on(facts, "2024-05-01")
    assert (answer.finality.value.value, ids(answer.finality.because)) == ("under_appeal", ["notice"])


@pytest.mark.parametrize("decision", ["affirmed", "dismissed"])
@pytest.mark.parametrize("closing", ["mandate_issued", "review_denied"])
def test_an_affirmance_is_final_when_the_mandate_issues_or_review_is_denied(decision: str, closing: str) -> None:
    facts = convicted(
        act("notice", "2024-05-01", "filing notice_of_appeal"),
        act("decision", "2025-03-01", f"appellate {decision}", case="appeal"),
        act("petition", "2025-03-20", "filing petition_for_review", case="appeal"),
        act("granted", "2025-05-20", "appellate review_granted", case="appeal"),
        act("closing", "2025-09-01", f"appellate {closing}", case="appeal"),
    )
    assert finality_on(facts, "2025-02-28", "2025-03-01", "2025-03-20", "2025-05-20", "2025-09-01") == [
        "under_appeal",
        "appealable",
        "under_further_review",
        "under_further_review",
        "final",
    ]
    assert ends(on(facts, "2026-01-01"), "theft") == ("final", "2025-09-01")
    assert told(on(facts, "2026-01-01")) == [("conviction", "convicted_jury")]


def test_an_affirmance_without_a_mandate_never_becomes_final_by_itself() -> None:
    facts = convicted(
        act("notice", "2024-05-01", "filing notice_of_appeal"),
        act("affirmed", "2025-03-01", "appellate affirmed", case="appeal"),
    )
    assert finality_on(facts, "2044-01-01") == ["appealable"]


@pytest.mark.parametrize(
    ("what", "where"),
    [
        ("filing withdrawal_of_appeal", "trial"),
        ("filing withdrawal_of_appeal", "appeal"),
        ("appellate dismissed_on_withdrawal", "appeal"),
    ],
)
def test_a_withdrawal_is_final_unless_the_time_to_appeal_still_runs(what: str, where: str) -> None:
    facts = convicted(
        act("notice", "2024-04-20", "filing notice_of_appeal", case=where),
        act("withdrawal", "2024-04-30", what, case=where),
    )
    assert finality_on(facts, "2024-04-29", "2024-04-30", "2024-05-10", "2024-05-11") == [
        "under_appeal",
        "appealable",
        "appealable",
        "final_by_withdrawal",
    ]
    late = convicted(
        act("notice", "2024-04-20", "filing notice_of_appeal", case=where),
        act("withdrawal", "2024-12-23", what, case=where),
    )
    assert finality_on(late, "2024-12-22", "2024-12-23") == ["under_appeal", "final_by_withdrawal"]
    assert ends(on(late, "2025-01-01"), "theft") == ("final_by_withdrawal", "2024-12-23")


def test_one_appeal_withdrawn_leaves_the_other() -> None:
    facts = convicted(
        act("notice", "2024-05-01", "filing notice_of_appeal", case="appeal"),
        act("cross-notice", "2024-05-05", "filing notice_of_appeal", case="cross-appeal"),
        act("withdrawal", "2024-12-23", "filing withdrawal_of_appeal", case="appeal"),
        act("cross-withdrawal", "2025-02-01", "appellate dismissed_on_withdrawal", case="cross-appeal"),
        others=("cross-appeal",),
    )
    assert finality_on(facts, "2024-12-23", "2025-01-31", "2025-02-01") == [
        "under_appeal",
        "under_appeal",
        "final_by_withdrawal",
    ]


def test_a_withdrawal_leaves_a_motion_pending() -> None:
    facts = convicted(
        act("motion", "2024-04-20", "filing motion new_trial"),
        act("notice", "2024-05-01", "filing notice_of_appeal", case="appeal"),
        act("withdrawal", "2024-12-23", "filing withdrawal_of_appeal", case="appeal"),
    )
    assert finality_on(facts, "2024-05-01", "2024-12-23") == ["post_judgment_motion_pending"] * 2


def test_a_case_is_as_final_as_its_least_final_count() -> None:
    facts = case(
        [charge(name, "info", count=n) for n, name in enumerate(("one", "two", "three"), 1)],
        act("info", "2024-01-10", "filing information"),
        act("verdict", "2024-03-10", "verdict not_guilty", {"one": "acquitted_jury"}),
        act("order", "2024-03-11", "ruling dismiss granted", {"two": "dismissed_with_prejudice"}, entered="2024-03-11"),
        act("late-order", "2024-06-11", "ruling dismiss granted", {"three": "dismissed_with_prejudice"}),
    )
    assert finality_on(facts, "2024-05-01", "2024-06-11", "2025-01-01") == ["not_disposed", "appealable", "appealable"]
    assert [ends(on(facts, "2025-01-01"), name)[0] for name in ("one", "two", "three")] == [
        "final",
        "final",
        "appealable",
    ]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], ("open_active", "", "not_disposed")),
        ([("appellate review_granted", "2025-01-01")], ("open_active", "", "not_disposed")),
        ([("hearing appeal_argument", "2025-01-01")], ("open_active", "", "not_disposed")),
        ([("appellate affirmed", "2025-01-01")], ("disposed", "", "appealable")),
        ([("appellate reversed_and_remanded", "2025-01-01")], ("disposed", "", "appealable")),
        ([("appellate affirmed", "2025-01-01"), ("appellate mandate_issued", "2025-02-01")], ("disposed", "", "final")),
        ([("appellate dismissed_on_withdrawal", "2025-01-01")], ("disposed", "", "final_by_withdrawal")),
        ([("filing withdrawal_of_appeal", "2025-01-01")], ("disposed", "", "final_by_withdrawal")),
    ],
)
def test_an_appellate_case_has_no_charges_and_a_status_all_the_same(
    acts: list[tuple[str, str]], expected: tuple[str, str, str]
) -> None:
    facts = case(
        [],
        act("notice", "2024-11-21", "filing notice_of_appeal"),
        *(act(f"act-{n}", day, what) for n, (what, day) in enumerate(acts)),
        kind="appellate",
        people=["ada"],
    )
    assert court(on(facts, "2025-03-01")) == expected


@pytest.mark.parametrize(
    ("decision", "conviction", "dismissal"),
    [
        ("reversed_and_remanded", ("pending", "remanded"), ("pending", "remanded")),
        ("vacated_and_remanded", ("pending", "remanded"), ("pending", "remanded")),
        ("reversed", ("unknown", "unknown"), ("unknown", "unknown")),
        ("vacated", ("unknown", "unknown"), ("unknown", "unknown")),
        ("affirmed", ("conviction", "convicted_jury"), ("non_conviction", "dismissed_with_prejudice")),
    ],
)
def test_a_bare_decision_on_appeal_says_no_more_than_it_says(
    decision: str, conviction: tuple[str, str], dismissal: tuple[str, str]
) -> None:
    lost = convicted(act("decision", "2025-01-01", f"appellate {decision}", case="appeal"))
    assert told(on(lost, "2025-01-01")) == [conviction]
    won = case(
        [charge("theft", "info"), charge("fraud", "info")],
        CONVICTED[0],
        act("acquittal", "2024-02-10", "verdict not_guilty", {"fraud": "acquitted_jury"}),
        act("order", "2024-03-10", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}),
        act("decision", "2025-01-01", f"appellate {decision}", case="appeal"),
        appeals=[appeal("ada")],
    )
    assert told(on(won, "2025-01-01"), "theft", "fraud") == [dismissal, ("non_conviction", "acquitted_jury")]

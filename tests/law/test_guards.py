"""Ways in which a record that says too little, or a party that is not the only one, must not end a case too early."""

from dataclasses import replace
from datetime import date

import pytest

from cases.law.facts import CaseFacts
from tests.law.world import PERIOD, act, appeal, case, charge, court, ends, on, part, person, stands, told

GUILTY = (
    act("info", "2023-01-10", "filing information"),
    act("verdict", "2024-03-06", "verdict guilty", {"theft": "convicted_jury"}),
    act("sentence", "2024-04-15", "sentence imposed", sentence=[part("theft", "prison", months=18)]),
)
DROPPED = (
    act("info", "2023-01-10", "filing information"),
    act("order", "2024-07-12", "ruling dismiss granted", {"theft": "dismissed_with_prejudice"}),
)


def docket(*acts, charges=("theft",), appeals=()) -> CaseFacts:
    return case([charge(name, "info") for name in charges], *acts, appeals=list(appeals))


@pytest.mark.parametrize("kind", ["new_trial", "acquittal"])
def test_a_granted_motion_of_which_nobody_says_what_it_did_leaves_no_conviction_standing(kind: str) -> None:
    answer = on(docket(*GUILTY, act("granted", "2024-05-01", f"ruling {kind} granted")), "2025-01-01")
    assert told(answer) == [("unknown", "unknown")]
    assert court(answer)[2] == "unknown"


def test_a_granted_dismissal_of_which_nobody_says_of_what_leaves_nothing_pending() -> None:
    answer = on(docket(GUILTY[0], act("granted", "2024-05-01", "ruling dismiss granted")), "2025-01-01")
    assert told(answer) == [("unknown", "unknown")]


def test_one_partys_withdrawal_leaves_the_others_appeal_open() -> None:
    both = (
        act("defence-notice", "2024-05-01", "filing notice_of_appeal", by="ada"),
        act("state-notice", "2024-05-02", "filing notice_of_appeal", by="state"),
        act("state-withdraws", "2024-07-17", "filing withdrawal_of_appeal", by="state"),
    )
    assert ends(on(docket(*GUILTY, *both), "2024-07-18"), "theft")[0] == "under_appeal"
    last = act("defence-withdraws", "2024-08-01", "filing withdrawal_of_appeal", by="ada")
    assert ends(on(docket(*GUILTY, *both, last), "2024-08-01"), "theft") == ("final_by_withdrawal", "2024-08-01")


def test_a_withdrawn_appeal_says_until_when_its_count_is_not_final_though_another_count_is_open() -> None:
    facts = replace(
        docket(
            GUILTY[0],
            act("judgment", "2024-06-03", "judgment entered", {"theft": "dismissed_with_prejudice"}),
            act("notice", "2024-06-10", "filing notice_of_appeal"),
            act("withdrawal", "2024-06-20", "filing withdrawal_of_appeal"),
            charges=("theft", "fraud"),
        ),
        period=PERIOD,
    )
    told_on = {day: (on(facts, day).until, ends(on(facts, day), "theft")[0]) for day in ("2024-07-03", "2024-07-04")}
    assert told_on == {
        "2024-07-03": (date(2024, 7, 3), "appealable"),
        "2024-07-04": (None, "final_by_withdrawal"),
    }


def test_a_withdrawal_of_which_nobody_says_whose_ends_no_appeal_where_there_are_two() -> None:
    facts = docket(
        *GUILTY,
        act("defence-notice", "2024-05-01", "filing notice_of_appeal", by="ada"),
        act("state-notice", "2024-05-02", "filing notice_of_appeal", by="state"),
        act("withdrawal", "2024-07-17", "filing withdrawal_of_appeal"),
    )
    assert ends(on(facts, "2024-07-18"), "theft")[0] == "under_appeal"


def test_a_cross_appeal_in_a_court_of_its_own_is_not_the_defences_appeal() -> None:
    facts = docket(
        *GUILTY,
        act("defence-notice", "2024-05-01", "filing notice_of_appeal", by="ada"),
        act("cross-notice", "2024-05-10", "filing notice_of_appeal", case="appeal", by="state"),
        act("cross-withdrawn", "2024-07-17", "filing withdrawal_of_appeal", case="appeal", by="state"),
        appeals=[appeal("ada")],
    )
    assert ends(on(facts, "2024-07-18"), "theft")[0] == "under_appeal"


def test_the_same_notice_told_in_both_courts_is_one_appeal() -> None:
    facts = docket(
        *DROPPED,
        act("notice", "2024-11-21", "filing notice_of_appeal", by="state"),
        act("opened", "2024-11-21", "filing notice_of_appeal", case="appeal", by="state"),
        act("withdrawal", "2024-12-23", "filing withdrawal_of_appeal", by="state"),
        act("dismissed", "2024-12-23", "appellate dismissed_on_withdrawal", case="appeal"),
        appeals=[appeal("ada")],
    )
    assert ends(on(facts, "2024-11-30"), "theft")[0] == "under_appeal"
    assert ends(on(facts, "2024-12-23"), "theft") == ("final_by_withdrawal", "2024-12-23")


def test_an_early_withdrawal_is_not_final_while_the_time_to_appeal_may_still_run() -> None:
    facts = docket(
        *DROPPED,  # no written order is recorded
        act("notice", "2024-07-15", "filing notice_of_appeal", by="state"),
        act("withdrawal", "2024-07-17", "filing withdrawal_of_appeal", by="state"),
    )
    assert ends(on(facts, "2024-08-11"), "theft")[0] == "appealable"
    assert ends(on(facts, "2024-08-12"), "theft") == ("final_by_withdrawal", "2024-07-17")


def test_a_bare_reversal_that_may_mean_two_results_makes_both_unknown() -> None:
    facts = docket(
        GUILTY[0],
        act("acquitted", "2024-02-01", "ruling dismiss granted", {"fraud": "dismissed_with_prejudice"}),
        *GUILTY[1:],
        act("reversal", "2025-01-10", "appellate reversed_and_remanded", case="appeal"),
        charges=("theft", "fraud"),
        appeals=[appeal("ada")],
    )
    assert told(on(facts, "2025-01-10"), "theft", "fraud") == [("unknown", "unknown"), ("unknown", "unknown")]


def test_a_bare_reversal_reaches_a_judgment_of_acquittal() -> None:
    facts = docket(
        *GUILTY[:2],
        act("acquittal", "2024-04-01", "ruling acquittal granted", {"theft": "judgment_of_acquittal"}),
        act("reversal", "2025-01-10", "appellate reversed", case="appeal"),
        appeals=[appeal("ada")],
    )
    assert told(on(facts, "2025-01-10")) == [("unknown", "unknown")]


def test_a_conviction_is_not_final_while_another_count_is_open() -> None:
    facts = docket(*GUILTY, charges=("theft", "fraud"))
    finality = stands(on(facts, "2026-01-01"), "theft").finality
    assert finality is not None
    assert (finality.value.value, finality.deadline) == ("appealable", None)


def test_a_decision_after_review_was_granted_ends_the_review() -> None:
    facts = docket(
        *GUILTY,
        act("notice", "2024-05-01", "filing notice_of_appeal", by="ada"),
        act("affirmed", "2025-01-10", "appellate affirmed", case="appeal"),
        act("granted", "2025-02-10", "appellate review_granted", case="appeal"),
        act("affirmed-again", "2025-09-10", "appellate affirmed", case="appeal"),
        appeals=[appeal("ada")],
    )
    assert ends(on(facts, "2025-03-01"), "theft")[0] == "under_further_review"
    assert ends(on(facts, "2025-09-10"), "theft")[0] == "appealable"


def test_a_revoked_suspension_is_told_and_takes_none_to_serve_off() -> None:
    facts = docket(
        *GUILTY[:2],
        act(
            "sentence", "2024-04-15", "sentence imposed", sentence=[part("theft", "jail", months=6, all_suspended=True)]
        ),
        act("revoked", "2024-09-01", "sentence revoked"),
    )
    before, after = (stands(on(facts, day), "theft").wording for day in ("2024-08-31", "2024-09-01"))
    assert "none of it to be served" in before
    assert "none of it to be served" not in after
    assert "Probation or suspension revoked on 1 September 2024." in after


def test_a_changed_sentence_without_parts_is_not_told_with_the_old_ones() -> None:
    facts = docket(*GUILTY, act("changed", "2026-02-01", "sentence modified"))
    wording = stands(on(facts, "2026-02-01"), "theft").wording
    assert "Sentence changed on 1 February 2026." in wording
    assert "18 months" not in wording + person(on(facts, "2026-02-01")).wording


def test_a_term_that_runs_after_another_says_so() -> None:
    facts = docket(
        *GUILTY[:2],
        act(
            "s",
            "2024-04-15",
            "sentence imposed",
            sentence=[part("theft", "prison", years=6, min_years=1, order="consecutive")],
        ),
    )
    assert "to 1 year to 6 years in prison, consecutive." in stands(on(facts, "2024-04-15"), "theft").wording


def test_a_vacated_sentence_restores_no_conviction_that_was_never_gone() -> None:
    facts = docket(*GUILTY, act("vacated", "2025-01-10", "appellate vacated_and_remanded", reverses="sentence"))
    answer = on(facts, "2025-01-10")
    assert told(answer) == [("conviction", "convicted_jury")]
    assert "Restored" not in stands(answer, "theft").wording
    assert court(answer)[:2] == ("reopened", "awaiting_sentence")

"""The scenarios of trial courts: dockets, indictments, juries, orders, stays, diversion."""

import pytest

from cases.law import status
from cases.law.vocabulary import By, ChargeClass, Prejudice, Reason
from tests.law.world import (
    act,
    case,
    charge,
    court,
    ends,
    ids,
    on,
    outcome,
    part,
    person,
    scenario,
    stands,
    told,
    words,
)


@scenario("three-dockets-one-incident")
def test_three_dockets_are_three_answers_and_no_sum() -> None:
    brought = act("info", "2023-01-31", "filing information")
    first = case(
        [charge("homicide", "info", against="ada")],
        brought,
        act("order", "2024-07-12", "ruling dismiss granted", {"homicide": "dismissed_with_prejudice"}),
        name="docket-1",
    )
    second = case(
        [charge("homicide", "info", against="ben")],
        brought,
        act("verdict", "2024-03-06", "verdict guilty", {"homicide": "convicted_jury"}),
        name="docket-2",
    )
    third = case([charge("homicide", "info", against="cleo")], brought, name="docket-3")
    day = "2024-08-01"
    answers = [on(f, day) for f in (first, second, third)]
    assert [told(a) for a in answers] == [
        [("non_conviction", "dismissed_with_prejudice")],
        [("conviction", "convicted_jury")],
        [("pending", "filed")],
    ]
    assert [court(a) for a in answers] == [
        ("disposed", "", "appealable"),
        ("open_active", "awaiting_sentence", "not_disposed"),
        ("open_active", "", "not_disposed"),
    ]
    assert [[d.defendant.name for d in a.defendants] for a in answers] == [
        ["Ada Moreno"],
        ["Ben Okafor"],
        ["Cleo Varga"],
    ]
    # Several cases have no status between them: the law offers none.
    assert not [name for name in dir(status) if "matter" in name]


@scenario("order-governs")
def test_the_order_governs_not_what_was_asked_for() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        # What a motion asks is no outcome, even where somebody enters it as one.
        act("motion", "2024-05-01", "filing motion dismiss", {"theft": "dismissed_without_prejudice"}),
        act(
            "order",
            "2024-05-20",
            "ruling dismiss granted",
            [
                outcome(
                    "theft",
                    "dismissed_with_prejudice",
                    by=By.COURT_ON_PROSECUTION_MOTION,
                    reason=Reason.INTERESTS_OF_JUSTICE,
                )
            ],
            entered="2024-05-21",
        ),
    )
    asked = on(facts, "2024-05-01")
    assert told(asked) == [("pending", "filed")]
    assert court(asked) == ("open_active", "", "not_disposed")
    answer = on(facts, "2024-05-20")
    ordered = stands(answer, "theft")
    assert (ordered.term, ordered.prejudice) == ("dismissed_with_prejudice", Prejudice.WITH)
    assert (ordered.by, ordered.reason) == (By.COURT_ON_PROSECUTION_MOTION, Reason.INTERESTS_OF_JUSTICE)
    assert ids(ordered.because) == ["info", "order"]
    assert court(answer) == ("disposed", "", "appealable")
    assert answer.finality.deadline is None  # the order is entered on the next day
    answer = on(facts, "2024-05-21")
    assert answer.finality.deadline is not None
    assert answer.finality.deadline.on.isoformat() == "2024-06-20"
    assert "refiled" not in words(answer)
    assert "pending" not in person(answer).wording.lower()


@scenario("superseding-indictment")
def test_a_superseding_indictment_replaces_its_counts_and_dismisses_none() -> None:
    facts = case(
        [
            charge("fraud", "first", count=1),
            charge("perjury", "first", count=2),
            charge("perjury-2", "second", count=1, replaces="perjury", how="superseded"),
            charge("fraud-2", "second", count=2, replaces="fraud", how="superseded"),
            charge("bribery", "second", count=3),
        ],
        act("first", "2023-03-01", "filing indictment"),
        act("second", "2023-06-01", "filing indictment"),
        act("verdict", "2024-02-01", "verdict mixed", {"fraud-2": "acquitted_jury", "perjury-2": "acquitted_jury"}),
    )
    before = on(facts, "2023-05-31")
    assert told(before) == [("pending", "filed"), ("pending", "filed")]
    answer = on(facts, "2023-06-01")
    assert told(answer, "fraud", "perjury", "perjury-2", "fraud-2", "bribery") == [
        ("replaced", "superseded"),
        ("replaced", "superseded"),
        ("pending", "filed"),
        ("pending", "filed"),
        ("pending", "filed"),
    ]
    assert ids(stands(answer, "fraud").because) == ["first", "second"]
    assert ends(answer, "fraud") == ("none", "")
    assert court(answer) == ("open_active", "", "not_disposed")
    assert "dismissed" not in words(answer)
    mixed = on(facts, "2024-02-01")
    assert "acquitted of 2" in person(mixed).wording.lower()
    assert "pending" in person(mixed).wording.lower()
    assert "of 5" not in words(mixed)
    assert court(mixed)[0] == "open_active"


@scenario("superseding-indictment")
@pytest.mark.parametrize("how", ["superseded", "amended", "merged", "transferred"])
def test_a_new_charge_replaces_only_what_is_still_pending(how: str) -> None:
    facts = case(
        [
            charge("fraud", "first", count=1),
            charge("perjury", "first", count=2),
            charge("fraud-2", "second", count=1, replaces="fraud", how=how),
            charge("perjury-2", "second", count=2, replaces="perjury", how=how),
        ],
        act("first", "2023-03-01", "filing indictment"),
        act("acquittal", "2023-05-01", "ruling acquittal granted", {"fraud": "judgment_of_acquittal"}),
        act("second", "2023-06-01", "filing indictment"),
    )
    answer = on(facts, "2023-06-01")
    assert told(answer, "fraud", "perjury") == [("non_conviction", "judgment_of_acquittal"), ("replaced", how)]
    assert ends(answer, "fraud") == ("final", "2023-05-01")


@scenario("hung-jury-partial")
def test_a_hung_jury_leaves_the_counts_open_until_the_last_one_ends() -> None:
    facts = case(
        [charge("one", "info", count=1), charge("two", "info", count=2), charge("three", "info", count=3)],
        act("info", "2023-01-10", "filing information"),
        act("hung", "2024-02-01", "verdict hung", dict.fromkeys(("one", "two", "three"), "mistrial_pending")),
        act("acquittal", "2024-03-01", "ruling acquittal granted_in_part", {"one": "judgment_of_acquittal"}),
        act(
            "rest",
            "2024-04-01",
            "ruling dismiss granted",
            dict.fromkeys(("two", "three"), "dismissed_with_prejudice"),
            entered="2024-04-01",
        ),
    )
    hung = on(facts, "2024-02-01")
    assert told(hung) == [("pending", "mistrial_pending")] * 3
    assert court(hung) == ("open_active", "", "not_disposed")
    mixed = on(facts, "2024-03-01")
    assert told(mixed, "one", "two") == [("non_conviction", "judgment_of_acquittal"), ("pending", "mistrial_pending")]
    assert ends(mixed, "one") == ("final", "2024-03-01")
    assert ends(mixed, "two")[0] == "not_disposed"
    assert person(mixed).leading is ChargeClass.PENDING
    assert "pending" in person(mixed).wording.lower()
    assert "acquitt" in person(mixed).wording.lower()
    assert court(mixed) == ("open_active", "", "not_disposed")
    done = on(facts, "2024-04-01")
    assert told(done, "one", "three") == [
        ("non_conviction", "judgment_of_acquittal"),
        ("non_conviction", "dismissed_with_prejudice"),
    ]
    assert ids(stands(done, "three").because) == ["info", "hung", "rest"]
    assert court(done) == ("disposed", "", "appealable")
    assert court(on(facts, "2024-05-02")) == ("disposed", "", "final")


@scenario("hung-jury-partial")
def test_an_acquittal_after_a_guilty_verdict_may_be_appealed_by_the_state() -> None:
    facts = case(
        [charge("one", "info")],
        act("info", "2023-01-10", "filing information"),
        act("verdict", "2024-02-01", "verdict guilty", {"one": "convicted_jury"}),
        act(
            "acquittal",
            "2024-03-01",
            "ruling acquittal granted",
            {"one": "judgment_of_acquittal"},
            entered="2024-03-01",
        ),
    )
    assert ends(on(facts, "2024-03-01"), "one")[0] == "appealable"
    assert ends(on(facts, "2024-04-02"), "one") == ("final", "2024-04-02")


@scenario("verdict-set-aside")
@pytest.mark.parametrize("reverses", ["verdict", None])
def test_a_verdict_set_aside_before_sentence_is_no_conviction(reverses: str | None) -> None:
    facts = case(
        [charge("theft", "indictment")],
        act("indictment", "2023-01-10", "filing indictment"),
        act("verdict", "2024-02-01", "verdict guilty", {"theft": "verdict_awaiting_judgment"}),
        act(
            "set-aside",
            "2024-03-01",
            "ruling dismiss granted",
            {"theft": "dismissed_with_prejudice"},
            reverses=reverses,
            entered="2024-03-01",
        ),
    )
    verdict = on(facts, "2024-02-01")
    assert told(verdict) == [("provisional", "verdict_awaiting_judgment")]
    assert court(verdict) == ("open_active", "awaiting_judgment", "not_disposed")
    assert "convicted" not in words(verdict)
    after = on(facts, "2024-03-01")
    assert told(after) == [("non_conviction", "dismissed_with_prejudice")]
    assert court(after) == ("disposed", "", "appealable")
    assert ids(stands(after, "theft").void) == (["verdict"] if reverses else [])
    assert "convicted" not in words(after)
    assert ends(on(facts, "2024-04-02"), "theft") == ("final", "2024-04-02")


@scenario("verdict-set-aside")
def test_a_conviction_set_aside_is_not_told_as_one_afterwards() -> None:
    facts = case(
        [charge("theft", "indictment")],
        act("indictment", "2023-01-10", "filing indictment"),
        act("verdict", "2024-02-01", "verdict guilty", {"theft": "convicted_jury"}),
        act(
            "set-aside",
            "2024-03-01",
            "ruling dismiss granted",
            {"theft": "dismissed_with_prejudice"},
            reverses="verdict",
        ),
    )
    answer = on(facts, "2024-03-01")
    assert person(answer).leading is ChargeClass.NON_CONVICTION
    assert ids(stands(answer, "theft").void) == ["verdict"]
    assert ids(stands(answer, "theft").because) == ["indictment", "set-aside"]
    assert "convicted of" not in words(answer)
    assert court(answer)[0] == "disposed"


@scenario("no-penalty")
def test_a_conviction_without_penalty_is_a_conviction_with_its_discharge_told() -> None:
    facts = case(
        [charge("falsifying", "indictment", count=1)],
        act("indictment", "2023-01-10", "filing indictment"),
        act("verdict", "2024-05-30", "verdict guilty", {"falsifying": "convicted_jury"}),
        act("sentence", "2025-01-10", "sentence imposed", sentence=[part("falsifying", "unconditional_discharge")]),
    )
    assert court(on(facts, "2025-01-09")) == ("open_active", "awaiting_sentence", "not_disposed")
    answer = on(facts, "2025-01-10")
    assert told(answer) == [("conviction", "convicted_jury")]
    assert court(answer) == ("disposed", "", "appealable")
    assert "convicted" in person(answer).wording.lower()
    assert "unconditional discharge" in person(answer).wording.lower()


@scenario("no-penalty")
@pytest.mark.parametrize("kind", ["revoked", "stayed", "completed"])
def test_only_a_sentence_imposed_or_modified_ends_the_wait_for_one(kind: str) -> None:
    facts = case(
        [charge("falsifying", "indictment")],
        act("indictment", "2023-01-10", "filing indictment"),
        act("verdict", "2024-05-30", "verdict guilty", {"falsifying": "convicted_jury"}),
        act("sentence", "2025-01-10", f"sentence {kind}"),
    )
    assert court(on(facts, "2025-01-10")) == ("open_active", "awaiting_sentence", "not_disposed")


@scenario("incompetency-or-fugitive")
@pytest.mark.parametrize("lifting", ["ruling stay granted", "ruling other granted", "ruling stay"])
def test_a_stay_makes_the_case_inactive_until_it_is_lifted(lifting: str) -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2023-01-10", "filing information"),
        act("refused", "2023-02-10", "ruling stay denied"),
        act("stay", "2023-03-10", "ruling stay granted"),
        act("lifted", "2023-09-10", lifting, reverses="stay"),
    )
    assert court(on(facts, "2023-02-10")) == ("open_active", "", "not_disposed")
    answer = on(facts, "2023-03-10")
    assert told(answer) == [("pending", "filed")]
    assert stands(answer, "theft").stayed
    assert court(answer) == ("open_inactive", "stayed", "not_disposed")
    assert "stay" in person(answer).wording.lower()
    lifted = on(facts, "2023-09-10")
    assert told(lifted) == [("pending", "filed")]
    assert not stands(lifted, "theft").stayed
    assert court(lifted) == ("open_active", "", "not_disposed")


@scenario("incompetency-or-fugitive")
@pytest.mark.parametrize(
    ("said", "reverses"),
    [
        ("ruling stay denied", None),
        ("ruling stay moot", None),
        ("ruling stay withdrawn", None),
        ("ruling venue granted", None),
        ("statement reaction", "stay"),
        ("filing motion stay", "stay"),
    ],
)
def test_only_a_ruling_that_lifts_it_lifts_a_stay(said: str, reverses: str | None) -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2023-01-10", "filing information"),
        act("stay", "2023-03-10", "ruling stay granted"),
        act("said", "2023-04-10", said, reverses=reverses),
    )
    answer = on(facts, "2023-04-10")
    assert stands(answer, "theft").stayed
    assert court(answer) == ("open_inactive", "stayed", "not_disposed")


@scenario("diversion")
@pytest.mark.parametrize("completed", [True, False])
def test_diversion_is_never_a_conviction(completed: bool) -> None:
    ending = (
        act("done", "2024-01-10", "ruling dismiss granted", {"theft": "diversion_completed"})
        if completed
        else act("done", "2024-01-10", "hearing status_conference", {"theft": "filed"})
    )
    facts = case(
        [charge("theft", "info")],
        act("info", "2023-01-10", "filing information"),
        act("diverted", "2023-02-10", "hearing status_conference", {"theft": "on_diversion"}),
        ending,
    )
    meanwhile = on(facts, "2023-06-01")
    assert told(meanwhile) == [("pending", "on_diversion")]
    assert court(meanwhile) == ("open_inactive", "diversion", "not_disposed")
    assert "convict" not in words(meanwhile)
    after = on(facts, "2024-01-10")
    assert "convict" not in words(after)
    if completed:
        assert told(after) == [("non_conviction", "diversion_completed")]
        assert ends(after, "theft") == ("final", "2024-01-10")
        assert court(after) == ("disposed", "", "final")
    else:
        assert told(after) == [("pending", "filed")]
        assert court(after) == ("open_active", "", "not_disposed")

"""The scenarios of higher courts: what a reversal, a remand, a death or a second appeal does to each charge."""

import pytest

from cases.law.facts import CaseFacts
from cases.law.vocabulary import ChargeClass, SentenceKind
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
    part,
    person,
    refiled,
    scenario,
    stands,
    told,
    words,
)

CONVICTED = (
    act("indictment", "2020-01-10", "filing indictment"),
    act("verdict", "2020-06-10", "verdict guilty", {"theft": "convicted_jury"}),
    act("sentence", "2020-07-10", "sentence imposed", sentence=[part("theft", "prison", years=3)]),
    act("notice", "2020-08-01", "filing notice_of_appeal"),
)


@scenario("vacated-retrial-barred")
@pytest.mark.parametrize("last", ["review_denied", "mandate_issued"])
def test_a_conviction_vacated_without_retrial_ends_the_case_and_keeps_its_history(last: str) -> None:
    facts = case(
        [charge("theft", "indictment")],
        *CONVICTED,
        act("vacated", "2021-03-01", "appellate vacated", {"theft": "vacated_discharged"}, case="appeal"),
        act("petition", "2021-04-01", "filing petition_for_review", case="appeal"),
        act("last", "2021-09-01", f"appellate {last}", case="appeal"),
        appeals=[appeal("ada")],
    )
    assert court(on(facts, "2021-02-28")) == ("disposed", "", "under_appeal")
    answer = on(facts, "2021-03-01")
    assert told(answer) == [("non_conviction", "vacated_discharged")]
    assert court(answer) == ("disposed", "", "appealable")
    assert "conviction vacated" in words(answer)
    assert person(answer).leading is ChargeClass.NON_CONVICTION
    assert [e.term for s in answer.steps for e in s.effects if s.act.id in ("verdict", "vacated")] == [
        "convicted_jury",
        "vacated_discharged",
    ]
    assert court(on(facts, "2021-04-01")) == ("disposed", "", "under_further_review")
    done = on(facts, "2021-09-01")
    assert told(done) == [("non_conviction", "vacated_discharged")]
    assert ends(done, "theft") == ("final", "2021-09-01")
    assert court(done) == ("disposed", "", "final")


def retried() -> CaseFacts:
    """Three convictions reversed and tried again, with three different ends."""
    counts = ("theft", "fraud", "arson")
    return case(
        [charge(name, "indictment", count=n) for n, name in enumerate(counts, 1)],
        act("indictment", "2020-01-10", "filing indictment"),
        act("verdict", "2020-06-10", "verdict guilty", dict.fromkeys(counts, "convicted_jury")),
        act("sentence", "2020-07-10", "sentence imposed"),
        act("notice", "2020-08-01", "filing notice_of_appeal"),
        act(
            "reversed",
            "2021-03-01",
            "appellate reversed_and_remanded",
            dict.fromkeys(counts, "retrial_ordered"),
            case="appeal",
        ),
        act(
            "second-verdict",
            "2021-10-01",
            "verdict mixed",
            {"theft": "convicted_jury", "fraud": "acquitted_jury", "arson": "mistrial_pending"},
        ),
        appeals=[appeal("ada")],
    )


@scenario("reversed-retried-mixed")
def test_a_new_trial_is_told_count_by_count() -> None:
    assert court(on(retried(), "2020-12-31")) == ("disposed", "", "under_appeal")
    ordered = on(retried(), "2021-03-01")
    assert told(ordered) == [("pending", "retrial_ordered")] * 3
    assert court(ordered) == ("reopened", "", "not_disposed")
    assert "convicted of" not in person(ordered).wording.lower()

    answer = on(retried(), "2021-10-01")
    assert told(answer, "theft", "fraud", "arson") == [
        ("conviction", "convicted_jury"),
        ("non_conviction", "acquitted_jury"),
        ("pending", "mistrial_pending"),
    ]
    assert [ends(answer, name)[0] for name in ("theft", "fraud", "arson")] == ["not_disposed", "final", "not_disposed"]
    assert ends(answer, "fraud") == ("final", "2021-10-01")
    said = person(answer).wording.lower()
    assert "pending" in said
    assert "convicted of 1" in said
    assert person(answer).leading is ChargeClass.PENDING
    assert answer.status.value == "reopened"
    # The sentence fell with the conviction it was for.
    assert not stands(answer, "theft").sentenced
    assert stands(answer, "theft").sentence == ()


@scenario("reversed-retried-mixed")
def test_another_case_of_the_same_person_is_untouched() -> None:
    other = case([charge("theft", "indictment")], *CONVICTED[:3], name="other-docket")
    # The reversal was given in an appeal that is none of this case's: its facts do not hold it.
    assert told(on(other, "2021-10-01")) == [("conviction", "convicted_jury")]
    assert court(on(other, "2021-10-01")) == ("disposed", "", "final")


@scenario("six-trials-one-charge")
def test_six_trials_of_one_charge_and_no_conviction_in_the_end() -> None:
    verdicts = {1: "guilty", 2: "guilty", 3: "guilty", 4: "mistrial", 5: "mistrial", 6: "guilty"}
    acts = [act("indictment", "1997-01-10", "filing indictment")]
    for n, kind in verdicts.items():
        year = 1995 + 2 * n
        term = "convicted_jury" if kind == "guilty" else "mistrial_pending"
        acts.append(act(f"trial-{n}", f"{year}-06-10", f"verdict {kind}", {"homicide": term}))
        if kind == "guilty":
            acts.append(act(f"sentence-{n}", f"{year}-07-10", "sentence imposed"))
            acts.append(act(f"notice-{n}", f"{year}-08-01", "filing notice_of_appeal"))
            acts.append(
                act(
                    f"reversal-{n}",
                    f"{year + 1}-06-10",
                    "appellate reversed_and_remanded",
                    case="appeal",
                    reverses=f"trial-{n}",
                )
            )
    acts.append(
        act(
            "dismissal",
            "2010-09-04",
            "ruling dismiss granted",
            {"homicide": "dismissed_with_prejudice"},
            entered="2010-09-04",
        )
    )
    facts = case([charge("homicide", "indictment")], *acts, appeals=[appeal("ada")])
    for n, kind in verdicts.items():
        year = 1995 + 2 * n
        expected = ("conviction", "convicted_jury") if kind == "guilty" else ("pending", "mistrial_pending")
        assert told(on(facts, f"{year}-06-10")) == [expected]
        if kind == "guilty":
            assert court(on(facts, f"{year}-08-01")) == ("disposed", "", "under_appeal")
            assert told(on(facts, f"{year + 1}-06-10")) == [("pending", "remanded")]
            assert court(on(facts, f"{year + 1}-06-10")) == ("reopened", "", "not_disposed")
    ended = on(facts, "2010-09-04")
    assert told(ended) == [("non_conviction", "dismissed_with_prejudice")]
    assert court(ended) == ("disposed", "", "appealable")
    assert person(ended).leading is ChargeClass.NON_CONVICTION
    assert "convicted of" not in words(ended)
    assert [i for i in ids(stands(ended, "homicide").void) if i.startswith("trial")] == [
        "trial-1",
        "trial-2",
        "trial-3",
        "trial-6",
    ]
    assert court(on(facts, "2010-10-05")) == ("disposed", "", "final")


@scenario("recharged-then-deal-binds")
def test_a_conviction_that_an_earlier_promise_barred_is_none() -> None:
    old = case(
        [charge("assault", "complaint")],
        act("complaint", "2005-01-10", "filing complaint"),
        act("notice", "2005-02-17", "filing notice_of_dismissal", {"assault": "nolle_prosequi"}),
        refilings=[refiled("assault", "2015-12-30")],
        name="old-case",
    )
    answer = on(old, "2021-12-31")
    assert told(answer) == [("non_conviction", "nolle_prosequi")]
    assert ends(answer, "assault") == ("final", "2005-02-17")
    assert "refiled on 30 December 2015" in stands(answer, "assault").wording
    new = case(
        [charge("assault", "info", replaces="old-assault", how="refiled")],
        act("info", "2015-12-30", "filing information"),
        act("verdict", "2018-04-26", "verdict guilty", {"assault": "convicted_jury"}),
        act("sentence", "2018-09-25", "sentence imposed", sentence=[part("assault", "prison", years=3)]),
        act("notice", "2018-10-20", "filing notice_of_appeal"),
        act("affirmed", "2019-12-10", "appellate affirmed", case="appeal"),
        act("petition", "2020-01-08", "filing petition_for_review", case="appeal"),
        act("granted", "2020-06-23", "appellate review_granted", case="further"),
        act("reversed", "2021-06-30", "appellate reversed", {"assault": "vacated_discharged"}, case="further"),
        act("mandate", "2021-08-01", "appellate mandate_issued", case="further"),
        appeals=[appeal("ada"), appeal("ada", case="further")],
    )
    assert told(on(new, "2018-04-26")) == [("conviction", "convicted_jury")]
    assert court(on(new, "2018-10-20")) == ("disposed", "", "under_appeal")
    assert court(on(new, "2019-12-10")) == ("disposed", "", "appealable")
    assert court(on(new, "2020-01-08")) == ("disposed", "", "under_further_review")
    assert court(on(new, "2020-06-23")) == ("disposed", "", "under_further_review")
    vacated = on(new, "2021-06-30")
    assert told(vacated) == [("non_conviction", "vacated_discharged")]
    assert court(vacated) == ("disposed", "", "appealable")
    assert person(vacated).leading is ChargeClass.NON_CONVICTION
    assert "convicted of" not in words(vacated)
    assert ends(on(new, "2021-08-01"), "assault") == ("final", "2021-08-01")


@scenario("vacatur-reversed")
def test_a_vacatur_that_is_itself_reversed_brings_the_conviction_back() -> None:
    facts = case(
        [charge("theft", "indictment")],
        *CONVICTED[:3],
        act("vacatur", "2022-09-19", "ruling other granted", {"theft": "retrial_ordered"}, reverses="verdict"),
        act("state-notice", "2022-09-28", "filing notice_of_appeal"),
        act("nolle", "2022-10-11", "filing notice_of_dismissal", {"theft": "nolle_prosequi"}),
        act("reversal", "2023-03-28", "appellate reversed_and_remanded", case="appeal", reverses="vacatur"),
        act("resentence", "2025-03-06", "sentence modified", sentence=[part("theft", "prison", years=2)]),
        appeals=[appeal("ada")],
    )
    assert court(on(facts, "2020-08-11")) == ("disposed", "", "final")
    vacated = on(facts, "2022-09-19")
    assert told(vacated) == [("pending", "retrial_ordered")]
    assert court(vacated) == ("reopened", "", "not_disposed")
    dropped = on(facts, "2022-10-11")
    assert told(dropped) == [("non_conviction", "nolle_prosequi")]
    assert court(dropped)[0] == "disposed"

    back = on(facts, "2023-03-28")
    assert told(back) == [("conviction", "convicted_jury")]
    assert ids(stands(back, "theft").void) == ["vacatur", "nolle"]
    assert court(back) == ("reopened", "awaiting_sentence", "not_disposed")
    assert "convicted" in person(back).wording.lower()
    # Void, not deleted: the act keeps its place among the steps.
    assert "nolle" in [s.act.id for s in back.steps]

    done = on(facts, "2025-03-06")
    assert told(done) == [("conviction", "convicted_jury")]
    assert court(done)[:2] == ("disposed", "")
    assert [(p.kind, p.years) for p in stands(done, "theft").sentence] == [(SentenceKind.PRISON, 2)]


def abated() -> CaseFacts:
    """A convicted appellant dies; the court abates the case; a higher court reinstates the conviction."""
    return case(
        [charge("theft", "indictment")],
        *CONVICTED,
        act("death", "2021-04-19", "incident report_published"),
        act("abated", "2021-05-09", "ruling dismiss granted", [outcome("theft", "abated_by_death")]),
        act("reinstated", "2023-03-13", "appellate reversed", case="appeal", reverses="abated"),
        appeals=[appeal("ada")],
    )


@scenario("death-during-appeal")
def test_death_ends_a_case_only_by_order_and_the_order_can_be_reversed() -> None:
    alive, dead = on(abated(), "2021-04-18"), on(abated(), "2021-04-19")
    assert dead.defendants == alive.defendants
    assert court(dead) == ("disposed", "", "under_appeal")
    order = on(abated(), "2021-05-09")
    assert told(order) == [("non_conviction", "abated_by_death")]
    assert court(order)[0] == "disposed"
    assert "acquit" not in words(order)
    again = on(abated(), "2023-03-13")
    assert told(again) == [("conviction", "convicted_jury")]
    assert ids(stands(again, "theft").void) == ["abated"]
    # Plainly reversed, not remanded: the sentence stands as it stood.
    assert stands(again, "theft").sentenced
    assert court(again)[:2] == ("disposed", "")


@scenario("one-codefendant-wins-appeal")
def test_only_the_appellant_gains_by_the_appeal() -> None:
    facts = case(
        [charge("theft", "indictment", against="ada"), charge("theft-ben", "indictment", against="ben")],
        act("indictment", "2020-01-10", "filing indictment"),
        act("verdict", "2020-06-10", "verdict guilty", {"theft": "convicted_jury", "theft-ben": "convicted_jury"}),
        act("sentence", "2020-07-10", "sentence imposed"),
        act("notice", "2020-08-01", "filing notice_of_appeal", of=["ada"]),
        act("reversed", "2021-03-01", "appellate reversed_and_remanded", case="appeal"),
        act("plain", "2021-04-01", "appellate vacated", {"theft-ben": "vacated_discharged"}, case="appeal"),
        appeals=[appeal("ada")],
    )
    during = on(facts, "2020-08-01")
    assert ends(during, "theft")[0] == "under_appeal"
    assert ends(during, "theft-ben")[0] == "appealable"
    split = on(facts, "2021-03-01")
    assert told(split, "theft", "theft-ben") == [("pending", "remanded"), ("conviction", "convicted_jury")]
    assert ends(split, "theft-ben") == ("final", "2020-08-11")
    assert ends(split, "theft")[0] == "not_disposed"
    assert court(split) == ("reopened", "", "not_disposed")
    assert "convicted" in person(split, "ben").wording.lower()
    assert "pending" in person(split, "ada").wording.lower()
    # What an appellate court says of one who is no party to the appeal is no outcome for him.
    assert person(on(facts, "2021-04-01"), "ben") == person(split, "ben")


@scenario("one-codefendant-wins-appeal")
def test_an_outcome_for_one_who_is_no_party_does_not_even_open_his_charge() -> None:
    """Out of order in the record: a sentence dated before the charge it names was brought."""
    docket = [
        act("indictment", "2020-01-10", "filing indictment"),
        act("sentence", "2020-02-10", "sentence imposed", sentence=[part("fraud-ben", "prison", years=1)]),
        act("added", "2020-03-10", "filing amended_charge"),
    ]
    charges = [charge("theft", "indictment"), charge("fraud-ben", "added", against="ben")]
    stray = act("stray", "2020-01-20", "appellate affirmed", {"fraud-ben": "merged"}, case="appeal")
    plain = on(case(charges, *docket, appeals=[appeal("ada")]), "2020-04-01")
    answer = on(case(charges, *docket, stray, appeals=[appeal("ada")]), "2020-04-01")
    assert person(answer, "ben") == person(plain, "ben")


def forgiven(kind: str) -> CaseFacts:
    """A plea, clemency before the sentence, and the dismissal that follows from it."""
    return case(
        [charge("false-statement", "info")],
        act("info", "2017-11-30", "filing information"),
        act("plea", "2017-12-01", "hearing plea_hearing", {"false-statement": "convicted_guilty_plea"}),
        act("clemency", "2020-11-25", f"clemency_or_relief {kind}"),
        act(
            "moot",
            "2020-12-08",
            "ruling dismiss granted",
            {"false-statement": "dismissed_moot_clemency"},
            entered="2020-12-08",
        ),
    )


@scenario("pardon-before-sentence")
def test_a_pardon_before_sentence_is_told_as_plea_pardon_and_dismissal() -> None:
    facts = forgiven("pardon")
    pardoned = on(facts, "2020-11-25")
    assert told(pardoned) == [("conviction", "convicted_guilty_plea")]
    assert ids(stands(pardoned, "false-statement").overlays) == ["clemency"]
    assert "pardon" in stands(pardoned, "false-statement").wording.lower()
    answer = on(facts, "2020-12-08")
    assert told(answer) == [("non_conviction", "dismissed_moot_clemency")]
    assert ids(stands(answer, "false-statement").overlays) == ["clemency"]
    assert answer.status.value == "disposed"
    for said in (stands(answer, "false-statement").wording.lower(), person(answer).wording.lower()):
        for word in ("guilty plea", "pardon", "moot"):
            assert word in said
        assert "acquit" not in said
    assert court(on(facts, "2021-01-08")) == ("disposed", "", "final")


@scenario("mass-clemency")
def test_clemency_lies_over_the_conviction_person_by_person() -> None:
    facts = case(
        [charge(f"riot-{who}", "indictment", against=who) for who in ("ada", "ben", "cleo")],
        act("indictment", "2021-02-10", "filing indictment"),
        act(
            "verdict",
            "2022-06-10",
            "verdict guilty",
            {"riot-ada": "convicted_jury", "riot-ben": "convicted_jury", "riot-cleo": "convicted_jury"},
        ),
        act("sentence", "2022-09-10", "sentence imposed"),
        act("pardon", "2025-01-20", "clemency_or_relief pardon", of=["ada"]),
        act("commutation", "2025-01-20", "clemency_or_relief commutation", of=["ben"]),
    )
    before, answer = on(facts, "2025-01-19"), on(facts, "2025-01-20")
    assert told(answer) == told(before) == [("conviction", "convicted_jury")] * 3
    assert [ids(stands(answer, f"riot-{who}").overlays) for who in ("ada", "ben", "cleo")] == [
        ["pardon"],
        ["commutation"],
        [],
    ]
    assert court(answer) == court(before) == ("disposed", "", "final")
    assert person(answer, "cleo") == person(before, "cleo")
    assert "pardon" in person(answer, "ada").wording.lower()
    assert "pardon" not in person(answer, "ben").wording.lower()
    assert "commut" in person(answer, "ben").wording.lower()
    assert "convicted" in person(answer, "ada").wording.lower()

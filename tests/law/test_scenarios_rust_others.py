"""The scenarios of the Rust matter's other dockets: the armorer and the first assistant director."""

from cases.law.facts import CaseFacts
from cases.law.status import defendant_status
from cases.law.vocabulary import SentenceKind
from tests.law.world import act, case, charge, court, ends, ids, on, part, person, scenario, stands, told, when, words


def armorer() -> CaseFacts:
    """The armorer's case up to the later denial of a new trial."""
    return case(
        [
            charge("manslaughter", "information", count=1),
            charge("firearm", "information", enhances="manslaughter"),
            charge("tampering", "added", count=2),
        ],
        act("information", "2023-01-31", "filing information"),
        act("amended", "2023-02-20", "filing amended_charge", {"firearm": "enhancement_removed"}),
        act("added", "2023-06-22", "filing amended_charge"),
        act("motion-denied", "2023-08-01", "ruling dismiss denied"),
        act(
            "verdict", "2024-03-06", "verdict mixed", {"manslaughter": "convicted_jury", "tampering": "acquitted_jury"}
        ),
        act("new-trial-denied", "2024-03-29", "ruling new_trial denied"),
        act("sentence", "2024-04-15", "sentence imposed", sentence=[part("manslaughter", "prison", months=18)]),
        act("notice", "2024-05", "filing notice_of_appeal"),
        act("denied-again", "2024-09-30", "ruling new_trial denied"),
    )


@scenario("rust-armorer")
def test_a_mixed_verdict_is_told_count_by_count() -> None:
    answer = on(armorer(), "2024-03-10")
    assert told(answer, "manslaughter", "tampering", "firearm") == [
        ("conviction", "convicted_jury"),
        ("non_conviction", "acquitted_jury"),
        ("replaced", "enhancement_removed"),
    ]
    assert ids(stands(answer, "tampering").because) == ["added", "verdict"]
    assert court(answer) == ("open_active", "awaiting_sentence", "not_disposed")
    assert ends(answer, "manslaughter")[0] == "not_disposed"
    assert ends(answer, "tampering") == ("final", "2024-03-06")
    assert "convicted of 1 of 2 counts, acquitted of 1" in person(answer).wording.lower()
    assert not stands(answer, "manslaughter").sentenced

    answer = on(armorer(), "2024-04-15")
    assert court(answer) == ("disposed", "", "appealable")
    assert stands(answer, "manslaughter").sentenced
    assert [(p.kind, p.months) for p in stands(answer, "manslaughter").sentence] == [(SentenceKind.PRISON, 18)]
    assert stands(answer, "tampering").sentence == ()
    assert answer.finality.deadline is not None
    assert answer.finality.deadline.on.isoformat() == "2024-05-15"
    assert [s.status.value for s in answer.steps if s.act.id in ("verdict", "sentence")] == ["open_active", "disposed"]


@scenario("rust-new-trial-denied")
def test_a_denied_new_trial_is_no_denied_appeal() -> None:
    # Known to the month: it counts from the first day, and is named for the reader's caution.
    answer = on(armorer(), "2024-05-30")
    assert told(answer, "manslaughter") == [("conviction", "convicted_jury")]
    assert ends(answer, "manslaughter")[0] == "under_appeal"
    assert ends(answer, "tampering") == ("final", "2024-03-06")
    assert court(answer) == ("disposed", "", "under_appeal")
    assert ids(answer.imprecise) == ["notice"]
    later = on(armorer(), "2024-10-01")
    assert told(later, "manslaughter") == [("conviction", "convicted_jury")]
    assert court(later) == ("disposed", "", "under_appeal")
    assert later.imprecise == ()
    for said in (words(answer), words(later)):
        assert "appeal denied" not in said
        assert "appeal was denied" not in said


@scenario("rust-first-assistant")
def test_no_contest_is_told_as_such_and_a_suspended_term_as_suspended() -> None:
    facts = case(
        [charge("negligent-use", "complaint", count=1)],
        act("complaint", "2023-01-31", "filing complaint"),
        act("plea", "2023-03-31", "hearing plea_hearing", {"negligent-use": "convicted_no_contest"}),
        act(
            "sentence",
            "2023-03-31",
            "sentence imposed",
            sentence=[
                part("negligent-use", "custody", months=6, all_suspended=True),
                part("negligent-use", "probation_unsupervised", months=6),
                part("negligent-use", "fine", amount="500", currency="USD"),
            ],
        ),
    )
    answer = on(facts, "2023-03-31")
    assert told(answer) == [("conviction", "convicted_no_contest")]
    assert court(answer) == ("disposed", "", "appealable")
    answer = on(facts, "2023-05-02")  # the thirtieth day, 30 April, is a Sunday
    assert ends(answer, "negligent-use") == ("final", "2023-05-02")
    assert court(answer) == ("disposed", "", "final")
    said = stands(answer, "negligent-use")
    assert said.wording.startswith("Convicted on a no contest plea")
    assert "convicted on a no contest plea" in person(answer).wording.lower()
    assert "guilty" not in words(answer)
    (term,) = [p for p in said.sentence if p.kind is SentenceKind.CUSTODY]
    assert (term.months, term.all_suspended) == (6, True)
    assert "suspended" in said.wording.lower()


@scenario("rust-first-assistant")
def test_a_defendant_who_is_not_of_the_case_has_no_answer() -> None:
    assert defendant_status(armorer(), "nobody", as_of=when("2024-10-01").earliest) is None

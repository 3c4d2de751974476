"""The words: generated, outcome first, and never a word more than the acts say."""

from dataclasses import replace
from datetime import date

import pytest

from cases.law.facts import CaseFacts, Override
from cases.law.status import may_dispose
from cases.law.vocabulary import KINDS, By, CaseKind, CaseStatus, Category, Decision, Reason
from tests.law.world import TERMS, act, appeal, case, charge, court, on, outcome, part, person, stands, words


def ended(term: str, what: str = "ruling dismiss granted", **said: object) -> CaseFacts:
    """One charge, brought and ended by one act."""
    return case(
        [charge("theft", "info", count=1)],
        act("info", "2024-01-10", "filing information"),
        act("end", "2024-07-12", what, [outcome("theft", term, **said)], entered="2024-07-12"),
    )


@pytest.mark.parametrize(
    ("term", "what", "start"),
    [
        ("acquitted_jury", "verdict not_guilty", "Acquitted"),
        ("acquitted_bench", "verdict not_guilty", "Acquitted"),
        ("judgment_of_acquittal", "ruling acquittal granted", "Acquitted"),
        ("not_guilty_insanity", "verdict not_guilty_insanity", "Not guilty"),
        ("dismissed_with_prejudice", "ruling dismiss granted", "Dismissed with prejudice"),
        ("dismissed_without_prejudice", "ruling dismiss granted", "Dismissed without prejudice"),
        ("dismissed_unspecified", "judgment dismissal", "Dismissed"),
        ("convicted_guilty_plea", "hearing plea_hearing", "Convicted on a guilty plea"),
        ("convicted_no_contest", "hearing plea_hearing", "Convicted on a no contest plea"),
        ("convicted_jury", "verdict guilty", "Convicted by a jury"),
    ],
)
def test_the_outcome_leads_both_for_the_charge_and_for_the_person(term: str, what: str, start: str) -> None:
    answer = on(ended(term, what), "2024-07-12")
    assert stands(answer, "theft").wording.startswith(start)
    assert person(answer).wording.startswith(start)
    assert "12 July 2024" in stands(answer, "theft").wording


@pytest.mark.parametrize("term", [slug for slug, t in TERMS.items() if t.cls.value not in ("conviction", "unknown")])
def test_nothing_short_of_a_conviction_is_called_one(term: str) -> None:
    said = words(on(ended(term), "2024-07-12"))
    assert "convicted" not in said
    for word in ("cleared", "innocent", "exonerat", "got off", "let off"):
        assert word not in said


@pytest.mark.parametrize("term", ["convicted_no_contest", "convicted_alford"])
def test_a_plea_without_admission_is_never_pleaded_guilty(term: str) -> None:
    said = words(on(ended(term, "hearing plea_hearing"), "2024-07-12"))
    assert "pleaded guilty" not in said
    assert "guilty plea" not in said


@pytest.mark.parametrize(
    ("term", "lead"), [("convicted_untold", "Convicted"), ("convicted_plea_untold", "Pleaded guilty")]
)
def test_a_source_that_tells_of_no_sentence_does_not_say_that_one_is_awaited(term: str, lead: str) -> None:
    answer = on(ended(term, "judgment conviction_entered"), "2024-07-12")
    assert stands(answer, "theft").wording == f"{lead} on 12 July 2024. The sources tell of no sentence."
    assert person(answer).wording == f"{lead}."
    assert court(answer) == ("disposed", "", "unknown")
    told = ended(term, "judgment conviction_entered")
    sentence = act(
        "sentence", "2024-08-01", "sentence imposed", sentence=[part("theft", "fine", amount="5", currency="USD")]
    )
    told = replace(told, acts=(*told.acts, sentence))
    assert "Sentenced on 1 August 2024" in stands(on(told, "2024-08-01"), "theft").wording


def test_a_charge_of_which_nothing_more_is_told_is_not_called_pending() -> None:
    brought = act("info", "2024-01-10", "filing charges_filed", [outcome("theft", "charged_untold")])
    answer = on(case([charge("theft", "info", count=1)], brought), "2025-01-10")
    assert stands(answer, "theft").wording == (
        "Charged on 10 January 2024; the sources do not say what became of the charge."
    )
    assert (person(answer).wording, court(answer)) == ("Charged, outcome not known.", ("unknown", "", "unknown"))


def test_a_conviction_overturned_leads_and_what_followed_is_left_open() -> None:
    facts = ended("convicted_untold", "judgment conviction_entered")
    undone = act("undone", "2025-01-10", "appellate vacated", [outcome("theft", "conviction_overturned")])
    answer = on(replace(facts, acts=(*facts.acts, undone)), "2025-01-10")
    assert stands(answer, "theft").wording == (
        "Conviction overturned on 10 January 2025; the sources do not say what then became of the charge."
    )
    assert (person(answer).wording, court(answer)) == ("Conviction overturned.", ("unknown", "", "unknown"))


def test_a_pardon_before_any_conviction_makes_none() -> None:
    facts = case(
        [charge("riot", "info")],
        act("info", "2024-01-10", "filing information"),
        act("pardon", "2025-01-20", "clemency_or_relief pardon"),
        act("moot", "2025-01-22", "ruling dismiss granted", {"riot": "dismissed_moot_clemency"}),
    )
    answer = on(facts, "2025-01-22")
    assert "convict" not in words(answer)
    assert "guilty" not in words(answer)
    assert "moot" in person(answer).wording.lower()


def test_a_conviction_reversed_for_retrial_is_told_as_pending() -> None:
    facts = case(
        [charge("theft", "info")],
        act("info", "2024-01-10", "filing information"),
        act("verdict", "2024-03-10", "verdict guilty", {"theft": "convicted_jury"}),
        act("sentence", "2024-04-10", "sentence imposed"),
        act("reversed", "2025-03-10", "appellate reversed_and_remanded", case="appeal"),
        appeals=[appeal("ada")],
    )
    answer = on(facts, "2025-03-10")
    assert "pending" in person(answer).wording.lower()
    assert "convicted" not in words(answer)


def test_who_dismissed_it_and_why_is_said() -> None:
    facts = ended("dismissed_without_prejudice", by=By.COURT_ON_PROSECUTION_MOTION, reason=Reason.WITNESS_UNAVAILABLE)
    said = stands(on(facts, "2024-07-12"), "theft").wording
    assert "by the court on the prosecution's motion" in said
    assert "because a witness was unavailable" in said
    assert "could be refiled" in said


def test_an_estimate_is_called_one_and_names_its_rule() -> None:
    said = stands(on(ended("dismissed_with_prejudice"), "2024-07-20"), "theft").wording
    assert "Not yet final" in said
    assert "12 August 2024" in said
    assert "estimate" in said
    assert "Rule 12 of the appeal rules" in said


def test_the_day_of_an_announcement_is_not_told_as_the_day_of_approval() -> None:
    facts = case(
        [charge("wrongful-death", "complaint")],
        act("complaint", "2022-02-15", "filing complaint"),
        act("agreed", "2022-10-05", "filing settlement_agreement", {"wrongful-death": "settlement_pending_approval"}),
        kind="civil",
    )
    said = stands(on(facts, "2022-10-05"), "wrongful-death").wording
    assert "5 October 2022" in said
    assert "approval on 5 October 2022" not in said


def test_mixed_outcomes_are_listed_and_never_collapsed() -> None:
    facts = case(
        [charge(name, "info", count=n) for n, name in enumerate(("one", "two", "three", "four"), 1)],
        act("info", "2024-01-10", "filing information"),
        act(
            "verdict",
            "2024-03-10",
            "verdict mixed",
            {"one": "convicted_jury", "two": "convicted_jury", "three": "acquitted_jury"},
        ),
        act("order", "2024-03-11", "ruling dismiss granted", {"four": "dismissed_with_prejudice"}),
        act("sentence", "2024-04-10", "sentence imposed", sentence=[part("one", "fine", amount="500", currency="USD")]),
    )
    open_counts = person(on(facts, "2024-03-10")).wording.lower()
    for phrase in ("pending", "convicted of 2 of 4 counts", "acquitted of 1"):
        assert phrase in open_counts
    answer = on(facts, "2024-04-10")
    said = person(answer).wording.lower()
    for phrase in ("convicted of 2 of 4 counts", "acquitted of 1", "dismissed with prejudice"):
        assert phrase in said
    # The sentence names one of the two convictions: the other still waits for its own.
    assert court(answer) == ("open_active", "awaiting_sentence", "not_disposed")


def test_an_override_shows_as_one_with_its_reason() -> None:
    facts = replace(
        ended("dismissed_with_prejudice"),
        override=Override(CaseStatus.CONSOLIDATED, "Joined with another docket by order."),
    )
    answer = on(facts, "2024-07-20")
    assert answer.status is CaseStatus.CONSOLIDATED
    assert answer.overridden == "Joined with another docket by order."
    assert "Joined with another docket by order." in answer.wording
    # Nobody's charge is overridden by it.
    assert stands(answer, "theft").term == "dismissed_with_prejudice"


DISPOSING = {
    Category.FILING: {
        "charges_filed",
        "complaint",
        "information",
        "indictment",
        "amended_charge",
        "notice_of_removal",
        "notice_of_dismissal",
        "settlement_agreement",
    },
}


@pytest.mark.parametrize("category", list(Category))
def test_only_acts_that_decide_may_give_outcomes(category: Category) -> None:
    always = {
        Category.HEARING,
        Category.VERDICT,
        Category.JUDGMENT,
        Category.SENTENCE,
        Category.APPELLATE,
        Category.CLEMENCY_OR_RELIEF,
    }
    for kind in KINDS[category]:
        if category is Category.RULING:
            given = {d.value for d in Decision if may_dispose(category, kind, d)}
            assert given == {"granted", "granted_in_part"}
            assert may_dispose(category, kind, "")
        else:
            expected = category in always or kind in DISPOSING.get(category, set())
            assert may_dispose(category, kind, "") is expected


def test_an_override_holds_from_its_day_on_and_says_nothing_of_earlier_days() -> None:
    open_case = case([charge("theft", "info")], act("info", "2023-01-10", "filing information"))
    closed = Override(CaseStatus.CLOSED_ADMINISTRATIVELY, "The docket was closed.", date(2025, 5, 1))
    facts = replace(open_case, override=closed)
    assert [on(facts, day).status.value for day in ("2025-04-30", "2025-05-01")] == [
        "open_active",
        "closed_administratively",
    ]
    assert on(facts, "2025-04-30").overridden == ""


@pytest.mark.parametrize(
    ("kind", "said", "charge_said"),
    [
        (CaseKind.CRIMINAL, "Charged, outcome not known.", "Charged on 10 January 2025; outcome not known."),
        (CaseKind.CIVIL, "Claims brought, outcome not known.", "Claim filed on 10 January 2025; outcome not known."),
    ],
)
def test_nothing_is_pending_where_an_editor_says_that_nobody_knows(kind: CaseKind, said: str, charge_said: str) -> None:
    known = replace(case([charge("theft", "info")], act("info", "2025-01-10", "filing complaint")), kind=kind)
    answer = on(replace(known, override=Override(CaseStatus.UNKNOWN, "Its state is not established.")), "2026-01-01")
    assert (person(answer).wording, stands(answer, "theft").wording) == (said, charge_said)
    assert "pending" in person(on(known, "2026-01-01")).wording

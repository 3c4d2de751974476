"""The scenarios of charges that others took the place of: into which they went, and in which words that is told."""

import pytest

from tests.law.world import act, case, charge, court, on, outcome, person, scenario, stands, told


@scenario("superseding-indictment")
def test_several_charges_are_merged_into_one() -> None:
    """The first is followed by the new charge; the others get the outcome “merged” from the act that brings it."""
    facts = case(
        [
            charge("fraud", "first", count=1),
            charge("forgery", "first", count=2),
            charge("lying", "first"),
            charge("scheme", "second", count=1, replaces="fraud", how="merged"),
            charge("arson", "second"),
        ],
        act("first", "2023-03-01", "filing indictment"),
        act(
            "second",
            "2023-06-01",
            "filing indictment",
            [outcome("forgery", "merged", into="scheme"), outcome("lying", "merged", into="arson")],
        ),
    )
    before = on(facts, "2023-05-31")
    assert told(before, "fraud", "forgery", "lying") == [("pending", "filed")] * 3
    answer = on(facts, "2023-06-01")
    assert told(answer, "fraud", "forgery", "lying", "scheme", "arson") == [
        *[("replaced", "merged")] * 3, ("pending", "filed"), ("pending", "filed"),
    ]  # fmt: skip
    scheme = "Merged with another charge on 1 June 2023; it goes on as count 1 (Scheme)."
    assert [stands(answer, old).wording for old in ("fraud", "forgery", "lying")] == [
        scheme, scheme, "Merged with another charge on 1 June 2023; it goes on as “Arson”.",
    ]  # fmt: skip
    assert person(answer).wording == "Charges pending."
    assert court(answer) == ("open_active", "", "not_disposed")


@scenario("superseding-indictment")
@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("superseded", "Superseded on 1 June 2023; its place was taken by count 1 (Fraud 2) and count 2 (Perjury)."),
        ("amended", "Amended on 1 June 2023; it goes on as count 1 (Fraud 2) and count 2 (Perjury)."),
    ],
)
def test_what_took_the_place_of_a_charge_is_named(how: str, words: str) -> None:
    facts = case(
        [
            charge("fraud", "first", count=1),
            charge("fraud-2", "second", count=1, replaces="fraud", how=how),
            charge("perjury", "second", count=2, replaces="fraud", how=how),
        ],
        act("first", "2023-03-01", "filing indictment"),
        act("second", "2023-06-01", "filing indictment"),
    )
    assert stands(on(facts, "2023-06-01"), "fraud").wording == words

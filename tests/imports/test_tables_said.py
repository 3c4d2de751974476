"""What is said of columns at the desk is the TOML that the command takes; and a mapping in TOML can be said again."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.reading.mapping import SHIPPED, from_toml
from imports.tables.answers import Answers, is_plain, laid_out, taken_apart
from imports.tables.toml import written

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
WORDS = st.dictionaries(TEXT, TEXT, max_size=3)
TABLE = st.dictionaries(TEXT, st.one_of(TEXT, st.booleans(), st.lists(TEXT, max_size=3), WORDS), max_size=4)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(TEXT, st.one_of(TEXT, st.booleans(), TABLE, st.lists(TABLE, min_size=1, max_size=2)), max_size=4)
)
def test_what_is_written_as_toml_is_read_again(data: dict) -> None:
    assert tomllib.loads(written(data)) == data


def test_what_was_answered_is_what_the_mapping_says() -> None:
    answers = Answers(
        name="county", title="County list", order="last, first", court="District of Alaska", outcome_of="defendant",
        roles={"No.": "number", "First": "first", "Last": "last", "Age": "mark", "What": "charge", "Filed": "brought",
               "How": "outcome", "Ended": "decided", "Years": "term-prison", "Race": "never", "Page": ""},
        ways={"Filed": "us", "Ended": "uk"}, means={"Guilty": "convicted_unspecified"}, columns=("No.", "Last", "Page"),
    )  # fmt: skip
    data = laid_out(answers)
    mapping = from_toml(tomllib.loads(written(data)))
    assert (mapping.party, mapping.key, mapping.number, mapping.court) == (
        "{First} {Last}", "{First} {Last}", "No.", "District of Alaska",
    )  # fmt: skip
    assert (mapping.charge_columns, mapping.terms, mapping.marks) == (("What",), {"Years": "prison"}, {"age": "Age"})
    assert (mapping.brought.column, mapping.brought.way, mapping.outcome_on.way) == ("Filed", "us", "uk")
    assert (mapping.outcomes, mapping.outcome_of) == ({"Guilty": "convicted_unspecified"}, "defendant")
    assert "{" not in str(mapping.columns)
    assert laid_out(taken_apart(data), data) == data


@pytest.mark.parametrize(
    ("name", "plain"), [("casetrack", True), ("trial_and_terror", True), ("russia-investigation", False)]
)
def test_a_mapping_that_the_questions_can_not_say_is_left_to_toml(name: str, plain: bool) -> None:
    data = tomllib.loads((SHIPPED / f"{name}.toml").read_text())
    assert is_plain(data) == plain
    if plain:
        assert from_toml(laid_out(taken_apart(data), data)) == from_toml(data)

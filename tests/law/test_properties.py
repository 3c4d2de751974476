"""What holds of every docket, however it was entered and however absurd it is."""

import re
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from hypothesis import assume, given
from hypothesis import strategies as st

from cases.law.answers import CaseAnswer, ChargeAnswer
from cases.law.facts import Act, CaseFacts
from cases.law.status import case_status, charge_status, defendant_status, finality
from cases.law.vocabulary import CaseStatus, Category, ChargeClass, Decision, Finality, Occurrence
from tests.law.dockets import LATE_DAYS, PEOPLE, acts, dockets, with_acts
from tests.law.world import TERMS, words

Row = TypeVar("Row")
OPEN = {CaseStatus.OPEN_ACTIVE, CaseStatus.OPEN_INACTIVE, CaseStatus.REOPENED}
NO_CONVICTION = tuple(slug for slug, term in TERMS.items() if term.cls is not ChargeClass.CONVICTION)


def all_charges(answer: CaseAnswer) -> list[ChargeAnswer]:
    """Every charge's answer, defendant by defendant."""
    return [c for d in answer.defendants for c in d.charges]


def standing(answer: CaseAnswer) -> tuple[object, ...]:
    """What a reader is told of the case and its charges, without finality and without the steps."""
    charges = [
        (c.charge.id, c.cls, c.term, c.prejudice, c.by, c.reason, c.stayed, c.sentenced) for c in all_charges(answer)
    ]
    people = [(d.defendant.id, d.summary, d.sealed) for d in answer.defendants]
    return answer.status, answer.stage, people, charges


PASSING = (Category.STATEMENT, Category.INCIDENT, Category.CUSTODY)
MOTIONS = acts("more", categories=(Category.FILING,)).map(lambda filing: replace(filing, kind="motion"))


@given(dockets(), LATE_DAYS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_changes_an_answer(facts: CaseFacts, as_of: date, shuffle: Random) -> None:
    def mixed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(shuffle.sample(rows, len(rows)))

    other = replace(
        facts,
        acts=mixed(facts.acts),
        charges=mixed(facts.charges),
        defendants=mixed(facts.defendants),
        appeals=mixed(facts.appeals),
        refilings=mixed(facts.refilings),
    )
    assert case_status(other, as_of=as_of) == case_status(facts, as_of=as_of)


@given(dockets(), LATE_DAYS)
def test_the_record_of_a_day_is_the_record_without_what_came_later(facts: CaseFacts, as_of: date) -> None:
    past = replace(
        facts,
        acts=tuple(a for a in facts.acts if a.on.earliest <= as_of),
        refilings=tuple(r for r in facts.refilings if r.on.earliest <= as_of),
    )
    assert case_status(past, as_of=as_of) == case_status(facts, as_of=as_of)


@given(dockets(), LATE_DAYS, st.integers(1, 200))
def test_an_answer_holds_until_the_day_it_says(facts: CaseFacts, as_of: date, days: int) -> None:
    def stored(day: date) -> tuple[object, ...]:
        answer = case_status(facts, as_of=day)
        charges = [(c.cls, c.term, c.finality and c.finality.value, c.wording) for c in all_charges(answer)]
        return answer.status, answer.finality.value, answer.wording, [d.wording for d in answer.defendants], charges

    until = case_status(facts, as_of=as_of).until
    day = as_of + timedelta(days)
    assume(until is None or until > as_of)
    assert stored(min(day, until or day)) == stored(as_of)


@given(dockets(), LATE_DAYS)
def test_no_docket_raises_and_every_door_gives_the_same_answer(facts: CaseFacts, as_of: date) -> None:
    answer = case_status(facts, as_of=as_of)
    assert answer.as_of == as_of
    assert finality(facts, as_of=as_of) == answer.finality
    for charge in facts.charges:
        assert charge_status(facts, charge.id, as_of=as_of) == answer.charge(charge.id)
    for defendant in answer.defendants:
        assert defendant_status(facts, defendant.defendant.id, as_of=as_of) == defendant
    assert charge_status(facts, "charge-nobody-brought", as_of=as_of) is None


@given(dockets(), LATE_DAYS)
def test_a_charge_has_an_answer_exactly_when_the_act_that_brought_it_counts(facts: CaseFacts, as_of: date) -> None:
    counting = {a.id for a in facts.acts if a.occurrence is Occurrence.HELD and a.on.earliest <= as_of}
    answer = case_status(facts, as_of=as_of)
    assert {s.act.id for s in answer.steps} == counting
    assert {c.charge.id for c in all_charges(answer)} == {c.id for c in facts.charges if c.created_by in counting}


@given(dockets(), LATE_DAYS)
def test_reasons_are_acts_that_counted_in_their_order_each_once(facts: CaseFacts, as_of: date) -> None:
    answer = case_status(facts, as_of=as_of)
    order = [s.act.id for s in answer.steps]
    told = [answer.because, *(d.because for d in answer.defendants), *(c.because for c in all_charges(answer))]
    for because in told:
        places = [order.index(a.id) for a in because]
        assert places == sorted(set(places))
    for charge in all_charges(answer):
        assert charge.charge.created_by in [a.id for a in charge.because]
        # The act that brought a charge did so even where the outcome it gave with it fell later.
        assert {a.id for a in charge.void} & {a.id for a in charge.because} <= {charge.charge.created_by}


@given(dockets(), LATE_DAYS, acts("more"), st.sampled_from([o for o in Occurrence if o is not Occurrence.HELD]))
def test_what_was_not_held_changes_nothing(facts: CaseFacts, as_of: date, more: Act, occurrence: Occurrence) -> None:
    planned = replace(more, occurrence=occurrence)
    assert case_status(with_acts(facts, planned), as_of=as_of) == case_status(facts, as_of=as_of)


@given(dockets(), LATE_DAYS, acts("more", categories=PASSING) | MOTIONS)
def test_motions_and_statements_change_no_status(facts: CaseFacts, as_of: date, more: Act) -> None:
    assert standing(case_status(with_acts(facts, more), as_of=as_of)) == standing(case_status(facts, as_of=as_of))


@given(
    dockets(),
    LATE_DAYS,
    acts("more", categories=(Category.RULING,)),
    st.sampled_from([d for d in Decision if d not in (Decision.GRANTED, Decision.GRANTED_IN_PART)]),
)
def test_a_ruling_that_grants_nothing_changes_no_status(
    facts: CaseFacts, as_of: date, more: Act, decision: Decision
) -> None:
    refused = replace(more, decision=decision, reverses=None)
    assert standing(case_status(with_acts(facts, refused), as_of=as_of)) == standing(case_status(facts, as_of=as_of))


@given(dockets(), LATE_DAYS, acts("more", categories=(Category.APPELLATE,), cases=("appeal", "interlocutory")))
def test_who_is_no_party_to_an_appeal_is_never_changed_by_it(facts: CaseFacts, as_of: date, more: Act) -> None:
    (appeal,) = [a for a in facts.appeals if a.case == more.case]
    more = replace(more, sequence=None)  # a sequence tells something of the other acts' order, too
    before, after = case_status(facts, as_of=as_of), case_status(with_acts(facts, more), as_of=as_of)
    for old, new in zip(before.defendants, after.defendants, strict=True):
        if old.defendant.id not in appeal.parties:
            assert new == old


@given(dockets(terms=NO_CONVICTION), LATE_DAYS)
def test_nobody_is_called_convicted_where_no_act_convicted(facts: CaseFacts, as_of: date) -> None:
    assert "convicted" not in words(case_status(facts, as_of=as_of))


@given(dockets(), LATE_DAYS)
def test_nobody_is_called_cleared_or_innocent(facts: CaseFacts, as_of: date) -> None:
    said = words(case_status(facts, as_of=as_of))
    for word in ("cleared", "innocent"):
        assert word not in said


@given(dockets(), LATE_DAYS)
def test_replaced_charges_and_enhancements_are_never_counted(facts: CaseFacts, as_of: date) -> None:
    answer = case_status(facts, as_of=as_of)
    for defendant in answer.defendants:
        live = [c for c in defendant.charges if c.charge.enhances is None and c.cls is not ChargeClass.REPLACED]
        convicted = sum(c.cls is ChargeClass.CONVICTION for c in live)
        for count, total in re.findall(r"onvicted of (\d+) of (\d+) counts?", defendant.wording):
            assert (int(count), int(total)) == (convicted, len(live))
        acquitted = [c for c in live if c.term in ("acquitted_jury", "acquitted_bench", "judgment_of_acquittal")]
        for count in re.findall(r"cquitted of (\d+)", defendant.wording):
            assert int(count) == len(acquitted)
        for count in re.findall(r"\((?:all )(\d+) counts\)", defendant.wording):
            assert int(count) == len(live)
        if not live:
            assert defendant.leading is ChargeClass.UNKNOWN
        if not convicted:
            assert defendant.leading is not ChargeClass.CONVICTION


@given(dockets(), LATE_DAYS)
def test_a_case_is_disposed_only_when_no_count_is_open(facts: CaseFacts, as_of: date) -> None:
    answer = case_status(facts, as_of=as_of)
    live = [c for c in all_charges(answer) if c.charge.enhances is None and c.cls is not ChargeClass.REPLACED]
    waiting = [
        c
        for c in live
        if (c.cls in (ChargeClass.PENDING, ChargeClass.PRE_CHARGE, ChargeClass.PROVISIONAL) and c.term != "declined")
        or c.term == "settlement_pending_approval"
        or (c.cls is ChargeClass.CONVICTION and not c.sentenced)
    ]
    if waiting:
        assert answer.status is not CaseStatus.DISPOSED
    if live and not waiting:
        assert answer.status not in OPEN
    if any(c.order_uncertain for c in live) and answer.status is not CaseStatus.SEALED:
        assert answer.status is CaseStatus.UNKNOWN


@given(dockets(), LATE_DAYS)
def test_finality_fits_the_class_of_each_charge(facts: CaseFacts, as_of: date) -> None:
    for charge in all_charges(case_status(facts, as_of=as_of)):
        value = charge.finality.value if charge.finality else None
        if charge.cls is ChargeClass.REPLACED:
            assert value is None
        if charge.charge.enhances is None:
            if charge.cls is ChargeClass.PENDING:
                assert value is Finality.NOT_DISPOSED
            if charge.order_uncertain:
                assert (charge.cls, charge.term, value) == (ChargeClass.UNKNOWN, "order_uncertain", Finality.UNKNOWN)


@given(dockets(), LATE_DAYS)
def test_what_is_sealed_says_nothing_of_the_charge(facts: CaseFacts, as_of: date) -> None:
    for defendant in case_status(facts, as_of=as_of).defendants:
        if defendant.sealed:
            said = " ".join([defendant.wording, defendant.summary, *(c.wording for c in defendant.charges)]).lower()
            for word in ("convict", "acquit", "dismiss", "guilty", "plea"):
                assert word not in said


@given(dockets(), LATE_DAYS, st.sampled_from(PEOPLE))
def test_what_others_are_charged_with_adds_nothing_to_a_person(facts: CaseFacts, as_of: date, who: str) -> None:
    """Charges against others, taken out with their outcomes, leave this person's charges as they were."""
    mine = {c.id for c in facts.charges if c.defendant == who}
    assume(not any(c.id not in mine and mine & {c.replaces, c.enhances} for c in facts.charges))
    alone = replace(
        facts,
        charges=tuple(c for c in facts.charges if c.id in mine),
        acts=tuple(
            # An act that named outcomes still names one, so that it does not fall back on its default.
            replace(
                a,
                outcomes=tuple(o for o in a.outcomes if o.charge in mine) or a.outcomes[:1],
                sentence=tuple(p for p in a.sentence if p.charge in mine) or a.sentence[:1],
            )
            for a in facts.acts
        ),
    )
    whole, part = case_status(facts, as_of=as_of), case_status(alone, as_of=as_of)
    for charge in mine:
        one, other = whole.charge(charge), part.charge(charge)
        assert (one and (one.cls, one.term, one.wording)) == (other and (other.cls, other.term, other.wording))

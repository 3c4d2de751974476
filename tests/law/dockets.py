"""Hypothesis strategies for any docket at all: the sensible, the contradictory and the absurd."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from cases.law.dates import PartialDate
from cases.law.facts import (
    Act,
    Appeal,
    AppealPeriod,
    CaseFacts,
    Charge,
    Defendant,
    Outcome,
    Refiling,
    SentencePart,
)
from cases.law.vocabulary import (
    KINDS,
    MOTION_KINDS,
    By,
    CaseKind,
    Category,
    Decision,
    Jeopardy,
    Occurrence,
    Precision,
    Prejudice,
    Qualifier,
    Reason,
    ReplacesHow,
    SentenceKind,
    Timeliness,
)
from tests.law.world import NAMES, PERIOD, TERMS

FIRST_DAY = date(2024, 1, 1)
ACT_IDS = tuple(f"act-{n}" for n in range(8))
CHARGE_IDS = tuple(f"charge-{n}" for n in range(5))
PEOPLE = tuple(NAMES)
TITLES = ("Theft", "Fraud", "Arson", "Perjury", "Bribery")
DECIDING = (
    Category.FILING,
    Category.RULING,
    Category.VERDICT,
    Category.JUDGMENT,
    Category.SENTENCE,
    Category.APPELLATE,
    Category.APPELLATE,
    Category.CLEMENCY_OR_RELIEF,
)
# Few days, so that acts often share one: the order is where the rules are tested.
DAYS = st.integers(0, 40).map(lambda n: FIRST_DAY + timedelta(n))
LATE_DAYS = st.integers(-2, 120).map(lambda n: FIRST_DAY + timedelta(n))


@st.composite
def dates(draw: st.DrawFn) -> PartialDate:
    """A date known to the day mostly, and now and then to the month, the year or not at all."""
    precision = draw(st.sampled_from([Precision.DAY] * 5 + [Precision.MONTH, Precision.YEAR, Precision.UNKNOWN]))
    if precision is Precision.UNKNOWN:
        return PartialDate(None, precision)
    day = draw(DAYS)
    if precision is Precision.DAY:
        until = draw(st.none() | st.none() | st.just(day + timedelta(3)))
        return PartialDate(day, precision, draw(st.sampled_from(list(Qualifier))), until)
    return PartialDate(day.replace(day=1) if precision is Precision.MONTH else date(day.year, 1, 1), precision)


def outcomes(terms: tuple[str, ...] = tuple(TERMS)) -> st.SearchStrategy[Outcome]:
    """Any outcome on any charge, one that does not exist among them."""
    return st.builds(
        Outcome,
        st.sampled_from((*CHARGE_IDS, "charge-nobody-brought")),
        st.sampled_from([TERMS[slug] for slug in terms]),
        prejudice=st.sampled_from(list(Prejudice)),
        by=st.sampled_from(list(By)),
        reason=st.sampled_from(list(Reason)),
        jeopardy=st.sampled_from(list(Jeopardy)),
    )


PARTS = st.builds(
    SentencePart,
    st.sampled_from((*CHARGE_IDS, "charge-nobody-brought")),
    st.sampled_from(list(SentenceKind)),
    months=st.none() | st.integers(0, 20),
    all_suspended=st.booleans(),
)


@st.composite
def acts(
    draw: st.DrawFn,
    name: str,
    *,
    categories: tuple[Category, ...] = (*Category, *DECIDING, *DECIDING),
    cases: tuple[str, ...] = ("trial", "trial", "appeal", "interlocutory", "another"),
    terms: tuple[str, ...] = tuple(TERMS),
) -> Act:
    """Any act that the vocabulary allows, with any outcomes, reversing any act or none."""
    category = draw(st.sampled_from(categories))
    deciding = [Decision.GRANTED] * 3 + list(Decision)
    return Act(
        id=name,
        on=draw(dates()),
        category=category,
        kind=draw(st.sampled_from(KINDS[category])),
        case=draw(st.sampled_from(cases)),
        title=draw(st.sampled_from(("", "An act", name))),
        sequence=draw(st.none() | st.none() | st.integers(0, 3)),
        occurrence=draw(st.sampled_from([Occurrence.HELD] * 5 + list(Occurrence))),
        decision=draw(st.none() | st.sampled_from(deciding)) if category is Category.RULING else None,
        motion=draw(st.sampled_from(MOTION_KINDS)) if category is Category.FILING else "",
        timeliness=draw(st.sampled_from(list(Timeliness))),
        entered_on=draw(st.none() | dates()),
        reverses=draw(st.none() | st.none() | st.sampled_from((*ACT_IDS, "act-nobody-entered"))),
        defendants=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(PEOPLE), max_size=2)),
        outcomes=tuple(draw(st.lists(outcomes(terms), max_size=3))),
        sentence=tuple(draw(st.lists(PARTS, max_size=2))) if category is Category.SENTENCE else (),
    )


@st.composite
def charges(draw: st.DrawFn, name: str) -> Charge:
    """Any charge: most are brought by the first acts; some replace or enhance others, or themselves."""
    others = st.none() | st.none() | st.sampled_from((*CHARGE_IDS, "charge-nobody-brought"))
    replaces = draw(others)
    how = draw(st.sampled_from([how for how in ReplacesHow if how])) if replaces else ReplacesHow.NOT_APPLICABLE
    return Charge(
        id=name,
        defendant=draw(st.sampled_from(PEOPLE)),
        title=draw(st.sampled_from(TITLES)),
        created_by=draw(st.sampled_from(("act-0", "act-0", "act-1", *ACT_IDS, "act-nobody-entered"))),
        count=draw(st.none() | st.integers(1, 3)),
        enhances=draw(st.none() | others),
        replaces=replaces,
        replaces_how=how,
    )


@st.composite
def dockets(draw: st.DrawFn, *, terms: tuple[str, ...] = tuple(TERMS)) -> CaseFacts:
    """The facts of any case, opened by an information on the first day."""
    names = ACT_IDS[1 : draw(st.integers(1, len(ACT_IDS)))]
    opening = Act("act-0", PartialDate(FIRST_DAY), Category.FILING, "information", case="trial")
    parties = st.frozensets(st.sampled_from((*PEOPLE, "nobody")))
    again = st.builds(Refiling, st.sampled_from(CHARGE_IDS), dates(), st.sampled_from(("", "The second case")))
    return CaseFacts(
        id="trial",
        kind=draw(st.sampled_from([CaseKind.CRIMINAL] * 4 + list(CaseKind))),
        acts=(opening, *(draw(acts(name, terms=terms)) for name in names)),
        charges=tuple(draw(charges(name)) for name in CHARGE_IDS[: draw(st.integers(0, len(CHARGE_IDS)))]),
        defendants=tuple(Defendant(key, NAMES[key]) for key in PEOPLE),
        appeals=(Appeal("appeal", draw(parties)), Appeal("interlocutory", draw(parties), interlocutory=True)),
        refilings=tuple(draw(st.lists(again, max_size=2))),
        # A period no court has, as long as its column takes.
        period=draw(st.sampled_from([None, PERIOD, AppealPeriod(0, "A rule"), AppealPeriod(32767, "A rule")])),
    )


def with_acts(facts: CaseFacts, *more: Act) -> CaseFacts:
    """The same facts with acts added."""
    return replace(facts, acts=(*facts.acts, *more))

"""The timeline a reader sees: a total order, an honest place for imprecise acts, and what each act did."""

from datetime import date

import pytest

from cases.dossier import load_case, load_matter
from cases.law.vocabulary import ChargeClass
from cases.timeline import EffectLine, build_timeline, mark_of
from tests.cases import record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def moreno():
    """A case with one charge, indicted on 10 January 2020."""
    the_case = record.case("people-v-moreno")
    ada = record.defendant(the_case, record.person("Ada Moreno"))
    brought = record.act(the_case, "2020-01-10", "filing indictment", title="Indicted")
    record.charge(ada, "Theft", brought)
    return the_case


def theft(the_case):
    return the_case.defendants.get().charges.get()


def told(slug: str = "people-v-moreno", as_of: date = TODAY, **more) -> list[str]:
    return [entry.title for entry in build_timeline(load_case(slug), as_of=as_of, **more).entries]


def test_acts_of_one_day_stand_in_the_order_of_their_kind_however_they_were_entered(moreno):
    record.act(moreno, "2021-03-04", "filing notice_of_appeal", title="Appeal")
    record.act(moreno, "2021-03-04", "sentence imposed", title="Sentence")
    record.act(moreno, "2021-03-04", "verdict guilty", title="Verdict")
    record.act(moreno, "2021-03-04", "ruling acquittal denied", title="Ruling")
    record.act(moreno, "2021-03-04", "hearing trial_day", title="Trial")
    assert told() == ["Indicted", "Trial", "Ruling", "Verdict", "Sentence", "Appeal"]


def test_an_act_without_a_date_stands_apart_and_says_so(moreno):
    record.entered(record.act(moreno, "", "statement denial", title="She denies it"), "2026-11-01")
    timeline = build_timeline(load_case("people-v-moreno"), as_of=TODAY)
    assert [e.title for e in timeline.entries] == ["Indicted"]
    assert [(e.title, e.caution) for e in timeline.undated] == [("She denies it", "")]
    assert len(timeline) == 2


def test_a_month_is_shown_as_a_month_and_counted_with_a_caution_while_it_lasts(moreno):
    record.act(moreno, "2021-05", "custody released", title="Released")
    during = build_timeline(load_case("people-v-moreno"), as_of=date(2021, 5, 10)).entries[-1]
    assert (str(during.when), during.caution) == (
        "May 2021",
        "It may have come after 10 May 2021.",
    )
    after = build_timeline(load_case("people-v-moreno"), as_of=TODAY).entries[-1]
    assert after.caution == ""


def test_what_nobody_knows_of_status_and_of_finality_is_said_in_the_words_of_each(moreno):
    record.TERMS.setdefault("overturned", ("unknown", "Conviction overturned"))
    vacated = record.act(moreno, "2023-01-10", "appellate vacated", title="Overturned")
    record.outcome(vacated, moreno.defendants.get().charges.get(), "overturned")
    last = build_timeline(load_case("people-v-moreno"), as_of=TODAY).entries[-1]
    assert (last.status_after, last.finality_after) == ("Not known", "Whether it is final is not known")


def test_as_of_a_past_day_later_acts_are_not_told(moreno):
    record.act(moreno, "2021-03-04", "verdict guilty", title="Verdict")
    assert told(as_of=date(2021, 3, 3)) == ["Indicted"]
    assert told(as_of=date(2021, 3, 4)) == ["Indicted", "Verdict"]


def test_a_scheduled_act_is_upcoming_today_only_and_decides_nothing(moreno):
    record.act(moreno, "2026-12-24", "hearing sentencing", title="Sentencing", occurrence="scheduled")
    assert told() == ["Indicted"]
    timeline = build_timeline(load_case("people-v-moreno"), as_of=TODAY, upcoming=True)
    entry = timeline.entries[-1]
    assert (entry.title, entry.counts, entry.occurrence_label, entry.effects) == (
        "Sentencing", False, "Scheduled", (),
    )  # fmt: skip


def test_an_entry_says_what_the_act_did_and_where_the_case_stands_after_it(moreno):
    charge = theft(moreno)
    dismissal = record.act(moreno, "2021-03-04", "ruling dismiss granted", title="Dismissed")
    record.outcome(dismissal, charge, "dismissed_with_prejudice", prejudice="with")
    record.cite(dismissal, quote="so near to bad faith", note="day from a chronology")
    first, last = build_timeline(load_case("people-v-moreno"), as_of=TODAY).entries
    brought = EffectLine(charge.pk, charge.defendant_id, "Ada Moreno", "Theft", "", "Charged", "filed", "pending",
                         case_url="/cases/people-v-moreno/")  # fmt: skip
    assert (first.effects, first.status_after) == ((brought,), "Open")
    ended = EffectLine(
        charge.pk, charge.defendant_id, "Ada Moreno", "Theft",
        "Charged", "Dismissed with prejudice", "dismissed_with_prejudice", "dismissed",
        case_url="/cases/people-v-moreno/",
    )  # fmt: skip
    assert (last.effects, last.status_after) == ((ended,), "Decided in this court")
    assert (last.kind_label, last.decision_label, last.is_key) == ("Dismissal", "Granted", True)
    assert [(s.publisher, s.quote, s.note) for s in last.sources] == [
        ("The Daily Docket", "so near to bad faith", "day from a chronology")
    ]


def test_acts_whose_order_is_open_say_so(moreno):
    charge = theft(moreno)
    one = record.act(moreno, "2021", "ruling dismiss granted", title="Dismissed in 2021")
    record.outcome(one, charge, "dismissed_without_prejudice")
    other = record.act(moreno, "2021-06-07", "verdict guilty", title="Verdict")
    record.outcome(other, charge, "convicted_jury")
    entries = {e.title: e for e in build_timeline(load_case("people-v-moreno"), as_of=TODAY).entries}
    assert entries["Verdict"].caution == "Its order among other acts is not certain."
    assert "order among other acts is not certain" in entries["Dismissed in 2021"].caution


def test_a_matter_tells_the_acts_of_all_its_cases_once(moreno):
    fire = record.matter("the-fire")
    moreno.matter = fire
    moreno.save()
    record.act(fire, "2019-12-31", "incident offence_alleged", title="The fire")
    other = record.case("people-v-okafor", matter=fire)
    ben = record.defendant(other, record.person("Ben Okafor"))
    record.charge(ben, "Arson", record.act(other, "2020-01-05", "filing indictment", title="Ben indicted"))
    timeline = build_timeline(load_matter("the-fire"), as_of=TODAY)
    assert [(e.title, e.case_caption) for e in timeline.entries] == [
        ("The fire", ""), ("Ben indicted", "People v okafor"), ("Indicted", "People v moreno"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cls", "term", "mark"),
    [
        ("conviction", "convicted_jury", "convicted"),
        ("conviction", "convicted_no_contest", "plea"),
        ("non_conviction", "acquitted_jury", "acquitted"),
        ("non_conviction", "dismissed_with_prejudice", "dismissed"),
        ("replaced", "superseded", "withdrawn"),
        ("pending", "filed", "pending"),
        ("unknown", "unknown", "unknown"),
    ],
)
def test_each_outcome_has_its_look(cls, term, mark):
    assert mark_of(ChargeClass(cls), term) == mark

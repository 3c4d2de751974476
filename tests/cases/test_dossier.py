"""What is loaded of a case: the published view never holds what is not published, and asks nothing afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.dossier import load_case, load_cases, load_matter
from cases.law.vocabulary import CaseStatus, ChargeClass, Finality
from cases.models import Case, SentencePart
from cases.timeline import build_timeline
from tests.cases import record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def titles(dossier) -> list[str]:
    return [event.title for event in dossier.acts]


@pytest.fixture
def people_v_moreno():
    """An indictment of 2020 and a jury's verdict of 2021, both published; a draft dismissal of 2022."""
    the_case = record.case("people-v-moreno")
    ada = record.defendant(the_case, record.person("Ada Moreno"))
    brought = record.act(the_case, "2020-01-10", "filing indictment", title="Indicted")
    theft = record.charge(ada, "Theft", brought)
    verdict = record.act(the_case, "2021-03-04", "verdict guilty", title="Verdict")
    record.outcome(verdict, theft, "convicted_jury")
    dropped = record.act(the_case, "2022-05-06", "ruling dismiss granted", title="Dismissed", state="draft")
    record.outcome(dropped, theft, "dismissed_with_prejudice")
    return the_case


def test_a_draft_act_changes_nothing_in_the_published_view(people_v_moreno):
    public = load_case("people-v-moreno")
    preview = load_case("people-v-moreno", drafts=True)
    assert titles(public) == ["Indicted", "Verdict"]
    assert titles(preview) == ["Indicted", "Verdict", "Dismissed"]
    told = [(d.answer(TODAY).defendants[0].charges[0].term) for d in (public, preview)]
    assert told == ["convicted_jury", "dismissed_with_prejudice"]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_only_a_published_case_is_loaded_for_the_public(state):
    record.case("quiet", state=state)
    assert load_case("quiet") is None
    assert load_case("quiet", drafts=True).case.slug == "quiet"


def test_a_charge_brought_by_a_draft_act_and_its_defendant_are_not_public(people_v_moreno):
    ben = record.defendant(people_v_moreno, record.person("Ben Okafor"))
    draft = record.act(people_v_moreno, "2023-01-01", "filing indictment", state="in_review", named=[ben])
    record.charge(ben, "Fraud", draft)
    public = load_case("people-v-moreno")
    assert [d.person.name for d in public.defendants] == ["Ada Moreno"]
    assert [c.title for c in public.charges] == ["Theft"]
    assert [d.defendant.name for d in public.answer(TODAY).defendants] == ["Ada Moreno"]
    preview = load_case("people-v-moreno", drafts=True)
    assert [d.person.name for d in preview.defendants] == ["Ada Moreno", "Ben Okafor"]


def test_a_defendant_named_by_nothing_published_is_not_public():
    the_case = record.case("people-v-nobody")
    record.defendant(the_case, record.person("Cy Draft"))
    assert load_case("people-v-nobody").defendants == ()


def test_a_sealed_case_is_a_tombstone(people_v_moreno):
    Case.objects.update(visibility="sealed", sealed_basis="Order of 1 May 2024", sealed_on=date(2024, 5, 1))
    public = load_case("people-v-moreno")
    assert (public.acts, public.charges, public.defendants, public.participants) == ((), (), (), ())
    assert public.answer(TODAY).defendants == ()
    assert build_timeline(public, as_of=TODAY).entries == ()


def test_a_sealed_defendant_leaves_a_tombstone_and_the_others_as_they_were(people_v_moreno):
    before = load_case("people-v-moreno").answer(TODAY).defendants
    eve = record.person("Eve Sealed")
    sealed = record.defendant(
        people_v_moreno, eve, visibility="sealed", sealed_basis="Order", sealed_on=date(2024, 5, 1)
    )
    own = record.act(people_v_moreno, "2020-02-02", "filing information", title="Eve charged", named=[sealed])
    record.charge(sealed, "Arson", own)
    public = load_case("people-v-moreno")
    assert [d.pk for d in public.sealed_defendants] == [sealed.pk]
    assert titles(public) == ["Indicted", "Verdict"]
    assert public.answer(TODAY).defendants == before
    told = repr(build_timeline(public, as_of=TODAY)) + repr(public.answer(TODAY))
    assert "Eve" not in told
    assert "Arson" not in told


def test_a_withheld_name_is_not_in_the_published_view_of_the_timeline(people_v_moreno):
    people_v_moreno.defendants.update(visibility="name_withheld")
    public = load_case("people-v-moreno")
    told = repr(build_timeline(public, as_of=TODAY)) + repr(public.answer(TODAY))
    assert "Moreno" not in told
    assert "Name withheld" in told


def test_a_tip_is_no_source_for_the_public(people_v_moreno):
    event = people_v_moreno.events.get(title="Verdict")
    record.cite(event)
    record.cite(event, "A caller", kind="tip")
    entry = build_timeline(load_case("people-v-moreno"), as_of=TODAY).entries[-1]
    assert [s.publisher for s in entry.sources] == ["The Daily Docket"]


def test_an_appeal_acts_on_the_case_it_is_an_appeal_of_for_its_parties_only(people_v_moreno):
    ben = record.defendant(people_v_moreno, record.person("Ben Okafor"))
    brought = people_v_moreno.events.get(title="Indicted")
    fraud = record.charge(ben, "Fraud", brought)
    record.outcome(people_v_moreno.events.get(title="Verdict"), fraud, "convicted_jury")
    record.act(people_v_moreno, "2021-04-04", "sentence imposed")
    appeal = record.case("moreno-appeal", kind="appellate")
    record.relate(appeal, "appeal_of", people_v_moreno)
    notice = record.act(appeal, "2021-04-20", "filing notice_of_appeal")
    record.role(appeal, people_v_moreno.defendants.get(person__name="Ada Moreno").person, "appellant", notice)
    dossier = load_case("people-v-moreno")
    pending = {d.defendant.name: d.charges[0].finality.value for d in dossier.answer(TODAY).defendants}
    assert pending == {"Ada Moreno": Finality.UNDER_APPEAL, "Ben Okafor": Finality.APPEALABLE}
    record.act(appeal, "2022-04-20", "appellate reversed_and_remanded")
    after = load_case("people-v-moreno").answer(TODAY)
    assert {d.defendant.name: d.charges[0].cls for d in after.defendants} == {
        "Ada Moreno": ChargeClass.PENDING,
        "Ben Okafor": ChargeClass.CONVICTION,
    }
    assert after.status is CaseStatus.REOPENED


def test_a_draft_appeal_says_nothing_about_the_case(people_v_moreno):
    record.act(people_v_moreno, "2021-04-04", "sentence imposed")
    appeal = record.case("moreno-appeal", kind="appellate", state="draft")
    record.relate(appeal, "appeal_of", people_v_moreno)
    record.act(appeal, "2021-04-20", "filing notice_of_appeal")
    public = load_case("people-v-moreno")
    assert public.answer(TODAY).finality.value is Finality.APPEALABLE
    assert public.relations_in == ()


def test_a_refiled_charge_is_known_to_the_old_case_once_it_is_published(people_v_moreno):
    old = load_case("people-v-moreno").charges[0]
    again = record.case("people-v-moreno-again", state="draft")
    ada = record.defendant(again, old.defendant.person)
    new = record.act(again, "2024-02-02", "filing indictment")
    record.charge(ada, "Theft", new, replaces=old, replaces_how="refiled")
    assert load_case("people-v-moreno").refilings == ()
    Case.objects.filter(pk=again.pk).update(editorial_state="published")
    assert [r.caption for r in load_case("people-v-moreno").refilings] == [again.caption]


def test_a_role_is_public_once_the_act_that_shows_it_is(people_v_moreno):
    shown = people_v_moreno.events.get(title="Verdict")
    hidden = people_v_moreno.events.get(title="Dismissed")
    record.role(people_v_moreno, record.person("Judge One"), "judge", shown)
    record.role(people_v_moreno, record.person("Judge Two"), "judge", hidden)
    assert [p.person.name for p in load_case("people-v-moreno").participants] == ["Judge One"]
    assert len(load_case("people-v-moreno", drafts=True).participants) == 2


def test_a_draft_matter_lends_no_acts_to_its_published_cases(people_v_moreno):
    hidden = record.matter("the-fire", state="draft")
    Case.objects.update(matter=hidden)
    record.act(hidden, "2019-12-31", "incident offence_alleged", title="The fire")
    assert load_case("people-v-moreno").matter_acts == ()
    assert load_matter("the-fire") is None
    hidden.editorial_state = "published"
    hidden.save()
    assert [e.title for e in load_case("people-v-moreno").matter_acts] == ["The fire"]
    assert [d.case.slug for d in load_matter("the-fire").cases] == ["people-v-moreno"]


def test_loading_takes_as_many_queries_for_three_cases_as_for_one_and_then_none(people_v_moreno):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            dossiers = load_cases(Case.objects.published())
        with CaptureQueriesContext(connection) as afterwards:
            for dossier in dossiers:
                build_timeline(dossier, as_of=TODAY)
                _ = dossier.answer(TODAY).wording
        assert len(afterwards) == 0
        return len(asked)

    assert cost() == 12
    for number in (2, 3):
        other = record.case(f"people-v-moreno-{number}")
        ada = record.defendant(other, record.person(f"Ada {number}"))
        brought = record.act(other, "2020-01-10", "filing indictment")
        record.cite(brought)
        theft = record.charge(ada, "Theft", brought)
        record.outcome(record.act(other, "2021-01-01", "verdict guilty"), theft, "convicted_jury")
    assert cost() == 12


@pytest.fixture
def two_convicts(people_v_moreno):
    """Ada and Zeb, both convicted by the same verdict; only Zeb's sentence is known, told by an act for both."""
    zeb = record.defendant(people_v_moreno, record.person("Zeb Quill"))
    arson = record.charge(zeb, "Arson", people_v_moreno.events.get(title="Indicted"))
    record.outcome(people_v_moreno.events.get(title="Verdict"), arson, "convicted_jury")
    sentence = record.act(people_v_moreno, "2021-05-05", "sentence imposed", title="Quill sentenced")
    SentencePart.objects.create(event=sentence, charge=arson, kind="prison", years=3)
    return people_v_moreno


def test_sealing_one_defendant_changes_nothing_of_what_is_said_of_another(two_convicts):
    def of_ada():
        (answer,) = [
            d for d in load_case("people-v-moreno").answer(TODAY).defendants if d.defendant.name == "Ada Moreno"
        ]
        return (answer.wording, [c.wording for c in answer.charges])

    # The act concerns both, so that it stays in the public view when Zeb's part in it is sealed.
    two_convicts.events.get(title="Quill sentenced").defendants.set(two_convicts.defendants.all())
    before = of_ada()
    assert before[0] == "Convicted by a jury, not yet sentenced."
    two_convicts.defendants.filter(person__name="Zeb Quill").update(
        visibility="sealed", sealed_basis="Order", sealed_on=date(2024, 5, 1)
    )
    assert of_ada() == before


def test_a_sealed_defendants_sentence_is_not_told(two_convicts):
    two_convicts.defendants.filter(person__name="Zeb Quill").update(
        visibility="sealed", sealed_basis="Order", sealed_on=date(2024, 5, 1)
    )
    public = load_case("people-v-moreno")
    assert titles(public) == ["Indicted", "Verdict"]
    assert "Quill" not in repr(build_timeline(public, as_of=TODAY))


def test_an_outcome_on_a_charge_that_is_not_public_drops_no_other_charge(people_v_moreno):
    ada = people_v_moreno.defendants.get()
    draft = record.act(people_v_moreno, "2020-02-02", "filing information", state="draft")
    hidden = record.charge(ada, "Fraud", draft)
    open_one = record.charge(ada, "Perjury", people_v_moreno.events.get(title="Indicted"))
    notice = record.act(people_v_moreno, "2020-06-06", "filing notice_of_dismissal", title="Fraud dropped")
    record.outcome(notice, hidden, "dismissed_without_prejudice")
    told = load_case("people-v-moreno").answer(TODAY)
    assert told.charge(hidden.pk) is None
    assert told.charge(open_one.pk).term == "filed"


def test_an_appeal_does_not_name_whom_the_trial_case_has_sealed(two_convicts):
    zeb = two_convicts.defendants.get(person__name="Zeb Quill")
    appeal = record.case("the-appeal", kind="appellate")
    record.relate(appeal, "appeal_of", two_convicts)
    notice = record.act(appeal, "2021-06-06", "filing notice_of_appeal", title="An appeal is filed", actor=zeb.person)
    record.role(appeal, zeb.person, "appellant", notice)
    type(zeb).objects.filter(pk=zeb.pk).update(visibility="sealed", sealed_basis="Order", sealed_on=date(2024, 5, 1))
    trial, higher = load_case("people-v-moreno"), load_case("the-appeal")
    assert [e.title for e in trial.appeal_acts] == []
    assert higher.participants == ()
    told = repr(build_timeline(higher, as_of=TODAY)) + repr(build_timeline(trial, as_of=TODAY))
    assert "Quill" not in told

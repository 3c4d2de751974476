"""Decisions of every sort, entered on the one screen: what it foretold is what readers then read."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.choices import label
from cases.models import Charge, Citation, Defendant, Event, Outcome, Participant, SentencePart, Source
from desk.ruling.apart import CONTRADICTS, NO_OUTCOME, TWICE
from desk.ruling.screen import WHOM
from desk.sourcing import LOOK_AT_IT
from people.models import Person
from tests.desk.ruling.conftest import ADDRESS, NEW, World, foresight, preview, send, wrong

pytestmark = pytest.mark.django_db


def enter(desk: Client, world: World, **fields: Any) -> Event:
    """Publish an act by the screen: what it foretold is, word for word, what readers then read, and all of it."""
    sent = world.fields(**{f"outcome-{world.arson.pk}": None, "decision": None} | fields)
    before = world.told()
    (foretold,) = foresight(desk, sent).public
    response = send(desk, sent)
    assert response.status_code == 302, wrong(response)
    act = Event.objects.latest("pk")
    assert act.editorial_state == "published"
    after = world.told()
    changed = {words for name, words in after.items() if before.get(name) != words and name not in ("case", "finality")}
    assert {one.after for one in (*foretold.people, *foretold.charges) if not one.is_same} == changed
    assert (foretold.whole.after, foretold.finality.after) == (after["case"], label(after["finality"]))
    assert (foretold.whole.before, foretold.finality.before) == (before["case"], label(before["finality"]))
    return act


def did(act: Event) -> tuple[str, str, str, dict[str, str]]:
    """Return the act's category, kind, decision, and what it did to each charge."""
    rows = act.outcomes.order_by("pk").select_related("charge", "disposition")
    return act.category, act.kind, act.decision, {row.charge.title: row.disposition.slug for row in rows}


def test_a_dismissal_with_prejudice(desk: Client, world: World) -> None:
    act = enter(
        desk,
        world,
        decision="granted",
        actor=world.judge.pk,
        by="court_on_defence_motion",
        reason="evidence_withheld",
        jeopardy="yes",
        **{f"all-{world.defendant.pk}": "dismissed_with_prejudice"},
        **{"source-0-quote": "with prejudice", "source-0-locator": "p. 3"},
    )
    assert did(act) == (
        "ruling", "dismiss", "granted", {"Arson": "dismissed_with_prejudice", "Theft": "dismissed_with_prejudice"},
    )  # fmt: skip
    first = Outcome.objects.get(event=act, charge=world.arson)
    assert (first.prejudice, first.by, first.reason, first.jeopardy) == (
        "with", "court_on_defence_motion", "evidence_withheld", "yes",
    )  # fmt: skip
    assert (act.title, act.actor, act.on, act.precision) == (
        "Charges dismissed with prejudice", world.judge, date(2024, 7, 12), "day",
    )  # fmt: skip
    cited = Citation.objects.get(event=act)
    assert (cited.source, cited.quote, cited.locator) == (world.report, "with prejudice", "p. 3")
    assert world.told()["Zoë Quint"] == "Dismissed with prejudice (both counts), not yet final."


def test_of_a_sealed_defendant_the_preview_foretells_what_readers_will_not_read(
    desk: Client, world: World, editor: User
) -> None:
    editing.seal_defendant(world.defendant, basis="By order", on=date(2024, 2, 2), by=editor)
    sent = world.fields()
    (foretold,) = foresight(desk, sent).public
    assert send(desk, sent).status_code == 302
    assert (foretold.whole.after, foretold.finality.after, foretold.entries) == (
        world.told()["case"], label(world.told()["finality"]), (),
    )  # fmt: skip


def test_a_verdict_on_two_counts_and_then_the_sentence(desk: Client, world: World) -> None:
    verdict = enter(
        desk, world, what="verdict", on="2024-03-06", **world.outcomes(arson="convicted_jury", theft="acquitted_jury")
    )
    assert did(verdict) == ("verdict", "mixed", "", {"Arson": "convicted_jury", "Theft": "acquitted_jury"})
    assert verdict.title == "Verdict: guilty of arson, not guilty of theft"
    assert world.told()["Arson"] == "Convicted by a jury on 6 March 2024. Not yet sentenced."

    part = {"charge": world.arson.pk, "kind": "prison", "months": "18", "currency": "USD"}
    fine = {"charge": world.arson.pk, "kind": "fine", "amount": "1,250.50", "currency": "usd"}
    rows = {f"part-0-{name}": value for name, value in part.items()}
    rows |= {f"part-1-{name}": value for name, value in fine.items()}
    act = enter(desk, world, what="sentence:imposed", on="15 April 2024", actor=world.judge.pk, parts="2", **rows)
    assert (act.category, act.kind, act.on) == ("sentence", "imposed", date(2024, 4, 15))
    assert act.title == "Sentenced to 18 months in prison; a fine of 1,250.50 USD"
    assert list(SentencePart.objects.order_by("pk").values_list("charge", "kind", "months", "amount", "currency")) == [
        (world.arson.pk, "prison", 18, None, ""),
        (world.arson.pk, "fine", None, 1250.5, "USD"),
    ]
    assert "Sentenced on 15 April 2024 to 18 months in prison; a fine of 1,250.50 USD." in world.told()["Arson"]


def test_a_plea_with_the_sentence_of_the_same_day(desk: Client, world: World) -> None:
    """Two acts, as the record has them: the plea, and the sentence, with the same source."""
    sent = world.fields(
        what="hearing:plea_hearing",
        decision=None,
        on="2024-03-31",
        actor=world.defendant.person_id,
        **world.outcomes(arson="convicted_no_contest", theft="nolle_prosequi"),
        **{
            "part-0-charge": world.arson.pk,
            "part-0-kind": "custody",
            "part-0-months": "6",
            "part-0-all_suspended": "on",
        },
    )
    foretold = preview(desk, sent)
    assert send(desk, sent | {"headline": "Zoë Quint pleads no contest"}).status_code == 302
    plea, sentence = Event.objects.order_by("-pk")[:2][::-1]
    assert did(plea) == ("hearing", "plea_hearing", "", {"Arson": "convicted_no_contest", "Theft": "nolle_prosequi"})
    assert (plea.title, plea.actor_id) == ("Zoë Quint pleads no contest", world.defendant.person_id)
    assert (sentence.category, sentence.kind, sentence.on) == ("sentence", "imposed", date(2024, 3, 31))
    assert sentence.title == "Sentenced to 6 months in custody, all suspended (none of it to be served)"
    assert {act.editorial_state for act in (plea, sentence)} == {"published"}
    assert [row.source for row in Citation.objects.filter(event=sentence)] == [world.report]
    assert world.told()["Arson"].startswith("Convicted on a no contest plea on 31 March 2024. Sentenced on 31 March")
    assert world.told()["Arson"] in foretold


def test_a_prosecutors_notice_of_dismissal(desk: Client, world: World) -> None:
    act = enter(
        desk,
        world,
        what="filing:notice_of_dismissal",
        on="2024-04",
        actor=world.state.pk,
        **{f"all-{world.defendant.pk}": "dismissed_without_prejudice"},
        **world.outcomes(theft="-"),
    )
    assert did(act) == ("filing", "notice_of_dismissal", "", {"Arson": "dismissed_without_prejudice"})
    assert (act.on, act.precision) == (date(2024, 4, 1), "month")
    assert Outcome.objects.get(event=act).by == "prosecution_notice"
    assert act.title == "Prosecution files notice of dismissal without prejudice"


def test_an_appeal_filed_and_withdrawn(desk: Client, world: World) -> None:
    enter(desk, world, decision="granted", **{f"all-{world.defendant.pk}": "dismissed_with_prejudice"})
    enter(desk, world, what="filing:notice_of_appeal", on="2024-08-01", actor=world.state.pk)
    assert world.told()["finality"] == "under_appeal"
    enter(desk, world, what="filing:withdrawal_of_appeal", on="2024-12-23", actor=world.state.pk)
    assert world.told()["finality"] == "final_by_withdrawal"
    assert world.told()["Arson"].endswith("Final since 23 December 2024, when the appeal was withdrawn.")


def test_an_appeal_decided_stands_in_the_appeals_own_case(desk: Client, world: World, editor: User) -> None:
    enter(
        desk, world, what="verdict", on="2024-03-06", **world.outcomes(arson="convicted_jury", theft="acquitted_jury")
    )
    sent = world.fields(
        what="appellate:reversed_and_remanded",
        decision=None,
        on="2025-02-03",
        actor_name="Ferdinand Krull",
        **world.outcomes(arson="retrial_ordered"),
    )
    foretold = foresight(desk, sent)
    response = send(desk, sent, "_draft")
    assert response.status_code == 302, wrong(response)
    act = Event.objects.latest("pk")
    assert (act.case, act.category, act.kind, act.editorial_state) == (
        world.appeal, "appellate", "reversed_and_remanded", "draft",
    )  # fmt: skip
    assert Participant.objects.get(shown_by=act, role="panel_judge").person.slug == "ferdinand-krull"
    assert Outcome.objects.get(event=act).charge == world.arson
    before = world.told()
    assert before["Arson"] == "Convicted by a jury on 6 March 2024. Not yet sentenced."  # a draft changes nothing

    # The appeal's case is not public: what readers read changes when it is, and then as was foretold.
    (now,) = foretold.public
    assert (now.case, now.charges, now.whole.after) == (world.case, (), before["case"])
    _, later = foretold.entered
    with editing.sitting():
        editing.publish(act, by=editor)
        editing.publish(world.appeal, by=editor)
    after = world.told()
    assert (later.case, later.whole.after, [one.after for one in later.charges]) == (
        world.case, after["case"], [after["Arson"]],
    )  # fmt: skip
    assert after["Arson"].startswith("New trial ordered on 3 February 2025; the charge is pending again;")


def test_clemency_changes_the_words_and_no_outcome(desk: Client, world: World) -> None:
    enter(
        desk, world, what="verdict", on="2024-03-06", **world.outcomes(arson="convicted_jury", theft="acquitted_jury")
    )
    act = enter(desk, world, what="clemency_or_relief:pardon", on="2025-01-02", actor_name="The Governor")
    assert (did(act), act.actor and act.actor.name) == (("clemency_or_relief", "pardon", "", {}), "The Governor")
    assert "Pardoned on 2 January 2025." in world.told()["Arson"]


def test_a_pasted_address_becomes_a_source_once(desk: Client, world: World) -> None:
    typed = {"source-0-source": f"{ADDRESS}?utm_source=x"}
    told = send(desk, world.fields(**typed), "_draft")  # sent before the page could fill anything in
    assert wrong(told) == {name: [LOOK_AT_IT] for name in NEW if name not in ("source-0-source", "source-0-guessed")}
    shown = {field.html_name: field.value() for field in told.context["screen"].cited[0]}
    assert {name: shown[name] for name in NEW} == NEW | dict.fromkeys(
        ("source-0-source", "source-0-guessed"), f"{ADDRESS}?utm_source=x"
    )
    typed |= {name: shown[name] for name in NEW}
    assert send(desk, world.fields(**typed), "_draft").status_code == 302
    source = Source.objects.latest("pk")
    assert (source.kind, source.publisher, source.url, source.published_on) == (
        "news_agency", "Reuters", ADDRESS, date(2024, 7, 12),
    )  # fmt: skip
    assert source.title == "State v quint judge rules on motion"
    again = {"source-0-source": ADDRESS.replace("https", "http"), "on": "2024-07-13"}
    assert send(desk, world.fields(**again), "_draft").status_code == 302
    assert Citation.objects.filter(source=source).count() == 2


def test_two_defendants_have_one_choice_for_all_and_each_their_own(
    desk: Client, world: World, editor: User, said: None
) -> None:
    """What is chosen for the whole case reaches whom it can; an act about one of two says whom it concerns."""
    with editing.sitting():
        moe = editing.save(Person(slug="moe-ark", name="Moe Ark"), by=editor)
        other = editing.save(Defendant(case=world.case, person=moe, position=2), by=editor)
        aiding = editing.save(Charge(defendant=other, created_by=world.complaint, title="Aiding"), by=editor)
    verdict = enter(desk, world, what="verdict", on="2024-03-06", **{f"outcome-{aiding.pk}": "convicted_jury"})
    assert list(verdict.defendants.all()) == [other]
    assert world.told()["Moe Ark"] == "Convicted by a jury, not yet sentenced."

    ended = enter(desk, world, decision="granted", all="dismissed_without_prejudice")
    assert did(ended)[3] == {"Arson": "dismissed_without_prejudice", "Theft": "dismissed_without_prejudice"}
    assert list(ended.defendants.all()) == [world.defendant]  # Moe Ark was convicted before: nothing to dismiss so
    # An appeal is its party's own: the other's result does not hang on it.
    filed = enter(desk, world, what="filing:notice_of_appeal", on="2024-08-01", actor=moe.pk)
    assert list(filed.defendants.all()) == [other]

    pardon = world.fields(what="clemency_or_relief:pardon", on="2025-01-02", **world.outcomes(arson=""))
    assert wrong(send(desk, pardon)) == {"concerned": [WHOM]}
    assert list(enter(desk, world, what="clemency_or_relief:pardon", concerned=other.pk).defendants.all()) == [other]
    denied = enter(desk, world, what="ruling:bail", decision="denied", concerned="everybody")
    assert list(denied.defendants.all()) == []


def test_what_is_advised_against_is_published_with_a_reason(desk: Client, world: World) -> None:
    """A dismissal that rests on one press report: the guard advises against it, and an administrator says why."""
    sent = world.fields(**NEW)
    refused = send(desk, sent)
    assert "despite" in refused.content.decode()
    assert not Event.objects.filter(category="ruling").exists()
    assert Source.objects.filter(url=ADDRESS).count() == 0
    assert send(desk, sent | {"despite": "The order is cited as soon as it is filed."}).status_code == 302
    act = Event.objects.get(category="ruling")
    assert (act.editorial_state, act.published_despite) == ("published", "The order is cited as soon as it is filed.")


def test_what_differs_from_charge_to_charge_is_said_on_the_same_screen(desk: Client, world: World) -> None:
    """Two counts dismissed on the defence's motion; of the second the order says another reason, and a note."""
    every = {
        f"all-{world.defendant.pk}": "dismissed_without_prejudice",
        "by": "court_on_defence_motion",
        "reason": "evidence_withheld",
        "jeopardy": "yes",
        "decision": "granted",
        "aparts": "2",
    }
    apart = {"charge": world.theft.pk, "by": "court", "reason": "-", "jeopardy": "no", "note": "Brought too late."}
    rows = {f"apart-1-{name}": value for name, value in apart.items()}
    wrongly = {"apart-0-charge": world.arson.pk, "apart-0-prejudice": "with"}
    sent = world.fields(**every | rows | wrongly | world.outcomes(arson=""))
    assert wrong(send(desk, sent)) == {"apart-0-prejudice": [CONTRADICTS]}
    twice = {"apart-0-charge": world.theft.pk, "apart-0-note": "Twice."}
    assert wrong(send(desk, world.fields(**every | rows | twice))) == {"apart-1-charge": [TWICE]}
    kept = world.fields(**every | rows | world.outcomes(arson="", theft="-"))
    assert wrong(send(desk, kept)) == {"apart-1-charge": [NO_OUTCOME]}
    page = send(desk, sent | {"what": "filing:notice_of_appeal"}, "_show").content.decode()
    assert 'type="hidden" name="apart-1-note" value="Brought too late."' in page  # it comes back with its fields

    act = enter(desk, world, **every | rows)
    said = act.outcomes.order_by("charge").values_list("charge", "prejudice", "by", "reason", "jeopardy", "note")
    assert list(said) == [
        (world.arson.pk, "without", "court_on_defence_motion", "evidence_withheld", "yes", ""),
        (world.theft.pk, "without", "court", "", "no", "Brought too late."),
    ]


def test_the_guard_says_before_saving_what_is_missing_with_the_place_where_it_is_mended(
    desk: Client, world: World, editor: User, said: None
) -> None:
    """As it says when it refuses: beside each sentence the field of this screen, or the page where it is."""
    sent = world.fields(**NEW, headline="Zoë Quint found innocent")
    refused = send(desk, sent)
    above = refused.context["screen"].told_above
    assert [line.url for line in above] == ["#id_source-0-source", "#id_headline", ""]
    assert [line.words for line in above[:2]] == [line.words for line in refused.context["screen"].guard]
    page = refused.content.decode()
    assert page.count('<a href="#id_headline" data-goes>Mend it here</a>') == 2  # above, and beside
    assert 'id="id_headline"' in page
    assert 'href="#id_source-0-source"' in preview_page(desk, world.fields(**{"source-0-source": ""}))

    with editing.sitting():
        editing.withdraw(world.case, by=editor)
        editing.withdraw(world.complaint, by=editor)
        editing.redraft(world.complaint, by=editor)
    where = f"/desk/cases/event/{world.complaint.pk}/change/"
    assert f'<a href="{where}" target="_blank" rel="noopener">' in preview_page(desk, world.fields())
    refused = send(desk, world.fields())
    assert [line.url for line in refused.context["screen"].told_above] == [where]


def preview_page(desk: Client, sent: dict[str, Any]) -> str:
    return desk.post(reverse("admin:ruling_preview"), sent).content.decode()

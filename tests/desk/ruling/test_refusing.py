"""What the screen refuses, what it keeps, and what it may be sent."""

import uuid
from datetime import date
from itertools import cycle
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from cases.editing.standing import WHAT_IT_DID
from cases.models import Charge, Citation, Event, Outcome, SentencePart, Source
from desk.roles import CONTRIBUTORS, EDITORS, make_group
from desk.ruling.days import AMBIGUOUS, MISSING
from desk.ruling.forms import WHO_IS_IT
from desk.ruling.rows import NONE_OF_THESE
from desk.ruling.views import ANOTHER
from desk.sourcing import NEEDED, NOT_ONE_OF_THEM, WHICH
from people.models import Person
from tests.desk.record import act as add_act
from tests.desk.ruling.conftest import NEW, World, preview, send, words, wrong

pytestmark = pytest.mark.django_db
ODD = ["", "a\0b", "NaN", "2024-02-30", "9" * 30, "-1", "²"]


def counts() -> tuple[int, ...]:
    """Return how many rows there are of all that the screen writes."""
    return tuple(model.objects.count() for model in (Event, Outcome, Source, Citation, Person))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(desk: Client, world: World) -> None:
    before = counts()
    sent = world.fields(
        on="07/12/2024",
        decision="",
        text="The judge said so.",
        actor_name="ada marlowe",
        **{"source-0-source": "no address", "source-0-quote": "so ruled"},
    )
    response = send(desk, sent)
    assert wrong(response) == {
        "on": [AMBIGUOUS],
        "decision": ["Choose what the court did with the motion."],
        "actor_name": [WHO_IS_IT],
        "source-0-source": [NOT_ONE_OF_THEM],
    }
    page = response.content.decode()
    for typed in ("07/12/2024", "The judge said so.", "ada marlowe", "so ruled", "no address"):
        assert typed in page
    # Kept, though no charge has its choice before the decision is known.
    assert f'name="outcome-{world.arson.pk}" value="dismissed_with_prejudice"' in page

    part = {"part-0-charge": "", "part-0-years": "-1", "part-0-amount": "12 oxen", "part-1-amount": "500"}
    part |= {"part-1-kind": "fine", "part-1-charge": world.arson.pk, "part-1-currency": "us"}
    response = send(desk, world.fields(what="sentence:imposed", decision=None, parts="2", **part))
    assert wrong(response) == {
        "part-0-years": ["It can not be less."],
        "part-0-amount": ["Enter an amount, as 500 or 1,250.00."],
        "part-0-kind": ["Choose what sort of punishment this is."],
        "part-0-charge": ["Choose the charge it is for."],
        "part-1-currency": ["Enter the currency in three letters, as USD."],
    }
    assert "12 oxen" in response.content.decode()

    early = {"on": "2023-04", f"all-{world.defendant.pk}": "dismissed_with_prejudice"}
    response = send(desk, world.fields(**early, **world.outcomes(arson="", theft="nonsense")))
    assert wrong(response) == {
        f"outcome-{world.theft.pk}": ["Choose one of these outcomes."],
        f"all-{world.defendant.pk}": [NONE_OF_THESE],  # nobody was charged yet
    }
    assert counts() == before


def test_what_a_verb_refuses_stands_on_the_screen(desk: Client, world: World) -> None:
    before = counts()
    assert wrong(send(desk, world.fields(on="2999-01-01"))) == {
        "on": ["This day has not come yet. Correct the date, or set the act to “Scheduled” until it was held."]
    }
    assert wrong(send(desk, world.fields(**{"source-0-source": None}))) == {"source-0-source": [NEEDED]}
    assert wrong(send(desk, world.fields(**world.outcomes(arson="")))) == {
        "": [f"“Motion to dismiss granted”: {WHAT_IT_DID}"]
    }
    assert wrong(send(desk, world.fields(on="2024-07", until="2024-07-13"))) == {
        "until": ["The last day lies before the first, or the first day is not known."]
    }
    for_source = {"source-0-source": None, "source-0-publisher": "The Daily Docket"}
    assert wrong(send(desk, world.fields(**for_source, **{"source-0-title": "What was decided"}))) == {
        "source-0-kind": ["Choose what kind of source this is."]
    }
    assert wrong(send(desk, world.fields(**for_source), "_draft")) == {"source-0-source": [WHICH]}
    assert wrong(send(desk, world.fields(on="", what="", decision=None))) == {
        "on": [MISSING], "what": ["Choose what was decided or done."]
    }  # fmt: skip
    assert counts() == before


def test_a_denied_motion_changes_no_charge_whatever_is_sent(desk: Client, world: World) -> None:
    before = world.told()
    sent = world.fields(decision="denied")
    assert "Charge: stays" not in preview(desk, sent)
    assert send(desk, sent).status_code == 302
    act = Event.objects.latest("pk")
    assert (act.title, act.outcomes.count(), act.editorial_state) == ("Motion to dismiss denied", 0, "published")
    assert world.told() == before


def test_words_that_say_more_than_the_act_are_told_before_anything_is_saved(desk: Client, world: World) -> None:
    before = counts()
    told = preview(desk, world.fields(headline="Zoë Quint found innocent", text="The court dismissed the charge."))
    assert "The headline says “found innocent”. No court finds anybody innocent" in told
    assert "The text says" not in told
    right = preview(
        desk, world.fields(what="verdict", headline="Zoë Quint convicted", **world.outcomes(arson="convicted_jury"))
    )
    early = preview(desk, world.fields(headline="Zoë Quint convicted"))
    assert ("The headline says" in right, "The headline says “convicted”" in early) == (False, True)
    assert counts() == before


def test_the_same_form_twice_makes_one_act_and_a_changed_one_is_asked_about(desk: Client, world: World) -> None:
    sent = world.fields(key=str(uuid.uuid4()), actor_name="Ferdinand Krull")
    first, again = send(desk, sent, "_draft"), send(desk, sent, "_draft")
    assert (first.status_code, again.status_code, again["Location"]) == (302, 302, first["Location"])
    assert Event.objects.filter(category="ruling").count() == 1

    assert Person.objects.filter(name="Ferdinand Krull").count() == 1

    changed = send(desk, sent | {"on": "2024-07-15"}, "_draft")
    assert wrong(changed) == {"": [ANOTHER.format("Charge dismissed with prejudice")]}
    assert Event.objects.filter(category="ruling").count() == 1
    assert str(changed.context["key"]) != sent["key"]
    asked = {"": [ANOTHER.format("Charge dismissed with prejudice")]}
    apart = {"apart-0-charge": world.arson.pk, "apart-0-note": "Of this one alone."}
    for further in (apart, NEW, {"source-0-quote": "so ordered"}):
        assert wrong(send(desk, sent | further, "_draft")) == asked
    assert list(wrong(send(desk, sent | {"source-0-source": "no such words"}, "_draft"))) == ["source-0-source"]


def test_another_sentence_is_not_passed_over_as_sent_twice(desk: Client, world: World) -> None:
    part = {"part-0-charge": world.arson.pk, "part-0-kind": "custody", "part-0-months": "6"}
    verdict = {"what": "verdict", "decision": None, **world.outcomes(arson="convicted_jury"), **part}
    sent = world.fields(key=str(uuid.uuid4()), **verdict)
    assert [send(desk, sent, "_draft").status_code for _ in range(2)] == [302, 302]
    assert wrong(send(desk, sent | {"part-0-months": "60"}, "_draft")) == {
        "": [ANOTHER.format("Verdict: guilty of arson")]
    }
    assert list(SentencePart.objects.values_list("months", flat=True)) == [6]


@pytest.mark.parametrize("role", [CONTRIBUTORS, EDITORS])
def test_who_may_not_publish_what_they_wrote_is_told_so_and_may_submit_it(
    world: World, client: Client, role: str
) -> None:
    writer = User.objects.create_user("walt", is_staff=True)
    writer.groups.add(make_group(role))
    client.force_login(writer)
    assert "Save and publish" not in client.get(reverse("admin:ruling"), {"case": world.case.pk}).content.decode()
    before = counts()
    sent = world.fields(actor_name="Ferdinand Krull", **NEW)
    assert len(wrong(send(client, sent))[""]) == 1
    assert counts() == before
    assert send(client, sent, "_submit").status_code == 302
    act = Event.objects.get(category="ruling")
    assert (act.editorial_state, act.submitted_by, act.actor and act.actor.name) == (
        "in_review", writer, "Ferdinand Krull",
    )  # fmt: skip


def test_nobody_enters_who_may_not_add_acts(world: World, client: Client) -> None:
    reader = User.objects.create_user("rita", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    for name in ("ruling", "ruling_fields", "ruling_sources", "ruling_parts", "ruling_preview"):
        assert client.post(reverse(f"admin:{name}"), world.fields()).status_code == 403
    client.logout()
    assert client.get(reverse("admin:ruling")).status_code == 302


@pytest.mark.slow
def test_whatever_is_sent_is_answered(desk: Client, world: World) -> None:
    desk.raise_request_exception = False
    parts = ["charge", "kind", "years", "amount", "currency", "order", "credit_days"]
    names = [
        "case", "what", "decision", "on", "place", "actor", "actor_name", "actor_is", "by", "reason", "jeopardy",
        "concerned", "reverses", "timeliness", "entered_on", "qualifier", "until", "sequence", "headline", "text",
        "key", "hearing", "parts", "sources", "all", f"all-{world.defendant.pk}", f"outcome-{world.arson.pk}",
        "aparts", "apart-0-charge", "apart-0-prejudice", "apart-0-note",
        "source-0-source", "source-0-kind", "source-0-title", "source-0-published_on",
        "source-0-stance", "source-0-guessed", *(f"part-0-{name}" for name in parts),
    ]  # fmt: skip
    kinds = ["ruling:dismiss", "sentence:imposed", "clemency_or_relief:pardon"]
    apart = ("case", "what", "place", "hearing", "key", "parts", "sources")
    codes: dict[Any, int] = {}
    for number, odd in enumerate(ODD):
        sent = world.fields(what=kinds[number % 3]) | {name: odd for name in names if name not in apart}
        codes[odd] = send(desk, sent, "_draft").status_code
    for name, odd in zip(apart, cycle(["a\0b", "9" * 30, "²"]), strict=False):
        codes[name, odd] = send(desk, world.fields(**{name: odd}), "_show").status_code
        codes[name, odd, "get"] = desk.get(reverse("admin:ruling"), {"case": world.case.pk, name: odd}).status_code
    for part in ("fields", "sources", "parts", "preview"):
        codes[part] = desk.post(reverse(f"admin:ruling_{part}"), {"case": "abc"}).status_code
        codes[part, "get"] = desk.get(reverse(f"admin:ruling_{part}")).status_code
    assert {asked: code for asked, code in codes.items() if code >= 500} == {}


def test_only_outcomes_that_make_sense_stand_first(desk: Client, world: World) -> None:
    response = desk.get(reverse("admin:ruling"), {"case": world.case.pk, "what": "verdict", "on": "2024-03-06"})
    first = response.context["screen"].rows.rows[0]
    assert first.likely == ("convicted_jury", "acquitted_jury", "mistrial_pending")
    options = str(first.options)
    plain, _, more = options.partition("<optgroup")
    assert [one for one in ("acquitted_jury", "dismissed_with_prejudice") if one in plain] == ["acquitted_jury"]
    assert ("dismissed_with_prejudice" in more, "acquitted_jury" in more) == (True, False)
    assert (first.label, first.mark) == ("Charged", "pending")


def test_a_hearing_brings_its_day_its_judge_and_what_was_heard(desk: Client, world: World, editor: User) -> None:
    hearing = add_act(
        world.case, "Hearing on the motion", "hearing motion_hearing", date(2024, 7, 11), world.report, editor,
        motion="dismiss", actor=world.judge,
    )  # fmt: skip
    response = desk.get(reverse("admin:ruling"), {"hearing": hearing.pk})
    initial = response.context["screen"].act.initial
    assert (initial["on"], initial["what"], initial["actor"]) == ("2024-07-11", "ruling:dismiss", str(world.judge.pk))
    assert f"/desk/cases/event/{hearing.pk}/change/" in response.content.decode()


def test_two_hundred_charges_take_few_questions(desk: Client, world: World, django_assert_max_num_queries: Any) -> None:
    Charge.objects.bulk_create(
        Charge(defendant=world.defendant, created_by=world.complaint, title=f"Fraud {n}", count=n)
        for n in range(3, 201)
    )
    asked = {"case": world.case.pk, "what": "verdict", "on": "2024-03-06"}
    with django_assert_max_num_queries(60):
        response = desk.get(reverse("admin:ruling"), asked)
    assert len(response.context["screen"].rows.rows) == 200
    every = {f"all-{world.defendant.pk}": "acquitted_jury", f"outcome-{world.arson.pk}": "convicted_jury"}
    with django_assert_max_num_queries(60):
        told = preview(desk, world.fields(what="verdict", on="2024-03-06", **every))
    assert "Convicted of 1 of 200 counts, acquitted of 199" in told


def test_without_a_case_the_screen_asks_for_one(desk: Client, world: World) -> None:
    page = words(desk.get(reverse("admin:ruling"), {"q": "quint"}))
    assert "State v. Quint" in page

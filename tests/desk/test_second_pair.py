"""A second pair of eyes: nobody publishes or confirms words of their own that nobody else has looked at."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing, history
from cases.editing import entries
from cases.models import Charge, Citation, Concern, Event, Participant, Source
from desk.roles import ADMINISTRATORS, EDITORS, make_groups
from people.models import Name, Person
from tests.cases.editing.told import refusal
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db
OWN = (
    "“{}” has words of yours that nobody else has published or confirmed. What one person wrote, another publishes: "
    "submit it for review."
)
SENTENCE = "The page said something else of this, which was wrong."


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Three editors and an administrator."""
    groups = make_groups()
    made = {}
    for name, role in (("eve", EDITORS), ("fay", EDITORS), ("gil", EDITORS), ("bea", ADMINISTRATORS)):
        made[name] = User.objects.create_user(name, is_staff=True)
        made[name].groups.add(groups[role])
    return made


def corrected(verb: Any, *args: Any, by: User, **more: Any) -> Any:
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=by)
        return verb(*args, by=by, **more)


def reworded(thing: Any, *, by: User, **columns: Any) -> None:
    row = type(thing).objects.get(pk=thing.pk)
    for name, value in columns.items():
        setattr(row, name, value)
    corrected(editing.save, row, by=by)


def test_a_comma_of_another_s_lets_nobody_confirm_their_own(quint: Docket, people: dict[str, User]) -> None:
    eve, fay, gil, bea = people.values()
    complaint = quint.complaint
    reworded(quint.charge, by=eve, title="Arson in the first degree")
    reworded(complaint, by=fay, text="Filed, and served.")
    for writer in (eve, fay):
        assert refusal(editing.confirm, complaint, by=writer) == [OWN.format(complaint)]
    # Nor by the way around: to withdraw it, and to publish it again.
    with editing.sitting():
        editing.correct(kind="error", sentence=SENTENCE, by=eve)
        editing.withdraw(quint.case, by=eve)
        editing.withdraw(complaint, by=eve)
    for writer in (eve, fay):
        assert refusal(editing.publish, complaint, by=writer) == [OWN.format(complaint)]
    editing.publish(complaint, by=gil)
    # What somebody else has seen is nobody's own any more.
    reworded(complaint, by=fay, text="Filed and served.")
    editing.confirm(Event.objects.get(), by=eve)
    reworded(complaint, by=gil, text="Filed.")
    reworded(complaint, by=eve, text="It was filed.")
    editing.confirm(Event.objects.get(), by=bea)
    assert (Event.objects.get().unseen, Event.objects.get().writers) == ("", [])


def test_who_wrote_counts_through_rows_beneath_removal_restoring_and_bulk(
    quint: Docket, report: Source, people: dict[str, User]
) -> None:
    eve, fay, gil, _ = people.values()
    heard = act(quint.case, "Heard", "hearing preliminary", date(2024, 2, 1), report, eve)
    was = history.last_state(Event, heard.pk)
    heard.title = "Heard, at length"
    editing.save(heard, by=fay)
    assert refusal(editing.publish, heard, by=eve) == [OWN.format(heard)]
    # Removed and brought back, it is still the word of who wrote it; so is an earlier wording that is restored.
    pk = heard.pk
    editing.remove(heard, by=gil)
    gone = history.last_state(Event, pk)
    assert gone is not None
    deletion = history.deletion_of(gone)
    assert deletion is not None
    editing.bring_back(deletion.states, by=gil)
    heard = Event.objects.get(pk=pk)
    for writer in (eve, fay, gil):
        assert refusal(editing.publish, heard, by=writer) == [OWN.format(heard)]
    Event.objects.filter(pk=heard.pk).update(writers=[])
    assert was is not None
    editing.restore(was, by=gil)
    assert set(Event.objects.get(pk=heard.pk).writers) == {eve.pk, gil.pk}
    # So is whom an act concerned, once that is said again.
    editing.concern(heard, defendants=[quint.defendant], by=eve)
    editing.concern(heard, defendants=[], by=gil)
    Event.objects.filter(pk=heard.pk).update(writers=[])
    lost = next(one for one in history.deletions() if any(state.model is Concern for state in one.states))
    editing.bring_back(lost.states, by=gil)
    assert set(Event.objects.get(pk=heard.pk).writers) == {eve.pk, gil.pk}
    # Many rows at once, and rows beneath.
    plea = Event(case=quint.case, title="Plea", category="filing", kind="indictment", on=date(2024, 3, 1))
    editing.enter([plea, Citation(event=plea, source=report)], by=eve)
    editing.enter([Charge(defendant=quint.defendant, created_by=heard, title="Theft")], by=fay)
    assert Event.objects.get(pk=plea.pk).writers == [eve.pk]
    assert set(Event.objects.get(pk=heard.pk).writers) == {eve.pk, fay.pk, gil.pk}


def test_the_queue_and_the_page_offer_nothing_that_would_be_refused(quint: Docket, people: dict[str, User]) -> None:
    eve, fay, gil, _ = people.values()
    reworded(quint.complaint, by=eve, text="Filed, and served.")
    reworded(quint.complaint, by=fay, text="Filed and served.")
    where = reverse("admin:cases_event_change", args=[quint.complaint.pk])
    offered = {}
    for who in (eve, fay, gil):
        client = Client()
        client.force_login(who)
        waiting = client.get(reverse("admin:index")).context["queue"].waiting
        panel = client.get(where).context["publishing"]
        offered[who.username] = ([row.words for one in waiting for row in one.rows], panel.may_confirm, panel.unseen)
    told = offered["gil"][2]
    assert told.startswith("Its words were changed after publication by eve and fay on ")
    assert told.endswith(" last, and nobody else has looked yet.")
    assert offered == {"eve": ([], False, told), "fay": ([], False, told), "gil": ([told], True, told)}


def looks(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    waiting = client.get(reverse("admin:index")).context["queue"].waiting
    heading = "People and sources changed, and not seen by a second person"
    return {row.title: row.words.partition(": ")[2] for one in waiting if one.heading == heading for row in one.rows}


def test_words_of_persons_and_sources_wait_for_a_second_person(
    quint: Docket, report: Source, people: dict[str, User]
) -> None:
    eve, fay, gil, bea = people.values()
    who = quint.defendant.person
    reworded(who, by=eve, described_as="baker")
    reworded(who, by=fay, described_as="Baker", kind="pseudonym")
    corrected(editing.save, Name(person=who, text="Zoé the Torch"), by=fay)
    reworded(report, by=eve, title="What was done", accessed_on=date(2024, 1, 1))
    reworded(report, by=bea, publisher="The Evening Docket")
    told = {str(who): "described as; kind, described as; other names.", "The Evening Docket: What was done": "title."}
    assert [looks(one) for one in (eve, fay, gil)] == [{}, {"The Evening Docket: What was done": "title."}, told]
    assert looks(bea) == told
    assert refusal(editing.confirm_words, who, by=eve) == [
        f"“{who}” has words of yours that nobody else has seen. Somebody else has to look at them."
    ]

    client = Client()
    client.force_login(gil)
    for noun, row in (("person", who), ("source", report)):
        page = client.get(reverse(f"admin:{row._meta.app_label}_{noun}_change", args=[row.pk])).content.decode()
        assert 'value="confirm">Seen, it is right' in page
        client.post(reverse("admin:tend", args=[noun, row.pk]), {"do": "assign", "to": ""})
        told = client.get(reverse("admin:index")).context["queue"].waiting[-1].rows[0]
        assert told.tend_url == reverse("admin:tend", args=[noun, row.pk])
        client.post(told.tend_url, {"do": "confirm", "mark": told.mark})
        assert 'id="second-look"' not in client.get(reverse(f"admin:{row._meta.app_label}_{noun}_change", args=[row.pk])
                                                    ).content.decode()  # fmt: skip
    assert [looks(one) for one in (eve, fay, gil)] == [{}, {}, {}]

    # What goes is looked at as well, and what one of them brings back.
    was = history.last_state(Person, who.pk)
    corrected(editing.remove, who.names.get(), by=eve)
    reworded(who, by=fay, described_as="pastry cook")
    editing.confirm_words(who, by=gil)
    assert was is not None
    corrected(editing.restore, was, by=eve)
    assert looks(fay) == {}, "it is a word of fay's, whoever brings it back"
    assert looks(gil) == {str(who): "described as; an earlier wording."}


def test_what_is_new_with_an_act_is_seen_with_it(quint: Docket, report: Source, people: dict[str, User]) -> None:
    eve, fay, gil, _ = people.values()
    judge = editing.save(Person(slug="judge", name="June Judge", described_as="judge"), by=eve)
    paper = editing.save(Source(kind="news_report", title="Heard at noon"), by=eve)
    (clerk,) = new = [Person(slug="clerk", name="Cleo Clerk")]
    editing.enter(new, by=eve)
    heard = act(quint.case, "Heard", "hearing preliminary", date(2024, 2, 1), paper, fay, actor=judge)
    assert looks(gil) == {}, "nobody can read them yet"
    editing.publish(heard, by=gil)
    assert looks(fay) == {}
    again = act(quint.case, "Heard again", "hearing preliminary", date(2024, 2, 2), report, fay)
    editing.save(Participant(case=quint.case, person=clerk, role="witness", shown_by=again), by=fay)
    editing.publish(again, by=eve)  # who wrote nothing of the act, and all of the clerk
    assert looks(fay) == looks(gil) == {"Cleo Clerk": "all of it."}
    assert looks(eve) == {}


def test_a_merge_waits_for_a_second_person_and_for_those_who_wrote_of_either(
    quint: Docket, kwint: Docket, people: dict[str, User]
) -> None:
    eve, fay, gil, _ = people.values()
    kept, other = quint.defendant.person, kwint.defendant.person
    Participant.objects.all().delete()
    reworded(other, by=fay, described_as="cook")
    done = corrected(editing.merge_people, keep=kept, absorb=other, by=eve)
    assert [looks(one) for one in (eve, fay, gil)] == [{}, {}, {"Zoë Quint": "a merge."}]
    editing.confirm_words(kept, by=gil)
    corrected(editing.unmerge_people, done, by=gil)
    undone = "a merge that was undone."
    assert [looks(one) for one in (gil, eve)] == [{}, {"Zoë Quint": undone, "Zofia Kwint": undone}]


def test_what_is_confirmed_is_what_was_shown(quint: Docket, people: dict[str, User]) -> None:
    eve, fay, gil, _ = people.values()
    who = quint.defendant.person
    client = Client()
    client.force_login(gil)

    def confirmed(noun: str, row: Any, mark: str) -> str:
        sent = {"do": "confirm", "mark": mark, "next": "/desk/"}
        answer = client.post(reverse("admin:tend", args=[noun, row.pk]), sent, follow=True)
        (message,) = answer.context["messages"]
        return str(message)

    def marks() -> dict[str, str]:
        waiting = client.get(reverse("admin:index")).context["queue"].waiting
        return {row.noun: row.mark for section in waiting for row in section.rows}

    reworded(quint.complaint, by=eve, text="Filed, and served.")
    corrected(editing.save, Name(person=who, text="Zoé the Torch"), by=eve)
    seen = marks()
    reworded(quint.charge, by=fay, title="Arson in the first degree")
    corrected(editing.save, Name(person=who, text="Zoé the Flame"), by=fay)
    changed = "It was changed, by {}, after this was shown to you. Look at it again first."
    assert confirmed("act", quint.complaint, seen["act"]) == changed.format("fay")
    assert confirmed("person", who, seen["person"]).startswith("It was changed, by ")
    assert confirmed("act", quint.complaint, "").startswith("This list does not say what it showed you.")
    assert set(marks()) == {"act", "person"}
    assert confirmed("act", quint.complaint, marks()["act"]) == f"“{quint.complaint}”: seen by a second person."
    assert confirmed("person", who, marks()["person"]) == "“Zoë Quint”: seen by a second person."


def test_a_form_s_answer_is_kept_whole(quint: Docket, people: dict[str, User]) -> None:
    """An address with many filters, or the answer of a window of its own: cut short it would lead nowhere."""
    key, led = uuid4(), "/desk/cases/event/?_changelist_filters=" + "q%3Dquint%26" * 200
    entries.remember(key, led=led, by=people["eve"])
    assert entries.led_to(key, by=people["eve"]) == led

"""The review queue, the desk's first page: what waits for me, what is due, what was changed lately, and how fast."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import editing
from cases.history import history_of
from cases.law.dates import day_words
from cases.models import AppealPeriod, Case, Citation, Court, Disposition, Event, Matter, Outcome, Source
from desk.marks import mark_of
from desk.queue.rows import Section
from desk.roles import CONTRIBUTORS, EDITORS, make_groups
from tests.desk.record import Docket, act, docket

pytestmark = pytest.mark.django_db
QUERIES = 49


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """A contributor and two editors."""
    groups = make_groups()
    made = {}
    for name, role in (("ada", CONTRIBUTORS), ("eve", EDITORS), ("fay", EDITORS)):
        made[name] = User.objects.create_user(name, is_staff=True)
        made[name].groups.add(groups[role])
    return made


def page(user: User) -> Any:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    return response.context["queue"]


def lists(sections: tuple[Section, ...]) -> dict[str, list[str]]:
    return {section.heading: [row.title for row in section.rows] for section in sections}


def post(user: User, noun: str, pk: int, **sent: str) -> list[str]:
    client = Client()
    client.force_login(user)
    if sent["do"] == "confirm":
        sent["mark"] = mark_of(Event.objects.get(pk=pk))
    response = client.post(reverse("admin:tend", args=[noun, pk]), sent | {"next": "/desk/"}, follow=True)
    assert response.redirect_chain[0][0] == "/desk/"
    return [str(message) for message in response.context["messages"]]


def test_what_waits_for_whom(quint: Docket, report: Source, people: dict[str, User]) -> None:
    ada, eve, fay = people["ada"], people["eve"], people["fay"]

    def heard(title: str, by: User) -> Event:
        return act(quint.case, title, "hearing preliminary", date(2024, 2, 1), report, by)

    handed, own, sent, begun = (
        heard("Handed in", ada),
        heard("Eve's own", eve),
        heard("Sent back", ada),
        heard("New", ada),
    )
    for one in (handed, sent):
        editing.submit(one, by=ada)
    editing.submit(own, by=eve)
    editing.redraft(sent, by=fay, because="Which motion?")
    changed = Event.objects.get(pk=quint.complaint.pk)
    changed.text = "Filed in the morning."
    with editing.sitting():
        editing.correct(kind="clarification", sentence="It says when it was filed.", by=eve)
        editing.save(changed, by=eve)

    day = "1 February 2024: "
    unseen = "Changed after publication, and not seen by a second person"
    assert lists(page(ada).waiting) == {
        "Yours, in review": [f"{day}Handed in"],
        "Sent back to you": [f"{day}Sent back"],
        "Your drafts": [f"{day}New"],
    }
    assert page(ada).waiting[1].rows[0].words == "fay: Which motion?"
    assert lists(page(eve).waiting) == {"To review": [f"{day}Handed in"]}
    assert lists(page(fay).waiting) == {
        "To review": [f"{day}Handed in", f"{day}Eve's own"],
        unseen: ["10 January 2024: Complaint filed"],
    }
    assert post(fay, "act", changed.pk, do="confirm") == [f"“{changed}”: seen by a second person."]
    assert post(fay, "act", handed.pk, do="assign", to=str(eve.pk)) == [f"“{handed}” is assigned to eve."]
    assert lists(page(fay).waiting) == {"To review": [f"{day}Handed in", f"{day}Eve's own"]}
    assert lists(page(eve).waiting) == {"Assigned to you": [f"{day}Handed in"]}
    assert begun.editorial_state == "draft"


def test_the_guard_s_list_stands_beside_what_is_to_be_reviewed(quint: Docket, people: dict[str, User]) -> None:
    bare = act(quint.case, "Quint, the arsonist, heard", "hearing preliminary", date(2024, 2, 1), None, people["ada"])
    editing.submit(bare, by=people["ada"])
    ((section,), mend) = page(people["eve"]).waiting, reverse("admin:cases_event_change", args=[bare.pk])
    assert [(line.weight, line.url) for line in section.rows[0].lines] == [("Must", mend), ("Should", mend)]


def test_what_is_due_leaves_when_it_is_verified(
    quint: Docket, court: Court, report: Source, editor: User, people: dict[str, User], terms: dict[str, Disposition]
) -> None:
    today = timezone.localdate()
    AppealPeriod.objects.create(jurisdiction=court.jurisdiction, case_kind="criminal", days=30, authority="Rule 1")
    ruling = act(quint.case, "Dismissed", "ruling dismiss granted", today - timedelta(60), report, editor,
                 entered_on=today - timedelta(60))  # fmt: skip
    editing.save(Outcome(event=ruling, charge=quint.charge, disposition=terms["dismissed_with_prejudice"]), by=editor)
    hearing = act(
        quint.case, "Costs", "hearing motion_hearing", today - timedelta(3), report, editor, occurrence="scheduled"
    )
    to_come = act(
        quint.case, "Later", "hearing motion_hearing", today + timedelta(3), report, editor, occurrence="scheduled"
    )
    with editing.sitting():
        editing.correct(kind="update", sentence="The charge was dismissed in the meantime.", by=editor)
        for one in (ruling, hearing, to_come):
            editing.publish(one, by=editor)
    fresh = docket(court, report, editor, slug="state-v-fresh", name="Max Roe").case
    editing.verify(fresh, by=editor)
    old = docket(court, report, editor, slug="state-v-old", name="Lea Poe").case
    Case.objects.filter(pk=old.pk).update(verified_on=today - timedelta(91))
    case = str(Case.objects.get(pk=quint.case.pk))

    deadline = Case.objects.get(pk=quint.case.pk).derived_deadline
    assert deadline is not None
    assert today - timedelta(30) <= deadline < today
    due = {
        "A scheduled date has passed": [str(hearing)],
        "A window to appeal has ended": [case],
        "Not verified for 90 days": [case, str(old)],
    }
    assert lists(page(people["eve"]).due) == due
    assert {row.do for section in page(people["eve"]).due for row in section.rows} == {"verify"}
    assert lists(page(people["ada"]).due) == due
    assert {row.do for section in page(people["ada"]).due for row in section.rows} == {""}

    assert post(people["eve"], "case", quint.case.pk, do="verify") == [f"“{case}”: verified today, nothing new."]
    stored = Case.objects.get(pk=quint.case.pk)
    assert (stored.verified_on, stored.verified_by) == (today, people["eve"])
    assert lists(page(people["eve"]).due) == {"Not verified for 90 days": [str(old)]}
    told = Client().get(stored.get_absolute_url()).content.decode()
    assert f"Last verified {day_words(today)}." in told
    # The date comes back a week later, as long as nobody has said what came of it.
    Case.objects.filter(pk=quint.case.pk).update(verified_on=today - timedelta(2))
    Event.objects.filter(pk=hearing.pk).update(on=today - timedelta(20))
    assert "A scheduled date has passed" not in lists(page(people["eve"]).due)
    Case.objects.filter(pk=quint.case.pk).update(verified_on=today - timedelta(8))
    assert lists(page(people["eve"]).due)["A scheduled date has passed"] == [str(Event.objects.get(pk=hearing.pk))]


def test_a_button_of_the_queue_does_nothing_that_it_may_not(quint: Docket, people: dict[str, User]) -> None:
    ada, eve = people["ada"], people["eve"]
    only = "Only an editor may publish, withdraw, confirm, verify or assign. Submit it for review instead."
    assert post(ada, "case", quint.case.pk, do="verify") == [only]
    assert Case.objects.get().verified_on is None
    assert post(eve, "act", quint.complaint.pk, do="verify") == ["Only a case is verified."]
    assert post(eve, "case", quint.case.pk, do="\0") == ["This button is not known. Reload the page, and try again."]
    assert post(eve, "case", quint.case.pk, do="assign", to="99999999999999999999") == [
        "Choose somebody from the list."
    ]
    client = Client()
    client.force_login(eve)
    for noun, pk in (("case", 2**62), ("court", quint.case.pk), ("case", 10**30)):
        assert client.post(f"/desk/tend/{noun}/{pk}/", {"do": "verify"}).status_code == 404
    away = client.post(reverse("admin:tend", args=["case", quint.case.pk]), {"do": "verify", "next": "//evil.example/"})
    assert away.headers["Location"] == reverse("admin:cases_case_change", args=[quint.case.pk])
    assert client.get(reverse("admin:tend", args=["case", quint.case.pk])).status_code == 302


def test_what_was_changed_lately_and_by_whom(quint: Docket, report: Source, people: dict[str, User]) -> None:
    ada = people["ada"]
    one = act(quint.case, "Heard", "hearing preliminary", date(2024, 2, 1), report, ada)
    gone = act(quint.case, "Not heard", "hearing preliminary", date(2024, 2, 1), None, ada)
    editing.remove(gone, by=ada)
    later = timezone.now() + timedelta(hours=1)  # a test is one transaction, and has one time
    for model in (Event, Citation):
        history_of(model)._base_manager.filter(pgh_context__user=ada.pk).update(pgh_created_at=later)
    lately = page(people["eve"]).lately
    assert (lately[0].who, [(place.title, place.verb) for place in lately[0].places]) == (
        "ada",
        [("act that is gone", "removed"), (str(one), "entered")],
    )
    assert lately[-1].who == "edith"


def test_the_queue_asks_as_much_of_ten_thousand_cases_as_of_one(
    quint: Docket, editor: User, people: dict[str, User], django_assert_num_queries: Any
) -> None:
    eve = people["eve"]

    def enter(numbers: range) -> None:
        states = ("published", "in_review", "draft")
        rows = [
            Case(slug=f"case-{number}", caption=f"State v. {number}", court=quint.case.court, folded=str(number),
                 editorial_state=states[number % 3], changed_by=editor)
            for number in numbers
        ]  # fmt: skip
        Case.objects.bulk_create(rows)

    client = Client()
    client.force_login(eve)
    enter(range(3))
    client.get("/desk/")
    with django_assert_num_queries(QUERIES):
        client.get("/desk/")
    enter(range(3, 300))
    with django_assert_num_queries(QUERIES - 3):  # what was changed lately is cases alone, and no act, person, source
        queue = client.get("/desk/").context["queue"]
    assert [(section.heading, len(section.rows), section.total) for section in (*queue.waiting, *queue.due)] == [
        ("To review", 10, 100),
        ("Not verified for 90 days", 0, 101),
    ]
    told = [(group.title, group.total, group.words) for group in queue.due[0].groups]
    assert told == [("Cases of no matter", 101, "101 never verified")]
    assert [(section.anchor, section.total) for section in queue.sections] == [
        ("queue-to-review", 100), ("queue-not-verified-for-90-days", 101),
    ]  # fmt: skip
    assert queue.due[0].more == "/desk/cases/case/?due=unverified"
    Case.objects.filter(pk=quint.case.pk).update(verified_on=date(2024, 1, 2))
    Case.objects.filter(editorial_state="published").update(matter=Matter.objects.create(slug="m", title="A matter"))
    (group,) = client.get("/desk/").context["queue"].due[0].groups
    assert (group.title, group.total, group.words) == ("A matter", 101, "100 never verified")
    assert client.get(group.url).context["cl"].result_count == 101

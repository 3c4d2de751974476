"""The history at the desk: who wrote what, the way back, what was removed, and the page of a past day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import editing, history
from cases.history.states import states_of
from cases.models import Case, Charge, Disposition, Event, Matter, Outcome, Source
from desk.history.past import FORGOTTEN, SEALED
from desk.history.views import AS_IT_IS, CHANGED
from desk.roles import CONTRIBUTORS, make_groups
from people.models import Person
from tests.desk.conftest import shown
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_superuser("anna", first_name="Anna")


@pytest.fixture
def reader(db: None) -> Client:
    """Somebody who may look at cases and acts, and change nothing."""
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("rita", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def draft(quint: Docket, editor: User, report: Source) -> Event:
    return act(quint.case, "Hearing held", "hearing arraignment", None, report, editor, precision="unknown")


@pytest.fixture(autouse=True)
def said(editor: User) -> Iterator[None]:
    with editing.corrected(kind="update", sentence="The record was changed by a test.", by=editor):
        yield


def stream(noun: str, pk: int) -> str:
    return reverse(f"admin:{noun}_history", args=[pk])


def told(response: HttpResponse) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Each change on a history screen: by whom, of what, how, and what differs."""
    found = []
    for entry in response.context["entries"]:
        for change in entry.changes:
            lines = [(line.label, line.before, line.after) for line in change.lines]
            found.append((entry.who, f"{change.noun} {change.name}", change.verb, lines))
    return found


def restore_of(model: Any, pk: int, back: int = 1) -> str:
    """The address that restores the state ``back`` writes ago."""
    state = states_of(model, [pk])[pk][-1 - back]
    return reverse("admin:history_restore", args=[model._meta.label_lower, state.position])


# --- the stream ---------------------------------------------------------------------------------------------------


def test_the_stream_tells_who_changed_what_in_words_of_the_row_and_of_those_below(
    desk: Client, anna: User, draft: Event
) -> None:
    url = reverse("admin:cases_event_change", args=[draft.pk])
    desk.post(url, shown(desk.get(url)) | {"title": "First hearing", "citations-0-locator": "page 3"})
    response = desk.get(stream("cases_event", draft.pk))
    assert ("edith", "act First hearing", "changed", [("Title", "Hearing held", "First hearing")]) in told(response)
    assert (
        "edith", "citation The Daily Docket: What was decided", "changed", [("Locator", "nothing", "page 3")],
    ) in told(response)  # fmt: skip
    assert ("edith", "citation The Daily Docket: What was decided", "entered") in [row[:3] for row in told(response)]
    assert "django" not in response.content.decode().lower()


def test_what_nobody_signed_for_is_said_to_be_unknown(desk: Client, draft: Event) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
        cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")
        cursor.execute("UPDATE cases_event SET text = 'By hand.' WHERE id = %s", [draft.pk])
    response = desk.get(stream("cases_event", draft.pk))
    assert ("unknown, outside the desk", "act Hearing held", "changed", [("Text", "nothing", "By hand.")]) in told(
        response
    )


def test_any_beginning_of_a_page_is_answered(desk: Client, quint: Docket) -> None:
    for until in ("x", "\0", "2024-01-01", "9" * 400, "2024-01-01T00:00:00Z", "2024-13-01T00:00:00Z"):
        assert desk.get(stream("cases_case", quint.case.pk), {"until": until}).status_code == 200
        assert desk.get(reverse("admin:history_deleted"), {"until": until}).status_code == 200


def test_a_long_history_is_read_page_by_page(desk: Client, draft: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cases.history.changes.A_PAGE", 2)
    table = history.history_of(Event).objects.filter(id=draft.pk)
    for n in range(4):
        Event.objects.filter(pk=draft.pk).update(title=f"Number {n}")
        table.update(pgh_created_at=F("pgh_created_at") - timedelta(days=1))
    seen: list[str] = []
    url = stream("cases_event", draft.pk)
    while url:
        response = desk.get(url)
        seen += [lines[0][2] for _, what, _, lines in told(response) if what.startswith("act") and lines]
        later = response.context["later"]
        url = f"{stream('cases_event', draft.pk)}?until={later.replace('+', '%2B')}" if later else ""
    assert [title for title in seen if title.startswith("Number")] == ["Number 3", "Number 2", "Number 1", "Number 0"]


# --- the way back -------------------------------------------------------------------------------------------------


def test_an_earlier_state_is_shown_before_it_is_restored_by_the_one_who_restores(
    desk: Client, anna: User, editor: User, draft: Event
) -> None:
    draft.title = "Something else"
    editing.save(draft, by=anna)
    url = restore_of(Event, draft.pk)
    page = desk.get(url)
    assert [(line.label, line.before, line.after) for line in page.context["lines"]] == [
        ("Title", "Something else", "Hearing held")
    ]
    stale = desk.post(url, {"stamp": "another"}, follow=True)
    assert CHANGED in stale.content.decode()
    assert desk.post(url, {"stamp": page.context["stamp"]}).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Hearing held"
    assert history.last_state(Event, draft.pk).user_id == editor.pk
    assert AS_IT_IS in desk.get(restore_of(Event, draft.pk, back=0)).content.decode()


def test_what_was_removed_is_listed_and_comes_back_with_what_went_with_it(
    desk: Client, draft: Event, quint: Docket
) -> None:
    pk, cited = draft.pk, draft.citations.get().pk
    desk.post(reverse("admin:cases_event_delete", args=[pk]), {"post": "yes"})
    page = desk.get(reverse("admin:history_deleted"))
    (deletion,) = page.context["deletions"]
    assert deletion["who"] == "edith"
    assert sorted(deletion["rows"]) == [("act", "Hearing held"), ("citation", "The Daily Docket: What was decided")]
    assert "Hearing held" in desk.get(deletion["back"]).content.decode()
    response = desk.post(deletion["back"], follow=True)
    assert "2 rows are there again" in response.content.decode()
    assert Event.objects.get(pk=pk).citations.get().pk == cited
    assert desk.get(reverse("admin:history_deleted")).context["deletions"] == []
    assert "nothing to bring back" in desk.post(deletion["back"], follow=True).content.decode()


def test_an_outcome_that_was_removed_is_found_from_its_act_and_restored_there(
    desk: Client, editor: User, quint: Docket, terms: dict[str, Disposition], report: Source
) -> None:
    ruling = act(quint.case, "Dismissed", "ruling dismiss granted", date(2024, 5, 1), report, editor)
    term = terms["dismissed_with_prejudice"]
    given = editing.save(Outcome(event=ruling, charge=quint.charge, disposition=term), by=editor)
    pk = given.pk
    editing.remove(given, by=editor)
    response = desk.get(stream("cases_event", ruling.pk))
    (gone,) = [change for entry in response.context["entries"] for change in entry.changes if change.is_deletion]
    assert (gone.name, [line.before for line in gone.lines]) == (
        "Arson", [f"{ruling}".split(": ", 1)[1], "Arson", "Dismissed with prejudice"],
    )  # fmt: skip
    assert desk.post(gone.back)["Location"] == reverse("admin:cases_event_change", args=[ruling.pk])
    assert Outcome.objects.get(pk=pk).disposition == term


def test_a_merge_is_no_deletion(desk: Client, editor: User, quint: Docket, kwint: Docket) -> None:
    Charge.objects.all()
    editing.merge_people(keep=quint.defendant.person, absorb=Person.objects.create(slug="z", name="Z."), by=editor)
    assert desk.get(reverse("admin:history_deleted")).context["deletions"] == []


def test_who_may_only_look_sees_the_history_and_no_way_back(reader: Client, draft: Event, anna: User) -> None:
    draft.title = "Something else"
    editing.save(draft, by=anna)
    response = reader.get(stream("cases_event", draft.pk))
    assert "Restore what was before" not in response.content.decode()
    assert reader.get(restore_of(Event, draft.pk)).status_code == 403
    assert Client().get(stream("cases_event", draft.pk)).status_code == 302


def test_a_state_that_never_was_is_not_found(desk: Client) -> None:
    for state in (
        "cases.event/999", "cases.nothing/1", "x/1", "auth.user/1", f"cases.event/{'9' * 30}", "cases.eventhistory/1",
    ):  # fmt: skip
        assert desk.get(f"/desk/history/{state}/restore/").status_code == 404


# --- a past day ---------------------------------------------------------------------------------------------------


def days_ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def grow_older(days: int) -> None:
    """Let everything that was written so far have been written ``days`` days earlier."""
    for model in history.tracked_models():
        table = history.history_of(model).objects
        table.update(pgh_created_at=F("pgh_created_at") - timedelta(days=days))


@pytest.fixture
def corrected(quint: Docket, editor: User, terms: dict[str, Disposition], report: Source) -> Docket:
    """Ten days ago published as pending; a week ago a dismissal of 2024 was entered late; five days ago corrected."""
    grow_older(3)
    ruling = act(quint.case, "Dismissed with prejudice", "ruling dismiss granted", date(2024, 5, 1), report, editor)
    gone = Outcome(event=ruling, charge=quint.charge, disposition=terms["dismissed_with_prejudice"])
    editing.save(gone, by=editor)
    editing.publish(ruling, by=editor)
    grow_older(2)
    quint.charge.title = "Arson in the second degree"
    editing.save(quint.charge, by=editor)
    grow_older(5)
    return quint


DISMISSED = "Dismissed with prejudice on 1 May 2024. Not yet final: it can still be appealed or reviewed."


def past(desk: Client, case: Case, on: str) -> Any:
    return desk.get(reverse("admin:history_past", args=[case.pk]), {"on": on})


def said_of(response: Any, what: str) -> tuple[str | None, str | None]:
    (row,) = [row for row in response.context["rows"] if row.what == what]
    return row.said, row.stood


def test_our_page_of_a_past_day_stands_beside_the_law_of_that_day(desk: Client, corrected: Docket) -> None:
    first = past(desk, corrected.case, days_ago(9))
    assert said_of(first, "Status") == ("Open", "Decided in this court")
    assert said_of(first, "A charge against Zoë Quint") == (
        "Arson. Charged on 10 January 2024; not decided.",
        f"Arson in the second degree. {DISMISSED}",
    )
    assert said_of(first, "Act of 1 May 2024") == (None, "Dismissed with prejudice")
    later = past(desk, corrected.case, days_ago(6))
    assert said_of(later, "Status") == ("Decided in this court", "Decided in this court")
    assert "Arson in the second degree" not in desk.get(later.context["page"]).content.decode()
    assert (
        "Arson in the second degree"
        in desk.get(past(desk, corrected.case, days_ago(1)).context["page"]).content.decode()
    )


def test_the_past_page_is_drawn_by_the_public_template_and_writes_nothing(desk: Client, corrected: Docket) -> None:
    before = history.history_of(Case).objects.count()
    page = desk.get(past(desk, corrected.case, days_ago(9)).context["page"])
    text = page.content.decode()
    assert "As our page was at the end of" in text
    assert "Dismissed with prejudice" not in text
    assert Event.objects.filter(title="Dismissed with prejudice").exists()  # and the present is read again
    assert history.history_of(Case).objects.count() == before


def test_a_day_before_the_case_was_entered_or_that_is_not_over_is_refused(desk: Client, corrected: Docket) -> None:
    assert "Before that day there was no page" in past(desk, corrected.case, days_ago(30)).context["refused"]
    for on in (days_ago(0), days_ago(-3), "x", "", "\0", "0000-00-00", "99999-01-01", "2024-02-30"):
        response = past(desk, corrected.case, on)
        assert (response.status_code, "rows" in response.context) == (200, False)
        if on:
            assert desk.get(f"{reverse('admin:history_past', args=[corrected.case.pk])}{on}/").status_code == 400
    assert desk.get(reverse("admin:history_past", args=[10**18])).status_code == 404


def test_what_was_withdrawn_since_is_shown_and_what_was_sealed_since_is_left_out(
    desk: Client, corrected: Docket, editor: User
) -> None:
    for rows in (Case.objects, history.history_of(Case).objects):  # else nothing of the page would be known
        rows.update(caption="State v. A Defendant", slug="state-v-a-defendant", folded="state v a defendant")
    editing.withdraw(corrected.case, by=editor)
    assert said_of(past(desk, corrected.case, days_ago(9)), "Status") == ("Open", None)
    editing.seal_defendant(corrected.defendant, basis="Order", on=date(2025, 3, 3), by=editor)
    response = past(desk, corrected.case, days_ago(9))
    page = desk.get(response.context["page"])
    text = page.content.decode()
    assert (page.status_code, "Zoë" in text, "Arson" in text) == (200, False, False)
    assert response.context["left_out"].startswith("Something of this case was sealed")


@pytest.mark.parametrize("hidden", ["name", "case"])
def test_a_past_page_that_was_forgotten_is_said_to_be(
    desk: Client, corrected: Docket, editor: User, hidden: str
) -> None:
    """The case's own name has the name that is withheld, so nothing of its page is known."""
    person = corrected.defendant.person
    if hidden == "name":
        person.visibility = "name_withheld"
        editing.save(person, by=editor)
    else:
        editing.seal_case(corrected.case, basis="Order", on=date(2025, 3, 3), by=editor)
    response = past(desk, corrected.case, days_ago(9))
    assert response.context["refused"] == {"name": FORGOTTEN.format("case"), "case": SEALED}[hidden]
    page = desk.get(reverse("admin:history_past_page", args=[corrected.case.pk, days_ago(9)]))
    assert (page.status_code, page.content.decode()) == (404, response.context["refused"])


def test_a_contributor_restores_a_draft_and_nothing_that_is_public(
    editor: User, quint: Docket, draft: Event, anna: User
) -> None:
    writer = User.objects.create_user("ada", is_staff=True)
    writer.groups.add(make_groups()[CONTRIBUTORS])
    ada = Client()
    ada.force_login(writer)
    for act_ in (draft, quint.complaint):
        act_.text = "Other words."
        editing.save(act_, by=anna)
        url = restore_of(Event, act_.pk)
        response = ada.post(url, {"stamp": ada.get(url).context["stamp"]}, follow=True)
        assert ("Only an editor may change it" in response.content.decode()) == (act_ == quint.complaint)
    assert list(Event.objects.filter(text="Other words.")) == [quint.complaint]


def test_what_our_pages_said_of_a_matter_and_of_a_person(desk: Client, corrected: Docket, editor: User) -> None:
    """Beside what the present record says of that day: by the same builders as the pages of cases."""
    case, person = corrected.case, corrected.defendant.person
    person.described_as = "baker"
    editing.save(person, by=editor)
    matter = editing.save(Matter(slug="the-fire", title="The fire"), by=editor)
    case.refresh_from_db()
    case.matter = matter
    editing.save(case, by=editor)
    editing.publish(matter, by=editor)
    grow_older(2)  # yesterday and the day before, all of it stood so
    matter.refresh_from_db()
    matter.title = "The fire at the mill"
    editing.save(matter, by=editor)

    where = reverse("admin:history_past_matter", args=[matter.pk])
    response = desk.get(where, {"on": days_ago(1)})
    assert said_of(response, "The matter’s title") == ("The fire", "The fire at the mill")
    assert said_of(response, "A charge against Zoë Quint")[0] == f"Arson in the second degree. {DISMISSED}"
    whole = desk.get(response.context["page"]).content.decode()
    assert ("<h1>The fire</h1>" in whole, "As our page was at the end of" in whole) == (True, True)
    assert desk.get(where, {"on": days_ago(5)}).context["refused"].startswith("This matter was entered on ")
    assert desk.get(f"{where}x/").status_code == 400

    where = reverse("admin:history_past_person", args=[person.pk])
    first = desk.get(where, {"on": days_ago(11)})
    assert said_of(first, "Described as") == ("", "baker")
    assert said_of(first, "State v. Quint: a charge") == (
        "Arson. Charged on 10 January 2024; not decided.",
        f"Arson in the second degree. {DISMISSED}",
    )
    assert desk.get(reverse("admin:people_person_history", args=[person.pk])).context["past"] == where
    person.refresh_from_db()
    person.visibility = "name_withheld"
    editing.save(person, by=editor)
    assert desk.get(where, {"on": days_ago(11)}).context["refused"].startswith("This name is withheld or sealed.")

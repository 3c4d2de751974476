"""What the desk refuses: each time with a sentence beside its field, and with nothing written."""

import threading
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Court, Disposition, Event, Outcome, Source
from desk.forms import BESIDE
from desk.meanwhile import MEANWHILE
from people.models import Person
from tests.desk.conftest import add, change, picked, problems, row, shown
from tests.desk.record import act, docket

pytestmark = pytest.mark.django_db

NOT_HELD = "An act that was not held can not carry charges, outcomes or a sentence. Set it to “Held”, or remove these."
UNSUPPORTED = (
    "“{}” can not be public without a source that supports it, and a tip is none. "
    "Add such a citation, or leave the act unpublished."
)


NOT_OFFERED = "Select a valid choice. That choice is not one of the available choices."
WRONG = [
    (
        {"on": "", "what": "verdict:guilty", "decision": "granted", "timeliness": "untimely", "motion": "dismiss"},
        {
            "on": "Enter a date, or choose the precision “Unknown” and leave the date empty.",
            "decision": "Only a ruling has a decision. Choose the category “Ruling”, or leave the decision empty.",
            "timeliness": "Only a ruling says whether a motion was in time.",
            "motion": "Only a motion, a response to one, or its hearing says which motion it is.",
        },
    ),
    (
        {"on": "2024-02-10", "precision": "month", "title": "No\0thing", "sequence": "99999999999"},
        {
            "on": "A date known to the month is stored as the first day of that month.",
            "title": "Null characters are not allowed.",
            "sequence": "Ensure this value is less than or equal to 32767.",
        },
    ),
    (
        {"on": "2024-02-01", "precision": "year", "what": "verdict:granted", "matter": "1", "title": ""},
        {
            "on": "A date known to the year is stored as 1 January of that year.",
            "what": "Select a valid choice. verdict:granted is not one of the available choices.",
            "matter": NOT_OFFERED,
            "title": "This field is required.",
        },
    ),
    (
        {"on": "2024-02-01", "until": "2024-01-01", "case": "99999999999999999999", "what": "", "reverses": "x"},
        {
            "until": "The last day lies before the first, or the first day is not known.",
            "case": NOT_OFFERED,
            "what": "This field is required.",
            "reverses": NOT_OFFERED,
        },
    ),
]


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_an_error_of_an_act_stands_beside_its_field(
    desk: Client, editor: User, court: Court, report: Source, wrong: dict[str, str], told: dict[str, str]
) -> None:
    case = docket(court, report, editor).case
    good = {"what": "ruling:dismiss", "title": "Dismissed", "on": "2024-07-12"}
    response = add(desk, "cases_event", f"?case={case.pk}", **(good | wrong))
    assert problems(response) == {name: [sentence] for name, sentence in told.items()}
    assert Event.objects.count() == 1


def test_a_scheduled_act_carries_no_outcome(
    desk: Client, editor: User, court: Court, report: Source, terms: dict[str, Disposition]
) -> None:
    kept = docket(court, report, editor)
    response = add(
        desk, "cases_event", f"?case={kept.case.pk}", what="ruling:dismiss", decision="granted", title="Dismissed",
        on="2024-07-12", occurrence="scheduled",
        **row("outcomes", 0, charge=kept.charge.pk, disposition=terms["dismissed_with_prejudice"].pk,
              jeopardy="unknown"),
    )  # fmt: skip
    assert problems(response) == {"outcomes": [NOT_HELD]}
    assert (Event.objects.count(), Outcome.objects.count()) == (1, 0)


def test_an_act_is_set_to_held_and_given_its_outcome_at_once(
    desk: Client, editor: User, court: Court, report: Source, terms: dict[str, Disposition]
) -> None:
    kept = docket(court, report, editor)
    planned = act(kept.case, "Ruling due", "ruling dismiss", date(2024, 7, 12), report, editor, occurrence="scheduled")
    response = change(
        desk, "cases_event", planned.pk, occurrence="held", decision="granted",
        **row("outcomes", 0, charge=kept.charge.pk, disposition=terms["dismissed_with_prejudice"].pk,
              jeopardy="unknown"),
    )  # fmt: skip
    assert response.status_code == 302, problems(response)
    assert planned.outcomes.get().charge == kept.charge


def test_an_act_with_outcomes_can_not_become_scheduled(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    response = change(desk, "cases_event", kept.complaint.pk, occurrence="scheduled")
    assert problems(response)["occurrence"] == [
        "This act carries charges, outcomes or a sentence, so it was held. Remove them first."
    ]
    kept.complaint.refresh_from_db()
    assert kept.complaint.occurrence == "held"


def test_an_act_that_decides_nothing_gives_no_outcome(
    desk: Client, editor: User, court: Court, report: Source, terms: dict[str, Disposition]
) -> None:
    kept = docket(court, report, editor)
    response = add(
        desk, "cases_event", f"?case={kept.case.pk}", what="statement:denial", title="Denied", on="2024-07-12",
        **row("outcomes", 0, charge=kept.charge.pk, disposition=terms["convicted_jury"].pk, jeopardy="unknown"),
    )  # fmt: skip
    assert problems(response) == {
        "outcomes": ["This kind of act decides nothing about a charge. Enter the ruling, verdict or notice that does."]
    }


def test_a_ruling_with_an_outcome_can_not_become_a_statement(
    desk: Client, editor: User, court: Court, report: Source, terms: dict[str, Disposition]
) -> None:
    kept = docket(court, report, editor)
    ruling = act(kept.case, "Dismissed", "ruling dismiss granted", date(2024, 7, 12), report, editor)
    term = terms["dismissed_with_prejudice"]
    editing.save(Outcome(event=ruling, charge=kept.charge, disposition=term), by=editor)
    response = change(desk, "cases_event", ruling.pk, what="statement:denial", decision="")
    assert problems(response) == {
        "outcomes-0-": [
            "This kind of act decides nothing about a charge. Enter the ruling, verdict or notice that does."
        ]
    }
    ruling.refresh_from_db()
    assert ruling.category == "ruling"


def test_an_act_without_a_source_is_not_published_and_not_half_saved(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    response = add(
        desk, "cases_event", f"?case={kept.case.pk}", what="hearing:arraignment", title="Arraigned", on="2024-02-01",
        _publish="1",
    )  # fmt: skip
    assert problems(response) == {"citations": [UNSUPPORTED.format("Arraigned")]}
    assert [str(m) for m in response.context["messages"]] == []
    assert Event.objects.count() == 1


def test_a_refused_row_below_the_form_stands_at_its_row(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    twice = row("defendants", 1, person=kept.defendant.person_id, position=2, visibility="public")
    response = change(desk, "cases_case", kept.case.pk, **twice)
    assert problems(response) == {
        "defendants": ["This person is already a defendant in this case."],
        "defendants-1-": ["Please correct the duplicate values below."],
    }
    assert kept.case.defendants.count() == 1


def test_the_address_is_not_in_the_form_of_what_exists_and_can_not_be_slipped_in(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    response = change(desk, "cases_case", kept.case.pk, slug="another", editorial_state="withdrawn", derived_status="x")
    assert response.status_code == 302
    kept.case.refresh_from_db()
    assert (kept.case.slug, kept.case.editorial_state, kept.case.derived_status) == (
        "state-v-quint",
        "published",
        "open_active",
    )


def test_a_slug_must_be_small_letters(desk: Client) -> None:
    response = add(desk, "people_person", name="Zoë Quint", slug="Zoë Quint")
    assert list(problems(response)) == ["slug"]
    assert Person.objects.count() == 0


@pytest.mark.usefixtures("said")
def test_of_two_editors_with_one_page_open_the_later_is_told(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    url = reverse("admin:cases_event_change", args=[kept.complaint.pk])
    mine = shown(desk.get(url))
    change(desk, "cases_event", kept.complaint.pk, title="Complaint filed by the State")
    response = desk.post(url, mine | {"title": "Complaint brought"})
    assert problems(response)[""][0] == MEANWHILE
    kept.complaint.refresh_from_db()
    assert kept.complaint.title == "Complaint filed by the State"


def test_what_others_rest_on_is_not_deleted_and_they_are_named(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    person = kept.defendant.person
    url = reverse("admin:people_person_delete", args=[person.pk])
    page = desk.get(url).content.decode()
    assert f"Defendant: {kept.defendant}" in page.replace("&#x27;", "'") or str(kept.defendant) in page
    assert desk.post(url, {"post": "yes"}).status_code == 200
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_is_published_is_not_deleted(desk: Client, editor: User, court: Court, report: Source) -> None:
    kept = docket(court, report, editor)
    extra = act(kept.case, "Arraigned", "hearing arraignment", date(2024, 2, 1), report, editor)
    editing.publish(extra, by=editor)
    response = desk.post(reverse("admin:cases_event_delete", args=[extra.pk]), {"post": "yes"}, follow=True)
    assert [str(m) for m in response.context["messages"]] == [
        f"“{extra}” is published. Withdraw it first; a withdrawn record can be removed."
    ]
    assert Event.objects.filter(pk=extra.pk).exists()


def test_deleting_several_at_once_follows_the_same_rules(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    extra = act(kept.case, "Arraigned", "hearing arraignment", date(2024, 2, 1), report, editor)
    published = act(kept.case, "Heard", "hearing preliminary", date(2024, 2, 2), report, editor)
    editing.publish(published, by=editor)
    url = reverse("admin:cases_event_changelist")
    asked = picked("delete_selected", extra, published, post="yes")
    response = desk.post(url, asked, follow=True)
    assert [str(m) for m in response.context["messages"]] == [
        f"“{published}” is published. Withdraw it first; a withdrawn record can be removed."
    ]
    assert Event.objects.count() == 3
    desk.post(url, picked("delete_selected", extra, post="yes"))
    assert Event.objects.count() == 2


def test_publishing_from_the_list_tells_of_each_that_could_not_be(
    desk: Client, editor: User, court: Court, report: Source
) -> None:
    kept = docket(court, report, editor)
    good = act(kept.case, "Arraigned", "hearing arraignment", date(2024, 2, 1), report, editor)
    bare = act(kept.case, "Heard", "hearing preliminary", date(2024, 2, 2), None, editor)
    response = desk.post(
        reverse("admin:cases_event_changelist"),
        picked("publish_selected", good, bare),
        follow=True,
    )
    where = reverse("admin:cases_event_change", args=[bare.pk])
    assert [str(m) for m in response.context["messages"]] == [
        f'1 is published now. 1 was not.<ul><li><a href="{where}">{bare}</a>: {UNSUPPORTED.format("Heard")}</li></ul>'
    ]
    states = Event.objects.order_by("pk").values_list("editorial_state", flat=True)
    assert list(states) == ["published", "published", "draft"]


def test_every_rule_named_in_the_forms_exists() -> None:
    from cases.editing.refusals import constraint_sentences

    assert set(BESIDE) - set(constraint_sentences()) == set()


@pytest.mark.django_db(transaction=True)
def test_an_outcome_sent_while_another_editor_unholds_the_act_is_told_not_a_crash(
    desk: Client, editor: User, court: Court, report: Source, terms: dict[str, Disposition]
) -> None:
    kept = docket(court, report, editor)
    ruling = act(kept.case, "Dismissed", "ruling dismiss granted", date(2024, 7, 12), report, editor)
    url = reverse("admin:cases_event_change", args=[ruling.pk])
    term = terms["dismissed_with_prejudice"]
    mine = shown(desk.get(url)) | row(
        "outcomes", 0, charge=kept.charge.pk, disposition=term.pk, jeopardy="unknown"
    )  # fmt: skip
    ready, go = threading.Event(), threading.Event()

    def unhold() -> None:
        with editing.sitting():
            other = Event.objects.get(pk=ruling.pk)
            other.occurrence = "cancelled"
            editing.save(other, by=editor)
            ready.set()
            go.wait(1)
        connection.close()

    meanwhile = threading.Thread(target=unhold)
    meanwhile.start()
    assert ready.wait(60)
    threading.Timer(0.2, go.set).start()
    response = desk.post(url, mine)
    meanwhile.join()
    assert response.status_code == 200
    assert problems(response)[""][0] == MEANWHILE
    assert Outcome.objects.count() == 0


def test_a_case_that_was_removed_meanwhile_is_told(desk: Client, court: Court) -> None:
    case = Case.objects.create(slug="gone", caption="State v. Gone", court=court)
    url = reverse("admin:cases_event_add") + f"?case={case.pk}"
    mine = shown(desk.get(url)) | {"what": "hearing:arraignment", "title": "Arraigned", "on": "2024-02-01"}
    case.delete()
    response = desk.post(url, mine)
    assert problems(response)["case"] == ["Select a valid choice. That choice is not one of the available choices."]

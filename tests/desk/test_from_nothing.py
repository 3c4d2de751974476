"""An editor enters a case from nothing: person, case, complaint, ruling; and sees the status follow, untyped."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.models import Case, Charge, Court, Disposition, Event, Source
from people.models import Person
from tests.desk.conftest import add, change, problems, row, shown

pytestmark = pytest.mark.django_db


def enter_case(desk: Client, court: Court) -> Case:
    """A person and their case, as drafts, through the pages."""
    add(desk, "people_person", name="Zoë Quint", slug="zoe-quint", described_as="caretaker")
    person = Person.objects.get()
    add(
        desk,
        "cases_case",
        caption="State v. Quint",
        slug="state-v-quint",
        kind="criminal",
        court=court.pk,
        docket_number="CR-2024-7",
        **row("defendants", 0, person=person.pk, position=1, visibility="public"),
    )
    return Case.objects.get()


def enter_complaint(desk: Client, case: Case, report: Source, *, button: str = "_publish") -> Charge:
    """The complaint with its charge and its source, on one page."""
    response = add(
        desk,
        "cases_event",
        f"?case={case.pk}",
        what="filing:complaint",
        title="Complaint filed",
        on="2024-01-10",
        **row("creates", 0, defendant=case.defendants.get().pk, title="Arson", quantity=1,
              severity="felony", applicability="principal"),
        **{"citations-0-source": report.pk, "citations-0-stance": "supports", button: "1"},
    )  # fmt: skip
    assert response.status_code == 302, problems(response)
    assert response.url == reverse("admin:cases_case_change", args=[case.pk])  # where its status shows what it did
    return Charge.objects.get()


def enter_dismissal(desk: Client, case: Case, charge: Charge, term: Disposition, report: Source) -> Event:
    """The ruling that dismisses the charge, on one page."""
    response = add(
        desk,
        "cases_event",
        f"?case={case.pk}",
        what="ruling:dismiss",
        decision="granted",
        title="Dismissed with prejudice",
        on="2024-07-12",
        **row("outcomes", 0, charge=charge.pk, disposition=term.pk, prejudice="with", jeopardy="unknown"),
        **{"citations-0-source": report.pk, "citations-0-stance": "supports", "_publish": "1"},
    )
    assert response.status_code == 302, problems(response)
    return Event.objects.get(category="ruling")


def test_the_status_follows_from_the_acts_and_nobody_types_it(
    desk: Client, court: Court, terms: dict[str, Disposition], report: Source
) -> None:
    case = enter_case(desk, court)
    charge = enter_complaint(desk, case, report)
    change(desk, "cases_case", case.pk, _publish="1")
    case.refresh_from_db()
    charge.refresh_from_db()
    assert (case.editorial_state, case.derived_status) == ("published", "open_active")
    assert (charge.derived_class, charge.derived_term) == ("pending", "filed")

    enter_dismissal(desk, case, charge, terms["dismissed_with_prejudice"], report)

    case.refresh_from_db()
    charge.refresh_from_db()
    assert case.derived_status == "disposed"
    assert (charge.derived_class, charge.derived_term) == ("non_conviction", "dismissed_with_prejudice")
    assert str(case.first_act_on), str(case.latest_act_on) == ("2024-01-10", "2024-07-12")
    page = desk.get(reverse("admin:cases_case_change", args=[case.pk]))
    assert charge.derived_wording in page.content.decode()


def test_a_form_offers_no_field_for_a_status_that_is_derived(desk: Client, court: Court) -> None:
    case = enter_case(desk, court)
    fields = set(shown(desk.get(reverse("admin:cases_case_change", args=[case.pk]))))
    assert {name for name in fields if "derived" in name or "editorial" in name or "sealed" in name} == set()


def test_after_an_act_the_editor_is_back_at_the_case(desk: Client, court: Court, report: Source) -> None:
    case = enter_case(desk, court)
    response = add(
        desk, "cases_event", f"?case={case.pk}", what="hearing:arraignment", title="Arraigned", on="2024-01-12",
        **{"citations-0-source": report.pk, "citations-0-stance": "supports", "_save": "1"},
    )  # fmt: skip
    assert response.headers["Location"] == reverse("admin:cases_case_change", args=[case.pk])
    assert Event.objects.get().editorial_state == "draft"


def test_the_page_of_an_act_offers_only_the_people_and_charges_of_its_case(
    desk: Client, court: Court, report: Source
) -> None:
    case = enter_case(desk, court)
    charge = enter_complaint(desk, case, report)
    other = Case.objects.create(slug="other", caption="State v. Other", court=court)
    page = desk.get(reverse("admin:cases_event_add") + f"?case={other.pk}")
    formsets = {inline.formset.prefix: inline.formset for inline in page.context["inline_admin_formsets"]}
    assert list(formsets["outcomes"].empty_form.fields["charge"].queryset) == []
    assert list(formsets["creates"].empty_form.fields["defendant"].queryset) == []
    response = add(
        desk, "cases_event", f"?case={other.pk}", what="ruling:dismiss", decision="granted", title="Dismissed",
        on="2024-07-12", **row("outcomes", 0, charge=charge.pk, disposition="", jeopardy="unknown"),
    )  # fmt: skip
    assert problems(response)["outcomes-0-charge"] == [
        "Select a valid choice. That choice is not one of the available choices."
    ]


def test_an_appeal_decides_about_the_charge_of_the_trial_case(
    desk: Client, court: Court, terms: dict[str, Disposition], report: Source
) -> None:
    case = enter_case(desk, court)
    charge = enter_complaint(desk, case, report)
    change(desk, "cases_case", case.pk, _publish="1")
    add(
        desk, "cases_case", caption="State v. Quint (appeal)", slug="quint-appeal", kind="appellate", court=court.pk,
        **row("relations", 0, kind="appeal_of", target=case.pk),
    )  # fmt: skip
    appeal = Case.objects.get(slug="quint-appeal")
    page = desk.get(reverse("admin:cases_event_add") + f"?case={appeal.pk}")
    formsets = {inline.formset.prefix: inline.formset for inline in page.context["inline_admin_formsets"]}
    assert list(formsets["outcomes"].empty_form.fields["charge"].queryset) == [charge]
    assert list(page.context["adminform"].form.fields["defendants"].queryset) == [case.defendants.get()]


def test_what_an_editor_did_stands_in_the_history(desk: Client, editor: User, court: Court, report: Source) -> None:
    case = enter_case(desk, court)
    charge = enter_complaint(desk, case, report)
    act = Event.objects.get()
    cited = act.citations.get()
    entries = LogEntry.objects.filter(object_id=str(act.pk), content_type__model="event")
    told = [(entry.get_change_message(), entry.user) for entry in entries.order_by("pk")]
    assert told == [(f"Added. Added charge “{charge}”. Added citation “{cited}”.", editor), ("Made published.", editor)]
    page = desk.get(reverse("admin:cases_event_history", args=[act.pk]))
    changes = [(one.noun, one.verb) for entry in page.context["entries"] for one in entry.changes]
    assert changes.count(("charge", "entered")) == 1
    assert {entry.who for entry in page.context["entries"]} == {editor.username}


def test_an_act_opened_without_a_case_first_asks_for_it(desk: Client, court: Court) -> None:
    case = enter_case(desk, court)
    page = desk.get(reverse("admin:cases_event_add"))
    assert [inline.formset.prefix for inline in page.context["inline_admin_formsets"]] == ["citations"]
    response = add(
        desk, "cases_event", case=case.pk, what="filing:complaint", title="Complaint", on="2024-01-10", _continue="1"
    )
    act = Event.objects.get()
    assert response.headers["Location"] == reverse("admin:cases_event_change", args=[act.pk])
    page = desk.get(response.headers["Location"])
    assert [inline.formset.prefix for inline in page.context["inline_admin_formsets"]] == [
        "creates", "outcomes", "sentence_parts", "citations", "shows_participants",
    ]  # fmt: skip


def test_roles_are_entered_with_the_act_that_shows_them(desk: Client, court: Court, report: Source) -> None:
    case = enter_case(desk, court)
    judge = Person.objects.create(slug="ana-ruiz", name="Ana Ruiz")
    add(
        desk, "cases_event", f"?case={case.pk}", what="hearing:arraignment", title="Arraigned", on="2024-01-12",
        **{"citations-0-source": report.pk, "citations-0-stance": "supports"},
        **row("shows_participants", 0, person=judge.pk, role="judge"),
    )  # fmt: skip
    role = case.participants.get()
    assert (role.person, role.role, role.shown_by) == (judge, "judge", Event.objects.get())


def test_a_participant_is_entered_on_the_page_of_the_case_with_an_act_of_it(
    desk: Client, court: Court, report: Source
) -> None:
    case = enter_case(desk, court)
    enter_complaint(desk, case, report)
    judge = Person.objects.create(slug="ana-ruiz", name="Ana Ruiz")
    page = desk.get(reverse("admin:cases_case_change", args=[case.pk]))
    formsets = {inline.formset.prefix: inline.formset for inline in page.context["inline_admin_formsets"]}
    offered = formsets["participants"].empty_form.fields
    assert list(offered["shown_by"].queryset) == [Event.objects.get()]
    assert list(offered["represents"].queryset) == [case.defendants.get()]
    response = change(
        desk, "cases_case", case.pk,
        **row("participants", 0, person=judge.pk, role="judge", shown_by=Event.objects.get().pk),
    )  # fmt: skip
    assert response.status_code == 302, problems(response)
    assert case.participants.get().person == judge


def test_a_date_is_taken_in_one_way_only(desk: Client, court: Court, report: Source) -> None:
    case = enter_case(desk, court)
    response = add(
        desk, "cases_event", f"?case={case.pk}", what="hearing:arraignment", title="Arraigned", on="07/12/2024"
    )
    assert problems(response) == {"on": ["Enter a valid date."]}


def test_an_act_of_a_civil_suit_does_not_reach_the_charges_of_the_criminal_case_it_follows(
    desk: Client, court: Court, report: Source
) -> None:
    case = enter_case(desk, court)
    enter_complaint(desk, case, report)
    add(
        desk, "cases_case", caption="Roe v. Quint", slug="roe-v-quint", kind="civil", court=court.pk,
        **row("relations", 0, kind="civil_counterpart_of", target=case.pk),
    )  # fmt: skip
    suit = Case.objects.get(slug="roe-v-quint")
    page = desk.get(reverse("admin:cases_event_add") + f"?case={suit.pk}")
    formsets = {inline.formset.prefix: inline.formset for inline in page.context["inline_admin_formsets"]}
    assert list(formsets["outcomes"].empty_form.fields["charge"].queryset) == []

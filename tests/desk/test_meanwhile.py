"""Two editors on one record: the later is told who changed what, keeps their typing, and then decides."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Citation, Entry, Event, Source
from desk.meanwhile import MEANWHILE, TAKE, UNMARKED
from desk.once import SENT_TWICE
from people.models import Name, Person
from tests.desk.conftest import problems, row, shown
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_superuser("anna", first_name="Anna", last_name="Ames")


@pytest.fixture
def draft(quint: Docket, editor: User, report: Source) -> Event:
    """An act that nobody can read yet, with its source."""
    return act(quint.case, "Hearing held", "hearing arraignment", None, report, editor, precision="unknown")


def page(noun: str, pk: int) -> str:
    return reverse(f"admin:{noun}_change", args=[pk])


def told(response: HttpResponse) -> list[str]:
    """What is said above the form."""
    return problems(response).get("", [])


def values(response: HttpResponse, *names: str) -> list[Any]:
    """What stands in fields of the page."""
    form: Any = response.context["adminform"].form
    return [form[name].value() for name in names]


# --- a page -------------------------------------------------------------------------------------------------------


def test_the_later_one_is_told_by_whom_what_was_changed_and_keeps_what_they_typed(
    desk: Client, anna: User, draft: Event
) -> None:
    mine = shown(desk.get(page("cases_event", draft.pk)))
    draft.title, draft.text = "Hearing in chambers", "The door was shut."
    editing.save(draft, by=anna)
    response = desk.post(page("cases_event", draft.pk), mine | {"title": "First hearing", "motion": ""})
    assert told(response) == [
        MEANWHILE,
        "Anna Ames changed “Title” from “Hearing held” to “Hearing in chambers”, a moment ago.",
        "Anna Ames changed “Text” from “nothing” to “The door was shut.”, a moment ago.",
    ]
    beside = problems(response)
    assert "Stored now: “Hearing in chambers”" in beside["title"][0]
    assert "it is “The door was shut.” now" in beside["text"][0]
    assert values(response, "title", "text") == ["First hearing", "The door was shut."]
    draft.refresh_from_db()
    assert draft.title == "Hearing in chambers"


def test_saving_again_is_done_knowingly_and_a_box_takes_what_the_other_wrote(
    desk: Client, anna: User, draft: Event
) -> None:
    mine = shown(desk.get(page("cases_event", draft.pk))) | {"title": "First hearing"}
    draft.title, draft.text = "Hearing in chambers", "The door was shut."
    editing.save(draft, by=anna)
    again = shown(desk.post(page("cases_event", draft.pk), mine))
    assert desk.post(page("cases_event", draft.pk), mine).status_code == 200  # the old page is refused still
    assert desk.post(page("cases_event", draft.pk), again | {TAKE: "title"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.text) == ("Hearing in chambers", "The door was shut.")
    assert desk.post(page("cases_event", draft.pk), again | {"entry_key": ""}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.text) == ("First hearing", "The door was shut.")


def test_a_change_of_what_is_derived_or_of_nothing_is_no_change(desk: Client, anna: User, draft: Event) -> None:
    mine = shown(desk.get(page("cases_event", draft.pk)))
    Event.objects.filter(pk=draft.pk).update(updated_by=anna)
    draft.title = "Something else"
    editing.save(draft, by=anna)
    draft.title = "Hearing held"
    editing.save(draft, by=anna)
    assert desk.post(page("cases_event", draft.pk), mine).status_code == 302


def test_whom_an_act_concerns_is_part_of_it(desk: Client, anna: User, draft: Event, quint: Docket) -> None:
    mine = shown(desk.get(page("cases_event", draft.pk)))
    editing.concern(draft, defendants=[quint.defendant], by=anna)
    response = desk.post(page("cases_event", draft.pk), mine)
    assert told(response) == [MEANWHILE, "Anna Ames changed whom it concerns, a moment ago."]
    assert values(response, "defendants") == [[str(quint.defendant.pk)]]


@pytest.mark.slow
def test_a_missing_or_forged_mark_is_a_clear_error(desk: Client, editor: User, draft: Event) -> None:
    url = page("cases_event", draft.pk)
    mine = shown(desk.get(url)) | {"title": "First hearing"}
    without = {name: value for name, value in mine.items() if name != "stamp"}
    forged = ["", "x", "\0", "0" * 24, "0" * 24 + "-1.2", "9" * 5000, "-", "é"]
    for sent in (without, *({**without, "stamp": stamp} for stamp in forged)):
        response = desk.post(url, sent)
        assert response.status_code == 200
        assert told(response) == [UNMARKED, "It was last changed by edith, a moment ago."]
        assert values(response, "title") == ["First hearing"]
    assert desk.post(url, shown(response)).status_code == 302


def test_every_kind_of_row_is_guarded_also_against_a_bulk_update(desk: Client, quint: Docket) -> None:
    rows: dict[str, tuple[Any, str]] = {
        "people_person": (quint.defendant.person, "described_as"),
        "cases_source": (Source.objects.get(), "title"),
        "cases_court": (quint.case.court, "location"),
        "cases_defendant": (quint.defendant, "described_as"),
        "cases_charge": (quint.charge, "statute"),
        "cases_case": (quint.case, "summary"),
    }
    for noun, (stored, column) in rows.items():
        mine = shown(desk.get(page(noun, stored.pk))) | {column: "mine"}
        type(stored)._base_manager.filter(pk=stored.pk).update(**{column: "theirs"})
        response = desk.post(page(noun, stored.pk), mine)
        stored.refresh_from_db()
        assert (told(response)[0], values(response, column), getattr(stored, column)) == (MEANWHILE, ["mine"], "theirs")


# --- rows below a page --------------------------------------------------------------------------------------------


def test_a_row_below_is_guarded_like_its_page(desk: Client, anna: User, draft: Event) -> None:
    cited = draft.citations.get()
    mine = shown(desk.get(page("cases_event", draft.pk))) | {"citations-0-locator": "page 3"}
    cited.quote = "It was held."
    editing.save(cited, by=anna)
    response = desk.post(page("cases_event", draft.pk), mine)
    assert problems(response)["citations-0-"] == [
        MEANWHILE,
        "Anna Ames changed “Quote” from “nothing” to “It was held.”, a moment ago.",
    ]
    assert desk.post(page("cases_event", draft.pk), shown(response)).status_code == 302
    cited.refresh_from_db()
    assert (cited.quote, cited.locator) == ("It was held.", "page 3")


def test_a_row_that_was_changed_is_not_deleted_unseen(desk: Client, anna: User, draft: Event) -> None:
    cited = draft.citations.get()
    mine = shown(desk.get(page("cases_event", draft.pk))) | {"citations-0-DELETE": "on"}
    cited.quote = "It was held."
    editing.save(cited, by=anna)
    response = desk.post(page("cases_event", draft.pk), mine)
    (said,) = problems(response)["citations"]
    assert "Anna Ames changed “Quote”" in said
    assert Citation.objects.filter(pk=cited.pk).exists()
    assert desk.post(page("cases_event", draft.pk), shown(response) | {"citations-0-DELETE": "on"}).status_code == 302
    assert not Citation.objects.filter(pk=cited.pk).exists()


def test_a_row_that_was_removed_is_told_and_keeps_what_was_typed(desk: Client, anna: User, draft: Event) -> None:
    mine = shown(desk.get(page("cases_event", draft.pk))) | {"citations-0-quote": "It was held."}
    editing.remove(draft.citations.get(), by=anna)
    response = desk.post(page("cases_event", draft.pk), mine)
    (said,) = problems(response)["citations-0-"]
    assert said.startswith("Anna Ames removed this row a moment ago.")
    assert "It was held." in response.content.decode()
    assert 'name="citations-0-DELETE" checked' in response.content.decode()
    assert desk.post(page("cases_event", draft.pk), mine | {"citations-0-DELETE": "on"}).status_code == 302
    assert not Citation.objects.filter(event=draft).exists()


def test_a_page_whose_row_was_removed_gives_back_what_was_typed(desk: Client, anna: User, draft: Event) -> None:
    url = page("cases_event", draft.pk)
    mine = shown(desk.get(url)) | {"text": "What nobody wants to type twice."}
    editing.remove(draft, by=anna)
    response = desk.post(url, mine)
    text = response.content.decode()
    assert response.status_code == 410
    assert "Anna Ames removed it" in text
    assert "What nobody wants to type twice." in text


def test_what_was_changed_since_the_question_was_asked_is_not_deleted(desk: Client, anna: User, draft: Event) -> None:
    url = reverse("admin:cases_event_delete", args=[draft.pk])
    sent = {"post": "yes", "stamp": desk.get(url).context["stamp"]}
    draft.title = "Hearing in chambers"
    editing.save(draft, by=anna)
    assert "nothing was deleted" in desk.post(url, sent, follow=True).content.decode()
    assert Event.objects.filter(pk=draft.pk).exists()
    assert desk.post(url, {"post": "yes", "stamp": desk.get(url).context["stamp"]}).status_code == 302
    assert not Event.objects.filter(pk=draft.pk).exists()


# --- sent twice ---------------------------------------------------------------------------------------------------


def test_a_form_that_is_sent_twice_is_written_once_and_leads_to_the_same_place(
    desk: Client, quint: Docket, report: Source
) -> None:
    url = f"{reverse('admin:cases_event_add')}?case={quint.case.pk}"
    response = desk.get(url)
    new = shown(response) | {"entry_key": str(response.context["entry_key"])}
    new |= {"what": "hearing:arraignment", "title": "Arraigned", "on": "2024-02-01", "citations-0-source": report.pk}
    first, second = desk.post(url, new), desk.post(url, new, follow=True)
    assert first.status_code == 302
    assert second.redirect_chain[0] == (first["Location"], 302)
    assert SENT_TWICE in second.content.decode()
    assert Event.objects.filter(title="Arraigned").count() == 1


def test_rows_below_are_added_once_too(desk: Client, quint: Docket) -> None:
    url = page("people_person", quint.defendant.person.pk)
    response = desk.get(url)
    mine = shown(response) | {"entry_key": str(response.context["entry_key"])}
    mine |= row("names", 0, text="Zo", kind="alias") | {
        "correction_kind": "update", "correction_sentence": "Another name is told now.",
    }  # fmt: skip
    assert [desk.post(url, mine).status_code for _ in range(2)] == [302, 302]
    assert Name.objects.count() == 1


def test_a_form_that_was_refused_may_be_sent_again_with_its_key(desk: Client, court: object) -> None:
    url = reverse("admin:people_person_add")
    key = str(desk.get(url).context["entry_key"])
    names = {f"{prefix}-{name}": 0 for prefix in ("names", "namesakes") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    typed = names | {"entry_key": key, "name": "", "slug": "ann", "kind": "person", "visibility": "public"}
    refused = desk.post(url, typed)
    assert (refused.status_code, str(refused.context["entry_key"])) == (200, key)
    assert desk.post(url, typed | {"name": "Ann Ames"}).status_code == 302
    assert (Person.objects.get().name, Entry.objects.count()) == ("Ann Ames", 1)


def test_a_key_that_can_not_be_read_is_left_out(desk: Client, quint: Docket) -> None:
    url = page("people_person", quint.defendant.person.pk)
    mine = shown(desk.get(url))
    assert {desk.post(url, mine | {"entry_key": key}).status_code for key in ("", "x", "\0", "1" * 5000)} == {302}
    assert Entry.objects.count() == 0

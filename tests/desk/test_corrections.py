"""At the desk nothing that readers can read is changed silently: not by a form, a row, a button, a list, a merge."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.editing.correcting import NEEDED
from cases.models import Case, Charge, Citation, Correction, Event
from desk.corrections import CHOOSE_KIND, SAY_IT, UNLISTED
from people.models import Person
from tests.cases import record
from tests.desk.conftest import change, picked, problems, row, shown
from tests.desk.record import Docket

pytestmark = pytest.mark.django_db
SAID = {
    "correction_kind": "error",
    "correction_sentence": "The page gave it wrongly, and says now what the order says.",
}


def asked(response: HttpResponse) -> dict[str, list[str]]:
    """The errors beside the two fields of the correction."""
    assert response.status_code == 200
    return {name: list(told) for name, told in response.context["correction"].errors.items()}


def warned(response: HttpResponse) -> list[str]:
    return [str(one) for one in response.wsgi_request._messages]


MISSING = {"correction_kind": [CHOOSE_KIND], "correction_sentence": [SAY_IT]}


def test_a_form_asks_beside_its_fields_and_keeps_what_was_typed(desk: Client, quint: Docket) -> None:
    what = f"act “{quint.complaint.when}: Complaint of the State”: title, text"
    typed = {"title": "Complaint of the State", "text": "Filed at noon."}
    response = change(desk, "cases_event", quint.complaint.pk, **typed)
    assert asked(response) == MISSING
    assert problems(response) == {"": [NEEDED.format(what)]}
    assert {name: response.context["adminform"].form[name].value() for name in typed} == typed
    response = change(desk, "cases_event", quint.complaint.pk, **typed, correction_sentence="The headline was wrong.")
    assert asked(response) == {"correction_kind": [CHOOSE_KIND]}
    assert 'value="The headline was wrong."' in response.content.decode()
    assert Event.objects.get(pk=quint.complaint.pk).title == "Complaint filed"
    assert change(desk, "cases_event", quint.complaint.pk, **typed, **SAID).status_code == 302
    kept = Correction.objects.get()
    assert (kept.kind, kept.sentence, kept.made_by) == ("error", SAID["correction_sentence"], User.objects.get())
    assert list(kept.places.values_list("case", "event")) == [(quint.case.pk, quint.complaint.pk)]
    assert Event.objects.get(pk=quint.complaint.pk).title == "Complaint of the State"


@pytest.mark.slow
def test_rows_beside_a_form_are_changed_as_silently_as_forms(desk: Client, quint: Docket) -> None:
    charge = change(desk, "cases_event", quint.complaint.pk, **{"creates-0-title": "Arson at night"})
    removed = change(desk, "cases_event", quint.complaint.pk, **{"creates-0-DELETE": "on"})
    added = change(
        desk, "cases_event", quint.complaint.pk, **row("creates", 1, defendant=quint.defendant.pk, title="Fraud",
        severity="unknown", applicability="principal", quantity=1),
    )  # fmt: skip
    quoted = change(desk, "cases_event", quint.complaint.pk, **{"citations-0-quote": "Burnt."})
    alias = change(desk, "people_person", quint.defendant.person_id, name="Zoë Quynt")
    part = change(desk, "cases_case", quint.case.pk, **{"defendants-0-described_as": "the owner"})
    for response in (charge, removed, added, quoted, alias, part):
        assert asked(response) == MISSING
    assert list(Charge.objects.values_list("title", flat=True)) == ["Arson"]
    assert Person.objects.get(pk=quint.defendant.person_id).name == "Zoë Quint"


def test_drafts_and_what_readers_do_not_read_ask_nothing(desk: Client, quint: Docket) -> None:
    url = reverse("admin:cases_event_add") + f"?case={quint.case.pk}"
    assert desk.get(url).context["correction"] is None
    new = {"what": "statement:denial", "title": "Denial", "on": "2024-03-01", "occurrence": "held"}
    assert desk.post(url, shown(desk.get(url)) | new).status_code == 302
    draft = Event.objects.get(title="Denial")
    assert desk.get(reverse("admin:cases_event_change", args=[draft.pk])).context["correction"] is None
    assert change(desk, "cases_event", draft.pk, title="A denial").status_code == 302
    assert change(desk, "cases_event", quint.complaint.pk, raw_text="COMES NOW").status_code == 302
    response = change(desk, "cases_event", quint.complaint.pk, raw_text="COMES NOW the State", **SAID)
    assert UNLISTED in warned(response)
    assert Correction.objects.count() == 0


def test_what_is_no_sentence_or_no_kind_is_said_beside_them(desk: Client, quint: Docket) -> None:
    for kind, sentence, where in (
        ("gossip", SAID["correction_sentence"], {"correction_kind"}),
        ("error", "Typo", {"correction_sentence"}),
        ("error", "A NUL \0 in a sentence.", {"correction_sentence"}),
        ("error", "word " * 80, {"correction_sentence"}),
    ):
        said = {"correction_kind": kind, "correction_sentence": sentence}
        assert set(asked(change(desk, "cases_event", quint.complaint.pk, title="Other", **said))) == where, sentence
    assert Event.objects.get(pk=quint.complaint.pk).title == "Complaint filed"


def test_withdrawing_asks_by_button_and_from_the_list(desk: Client, quint: Docket, kwint: Docket) -> None:
    assert asked(change(desk, "cases_case", quint.case.pk, _withdraw="1")) == MISSING
    url = reverse("admin:cases_case_changelist")
    chosen = picked("withdraw_selected", quint.case, kwint.case)
    page = desk.post(url, chosen)
    assert asked(page) == {}, "nothing was sent yet"
    assert [value for _, value in page.context["marks"]] == [chosen[f"mark-{one.case.pk}"] for one in (quint, kwint)]
    again = desk.post(url, chosen | {"post": "yes", "correction_sentence": "Entered by mistake."})
    assert asked(again) == {"correction_kind": [CHOOSE_KIND]}
    assert 'value="Entered by mistake."' in again.content.decode()
    assert Case.objects.published().count() == 2
    assert desk.post(url, chosen | {"post": "yes"} | SAID).status_code == 302
    assert Case.objects.published().count() == 0
    assert Correction.objects.count() == 2


def test_deleting_asks_on_its_page_and_from_the_list(desk: Client, quint: Docket) -> None:
    where = reverse("admin:cases_charge_delete", args=[quint.charge.pk])
    assert desk.get(where).context["correction"] is not None
    assert asked(desk.post(where, {"post": "yes"})) == MISSING
    url = reverse("admin:cases_charge_changelist")
    chosen = picked("delete_selected", quint.charge)
    again = desk.post(url, chosen | {"post": "yes", "correction_sentence": "It was never brought."})
    assert asked(again) == {"correction_kind": [CHOOSE_KIND]}
    assert 'value="It was never brought."' in again.content.decode()
    assert Charge.objects.count() == 1
    assert desk.post(url, chosen | {"post": "yes"} | SAID).status_code == 302
    assert (Charge.objects.count(), Correction.objects.count()) == (0, 1)


def test_a_source_that_readers_see_cited_is_theirs_too(desk: Client, quint: Docket) -> None:
    source = Citation.objects.get().source
    assert asked(change(desk, "cases_source", source.pk, title="Another title")) == MISSING
    assert change(desk, "cases_source", source.pk, accessed_on="2024-07-12").status_code == 302


def test_a_merge_asks_where_a_name_that_is_read_goes(desk: Client, quint: Docket, kwint: Docket) -> None:
    keep, absorb = quint.defendant.person, kwint.defendant.person
    url = reverse("admin:people_person_merge_with", args=[keep.pk, absorb.pk])
    seen = desk.get(url).context["seen"]
    again = desk.post(url, {"seen": seen, "correction_sentence": "They are the same person."})
    assert asked(again) == {"correction_kind": [CHOOSE_KIND]}
    assert Person.objects.filter(pk=absorb.pk).exists()
    assert desk.post(url, {"seen": seen} | SAID).status_code == 302
    done = keep.merges.get()
    undo = reverse("admin:people_merge_undo", args=[done.pk])
    assert asked(desk.post(undo)) == MISSING
    assert desk.post(undo, SAID).status_code == 302
    assert Correction.objects.count() == 2


def test_the_words_of_a_correction_can_be_mended_and_are_held_against_the_same_rules(
    desk: Client, quint: Docket
) -> None:
    change(desk, "cases_case", quint.case.pk, summary="A fire.", **SAID)
    kept = Correction.objects.get()
    zebra = record.person("Tim Zebra", visibility="name_withheld")
    record.role(quint.case, zebra, "victim", quint.complaint)
    response = change(desk, "cases_correction", kept.pk, sentence="The page had the name of Zebra.")
    assert list(problems(response)) == ["sentence"]
    assert change(desk, "cases_correction", kept.pk, sentence="The page had a name in it.").status_code == 302
    assert Correction.objects.get().sentence == "The page had a name in it."
    assert desk.get(reverse("admin:cases_correction_changelist")).status_code == 200
    assert desk.get(reverse("admin:cases_correction_add")).status_code == 403

"""The desk's pages of imports: they bring a file in, decide, undo, and answer whatever they are asked."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Court, Defendant
from desk.roles import CONTRIBUTORS, make_group
from imports.models import Batch, CourtName, Proposal
from imports.proposing import propose
from people.models import Person
from tests.imports.files import docket, file, with_act

LIST = "admin:imports_batch_changelist"
SHEET = "Year,Month,Day,Headline,Text,Media\n2024,7,12,Case dismissed,The judge dismissed it.,\n"


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def press(desk: Client, batch: Batch, button: str, **more: Any) -> list[str]:
    return said(desk.post(reverse("admin:imports_batch_change", args=[batch.pk]), {button: "1", **more}))[-1:]


def test_a_file_is_brought_in_and_a_bad_one_is_refused_in_words(desk: Client) -> None:
    add = reverse("admin:imports_batch_add")
    bad = desk.post(add, {"file": SimpleUploadedFile("../page\0.html", b"<html><body>Hello</body></html>")})
    assert "This page does not come from PACER" in bad.content.decode()
    nothing = desk.post(add, {"mapping": "no such"})
    assert (nothing.status_code, Batch.objects.count()) == (200, 0)

    sent = desk.post(add, {"file": SimpleUploadedFile("sheet.csv", SHEET.encode())}, follow=True)

    batch = Batch.objects.get()
    assert sent.redirect_chain == [(reverse("admin:imports_batch_change", args=[batch.pk]), 302)]
    assert "Case dismissed" in sent.content.decode()
    assert "sheet.csv" in desk.get(reverse(LIST)).content.decode()


def test_one_some_and_all_are_decided_on_the_page(desk: Client, ida: User) -> None:
    known = editing.save(Person(slug="ada", name="Ada Quillfeather"), by=ida)
    batch = propose(file(docket()), by=ida)
    assert press(desk, batch, "accept") == ["Choose at least one proposal first."]
    bob = batch.proposals.get(label="Bob Marrowbone")
    assert press(desk, batch, "accept", chosen=bob.pk) == ["2 are in the record now, as drafts."]
    usa = batch.proposals.get(label="USA")
    assert press(desk, batch, "reject", chosen=[usa.pk, "x", "9" * 40]) == ["2 are rejected."]
    ada = batch.proposals.get(label="Ada Quillfeather")
    told = press(desk, batch, "accept_all", **{f"who-{ada.pk}": known.pk})
    assert told == ["15 are in the record now, as drafts."]
    assert sorted(Defendant.objects.values_list("person__slug", flat=True)) == ["ada", "bob-marrowbone"]


def test_old_and_new_stand_side_by_side_with_who_may_be_meant(desk: Client, ida: User) -> None:
    editing.save(Person(slug="ada", name="Ada Quillfeather"), by=ida)
    batch = propose(file(docket()), by=ida)
    page = desk.get(reverse("admin:imports_batch_change", args=[batch.pk]), {"show": "questions"}).content.decode()
    assert "The same name is not the same person" in page
    assert "Another person: nobody of these" in page
    out = desk.get(reverse("admin:imports_batch_change", args=[batch.pk]), {"show": "left_out"}).content.decode()
    assert "A material witness is not accused of anything." in out


def test_a_court_is_named_once_and_the_cases_that_waited_are_looked_for(desk: Client, ida: User) -> None:
    court = Court.objects.get(slug="dcd")
    there = editing.save(Case(slug="there", court=court, docket_number="1:21-cr-00007", caption="There"), by=ida)
    batch = propose(file(replace(docket(), court_id="zzz", court_name="")), by=ida)
    page = desk.get(reverse("admin:imports_batch_change", args=[batch.pk])).content.decode()
    add = reverse("admin:imports_courtname_add")
    assert f"{add}?origin={batch.origin_id}&amp;name=zzz" in page
    assert 'value="zzz"' in desk.get(add, {"origin": batch.origin_id, "name": "zzz"}).content.decode()
    desk.post(add, {"origin": batch.origin_id, "name": "zzz", "court": court.pk})
    assert CourtName.objects.get().court == court
    press(desk, batch, "accept_all")
    assert (Case.objects.count(), there.defendants.count()) == (1, 2)


def test_a_batch_is_undone_on_its_page(desk: Client, ida: User) -> None:
    batch = propose(file(docket()), by=ida)
    press(desk, batch, "accept_all")
    undo = reverse("admin:imports_batch_undo", args=[batch.pk])
    assert "19 of what this batch brought in" in desk.get(undo).content.decode()
    assert said(desk.post(undo))[-1:] == ["19 rows are removed."]
    assert Case.objects.count() == 0


def test_to_reject_all_is_asked_about_first(desk: Client, ida: User) -> None:
    batch = propose(file(docket()), by=ida)
    page = reverse("admin:imports_batch_change", args=[batch.pk])
    asked = desk.post(page, {"reject_all": "1"})
    assert (asked.headers["Location"], batch.proposals.filter(decision="rejected").count()) == (f"{page}?sure=asked", 0)
    assert "Reject all 19?" in desk.get(asked.headers["Location"]).content.decode()
    desk.post(page, {"reject_all": "1", "sure": "1"})
    assert batch.proposals.filter(decision="rejected").count() == 19
    assert "Reject all" not in desk.get(f"{page}?sure=asked").content.decode()


def test_a_newer_file_names_the_case_of_the_record_and_leads_to_it(desk: Client, ida: User) -> None:
    press(desk, propose(file(docket()), by=ida), "accept_all")
    newer = propose(file(with_act(docket(), "3", title="Judgment of conviction")), by=ida)
    shown = desk.get(reverse("admin:imports_batch_change", args=[newer.pk])).content.decode()
    case = Case.objects.get()
    assert f'{case} <a href="{reverse("admin:cases_case_change", args=[case.pk])}">In the record</a>' in shown


def test_every_address_and_every_field_is_answered(desk: Client, ida: User) -> None:
    batch = propose(file(docket()), by=ida)
    page = reverse("admin:imports_batch_change", args=[batch.pk])
    one = batch.proposals.get(label="Ada Quillfeather")
    for query in ("show=%00", "show=all&page=99999999999999999999", "page=x", "show=decided", "show=gone&show=all"):
        assert desk.get(f"{page}?{query}").status_code == 200
    for values in ({}, {"case": "\0"}, {f"who-{one.pk}": "9" * 30, "who-x": "new", "accept": "1"}, {"reject_all": ""}):
        assert desk.post(page, values).status_code == 302
    for address in ("0", "999999999999999999999999", "x", "%00"):
        assert desk.get(f"/desk/imports/batch/{address}/change/").status_code == 302
        assert desk.get(f"/desk/imports/batch/{address}/undo/").status_code == 302
    for query in ("?q=%00", "?o=x", "?origin__id__exact=x", "?p=x"):
        assert desk.get(f"{reverse(LIST)}{query}").status_code in (200, 302)


def test_who_may_not_bring_files_may_not_decide_either(db: None, ida: User) -> None:
    batch = propose(file(docket()), by=ida)
    nobody = User.objects.create_user("nobody", password="x", is_staff=True)
    client = Client()
    client.force_login(nobody)
    page = reverse("admin:imports_batch_change", args=[batch.pk])
    assert [client.get(page).status_code, client.post(page, {"accept_all": "1"}).status_code] == [403, 403]
    assert client.get(reverse("admin:imports_batch_add")).status_code == 403
    nobody.groups.add(make_group(CONTRIBUTORS))
    assert client.get(page).status_code == 200
    client.post(page, {"accept_all": "1"})
    assert (Case.objects.count(), Proposal.objects.filter(decided_by=nobody).count()) == (1, 19)


def test_a_sheet_becomes_the_acts_of_a_case_that_the_editor_names(desk: Client, ida: User) -> None:
    there = editing.save(Case(slug="there", court=Court.objects.get(slug="dcd"), caption="There"), by=ida)
    sheet = SimpleUploadedFile("sheet.csv", SHEET.encode())
    desk.post(reverse("admin:imports_batch_add"), {"file": sheet})
    batch = Batch.objects.get()
    asked = batch.proposals.get(kind="case")
    assert press(desk, batch, "accept_all")[0].startswith("1 wait")
    assert press(desk, batch, "accept_all", **{f"home-{asked.pk}": "/cases/no-such/"}) == [
        "There is no case with the address “/cases/no-such/”."
    ]
    press(desk, batch, "accept_all", **{f"home-{asked.pk}": "/cases/there/"})
    assert [str(act) for act in there.events.all()] == ["12 July 2024: Case dismissed"]
    assert Case.objects.count() == 1

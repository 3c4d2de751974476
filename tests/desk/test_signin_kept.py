"""A session that ends while somebody types loses nothing: after signing in again the filled form is back, unsaved."""

from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import unquote, urlencode

import pgtrigger
import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Court, Defendant
from desk.signin import ciphers, kept
from desk.signin.models import KeptTyping, Session
from people.models import Person
from tests.desk.conftest import row, shown
from tests.desk.record import Docket
from tests.desk.test_signin import LOGIN, log_in, told

OWN = {"origin": "http://testserver"}
ADD = reverse("admin:cases_case_add")
IS_KEPT = "You were signed out while you were writing. What you typed is kept for an hour"


class Browser(Client):
    """Sends a form with the token that stands in it, as browsers do: the one of the page that was opened last."""

    def post(self, path: str, data: Any = None, **more: Any) -> HttpResponse:
        """Send the form."""
        held = self.cookies.get("csrftoken")
        return super().post(path, ({"csrfmiddlewaretoken": held.value} if held else {}) | (data or {}), **more)


@pytest.fixture
def writer(editor: User) -> Client:
    """An editor who signed in as one does, and has the desk open."""
    client = Browser()
    log_in(client)
    client.get("/desk/")
    return client


def end_all_sessions() -> None:
    """Clear the whole table, as an operator may."""
    Session.objects.all().delete()


def typed_case(client: Client, court: Court) -> dict[str, Any]:
    """Return a case as somebody has filled it in, with a defendant, in the words a browser sends."""
    person = Person.objects.create(slug="zoe-quint", name="Zoë Quint")
    return (
        shown(client.get(ADD))
        | {"caption": "State v. Quint & others", "slug": "state-v-quint", "court": court.pk, "summary": "Two\nlines. ✓"}
        | row("defendants", 0, person=person.pk, position=0, described_as="a clerk")
        | {"_save": "Save"}
    )


def back(client: Client, response: HttpResponse, *, name: str = "edith") -> HttpResponse:
    """Sign in where ``response`` leads, and return the page that comes next."""
    assert response.headers["Location"].startswith(f"{LOGIN}?next=")
    page = client.get(response.headers["Location"])
    again = client.post(response.headers["Location"], {
        "login": name, "password": "a long enough phrase", "next": page.context["redirect_field_value"],
    })  # fmt: skip
    return client.get(again.headers["Location"])


def shown_at(lost: HttpResponse) -> str:
    """Return the address at which a form that was lost is shown again, out of where its sender is led."""
    where = lost.headers["Location"]
    return unquote(where.partition("next=")[2]) if "next=" in where else where


def read(lost: HttpResponse) -> str:
    """Return what is kept of a form, as only who has its address can read it."""
    token = kept.split(shown_at(lost))[1]
    return ciphers.decrypt(KeptTyping.objects.get().typed, purpose=kept.PURPOSE, bound_to=token)


def body(client: Client, summary: str) -> str:
    """Return a form as a browser sends it when there is no file in it."""
    return urlencode({"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "caption": "x", "summary": summary})


def notes(response: HttpResponse) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_filled_form_comes_back_and_is_saved_once(writer: Client, court: Court) -> None:
    """With its rows, in the page of the admin, which knows nothing of it; nothing is saved before Save is pressed."""
    typed = typed_case(writer, court)
    end_all_sessions()
    lost = writer.post(ADD, typed, headers=OWN)
    assert IS_KEPT in told(writer.get(lost.headers["Location"]))
    page = back(writer, lost)
    assert page.status_code == 200
    assert notes(page) == [kept.BACK]
    filled = shown(page)
    assert {name: str(filled[name]) for name in typed if name not in ("_save", "entry_key")} == {
        name: str(value) for name, value in typed.items() if name not in ("_save", "entry_key")
    }
    assert filled["defendants-0-described_as"] == "a clerk"
    assert not page.context["errors"]
    assert (Case.objects.count(), Defendant.objects.count(), KeptTyping.objects.count()) == (0, 0, 1)
    address = page.wsgi_request.build_absolute_uri()
    here = shown_at(lost)
    assert "kept=" not in address  # the page itself is not told
    saved = writer.post(here, filled | {"_save": "Save"}, headers=OWN)
    assert saved.headers["Location"] == reverse("admin:cases_case_changelist")
    assert Case.objects.get().caption == "State v. Quint & others"
    assert (Defendant.objects.count(), KeptTyping.objects.count()) == (1, 0)


def test_a_form_that_is_wrong_comes_back_with_its_errors_and_stays_kept(writer: Client, quint: Docket) -> None:
    page = reverse("admin:cases_case_change", args=[quint.case.pk])
    typed = shown(writer.get(page)) | {"caption": "", "summary": "New words"}
    end_all_sessions()
    lost = writer.post(page, typed, headers=OWN)
    again = back(writer, lost)
    assert again.context["adminform"].form.errors["caption"] == ["This field is required."]
    assert shown(again)["summary"] == "New words"
    assert writer.post(shown_at(lost), shown(again), headers=OWN).status_code == 200
    assert KeptTyping.objects.count() == 1


def sign_in(client: Client, name: str) -> None:
    """Sign in in a browser whose tokens are looked at."""
    client.get(LOGIN)
    said = {"login": name, "password": "a long enough phrase", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(LOGIN, said, headers=OWN).status_code == 302


def test_a_form_with_a_token_from_before_the_last_sign_in_comes_back_too(editor: User, court: Court) -> None:
    """Signed in again in another window: the session lives, the token of the open form is old."""
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "edith")
    typed = typed_case(client, court) | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    del client.cookies["sessionid"]
    sign_in(client, "edith")
    lost = client.post(ADD, typed, headers=OWN)
    assert lost.headers["Location"].startswith(f"{ADD}?kept=")
    page = client.get(lost.headers["Location"])
    assert (shown(page)["caption"], notes(page)) == ("State v. Quint & others", [kept.BACK])
    token = client.cookies["csrftoken"].value
    saved = client.post(lost.headers["Location"], shown(page) | {"csrfmiddlewaretoken": token}, headers=OWN)
    assert (saved.status_code, Case.objects.count()) == (302, 1)
    for more, origin in (({}, "https://evil.example"), ({"csrfmiddlewaretoken": "x" * 64}, OWN["origin"])):
        assert client.post(ADD, typed | more, headers={"origin": origin}).status_code == 403
    assert KeptTyping.objects.count() == 0


def test_a_form_left_open_by_somebody_else_is_not_kept_for_who_took_over_the_browser(
    editor: User, court: Court
) -> None:
    User.objects.create_superuser("olga", password="a long enough phrase")
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "edith")
    typed = typed_case(client, court) | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    del client.cookies["sessionid"]
    sign_in(client, "olga")
    assert (client.post(ADD, typed, headers=OWN).status_code, KeptTyping.objects.count()) == (403, 0)


def test_a_form_goes_to_who_opened_it_also_when_somebody_else_came_and_went(editor: User, court: Court) -> None:
    """Edith's form stands open, Olga signs in and out, then Edith's form is sent: Olga never sees it."""
    olga = User.objects.create_superuser("olga", password="a long enough phrase")
    client = Browser()
    sign_in(client, "edith")
    hers = typed_case(client, court) | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    end_all_sessions()
    sign_in(client, "olga")
    olgas = {"caption": "State v. Olga", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    end_all_sessions()
    lost = client.post(ADD, hers, headers=OWN)
    assert KeptTyping.objects.get().user == editor
    page = client.get(back(client, lost, name="olga").headers["Location"])
    assert notes(page) == [kept.GONE]
    assert "Quint" not in page.content.decode()
    end_all_sessions()
    assert shown(back(client, lost))["caption"] == "State v. Quint & others"
    end_all_sessions()
    client.post(ADD, olgas, headers=OWN)
    assert KeptTyping.objects.order_by("-kept_at")[0].user == olga


def test_a_form_that_two_accounts_could_have_typed_is_kept_for_neither(editor: User, court: Court) -> None:
    """A token that did not change between them: it can not come to that by signing in, and is not relied on."""
    User.objects.create_superuser("olga", password="a long enough phrase")
    client = Browser()
    sign_in(client, "edith")
    held = client.cookies["csrftoken"].value
    end_all_sessions()
    sign_in(client, "olga")
    client.cookies["csrftoken"] = held
    client.get("/desk/")
    end_all_sessions()
    client.post(ADD, {"caption": "State v. Quint", "csrfmiddlewaretoken": held}, headers=OWN)
    assert KeptTyping.objects.count() == 0


def test_what_is_kept_can_not_be_read_in_the_database_nor_by_its_number(writer: Client, court: Court) -> None:
    typed = typed_case(writer, court)
    end_all_sessions()
    lost = writer.post(ADD, typed, headers=OWN)
    stored = KeptTyping.objects.get()
    assert "Quint" in read(lost)
    assert "Quint" not in stored.typed
    assert stored.token not in lost.headers["Location"]
    with pytest.raises(ciphers.UnreadableError):
        ciphers.decrypt(stored.typed, purpose=kept.PURPOSE, bound_to=stored.token)


@pytest.mark.parametrize(
    ("table", "hidden"),
    [("case", "sealed"), ("defendant", "sealed"), ("defendant", "name_withheld"), ("person", "sealed")],
)
def test_what_is_sealed_is_not_kept_anywhere(writer: Client, quint: Docket, table: str, hidden: str) -> None:
    """It may hold the name; by whatever way the seal came."""
    row = {"case": quint.case, "defendant": quint.defendant, "person": quint.defendant.person}[table]
    end_all_sessions()
    lost = writer.post(ADD, {"caption": "State v. Quint"}, headers=OWN)
    type(row).objects.filter(pk=row.pk).update(visibility=row.visibility)
    assert KeptTyping.objects.count() == 1
    with pgtrigger.ignore():
        why = {"sealed_on": "2024-01-01", "sealed_basis": "Order 5"} if hasattr(row, "sealed_on") else {}
        type(row).objects.filter(pk=row.pk).update(visibility=hidden, **why)
    assert KeptTyping.objects.count() == 0
    page = writer.get(back(writer, lost).headers["Location"])
    assert notes(page) == [kept.GONE]


def test_only_who_typed_it_gets_it(writer: Client, court: Court, editor: User) -> None:
    User.objects.create_superuser("other", password="a long enough phrase")
    typed = typed_case(writer, court)
    end_all_sessions()
    lost = writer.post(ADD, typed, headers=OWN)
    page = writer.get(back(writer, lost, name="other").headers["Location"])
    assert notes(page) == [kept.GONE]
    assert shown(page).get("caption") is None
    writer.post("/desk/logout/")
    assert shown(back(writer, lost))["caption"] == "State v. Quint & others"


def test_who_may_not_reach_the_page_any_longer_does_not_get_it(writer: Client, quint: Docket, editor: User) -> None:
    page = reverse("admin:cases_case_change", args=[quint.case.pk])
    typed = shown(writer.get(page)) | {"summary": "New words"}
    editor.is_superuser = False
    editor.save()
    editor.user_permissions.set(Permission.objects.filter(codename="view_court"))
    lost = back(writer, writer.post(page, typed, headers=OWN))
    assert lost.status_code == 403
    assert "New words" not in lost.content.decode()


def test_it_is_kept_for_an_hour_up_to_a_megabyte_and_ten_times(writer: Client, court: Court) -> None:
    typed = typed_case(writer, court)
    end_all_sessions()
    first = writer.post(ADD, typed, headers=OWN)
    for _ in range(12):
        writer.post(ADD, typed, headers=OWN)
    assert KeptTyping.objects.count() == 10
    KeptTyping.objects.update(kept_at=timezone.now() - timedelta(minutes=61))
    assert IS_KEPT not in told(writer.get(first.headers["Location"]))
    for much in (1_000_001, 3_000_000, 11_000_000):
        long = writer.generic("POST", ADD, body(writer, "x" * much), "application/x-www-form-urlencoded", headers=OWN)
        assert long.headers["Location"] == f"{LOGIN}?next={ADD}"
        said = notes(writer.get(long.headers["Location"]))
        assert said == [kept.NOT_KEPT.format(why="it is longer than a page of the desk can be")]
    call_command("clearsessions", stdout=StringIO())
    assert not KeptTyping.objects.exists()
    log_in(writer)
    assert notes(writer.get(shown_at(first), follow=True)) == [kept.GONE]


@pytest.mark.parametrize("token", ["", "x", "%00", "a" * 9000, "1&kept=2"])
def test_no_token_is_no_fault(desk: Client, token: str) -> None:
    assert notes(desk.get(f"{ADD}?kept={token}", follow=True)) == [kept.GONE]
    assert desk.post(f"{ADD}?kept={token}", {"caption": ""}).status_code == 200
    assert Client().get(f"{LOGIN}?next=/desk/%3Fkept={token}").status_code == 200


def test_strangers_leave_nothing_in_the_database(writer: Client, court: Court) -> None:
    typed = typed_case(writer, court)
    end_all_sessions()
    assert Client().post(ADD, typed, headers=OWN).headers["Location"] == f"{LOGIN}?next={ADD}"
    for elsewhere in ({}, {"origin": "null"}, {"origin": "https://evil.example"}):
        writer.post(ADD, typed, headers=elsewhere)
    writer.cookies["desk_forms"] = "1:forged:signature"
    writer.post(ADD, typed, headers=OWN)
    assert KeptTyping.objects.count() == 0


def test_passwords_are_not_kept_and_the_page_says_so(writer: Client) -> None:
    page = reverse("admin:auth_user_add")
    end_all_sessions()
    sent = {"username": "newcomer", "usable_password": "true", "password1": "Kq7-secret", "password2": "Kq7-secret"}
    lost = writer.post(page, sent, headers=OWN)
    assert "newcomer" in read(lost)
    assert "Kq7" not in read(lost)
    again = back(writer, lost)
    assert notes(again) == [kept.BACK, kept.LEFT_OUT]
    assert again.context["adminform"].form["username"].value() == "newcomer"
    assert not User.objects.filter(username="newcomer").exists()


def test_what_is_done_by_a_button_alone_is_not_done_behind_ones_back(writer: Client, quint: Docket) -> None:
    """A seal lifted, a bulk publication, a hearing held: nothing happens, and what was sent is shown to read."""
    seal = reverse("admin:cases_case_seal", args=[quint.case.pk])
    Case.objects.update(visibility="sealed", sealed_on="2024-01-01", sealed_basis="Order 5")
    listed = reverse("admin:cases_case_changelist")
    bulk = {"action": "withdraw_selected", "_selected_action": str(quint.case.pk), "index": "0"}
    end_all_sessions()
    before = list(Case.objects.values())
    for page, sent in ((seal, {"lift": "Lift the seal", "remark": "Order 7"}), (listed, bulk)):
        again = back(writer, writer.post(page, sent, headers=OWN))
        assert list(Case.objects.values()) == before
        assert again.status_code == 200
        writer.post("/desk/logout/")
    lost = back(writer, writer.post(seal, {"lift": "Lift the seal", "remark": "Order 7"}, headers=OWN))
    assert "nothing was saved" in told(lost)
    assert "Order 7" in told(lost)


def test_a_row_that_is_gone_meanwhile_leaves_the_words_to_copy(writer: Client, quint: Docket) -> None:
    page = reverse("admin:cases_source_change", args=[quint.complaint.citations.get().source_id])
    typed = shown(writer.get(page)) | {"title": "A better title"}
    end_all_sessions()
    lost = writer.post(page.replace("/change/", "9/change/"), typed, headers=OWN)
    assert "A better title" in told(back(writer, lost))


def test_the_ruling_screen_and_the_short_forms_come_back_as_well(writer: Client, quint: Docket) -> None:
    """Two screens that are no pages of the admin: nothing of them is written for it."""
    ruling, short = reverse("admin:ruling"), reverse("admin:case_enter", args=[quint.case.pk, "statement"])
    typed = {"case": str(quint.case.pk), "on": "2024-02-03", "headline": "What was ruled", "_publish": "x"}
    said = {"title": "What was said", "on": "2024-02-03", "_save": "x"}
    for page, sent, words in (
        (f"{ruling}?case={quint.case.pk}", typed, "What was ruled"),
        (short, said, "What was said"),
    ):
        end_all_sessions()
        again = back(writer, writer.post(page, sent, headers=OWN))
        assert again.status_code == 200
        assert f'value="{words}"' in again.content.decode()
        assert kept.BACK in again.content.decode()
    assert quint.case.events.count() == 1


def test_scripts_of_a_page_are_told_and_keep_nothing(writer: Client) -> None:
    end_all_sessions()
    for asked_by in ({"hx-request": "true"}, {"x-requested-with": "XMLHttpRequest"}, {"sec-fetch-mode": "cors"}):
        answer = writer.post("/desk/ruling/preview/", {"case": "1"}, headers={**OWN, **asked_by})
        assert (answer.status_code, answer.content.decode()[:20]) == (401, "You are signed out. ")
    assert KeptTyping.objects.count() == 0


def test_a_role_that_comes_while_somebody_types_costs_no_typing(
    settings: Any, quint: Docket, editor: User
) -> None:  # fmt: skip
    """They are led to set up a second factor; the form waits behind it."""
    settings.SECOND_FACTOR_REQUIRED = True
    reader = User.objects.create_user("rita", password="a long enough phrase", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_case", "change_case"]))
    client = Browser()
    log_in(client, name="rita")
    page = reverse("admin:cases_case_change", args=[quint.case.pk])
    typed = shown(client.get(page)) | {"summary": "New words"}
    reader.user_permissions.add(Permission.objects.get(codename="publish_record"))
    assert client.post(page, typed, headers=OWN).headers["Location"] == reverse("mfa_index")
    assert client.session["signin_wanted"].startswith(f"{page}?kept=")
    assert KeptTyping.objects.get().user == reader

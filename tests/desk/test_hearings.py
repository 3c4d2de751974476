"""A scheduled hearing becomes held, continued or cancelled with one press, and readers are told so."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from cases import editing, guard
from cases.editing import hearings
from cases.law.dates import PartialDate
from cases.law.vocabulary import Precision
from cases.models import Event, Source
from desk.roles import EDITORS, make_group
from desk.sourcing import NEEDED
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 1)


@pytest.fixture
def hearing(quint: Docket, editor: User, report: Source) -> Event:
    """A hearing of which readers know that it is scheduled."""
    entered = act(
        quint.case, "Hearing on motion to dismiss", "hearing motion_hearing", DAY, report, editor,
        occurrence="scheduled", motion="dismiss", actor=quint.defendant.person,
    )  # fmt: skip
    editing.concern(entered, defendants=[quint.defendant], by=editor)
    editing.publish(entered, by=editor)
    return entered


def case_page(hearing: Event) -> str:
    return reverse("admin:cases_case_change", args=[hearing.case_id])


def press(desk: Client, hearing: Event, what: str, **typed: str) -> str:
    """Press a button as it stands on the page of the case; return where it leads."""
    name, args = ("act_continue", [hearing.pk]) if what == "continued" else ("act_settle", [hearing.pk, what])
    url = reverse(f"admin:{name}", args=args)
    page = desk.get(case_page(hearing)).content.decode()
    assert f'action="{url}"' in page
    response = desk.post(url, {"next": case_page(hearing), **typed})
    assert response.status_code == 302
    return response.url


def told(desk: Client, hearing: Event) -> list[str]:
    return [str(message) for message in desk.get(case_page(hearing)).context["messages"]]


def pressed_before(hearing: Event, what: str, who: str = "edith") -> str:
    """What a second press is told, by whomever."""
    with connection.cursor() as cursor:  # when the test's transaction began: its history has that time, by the database
        cursor.execute("SELECT now()")
        when = date_format(timezone.localtime(cursor.fetchone()[0]), "j F Y, H:i")
    return (
        f"“{hearing}” is {what} already. {who} said so on {when}. Nothing was changed; it can be corrected on its own "
        "page."
    )


def test_held_asks_what_was_decided_and_is_public_at_once(desk: Client, hearing: Event) -> None:
    assert desk.get(reverse("admin:act_decided", args=[hearing.pk])).url == case_page(hearing)  # not yet
    where = press(desk, hearing, "held")
    assert where.startswith(f"{reverse('admin:ruling')}?case={hearing.case_id}&hearing={hearing.pk}&")
    shown = desk.get(where)
    typed = shown.context["screen"].act.initial
    assert (typed["what"], typed["on"]) == ("ruling:dismiss", "2024-05-01")
    nothing = f"{reverse('admin:act_decided', args=[hearing.pk])}?{urlencode({'next': case_page(hearing)})}"
    assert f'href="{nothing}"' in shown.content.decode()
    assert [str(message) for message in shown.context["messages"]] == [f"“{hearing}” is held now."]
    hearing.refresh_from_db()
    assert (hearing.occurrence, hearing.editorial_state) == ("held", "published")
    # The buttons are gone; pressed again from an old page, nothing more happens.
    assert "act_settle" not in desk.get(case_page(hearing)).content.decode()
    again = desk.post(reverse("admin:act_settle", args=[hearing.pk, "held"]), {"next": case_page(hearing)})
    assert again.url == where
    assert told(desk, hearing) == [pressed_before(hearing, "held")]
    # Nothing was decided: then the page asks for what says that it was held at all.
    held = Source.objects.create(kind="news_report", title="Judge hears motion", published_on=date(2024, 5, 2))
    assert desk.post(nothing).context["sourcing"].errors == {"source": [NEEDED]}
    told_so = desk.post(nothing, {"next": case_page(hearing), "source-source": "Judge hears motion (2024-05-02)"})
    assert (told_so.status_code, told_so.url) == (302, case_page(hearing))
    assert list(hearing.citations.order_by("pk").values_list("source__title", flat=True)) == [
        "What was decided", held.title,
    ]  # fmt: skip
    desk.get(case_page(hearing))
    other = desk.post(reverse("admin:act_settle", args=[hearing.pk, "cancelled"]))
    assert other.url.startswith(reverse("admin:ruling"))
    assert told(desk, hearing) == [pressed_before(hearing, "held")]
    # The same source sent twice is cited once.
    twice = desk.post(nothing, {"next": case_page(hearing), "source-source": "Judge hears motion (2024-05-02)"})
    assert (twice.url, hearing.citations.count()) == (case_page(hearing), 2)
    assert told(desk, hearing) == [f"“{hearing}”: this source is cited already. Nothing was cited twice."]


def test_what_was_decided_brings_the_source_of_the_hearing_with_it(
    desk: Client, hearing: Event, report: Source, editor: User
) -> None:
    """Readers are told that it was held: the guard notes that only what set its day is cited, until more is."""
    Source.objects.filter(pk=report.pk).update(published_on=DAY - timedelta(days=9))
    assert "told_before" not in [item.code for item in guard.items(hearing)]
    page = desk.get(press(desk, hearing, "held")).content.decode()
    assert 'name="also_held" id="id_also_held" checked' in page
    assert "told_before" in [item.code for item in guard.items(Event.objects.get(pk=hearing.pk))]
    sent = {
        "case": hearing.case_id, "hearing": hearing.pk, "what": "ruling:dismiss", "decision": "denied",
        "on": "2024-05-01", "also_held": "on", "parts": "1", "sources": "1", "aparts": "1",
        "source-0-kind": "transcript",
        "source-0-title": "Transcript of 1 May 2024", "source-0-published_on": "2024-05-03", "_draft": "1",
    }  # fmt: skip
    assert desk.post(reverse("admin:ruling"), sent).status_code == 302
    assert hearing.citations.count() == 2
    assert Event.objects.get(category="ruling").citations.get().source == hearing.citations.order_by("-pk")[0].source
    assert "told_before" not in [item.code for item in guard.items(Event.objects.get(pk=hearing.pk))]
    # The same source once more, and it is not cited twice; without the tick it is not cited at all.
    for typed in ({"on": "2024-05-02"}, {"on": "2024-05-03", "also_held": None, "source-0-title": "Another"}):
        again = {name: value for name, value in (sent | typed).items() if value is not None}
        assert desk.post(reverse("admin:ruling"), again).status_code == 302
    assert (Event.objects.filter(category="ruling").count(), hearing.citations.count()) == (3, 2)


def test_continued_to_a_new_day_is_scheduled_again_as_a_draft(desk: Client, hearing: Event, quint: Docket) -> None:
    url = reverse("admin:act_continue", args=[hearing.pk])
    for typed, error in (
        ("07/12/2024", "07/12/2024 is July to some and December to others. Write it as 2024-07-12."),
        ("2024-05-01", hearings.NOT_LATER),
    ):
        response = desk.post(url, {"to": typed})
        assert (response.status_code, response.context["form"].errors["to"]) == (200, [error])
        assert response.context["form"]["to"].value() == typed
    hearing.refresh_from_db()
    assert (hearing.occurrence, Event.objects.count()) == ("scheduled", 2)

    where = press(desk, hearing, "continued", to="2024-09")
    again = Event.objects.order_by("-pk")[0]
    assert where == reverse("admin:cases_event_change", args=[again.pk])
    hearing.refresh_from_db()
    assert (hearing.occurrence, hearing.text, hearing.editorial_state) == ("continued", "", "published")
    assert (again.occurrence, again.on, again.precision, again.title, again.text, again.editorial_state) == (
        "scheduled", date(2024, 9, 1), "month", hearing.title, "Continued from 1 May 2024.", "draft",
    )  # fmt: skip
    assert (again.kind, again.motion, again.actor, list(again.defendants.all()), again.citations.count()) == (
        "motion_hearing", "dismiss", quint.defendant.person, [quint.defendant], 0,
    )  # fmt: skip
    told(desk, hearing)
    for pressed, typed in (("act_continue", {"to": "2024-09"}), ("act_continue", {}), ("act_settle", {})):
        args = [hearing.pk, *(["cancelled"] if pressed == "act_settle" else [])]
        assert desk.post(reverse(f"admin:{pressed}", args=args), typed).url == where
        assert told(desk, hearing) == [pressed_before(hearing, "continued")]
    assert desk.get(reverse("admin:act_settle", args=[hearing.pk, "held"])).url == where
    assert (Event.objects.count(), Event.objects.filter(occurrence="held").count()) == (3, 1)


def test_cancelled_or_continued_without_a_day_is_one_press(desk: Client, hearing: Event, editor: User) -> None:
    assert press(desk, hearing, "continued") == case_page(hearing)
    hearing.refresh_from_db()
    assert (hearing.occurrence, Event.objects.count()) == ("continued", 2)
    other = editing.save(Event(case=hearing.case, category="hearing", kind="trial_day", title="Trial", on=DAY,
                               occurrence="scheduled"), by=editor)  # fmt: skip
    assert press(desk, other, "cancelled") == case_page(hearing)
    other.refresh_from_db()
    assert other.occurrence == "cancelled"
    told(desk, other)
    assert desk.post(reverse("admin:act_settle", args=[other.pk, "cancelled"])).url == case_page(hearing)
    assert told(desk, other) == [pressed_before(other, "cancelled")]


def test_the_queue_has_the_buttons_of_a_date_that_passed(desk: Client, hearing: Event) -> None:
    first = reverse("admin:index")
    url = reverse("admin:act_settle", args=[hearing.pk, "cancelled"])
    assert f'action="{url}"' in desk.get(first).content.decode()
    assert desk.post(url, {"next": first}).url == first
    assert f'action="{url}"' not in desk.get(first).content.decode()


def test_what_has_not_come_is_not_held(desk: Client, hearing: Event, editor: User, said: None) -> None:
    hearing.on = timezone.localdate() + timedelta(days=1)
    editing.save(hearing, by=editor)
    assert press(desk, hearing, "held") == case_page(hearing)
    assert told(desk, hearing) == [
        f"“{hearing}”: This day has not come yet. Correct the date, or set the act to “Scheduled” until it was held."
    ]
    hearing.refresh_from_db()
    assert hearing.occurrence == "scheduled"


def test_only_a_press_of_somebody_who_may_changes_it(desk: Client, hearing: Event, quint: Docket) -> None:
    url = reverse("admin:act_settle", args=[hearing.pk, "held"])
    assert desk.get(url).url == case_page(hearing)
    assert told(desk, hearing) == [f"“{hearing}” is still scheduled. Press the button here to say what became of it."]
    where = urlencode({"next": case_page(hearing)})
    assert desk.post(url, {"next": "https://elsewhere.example/"}).url.endswith(f"&{where}")
    reader = Client()
    reader.force_login(User.objects.create_user("reader", is_staff=True))
    for name, args in (("act_settle", ["cancelled"]), ("act_continue", []), ("act_decided", [])):
        assert reader.post(reverse(f"admin:{name}", args=[hearing.pk, *args])).status_code == 403
    assert desk.post(reverse("admin:act_settle", args=[10**17, "held"])).status_code == 404


def test_the_verbs_refuse_what_is_gone_and_sign_for_what_they_change(hearing: Event, editor: User) -> None:
    second = User.objects.create_user("sam", is_staff=True)
    second.groups.add(make_group(EDITORS))
    assert hearings.continue_to(hearing, when=PartialDate(None, Precision.UNKNOWN), by=second) is not None
    hearing.refresh_from_db()
    assert (hearing.changed_by, hearing.occurrence) == (second, "continued")
    gone = Event(pk=10**9, case=hearing.case)
    with pytest.raises(ValidationError, match="removed meanwhile"):
        hearings.cancel(gone, by=editor)

"""A button pressed twice, by one editor or by two: the second press does nothing, and is told who pressed it first."""

from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases import editing
from cases.models import Case, Event, Source
from desk.marks import mark_of
from tests.desk.record import Docket, act

pytestmark = pytest.mark.django_db
WHEN = "2 March 2099, 09:00"  # after whatever is written at the real time, whenever this is run


def test_the_second_press_is_told_who_pressed_it_first(
    desk: Client, quint: Docket, editor: User, report: Source, settings: Any
) -> None:
    settings.TIME_ZONE = "UTC"
    second = User.objects.create_superuser("sam")
    other = Client()
    with time_machine.travel("2099-03-02T09:00:05Z", tick=False):
        draft = act(quint.case, "Hearing held", "hearing arraignment", quint.complaint.on, report, editor)
        editing.submit(draft, by=editor)
        quint.complaint.title = "Complaint filed in court"
        with editing.corrected(kind="clarification", sentence="Where it was filed is told.", by=editor):
            editing.save(quint.complaint, by=editor)
        Event.objects.filter(pk=quint.complaint.pk).update(unseen="words", writers=[10**6])
        desk.force_login(editor)
        other.force_login(second)

        def press(browser: Client, thing: Any, noun: str, do: str, **more: Any) -> list[str]:
            """Press a button as it was shown to both editors, and return what is told."""
            url = reverse("admin:tend", args=[noun, thing.pk])
            sent = {"do": do, "next": reverse("admin:index"), **more}
            return [str(one) for one in browser.post(url, sent, follow=True).context["messages"]]

        complaint = Event.objects.get(pk=quint.complaint.pk)
        deeds = [
            (quint.case, "case", "verify", {}, "“{}”: verified today, nothing new.",
             "“{}” was verified today already."),
            (complaint, "act", "confirm", {"mark": mark_of(complaint)}, "“{}”: seen by a second person.",
             "“{}” was seen by a second person already."),
            (draft, "act", "assign", {"to": second.pk}, "“{}” is assigned to sam.", "“{}” is assigned to sam already."),
            (draft, "act", "send_back", {}, "“{}” is a draft again.", "“{}” is a draft already."),
        ]  # fmt: skip
        for thing, noun, do, more, first, again in deeds:
            before = LogEntry.objects.count()
            assert press(desk, thing, noun, do, **more) == [first.format(thing)]
            for browser in (desk, other):
                said = again.format(thing)
                assert press(browser, thing, noun, do, **more) == [f"{said} edith did so on {WHEN}."]
            assert LogEntry.objects.count() == before + 1
        assert Case.objects.get().verified_by == editor
    # Changed since, it is another look.
    with time_machine.travel("2099-03-02T12:00:00Z", tick=False):
        quint.case.summary = "What is known."
        with editing.corrected(kind="clarification", sentence="A summary is added.", by=editor):
            editing.save(quint.case, by=editor)
        assert press(other, quint.case, "case", "verify") == [f"“{quint.case}”: verified today, nothing new."]

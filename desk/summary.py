"""Doing one thing to many rows of a list: the choice beside the actions, and the one summary of what came of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from desk.publishing import address_of
from desk.tending import colleagues

MOST_TOLD = 20


class ShownForm(ActionForm):
    """The actions of a list, and when it was shown."""

    shown_at = forms.CharField(
        label="", required=False, widget=forms.HiddenInput, initial=lambda: timezone.now().isoformat()
    )


class AssignForm(ShownForm):
    """The actions of a list, when it was shown, and to whom “Assign” assigns."""

    to = forms.ChoiceField(label="to, if you assign:", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.pk), str(one)) for one in colleagues()]
        self.fields["to"].choices = [("", "nobody"), *people]  # type: ignore[attr-defined]  # a field with choices


def summarise(request: HttpRequest, done: int, told: str, refused: Sequence[tuple[Model, str]]) -> None:
    """Tell in one message how many were done, and of each that was not why, with a link to it."""
    head = f"{done} {'is' if done == 1 else 'are'} {told}."
    if not refused:
        messages.success(request, head)
        return
    told_rows = ((address_of(row), row, why) for row, why in refused[:MOST_TOLD])
    rows = format_html_join("", '<li><a href="{}">{}</a>: {}</li>', told_rows)
    more = f" The first {MOST_TOLD} are told here." if len(refused) > MOST_TOLD else ""
    were = "was" if len(refused) == 1 else "were"
    messages.warning(request, format_html("{} {} {} not.{}<ul>{}</ul>", head, len(refused), were, more, rows))

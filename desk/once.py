"""A form of the desk is written once: sent again, it leads where it led, and does nothing."""

import json
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from cases.editing.entries import led_to, remember

KEY = "entry_key"  # the name of the hidden field
SENT_TWICE = "This form had been sent twice. It was saved once."
_POPUP = "admin/popup_response.html"


def entry_key(request: HttpRequest) -> UUID | None:
    """Return the key of the form that was sent; None if it has none that can be read."""
    try:
        return UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None


def key_for(request: HttpRequest) -> UUID:
    """Return the key that a page's form carries: its own again while it is not saved, and otherwise a new one."""
    return (entry_key(request) if request.method == "POST" else None) or uuid4()


def answered(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a form that was written already, within the sitting that would write it; None if new."""
    key = entry_key(request)
    told = led_to(key, by=cast(User, request.user)) if key is not None else None
    if told is None:
        return None
    if told.startswith("{"):
        return TemplateResponse(request, _POPUP, {"popup_response_data": told})
    messages.info(request, SENT_TWICE)
    return HttpResponseRedirect(told)


def note(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Remember where a form that was written leads. A page that shows the form again has written nothing."""
    key = entry_key(request)
    led = None
    if isinstance(response, HttpResponseRedirect):
        led = response.url
    elif isinstance(response, TemplateResponse) and _POPUP in _names(response):
        led = str((response.context_data or {}).get("popup_response_data", json.dumps({})))
    if key is not None and led is not None:
        remember(key, led=led, by=cast(User, request.user))
    return response


def _names(response: TemplateResponse) -> tuple[str, ...]:
    name: Any = response.template_name
    return (name,) if isinstance(name, str) else tuple(str(one) for one in name or ())


class OnceMixin:
    """A screen whose page is written once, however often it is sent."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Answer a form that was sent before as it was answered then."""
        if request.method == "POST" and (told := answered(request)) is not None:
            return told
        context = {KEY: key_for(request)} | (extra_context or {})
        # The type is ignored: of the class it is mixed into.
        response: HttpResponse = super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]  # of the class it is mixed into
        refused = getattr(request, "desk_refusal", None) is not None
        return note(request, response) if request.method == "POST" and not refused else response

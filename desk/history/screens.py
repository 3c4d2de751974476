"""What the page of every row has of its history: a screen, and an answer when the row was removed meanwhile."""

from typing import Any

from django.contrib import messages
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from cases import history
from desk.history.lines import restore_url
from desk.history.views import stream_view

CHANGED = "It was changed since this page was shown, so nothing was deleted. Look at it again, then delete it."
_NOT_TYPED = ("csrfmiddlewaretoken", "entry_key", "stamp", "id", "DELETE")
_MOST = 200  # fields that are given back
_COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


class HistoryMixin:
    """A screen with the history of its rows in place of Django's log."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who wrote what of a row and of those below it; Django's log where no history is kept."""
        if history.kept_as(self.model) is None:  # type: ignore[attr-defined]  # of the class it is mixed into
            # The type is ignored: of the class it is mixed into.
            response: HttpResponse = super().history_view(request, object_id, extra_context)  # type: ignore[misc]  # of the class it is mixed into
            return response
        return stream_view(request, self, object_id)  # type: ignore[arg-type]  # of the class it is mixed into

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask again before a row is deleted that says something else than when it was shown."""
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]  # of the class it is mixed into
        stamp = history.stamp_of(row) if row is not None else ""
        if request.method == "POST" and request.POST.get("stamp", stamp) != stamp:
            messages.error(request, CHANGED)
            return HttpResponseRedirect(request.get_full_path())
        response: HttpResponse = super().delete_view(request, object_id, {"stamp": stamp} | (extra_context or {}))  # type: ignore[misc]  # of the class it is mixed into
        return response

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Options, object_id: str) -> HttpResponse:
        """Give back what was typed into a page whose row somebody removed meanwhile, and lead to what was removed."""
        if request.method != "POST":
            # The type is ignored: Django's own, not in its stubs.
            response: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]  # of the class it is mixed into
            return response
        known = (
            history.kept_as(opts.model) is not None
            and object_id.isascii()
            and object_id.isdecimal()
            and len(object_id) < 19
        )
        state = history.last_state(opts.model, int(object_id)) if known else None
        typed = [(name, value) for name, values in request.POST.lists() for value in values if _is_typed(name, value)]
        names = history.Names()
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]  # of the class it is mixed into
            "title": "Removed meanwhile",
            "noun": str(opts.verbose_name),
            "state": state,
            "name": names.title(opts.model, state.values) if state is not None else "",
            "who": names.user(state.user_id) if state is not None else "",
            "back": restore_url(state) if state is not None and state.is_deletion else "",
            "typed": typed[:_MOST],
        }
        return TemplateResponse(request, "admin/history/removed.html", context, status=410)


def _is_typed(name: str, value: str) -> bool:
    last = name.rsplit("-", 1)[-1]
    return bool(value.strip()) and last not in _NOT_TYPED and last not in _COUNTS and not name.startswith("_")

"""The door of the desk: one middleware through which every request under /desk/ goes."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from desk.signin import ciphers, factor, kept, known
from desk.signin.urls import NAMES

SIGNED_OUT = "You are signed out. Press save: you will be asked to sign in, and what you typed is kept."
SET_UP = (
    "Your account may publish, so it needs a second factor besides the password. "
    "Choose an app that makes codes, or a passkey; then you are led on."
)
COME_IN_AGAIN = "Your account has a second factor, and you came in without it. Sign in again."


class DeskDoor:
    """Lets in who is signed in, with a second factor where the role needs one; no typing is lost on the step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(reverse("admin:index")):
            return self.get_response(request)
        response = self.get_response(request) if _is_sign_in(request) else self._at_the_desk(request)
        kept.remember(request, response)
        known.remember(request, response)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a view that tried to write while its form was only shown again (``kept.show`` says the rest).

        And one that needs a second factor which can not be read any longer.
        """
        if isinstance(exception, ciphers.UnreadableError):
            context = {"title": "Your second factor can not be read", "unreadable": ciphers.UNREADABLE}
            return render(request, "account/unreadable.html", context, status=409)
        return HttpResponse(status=409) if isinstance(exception, kept.WouldWriteError) else None

    def _at_the_desk(self, request: HttpRequest) -> HttpResponse:
        if not admin.site.has_permission(request):
            return self._sign_in(request)
        if factor.is_missing(request):
            return self._second_factor(request)
        if kept.NAME in request.GET and request.method == "GET":
            return kept.show(request, self.get_response)
        if kept.NAME in request.GET and request.method == "POST":
            return kept.send(request, self.get_response)
        return self.get_response(request)

    def _sign_in(self, request: HttpRequest) -> HttpResponse:
        if _is_background(request):
            return HttpResponse(SIGNED_OUT, status=401, content_type="text/plain; charset=utf-8")
        return redirect_to_login(_wanted(request), reverse("admin:login"))

    def _second_factor(self, request: HttpRequest) -> HttpResponse:
        if _is_background(request):
            return HttpResponse(SET_UP, status=403, content_type="text/plain; charset=utf-8")
        wanted = _wanted(request)
        if factor.has_factor(request.user):
            request.session.flush()
            messages.warning(request, COME_IN_AGAIN)
            return redirect_to_login(wanted, reverse("admin:login"))
        request.session[factor.WANTED] = wanted
        messages.warning(request, SET_UP)
        return redirect("mfa_index")


def csrf_failure(request: HttpRequest) -> HttpResponse | None:
    """Answer a form of the desk whose token is no longer right, in a session that is: show it again.

    The token changes at every sign-in, so a form that was open in another window comes with an old one. None if
    the form did not come from this site.
    """
    if not request.path_info.startswith(reverse("admin:index")) or not request.user.is_authenticated:
        return None
    if _is_sign_in(request) or _is_background(request):
        return None
    address = kept.keep(request)
    return HttpResponseRedirect(address) if address else None


def _wanted(request: HttpRequest) -> str:
    """Return the address to come back to; for a form that was sent, the one where it is shown again."""
    if request.method == "POST":
        return kept.keep(request) or kept.split(request.get_full_path())[0]
    return request.get_full_path()


def _is_sign_in(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in NAMES
    except Resolver404:
        return False


def _is_background(request: HttpRequest) -> bool:
    """Tell whether a script of a page asks, and not a person who would see the answer as a page."""
    asked_by = (request.headers.get("HX-Request"), request.headers.get("X-Requested-With"))
    return any(asked_by) or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"

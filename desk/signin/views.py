"""The few of allauth's pages that differ here; the others are its own, with our templates."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from desk.signin import factor, kept


class LoginView(account.LoginView):
    """Signing in. Who is signed in and has no right to the desk is told so, instead of going in a circle."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell a signed-in account without a right to the desk that it has none."""
        if request.user.is_authenticated and not admin.site.has_permission(request):
            return render(request, "account/not_for_the_desk.html", {"title": "Not for this account"}, status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether typing waits for whoever signs in."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "typing_is_kept": kept.waits(context["redirect_field_value"]), "title": "Log in"}


class PasswordChangeView(account.PasswordChangeView):
    """Changing one's own password, with the present one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse an account without a password: only an administrator gives it one."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class RecoveryCodesView(recovery.ViewRecoveryCodesView):
    """The recovery codes, and the way on to the page that was asked for before."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address that was asked for before a factor was set up; the door had noted it."""
        return {**super().get_context_data(**kwargs), "wanted": self.request.session.get(factor.WANTED)}

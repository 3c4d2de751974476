"""What the list of accounts shows and does about second factors."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from desk.signin.factor import MAIN, reset_second_factor


class SecondFactorColumn:
    """A column that says who has a second factor, and an action that takes it away from who has lost it."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Add whether there is an app or a passkey."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=MAIN)
        rows: QuerySet[User] = super().get_queryset(request)  # type: ignore[misc]  # of the class it is mixed into
        return rows.annotate(has_factor=Exists(factors))

    @admin.display(description="second factor", boolean=True, ordering="has_factor")
    def second_factor(self, user: Any) -> bool:
        """Tell whether the account has one."""
        return bool(user.has_factor)

    @admin.action(description="Take away the second factor, for who lost it", permissions=["change"])
    def reset_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Take the second factors of the chosen accounts away, end their sessions, and keep a note of who did it."""
        for user in queryset.order_by("pk"):
            taken = reset_second_factor(user)
            told = "Took away the second factor." if taken else "There was no second factor; ended the sessions."
            self.log_change(request, user, told)  # type: ignore[attr-defined]  # of the class it is mixed into
            messages.success(request, f"“{user.get_username()}”: {told} They have to sign in again.")

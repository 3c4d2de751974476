"""Django's own pages of accounts and groups, with lists that answer whatever their address says."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from desk.admin.base import SafeListMixin
from desk.signin.accounts import SecondFactorColumn

admin.site.unregister(User)
admin.site.unregister(Group)


class _WithoutNul(SafeListMixin):
    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:  # fmt: skip
        term = search_term.replace("\0", " ")
        # The type is ignored: of the class it is mixed into.
        return super().get_search_results(request, queryset, term)  # type: ignore[misc]  # of the class it is mixed into


@admin.register(User)
class AccountAdmin(SecondFactorColumn, _WithoutNul, UserAdmin):
    """Accounts."""

    list_display = ("username", "email", "is_active", "is_staff", "second_factor")
    actions = ("reset_factors",)


@admin.register(Group)
class RoleAdmin(_WithoutNul, GroupAdmin):
    """Groups."""

"""Who may do what at the desk: the groups of contributors, editors and administrators, and their permissions.

Permissions say which nouns somebody may touch at all. What of them (drafts only, what others wrote) is said by
``cases.editing.rights``, which the verbs ask.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

CONTRIBUTORS, EDITORS, ADMINISTRATORS = "Contributors", "Editors", "Administrators"
ROLES = (CONTRIBUTORS, EDITORS, ADMINISTRATORS)

# What every role writes, rows of it as long as they are no part of anything public.
_WRITTEN = {
    "cases": (
        "matter", "case", "caserelation", "defendant", "participant", "event", "charge", "outcome", "sentencepart",
        "source", "citation",
    ),
    "people": ("person", "name", "namesake"),
}  # fmt: skip
# What only administrators change: it bears on cases that nobody is looking at.
_REFERENCE = ("court", "jurisdiction", "appealperiod", "disposition")
_ROOMS = ("cases", "people", "imports")
_ACCOUNTS = ("auth", "account", "mfa", "admin")


def make_groups() -> dict[str, Group]:
    """Return the three groups by name, made when missing, with exactly the permissions of their roles.

    A member also needs ``is_staff`` to come in.
    """
    return {name: make_group(name) for name in ROLES}


def make_group(name: str) -> Group:
    """Return the group of one role, made when missing, with exactly its permissions."""
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.set({CONTRIBUTORS: _contributes, EDITORS: _edits, ADMINISTRATORS: _administers}[name]())
    return group


def _in_rooms() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label__in=_ROOMS)


def _contributes() -> QuerySet[Permission]:
    """Read everything; write drafts; bring files in, which become drafts."""
    written = [
        f"{action}_{noun}" for nouns in _WRITTEN.values() for noun in nouns for action in ("add", "change", "delete")
    ]
    return _in_rooms().filter(
        Q(codename__startswith="view_") | Q(codename__in=written) | Q(content_type__app_label="imports")
    )


def _edits() -> QuerySet[Permission]:
    """All that is record, with publishing, sealing and merging; of the reference data, new courts."""
    reference = [f"{action}_{noun}" for noun in _REFERENCE for action in ("add", "change", "delete")]
    reference.remove("add_court")
    kept_by_triggers = Q(codename__endswith="history") & ~Q(codename__startswith="view_")
    return _in_rooms().exclude(codename__in=[*reference, "publish_own"]).exclude(kept_by_triggers)


def _administers() -> QuerySet[Permission]:
    """Everything: their own work published too, accounts, reference data."""
    return Permission.objects.filter(content_type__app_label__in=(*_ROOMS, *_ACCOUNTS))


__all__ = ["ADMINISTRATORS", "CONTRIBUTORS", "EDITORS", "ROLES", "make_group", "make_groups"]

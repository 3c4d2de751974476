"""Who may do what at the desk: the group of editors and its permissions."""

from django.contrib.auth.models import Group, Permission

EDITORS = "Editors"


def make_editor_group() -> Group:
    """Return the group whose members may read and write the whole record, and no accounts; made when missing.

    A member also needs ``is_staff`` to come in.
    """
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.set(Permission.objects.filter(content_type__app_label__in=("people", "cases")))
    return group

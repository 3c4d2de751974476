"""The second factor: who must have one, whether this session was opened with it, and its reset for who lost theirs."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from cases.editing import rights
from desk.signin.sessions import end_sessions

PROVEN = "signin_factor_of"  # in a session: the account whose second factor was used in it
WANTED = "signin_wanted"  # in a session: the page of the desk that was asked for before a factor was set up
RIGHTS = (rights.PUBLISH, rights.SEAL, rights.MERGE, "auth.add_user", "auth.change_user", "auth.change_group")
MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes stand in for one; they are none


def may_publish(user: User | AnonymousUser) -> bool:
    """Tell whether somebody may change what readers read, or who may; asked each time, so a role counts at once."""
    return any(user.has_perm(right) for right in RIGHTS)


def has_factor(user: User | AnonymousUser) -> bool:
    """Tell whether an account has an app or a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=MAIN).exists()


def is_missing(request: HttpRequest) -> bool:
    """Tell whether this session may not go on at the desk before a second factor is set up, or given."""
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get(PROVEN) == request.user.pk:
        return False
    return may_publish(request.user)


def in_pages(request: HttpRequest) -> dict[str, bool]:
    """Let the pages of the desk say that this installation asks for no second factor: a context processor."""
    return {"second_factor_not_asked": not settings.SECOND_FACTOR_REQUIRED}


def reset_second_factor(user: User) -> int:
    """Take every second factor of an account away and end its sessions; return how many factors there were.

    For who lost theirs. At the next sign-in they are asked to set one up anew, if their role needs it.
    """
    with transaction.atomic():
        taken, _ = Authenticator.objects.filter(user=user).delete()
        end_sessions(user)
    return taken


def listen() -> None:
    """Keep sessions in step with the factors; called when the applications are ready."""

    @receiver(signals.authenticator_used, weak=False, dispatch_uid="signin_used")
    def used(request: HttpRequest, user: Any, **_: Any) -> None:
        request.session[PROVEN] = user.pk

    @receiver(signals.authenticator_added, weak=False, dispatch_uid="signin_added")
    def added(request: HttpRequest, user: Any, **_: Any) -> None:
        # Whoever is signed in elsewhere with the password alone has to come in again, with the factor.
        request.session[PROVEN] = user.pk
        end_sessions(user, but=request.session.session_key)

    @receiver(signals.authenticator_removed, weak=False, dispatch_uid="signin_removed")
    def removed(request: HttpRequest, user: Any, **_: Any) -> None:
        end_sessions(user, but=request.session.session_key)
        if not has_factor(user):
            request.session.pop(PROVEN, None)

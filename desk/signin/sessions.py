"""The session engine: Django's own in the database, with the account beside each session, so that it can be ended."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Sessions in our own table."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        """Return our table; it can be imported only when the applications are ready."""
        from desk.signin.models import Session

        return Session

    @classmethod
    def clear_expired(cls) -> None:
        """Drop sessions that ran out, and what else has its time here: ``manage.py clearsessions``, each hour."""
        from desk.signin import kept, known

        super().clear_expired()
        kept.drop_old()
        known.forget_old()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Note whose session it is."""
        row: Any = super().create_model_instance(data)
        account = data.get(SESSION_KEY)
        row.user_id = int(account) if account is not None else None
        return row


def end_sessions(user: User, *, but: str | None = None) -> int:
    """End every session of ``user``, except the one with the key ``but``; return how many were ended."""
    from desk.signin.models import Session

    ended, _ = Session.objects.filter(user=user).exclude(session_key=but or "").delete()
    return ended

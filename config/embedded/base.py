"""Django's PostgreSQL backend over the embedded server (being written)."""

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    pass

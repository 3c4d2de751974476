"""Django's PostgreSQL backend over the embedded server: a connection is refused only after the server had its chance.

Nothing is started when settings are read or this module is imported; the first connection does it.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe
from psycopg2 import OperationalError

from config.embedded.home import EmbeddedServerError
from config.embedded.lease import lease


class DatabaseWrapper(base.DatabaseWrapper):
    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return self._connect_or_heal(conn_params)
        except EmbeddedServerError as error:
            raise OperationalError(str(error)) from error

    def _connect_or_heal(self, conn_params: dict[str, Any]) -> Any:
        lease().take()
        try:
            return super().get_new_connection({**conn_params, **lease().address()})
        except (OperationalError, EmbeddedServerError):
            lease().wait_until_it_answers()
            return super().get_new_connection({**conn_params, **lease().address()})

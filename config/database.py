"""Which PostgreSQL this installation talks to: DATABASE_URL's, or the one that comes with the package."""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def database_from_environment(*, may_embed: bool, conn_max_age: int, statement_timeout: int) -> dict[str, Any]:
    """Django's settings of one database. Nothing is started or connected to here.

    conn_max_age and statement_timeout are in seconds; a timeout of 0 is none.
    """
    url = os.environ.get("DATABASE_URL", "").strip()
    if url:
        settings = _from_url(url)
    elif may_embed:
        settings = {"ENGINE": "config.embedded", "NAME": "docketline"}
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. Set it to the PostgreSQL database of this site "
            "(postgres://user:password@host/name). The embedded database is for DEBUG=1 and `make demo`, "
            "because it has no backups and no upgrades."
        )
    options = settings.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c statement_timeout={statement_timeout}s".strip()
    options.setdefault("connect_timeout", 5)
    return {**settings, "CONN_MAX_AGE": conn_max_age, "CONN_HEALTH_CHECKS": True}


def _from_url(url: str) -> dict[str, Any]:
    try:
        settings = dict(dj_database_url.parse(url))
    except (dj_database_url.ParseError, ValueError) as error:
        raise ImproperlyConfigured("DATABASE_URL can not be read: write postgres://user:password@host/name.") from error
    if settings.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database: postgres://user:password@host/name.")
    return settings

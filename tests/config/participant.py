"""A process that uses the embedded database, steered by its standard input; test_embedded.py starts it.

Each line is a statement, run as a request would run it: on the kept connection if that still lives, else on a new one.
Each answer is one line: "ok" and the first value, or "error" and the message.
"""

import sys

import django
from django.conf import settings

from config.database import database_from_environment

settings.configure(
    DATABASES={"default": database_from_environment(may_embed=True, conn_max_age=600, statement_timeout=15)}
)
django.setup()

from django.db import DatabaseError, InterfaceError, connection  # noqa: E402 - settings first


def answer(statement: str) -> str:
    connection.close_if_unusable_or_obsolete()
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return f"ok {cursor.fetchone()[0]}"
    except (DatabaseError, InterfaceError) as error:
        return f"error {' / '.join(str(error).splitlines())}"


for line in sys.stdin:
    connection.health_check_done = False
    sys.stdout.write(answer(line) + "\n")
    sys.stdout.flush()

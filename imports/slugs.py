"""Free addresses for many new rows at once: the name in small letters, and a number where it is taken."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from cases.models.case import WITHHELD_ADDRESS
from people.addresses import UsedAddress
from people.models import Redirect
from people.names import fold

LONGEST = 100  # of an address without its number
_RESERVED = re.compile(rf"{WITHHELD_ADDRESS.rstrip('-')}(-[0-9]+)?")  # with a number, it is that of a withheld case


def free_slugs(model: type[models.Model], texts: Sequence[str], *, noun: str) -> list[str]:
    """Return an address for each text, all different, none of them taken now or ever public."""
    bases = [fold(text).replace(" ", "-")[:LONGEST].strip("-") or noun for text in texts]
    if noun == "case":
        bases = [f"case-{base}" if _RESERVED.fullmatch(base) else base for base in bases]
    taken = _taken(model, sorted(set(bases)), noun)
    following: dict[str, int] = {}
    found = []
    for base in bases:
        number = following.get(base, 1)
        slug = base if number == 1 else f"{base}-{number}"
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        following[base] = number + 1
        found.append(slug)
    return found


def _taken(model: type[models.Model], bases: list[str], noun: str) -> set[str]:
    """Return the addresses that are one of ``bases``, with or without a number, of rows, redirects and the past."""
    places: list[tuple[Any, str]] = [(model._meta.db_table, "slug"), (UsedAddress._meta.db_table, "slug")]
    if noun == "person":
        places.append((Redirect._meta.db_table, "old_slug"))
    taken: set[str] = set()
    with connection.cursor() as cursor:
        for table, column in places:
            # Between “x-” and “x.” stands all that begins with “x-”: two looks into the index, whatever the language.
            cursor.execute(
                f"""
                SELECT t.{column} FROM unnest(%s::text[]) base JOIN {table} t
                  ON t.{column} = base OR (t.{column} ~>=~ (base || '-') AND t.{column} ~<~ (base || '.'))
                """,  # noqa: S608 - names of tables and columns, and no value
                [bases],
            )
            taken |= {slug for (slug,) in cursor.fetchall()}
    return taken

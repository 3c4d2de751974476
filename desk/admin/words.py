"""The search boxes of the desk's lists: which rows have the typed words, asked so that indexes answer."""

import operator
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet

from people.models import Name, Person
from people.names import tokens
from people.search import persons_named


def having_words(rows: QuerySet[Any], columns: Sequence[str], words: Sequence[str]) -> QuerySet[Any]:
    """Return the rows that have each of the words in one of the columns; names of columns as in ``search_fields``."""
    if any("__" in column or issubclass(rows.model, Person) for column in columns):
        # Which rows have a word is asked for each column alone, and put together: of rows that are joined first, each
        # is looked at, and of words that are asked for one after the other each row again.
        found = [_rows_with(rows.model, columns, word) for word in words]
        if not all(found):
            return rows.none()
        united = [one.union(*others) for one, *others in found]
        return rows.filter(pk__in=united[0].intersection(*united[1:])) if united else rows
    for word in words:
        asked = [condition for column in columns for condition in _of_text(column, word)]
        rows = rows.filter(reduce(operator.or_, asked)) if asked else rows.none()
    return rows


def _of_text(column: str, word: str) -> Iterator[Q]:
    if not column.endswith("folded"):
        yield Q(**{f"{column}__icontains": word})
    elif parts := tokens(word):
        yield reduce(operator.and_, (Q(**{f"{column}__contains": part}) for part in parts))


def _rows_with(model: Any, columns: Sequence[str], word: str) -> list[QuerySet[Any]]:
    """The ids of the rows that have the word, for each column."""
    return [rows.order_by().values("pk") for column in columns for rows in _with(model, column, word)]


def _with(model: Any, column: str, word: str) -> Iterator[QuerySet[Any]]:
    path, _, last = column.rpartition("__")
    holder = model
    for step in path.split("__") if path else ():
        holder = holder._meta.get_field(step).related_model
    parts = tokens(word)
    if last != "folded" or not issubclass(holder, Person | Name):
        yield from (model._base_manager.filter(condition) for condition in _of_text(column, word))
    elif parts and issubclass(holder, Person):  # with their other names
        named = (Q(**{f"{path or 'pk'}__in": persons_named(part)}) for part in parts)
        yield model._base_manager.filter(reduce(operator.and_, named))

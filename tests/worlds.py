"""A record entered once for a whole module of tests that only read it, or whose own writes are undone after each."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def once_a_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a module's fixture write, and take it all away after the module."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)

"""What the tests of the record share: the demonstration record, loaded once for a module."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from pytest_django import DjangoDbBlocker

from cases.demonstration import enter_record
from cases.reference import load_reference


@pytest.fixture(scope="module")
def demo_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """The reference data and the demonstration record, for all tests of a module; yields who entered it.

    A transaction around the module takes it all away again. What a test writes is undone after that test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        editor = User.objects.create_superuser("demo")
        enter_record(by=editor)
        yield editor
        transaction.set_rollback(True)

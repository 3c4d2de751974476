"""What the tests of the record share: the demonstration record, loaded once for a module."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoDbBlocker

from cases.demonstration import enter_record
from cases.reference import load_reference
from tests.worlds import once_a_module


@pytest.fixture(scope="module")
def demo_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """The reference data and the demonstration record, for all tests of a module; yields who entered it.

    A transaction around the module takes it all away again. What a test writes is undone after that test.
    """
    with once_a_module(django_db_blocker):
        load_reference()
        editor = User.objects.create_superuser("demo")
        enter_record(by=editor)
        yield editor

"""What the tests of imports stand on: the reference data that files refer to, and two administrators."""

import pytest
from django.contrib.auth.models import User

from cases.reference import load_reference


@pytest.fixture
def reference(db: None) -> None:
    """Courts, terms and periods, as every installation has them."""
    load_reference()


@pytest.fixture
def ida(reference: None) -> User:
    """Who brings files."""
    return User.objects.create_superuser("ida", password="a long enough phrase")


@pytest.fixture
def sam(reference: None) -> User:
    """A second person."""
    return User.objects.create_superuser("sam", password="a long enough phrase")

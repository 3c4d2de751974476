"""What the tests of imports stand on: two courts, three terms, and two administrators."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.models import Court, Disposition, Jurisdiction

TERMS = {"convicted_jury": "conviction", "unknown": "unknown", "dismissed_with_prejudice": "non_conviction"}


@pytest.fixture
def reference(db: None) -> None:
    """What the files of ``tests.imports.files`` refer to."""
    where = Jurisdiction.objects.create(slug="united-states", name="United States")
    for key in ("dcd", "txsd"):
        Court.objects.create(slug=key, source_key=key, name=f"District Court {key.upper()}", jurisdiction=where)
    for slug, cls in TERMS.items():
        label = slug.replace("_", " ").capitalize()
        Disposition.objects.create(slug=slug, cls=cls, label=label, sentence=f"{label}.")


@pytest.fixture
def ida(reference: None) -> User:
    """Who brings files; an administrator."""
    return User.objects.create_superuser("ida", password="a long enough phrase")


@pytest.fixture
def sam(reference: None) -> User:
    """A second administrator."""
    return User.objects.create_superuser("sam", password="a long enough phrase")


@pytest.fixture
def desk(ida: User) -> Client:
    """The desk, as an administrator has it."""
    client = Client()
    client.force_login(ida)
    return client


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for files that wait."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path

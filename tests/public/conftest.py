"""What the tests of the pages share: a record entered once for a module whose tests only read."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.cases import record
from tests.cases.conftest import demo_record
from tests.public import world
from tests.worlds import once_a_module

__all__ = ["demo_record", "harbour", "three_cases"]


@pytest.fixture(scope="module")
def harbour(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[world.Docket]:
    """One case in one matter."""
    with once_a_module(django_db_blocker):
        yield world.tried(matter=record.matter("harbour-fire"))


@pytest.fixture(scope="module")
def three_cases(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[world.Docket]]:
    """A conviction, an acquittal and a civil suit in another court."""
    with once_a_module(django_db_blocker):
        roe, poe = world.tried(), world.tried("state-v-poe", "Zoë Müller-Poe", term="acquitted_jury")
        suit = record.case("estate-v-roe", kind="civil", caption="Estate v. Roe", court=record.court("harbour-court"))
        record.act(suit, "2022-02", "filing complaint", title="Estate sues")
        world.derive(suit)
        yield [roe, poe]

"""Persons for the tests of names and search."""

from collections.abc import Callable

import pytest

from people.models import Name, Person
from people.names import fold

Make = Callable[..., Person]


@pytest.fixture
def person(db: None) -> Make:
    """Make a person with a published name, and other names by kind."""

    def make(name: str, *, slug: str = "", standing: int = 0, **more: object) -> Person:
        others = {kind: more.pop(kind) for kind in ("alias", "former", "full", "transliteration") if kind in more}
        made = Person.objects.create(
            name=name, slug=slug or fold(name).replace(" ", "-")[:120], derived_standing=standing, **more
        )
        for kind, text in others.items():
            Name.objects.create(person=made, text=text, kind=kind)
        return made

    return make

"""Every question asked of persons as such. Who has a name is asked of ``people.search``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from people.models import Person  # noqa: F401  (the queryset's own model)


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons."""

    def visible(self) -> Self:
        """Persons whose name may be shown: neither withheld nor sealed."""
        return self.exclude(visibility__in=("name_withheld", "sealed"))

    def by_name(self) -> Self:
        """In order of surname, ties by slug, so that pages are stable."""
        return self.order_by("sort_name", "slug")

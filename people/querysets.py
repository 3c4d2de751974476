"""Every question asked of persons as such: by folded name, and by order of surname."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.names import tokens

if TYPE_CHECKING:
    from people.models import Person  # noqa: F401  (the queryset's own model)


class PersonQuerySet(models.QuerySet["Person"]):
    """Persons; adjectives filter, ``named`` takes what somebody typed."""

    def visible(self) -> Self:
        """Persons whose name may be shown: neither withheld nor sealed."""
        return self.exclude(visibility__in=("name_withheld", "sealed"))

    def named(self, typed: str) -> Self:
        """Persons with one name (published or other) that holds every typed word, folded.

        Accents, hyphens and case make no difference; words may come in any order; the last
        letters of a word may be missing. Nothing typed that can be folded finds nobody.
        """
        from people.models import Name

        words = tokens(typed)
        if not words:
            return self.none()
        published = Q()
        other = Q()
        for word in words:
            pattern = rf"(^|\s){word}"
            published &= Q(folded__regex=pattern)
            other &= Q(folded__regex=pattern)
        names = Name.objects.filter(other, person=OuterRef("pk"))
        return self.filter(published | Q(Exists(names)))

    def by_name(self) -> Self:
        """In order of surname, ties by slug, so that pages are stable."""
        return self.order_by("sort_name", "slug")

"""Every question asked of persons as such: by folded name, and by order of surname."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

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
        letters of a word may be missing. Nothing typed that can be folded finds nobody. The name
        index is asked: whose name is withheld or sealed is not found.
        """
        from people.models import IndexedName
        from people.search.keys import EDGES, beginning

        words = tokens(typed)
        if not words:
            return self.none()
        names = IndexedName.objects.all()
        for word in words:
            names = names.filter(keys__contains=[beginning(word[:EDGES])], folded__regex=rf"(^|\s){word}")
        return self.filter(pk__in=names.values("person"))

    def by_name(self) -> Self:
        """In order of surname, ties by slug, so that pages are stable."""
        return self.order_by("sort_name", "slug")

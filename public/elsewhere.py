"""What typed words may mean where nobody goes by them: the caption of a case, a matter, a court."""

from dataclasses import dataclass

from django.db.models import Q

from cases.listing import Listing, listed_by_court
from cases.models import Court, Matter
from people.names import fold, tokens
from public.lists import CaseRow, rows_of

AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The first few of each. ``more``: there are more cases than these."""

    cases: list[CaseRow]
    matters: list[Matter]
    courts: list[Court]
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.cases or self.matters or self.courts)


def found_elsewhere(typed: str) -> Elsewhere:
    """Return the listed cases, published matters and courts with a case in whose names all typed words stand."""
    words = tokens(typed)
    if not words:
        return Elsewhere([], [], [])
    listing = Listing(words=typed)
    named = Q()
    for word in words:
        named &= Q(folded__contains=word)
    longest = max(words, key=len)
    matters = Matter.objects.published().filter(title__icontains=longest).latest_first()[: AT_MOST * 10]
    courts = Court.objects.filter(named, pk__in=listed_by_court()).order_by("name", "slug")[:AT_MOST]
    return Elsewhere(
        rows_of(listing[0:AT_MOST]),
        [one for one in matters if all(_begins(word, one.title) for word in words)][:AT_MOST],
        list(courts),
        listing.count() > AT_MOST,
    )


def _begins(word: str, title: str) -> bool:
    return f" {word}" in f" {fold(title)}"

"""Addresses of cases that withhold names: a number, because the slug, which is permanent, may be made of a name."""

from cases.models import Case
from cases.models.case import WITHHELD_ADDRESS

LONGEST = 18  # digits that surely fit into the database's numbers


def slug_by_number(address: str) -> str:
    """The slug of the case that an address by number stands for; empty if ``address`` is none, or of no case."""
    number = address.removeprefix(WITHHELD_ADDRESS)
    if number == address or not (number.isascii() and number.isdigit()) or len(number) > LONGEST:
        return ""
    return Case.objects.filter(pk=int(number)).values_list("slug", flat=True).first() or ""


def last_part(case: Case) -> str:
    """The part of a case's address that tells it from others: its slug or its number."""
    return case.get_absolute_url().rstrip("/").rpartition("/")[2]

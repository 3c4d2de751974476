"""What should be looked at before an act, a case or a matter is public: each with its reason, and where to mend it."""

from cases.guard.items import Item, Weight
from cases.guard.listing import items, items_of, named_all_the_same
from cases.guard.sources import needs_source
from cases.guard.still import still_read

__all__ = ["Item", "Weight", "items", "items_of", "named_all_the_same", "needs_source", "still_read"]

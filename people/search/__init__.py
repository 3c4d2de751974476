"""Finding a person by name: whatever somebody remembers of it, however it is spelt.

``find`` and ``suggest`` know persons and names only; who has a case is told to them by ``Among``.
"""

from people.search.fetching import Among, persons_named
from people.search.finding import EVERYBODY, Found, find, suggest
from people.search.ranking import Hit
from people.search.senses import How

__all__ = ["EVERYBODY", "Among", "Found", "Hit", "How", "find", "persons_named", "suggest"]

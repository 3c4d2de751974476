"""Heeding the guard when a sitting ends: what it forbids is refused, what it advises against needs a sentence.

It is asked at the end, once for everything that the sitting published: within one sitting the order is free.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from cases import guard
from cases.choices import Editorial
from cases.editing import standing
from cases.editing.rights import Publishable
from cases.models import Event

NAMED = "named"
NEEDS_A_WORD = "To publish it all the same, say why in one sentence: it is kept, and other editors read it."


def review(thing: Publishable) -> list[guard.Item]:
    """Return everything to look at before ``thing`` is public, as it is stored: what forbids it first."""
    rules = [guard.Item("rule", words, thing, guard.Weight.MUST) for words in standing.obstacles(thing)]
    return [*rules, *guard.items(thing)]


def heed(published: dict[Publishable, str]) -> None:
    """Raise ``ValidationError`` where the guard forbids what a sitting published, or where no sentence overrules it.

    ``published`` has the sentence for each, "" where none was given. A sentence that overruled nothing is not kept.
    """
    things = _still_public(published)
    listed = guard.items_of(things) if things else {}
    # A case tells of its acts' names again: what is published with it has a sentence of its own.
    of_acts = {one for thing, found in listed.items() if isinstance(thing, Event) for one in found if one.code == NAMED}
    for thing, every in listed.items():
        said = published[thing]
        found = every if isinstance(thing, Event) else [item for item in every if item not in of_acts]
        advised = [item for item in found if item.weight is not guard.Weight.LOOK]
        if forbidden := [item for item in advised if item.must]:
            raise ValidationError([ValidationError(item.words, code=item.code) for item in forbidden])
        if advised and not said:
            told = [ValidationError(item.words, code=item.code) for item in advised]
            raise ValidationError([*told, ValidationError(NEEDS_A_WORD, code="despite")])
        if advised:
            type(thing)._base_manager.filter(pk=thing.pk).update(published_despite=said)


def refuse_names(changed: Iterable[Publishable]) -> None:
    """Raise ``ValidationError`` where what is public was changed, and has the name of somebody not to be named."""
    things = _still_public(changed)
    if found := guard.named_all_the_same(things) if things else []:
        raise ValidationError([ValidationError(item.words, code=item.code) for item in found])


def _still_public(things: Iterable[Publishable]) -> list[Publishable]:
    """Return those of the acts, cases and matters that are published as they are stored now, in their order."""
    wanted: dict[type[Publishable], set[int]] = {}
    asked = list(things)
    for thing in asked:
        wanted.setdefault(type(thing), set()).add(thing.pk)
    public = {
        row: row
        for model, ids in wanted.items()
        for row in model._base_manager.filter(pk__in=ids, editorial_state=Editorial.PUBLISHED)
    }
    return [public[thing] for thing in asked if thing in public]

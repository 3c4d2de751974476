"""Names that may not be read, in the words that would be read: headlines, texts, captions, quotations."""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache

from django.db.models import Model

from cases.choices import Editorial
from cases.guard.beside import CALLED, NAMED_ALSO, Text
from cases.guard.items import Item, Weight
from cases.guard.reading import Publishable, Reading
from cases.models import Case, Event, Matter
from cases.surnames import Said, apart, said, surname_of
from cases.tongues import SPANISH, first_surname, language_of
from people.choices import PartyKind
from people.models import Person
from people.names import fold, fold_prose


class Named(IntEnum):
    """How a text names somebody."""

    NOT = 0
    PERHAPS = 1  # by a word that may be the surname, and may be an ordinary word
    SURNAME = 2
    WHOLE = 3


def naming_items(thing: Publishable, record: Reading, *, whole: bool = True) -> Iterator[Item]:
    """Yield each text of ``thing`` that has the name of somebody who is not to be named there.

    With the ``whole`` of what becomes public with it: words of persons and courts, the acts that were published before.
    What somebody published there for a good reason is not asked again.
    """
    if not record.hidden:
        return
    hidden = record.hidden_in(thing)
    own = ((text, "") for text in public_texts(thing, record))
    for (what, text, row), despite in (*own, *(_with(thing, record) if whole else ())):
        for person in hidden:
            if (named := how_named(person, text, record.surnames_shown)) and not is_called(person, what, text):
                item = naming_item(person, what, row, named)
                if item.must or not despite:
                    yield item


def _with(thing: Publishable, record: Reading) -> Iterator[tuple[Text, str]]:
    for text in record.beside.get(thing, ()):
        yield text, ""
    if isinstance(thing, Event):
        return
    for act in record.acts.values():
        home = act.case_id if isinstance(thing, Case) else act.matter_id
        if home == thing.pk and act.editorial_state == Editorial.PUBLISHED:
            for text in _of_act(act):
                yield text, act.published_despite


def is_called(person: Person, what: str, text: str) -> bool:
    """Whether a text is the name of somebody else who is called the same: that tells of nobody hidden."""
    return what in (CALLED, NAMED_ALSO) and fold(text) in {fold(name) for name in _all_names(person)}


def _all_names(person: Person) -> list[str]:
    return [person.name, *(name.text for name in person.names.all())]


def naming_item(person: Person, what: str, row: Model, named: Named) -> Item:
    """Return the item for a text that names a hidden person."""
    text = f"{what[0].upper()}{what[1:]}"
    if person.not_named_because and named is Named.WHOLE:
        because = person.get_not_named_because_display().lower()
        return Item("named", f"{text} has the name of {person}, who is not to be named ({because}).", row, Weight.MUST)
    part = {Named.WHOLE: "the name", Named.SURNAME: "the surname"}.get(named, "a word that may be the surname")
    why = "is sealed here" if person.is_visible else "is withheld"
    weight = Weight.LOOK if named is Named.PERHAPS else Weight.SHOULD
    return Item("named", f"{text} has {part} of {person}, whose name {why}.", row, weight)


def how_named(person: Person, text: str, shown: frozenset[str], folded: str | None = None) -> Named:
    """Return how a text names somebody. A surname that somebody ``shown`` has too tells of nobody."""
    elided = apart(text)
    if elided != text:
        return max(_how(person, text, shown, folded), _how(person, elided, shown))
    return _how(person, text, shown, folded)


def _how(person: Person, text: str, shown: frozenset[str], folded: str | None = None) -> Named:
    prose = fold_prose(text) if folded is None else folded
    words = f" {prose} "
    names = _all_names(person)
    natural = person.kind == PartyKind.PERSON
    if any(re.search(way, words) for name in names for way in _ways(name, natural)):
        return Named.WHOLE
    surnames = {surname_of(name) for name in names} - shown if natural else set()
    if natural:
        firsts = {first_surname(fold(name)) for name in names} - shown - {""}
        named = any(f" {one} " in words for one in firsts)
        surnames |= firsts if named and language_of(prose.split()) == SPANISH else set()
    best = max((said(text, surname, prose) for surname in surnames), default=Said.NO)
    return {Said.SURELY: Named.SURNAME, Said.PERHAPS: Named.PERHAPS}.get(best, Named.NOT)


@lru_cache(maxsize=4096)
def _ways(name: str, natural: bool) -> tuple[str, ...]:  # noqa: FBT001 - a key of the cache
    """Return the patterns of a whole name: as it is, and the first one with the surname, whatever stands between."""
    whole = fold(name)
    first, _, rest = whole.partition(" ")
    found = [f" {re.escape(whole)} "]
    if rest and natural:
        found.append(f" {re.escape(first)} (?:[^ ]+ ){{0,2}}{re.escape(surname_of(name))} ")
    return tuple(found)


def public_texts(thing: Publishable, record: Reading) -> Iterator[Text]:
    """Yield what a text is, the text, and its row: everything written freely that would be public with ``thing``."""
    match thing:
        case Event():
            yield from _of_act(record.acts[thing.pk])
        case Case():
            yield "the case's address", thing.slug, thing
            yield "the case's name", thing.caption, thing
            yield "the case's summary", thing.summary, thing
            yield "the reason for the override", thing.override_reason, thing
            dossier = record.dossiers.get(thing.pk)
            for defendant in dossier.defendants if dossier is not None else ():
                yield "the description of a defendant", defendant.described_as, defendant
        case Matter():
            yield "the matter's address", thing.slug, thing
            yield "the matter's title", thing.title, thing
            yield "the matter's summary", thing.summary, thing


def _of_act(act: Event) -> Iterator[Text]:
    yield "the headline", act.title, act
    yield "the text", act.text, act
    for charge in act.creates.all():
        yield f"the charge “{charge}”", f"{charge.title} {charge.statute}", act
    for outcome in act.outcomes.all():
        yield "the note of an outcome", outcome.note, act
    for part in act.sentence_parts.all():
        yield "the note of a part of the sentence", part.note, act
    for role in act.shows_participants.all():
        yield "the description of a role", f"{role.described_as} {role.end_reason}", act
    for cited in act.sourced:  # type: ignore[attr-defined]  # loaded by reading
        yield "a quotation", f"{cited.quote} {cited.locator} {cited.relayed_from} {cited.note}", act
        yield "the name of a source", f"{cited.source.publisher} {cited.source.title}", cited.source

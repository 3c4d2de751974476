"""Names that may not be read, in the words that would be read: headlines, texts, captions, quotations."""

import re
from collections.abc import Iterator

from django.db.models import Model

from cases.guard.items import Item, Weight
from cases.guard.reading import Publishable, Reading
from cases.mentions import surname_of
from cases.models import Case, Event, Matter
from people.choices import PartyKind
from people.models import Person
from people.names import fold, fold_prose

Text = tuple[str, str, Model]


def naming_items(thing: Publishable, record: Reading) -> Iterator[Item]:
    """Yield each text of ``thing`` that has the name of somebody who is not to be named."""
    for what, text, row in public_texts(thing, record):
        words = f" {fold_prose(text)} "
        for person in record.hidden:
            if found := _found(person, words, record.surnames_shown):
                yield _item(person, what, row, whole=found == "whole")


def _item(person: Person, what: str, row: Model, *, whole: bool) -> Item:
    said = f"{what[0].upper()}{what[1:]}"
    if person.not_named_because and whole:
        because = person.get_not_named_because_display().lower()
        return Item("named", f"{said} has the name of {person}, who is not to be named ({because}).", row, Weight.MUST)
    part = "the name" if whole else "the surname"
    return Item("named", f"{said} has {part} of {person}, whose name is withheld.", row)


def _found(person: Person, words: str, shown: frozenset[str]) -> str:
    """Return "whole", "surname" or "": a surname that somebody shown has too tells of nobody."""
    names = [person.name, *(name.text for name in person.names.all())]
    if any(re.search(way, words) for name in names for way in _ways(person, name)):
        return "whole"
    surnames = {surname_of(name) for name in names if person.kind == PartyKind.PERSON} - shown - {""}
    return "surname" if any(f" {one} " in words for one in surnames) else ""


def _ways(person: Person, name: str) -> Iterator[str]:
    """Yield the patterns of a whole name: as it is, and the first one with the surname, whatever stands between."""
    whole = fold(name)
    yield f" {re.escape(whole)} "
    first, _, rest = whole.partition(" ")
    if rest and person.kind == PartyKind.PERSON:
        yield f" {re.escape(first)} (?:[^ ]+ ){{0,2}}{re.escape(surname_of(name))} "


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

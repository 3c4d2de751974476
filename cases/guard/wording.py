"""Words that say more than the acts, in the state that people were in on the day: of an act its own, else today."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Model

from cases.guard.items import Item, Weight
from cases.guard.reading import Publishable, Reading
from cases.language import Told, check, words_of
from cases.models import Case, Event, Matter


def wording_items(thing: Publishable, record: Reading, *, today: date) -> Iterator[Item]:
    """Yield each phrase of a headline, text, name, summary or description that says more than the acts."""
    near = record.near(thing)
    act = record.acts[thing.pk] if isinstance(thing, Event) else None
    on = min(today, act.when.latest) if act is not None else today
    texts = list(_texts(thing, record))
    own = near[0].defendants if near and not isinstance(thing, Matter) else ()
    said = frozenset(word for _, text, _ in texts for word in words_of(text)) if own else None
    told = record.told(near, on, act=act, words=said)
    about = _about(thing, record, told)
    for what, text, row in texts:
        for found in check(text, people=list(told.values()), about=about):
            place = f"{what} says “{found.words}”" + (" in quotation marks" if found.quoted else "")
            words = f"{place[0].upper()}{place[1:]}. {found.why} Better: {found.instead}."
            yield Item(f"words_{found.code}", words, row, Weight.LOOK if found.quoted else Weight.SHOULD)


def _about(thing: Publishable, record: Reading, told: dict[int, Told]) -> Sequence[Told]:
    """Return whom the texts are about where they name nobody: those an act concerns, else all of the case."""
    if isinstance(thing, Matter):
        return list(told.values())
    own = thing.pk if isinstance(thing, Case) else thing.case_id
    if own is None or own not in record.dossiers:
        return list(told.values())
    concerned = {one.pk for one in record.acts[thing.pk].defendants.all()} if isinstance(thing, Event) else set()
    defendants = record.dossiers[own].defendants
    chosen = [one for one in defendants if one.pk in concerned] or list(defendants)
    persons = [told[one.person_id] for one in chosen if one.person_id in told]
    return persons or list(told.values())  # an appeal may have no defendants of its own


def _texts(thing: Publishable, record: Reading) -> Iterator[tuple[str, str, Model]]:
    match thing:
        case Event():
            act = record.acts[thing.pk]
            yield "the headline", act.title, act
            yield "the text", act.text, act
            for outcome in act.outcomes.all():
                yield "the note of an outcome", outcome.note, act
            for role in act.shows_participants.all():
                yield f"what describes {role.person}", role.described_as, act
        case Case():
            yield "the case's name", thing.caption, thing
            yield "the case's summary", thing.summary, thing
            dossier = record.dossiers.get(thing.pk)
            for defendant in dossier.defendants if dossier is not None else ():
                yield f"what describes {defendant.person}", defendant.described_as, defendant
                yield f"what describes {defendant.person}", defendant.person.described_as, defendant.person
        case Matter():
            yield "the matter's title", thing.title, thing
            yield "the matter's summary", thing.summary, thing

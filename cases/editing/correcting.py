"""Corrections: what readers could read is changed only with its kind and one public sentence.

Every sitting is watched (``watching``). At its end, a change of what readers could read is refused unless ``correct``
was called in it; the correction is written with the change, and listed by each case and matter it was made in.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.choices import Editorial
from cases.editing.authorship import sign
from cases.editing.refusals import told_in_words
from cases.editing.rights import PUBLISH, refuse_without
from cases.editing.watching import Change, Place, in_words
from cases.guard.reading import read
from cases.language import check
from cases.models import Case, Correction, CorrectionPlace, Event, Matter
from cases.withheld import hidden_names

NEEDED = (
    "This changes what readers can read now ({}). Say what kind of correction it is, and what was changed, "
    "in one public sentence."
)
NAMES_SOMEBODY = (
    "The sentence has a name in it that is withheld or sealed in this case, or part of one: {}. "
    "Say it without the name."
)

QUOTE = "What the page said before can stand in quotation marks."


class CorrectionNeeded(ValidationError):  # noqa: N818  (it is asked for, and no fault)
    """Something that readers could read is changed, and no correction says so; or its sentence can not be public.

    ``about`` has the errors of the fields ``kind`` and ``sentence``; empty where both are missing.
    """

    def __init__(self, told: str, about: dict[str, list[str]] | None = None) -> None:
        super().__init__(told, code="correction_needed")
        self.about = about or {}


@dataclass(slots=True)
class Said:
    """What was said about the changes of one sitting, and the row it became."""

    kind: str
    sentence: str
    by: User
    row: Correction | None = None


_standing: ContextVar[Said | None] = ContextVar("correction", default=None)


def correct(*, kind: str, sentence: str, by: User) -> None:
    """Say, within a sitting, how readers are told of what it changes: the kind, and one public sentence.

    Nothing is listed if the sitting changes nothing that readers could read. Raises ``CorrectionNeeded``
    if the two are no correction, and ``RuntimeError`` outside of a sitting.
    """
    from cases.editing.sitting import running  # a sitting asks this module at its end

    current = running()
    if current is None:
        raise RuntimeError("A correction is said within the sitting that changes something.")
    current.said = _checked(kind, sentence, by)


@contextmanager
def corrected(*, kind: str, sentence: str, by: User) -> Iterator[None]:
    """Say of all sittings that begin within, each by itself, how readers are told of what it changes.

    For what one sentence explains: a loader that mends many cases. Raises ``CorrectionNeeded`` as ``correct`` does.
    """
    token = _standing.set(_checked(kind, sentence, by))
    try:
        yield
    finally:
        _standing.reset(token)


def standing_word() -> Said | None:
    """Return what was said of every sitting that begins now, if anything was."""
    said = _standing.get()
    return Said(said.kind, said.sentence, said.by) if said is not None else None


def _checked(kind: str, sentence: str, by: User) -> Said:
    row = Correction(kind=kind, sentence=sentence.strip(), made_by=by)
    try:
        row.full_clean(exclude=["made_by"])
    except ValidationError as refusal:
        raise CorrectionNeeded("The correction can not be listed as it is.", refusal.message_dict) from refusal
    return Said(row.kind, row.sentence, by)


def record(changes: list[Change], said: Said | None) -> None:
    """Write the correction of what was changed; without one, raise ``CorrectionNeeded``. May be called again."""
    if not changes:
        return
    if said is None:
        raise CorrectionNeeded(NEEDED.format(in_words(changes)))
    places = list(dict.fromkeys(place for change in changes for place in change.places))
    if said.row is None:
        _refuse_what_readers_may_not_read(said.sentence, places)
        said.row = Correction(kind=said.kind, sentence=said.sentence, made_by=said.by)
        with told_in_words():
            said.row.save()
    there = set(Event.objects.filter(pk__in={place.event_id for place in places}).values_list("pk", flat=True))
    stored = set(said.row.places.values_list("case_id", "matter_id", "event_id"))
    wanted = dict.fromkeys(
        (place.case_id, place.matter_id, place.event_id if place.event_id in there else None) for place in places
    )
    for case, matter, event in wanted:
        if (case, matter, event) not in stored:
            with told_in_words():
                CorrectionPlace.objects.create(correction=said.row, case_id=case, matter_id=matter, event_id=event)


def reword(correction: Correction, *, kind: str, sentence: str, by: User) -> None:
    """Change what a listed correction says: it holds a name that is hidden since, or is wrong itself."""
    from cases.editing.sitting import sitting  # a sitting asks this module at its end

    refuse_without(PUBLISH, by)
    with sitting(by=by) as current:
        said = _checked(kind, sentence, by)
        stored = Correction.objects.filter(pk=correction.pk).first()
        if stored is None:
            raise ValidationError("This correction was removed meanwhile.")
        places = [Place(*ids) for ids in stored.places.values_list("case_id", "matter_id", "event_id")]
        _refuse_what_readers_may_not_read(said.sentence, places)
        current.texts[0].update(place.case_id for place in places if place.case_id is not None)
        current.texts[1].update(place.matter_id for place in places if place.matter_id is not None)
        stored.kind, stored.sentence = said.kind, said.sentence
        with told_in_words():
            stored.save(update_fields=["kind", "sentence"])
        sign(_owners(places), by=by, effect=False)


def _owners(places: Iterable[Place]) -> list[Matter | Case | Event]:
    """Return the acts, or else the cases and matters, that list a correction: there somebody else looks at it."""
    found: dict[Matter | Case | Event, None] = {}
    for place in places:
        row: Matter | Case | Event | None
        if place.event_id is not None:
            row = Event.objects.filter(pk=place.event_id).first()
        elif place.case_id is not None:
            row = Case.objects.filter(pk=place.case_id).first()
        else:
            row = Matter.objects.filter(pk=place.matter_id or 0).first()
        if row is not None and row.editorial_state == Editorial.PUBLISHED:
            found[row] = None
    return list(found)


def _refuse_what_readers_may_not_read(sentence: str, places: Iterable[Place]) -> None:
    """Refuse a name that is hidden near by, and words that say more than the acts do now."""
    cases = list(Case.objects.filter(pk__in={place.case_id for place in places}))
    matters = list(Matter.objects.filter(pk__in={place.matter_id for place in places}))
    around = {matter.pk for matter in matters} | {case.matter_id for case in cases if case.matter_id is not None}
    held = hidden_names(cases=cases, matters=matters).held_by(
        sentence, cases=[case.pk for case in cases], matters=around
    )
    if held:
        told = NAMES_SOMEBODY.format(", ".join(sorted(held)))
        raise CorrectionNeeded(told, {"sentence": [told]})
    today, record = timezone.localdate(), read([*cases, *matters])
    homes: list[Case | Matter] = [*cases, *matters]
    for home in homes:
        people = list(record.told(record.near(home), today).values())
        if found := [one for one in check(sentence, people=people, about=people) if not one.quoted]:
            words = [f"It says “{one.words}”. {one.why} Better: {one.instead}." for one in found]
            told = " ".join([*words, QUOTE])
            raise CorrectionNeeded(told, {"sentence": [told]})

"""Writing down what the screen holds, through the verbs, in one sitting; a form that was sent twice is written once."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.text import slugify

from cases import editing
from cases.models import Citation, Event, Outcome, Participant, SentencePart
from desk.ruling.drafts import Draft
from desk.ruling.forms import NEW
from desk.ruling.screen import Screen
from desk.sourcing import SourcingForm
from people.models import Person

# The field of this screen for a column that a verb may complain of.
_FIELDS = {
    "category": "what", "kind": "what", "title": "headline", "case": "place", "defendants": "concerned",
    "actor": "actor", "precision": "on", "occurrence": "what", "url": "source",
}  # fmt: skip
_LONGEST_SLUG = 110
# The columns in which a form that is sent twice says the same; and what is no column of what was said.
_SAME = (
    "case_id", "category", "kind", "decision", "on", "precision", "qualifier", "until", "timeliness", "entered_on",
    "reverses_id", "title", "text",
)  # fmt: skip
_OWN = ("id", "event")


class Then(StrEnum):
    """What is to become of the act once it is written."""

    DRAFT = "_draft"
    SUBMIT = "_submit"
    PUBLISH = "_publish"


class EnteredBefore(Exception):  # noqa: N818 - it is no error: the same form came twice
    """The form was sent before, and led to ``act``."""

    def __init__(self, act: Event) -> None:
        super().__init__(str(act))
        self.act = act


class Refused(Exception):  # noqa: N818 - the screen is shown again, with what was said
    """A verb refused; ``place`` is the part of the screen that it was about: "act", "outcome-12", "source-0"."""

    def __init__(self, place: str, error: ValidationError) -> None:
        super().__init__(place)
        self.place, self.error = place, error

    def by_field(self) -> Iterator[tuple[str, list[ValidationError]]]:
        """Yield what was said by the field of this screen; "" for what is about none of them."""
        told = getattr(self.error, "error_dict", None)
        if told is None:
            yield "", list(self.error.error_list)
            return
        for name, errors in told.items():
            yield "" if name == NON_FIELD_ERRORS else _FIELDS.get(name, name), errors


def read_key(typed: str) -> uuid.UUID | None:
    """Return the one-time key of a form; None if it has none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def is_same(act: Event, screen: Screen) -> bool:
    """Whether a form with the key of ``act`` says what was written then: then it was only sent twice.

    Else a change of it would be passed over: another term of years, what is said of one charge, another source.
    """
    if not screen.drafts or any(form.errors for form in screen.cited):
        return False
    first, *more = screen.drafts
    near = Event.objects.filter(case=act.case, on=act.on, created_at__gte=act.created_at) if more else ()
    return _says(act, first) and all(any(_says(other, draft) for other in near) for draft in more)


def _says(act: Event, draft: Draft) -> bool:
    """Whether an act that is stored says what ``draft`` says, and cites all that it cites."""
    new = draft.event
    if any(getattr(act, name) != getattr(new, name) for name in _SAME):
        return False
    if new.actor_id is not None and new.actor_id != act.actor_id:
        return False
    return (
        {row.pk for row in draft.concerned} == set(act.defendants.values_list("pk", flat=True))
        and _told(Outcome, act.outcomes.all()) == _told(Outcome, draft.outcomes)
        and _told(SentencePart, act.sentence_parts.all()) == _told(SentencePart, draft.parts)
        and not _told(Citation, draft.citations) - _told(Citation, act.citations.all())
    )


def _told(model: type[Outcome | SentencePart | Citation], rows: Iterable[Model]) -> Counter[tuple[object, ...]]:
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in _OWN]
    return Counter(tuple(getattr(row, name) for name in columns) for row in rows)


def write(
    screen: Screen, *, then: Then, key: uuid.UUID | None, by: User, despite: str = "", held: Event | None = None
) -> Event:
    """Enter the acts of a valid screen, and return the first. Raises ``EnteredBefore`` and ``Refused``.

    ``held`` is the hearing at which it was decided, if the same sources say that it was held: they are cited for it.
    """
    with _told_where("act"), editing.sitting():
        if key is not None and (first := Event.objects.filter(entry_key=key).select_related("case").first()):
            raise EnteredBefore(first)
        who = _who(screen, by)
        acts = [_act(screen, draft, who, by, key if place == 0 else None) for place, draft in enumerate(screen.drafts)]
        for act in acts:
            _cite(act, screen.citing, by)
        if held is not None:
            there = set(held.citations.values_list("source", flat=True))
            sources = {number: form.source_named() for number, form in screen.citing.items()}
            new = {number for number, source in sources.items() if source is not None and source.pk not in there}
            _cite(held, {number: screen.citing[number] for number in new}, by)
        if who is not None:
            _give_part(screen, who, acts[0], by)
        for act in acts:
            if then is Then.SUBMIT:
                editing.submit(act, by=by)
            elif then is Then.PUBLISH:
                editing.publish(act, by=by, despite=despite)
    return acts[0]


@contextmanager
def _told_where(place: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as refusal:
        raise Refused(place, refusal) from refusal


def _who(screen: Screen, by: User) -> Person | None:
    """Return who did it, entered now if the record does not have them."""
    said = screen.act.cleaned_data
    if said["actor"]:
        return Person.objects.filter(pk=int(said["actor"])).first()
    if not said["actor_name"]:
        return None
    if said["actor_is"] and said["actor_is"] != NEW:
        return Person.objects.filter(pk=int(said["actor_is"])).first()
    with _told_where("who"):
        return editing.save(Person(name=said["actor_name"], slug=_free_slug(said["actor_name"])), by=by)


def _free_slug(name: str) -> str:
    """Return an address that nobody has: Jane Roe is at jane-roe, the next of that name at jane-roe-2."""
    wanted = slugify(name)[:_LONGEST_SLUG].strip("-").replace("_", "-") or "person"
    wanted = "-".join(part for part in wanted.split("-") if part) or "person"
    for number in range(1, 1000):
        person = Person(name=name, slug=wanted if number == 1 else f"{wanted}-{number}")
        try:
            person.full_clean()
        except ValidationError as refusal:
            if "slug" not in getattr(refusal, "error_dict", {}):
                return person.slug
            continue
        return person.slug
    return f"{wanted}-{uuid.uuid4().hex[:8]}"


def _act(screen: Screen, draft: Draft, who: Person | None, by: User, key: uuid.UUID | None) -> Event:
    event = draft.event
    event.entry_key = key
    if who is not None and draft is screen.drafts[0]:
        event.actor = who
    act = editing.save(event, by=by)
    if draft.concerned:
        editing.concern(act, defendants=draft.concerned, by=by)
    for outcome in draft.outcomes:
        outcome.event = act
    for part in draft.parts:
        part.event = act
    editing.enter([*draft.outcomes, *draft.parts], by=by)  # an indictment may have had two hundred counts
    return act


def _cite(act: Event, sources: dict[int, SourcingForm], by: User) -> None:
    for number, form in sources.items():
        with _told_where(f"source-{number}"):
            form.cite(act, by=by)


def _give_part(screen: Screen, who: Person, act: Event, by: User) -> None:
    """Note a judge's part in the case, shown by this act, where the case does not know it yet."""
    if screen.kind is None or not screen.kind.new_role:
        return
    known = Participant.objects.filter(case=act.case_id, person=who)
    if not known.exists():
        role = Participant(case=screen.place, person=who, role=screen.kind.new_role, shown_by=act)
        with _told_where("who"):
            editing.save(role, by=by)

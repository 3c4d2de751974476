"""What readers can read of the rows a sitting touches: as it was before, and what is changed of it at the end.

``READ`` is the rule: the columns that readers read, model by model. What is not named there (who works on a case,
when it was last verified, the source's raw words, notes of the desk) can be changed without telling them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from cases.choices import Editorial, SourceKind, Stance
from cases.law.vocabulary import Occurrence
from cases.models import (
    Case,
    CaseRelation,
    Charge,
    Citation,
    Defendant,
    Event,
    Matter,
    Outcome,
    Participant,
    SentencePart,
    Source,
)
from cases.querysets import named_defendants, named_participants, published_defendants
from people.choices import NAMED, Visibility
from people.models import Name, Person

STATE = "editorial_state"
READ: dict[type[Model], tuple[str, ...]] = {
    Matter: (STATE, "title", "summary"),
    Case: (
        STATE, "caption", "kind", "court_id", "docket_number", "matter_id", "summary",
        "status_override", "override_reason", "override_on",
    ),
    Event: (
        STATE, "case_id", "matter_id", "on", "precision", "qualifier", "until", "occurrence", "category", "kind",
        "motion", "decision", "timeliness", "entered_on", "reverses_id", "title", "text", "actor_id",
    ),
    Charge: (
        "defendant_id", "created_by_id", "count", "title", "statute", "severity", "degree", "applicability",
        "instrument", "quantity", "enhances_id", "replaces_id", "replaces_how",
    ),
    Outcome: (
        "event_id", "charge_id", "disposition_id", "prejudice", "by", "reason", "jeopardy", "merged_into_id", "note",
    ),
    SentencePart: (
        "event_id", "charge_id", "kind", "years", "months", "days", "hours", "min_years", "min_months", "min_days",
        "amount", "currency", "all_suspended", "suspended_years", "suspended_months", "suspended_days", "credit_days",
        "order", "note",
    ),
    Citation: ("event_id", "source_id", "stance", "quote", "locator", "relayed_from", "note"),
    Source: ("kind", "publisher", "title", "url", "relays_id"),
    Defendant: ("case_id", "person_id", "described_as"),
    Participant: (
        "case_id", "matter_id", "person_id", "role", "represents_id", "described_as", "started_on", "ended_on",
        "end_reason", "shown_by_id",
    ),
    CaseRelation: ("case_id", "kind", "target_id", "target_text"),
    Person: ("name", "kind", "described_as"),
    Name: ("person_id", "text", "kind"),
}  # fmt: skip
# Readers do not read these, but what is derived may rest on them: they count when it changed.
DERIVED_FROM: dict[type[Model], tuple[str, ...]] = {Event: ("sequence",)}
CONCERNED = "defendants"  # whom an act concerns, beside its columns
_EFFECTS = (Charge, Outcome, SentencePart)
_MOST_NAMED = 3  # changes named in one sentence for the editor

Key = tuple[type[Model], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A case or a matter in which readers read something, and the act they read it under."""

    case_id: int | None
    matter_id: int | None
    event_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that readers could read and that is otherwise now, in words for an editor, and where they read it."""

    what: str
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Before:
    """What readers read of a row before the sitting, and where."""

    values: dict[str, Any]
    places: tuple[Place, ...]


@dataclass(slots=True)
class Watch:
    """What one sitting touched. ``note`` a row before it is written, ``add`` one that was not there."""

    before: dict[Key, _Before | None] = field(default_factory=dict)
    states: dict[Key, str] = field(default_factory=dict)
    added: list[tuple[Model, bool]] = field(default_factory=list)  # with whether readers read it as a change
    _sealed: dict[int, frozenset[int]] = field(default_factory=dict)

    def note(self, row: Model) -> None:
        """Keep what readers read of ``row`` as it is stored now, unless the sitting has met it already."""
        model = row._meta.concrete_model
        if model not in READ or row.pk is None or (model, row.pk) in self.before:
            return
        self.states.setdefault((model, row.pk), getattr(row, STATE, ""))
        places = tuple(self._places(row))
        self.before[model, row.pk] = _Before(_values(row), places) if places else None

    def add(self, row: Model) -> None:
        """Note that ``row`` was just written and is new. On an act that readers read it may change what that says."""
        model = row._meta.concrete_model
        if model not in READ or row.pk is None:
            return
        if self.before.get((model, row.pk)) is not None:
            return  # it was taken away in this sitting, and is entered again: it is compared with what it was
        self.before[model, row.pk] = None
        self.states[model, row.pk] = ""
        told = isinstance(row, _EFFECTS) or (isinstance(row, Citation) and row.stance == Stance.CONTRADICTS)
        if told or isinstance(row, CaseRelation | Participant | Defendant):
            self.added.append((row, told))

    def places_of(self, row: Model) -> tuple[Place, ...]:
        """Return where readers read ``row``: by the states of acts and cases before the sitting, else as it is now."""
        return () if _is_hidden(row) else tuple(self._places(row))

    def changes(self, *, derived_anew: Iterable[int]) -> list[Change]:
        """Return what readers could read and is otherwise now.

        ``derived_anew`` are the ids of the cases whose status, or whose words about it, changed in the sitting. Where
        something new became public in it, that is why.
        """
        anew = set() if self._has_news() else set(derived_anew)
        return [*self._altered(anew), *self._additions(anew)]

    def _has_news(self) -> bool:
        """Whether readers read an act or a case that they did not read before, or a scheduled act took its course."""
        for model in (Event, Case):
            unread = [pk for (kind, pk), was in self.before.items() if kind is model and was is None]
            if unread and model._base_manager.filter(pk__in=unread, editorial_state=Editorial.PUBLISHED).exists():
                return True
        waited = [
            pk
            for (kind, pk), was in self.before.items()
            if kind is Event and was is not None and was.values["occurrence"] == Occurrence.SCHEDULED
        ]
        return bool(waited) and Event.objects.filter(pk__in=waited).exclude(occurrence=Occurrence.SCHEDULED).exists()

    # --- what was changed ---------------------------------------------------------------------------------------

    def _altered(self, anew: set[int]) -> Iterator[Change]:
        by_model: dict[type[Model], list[int]] = {}
        for (model, pk), was in self.before.items():
            if was is not None:
                by_model.setdefault(model, []).append(pk)
        for model, ids in by_model.items():
            now = model._base_manager.in_bulk(ids)
            for pk in ids:
                if change := self._compare(model, now.get(pk), self.before[model, pk], anew):
                    yield change

    def _compare(self, model: type[Model], row: Model | None, was: _Before | None, anew: set[int]) -> Change | None:
        if was is None or (row is not None and _is_hidden(row)):
            return None  # to hide a name, or a record, says nothing to readers: a sentence would point at it
        noun = str(model._meta.verbose_name)
        if row is None:
            return Change(f"a {noun} is removed", was.places)
        now = _values(row)
        told = [name for name in was.values if was.values[name] != now[name]]
        if was.values.get("occurrence") == Occurrence.SCHEDULED:
            told = [name for name in told if name != "occurrence"]  # it took its course: our page was not wrong
        only_order = DERIVED_FROM.get(model, ())
        if told and all(name in only_order for name in told) and not any(place.case_id in anew for place in was.places):
            return None
        if not told:
            return None
        if STATE in told:
            return Change(f"{noun} “{row}” is withdrawn", was.places)
        return Change(f"{noun} “{row}”: {', '.join(_label(model, name) for name in told)}", was.places)

    def _additions(self, anew: set[int]) -> Iterator[Change]:
        for row, told in self.added:
            if not type(row)._base_manager.filter(pk=row.pk).exists():
                continue
            act = _act_of(row)
            if act is not None and self._occurred(act) != Occurrence.HELD:
                continue  # what was scheduled is held now, and says what it did
            places = tuple(self._places(row, was_there=False))
            if places and (told or any(place.case_id in anew for place in places)):
                yield Change(f"{row._meta.verbose_name} “{row}” is added", places)

    def _occurred(self, act: Event) -> str:
        was = self.before.get((Event, act.pk))
        return str(was.values["occurrence"]) if was is not None else act.occurrence

    # --- what is read, and where ----------------------------------------------------------------------------------

    def _places(self, row: Model, *, was_there: bool = True) -> Iterator[Place]:
        """Yield where readers read ``row``, or would have before the sitting, for a row that is new."""
        match row:
            case Matter() | Case() | Defendant() | CaseRelation():
                yield from self._in_home(row, was_there=was_there)
            case Source():
                if row.kind != SourceKind.TIP:
                    yield from self._of_acts(Event.objects.filter(citations__source=row))
            case Person() | Name():
                yield from self._of_person(row if isinstance(row, Person) else row.person)
            case _:
                act = row if isinstance(row, Event) else _act_of(row)
                if act is not None and not _is_passed_over(row):
                    yield from self._act(act)

    def _in_home(self, row: Matter | Case | Defendant | CaseRelation, *, was_there: bool) -> Iterator[Place]:
        match row:
            case Matter():
                if self._is_matter_read(row):
                    yield Place(None, row.pk)
            case Case():
                if self._is_case_read(row):
                    yield Place(row.pk, None)
            case Defendant():
                if self._is_case_read(row.case) and (not was_there or _is_shown(row)):
                    yield Place(row.case_id, None)
            case CaseRelation():
                if self._is_case_read(row.case) and (row.target is None or self._is_case_read(row.target)):
                    yield Place(row.case_id, None)

    def _act(self, act: Event) -> Iterator[Place]:
        if self._state(act) != Editorial.PUBLISHED or self._is_only_about_sealed(act):
            return
        home = act.case if act.case is not None else act.matter
        if isinstance(home, Case) and self._is_case_read(home):
            yield Place(home.pk, None, act.pk)
        elif isinstance(home, Matter) and self._is_matter_read(home):
            yield Place(None, home.pk, act.pk)

    def _of_acts(self, acts: Any) -> Iterator[Place]:
        found = [place for act in acts.distinct().select_related("case", "matter") for place in self._act(act)]
        by_home: dict[tuple[int | None, int | None], list[Place]] = {}
        for place in found:
            by_home.setdefault((place.case_id, place.matter_id), []).append(place)
        for (case, matter), places in by_home.items():
            yield places[0] if len(places) == 1 else Place(case, matter)

    def _of_person(self, person: Person) -> Iterator[Place]:
        if not person.is_visible:
            return
        homes = {(case, None) for case in named_defendants().filter(person=person).values_list("case_id", flat=True)}
        homes |= set(named_participants().filter(person=person).values_list("case_id", "matter_id"))
        done = {(place.case_id, place.matter_id) for place in self._of_acts(Event.objects.filter(actor=person))}
        for case_id, matter_id in sorted(homes | done, key=lambda home: (home[0] or 0, home[1] or 0)):
            yield Place(case_id, matter_id)

    def _state(self, thing: Matter | Case | Event) -> str:
        """Return the editorial state before the sitting; a row it has not met is as it was."""
        model: Any = thing._meta.concrete_model
        return str(self.states.get((model, thing.pk), thing.editorial_state))

    def _is_case_read(self, case: Case) -> bool:
        return self._state(case) == Editorial.PUBLISHED and case.visibility != Visibility.SEALED

    def _is_matter_read(self, matter: Matter) -> bool:
        return self._state(matter) == Editorial.PUBLISHED

    def _is_only_about_sealed(self, act: Event) -> bool:
        """Whether readers do not see the act, because it tells of sealed defendants and of nobody else."""
        if act.case_id is None:
            return False
        if act.case_id not in self._sealed:
            sealed = Q(visibility=Visibility.SEALED) | Q(person__visibility=Visibility.SEALED)
            rows = Defendant.objects.filter(sealed, case=act.case_id)
            self._sealed[act.case_id] = frozenset(rows.values_list("pk", flat=True))
        sealed_here = self._sealed[act.case_id]
        if not sealed_here:
            return False
        about = {
            *act.defendants.values_list("pk", flat=True),
            *act.creates.values_list("defendant", flat=True),
            *act.outcomes.values_list("charge__defendant", flat=True),
            *act.sentence_parts.values_list("charge__defendant", flat=True),
        }
        return bool(about) and about <= sealed_here


def _values(row: Model) -> dict[str, Any]:
    model: Any = row._meta.concrete_model
    values = {name: getattr(row, name) for name in (*READ[model], *DERIVED_FROM.get(model, ()))}
    if isinstance(row, Event):
        values[CONCERNED] = frozenset(row.defendants.values_list("pk", flat=True))
    return values


def _label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name.removesuffix("_id")).verbose_name)  # type: ignore[union-attr]  # named columns are no reverse relations


def _act_of(row: Model) -> Event | None:
    match row:
        case Outcome() | SentencePart() | Citation():
            return row.event
        case Charge():
            return row.created_by
        case Participant():
            return row.shown_by
        case _:
            return None


def _is_passed_over(row: Model) -> bool:
    """Whether readers do not see the row although they see its act: a sealed defendant's, a sealed person's, a tip."""
    match row:
        case Outcome() | SentencePart():
            return _is_sealed(row.charge.defendant)
        case Charge():
            return _is_sealed(row.defendant)
        case Citation():
            return bool(row.source.kind == SourceKind.TIP)
        case Participant():
            sealed = row.person.visibility == Visibility.SEALED  # a withheld name is read as a role without it
            return sealed or (row.represents is not None and _is_sealed(row.represents))
        case _:
            return False


def _is_sealed(defendant: Defendant) -> bool:
    return Visibility.SEALED in (defendant.visibility, defendant.person.visibility)


def _is_shown(defendant: Defendant) -> bool:
    shown = published_defendants().filter(pk=defendant.pk, visibility__in=NAMED, person__visibility__in=NAMED)
    return bool(shown.exists())


def _is_hidden(row: Model) -> bool:
    """Whether a seal, or a withheld name, keeps the row from readers now."""
    match row:
        case Case():
            return bool(row.visibility == Visibility.SEALED)
        case Defendant():
            return row.visibility not in NAMED
        case Person():
            return not row.is_visible
        case _:
            return False


def in_words(changes: list[Change]) -> str:
    """Return what was changed as the end of a sentence for an editor."""
    named = list(dict.fromkeys(change.what for change in changes))
    more = len(named) - _MOST_NAMED
    return "; ".join(named[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def is_read(row: Model) -> bool:
    """Whether readers can read ``row`` now, as it is stored: a change of it may need a correction."""
    watch = Watch()
    watch.note(row)
    return any(was is not None for was in watch.before.values())

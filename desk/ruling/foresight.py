"""What the record will say once an act is in it: before and after, by the same law and in the same words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.choices import Editorial, label
from cases.dossier import Dossier, refilings_of
from cases.law.answers import CaseAnswer, ChargeAnswer, FinalityAnswer
from cases.law.vocabulary import CaseKind, ReplacesHow
from cases.models import Case, Charge, Defendant, Event
from cases.pages.parts import Badge, finality_badge, status_badge
from cases.timeline import Entry, build_timeline, mark_of
from desk.ruling.docket import Docket
from desk.ruling.drafts import Draft
from people.choices import HIDDEN, Visibility

MOST_TOLD = 60  # changes of one case that are listed; the others are counted


@dataclass(frozen=True)
class Change:
    """One answer before and after, in the words that readers will read. ``badges`` are those of after."""

    name: str
    before: str
    after: str
    badges: tuple[Badge, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing changes."""
        return self.before == self.after


@dataclass(frozen=True)
class CaseChange:
    """What becomes of one case, of those in it, and of each charge."""

    case: Case
    is_home: bool
    whole: Change
    finality: Change
    people: tuple[Change, ...]
    charges: tuple[Change, ...]
    entries: tuple[Entry, ...]
    same_charges: int
    untold: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """All that readers will read about where things stand."""
        return (self.whole.after, *(one.after for one in (*self.people, *self.charges)))


@dataclass(frozen=True)
class Foresight:
    """What readers will read once the act is published, and what editors will once everything entered is.

    ``entered`` is empty where it says the same as ``public``. ``public`` is empty where the case is not public.
    """

    public: tuple[CaseChange, ...]
    entered: tuple[CaseChange, ...]


def foresee(docket: Docket, drafts: Sequence[Draft], place: Case) -> Foresight:
    """Return what changes, with ``drafts`` in the record as of today. Nothing is written, nothing is asked."""
    acts = [draft.as_if_stored(number) for number, draft in enumerate(drafts)]
    public = _changes(docket, docket.public, acts, place)
    entered = _changes(docket, docket.entered, acts, place)
    if public and [one.words for one in public] == [one.words for one in entered]:
        entered = ()
    return Foresight(public, entered)


def _changes(
    docket: Docket, records: Mapping[int, Dossier], acts: Sequence[Event], place: Case
) -> tuple[CaseChange, ...]:
    """Return what changes in the cases acted on; and in others, whose charges are brought again, if anything does."""
    found = [_change(records[pk], acts, place, docket.today) for pk in docket.acted_on(place) if pk in records]
    beyond = [_change(records[pk], acts, place, docket.today) for pk in docket.beyond if pk in records]
    return (*found, *(one for one in beyond if one.charges or not one.whole.is_same))


def with_acts(dossier: Dossier, acts: Sequence[Event]) -> Dossier:
    """Return a record as it would be loaded with ``acts`` in it, and with the charges that they bring."""
    shown = [act for act in acts if not _is_only_about_sealed(act, dossier)]
    sealed = {row.pk for row in dossier.sealed_defendants}
    brought = [row for act in shown for row in act.creates.all() if row.defendant_id not in sealed]
    own_charges = [row for row in brought if row.defendant.case_id == dossier.case.pk]
    again = [row for row in brought if row.replaces_how == ReplacesHow.REFILED and _is_told(row, dossier)]
    own = tuple(act for act in shown if act.case_id == dossier.case.pk)
    appeals = {appeal.case for appeal in dossier.appeals}
    above = tuple(act for act in shown if act.case_id in appeals)
    return replace(
        dossier,
        acts=(*dossier.acts, *own),
        appeal_acts=(*dossier.appeal_acts, *above),
        charges=(*dossier.charges, *own_charges),
        defendants=_with_newly_named(dossier, own, own_charges),
        refilings=(
            *dossier.refilings, *refilings_of(dossier.case, dossier.charges, again, drafts=dossier.drafts),
        ),
        _answers={},
    )  # fmt: skip


def _with_newly_named(dossier: Dossier, acts: Iterable[Event], charges: Iterable[Charge]) -> tuple[Defendant, ...]:
    """Return the defendants that are shown once these acts and charges are: readers may not know all of them yet."""
    named = [*(row for act in acts for row in act.defendants.all()), *(row.defendant for row in charges)]
    known = {row.pk for row in (*dossier.defendants, *dossier.sealed_defendants)}
    new = {row.pk: row for row in named if row.case_id == dossier.case.pk and row.pk not in known}
    if not dossier.drafts:
        new = {pk: row for pk, row in new.items() if Visibility.SEALED not in (row.visibility, row.person.visibility)}
    found = [*dossier.defendants, *new.values()]
    return tuple(sorted(found, key=lambda row: (row.position, row.person.sort_name, row.pk))) if new else tuple(found)


def _is_told(again: Charge, dossier: Dossier) -> bool:
    """Whether a case tells that its charge was brought again: not if the other case hides whom it accuses."""
    where = again.defendant.case
    hides = again.defendant.visibility in HIDDEN or where.visibility in HIDDEN
    public = where.editorial_state == Editorial.PUBLISHED and again.defendant.person.visibility != Visibility.SEALED
    return dossier.drafts or (public and not hides)


def _is_only_about_sealed(act: Event, dossier: Dossier) -> bool:
    """Return whether readers will not see the act, because it tells of sealed defendants and of nobody else."""
    sealed = {row.pk for row in dossier.sealed_defendants}
    about = {row.pk for row in act.defendants.all()}
    about |= {row.charge.defendant_id for row in act.outcomes.all()}
    about |= {row.charge.defendant_id for row in act.sentence_parts.all()}
    about |= {row.defendant_id for row in act.creates.all()}
    return bool(about) and about <= sealed


def _change(dossier: Dossier, acts: Sequence[Event], place: Case, today: date) -> CaseChange:
    later = with_acts(dossier, acts)
    before, after = dossier.answer(today), later.answer(today)
    charges = [
        Change(_name(now, later), was.wording if was else "", now.wording, _badges(now))
        for them in after.defendants
        for now in them.charges
        for was in [before.charge(now.charge.id)]
    ]
    changed = [one for one in charges if not one.is_same]
    ids = {act.pk for act in acts}
    timeline = build_timeline(later, as_of=today)
    return CaseChange(
        case=dossier.case,
        is_home=dossier.case.pk == place.pk,
        whole=Change("The case", before.wording, after.wording, _case_badges(dossier, after)),
        finality=Change("Finality", _final(before.finality), _final(after.finality)),
        people=_people(before, after),
        charges=tuple(changed[:MOST_TOLD]),
        entries=tuple(one for one in (*timeline.entries, *timeline.undated) if one.id in ids),
        same_charges=len(charges) - len(changed),
        untold=max(0, len(changed) - MOST_TOLD),
    )


def _people(before: CaseAnswer, after: CaseAnswer) -> tuple[Change, ...]:
    was = {them.defendant.id: them.wording for them in before.defendants}
    rows = [Change(them.defendant.name, was.get(them.defendant.id, ""), them.wording) for them in after.defendants]
    changed = [one for one in rows if not one.is_same]
    return tuple(changed[:MOST_TOLD] or rows[:3])


def _name(answer: ChargeAnswer, dossier: Dossier) -> str:
    count = f"Count {answer.charge.count}: " if answer.charge.count else ""
    new = " (new)" if isinstance(answer.charge.id, int) and answer.charge.id < 0 else ""
    title = f"{count}{answer.charge.title}{new}"
    if len(dossier.defendants) < 2:
        return title
    whose = next((row for row in dossier.defendants if row.pk == answer.charge.defendant), None)
    return f"{dossier.name_of(whose)}, {title}" if whose else title


def _badges(answer: ChargeAnswer) -> tuple[Badge, ...]:
    final = finality_badge(answer.finality)
    return (Badge(mark_of(answer.cls, answer.term), answer.label), *((final,) if final else ()))


def _case_badges(dossier: Dossier, answer: CaseAnswer) -> tuple[Badge, ...]:
    final = finality_badge(answer.finality)
    return (status_badge(CaseKind(dossier.case.kind), answer.status), *((final,) if final else ()))


def _final(answer: FinalityAnswer) -> str:
    return label(answer.value)

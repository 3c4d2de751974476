"""The read model of a case or matter: frozen entries in a total order, each with what it did and its sources.

One builder serves pages, previews, files and feeds. It asks the database nothing: everything it
needs is in the dossier. Oldest first; acts without a date stand apart, after the dated ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cases.choices import Editorial, SourceKind, label
from cases.dossier import Dossier, MatterDossier
from cases.facts import act_of
from cases.law import facts as law
from cases.law.answers import Effect, Step
from cases.law.civil import of_a_claim
from cases.law.dates import PartialDate, day_words
from cases.law.sentences import sentence_words
from cases.law.sequence import in_order
from cases.law.vocabulary import CaseKind, CaseStatus, Category, ChargeClass, Finality, Occurrence
from cases.models import Citation, Defendant, Event
from people.choices import NAMED


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One citation as a reader sees it. ``stance`` is "supports" or "contradicts"."""

    publisher: str
    title: str
    url: str
    kind_label: str
    stance: str = "supports"
    quote: str = ""
    locator: str = ""
    relayed_from: str = ""
    note: str = ""
    archive_url: str = ""


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What an act did to one charge. ``mark`` is the outcome's look, a suffix of a CSS class (see ``mark_of``).

    ``case_url`` is where the charge stands: for an act of an appeal that is the case appealed.
    """

    charge_id: int
    defendant_id: int
    defendant: str
    charge: str
    before: str
    after: str
    term: str
    mark: str
    restored: bool = False
    case_url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in the timeline.

    ``counts`` is false for an act that was scheduled, cancelled or continued: it changes nothing.
    ``status_after`` and ``finality_after`` tell in words where the case stood once the act was done;
    each is empty if the act did not change it.
    ``sentence`` holds the sentence's parts in words. ``draft`` is true only in an editor's preview.
    ``caution`` says in words what follows from an imprecise date or order; empty if nothing does.
    """

    id: int
    case_id: int | None
    case_caption: str
    case_url: str
    when: PartialDate
    category: str
    category_label: str
    kind: str
    kind_label: str
    title: str
    text: str = ""
    decision_label: str = ""
    occurrence_label: str = ""
    counts: bool = True
    actor: str = ""
    actor_url: str = ""
    defendants: tuple[tuple[int, str], ...] = ()
    effects: tuple[EffectLine, ...] = ()
    sentence: tuple[str, ...] = ()
    status_after: str = ""
    finality_after: str = ""
    sources: tuple[SourceLine, ...] = ()
    caution: str = ""
    draft: bool = False

    @property
    def anchor(self) -> str:
        """The entry's id on a page: its permalink's fragment."""
        return f"act-{self.id}"

    @property
    def is_key(self) -> bool:
        """Whether it changed a charge, and so stands out."""
        return bool(self.effects) or bool(self.sentence)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries oldest first, those without any date apart, and the day the record is read at."""

    as_of: date
    entries: tuple[Entry, ...] = ()
    undated: tuple[Entry, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.entries) + len(self.undated)


_PLEAS = frozenset({"convicted_guilty_plea", "convicted_plea_untold", "convicted_no_contest", "convicted_alford"})
_ACQUITTALS = frozenset(
    {"acquitted_jury", "acquitted_bench", "acquitted_unspecified", "judgment_of_acquittal", "not_guilty_insanity"}
)
# What a status or a finality is called behind "afterwards:", where its label alone says too little. Two tables: both
# call what nobody knows "unknown".
_STATUS_AFTER: dict[StrEnum, str] = {CaseStatus.UNKNOWN: "Not known"}
_FINALITY_AFTER: dict[StrEnum, str] = {
    Finality.UNKNOWN: "Whether it is final is not known",
    Finality.CONTESTED: "Whether it is final is contested",
}
# What a ruling is on, where the label of its kind is a verb: "Ruling, dismiss: denied" would be read the wrong way.
_RULINGS = {
    "dismiss": "Dismissal",
    "suppress": "Suppression of evidence",
    "exclude_evidence": "Exclusion of evidence",
    "seal": "Sealing",
    "approve_settlement": "Approval of a settlement",
}
_MARKS = {
    ChargeClass.PRE_CHARGE: "pending",
    ChargeClass.PENDING: "pending",
    ChargeClass.CONVICTION: "convicted",
    ChargeClass.PROVISIONAL: "pending",
    ChargeClass.NON_CONVICTION: "dismissed",
    ChargeClass.REPLACED: "withdrawn",
    ChargeClass.RESOLVED: "resolved",
    ChargeClass.UNKNOWN: "unknown",
}


def mark_of(cls: ChargeClass, term: str) -> str:
    """Return the look of an outcome, shape and colour: "convicted", "plea", "acquitted", "dismissed", ..."""
    if term in _PLEAS:
        return "plea"
    if term in _ACQUITTALS:
        return "acquitted"
    return _MARKS[cls]


def build_timeline(subject: Dossier | MatterDossier, *, as_of: date, upcoming: bool = False) -> Timeline:
    """Return what is known on ``as_of`` of a case or a matter, oldest first, without asking the database.

    ``upcoming`` adds acts scheduled after ``as_of``: ask for it only when that is today, because
    nobody knows now what was scheduled on a past day.
    """
    cases = subject.cases if isinstance(subject, MatterDossier) else (subject,)
    events = _events(subject)
    steps = {case.case.pk: {s.act.id: s for s in case.answer(as_of).steps} for case in cases}
    builder = _Builder(cases, as_of, steps, subject)
    left_out = subject.left_out(as_of)
    shown = [e for e in events.values() if e.pk not in left_out and _is_shown(e, as_of, upcoming=upcoming)]
    ordered = in_order(act_of(event, defendants=frozenset()) for event in shown)
    entries = [builder.entry(events[int(act.id)]) for act in ordered]
    return Timeline(
        as_of=as_of,
        entries=tuple(entry for entry in entries if entry.when.is_known),
        undated=tuple(entry for entry in entries if not entry.when.is_known),
    )


def _events(subject: Dossier | MatterDossier) -> dict[int, Event]:
    if isinstance(subject, Dossier):
        return subject.events
    found = {event.pk: event for event in subject.acts}
    for case in subject.cases:
        found.update((event.pk, event) for event in case.acts)
    return found


def _is_shown(event: Event, as_of: date, *, upcoming: bool) -> bool:
    if event.when.began_by(as_of):
        return True
    return upcoming and event.occurrence == Occurrence.SCHEDULED


class _Builder:
    """Makes entries; holds what is the same for all of them."""

    def __init__(
        self,
        cases: Sequence[Dossier],
        as_of: date,
        steps: dict[int, dict[law.Id, Step]],
        subject: Dossier | MatterDossier,
    ) -> None:
        self.cases = cases
        self.as_of = as_of
        self.steps = steps
        self.drafts = subject.drafts
        self.defendants: dict[int, tuple[Dossier, Defendant]] = {d.pk: (c, d) for c in cases for d in c.defendants}
        told = {c.case.pk: c.answer(as_of).steps for c in cases}
        self.status_changes = {pk: _changes(((s.act.id, s.status) for s in t), None) for pk, t in told.items()}
        self.finality_changes = {
            pk: _changes(((s.act.id, s.finality) for s in t), Finality.NOT_DISPOSED) for pk, t in told.items()
        }
        self.uncertain = {act.id for c in cases for act in c.answer(as_of).uncertain}
        self.people = {d.person_id for c, d in self.defendants.values() if c.may_name(d)}
        self.people |= {p.person_id for c in cases for p in c.participants if c.case.visibility in NAMED}
        self.people |= {p.person_id for p in (subject.participants if isinstance(subject, MatterDossier) else ())}

    def entry(self, event: Event) -> Entry:
        actor, actor_url = self._actor(event)
        occurrence = Occurrence(event.occurrence)
        return Entry(
            id=event.pk,
            case_id=event.case_id,
            case_caption=event.case.caption if event.case else "",
            case_url=event.case.get_absolute_url() if event.case else "",
            when=event.when,
            category=event.category,
            category_label="Custody" if event.category == Category.CUSTODY else label(event.category),
            kind=event.kind,
            kind_label=_kind_of(event),
            title=event.title,
            text=event.text,
            decision_label=label(event.decision) if event.decision else "",
            occurrence_label="" if occurrence is Occurrence.HELD else label(occurrence),
            counts=occurrence is Occurrence.HELD and event.when.began_by(self.as_of),
            actor=actor,
            actor_url=actor_url,
            defendants=self._named(event),
            effects=tuple(self._effects(event)),
            sentence=tuple(self._sentence(event)),
            status_after=self._after(self.status_changes, event, _STATUS_AFTER),
            finality_after=self._after(self.finality_changes, event, _FINALITY_AFTER),
            sources=tuple(_source(citation) for citation in event.citations.all()),
            caution=self._caution(event),
            draft=event.editorial_state != Editorial.PUBLISHED,
        )

    def _actor(self, event: Event) -> tuple[str, str]:
        """Return the name and address of who did it; a name that a case withholds is not told by its acts either."""
        actor = event.actor
        if actor is None:
            return "", ""
        own = [c for c in self.cases if c.case.pk == event.case_id] or self.cases
        hidden = {d.person_id for c in own for d in (*c.defendants, *c.sealed_defendants) if not c.may_name(d)}
        unnamed = any(c.case.visibility not in NAMED for c in own)
        hidden = hidden.union(*(c.hidden_people for c in own))
        if not self.drafts and (not actor.is_visible or unnamed or actor.pk in hidden):
            return "Name withheld", ""
        return actor.name, actor.get_absolute_url() if actor.pk in self.people and actor.is_visible else ""

    def _named(self, event: Event) -> tuple[tuple[int, str], ...]:
        """Return the defendants an act concerns by name, by charge or by outcome, as this view may show them."""
        ids = {d.pk for d in event.defendants.all()} | {e.charge.defendant for e in self._raw_effects(event)}
        if not ids and event.case_id is not None:
            ids = {d.pk for c, d in self.defendants.values() if c.case.pk == event.case_id}
        found = [self.defendants[int(pk)] for pk in ids if pk in self.defendants]
        found = [(case, defendant) for case, defendant in found if self._may_join(event, case, defendant)]
        found.sort(key=lambda pair: (pair[1].position, pair[1].person.sort_name, pair[1].pk))
        return tuple((defendant.pk, case.name_of(defendant)) for case, defendant in found)

    def _raw_effects(self, event: Event) -> list[Effect]:
        """Return what the act did in its own case and, for an act of an appeal, in the case appealed."""
        found = [step for steps in self.steps.values() if (step := steps.get(event.pk)) is not None]
        effects = [effect for step in found for effect in step.effects]
        return [e for e in effects if self._may_join(event, *self.defendants[int(e.charge.defendant)])]

    def _may_join(self, event: Event, case: Dossier, defendant: Defendant) -> bool:
        """Whether an act may be told together with a defendant of ``case``: on a matter's page, where each act says
        its own case, not if one of the two cases hides the name.
        """
        own = event.case
        if self.drafts or len(self.cases) == 1 or own is None or own.pk == case.case.pk:
            return True
        return own.visibility in NAMED and case.may_name(defendant)

    def _effects(self, event: Event) -> Iterable[EffectLine]:
        for effect in self._raw_effects(event):
            case, defendant = self.defendants[int(effect.charge.defendant)]
            yield EffectLine(
                charge_id=int(effect.charge.id),
                defendant_id=defendant.pk,
                defendant=case.name_of(defendant),
                charge=effect.charge.title,
                before=effect.before,
                after=effect.after,
                term=effect.term,
                mark=mark_of(effect.cls, effect.term),
                restored=effect.restored,
                case_url=case.case.get_absolute_url(),
            )

    def _sentence(self, event: Event) -> Iterable[str]:
        step = self.steps.get(event.case_id or 0, {}).get(event.pk)
        if step is None:
            return
        case = next(c for c in self.cases if c.case.pk == event.case_id)
        titles = {charge.pk: charge for charge in case.charges}
        charges = [pk for pk in sorted(titles) if any(part.charge == pk for part in step.act.sentence)]
        for charge_id in charges:
            words = sentence_words(part for part in step.act.sentence if part.charge == charge_id)
            charge = titles[charge_id]
            several = len(charges) > 1
            yield f"{charge.title}: {words}" if several else words

    def _after(self, changes: dict[int, dict[law.Id, StrEnum]], event: Event, words: dict[StrEnum, str]) -> str:
        """Return what the act changed, in its own case or, for an act of an appeal, in the case appealed."""
        own = changes.get(event.case_id or 0, {}).get(event.pk)
        found = own or next((told[event.pk] for told in changes.values() if event.pk in told), None)
        return words.get(found, label(found)) if found else ""

    def _caution(self, event: Event) -> str:
        when = event.when
        said = []
        if when.is_known and when.may_come_after(self.as_of):
            said.append(f"It may have come after {day_words(self.as_of)}.")
        if event.pk in self.uncertain:
            said.append("Its order among other acts is not certain.")
        return " ".join(said)


def _kind_of(event: Event) -> str:
    """Return what an act is called; in a civil case nobody is charged."""
    called = (_RULINGS.get(event.kind) if event.category == Category.RULING else "") or label(event.kind)
    return of_a_claim(called, civil=event.case is not None and event.case.kind == CaseKind.CIVIL)


def _changes(told: Iterable[tuple[law.Id, StrEnum | None]], first: StrEnum | None) -> dict[law.Id, StrEnum]:
    """Return, for each act after which something is told that was not so before, what is told."""
    found: dict[law.Id, StrEnum] = {}
    present = first
    for act_id, value in told:
        if value is not None and value is not present:
            found[act_id] = present = value
    return found


def _source(citation: Citation) -> SourceLine:
    source = citation.source
    relays = source.relays
    return SourceLine(
        publisher=source.publisher,
        title=source.title,
        url=source.url,
        kind_label=source.get_kind_display(),
        stance=citation.stance,
        quote=citation.quote,
        locator=citation.locator,
        relayed_from=citation.relayed_from or (str(relays) if relays and relays.kind != SourceKind.TIP else ""),
        note=citation.note,
        archive_url=source.archive_url,
    )

"""The one bridge from rows to law: a loaded case or matter, as facts. After loading it asks the database nothing.

``drafts=False`` loads the published view only: published acts, the charges they bring, defendants
they charge or name, roles they show, and tombstones for what is sealed. Public code passes nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from cases.choices import Editorial, SourceKind
from cases.facts import act_of, charge_of
from cases.law import facts as law
from cases.law import vocabulary as v
from cases.law.answers import CaseAnswer
from cases.law.status import case_status
from cases.models import (
    AppealPeriod,
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
)
from cases.querysets import gives_away
from people.choices import HIDDEN, NAMED, Visibility

APPEALS = [relation.value for relation in v.APPEAL_RELATIONS]


@dataclass(eq=False)
class Dossier:
    """One case with everything a page or the law needs, already loaded.

    ``acts`` are the case's own, ``appeal_acts`` those of its appeals, ``matter_acts`` those of its
    matter. ``sealed_defendants`` are the tombstones of the published view: their charges, and the
    acts that tell of nobody else, are not loaded into it. Show nothing of them but that they exist.
    ``hidden_people`` are those sealed here, in an appeal of this case or in what it appeals: no act names them.
    """

    case: Case
    defendants: tuple[Defendant, ...]
    charges: tuple[Charge, ...]
    acts: tuple[Event, ...]
    appeal_acts: tuple[Event, ...] = ()
    matter_acts: tuple[Event, ...] = ()
    participants: tuple[Participant, ...] = ()
    relations: tuple[CaseRelation, ...] = ()
    relations_in: tuple[CaseRelation, ...] = ()
    sealed_defendants: tuple[Defendant, ...] = ()
    hidden_people: frozenset[int] = frozenset()
    appeals: tuple[law.Appeal, ...] = ()
    refilings: tuple[law.Refiling, ...] = ()
    period: law.AppealPeriod | None = None
    drafts: bool = False
    _answers: dict[date, CaseAnswer] = field(default_factory=dict, repr=False)

    @cached_property
    def facts(self) -> law.CaseFacts:
        """The case as the law reads it."""
        case, period = self.case, self.period
        return law.CaseFacts(
            id=case.pk,
            kind=v.CaseKind(case.kind),
            acts=tuple(self._act(event) for event in (*self.acts, *self.appeal_acts)),
            charges=tuple(charge_of(charge) for charge in self.charges),
            defendants=tuple(law.Defendant(d.pk, self.name_of(d), d.position) for d in self.defendants),
            appeals=self.appeals,
            refilings=self.refilings,
            period=period,
            override=law.Override(v.CaseStatus(case.status_override), case.override_reason, case.override_on)
            if case.status_override
            else None,
            caption=case.caption,
        )

    def _act(self, event: Event) -> law.Act:
        """Return an act as the law reads it; those an appeal names are found among ours by person."""
        whose = {d.person_id: d.pk for d in self.defendants} if event.case_id != self.case.pk else {}
        named = frozenset(whose.get(d.person_id, d.pk) for d in event.defendants.all())
        return act_of(event, defendants=named)

    def answer(self, as_of: date) -> CaseAnswer:
        """Return where the case stands on ``as_of``; computed once a day asked for."""
        if as_of not in self._answers:
            left_out = self.left_out(as_of)
            acts = tuple(act for act in self.facts.acts if act.id not in left_out)
            self._answers[as_of] = case_status(replace(self.facts, acts=acts), as_of=as_of)
        return self._answers[as_of]

    def left_out(self, as_of: date) -> frozenset[int]:
        """Return the acts without a date of which nobody can say that they had happened by ``as_of``.

        One had happened by the day on which it was entered here, and by that of any act that came after it (their
        sequence says so) or that decided a charge which it brought.
        """
        doubtful = _doubtful(self.events.values(), as_of)
        if not doubtful:
            return frozenset()
        done = [event for event in self.events.values() if event.when.is_known and event.when.began_by(as_of)]
        brought_by = {charge.pk: charge.created_by_id for charge in self.charges}
        rested_on = {brought_by.get(row.charge_id) for event in done for row in event.outcomes.all()}
        return frozenset(e.pk for e in doubtful if e.pk not in rested_on and not any(_follows(f, e) for f in done))

    def name_of(self, defendant: Defendant) -> str:
        """Return the name this view may show: an editor's preview shows it even when it is withheld."""
        if self.drafts:
            return defendant.person.name
        return defendant.person.public_name if self.may_name(defendant) else "Name withheld"

    def may_name(self, defendant: Defendant) -> bool:
        """Return whether this view may tell the name: neither the case, the defendant nor the person hides it."""
        return self.drafts or (
            self.case.visibility in NAMED and defendant.visibility in NAMED and defendant.person.is_visible
        )

    @property
    def events(self) -> dict[int, Event]:
        """Every loaded act by its id."""
        return {event.pk: event for event in (*self.acts, *self.appeal_acts, *self.matter_acts)}


@dataclass(eq=False)
class MatterDossier:
    """A matter, its own acts and participants, and its cases, already loaded."""

    matter: Matter
    cases: tuple[Dossier, ...]
    acts: tuple[Event, ...] = ()
    participants: tuple[Participant, ...] = ()
    drafts: bool = False

    def left_out(self, as_of: date) -> frozenset[int]:
        """Return the acts of the matter and its cases that ``Dossier.left_out`` leaves out."""
        own = frozenset(event.pk for event in _doubtful(self.acts, as_of))
        return own.union(*(case.left_out(as_of) for case in self.cases))


# --- loading ------------------------------------------------------------------------------------------------------


def load_case(slug: str, *, drafts: bool = False) -> Dossier | None:
    """Return the case with this address, or None if it does not exist or this view may not show it.

    In the published view a sealed case comes back without acts, people or charges.
    """
    cases = Case.objects.filter(slug=slug) if drafts else Case.objects.published().filter(slug=slug)
    found = load_cases(cases, drafts=drafts)
    return found[0] if found else None


def load_matter(slug: str, *, drafts: bool = False) -> MatterDossier | None:
    """Return the matter with this address and its cases, or None if this view may not show it."""
    matters = Matter.objects.all() if drafts else Matter.objects.published()
    matter = matters.filter(slug=slug).first()
    if matter is None:
        return None
    cases = Case.objects.filter(matter=matter)
    dossiers = load_cases(cases if drafts else cases.published(), drafts=drafts)
    acts = _acts(Event.objects.filter(matter=matter), drafts=drafts, homes=[matter])
    roles = _participants(Participant.objects.filter(matter=matter), drafts=drafts)
    return MatterDossier(matter, tuple(dossiers), tuple(acts), tuple(roles), drafts)


def load_cases(cases: QuerySet[Case], *, drafts: bool = False) -> list[Dossier]:
    """Return the dossiers of ``cases``, in order of first act and caption, in a fixed number of queries."""
    rows = list(cases.select_related("court__jurisdiction", "matter"))
    ids = [case.pk for case in rows if drafts or not case.is_sealed]
    out, incoming = _relations(rows, set(ids), drafts=drafts)
    appeal_ids = {r.case_id: r for r in incoming if r.kind in APPEALS}
    matters = {case.matter for case in rows if case.matter and case.pk in ids}
    matter_ids = {m.pk for m in matters if drafts or m.editorial_state == Editorial.PUBLISHED}
    held = Q(case__in={*ids, *appeal_ids}) | Q(matter__in=matter_ids)
    acts = _acts(Event.objects.filter(held), drafts=drafts, homes=(*rows, *(r.case for r in incoming), *matters))
    published = {event.pk for event in acts}
    appealed = {r.target_id for r in out if r.kind in APPEALS}
    near = {*ids, *appeal_ids, *appealed}
    defendants = list(Defendant.objects.filter(case__in=near).select_related("person"))
    charges = _charges(ids, {d.pk: d for d in defendants})
    participants = _participants(Participant.objects.filter(case__in={*ids, *appeal_ids}), drafts=drafts)
    refilings = _refilings(ids, drafts=drafts)
    periods = _periods(rows)
    load = _Loaded(out, incoming, acts, published, defendants, charges, participants, refilings, drafts)
    found = [load.dossier(case, periods.get((case.court.jurisdiction_id, case.kind))) for case in rows]
    return sorted(found, key=lambda d: (d.case.first_act_on or date.max, d.case.caption_in_order, d.case.pk))


@dataclass
class _Loaded:
    """The rows of several cases, waiting to be dealt out."""

    relations: list[CaseRelation]
    relations_in: list[CaseRelation]
    acts: list[Event]
    act_ids: set[int]
    defendants: list[Defendant]
    charges: list[Charge]
    participants: list[Participant]
    refilings: list[Charge]
    drafts: bool

    def dossier(self, case: Case, period: AppealPeriod | None) -> Dossier:
        if case.is_sealed and not self.drafts:
            return Dossier(case, (), (), ())
        incoming = [r for r in self.relations_in if r.target_id == case.pk]
        appeals = [r for r in incoming if r.kind in APPEALS]
        charges = self._charges(case.pk)
        own = [event for event in self.acts if event.case_id == case.pk]
        open_, sealed = self._defendants(case.pk, charges, own)
        shown, hidden = {d.pk for d in open_}, self._hidden(case.pk, appeals)
        people = {d.person_id for d in self.defendants if d.pk in hidden}
        return Dossier(
            case=case,
            defendants=tuple(open_),
            sealed_defendants=tuple(sealed),
            charges=tuple(c for c in charges if c.defendant_id in shown),
            acts=tuple(e for e in own if not _only_about(e, hidden, people, charges)),
            appeal_acts=tuple(
                e
                for r in appeals
                for e in self.acts
                if e.case_id == r.case_id and not _only_about(e, hidden, people, charges)
            ),
            matter_acts=tuple(e for e in self.acts if case.matter_id and e.matter_id == case.matter_id),
            participants=tuple(
                p
                for p in self.participants
                if p.case_id == case.pk and p.represents_id not in hidden and p.person_id not in people
            ),
            hidden_people=frozenset(people),
            relations=tuple(r for r in self.relations if r.case_id == case.pk),
            relations_in=tuple(incoming),
            appeals=tuple(self._appeal(r, open_) for r in appeals),
            refilings=tuple(refilings_of(case, charges, self.refilings, drafts=self.drafts)),
            period=law.AppealPeriod(period.days, period.authority) if period else None,
            drafts=self.drafts,
        )

    def _hidden(self, case_id: int, appeals: list[CaseRelation]) -> set[int]:
        """Return the sealed defendants of a case, of its appeals, and of what it is an appeal of."""
        if self.drafts:
            return set()
        near = {case_id} | {r.case_id for r in appeals}
        near |= {r.target_id for r in self.relations if r.case_id == case_id and r.kind in APPEALS and r.target_id}
        rows = (d for d in self.defendants if d.case_id in near)
        return {d.pk for d in rows if Visibility.SEALED in (d.visibility, d.person.visibility)}

    def _charges(self, case_id: int) -> list[Charge]:
        return [c for c in self.charges if c.defendant.case_id == case_id and c.created_by_id in self.act_ids]

    def _defendants(
        self, case_id: int, charges: list[Charge], acts: list[Event]
    ) -> tuple[list[Defendant], list[Defendant]]:
        """Return those shown and those sealed: in the published view a published act charges or names them."""
        rows = [d for d in self.defendants if d.case_id == case_id]
        if not self.drafts:
            known = {c.defendant_id for c in charges} | {d.pk for e in acts for d in e.defendants.all()}
            rows = [d for d in rows if d.pk in known]
        rows.sort(key=lambda d: (d.position, d.person.sort_name, d.pk))
        sealed = [d for d in rows if not self.drafts and Visibility.SEALED in (d.visibility, d.person.visibility)]
        return [d for d in rows if d not in sealed], sealed

    def _appeal(self, relation: CaseRelation, everyone: list[Defendant]) -> law.Appeal:
        """Return an appeal with its parties; if it names none, every defendant of the case is one."""
        people = {p.person_id for p in self.participants if p.case_id == relation.case_id and not p.is_official}
        people |= {d.person_id for d in self.defendants if d.case_id == relation.case_id}
        parties = frozenset(d.pk for d in everyone if d.person_id in people) or frozenset(d.pk for d in everyone)
        interlocutory = relation.kind == v.Relation.INTERLOCUTORY_APPEAL_OF
        return law.Appeal(relation.case_id, parties, interlocutory)


def refilings_of(
    case: Case, charges: Iterable[Charge], brought: Iterable[Charge], *, drafts: bool
) -> Iterable[law.Refiling]:
    """Yield what was filed again in other cases; under whose name only where this case tells its own."""
    whose = {charge.pk: charge.defendant for charge in charges}
    for again in brought:
        first = again.replaces_id
        if first is None or first not in whose or again.defendant.case_id == case.pk:
            continue
        told = drafts or (case.visibility in NAMED and whose[first].visibility in NAMED)
        yield law.Refiling(first, again.created_by.when, again.defendant.case.caption if told else "")


def _doubtful(events: Iterable[Event], as_of: date) -> list[Event]:
    """Return those without a date that were entered after ``as_of``."""
    return [event for event in events if not event.when.is_known and localdate(event.created_at) > as_of]


def _follows(later: Event, first: Event) -> bool:
    """Return whether an editor has said that, in one case, ``later`` came after ``first``."""
    if later.case_id != first.case_id or later.sequence is None or first.sequence is None:
        return False
    return later.sequence > first.sequence


def _only_about(event: Event, hidden: set[int], people: set[int], charges: Iterable[Charge]) -> bool:
    """Return whether an act tells of sealed defendants (or was done by one: ``people``) and of nobody else."""
    if not hidden:
        return False
    whose = {c.pk: c.defendant_id for c in charges}
    effects = [row.charge_id for row in event.outcomes.all()] + [row.charge_id for row in event.sentence_parts.all()]
    about = {d.pk for d in event.defendants.all()} | {c.defendant_id for c in charges if c.created_by_id == event.pk}
    about |= {whose[charge] for charge in effects if charge in whose}
    return about <= hidden and (bool(about) or event.actor_id in people)


def _relations(cases: list[Case], ids: set[int], *, drafts: bool) -> tuple[list[CaseRelation], list[CaseRelation]]:
    """Return the relations of those of ``cases`` that ``ids`` names: from them, and to them.

    What is loaded already is not joined again, here and below: a case has forty columns.
    """
    rows = CaseRelation.objects.filter(Q(case__in=ids) | Q(target__in=ids))
    if not ids or not rows.exists():
        return [], []  # as of most cases, and cheaper to ask than what follows
    if not drafts:
        rows = rows.filter(case__in=Case.objects.listed()).filter(
            Q(target__isnull=True) | Q(target__in=Case.objects.listed())
        )
    found = list(rows.annotate(gives_away=gives_away()).order_by("kind", "pk"))
    near: dict[Any, Any] = {None: None} | {case.pk: case for case in cases}
    near |= Case.objects.select_related("court").in_bulk(
        {pk for r in found for pk in (r.case_id, r.target_id)} - {*near}
    )
    found = [r for r in found if r.case_id in near and r.target_id in near]  # not what was removed this moment
    for r in found:
        r.case, r.target = near[r.case_id], near[r.target_id]
    return [r for r in found if r.case_id in ids], [r for r in found if r.target_id in ids]


def _charges(case_ids: list[int], defendants: dict[int, Defendant]) -> list[Charge]:
    rows = Charge.objects.filter(defendant__case__in=case_ids)
    found = [charge for charge in rows if charge.defendant_id in defendants]  # not who was entered this moment
    for charge in found:
        charge.defendant = defendants[charge.defendant_id]
    return found


def _acts(rows: QuerySet[Event], *, drafts: bool, homes: Iterable[Case | Matter]) -> list[Event]:
    """Return acts of these ``homes``, with all that the law and a page read of them."""
    citations = Citation.objects.select_related("source__relays").order_by("pk")
    if not drafts:
        rows = rows.filter(editorial_state=Editorial.PUBLISHED)
        citations = citations.exclude(source__kind=SourceKind.TIP)
    else:
        rows = rows.exclude(editorial_state=Editorial.WITHDRAWN)
    acts = list(
        rows.select_related("actor")
        .prefetch_related(
            Prefetch("defendants", Defendant.objects.select_related("person")),
            Prefetch("outcomes", Outcome.objects.select_related("disposition").order_by("pk")),
            Prefetch("sentence_parts", SentencePart.objects.order_by("pk")),
            Prefetch("citations", citations),
        )
        .order_by("pk")
    )
    places: dict[Any, Any] = {(type(home), home.pk): home for home in homes}
    for act in acts:
        act.case, act.matter = places.get((Case, act.case_id)), places.get((Matter, act.matter_id))
    return acts


def _participants(rows: QuerySet[Participant], *, drafts: bool) -> list[Participant]:
    if not drafts:
        rows = rows.filter(shown_by__editorial_state=Editorial.PUBLISHED)
        rows = rows.exclude(person__visibility=Visibility.SEALED)
    return list(
        rows.select_related("person", "represents__person", "shown_by").order_by("role", "person__sort_name", "pk")
    )


def _refilings(case_ids: list[int], *, drafts: bool) -> list[Charge]:
    rows = Charge.objects.filter(replaces__defendant__case__in=case_ids, replaces_how=v.ReplacesHow.REFILED)
    if not rows.exists():
        return []
    if not drafts:
        rows = rows.filter(
            created_by__editorial_state=Editorial.PUBLISHED, defendant__case__in=Case.objects.listed()
        ).exclude(defendant__person__visibility=Visibility.SEALED)
        # Where the later case hides whom it accuses, the earlier one may not give it away.
        rows = rows.exclude(Q(defendant__visibility__in=HIDDEN) | Q(defendant__case__visibility__in=HIDDEN))
    return list(rows.prefetch_related("created_by", "defendant__case").order_by("pk"))


def _periods(cases: Iterable[Case]) -> dict[tuple[int, str], AppealPeriod]:
    jurisdictions = {case.court.jurisdiction_id for case in cases}
    rows = AppealPeriod.objects.filter(jurisdiction__in=jurisdictions)
    return {(row.jurisdiction_id, row.case_kind): row for row in rows}

"""The page of a matter: its people with their charges, its lanes, its linked cases, one timeline. No single status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.dossier import Dossier, MatterDossier
from cases.law.answers import CaseAnswer, ChargeAnswer
from cases.law.dates import PartialDate, day_words
from cases.law.facts import Act
from cases.law.sentences import sentence_words
from cases.law.vocabulary import CaseKind, ChargeClass, Finality
from cases.models import Charge, Defendant
from cases.pages.asking import TimelineForm
from cases.pages.case import imprecise_on, left_out_on, not_for_search_engines
from cases.pages.figures import Fact, figures
from cases.pages.lanes import Lane, LaneGroup, Picture, Span, draw, short
from cases.pages.parts import (
    ACCUSING,
    OPEN,
    SETTLED,
    ActLine,
    Badge,
    DefendantCard,
    Role,
    caption_of,
    charge_card,
    defendant_cards,
    finality_badge,
    roles_on,
    status_badge,
    url_of,
)
from cases.pages.record import Record, defendant_keys, record_of
from cases.timeline import Timeline, build_timeline

FEW = 5  # accused: of more of them the head of the page says nothing one by one
MANY = 12  # accused: more of them have an index instead of cards


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """One case of the matter in a few lines; a sealed one only says that it is: its address would name who is in it."""

    caption: str
    url: str
    kind: str
    court: str
    docket_number: str
    status: Badge
    finality: Badge | None
    wording: str
    defendants: tuple[DefendantCard, ...] = ()
    sealed_basis: str = ""
    sealed_on: str = ""
    sealed: bool = False

    @property
    def more(self) -> str:
        """What the wording says beyond the badges."""
        labels = (self.status.label, self.finality.label if self.finality else self.status.label)
        words = self.wording
        for label in labels:
            words = words.removeprefix(f"{label}.").strip()
        return words


@dataclass(frozen=True, slots=True)
class ChargesInCase:
    """A person's charges in one of the matter's cases."""

    case: CaseBrief
    card: DefendantCard


@dataclass(frozen=True, slots=True)
class AccusedCard:
    """One person accused in the matter, with the charges of each case, the latest case first."""

    name: str
    url: str
    role: str
    cases: tuple[ChargesInCase, ...]

    @property
    def told(self) -> tuple[ChargesInCase, ...]:
        """The cases that say where the person stands: none stands for another, as their outcomes may differ."""
        return tuple(one for one in self.cases if one.card.wording and one.card.charges)


@dataclass(frozen=True, slots=True)
class MatterPage:
    """Everything ``templates/matters/matter.html`` shows."""

    dossier: MatterDossier
    as_of: date
    is_today: bool
    preview: bool
    form: TimelineForm
    facts: tuple[Fact, ...]
    accused: tuple[AccusedCard, ...]
    cases: tuple[CaseBrief, ...]
    linked: tuple[CaseBrief, ...]
    sealed: tuple[CaseBrief, ...]
    groups: tuple[LaneGroup, ...]
    picture: Picture
    people: tuple[Role, ...]
    record: Record
    noindex: bool
    left_out: tuple[str, ...] = ()
    imprecise: tuple[ActLine, ...] = ()

    @property
    def as_of_words(self) -> str:
        """The day the page is read at, in words."""
        return day_words(self.as_of)

    @property
    def is_long(self) -> bool:
        """Whether so many are accused that an index serves better than cards."""
        return len(self.accused) > MANY

    @property
    def standings(self) -> tuple[AccusedCard, ...]:
        """Where each of the accused stands, to be said at the head of the page, if they are few."""
        return tuple(one for one in self.accused if one.told) if len(self.accused) <= FEW else ()

    @property
    def case_count(self) -> int:
        """How many cases the page tells of, the sealed ones included."""
        return len(self.cases) + len(self.linked) + len(self.sealed)


def matter_page(dossier: MatterDossier, asked: Mapping[str, Any] | None = None, *, today: date) -> MatterPage:
    """Return the page of a loaded matter for what a reader asked (``as_of``, ``defendant``, ``kind``, ``order``).

    Whether drafts are on it was decided when the dossier was loaded.
    """
    open_cases = tuple(d for d in dossier.cases if dossier.drafts or not d.case.is_sealed)
    offered = list(dict.fromkeys(defendant_keys(open_cases).values()))
    form = TimelineForm(asked if asked is not None else {}, today=today, defendants=offered)
    day = form.day
    known = tuple(d for d in open_cases if d.answer(day).steps)
    accusing = tuple(d for d in known if d.case.kind in ACCUSING)
    linked = tuple(d for d in known if d.case.kind not in ACCUSING)
    timeline = build_timeline(dossier, as_of=day, upcoming=day == today)
    accused = _accused(accusing, day)
    groups = _groups(accusing, linked, day)
    return MatterPage(
        dossier=dossier,
        as_of=day,
        is_today=day == today,
        preview=dossier.drafts,
        form=form,
        facts=_facts(accused, known, timeline),
        accused=accused,
        cases=tuple(brief(d, day) for d in accusing),
        linked=tuple(brief(d, day) for d in linked),
        sealed=tuple(_sealed(d) for d in dossier.cases if d.case.is_sealed and not dossier.drafts),
        groups=groups,
        picture=draw(groups, as_of=day),
        people=tuple(role for _, role in roles_on(dossier, day)),
        record=record_of(timeline, open_cases, form, name_case=True),
        noindex=day != today or any(not_for_search_engines(d) for d in open_cases),
        left_out=left_out_on(dossier, day, today=today),
        imprecise=tuple(line for d in known for line in imprecise_on(d, day)),
    )


def brief(dossier: Dossier, day: date) -> CaseBrief:
    """One case in a few lines, as it stood on ``day``."""
    case, answer = dossier.case, dossier.answer(day)
    return CaseBrief(
        caption=caption_of(case, drafts=dossier.drafts),
        url=case.get_absolute_url(),
        kind=case.get_kind_display(),
        court=case.court.name,
        docket_number=case.docket_number,
        status=status_badge(CaseKind(case.kind), answer.status),
        finality=finality_badge(answer.finality),
        wording=answer.wording,
        defendants=defendant_cards(dossier, answer),
    )


def _sealed(dossier: Dossier) -> CaseBrief:
    case = dossier.case
    on = day_words(case.sealed_on) if case.sealed_on else ""
    return CaseBrief(
        "Sealed record", "", "", "", "", Badge("closed", "Sealed"), None, "",
        sealed_basis=case.sealed_basis, sealed_on=on, sealed=True,
    )  # fmt: skip


def _accused(dossiers: tuple[Dossier, ...], day: date) -> tuple[AccusedCard, ...]:
    """One card a person, in the order in which the matter's cases name them; hidden names are never joined."""
    found: dict[object, list[tuple[Dossier, Defendant, ChargesInCase]]] = {}
    for dossier in dossiers:
        short, cards = brief(dossier, day), {card.id: card for card in defendant_cards(dossier, dossier.answer(day))}
        rows = (*dossier.defendants, *dossier.sealed_defendants)
        for row in rows:
            card = cards.get(row.pk)
            if card is None or not (card.charges or card.sealed):
                continue
            joined = not card.sealed and dossier.may_name(row)
            key: object = row.person_id if joined else ("alone", row.pk)
            found.setdefault(key, []).append((dossier, row, ChargesInCase(short, card)))
    cards_ = []
    for rows_ in found.values():
        latest = rows_[-1][2].card
        role = next((one.card.role for _, _, one in reversed(rows_) if one.card.role), "")
        cards_.append(AccusedCard(latest.name, latest.url, role, tuple(one for _, _, one in reversed(rows_))))
    return tuple(cards_)


def _facts(accused: tuple[AccusedCard, ...], known: tuple[Dossier, ...], timeline: Timeline) -> tuple[Fact, ...]:
    charges = [c for one in accused for case in one.cases for c in case.card.charges]
    enhancements = sum(1 for charge in charges if charge.enhances)
    counts = [charge for charge in charges if not charge.enhances]
    facts = (
        Fact("Defendants", str(len(accused))),
        Fact(
            "Charges",
            str(len(counts)),
            f"and {enhancements} sentence enhancement{'s' if enhancements > 1 else ''}" if enhancements else "",
        ),
        Fact("Cases", str(len(known))),
    )
    return (*(fact for fact in facts if fact.value != "0"), *figures(charges, known, timeline))


def _groups(accusing: tuple[Dossier, ...], linked: tuple[Dossier, ...], day: date) -> tuple[LaneGroup, ...]:
    people: dict[object, tuple[str, str, list[Lane]]] = {}
    for dossier in accusing:
        rows = {charge.pk: charge for charge in dossier.charges}
        shown = {row.pk: row for row in dossier.defendants}
        for found in dossier.answer(day).defendants:
            row = shown.get(int(found.defendant.id))
            if row is None:
                continue
            key: object = row.person_id if dossier.may_name(row) else ("alone", row.pk)
            _, _, lanes = people.setdefault(key, (dossier.name_of(row), url_of(dossier, row), []))
            lanes += [
                _charge_lane(dossier, rows[a.charge.id], a, day)
                for a in found.charges
                if a.charge.enhances is None and a.charge.id in rows
            ]
    groups = [LaneGroup(name, url, tuple(lanes)) for name, url, lanes in people.values() if lanes]
    cases = tuple(_case_lane(dossier, day) for dossier in linked)
    if cases:
        groups.append(LaneGroup("Linked cases", "", cases))
    return tuple(groups)


def _charge_lane(dossier: Dossier, row: Charge, answer: ChargeAnswer, day: date) -> Lane:
    card = charge_card(dossier, row, answer)
    brought = card.brought.when if card.brought else None
    ended = answer.decided_by.on if answer.decided_by is not None and not _is_pending(answer) else None
    year = f" ({brought.earliest.year})" if brought is not None and brought.is_known else ""
    spans = _life(brought, ended, day, is_known=answer.cls is not ChargeClass.UNKNOWN)
    spans += _trials(dossier, row.defendant_id, day)
    if ended is not None and ended.is_known:
        spans += _sentence_span(dossier, answer, day) + _until_final(answer, ended, day)
    words = _outcome(card.badge.label, brought, ended)
    return Lane(
        label=f"{row.title}{year}",
        href=f"{dossier.case.get_absolute_url()}#{card.anchor}",
        status=card.badge.label,
        mark=card.badge.mark,
        began=brought,
        ended=ended,
        outcome=words,
        note=_short_sentence(answer),
        finality=card.finality.label if card.finality else "",
        spans=tuple(spans),
    )


def _case_lane(dossier: Dossier, day: date) -> Lane:
    answer, case = dossier.answer(day), dossier.case
    badge, final = status_badge(CaseKind(case.kind), answer.status), finality_badge(answer.finality)
    began = answer.steps[0].act.on
    ended = _closing_act(answer)
    end = ended.on if ended is not None else None
    return Lane(
        label=caption_of(case, drafts=dossier.drafts),
        href=case.get_absolute_url(),
        status=badge.label,
        mark=badge.mark,
        began=began,
        ended=end,
        outcome=_outcome(badge.label, began, end),
        note=case.get_kind_display(),
        finality=final.label if final else "",
        spans=tuple(_life(began, end, day, is_known=badge.mark != "unknown")),
    )


def _closing_act(answer: CaseAnswer) -> Act | None:
    """The act that closed the case for good, or None while it is open."""
    closing: Act | None = None
    for step in answer.steps:
        if step.status in OPEN or step.status == "unknown":
            closing = None
        elif closing is None:
            closing = step.act
    return closing


def _outcome(label: str, began: PartialDate | None, ended: PartialDate | None) -> str:
    """The outcome with its day, as far as that is known."""
    if ended is not None:
        return f"{label} {short(ended)}" if ended.is_known else f"{label} (date not known)"
    return label if began is not None and began.is_known else f"{label} (dates not known)"


def _short_sentence(answer: ChargeAnswer) -> str:
    """The gravest part of a sentence, and whether there is more; the charge's own card says all of it."""
    first, *more = sentence_words(answer.sentence).split("; ") if answer.sentence else [""]
    first = first.split(" (")[0]
    return f"{first}; and more" if more else first


def _is_pending(answer: ChargeAnswer) -> bool:
    return answer.cls in (ChargeClass.PENDING, ChargeClass.PRE_CHARGE, ChargeClass.PROVISIONAL)


def _life(began: PartialDate | None, ended: PartialDate | None, day: date, *, is_known: bool) -> list[Span]:
    """From the act that brought it to the act that ended it, or to ``day`` while it is open."""
    if began is None or not began.is_known:
        return []
    if ended is None:
        return [Span("open" if is_known else "unclear", began.earliest, max(day, began.earliest))]
    if not ended.is_known:
        return []
    middle = ended.earliest + (ended.latest - ended.earliest) / 2
    return [Span("", began.earliest, max(middle, began.earliest))]


def _trials(dossier: Dossier, defendant: int, day: date) -> list[Span]:
    held = [
        act
        for act in dossier.facts.acts
        if act.kind == "trial_day"
        and act.occurrence == "held"
        and act.on.is_day
        and act.on.began_by(day)
        and (not act.defendants or defendant in act.defendants)
    ]
    return [Span("trial", act.on.earliest, min(act.on.latest, day)) for act in held]


def _sentence_span(dossier: Dossier, answer: ChargeAnswer, day: date) -> list[Span]:
    """The longest term to be served or supervised, from the day it was imposed, as far as ``day``."""
    imposed = [
        act
        for act in dossier.facts.acts
        if act in answer.because and any(part.charge == answer.charge.id for part in act.sentence) and act.on.is_known
    ]
    lengths = [
        (part.years or 0) * 365 + (part.months or 0) * 30 + (part.days or 0)
        for part in answer.sentence
        if not part.all_suspended
    ]
    longest = max(lengths, default=0)
    if not imposed or not longest:
        return []
    begin = imposed[-1].on.earliest
    end = day if longest >= (day - begin).days else date.fromordinal(begin.toordinal() + longest)
    return [Span("sentence", begin, max(begin, end))]


def _until_final(answer: ChargeAnswer, ended: PartialDate, day: date) -> list[Span]:
    """From the outcome to the day it became final, or to ``day`` while it can still change."""
    final = answer.finality
    if final is None or final.value in (Finality.UNKNOWN, Finality.NOT_DISPOSED):
        return []
    until = (final.since or ended.latest) if final.value in SETTLED else day
    return [Span("appeal", ended.earliest, until)] if until > ended.earliest else []

"""The page of one case: where it stands and why, who is in it, what happened, by which source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.dossier import Dossier, MatterDossier
from cases.law.dates import day_words
from cases.law.vocabulary import CaseKind, Category, Occurrence
from cases.pages.asking import TimelineForm
from cases.pages.figures import Fact, figures
from cases.pages.parts import (
    ACCUSING,
    ActLine,
    Badge,
    DefendantCard,
    Related,
    Role,
    caption_of,
    defendant_cards,
    finality_badge,
    lines,
    related_cases,
    roles_on,
    status_badge,
)
from cases.pages.record import Record, defendant_keys, record_of
from cases.timeline import build_timeline
from people.choices import Visibility

SILENT = frozenset({Category.STATEMENT, Category.INCIDENT})


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything ``templates/cases/case.html`` shows. ``preview`` is true at the desk only.

    A sealed case in the published view has nothing but ``sealed_basis`` and ``sealed_on``. ``left_out``: the headlines
    of acts without a date that may have come after a past day. ``not_begun``: what is said instead of a status on a
    day by which nothing had happened.
    """

    dossier: Dossier
    caption: str
    as_of: date
    is_today: bool
    preview: bool
    form: TimelineForm
    sealed: bool = False
    status: Badge | None = None
    finality: Badge | None = None
    wording: str = ""
    overridden: str = ""
    why: tuple[ActLine, ...] = ()
    uncertain: tuple[ActLine, ...] = ()
    imprecise: tuple[ActLine, ...] = ()
    left_out: tuple[str, ...] = ()
    not_begun: str = ""
    defendants: tuple[DefendantCard, ...] = ()
    defendants_heading: str = ""
    officials: tuple[Role, ...] = ()
    parties: tuple[Role, ...] = ()
    related: tuple[Related, ...] = ()
    facts: tuple[Fact, ...] = ()
    record: Record | None = None
    noindex: bool = False

    @property
    def as_of_words(self) -> str:
        """The day the page is read at, in words."""
        return day_words(self.as_of)

    @property
    def is_civil(self) -> bool:
        """Whether its charges are claims."""
        return self.dossier.case.kind == CaseKind.CIVIL

    @property
    def standings(self) -> tuple[DefendantCard, ...]:
        """The defendants of whom the record says where they stand."""
        return tuple(card for card in self.defendants if card.wording and card.charges)

    @property
    def says_it_above(self) -> bool:
        """Whether the head of the page says already all that is said of the one defendant as a whole."""
        return len(self.standings) == len(self.defendants) == 1 and not self.not_begun

    @property
    def charged_with(self) -> tuple[str, ...]:
        """The charges or claims of all defendants, each once; without enhancements and what was replaced, if any
        other is left. What became of each is said beside it where there is one defendant.
        """
        if len(self.defendants) == 1:
            return self.defendants[0].charged_with
        charges = [charge for card in self.defendants for charge in card.charges]
        return tuple(dict.fromkeys(c.title for c in [c for c in charges if not c.minor] or charges))

    @property
    def people_term(self) -> str:
        """What the people the case is brought against are called."""
        return "Parties" if self.defendants_heading == "Parties" else "Defendants"

    @property
    def sealed_basis(self) -> str:
        """The order or statute under which the record is sealed."""
        return self.dossier.case.sealed_basis

    @property
    def sealed_on(self) -> str:
        """The day the record was sealed, in words."""
        on = self.dossier.case.sealed_on
        return day_words(on) if on else ""


def case_page(dossier: Dossier, asked: Mapping[str, Any] | None = None, *, today: date) -> CasePage:
    """Return the page of a loaded case for what a reader asked (``as_of``, ``defendant``, ``kind``, ``order``).

    Whether drafts are on it was decided when the dossier was loaded. What could not be understood
    stands as an error in ``form``, and the page is drawn without it.
    """
    offered = list(dict.fromkeys(defendant_keys((dossier,)).values()))
    form = TimelineForm(asked if asked is not None else {}, today=today, defendants=offered)
    day, case = form.day, dossier.case
    caption = caption_of(case, drafts=dossier.drafts)
    if case.is_sealed and not dossier.drafts:
        return CasePage(
            dossier, "Sealed record", day, is_today=day == today, preview=False, form=form, sealed=True, noindex=True
        )
    answer = dossier.answer(day)
    kind = CaseKind(case.kind)
    timeline = build_timeline(dossier, as_of=day, upcoming=day == today)
    roles, cards = roles_on(dossier, day), defendant_cards(dossier, answer)
    return CasePage(
        dossier=dossier,
        caption=caption,
        as_of=day,
        is_today=day == today,
        preview=dossier.drafts,
        form=form,
        status=status_badge(kind, answer.status),
        finality=finality_badge(answer.finality),
        wording=answer.wording,
        overridden=answer.overridden,
        why=lines(answer.reasons, civil=kind is CaseKind.CIVIL),
        uncertain=lines(answer.uncertain, civil=kind is CaseKind.CIVIL),
        imprecise=imprecise_on(dossier, day),
        left_out=left_out_on(dossier, day, today=today),
        not_begun="" if day == today else not_begun_by(dossier, day),
        defendants=cards,
        defendants_heading=heading_of(kind),
        officials=tuple(role for row, role in roles if row.is_official),
        parties=tuple(role for row, role in roles if not row.is_official),
        related=related_cases(dossier, day, today=today),
        facts=figures(
            [charge for card in cards for charge in card.charges],
            [dossier],
            timeline,
            called="claims" if kind is CaseKind.CIVIL else "charges",
            own_acts=True,
        ),
        record=record_of(timeline, (dossier,), form, name_case=False),
        noindex=day != today or not_for_search_engines(dossier),
    )


def left_out_on(home: Dossier | MatterDossier, day: date, *, today: date) -> tuple[str, ...]:
    """The headlines of what a past day leaves out for want of a date; statements and the like bear on no status."""
    if day == today:
        return ()
    events = (home,) if isinstance(home, Dossier) else home.cases
    acts = {event.pk: event for case in events for event in (*case.acts, *case.appeal_acts)}
    unsure = [acts[pk] for pk in sorted(home.left_out(day)) if pk in acts and acts[pk].category not in SILENT]
    return tuple(dict.fromkeys(event.title for event in unsure))


def imprecise_on(dossier: Dossier, day: date) -> tuple[ActLine, ...]:
    """The acts that count on ``day`` and may have come after it; one without any date that counts had happened."""
    return lines(act for act in dossier.answer(day).imprecise if act.on.is_known)


def not_begun_by(dossier: Dossier, day: date) -> str:
    """What is said of a day by which nothing in the case had happened, as far as its acts have dates; else nothing."""
    held = [event for event in dossier.acts if event.occurrence == Occurrence.HELD and event.when.is_known]
    if dossier.answer(day).steps or any(event.when.began_by(day) for event in held):
        return ""
    words = f"The record tells of nothing in this case by {day_words(day)}."
    first = min((event.when for event in held), key=lambda when: when.earliest, default=None)
    return f"{words} Its first act is of {first}." if first is not None else words


def heading_of(kind: CaseKind) -> str:
    """What the people a case is brought against are called in it."""
    if kind in ACCUSING:
        return "Defendants and charges"
    return "Defendants and claims" if kind is CaseKind.CIVIL else "Parties"


def not_for_search_engines(dossier: Dossier) -> bool:
    """Whether the case, or anybody in it, is to be kept out of search engines."""
    rows = (*dossier.defendants, *dossier.sealed_defendants)
    marks = {dossier.case.visibility, *(row.visibility for row in rows), *(row.person.visibility for row in rows)}
    return marks != {Visibility.PUBLIC.value}

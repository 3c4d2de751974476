"""The parts that pages are made of: badges, lines of acts, cards of charges and defendants, roles, relations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases import choices
from cases.dossier import Dossier, MatterDossier
from cases.law.answers import CaseAnswer, ChargeAnswer, DefendantAnswer, FinalityAnswer
from cases.law.civil import of_a_claim
from cases.law.dates import PartialDate, day_words
from cases.law.facts import Act
from cases.law.sentences import sentence_words
from cases.law.vocabulary import CaseKind, CaseStatus, ChargeClass, Finality
from cases.law.wording import FINAL_HERE, OVERLAYS
from cases.models import Case, CaseRelation, Charge, Defendant, Participant
from cases.timeline import mark_of
from people.choices import NAMED, Visibility

OPEN = frozenset({CaseStatus.OPEN_ACTIVE, CaseStatus.OPEN_INACTIVE, CaseStatus.REOPENED})
SETTLED = frozenset({Finality.FINAL, Finality.FINAL_BY_WITHDRAWAL})
# Proceedings in which somebody is accused. In all others the defendants are sued, or are parties to an appeal.
ACCUSING = frozenset(
    {CaseKind.CRIMINAL, CaseKind.JUVENILE, CaseKind.CITATION, CaseKind.DISCIPLINARY, CaseKind.INVESTIGATION}
)
WITHHELD = "Name withheld"
CAPTION_WITHHELD = "Case name withheld"

_INWARD = {
    "appeal_of": "Appealed in",
    "interlocutory_appeal_of": "Appealed before judgment in",
    "cross_appeal_of": "Cross-appealed in",
    "remand_of": "Sent back to",
    "post_conviction_of": "Challenged after conviction in",
    "refiled_from": "Filed again as",
    "supersedes": "Superseded by",
    "severed_from": "Severed into",
    "co_defendant_of": "Case against a co-defendant",
    "consolidated_into": "Took in",
    "transferred_from": "Transferred to",
    "removed_from": "Removed to",
    "civil_counterpart_of": "Civil suit over the same events",
    "arises_from_prosecution_of": "Gave rise to",
    "enforces_settlement_of": "Settlement enforced in",
    "same_incident": "Same incident",
    "related": "Related",
}
_OUTWARD = {
    "refiled_from": "Filed again after",
    "civil_counterpart_of": "Civil counterpart of",
    "arises_from_prosecution_of": "Arises from the prosecution in",
    "co_defendant_of": "Case against a co-defendant",
    "same_incident": "Same incident",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """A few words with a look: ``mark`` is the suffix of a CSS class and names a shape."""

    mark: str
    label: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act as a reason: its day, its words, and where to read it. ``href`` may point at another page."""

    when: PartialDate
    label: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ChargeCard:
    """One charge or claim with its outcome. ``minor`` is set for enhancements and replaced charges.

    ``meaning``: the glossary's sentence for ``term``, if an act gave it. ``relief``: a pardon and the like, to be seen
    as readily as the conviction.
    """

    id: int
    title: str
    count: int | None
    badge: Badge
    finality: Badge | None
    wording: str
    sentence: str
    statute: str
    facts: tuple[str, ...]
    brought: ActLine | None
    because: tuple[ActLine, ...]
    void: tuple[ActLine, ...]
    minor: bool
    enhances: str = ""
    cls: str = ""
    term: str = ""
    meaning: str = ""
    relief: tuple[Badge, ...] = ()

    @property
    def anchor(self) -> str:
        """The charge's id on its case's page: its permalink's fragment."""
        return f"charge-{self.id}"


@dataclass(frozen=True, slots=True)
class DefendantCard:
    """One defendant with charges and outcomes; for a sealed one only the tombstone's two facts."""

    id: int
    name: str
    url: str
    role: str
    wording: str
    charges: tuple[ChargeCard, ...] = ()
    sealed_basis: str = ""
    sealed_on: str = ""
    sealed: bool = False

    @property
    def charged_with(self) -> tuple[str, ...]:
        """The charges or claims, each once, with their outcomes where these differ; without enhancements and what was
        replaced, if any other is left.
        """
        told = [one for one in self.charges if not one.minor] or list(self.charges)
        if len({one.badge.label for one in told}) > 1:
            return tuple(dict.fromkeys(f"{c.title} ({c.badge.label[:1].lower()}{c.badge.label[1:]})" for c in told))
        return tuple(dict.fromkeys(one.title for one in told))


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody else's part in a case, with the time they served."""

    name: str
    url: str
    role: str
    described_as: str = ""
    dates: str = ""
    represents: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation to another case, in words from this case's side; without ``url`` it is not in the record."""

    words: str
    caption: str
    url: str = ""
    court: str = ""


def caption_of(case: Case, *, drafts: bool = False) -> str:
    """The case's name, unless the record withholds the names in it."""
    return CAPTION_WITHHELD if case.visibility == Visibility.NAME_WITHHELD and not drafts else case.caption


def may_name(defendant: Defendant) -> bool:
    """Whether the public may read the defendant's name and open their page."""
    return defendant.visibility in NAMED and defendant.person.is_visible


def url_of(dossier: Dossier, defendant: Defendant) -> str:
    """The address of the person's page; empty when the public may not read the name."""
    if dossier.case.visibility == Visibility.NAME_WITHHELD or not may_name(defendant):
        return ""
    return defendant.person.get_absolute_url()


def status_badge(kind: CaseKind, status: CaseStatus) -> Badge:
    """A case's status, open or closed; it never takes the look of an outcome."""
    if kind is CaseKind.APPELLATE and status is CaseStatus.DISPOSED:
        return Badge("closed", "Appeal ended")
    if status is CaseStatus.UNKNOWN:
        return Badge("unknown", "Status not known")
    return Badge("pending" if status in OPEN else "closed", choices.label(status))


def finality_badge(finality: FinalityAnswer | Finality | None) -> Badge | None:
    """Whether a result can still change; nothing where nothing was decided or nothing is known."""
    value = finality.value if isinstance(finality, FinalityAnswer) else finality
    if value is None or value in (Finality.NOT_DISPOSED, Finality.UNKNOWN):
        return None
    return Badge("closed" if value in SETTLED else "pending", choices.label(value))


def charge_finality_badge(finality: FinalityAnswer | Finality | None, wording: str) -> Badge | None:
    """The same of one charge, as its ``wording`` says it: the bare word would say that it can not come back."""
    badge = finality_badge(finality)
    return Badge(badge.mark, FINAL_HERE.rstrip(".")) if badge is not None and wording.endswith(FINAL_HERE) else badge


def act_line(act: Act, *, civil: bool = False) -> ActLine:
    """An act of the case or of its appeal: where it stands on the case's own page, which lists both.

    An appeal's page is not linked: one of the two may withhold names that the other tells.
    """
    label = choices.label(act.kind) if act.category != "ruling" else "Ruling"
    if act.decision:
        label = f"{label}: {choices.label(act.decision).lower()}"
    return ActLine(act.on, of_a_claim(label, civil=civil), act.title, f"#act-{act.id}")


def lines(acts: Iterable[Act], *, civil: bool = False) -> tuple[ActLine, ...]:
    """The acts that an answer rests on, in its order."""
    return tuple(act_line(act, civil=civil) for act in acts)


def charge_card(dossier: Dossier, row: Charge, answer: ChargeAnswer) -> ChargeCard:
    """One charge with what has become of it, from the row's words and the law's answer."""
    brought = next((act for act in dossier.facts.acts if act.id == row.created_by_id), None)
    severity = row.get_severity_display() if row.severity != choices.Severity.UNKNOWN else ""
    facts = (
        row.get_instrument_display() if row.instrument else "",
        ", ".join(filter(None, (severity, row.degree))),
        row.get_applicability_display() if row.applicability != choices.Applicability.PRINCIPAL else "",
        f"covers {row.quantity} acts" if row.quantity > 1 else "",
    )
    relieved = {act.kind for act in answer.overlays}
    civil = dossier.case.kind == CaseKind.CIVIL
    enhanced = next((c for c in dossier.charges if c.pk == row.enhances_id), None)
    return ChargeCard(
        id=row.pk,
        title=row.title,
        count=row.count,
        badge=Badge(mark_of(answer.cls, answer.term), answer.label),
        finality=charge_finality_badge(answer.finality, answer.wording),
        wording=answer.wording,
        sentence=sentence_words(answer.sentence) if answer.sentence else "",
        statute=row.statute,
        facts=tuple(filter(None, facts)),
        brought=act_line(brought, civil=civil) if brought else None,
        because=lines(answer.reasons, civil=civil),
        void=lines(answer.void, civil=civil),
        minor=row.enhances_id is not None or answer.cls is ChargeClass.REPLACED,
        enhances=enhanced.title if enhanced else "",
        cls=answer.cls,
        term=answer.term,
        meaning=_meanings(dossier).get(answer.term, ""),
        relief=tuple(Badge("resolved", words.capitalize()) for kind, words in OVERLAYS.items() if kind in relieved),
    )


def _meanings(dossier: Dossier) -> dict[str, str]:
    """The plain sentence of each term that an act of the case, or of its appeal, gave."""
    given = (row for act in (*dossier.acts, *dossier.appeal_acts) for row in act.outcomes.all())
    return {row.disposition.slug: row.disposition.sentence for row in given}


def defendant_cards(dossier: Dossier, answer: CaseAnswer) -> tuple[DefendantCard, ...]:
    """The case's defendants as it names them; the sealed ones come last, as tombstones."""
    answers = {found.defendant.id: found for found in answer.defendants}
    known = _named_by(dossier, answer.as_of)
    shown = tuple(
        _card(dossier, row, answers[row.pk])
        for row in dossier.defendants
        if row.pk in answers and (dossier.drafts or row.pk in known or answers[row.pk].charges)
    )
    hidden = () if dossier.drafts else dossier.sealed_defendants
    extra = dossier.sealed_defendants if dossier.drafts else ()
    previewed = tuple(_card(dossier, row, answers[row.pk]) for row in extra if row.pk in answers)
    return shown + previewed + tuple(tombstone(row) for row in hidden)


def _named_by(dossier: Dossier, day: date) -> set[int]:
    """The defendants whom an act by ``day`` names: before that the record does not tell of them."""
    unsure = dossier.left_out(day)
    told = [event for event in dossier.acts if event.when.began_by(day) and event.pk not in unsure]
    return {row.pk for event in told for row in event.defendants.all()}


def _card(dossier: Dossier, row: Defendant, answer: DefendantAnswer) -> DefendantCard:
    rows = {charge.pk: charge for charge in dossier.charges}
    named = dossier.may_name(row)
    return DefendantCard(
        id=row.pk,
        name=dossier.name_of(row),
        url=url_of(dossier, row),
        role=row.described_as if named else "",
        wording=answer.wording,
        charges=tuple(charge_card(dossier, rows[a.charge.id], a) for a in answer.charges if a.charge.id in rows),
    )


def tombstone(row: Defendant) -> DefendantCard:
    """What may be said of a sealed defendant: that there is one, under which law, and since when."""
    on = day_words(row.sealed_on) if row.sealed_on else ""
    return DefendantCard(
        id=row.pk, name="Sealed", url="", role="", wording="", sealed_basis=row.sealed_basis, sealed_on=on, sealed=True
    )


def roles_on(home: Dossier | MatterDossier, day: date) -> tuple[tuple[Participant, Role], ...]:
    """The parts that an act by ``day`` shows in a case or a matter, in order. An end that came later is not told."""
    dossier = home if isinstance(home, Dossier) else None
    left_out = home.left_out(day)
    shown = (row for row in home.participants if row.shown_by.when.began_by(day) and row.shown_by_id not in left_out)
    return tuple((row, role_of(dossier, row, day, drafts=home.drafts)) for row in shown)


def role_of(dossier: Dossier | None, row: Participant, day: date, *, drafts: bool) -> Role:
    """Somebody's part in a case or matter, as this view may tell it on ``day``."""
    ended = row.ended_on if row.ended_on is not None and row.ended_on <= day else None
    reason = row.end_reason if ended is not None or row.ended_on is None else ""
    withheld_case = dossier is not None and dossier.case.visibility == Visibility.NAME_WITHHELD
    named = drafts or (row.person.is_visible and not withheld_case)
    represents = ""
    # A client whom no published act charges or names is not in the published view.
    if dossier is not None and row.represents_id in {client.pk for client in dossier.defendants}:
        represents = dossier.name_of(next(client for client in dossier.defendants if client.pk == row.represents_id))
    return Role(
        name=row.person.name if named else WITHHELD,
        url=row.person.get_absolute_url() if named and row.person.is_visible else "",
        role=row.get_role_display(),
        described_as=row.described_as if named else "",
        dates=_served(row.started_on, ended, reason),
        represents=represents,
    )


def _served(started: date | None, ended: date | None, reason: str) -> str:
    begun = f"from {day_words(started)}" if started else ""
    until = f"until {day_words(ended)}" if ended else ""
    words = " ".join(filter(None, (begun, until)))
    return f"{words} ({reason})" if words and reason else words or reason


def related_cases(dossier: Dossier, day: date, *, today: date) -> tuple[Related, ...]:
    """Relations in both directions, this case's own first; on a past day only to cases that had begun.

    Where one of two cases withholds its names, or that of somebody in both, and the other tells them, their relation
    is not told: it would give the names away.
    """
    withheld = dossier.case.visibility == Visibility.NAME_WITHHELD

    def may_tell(row: CaseRelation, other: Case | None) -> bool:
        if other is None:
            return True
        one_hides = (other.visibility == Visibility.NAME_WITHHELD) is not withheld
        if not dossier.drafts and (one_hides or vars(row)["gives_away"]):
            return False
        return day == today or (other.first_act_on is not None and other.first_act_on <= day)

    out = tuple(_outward(row, drafts=dossier.drafts) for row in dossier.relations if may_tell(row, row.target))
    return out + tuple(_inward(row, drafts=dossier.drafts) for row in dossier.relations_in if may_tell(row, row.case))


def _outward(row: CaseRelation, *, drafts: bool) -> Related:
    words = _OUTWARD.get(row.kind, choices.label(row.kind))
    if row.target is None:
        return Related(words, row.target_text)
    return _related(words, row.target, drafts=drafts)


def _inward(row: CaseRelation, *, drafts: bool) -> Related:
    return _related(_INWARD.get(row.kind, choices.label(row.kind)), row.case, drafts=drafts)


def _related(words: str, other: Case, *, drafts: bool) -> Related:
    court = ", ".join(filter(None, (other.court.short_name or other.court.name, other.docket_number)))
    return Related(words, caption_of(other, drafts=drafts), other.get_absolute_url(), court)

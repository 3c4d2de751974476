"""The page of one person: as stored, or for a past day derived from each case as its own page derives it.

Whose name is hidden today is hidden for every day; acts of which nobody can say that they had happened are left out.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cases.dossier import Dossier, MatterDossier, load_cases
from cases.law.dates import day_words
from cases.law.vocabulary import CaseKind
from cases.models import Case, Event, Matter, Participant
from cases.pages import AsOfForm
from cases.pages.case import imprecise_on, left_out_on
from cases.pages.parts import (
    ACCUSING,
    ActLine,
    DefendantCard,
    Role,
    caption_of,
    defendant_cards,
    finality_badge,
    roles_on,
    status_badge,
)
from cases.querysets import named_defendants, named_participants
from people.models import Person
from public.roles import PersonRole, RoleCharge, called, roles_of

AT_MOST = 60  # cases that one page derives; the page says so where there are more
LONG = 200  # roles: whoever has more, as a state has in the cases that it brings, is told of by the latest


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person's roles by the day that was asked for, and what is said of that day above them: the headlines of acts
    left out for want of a date, the acts that count although they may have come later; ``more``: there are more cases.
    """

    form: AsOfForm
    roles: list[PersonRole]
    left_out: tuple[str, ...] = ()
    imprecise: tuple[ActLine, ...] = ()
    more: bool = False

    @property
    def as_of(self) -> date:
        """The day the page is read at."""
        return self.form.day

    @property
    def as_of_words(self) -> str:
        """The same in words."""
        return day_words(self.as_of)

    @property
    def is_today(self) -> bool:
        """Whether it is the record as it stands."""
        return self.as_of == self.form.today


def page_of(person: Person, form: AsOfForm) -> PersonPage:
    """Return the page of ``person`` for the day that ``form`` asks for."""
    if form.day != form.today:
        return page_by(person, form)
    roles = roles_of([person], at_most=LONG + 1)[person.pk]
    return PersonPage(form, roles[:LONG], more=len(roles) > LONG)


def page_by(person: Person, form: AsOfForm) -> PersonPage:
    """Return the page of ``person`` by the past day that ``form`` asks for: accusations first, then by latest act."""
    day = form.day
    told, more = _cases_of(person)
    accused = set(named_defendants().filter(person=person, case__in=told).values_list("pk", flat=True))
    held = named_participants().filter(Q(case__in=told) | Q(matter__isnull=False), person=person)
    parts = {row.pk: row for row in held.select_related("shown_by", "matter")}
    found: list[tuple[tuple[int, int, str], PersonRole]] = []
    left_out: dict[str, None] = {}
    imprecise: dict[ActLine, None] = {}
    for dossier in load_cases(Case.objects.published().filter(pk__in=told)):
        roles = [*_accusations(dossier, accused, day), *_others(dossier, parts, day)]
        found += [(_order(dossier, rank, day), role) for rank, role in roles]
        left_out |= dict.fromkeys(left_out_on(dossier, day, today=form.today))
        if roles:
            imprecise |= dict.fromkeys(_on_page(line, dossier.case, day) for line in imprecise_on(dossier, day))
    for row in parts.values():
        found += [((3 if row.is_official else 2, 0, ""), one) for one in _in_matter(row, day)]
    told_of = [role for _, role in sorted(found, key=lambda pair: pair[0])]
    return PersonPage(form, told_of, tuple(left_out), tuple(imprecise), more)


def _cases_of(person: Person) -> tuple[list[int], bool]:
    """The ids of the person's cases, those with an accusation or a claim first, and whether there are too many."""
    accused = Case.objects.filter(pk__in=named_defendants().filter(person=person).values("case"))
    other = Case.objects.filter(pk__in=named_participants().filter(person=person).values("case"))
    found = list(accused.latest_first().values_list("pk", flat=True)[: AT_MOST + 1])
    found += other.exclude(pk__in=found).latest_first().values_list("pk", flat=True)[: AT_MOST + 1]
    return found[:AT_MOST], len(found) > AT_MOST


def _order(dossier: Dossier, rank: int, day: date) -> tuple[int, int, str]:
    latest = max((event.when.earliest for event in _done(dossier, day)), default=date.min)
    return (rank, -latest.toordinal(), dossier.case.slug)


def _done(dossier: Dossier, day: date) -> list[Event]:
    """The held acts of the case itself, with a date, that had begun by ``day``."""
    acts = [event for event in dossier.acts if event.occurrence == "held" and event.when.is_known]
    return [event for event in acts if event.when.began_by(day)]


def _accusations(dossier: Dossier, accused: set[int], day: date) -> list[tuple[int, PersonRole]]:
    kind = CaseKind(dossier.case.kind)
    cards = defendant_cards(dossier, dossier.answer(day))
    return [(0 if kind in ACCUSING else 1, _defendant(dossier, card, day)) for card in cards if card.id in accused]


def _defendant(dossier: Dossier, card: DefendantCard, day: date) -> PersonRole:
    kind, address = CaseKind(dossier.case.kind), _address(dossier.case, day)
    charges = tuple(
        RoleCharge(one.title, f"{address}#{one.anchor}", one.badge, one.finality, one.wording, one.minor)
        for one in card.charges
    )
    return _role(
        dossier, day, Role(card.name, "", called(kind), card.role), wording=card.wording, charges=charges, accused=True
    )


def _others(dossier: Dossier, parts: dict[int, Participant], day: date) -> list[tuple[int, PersonRole]]:
    shown = [(row, role) for row, role in roles_on(dossier, day) if row.pk in parts]
    return [(3 if row.is_official else 2, _role(dossier, day, role, party=not row.is_official)) for row, role in shown]


def _in_matter(row: Participant, day: date) -> list[PersonRole]:
    """The part in a matter, if the act that shows it had happened by ``day``."""
    if row.matter is None:
        return []
    matter: Matter = row.matter
    shown = roles_on(MatterDossier(matter, (), (row.shown_by,), (row,)), day)
    address = f"{matter.get_absolute_url()}?as_of={day.isoformat()}"
    return [
        PersonRole(role.role, matter.title, address, "", "", "", "Matter", described_as=role.described_as,
                   dates=role.dates, is_party=not row.is_official)
        for _, role in shown
    ]  # fmt: skip


def _role(
    dossier: Dossier,
    day: date,
    role: Role,
    *,
    wording: str = "",
    charges: tuple[RoleCharge, ...] = (),
    accused: bool = False,
    party: bool = False,
) -> PersonRole:
    case, kind, answer = dossier.case, CaseKind(dossier.case.kind), dossier.answer(day)
    years = sorted({event.when.earliest.year for event in _done(dossier, day)})
    return PersonRole(
        role=role.role,
        caption=caption_of(case),
        url=_address(case, day),
        court=case.court.name,
        docket_number=case.docket_number,
        years="–".join(str(year) for year in dict.fromkeys((years[0], years[-1]))) if years else "",
        kind=case.get_kind_display(),
        status=status_badge(kind, answer.status),
        finality=finality_badge(answer.finality),
        described_as=role.described_as,
        dates=role.dates,
        represents=role.represents,
        wording=wording,
        charges=charges,
        is_defendant=accused,
        is_accused=accused and kind in ACCUSING,
        is_party=party,
    )


def _address(case: Case, day: date) -> str:
    return f"{case.get_absolute_url()}?as_of={day.isoformat()}"


def _on_page(line: ActLine, case: Case, day: date) -> ActLine:
    return ActLine(line.when, line.label, line.title, f"{_address(case, day)}{line.href}")

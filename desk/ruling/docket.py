"""What the screen knows of a case before anything is typed: where an act of it may stand, charges, people, sources."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q

from cases.choices import OfficialRole, PartyRole
from cases.dossier import APPEALS, Dossier, load_cases
from cases.law.answers import ChargeAnswer
from cases.models import Case, CaseRelation, Charge, Defendant, Event, Participant, Source
from desk.ruling.kinds import JUDGES, Kind
from desk.sourcing import labelled, sources_near
from people.models import Person

MANY = 100  # rows that one list of the screen offers beyond those of the case
_FILERS = (
    PartyRole.PROSECUTING_PARTY, OfficialRole.PROSECUTOR, OfficialRole.SPECIAL_PROSECUTOR, PartyRole.PLAINTIFF,
    PartyRole.PETITIONER, PartyRole.RESPONDENT, PartyRole.APPELLANT, PartyRole.APPELLEE,
)  # fmt: skip


@dataclass
class Docket:
    """A case, the appeals of it and what it is an appeal of, with their records, drafts included.

    ``beyond`` are the ids of further cases that what is entered here bears on: whose charges are brought again.
    """

    case: Case
    today: date
    beyond: tuple[int, ...] = ()
    _entered: dict[int, Dossier] = field(default_factory=dict, repr=False)
    _public: dict[int, Dossier] | None = field(default=None, repr=False)

    @cached_property
    def relations(self) -> list[CaseRelation]:
        """The appeals among these cases, as directed relations."""
        near = Q(case=self.case) | Q(target=self.case)
        rows = CaseRelation.objects.filter(near, kind__in=APPEALS, target__isnull=False)
        return list(rows.select_related("case__court", "target__court").order_by("pk"))

    @cached_property
    def places(self) -> list[Case]:
        """The cases in which an act entered here may stand: this one, its appeals, and what it is an appeal of."""
        found = {self.case.pk: self.case}
        for relation in self.relations:
            for case in (relation.case, relation.target):
                if case is not None:
                    found.setdefault(case.pk, case)
        return list(found.values())

    def default_place(self, kind: Kind | None) -> Case:
        """Return where an act most likely stands: a court of appeal decides in the only appeal there is."""
        if kind is not None and kind.category == "appellate":
            appeals = {relation.case_id for relation in self.relations if relation.target_id == self.case.pk}
            if len(appeals) == 1:
                return next(case for case in self.places if case.pk in appeals)
        return self.case

    def acted_on(self, place: Case) -> list[int]:
        """Return the ids of the cases whose charges an act of ``place`` may decide about, its own first."""
        appealed = [r.target_id for r in self.relations if r.case_id == place.pk and r.target_id is not None]
        return [place.pk, *dict.fromkeys(appealed)]

    # --- the records ---------------------------------------------------------------------------------------------

    @property
    def entered(self) -> dict[int, Dossier]:
        """The records of all these cases by id, with everything that is entered."""
        if not self._entered:
            rows = Case.objects.filter(pk__in=self._near)
            self._entered = {found.case.pk: found for found in load_cases(rows, drafts=True)}
        return self._entered

    @property
    def public(self) -> dict[int, Dossier]:
        """The same as the public may read it; without those that are not public, or sealed."""
        if self._public is None:
            rows = Case.objects.listed().filter(pk__in=self._near)
            self._public = {found.case.pk: found for found in load_cases(rows)}
        return self._public

    @property
    def _near(self) -> list[int]:
        return [*(case.pk for case in self.places), *self.beyond]

    @cached_property
    def charges(self) -> dict[int, tuple[Case, Defendant, Charge]]:
        """Every charge of these cases by id, in the order in which they are told."""
        found = {}
        for record in self.entered.values():
            defendants = {row.pk: row for row in record.defendants}
            rows = [row for row in record.charges if row.defendant_id in defendants]
            rows.sort(key=lambda row: _place_of(row, defendants[row.defendant_id]))
            found.update({row.pk: (record.case, defendants[row.defendant_id], row) for row in rows})
        return found

    def charges_at(self, place: Case) -> list[tuple[Case, Defendant, Charge]]:
        """Return the charges that an act of ``place`` may decide about, its own case's first."""
        order = self.acted_on(place)
        rows = [row for row in self.charges.values() if row[0].pk in order]
        return sorted(rows, key=lambda row: order.index(row[0].pk))

    def standing(self, charge: Charge, day: date) -> ChargeAnswer | None:
        """Return where a charge stands on ``day`` with everything that is entered; None before it was brought."""
        case = self.charges[charge.pk][0]
        return self.entered[case.pk].answer(day).charge(charge.pk)

    def defendants_at(self, place: Case) -> list[Defendant]:
        """Return whom an act of ``place`` may concern."""
        cases = [self.entered[pk] for pk in self.acted_on(place) if pk in self.entered]
        return [row for record in cases for row in record.defendants]

    def acts_at(self, place: Case) -> list[Event]:
        """Return the earlier acts that one of ``place`` may reverse, the latest first."""
        cases = [self.entered[pk] for pk in self.acted_on(place) if pk in self.entered]
        rows = [row for record in cases for row in record.acts if row.occurrence == "held"]
        return sorted(rows, key=lambda row: (row.when.earliest, row.pk), reverse=True)

    # --- people and sources --------------------------------------------------------------------------------------

    @cached_property
    def participants(self) -> list[Participant]:
        """Everybody with a part in these cases, or in their matter, besides those accused."""
        where = Q(case__in=[case.pk for case in self.places])
        if self.case.matter_id is not None:
            where |= Q(matter=self.case.matter_id)
        return list(Participant.objects.filter(where).select_related("person").order_by("person__sort_name", "pk"))

    def judges(self, place: Case) -> list[Person]:
        """Return the judges of ``place``, then those of the other cases here."""
        rows = [row for row in self.participants if row.role in JUDGES]
        rows.sort(key=lambda row: row.case_id != place.pk)
        return list(dict.fromkeys(row.person for row in rows))

    def judges_nearby(self, place: Case) -> list[Person]:
        """Return those who are judges in other cases of the same court."""
        rows = Participant.objects.filter(role__in=JUDGES, case__court=place.court_id)
        people = Person.objects.filter(pk__in=rows.values("person")).order_by("sort_name", "pk")
        return list(people.exclude(pk__in=[person.pk for person in self.judges(place)])[:MANY])

    def parties(self) -> list[Person]:
        """Return who may file something: the prosecution and other parties, then those accused or sued."""
        rows = [row for row in self.participants if row.role in _FILERS]
        rows.sort(key=lambda row: _FILERS.index(row.role))
        return list(dict.fromkeys([*(row.person for row in rows), *self.accused()]))

    def accused(self) -> list[Person]:
        """Return those accused or sued in these cases."""
        return list(dict.fromkeys(row.person for record in self.entered.values() for row in record.defendants))

    def others(self) -> list[Person]:
        """Return everybody else with a part here."""
        return list(dict.fromkeys(row.person for row in self.participants))

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources that are offered, by what stands for each in the list."""
        return labelled(sources_near([case.pk for case in self.places], self.case.matter_id))


def _place_of(charge: Charge, defendant: Defendant) -> tuple[int, str, int, bool, int, str, int]:
    who = (defendant.position, defendant.person.sort_name, defendant.pk)
    return (*who, charge.enhances_id is not None, charge.count or 0, charge.title, charge.pk)


def find_case(typed: str) -> Case | None:
    """Return the case with an id as it stands in an address; None for whatever else is typed."""
    if not typed.isdecimal() or not typed.isascii() or len(typed) > 18:
        return None
    return Case.objects.filter(pk=int(typed)).select_related("court__jurisdiction", "matter").first()


def find_hearing(typed: str) -> Event | None:
    """Return the hearing with an id as it stands in an address; None for whatever else is typed."""
    if not typed.isdecimal() or not typed.isascii() or len(typed) > 18:
        return None
    rows = Event.objects.filter(pk=int(typed), case__isnull=False)
    return rows.select_related("case__court__jurisdiction", "case__matter", "actor").first()

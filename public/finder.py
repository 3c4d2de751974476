"""The search for people: what may be asked, and the page that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.core.validators import validate_slug
from django.db.models import Q

from cases import choices
from cases.filters import EARLIEST_YEAR, LATEST_YEAR, WordsForm
from cases.finding import ANYBODY, DEFENDANT, Asked, FacetValue, find_people, still_public, suggest_people
from people.choices import NameKind
from people.models import Namesake, Person
from people.search import Hit, How
from public.roles import PersonRole, roles_of

A_PAGE = 20
EMPTY = ("", "")
ROLES = [("", "Defendants"), (DEFENDANT, "Defendants"), (ANYBODY, "Any role"),
         *((role, label) for _, group in choices.PARTICIPANT_ROLES for role, label in group)]  # fmt: skip
ALSO = {
    NameKind.ALIAS: "also known as",
    NameKind.FULL: "full name",
    NameKind.FORMER: "formerly",
    NameKind.TRANSLITERATION: "also written",
}
WHY = {
    How.NICKNAME: "a form of the same given name",
    How.BEGINNING: "the name begins so",
    How.INITIAL: "the same initial",
    How.ONE_EDIT: "spelt alike",
    How.TWO_EDITS: "spelt alike",
    How.MISSING: "part of the name",
}


class FinderForm(WordsForm):
    """A name, and filters on the roles of whoever is found."""

    role = forms.ChoiceField(required=False, choices=ROLES, label="Role")
    court = forms.CharField(required=False, max_length=120, validators=[validate_slug], label="Court")
    outcome = forms.ChoiceField(required=False, choices=[EMPTY, *choices.CHARGE_CLASSES], label="Outcome of a charge")
    status = forms.ChoiceField(required=False, choices=[EMPTY, *choices.CASE_STATUSES], label="Status of the case")
    year = forms.IntegerField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, label="Year")

    def asked(self) -> Asked:
        """What is asked; only for a valid form."""
        given = self.cleaned_data
        return Asked(
            given["q"], given["role"] or DEFENDANT, given["court"], given["outcome"], given["status"], given["year"]
        )


@dataclass(frozen=True, slots=True)
class PersonHit:
    """One person found: why, with which roles, and who else is not the same person."""

    person: Person
    roles: list[PersonRole]
    why: str
    not_the_same: tuple[Namesake, ...]


@dataclass(frozen=True, slots=True)
class Finder:
    """The answer to one search. ``others``: nobody is a defendant by that name, these have another role.

    ``elsewhere``: besides the defendants listed, others of that name have another role.
    """

    page: Page
    people: list[PersonHit]
    facets: dict[str, list[FacetValue]]
    more: bool
    nearest: bool
    others: bool
    counted: int
    elsewhere: bool
    narrowed: bool


def find_page(asked: Asked, number: int, *, role_chosen: bool) -> Finder:
    """Return one page of who is found. Unless a role was chosen, others are shown where there is no defendant."""
    findings = find_people(asked)
    others = False
    if not role_chosen and not asked.narrowed and (findings.nearest or not findings.hits):
        anybody = find_people(Asked(asked.typed, ANYBODY))
        if anybody.hits and not anybody.nearest:
            findings, others = anybody, True
    page, people = _shown(findings.hits, number)
    told = (findings.facets, findings.more, findings.nearest, others, findings.counted)
    elsewhere = not role_chosen and not others and any(role.value != DEFENDANT for role in findings.facets["role"])
    return Finder(page, people, *told, elsewhere, asked.narrowed)


def suggestions(typed: str) -> list[str]:
    """The names of the first few persons with a published role for what is typed so far."""
    hits = suggest_people(typed, role=ANYBODY)
    public = still_public(hits)
    return list(dict.fromkeys(hit.text for hit in hits if hit.person_id in public))


def _shown(hits: Sequence[Hit], number: int) -> tuple[Page, list[PersonHit]]:
    """One page, of whom each has a public role at this moment. Should one not, all are asked about anew."""
    page = Paginator(hits, A_PAGE).get_page(number)
    people = Person.objects.visible().in_bulk([hit.person_id for hit in page])
    roles = roles_of(people.values())
    if not all(roles.get(hit.person_id) for hit in page):
        public = still_public(hits)
        page = Paginator([hit for hit in hits if hit.person_id in public], A_PAGE).get_page(number)
        people = {hit.person_id: public[hit.person_id] for hit in page}
        roles = roles_of(people.values())
    apart = _namesakes(people)
    return page, [
        PersonHit(people[hit.person_id], roles[hit.person_id], why(hit), tuple(apart.get(hit.person_id, ())))
        for hit in page
        if hit.person_id in people
    ]


def why(hit: Hit) -> str:
    """Say which other name matched, and in what way it is not exactly what was typed."""
    also = f"{ALSO[NameKind(hit.kind)]} {hit.text}" if hit.kind else ""
    return ", ".join(filter(None, (also, WHY.get(hit.how, ""))))


def _namesakes(people: dict[int, Person]) -> dict[int, list[Namesake]]:
    """Of whom an editor has said that they are not one of ``people``, if both are public."""
    said = Namesake.objects.filter(Q(person__in=people) | Q(other__in=people)).select_related("person", "other")
    rows = [row for row in said.order_by("pk") if row.person.is_visible and row.other.is_visible]
    public = roles_of([end for row in rows for end in (row.person, row.other)])
    found: dict[int, list[Namesake]] = {}
    for row in rows:
        for one, other in ((row.person, row.other), (row.other, row.person)):
            if one.pk in people and public.get(other.pk):
                found.setdefault(one.pk, []).append(Namesake(person=one, other=other, note=row.note))
    return found

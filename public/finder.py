"""The search for people: what may be asked, and the page that answers it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from django import forms
from django.core.paginator import Page, Paginator
from django.core.validators import validate_slug
from django.db.models import Q

from cases import choices
from cases.filters import EARLIEST_YEAR, LATEST_YEAR, WordsForm
from cases.finding import ANYBODY, DEFENDANT, Asked, FacetValue, find_people, still_public, suggest_people
from people.choices import NameKind
from people.models import Namesake, Person
from people.names import tokens
from people.search import Hit, How
from public.elsewhere import Elsewhere, found_elsewhere
from public.roles import PersonRole, roles_of

A_PAGE = 20
ALSO_NAMED = 4  # persons with another part who are named above the defendants
TELLING, LIKE = 3, 0.7  # letters of a word that tells somebody; how alike two words are, of 1
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
    shares_its_name: bool = False  # with another on the page, of whom nobody has said that they are two


@dataclass(frozen=True, slots=True)
class Finder:
    """The answer to one search. ``others``: nobody is a defendant by that name, these have another role.

    ``elsewhere``: besides the defendants listed, others of that name have another role; ``also`` are the first of them.
    ``only_alike``: nobody's name
    is as it was typed, all are spelt alike. ``meant``: what else the words may mean, where nobody goes by them.
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
    also: tuple[Person, ...] = ()
    only_alike: bool = False
    meant: Elsewhere | None = None


def find_page(asked: Asked, number: int, *, role_chosen: bool) -> Finder:
    """Return one page of who is found. Unless a role was chosen, others are shown where there is no defendant."""
    findings = find_people(asked)
    others = False
    if not role_chosen and not asked.narrowed and (findings.nearest or _only_alike(findings.hits)):
        anybody = find_people(Asked(asked.typed, ANYBODY), with_facets=False)
        surer = findings.nearest or not findings.hits or not _only_alike(anybody.hits)
        if anybody.hits and not anybody.nearest and surer:
            findings, others = find_people(Asked(asked.typed, ANYBODY)), True
    if findings.nearest:
        near = [hit for hit in findings.hits if is_near(asked.typed, hit)]
        findings = replace(findings, hits=near, facets=findings.facets if asked.narrowed else {})
    page, people = _shown(findings.hits, number)
    nobody = findings.nearest or not findings.hits
    told = (findings.facets, findings.more, findings.nearest, others, findings.counted)
    other_roles = any(role.value != DEFENDANT for role in findings.facets.get("role", ()))  # those of defendants too
    elsewhere = not role_chosen and not others and bool(findings.beside) and other_roles
    also = _also(findings.beside) if elsewhere and not nobody else ()
    meant = found_elsewhere(asked.typed) if nobody and not asked.narrowed else None
    return Finder(page, people, *told, elsewhere, asked.narrowed, also, _only_alike(findings.hits), meant)


def _also(beside: Sequence[Hit]) -> tuple[Person, ...]:
    """The first few of those with another role whose name is as it was typed."""
    named = [hit for hit in beside if hit.how < How.ONE_EDIT][:ALSO_NAMED]
    public = still_public(named) if named else {}
    return tuple(public[hit.person_id] for hit in named if hit.person_id in public)


def _only_alike(hits: Sequence[Hit]) -> bool:
    """Whether nobody's name is as it was typed; so it is where nobody was found."""
    return all(hit.how >= How.ONE_EDIT for hit in hits)


def is_near(typed: str, hit: Hit) -> bool:
    """Whether a word of the name is like a typed one: to share an initial makes nobody the nearest name."""
    words = [word for word in tokens(typed) if len(word) >= TELLING]
    return any(get_close_matches(word, tokens(hit.text), n=1, cutoff=LIKE) for word in words)


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
    names = Counter(people[hit.person_id].sort_name for hit in page if hit.person_id in people)
    return page, [
        PersonHit(
            people[hit.person_id],
            roles[hit.person_id],
            why(hit),
            tuple(apart.get(hit.person_id, ())),
            names[people[hit.person_id].sort_name] > 1 and hit.person_id not in apart,
        )
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

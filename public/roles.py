"""Who a person is in each case: accused, sued, party to an appeal, victim, judge, counsel; never one for another.

Only the accused carry the outcomes of charges. Everything is read from what the public may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from cases import choices
from cases.checking import bring_up_to_date
from cases.choices import Editorial
from cases.law.civil import of_a_claim
from cases.law.dates import day_words
from cases.law.vocabulary import CaseKind, ChargeClass, Finality
from cases.models import Case, Charge, Defendant, Disposition, Event, Participant
from cases.pages.parts import ACCUSING, WITHHELD, Badge, caption_of, charge_finality_badge, may_name
from cases.querysets import (
    kept_defendants,
    nameable_defendants,
    named_defendants,
    named_participants,
    published_defendants,
)
from cases.timeline import mark_of
from people.choices import Visibility
from people.models import Person, Standing
from people.querysets import PersonQuerySet
from public.lists import badges_of, years_of


@dataclass(frozen=True, slots=True)
class RoleCharge:
    """A charge or claim against the person, with its outcome."""

    title: str
    url: str
    badge: Badge
    finality: Badge | None
    wording: str
    minor: bool


@dataclass(frozen=True, slots=True)
class PersonRole:
    """One role of one person. ``wording`` and ``charges`` are filled for defendants only."""

    role: str
    caption: str
    url: str
    court: str
    docket_number: str
    years: str
    kind: str
    status: Badge | None = None
    finality: Badge | None = None
    described_as: str = ""
    dates: str = ""
    represents: str = ""
    wording: str = ""
    charges: tuple[RoleCharge, ...] = ()
    is_defendant: bool = False
    is_accused: bool = False
    is_party: bool = False
    noindex: bool = False


def people_with_roles() -> PersonQuerySet:
    """Persons who have a page: they hold a role that a published act shows, under a name that is not withheld."""
    accused = named_defendants().filter(person=OuterRef("pk"))
    others = named_participants().filter(person=OuterRef("pk"))
    return Person.objects.visible().filter(Q(Exists(accused)) | Q(Exists(others)))


def people_by_name() -> PersonQuerySet:
    """The same persons as the record last noted them, in order: to look through the cases of everybody takes too long.

    Whoever lists them leaves out those who have no role all the same (``roles_of``).
    """
    return Person.objects.visible().filter(derived_standing__gt=Standing.NOTHING).by_name()


def roles_of(people: Iterable[Person], *, at_most: int | None = None) -> dict[int, list[PersonRole]]:
    """The roles of each person, the accusations first, then by the case's latest act. At most eight queries, five if
    nobody has another role than that of a defendant and no name is kept back.

    ``at_most`` is for one person who may have very many: so many as a defendant, and so many others, the latest.
    """
    ids = [person.pk for person in people]
    if not ids:
        return {}
    found: dict[int, list[tuple[tuple[int, int, str], PersonRole]]] = {pk: [] for pk in ids}
    accused, charges = _accused(ids, at_most)
    parts = _other_parts(ids, at_most)
    held: list[Defendant | Participant] = [*accused, *parts]
    cases = [row.case for row in held if row.case is not None]
    kept_back = _kept_back({case.pk for case in cases})
    charged = [charge for row in accused for charge in charges.get(row.pk, ())]
    labels = dict(
        Disposition.objects.filter(slug__in={one.derived_term for one in charged}).values_list("slug", "label")
    )
    bring_up_to_date(cases, *accused, *charged, on=localdate())
    for row in accused:
        role = _defendant_role(row, charges.get(row.pk, []), labels, kept_back)
        found[row.person_id].append((_order(0 if role.is_accused else 1, row.case), role))
    for part in parts:
        found[part.person_id].append((_order(3 if part.is_official else 2, part.case), _other_role(part, kept_back)))
    return {pk: [role for _, role in sorted(rows, key=lambda pair: pair[0])] for pk, rows in found.items()}


def _accused(persons: list[int], at_most: int | None) -> tuple[list[Defendant], dict[int, list[Charge]]]:
    """The defendants among these persons whom the public may read by name, and the published charges against each.

    As ``named_defendants``, but in narrow questions: mostly it is the charges that tell of a defendant.
    """
    roles = nameable_defendants() if at_most is None else named_defendants()
    rows = _latest(roles.filter(person__in=persons).select_related("case__court", "person"), at_most)
    charges = _charges(rows)
    others = [row.pk for row in rows if row.pk not in charges]
    named = Event.objects.published().filter(defendants__in=others) if others else Event.objects.none()
    told = charges.keys() | set(named.values_list("defendants", flat=True))
    return [row for row in rows if row.pk in told], charges


def _other_parts(persons: list[int], at_most: int | None) -> list[Participant]:
    """The other published roles of these persons. Few have any, so that is asked first."""
    have = set(Participant.objects.filter(person__in=persons).values_list("person_id", flat=True))
    if not have:
        return []
    client_told = Exists(published_defendants().filter(pk=OuterRef("represents")))
    parts = named_participants().filter(person__in=have).annotate(client_told=client_told)
    return _latest(parts.select_related("case__court", "matter", "represents__person"), at_most)


def _latest(roles: QuerySet, at_most: int | None) -> list[Any]:
    """All of the roles, or so many whose case has the latest acts."""
    if at_most is None:
        return list(roles)
    return list(roles.order_by(F("case__latest_act_on").desc(nulls_last=True), "case__slug", "pk")[:at_most])


def _kept_back(cases: set[int]) -> set[int]:
    """In which of these cases anybody is to be kept out of search engines, or hidden (``kept_defendants``)."""
    public = Visibility.PUBLIC
    hidden = Defendant.objects.filter(case__in=cases).exclude(visibility=public, person__visibility=public)
    where = set(hidden.values_list("case_id", flat=True))
    return set(kept_defendants().filter(case__in=where).values_list("case_id", flat=True)) if where else set()


def _order(rank: int, case: Case | None) -> tuple[int, int, str]:
    latest = case.latest_act_on if case is not None else None
    return (rank, -latest.toordinal() if latest else 0, case.slug if case is not None else "")


def _charges(accused: list[Defendant]) -> dict[int, list[Charge]]:
    """The published charges against defendants whom the public may read."""
    found: dict[int, list[Charge]] = {}
    rows = Charge.objects.filter(defendant__in=accused, created_by__editorial_state=Editorial.PUBLISHED)
    for charge in rows.order_by("created_by__on", "count", "pk"):
        found.setdefault(charge.defendant_id, []).append(charge)
    return found


def _defendant_role(row: Defendant, charges: list[Charge], labels: dict[str, str], kept_back: set[int]) -> PersonRole:
    case, kind = row.case, CaseKind(row.case.kind)
    return PersonRole(
        role=called(kind),
        described_as=row.described_as,
        wording=row.derived_wording,
        charges=tuple(_charge(case, charge, labels) for charge in charges),
        is_defendant=True,
        is_accused=kind in ACCUSING,
        **_in_case(case, kept_back),
    )


def _in_case(case: Case, kept_back: set[int]) -> dict[str, Any]:
    """What is shown of the case of a role, and whether search engines are to pass it over."""
    status, finality = badges_of(case)
    return {
        "caption": caption_of(case),
        "url": case.get_absolute_url(),
        "court": case.court.name,
        "docket_number": case.docket_number,
        "years": years_of(case),
        "kind": case.get_kind_display(),
        "status": status,
        "finality": finality,
        "noindex": case.visibility != Visibility.PUBLIC or case.pk in kept_back,
    }


def called(kind: CaseKind) -> str:
    """What somebody is whom a case of this kind is brought against."""
    if kind in ACCUSING:
        return f"Defendant in a {choices.label(kind).lower()} case"
    if kind is CaseKind.APPELLATE:
        return "Party to an appeal"
    return "Defendant in a civil suit (sued, not accused of a crime)" if kind is CaseKind.CIVIL else "Party"


def _charge(case: Case, charge: Charge, labels: dict[str, str]) -> RoleCharge:
    term = charge.derived_term
    civil = case.kind == CaseKind.CIVIL
    label = of_a_claim(labels.get(term) or choices.label(term or "unknown"), civil=civil)
    if term == "filed" and civil:
        label = "Claim filed"
    return RoleCharge(
        title=charge.title,
        url=f"{case.get_absolute_url()}#charge-{charge.pk}",
        badge=Badge(mark_of(ChargeClass(charge.derived_class), term), label),
        finality=charge_finality_badge(
            Finality(charge.derived_finality) if charge.derived_finality else None, charge.derived_wording
        ),
        wording=charge.derived_wording,
        minor=charge.enhances_id is not None or charge.derived_class == ChargeClass.REPLACED,
    )


def _other_role(part: Participant, kept_back: set[int]) -> PersonRole:
    case = part.case
    begun = f"from {day_words(part.started_on)}" if part.started_on else ""
    until = f"until {day_words(part.ended_on)}" if part.ended_on else ""
    dates = " ".join(filter(None, (begun, until)))
    if part.end_reason:
        dates = f"{dates} ({part.end_reason})".strip()
    shared = {
        "role": part.get_role_display(),
        "described_as": part.described_as,
        "dates": dates,
        "represents": _client(part),
        "is_party": not part.is_official,
    }
    if case is None:
        matter = part.matter
        title, url = (matter.title, matter.get_absolute_url()) if matter else ("", "")
        return PersonRole(caption=title, url=url, court="", docket_number="", years="", kind="Matter", **shared)
    return PersonRole(**_in_case(case, kept_back), **shared)


def _client(part: Participant) -> str:
    if part.represents is None or not vars(part)["client_told"]:
        return ""
    return part.represents.person.name if may_name(part.represents) else WITHHELD

"""What our pages say of a case, a matter or a person, line by line, by keys that hold on every day.

A matter and a case have a page of their own. Of a person it is what those pages say: their own only gathers that.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from cases.dossier import load_case, load_matter
from cases.models import Case, Matter
from cases.pages import CasePage, MatterPage, case_page, matter_page
from cases.pages.parts import Role
from people.models import Person

Said = tuple[str, str]  # a label, and the words


def case_then(pk: int, asked: Mapping[str, Any], *, today: date) -> CasePage | None:
    """Return the page of a case as the record now read has it; None if it is not public there."""
    slug = Case.objects.filter(pk=pk).values_list("slug", flat=True).first()
    dossier = load_case(slug) if slug else None
    return case_page(dossier, asked, today=today) if dossier is not None else None


def matter_then(pk: int, asked: Mapping[str, Any], *, today: date) -> MatterPage | None:
    """Return the page of a matter as the record now read has it; None if it is not public there."""
    slug = Matter.objects.filter(pk=pk).values_list("slug", flat=True).first()
    dossier = load_matter(slug) if slug else None
    return matter_page(dossier, asked, today=today) if dossier is not None else None


def said_of_case(pk: int, asked: Mapping[str, Any], *, today: date) -> dict[str, Said] | None:
    """Return what the page of a case says: the case, each defendant, each charge, and the acts listed."""
    page = case_then(pk, asked, today=today)
    if page is None:
        return None
    found = {
        "caption": ("The case’s name", page.caption),
        "status": ("Status", page.status.label if page.status else ""),
        "finality": ("Finality", page.finality.label if page.finality else ""),
        "wording": ("In words", page.wording),
    }
    for card in page.defendants:
        found[f"defendant {card.id}"] = (card.name, card.wording)
        for charge in card.charges:
            title = f"Count {charge.count}: {charge.title}" if charge.count else charge.title
            found[f"charge {charge.id}"] = (f"A charge against {card.name}", f"{title}. {charge.wording}")
    return found | _acts(page.record)


def said_of_matter(pk: int, asked: Mapping[str, Any], *, today: date) -> dict[str, Said] | None:
    """Return what the page of a matter says; None if it is not public."""
    page = matter_then(pk, asked, today=today)
    if page is None:
        return None
    matter = page.dossier.matter
    found = {"title": ("The matter’s title", matter.title), "summary": ("Its summary", matter.summary)}
    for brief in (*page.cases, *page.linked):
        words = ". ".join(filter(None, (brief.status.label, brief.wording)))
        found[f"case {brief.url}"] = (f"Case: {brief.caption}", words)
    for one in page.accused:
        for part in one.cases:
            for charge in part.card.charges:
                found[f"charge {charge.id}"] = (f"A charge against {one.name}", f"{charge.title}. {charge.wording}")
    return found | _acts(page.record)


def _acts(record: Any) -> dict[str, Said]:
    """Return the acts that a page lists; none where it has no record to show."""
    years = record.years if record else ()
    lines = [*(line for year in years for line in year.lines), *(record.undated if record else ())]
    return {f"act {line.entry.id}": (f"Act of {line.entry.when}", line.entry.title) for line in lines}


def said_of_person(pk: int, asked: Mapping[str, Any], *, today: date) -> dict[str, Said] | None:
    """Return what our pages say of a person; None where none of them names them."""
    person = Person.objects.filter(pk=pk).first()
    if person is None or not person.is_visible:
        return None
    url = person.get_absolute_url()
    parts: dict[str, Said] = {}
    for case in Case.objects.listed().filter(has_part(person)).distinct().order_by("pk"):
        dossier = load_case(case.slug)
        if dossier is not None:
            parts |= _in_case(case_page(dossier, asked, today=today), url)
    for matter in Matter.objects.published().filter(participants__person=person).distinct().order_by("pk"):
        of_matter = matter_then(matter.pk, asked, today=today)
        if of_matter is not None:
            parts |= _roles(of_matter.people, url, f"matter {matter.pk}", str(matter))
    if not parts:
        return None
    others = ", ".join(person.names.order_by("folded", "pk").values_list("text", flat=True))
    return {
        "name": ("The name", person.name),
        "described as": ("Described as", person.described_as),
        "others": ("Other names", others),
        **parts,
    }


def has_part(person: Person) -> Q:
    """Return the cases in which a person is accused or has a role."""
    return Q(defendants__person=person) | Q(participants__person=person)


def _in_case(page: CasePage, url: str) -> dict[str, Said]:
    """Return what the page of a case says of whom it leads to at ``url``: their standing, charges and roles."""
    found: dict[str, Said] = {}
    for card in page.defendants:
        if card.url == url:
            found[f"defendant {card.id}"] = (f"{page.caption}: {card.role}", card.wording)
            for charge in card.charges:
                found[f"charge {charge.id}"] = (f"{page.caption}: a charge", f"{charge.title}. {charge.wording}")
    return found | _roles((*page.officials, *page.parties), url, f"case {page.dossier.case.pk}", page.caption)


def _roles(roles: Iterable[Role], url: str, where: str, caption: str) -> dict[str, Said]:
    return {
        f"{where} {one.role}": (caption, ", ".join(filter(None, (one.role, one.described_as, one.dates))))
        for one in roles
        if one.url == url
    }

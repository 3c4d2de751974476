"""What waits for one person: for review, for a second look, assigned, sent back, begun."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse

from cases import editing, guard
from cases.choices import Editorial
from cases.models import Case, Event, Matter
from desk.publishing import CONFIRM, Publishable, line_of, names_of, unseen_words
from desk.queue.looks import looks_for
from desk.queue.rows import A_LIST, Section, row_of

_LISTS = {Event: "cases_event", Case: "cases_case", Matter: "cases_matter"}


def waiting_for(by: User) -> list[Section]:
    """Return the lists of what waits for somebody; those that are empty are left out."""
    found = [one for one in map(_look, _questions(by)) if one.things]
    guarded = [thing for one in found if one.asked.guarded for thing in one.things]
    items = guard.items_of(guarded) if guarded else {}
    several = {pk for one in found for thing in one.things if len(thing.writers) > 1 for pk in thing.writers}
    names = names_of(several) if several else {}
    sections = [_section(one, items, names) for one in found]
    looks = looks_for(by) if by.has_perm(editing.PUBLISH) else None
    return [*sections, *([looks] if looks is not None else [])]


@dataclass(frozen=True, slots=True)
class _Question:
    """One list: what is on it, and how the list of all of it is asked for."""

    heading: str
    which: Q
    query: str
    guarded: bool = False
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """The first things on a list, and how many there are."""

    asked: _Question
    things: tuple[Publishable, ...]
    total: int


def _questions(by: User) -> Iterator[_Question]:
    edits, own = by.has_perm(editing.PUBLISH), by.has_perm(editing.PUBLISH_OWN)
    mine = Q(changed_by=by)
    others = Q() if own else ~Q(writers__contains=[by.pk])
    in_review, draft = Q(editorial_state=Editorial.IN_REVIEW), Q(editorial_state=Editorial.DRAFT)
    published = Q(editorial_state=Editorial.PUBLISHED)
    yield _Question("Assigned to you", ~published & Q(assigned_to=by), "assigned=me", guarded=edits)
    asked = "editorial_state__exact=in_review"
    if edits:
        heading = "Changed after publication, and not seen by a second person"  # readers read it already
        yield _Question(heading, published & ~Q(unseen="") & others, "second=unseen", confirm=True)
        yield _Question("To review", in_review & others & ~Q(assigned_to=by), asked, guarded=True)
    else:
        yield _Question("Yours, in review", in_review & Q(submitted_by=by), asked)
    back = draft & Q(sent_back_by__isnull=False) & (mine | Q(submitted_by=by))
    yield _Question("Sent back to you", back, "second=sent_back")
    drafts = draft & Q(sent_back_by__isnull=True) & mine
    yield _Question("Your drafts", drafts, "editorial_state__exact=draft&writer=me")


def _look(asked: _Question) -> _Found:
    things: list[Publishable] = []
    total = 0
    for model in (Event, Case, Matter):
        of_one = model._base_manager.filter(asked.which)
        count = of_one.count()
        total += count
        if count and len(things) < A_LIST:
            loaded = of_one.select_related("changed_by", "submitted_by", "sent_back_by", *_home(model))
            things += list(loaded.order_by("changed_at", "pk")[: A_LIST - len(things)])
    return _Found(asked, tuple(things), total)


def _section(found: _Found, items: dict[Publishable, list[guard.Item]], names: dict[int, str]) -> Section:
    do, label = ("confirm", CONFIRM) if found.asked.confirm else ("", "")
    rows = tuple(
        row_of(
            thing,
            " ".join(_words(thing, names)),
            lines=tuple(line_of(item) for item in items.get(thing, ())) if found.asked.guarded else (),
            do=do,
            label=label,
        )
        for thing in found.things
    )
    all_of_it = f"{reverse(f'admin:{_LISTS[type(found.things[0])]}_changelist')}?{found.asked.query}"
    return Section(found.asked.heading, rows, all_of_it if found.total > len(rows) else "", found.total)


def _home(model: type[Publishable]) -> tuple[str, ...]:
    return ("case", "matter") if model is Event else ()


def _words(thing: Publishable, names: dict[int, str]) -> Iterator[str]:
    if thing.unseen:
        yield unseen_words(thing, names)
    elif thing.editorial_state == Editorial.IN_REVIEW and thing.submitted_by is not None:
        yield f"Submitted by {thing.submitted_by}."
    if thing.sent_back_by is not None:
        yield f"{thing.sent_back_by}: {thing.sent_back_because or 'sent back without a word'}"

"""What waits for one person: for review, for a second look, assigned, sent back, begun."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse

from cases import editing, guard
from cases.choices import Editorial
from cases.models import Case, Event, Matter
from desk.publishing import Publishable, line_of, unseen_words
from desk.queue.rows import A_LIST, Row, Section, row_of

_LISTS = {Event: "cases_event", Case: "cases_case", Matter: "cases_matter"}


def waiting_for(by: User) -> list[Section]:
    """Return the lists of what waits for somebody; those that are empty are left out."""
    edits, own = by.has_perm(editing.PUBLISH), by.has_perm(editing.PUBLISH_OWN)
    mine = Q(changed_by=by)
    others = Q() if own else ~mine
    assigned = ~Q(editorial_state=Editorial.PUBLISHED) & Q(assigned_to=by)
    sections = [_section("Assigned to you", assigned, "assigned=me", by, guarded=edits)]
    if edits:
        review = Q(editorial_state=Editorial.IN_REVIEW) & others & ~Q(assigned_to=by)
        sections.append(_section("To review", review, "editorial_state__exact=in_review", by, guarded=True))
        seen = Q(editorial_state=Editorial.PUBLISHED) & ~Q(unseen="") & others
        heading = "Changed after publication, and not seen by a second person"
        sections.append(_section(heading, seen, "second=unseen", by, confirm=True))
    else:
        handed = Q(editorial_state=Editorial.IN_REVIEW, submitted_by=by)
        sections.append(_section("Yours, in review", handed, "editorial_state__exact=in_review", by))
    back = Q(editorial_state=Editorial.DRAFT, sent_back_by__isnull=False) & (mine | Q(submitted_by=by))
    sections.append(_section("Sent back to you", back, "second=sent_back", by))
    drafts = Q(editorial_state=Editorial.DRAFT, sent_back_by__isnull=True, changed_by=by)
    sections.append(_section("Your drafts", drafts, "editorial_state__exact=draft&writer=me", by))
    return [section for section in sections if section.rows]


def _section(
    heading: str, which: Q, asked: str, by: User, *, guarded: bool = False, confirm: bool = False
) -> Section:  # fmt: skip
    found: list[Publishable] = []
    total = 0
    for model in (Event, Case, Matter):
        of_one = model._base_manager.filter(which)
        count = of_one.count()
        total += count
        if count and len(found) < A_LIST:
            loaded = of_one.select_related("changed_by", "submitted_by", "sent_back_by", *_home(model))
            found += list(loaded.order_by("changed_at", "pk")[: A_LIST - len(found)])
    items = guard.items_of(found) if guarded and found else {}
    rows = tuple(
        row_of(
            thing,
            " ".join(_words(thing, by)),
            lines=tuple(line_of(item) for item in items.get(thing, ())),
            do="confirm" if confirm else "",
            label="Seen, it is right" if confirm else "",
        )
        for thing in found
    )
    lists = {model: reverse(f"admin:{name}_changelist") for model, name in _LISTS.items()}
    first = lists[type(found[0])] if found else ""
    return Section(heading, rows, f"{first}?{asked}" if total > len(rows) else "", total)


def _home(model: type[Publishable]) -> tuple[str, ...]:
    return ("case", "matter") if model is Event else ()


def _words(thing: Publishable, by: User) -> Iterator[str]:
    if thing.unseen:
        yield unseen_words(thing)
    elif thing.editorial_state == Editorial.IN_REVIEW and thing.submitted_by is not None:
        yield f"Submitted by {thing.submitted_by}."
    if thing.sent_back_by is not None:
        yield f"{thing.sent_back_by}: {thing.sent_back_because or 'sent back without a word'}"


__all__ = ["Row", "waiting_for"]

"""What the page of an act, a case or a matter tells of its way to the public: what the guard says, who wrote it, which
buttons there are for whom.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from cases import editing
from cases.choices import Editorial, Unseen
from cases.guard import Item, Weight
from cases.law.dates import day_words
from cases.models import Case, Event, Matter
from desk.marks import mark_of

Publishable = Matter | Case | Event

WEIGHTS = {Weight.MUST: "Must", Weight.SHOULD: "Should", Weight.LOOK: "Look"}
CONFIRM = "Seen, it is right"
UNSEEN = {
    Unseen.WORDS: "Its words were changed after publication by {who} on {day}, and nobody else has looked yet.",
    Unseen.EFFECT: "What it did to charges was changed after publication by {who} on {day}, and nobody else has looked "
    "yet.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the guard as the desk shows it: how much it weighs, its words, and where it is mended."""

    weight: str
    words: str
    url: str

    @property
    def mark(self) -> str:
        """The class its mark is drawn with."""
        return self.weight.lower()


@dataclass(frozen=True, slots=True)
class Panel:
    """What a page shows beside its form."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]
    why_not: str = ""
    needs_word: bool = False
    unseen: str = ""
    may_confirm: bool = False
    may_verify: bool = False
    may_assign: bool = False
    may_send_back: bool = False
    tend_url: str = ""
    noun: str = "act"
    mark: str = ""


def address_of(row: Model) -> str:
    """Return where a row is edited at the desk; "" for one that has no page."""
    noun = "event" if isinstance(row, Event) else row._meta.model_name
    try:
        return reverse(f"admin:{row._meta.app_label}_{noun}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def noun_of(thing: Publishable) -> str:
    """Return "act", "case" or "matter"."""
    return "act" if isinstance(thing, Event) else str(thing._meta.model_name)


def line_of(item: Item) -> Line:
    """Return an item of the guard as the desk shows it."""
    return Line(WEIGHTS[item.weight], item.words, address_of(item.row))


def panel(request: HttpRequest, thing: Publishable | None) -> Panel:
    """Return the panel of a page; of a new one there is little to tell yet."""
    by: User = request.user  # type: ignore[assignment]  # the desk lets nobody else in
    overruled = "despite" in request.POST or _wants_word(request)
    if thing is None or thing.pk is None:
        buttons = [("_publish", "Save and publish")] if by.has_perm(editing.PUBLISH_OWN) else []
        return Panel((), (), (*buttons, ("_submit", "Save and submit for review")), needs_word=overruled)
    state, edits = thing.editorial_state, by.has_perm(editing.PUBLISH)
    items = editing.review(thing)
    public = state == Editorial.PUBLISHED
    why_not = editing.why_not_publish(thing, by)
    return Panel(
        lines=tuple(line_of(item) for item in items),
        notes=tuple(notes_on(thing)),
        buttons=tuple(_buttons(thing, by, why_not)),
        why_not="" if public or not edits else why_not,
        needs_word=not public and not why_not and (overruled or any(item.weight is Weight.SHOULD for item in items)),
        unseen=unseen_words(thing),
        may_confirm=bool(thing.unseen) and not why_not,
        may_verify=public and edits and isinstance(thing, Case),
        may_assign=edits and not public,
        may_send_back=edits and state == Editorial.IN_REVIEW and thing.changed_by_id != by.pk,
        tend_url=reverse("admin:tend", args=[noun_of(thing), thing.pk]),
        noun=noun_of(thing),
        mark=mark_of(thing),
    )


def _wants_word(request: HttpRequest) -> bool:
    """Whether a verb refused just now because nobody said why it is published all the same."""
    refusal = getattr(request, "desk_refusal", None)
    return any(error.code == "despite" for error in getattr(refusal, "error_list", ()))


def _buttons(thing: Publishable, by: User, why_not: str) -> Iterator[tuple[str, str]]:
    """Yield the buttons that change the state, for those who may press them."""
    state, edits = thing.editorial_state, by.has_perm(editing.PUBLISH)
    if state != Editorial.PUBLISHED and not why_not:
        yield "_publish", "Save and publish"
    if state == Editorial.PUBLISHED and edits:
        yield "_withdraw", "Save and withdraw"
    if state == Editorial.DRAFT or (state == Editorial.WITHDRAWN and edits):
        yield "_submit", "Save and submit for review"
    if state == Editorial.IN_REVIEW or (state == Editorial.WITHDRAWN and edits):
        yield "_redraft", "Save and make a draft again"


def notes_on(thing: Publishable) -> Iterator[str]:
    """Yield who wrote it, who has it in hand, who published it, and against which advice."""
    if thing.changed_by is not None and thing.changed_at is not None:
        yield f"Last changed by {thing.changed_by} on {day_of(thing.changed_at)}."
    if others := [pk for pk in thing.writers if pk != thing.changed_by_id]:
        yield f"Since somebody else last looked, {together(others, names_of(others))} changed it too."
    if thing.editorial_state == Editorial.IN_REVIEW and thing.submitted_by is not None:
        yield f"Submitted for review by {thing.submitted_by}."
    if thing.sent_back_by is not None:
        yield f"Sent back by {thing.sent_back_by}: {thing.sent_back_because or 'without a word'}."
    if thing.assigned_to is not None:
        yield f"Assigned to {thing.assigned_to}."
    if thing.published_by is not None and thing.published_at is not None:
        yield f"Published by {thing.published_by} on {day_of(thing.published_at)}."
    if thing.published_despite:
        yield f"Published all the same, because: {thing.published_despite}"
    if isinstance(thing, Case) and thing.verified_on is not None:
        yield f"Last verified on {day_words(thing.verified_on)}" + (
            f" by {thing.verified_by}." if thing.verified_by is not None else "."
        )


def unseen_words(thing: Publishable, names: Mapping[int, str] | None = None) -> str:
    """Return that something was changed after publication and seen by nobody else; "" if not.

    ``names`` are those of its writers (``names_of``), where a list has asked for them already.
    """
    if not thing.unseen or thing.changed_at is None:
        return ""
    who, day = str(thing.changed_by or "somebody"), day_of(thing.changed_at)
    others = [pk for pk in thing.writers if pk != thing.changed_by_id]
    if others:
        who = together([*others, thing.changed_by_id], names_of(thing.writers) if names is None else names)
        day = f"{day} last"
    return UNSEEN[Unseen(thing.unseen)].format(who=who, day=day)


def names_of(accounts: Iterable[int]) -> dict[int, str]:
    """Return the names of accounts by their ids; those that are gone are left out."""
    return dict(User.objects.filter(pk__in=set(accounts)).values_list("pk", "username"))


def together(accounts: Iterable[int | None], names: Mapping[int, str]) -> str:
    """Return "eve, fay and gil"."""
    told = list(dict.fromkeys(names.get(pk or 0, "somebody") for pk in accounts))
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def day_of(when: datetime) -> str:
    """Return the day of a moment in words, by the site's clock."""
    return day_words(timezone.localtime(when).date())

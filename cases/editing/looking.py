"""Second looks: the words of persons and sources that one editor wrote wait until another has seen them.

They have no editorial state: what is written of them is public as soon as an act shows them. Whoever publishes the act
that shows a new one has seen it with it; what is changed later waits in the queue. Of accounts only the ids are kept,
and of what was changed only which columns.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.choices import Editorial, SourceKind
from cases.editing.rights import PUBLISH, PUBLISH_OWN, Publishable, refuse_without
from cases.editing.sitting import sitting
from cases.models import Case, Citation, Defendant, Event, Participant, SecondLook, Source
from people.models import Merge, Name, Namesake, Person, Standing

Subject = Person | Source
LONGEST = 300
# The columns in which an editor writes words that readers read.
WORDS: dict[type[Model], tuple[str, ...]] = {
    Person: ("name", "kind", "described_as"),
    Name: ("person", "text", "kind"),
    Namesake: ("person", "other", "note"),
    Source: ("kind", "publisher", "title", "url", "archive_url", "published_on", "relays"),
}
_TOGETHER: dict[type[Model], str] = {Name: "other names", Namesake: "not the same person as"}
_UNPUBLISHED = ~Q(editorial_state=Editorial.PUBLISHED)
MERGED, PARTED = "a merge", "a merge that was undone"
NOTHING_WAITS = "Nothing about “{}” waits to be seen by a second person."
OWN_WORDS = "“{}” has words of yours that nobody else has seen. Somebody else has to look at them."


def subjects_of(*rows: Model | None) -> list[Subject]:
    """Return the persons and sources whose words these rows are."""
    found: dict[Subject, None] = {}
    for row in rows:
        match row:
            case Person() | Source():
                found[row] = None
            case Name() | Merge():
                found[row.person if isinstance(row, Name) else row.kept] = None
            case Namesake():
                found[row.person] = found[row.other] = None
    return list(found)


def ask(row: Model, stored: Model | None, columns: Iterable[str], *, by: User) -> None:
    """Let what ``by`` wrote in ``row`` wait for a second look, unless ``by`` needs none. A new row is all written."""
    words = WORDS.get(type(row), ())
    told = list(words if stored is None else [name for name in words if name in set(columns)])
    if told:
        what = _TOGETHER.get(type(row)) or ", ".join(str(row._meta.get_field(name).verbose_name) for name in told)  # type: ignore[union-attr]  # named columns are no reverse relations
        ask_for(subjects_of(row, stored), what, by=by)
        if stored is not None or not isinstance(row, Person | Source):
            _change_what_shows(subjects_of(row, stored))


def _change_what_shows(subjects: Iterable[Subject]) -> None:
    """Note of what is not public yet, and will show these words, that it is not what somebody read before."""
    for subject in subjects:
        if isinstance(subject, Source):
            acts = Q(citations__source=subject)
        else:
            roles = Participant.objects.filter(person=subject).values("shown_by")
            acts = Q(defendants__person=subject) | Q(creates__defendant__person=subject) | Q(actor=subject)
            acts |= Q(pk__in=roles)
            Case.objects.filter(_UNPUBLISHED, defendants__person=subject).update(changed_at=timezone.now())
        shown = Event.objects.filter(_UNPUBLISHED & acts).values("pk")
        Event.objects.filter(pk__in=shown).update(changed_at=timezone.now())


def ask_for(subjects: Iterable[Subject], what: str, *, by: User, writers: Iterable[int] = ()) -> None:
    """Let persons and sources wait for a second look, by somebody who is neither ``by`` nor one of ``writers``."""
    needs = not by.has_perm(PUBLISH_OWN)
    ids = {*writers, *([by.pk] if needs else [])}
    for subject in subjects if ids else ():
        waits = _of(subject).first() or SecondLook(noun=_noun(subject), row_id=subject.pk)
        waits.writers = sorted({*waits.writers, *ids})
        waits.changed_by, waits.changed_at = by, timezone.now()
        if what not in waits.what and len(waits.what) + len(what) + 2 <= LONGEST:
            waits.what = f"{waits.what}; {what}" if waits.what else what
        waits.save()


def ask_for_many(rows: Iterable[Model], *, by: User, writers: Iterable[int] = ()) -> None:
    """Let new persons and sources, with their names, wait: many at once, in one statement."""
    if by.has_perm(PUBLISH_OWN):
        return
    now, ids = timezone.now(), sorted({by.pk, *writers})
    looks = [
        SecondLook(noun=_noun(one), row_id=one.pk, writers=ids, changed_by=by, changed_at=now, what="all of it")
        for one in rows
        if isinstance(one, Person | Source)
    ]
    SecondLook.objects.bulk_create(looks, batch_size=2_000, ignore_conflicts=True)


def forget(row: Model) -> None:
    """Let nothing wait for a person or a source that is removed."""
    if isinstance(row, Person | Source):
        _of(row).delete()


def forget_many(*, persons: Iterable[int], sources: Iterable[int]) -> None:
    """The same for many, by their ids."""
    of_persons = Q(noun=SecondLook.PERSON, row_id__in=list(persons))
    SecondLook.objects.filter(of_persons | Q(noun=SecondLook.SOURCE, row_id__in=list(sources))).delete()


def carry(*, keep: Person, absorbed: Person, by: User) -> None:
    """Let the one who is kept wait for who was merged into them too, and for the merge. Ask before the merge."""
    waited = _of(absorbed).first()
    ask_for([keep], MERGED, by=by, writers=waited.writers if waited is not None else ())
    forget(absorbed)


def seen_with(thing: Publishable, *, by: User) -> None:
    """Note that ``by``, who publishes ``thing``, has seen the persons and sources that become public with it.

    Those that readers could read before are to be looked at by themselves, and so is what ``by`` wrote.
    """
    waiting = SecondLook.objects.exclude(writers__contains=[by.pk])
    if not waiting.exists():
        return
    persons = Person.objects.filter(derived_standing=Standing.NOTHING)
    sources = Source.objects.none()
    match thing:
        case Event():
            told = Q(pk__in=Defendant.objects.filter(Q(acts=thing) | Q(charges__created_by=thing)).values("person"))
            told |= Q(pk__in=Participant.objects.filter(shown_by=thing).values("person")) | Q(acts=thing)
            elsewhere = Citation.objects.filter(source=OuterRef("pk"), event__editorial_state=Editorial.PUBLISHED)
            sources = Source.objects.filter(citations__event=thing).exclude(Exists(elsewhere.exclude(event=thing)))
            persons = persons.filter(told)
        case Case():  # of those whom nothing public shows, its page says nothing
            public = Event.objects.published().filter(Q(case=thing) | Q(matter__cases=thing))
            accused = Defendant.objects.filter(Q(acts__in=public) | Q(charges__created_by__in=public), case=thing)
            roles = Participant.objects.filter(case=thing, shown_by__in=public)
            told = Q(pk__in=accused.values("person")) | Q(pk__in=roles.values("person")) | Q(acts__in=public)
            persons = persons.filter(told)
        case _:
            return
    # By their ids, so that their index finds them among however many wait.
    of_persons = Q(noun=SecondLook.PERSON, row_id__in=list(persons.values_list("pk", flat=True)))
    of_sources = Q(noun=SecondLook.SOURCE, row_id__in=list(sources.values_list("pk", flat=True)))
    waiting.filter(of_persons | of_sources).delete()


def waiting_looks() -> QuerySet[SecondLook]:
    """Return what waits for a second look and can be read by readers now."""
    shown = Person.objects.filter(pk=OuterRef("row_id")).exclude(derived_standing=Standing.NOTHING)
    cited = Citation.objects.filter(source=OuterRef("row_id"), event__editorial_state=Editorial.PUBLISHED)
    return SecondLook.objects.filter(
        Q(Exists(shown), noun=SecondLook.PERSON)
        | Q(Exists(cited.exclude(source__kind=SourceKind.TIP)), noun=SecondLook.SOURCE)
    )


def look_at(subject: Subject) -> SecondLook | None:
    """Return what waits for a second look of a person or a source, if readers can read it; None if nothing does."""
    return waiting_looks().filter(noun=_noun(subject), row_id=subject.pk).select_related("changed_by").first()


def why_not_confirm(look: SecondLook, subject: Subject, by: User) -> str:
    """Return why ``by`` may not say that they have seen it; "" if nothing forbids it."""
    return OWN_WORDS.format(subject) if by.pk in look.writers and not by.has_perm(PUBLISH_OWN) else ""


def confirm_words(subject: Subject, *, by: User) -> None:
    """Say that a second person has seen the words of a person or a source, and that they are right."""
    refuse_without(PUBLISH, by)
    with sitting(by=by):
        look = look_at(subject)
        if look is None:
            raise ValidationError(NOTHING_WAITS.format(subject))
        if refusal := why_not_confirm(look, subject, by):
            raise ValidationError(refusal, code="not_yours")
        look.delete()


def _noun(subject: Model) -> str:
    return SecondLook.PERSON if isinstance(subject, Person) else SecondLook.SOURCE


def _of(subject: Model) -> QuerySet[SecondLook]:
    return SecondLook.objects.filter(noun=_noun(subject), row_id=subject.pk)

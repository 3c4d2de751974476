"""Every question asked of the record: what is published, what concerns whom, what a page needs loaded."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Upper

from cases.choices import Editorial
from people.choices import NAMED, Visibility


class MatterQuerySet(models.QuerySet):
    """Matters."""

    def published(self) -> Self:
        """Matters the public may read."""
        return self.filter(editorial_state=Editorial.PUBLISHED)

    def latest_first(self) -> Self:
        """By the latest act of a listed case, newest first; ties by address."""
        from cases.models import Case

        latest = models.Max("cases__latest_act_on", filter=Q(cases__in=Case.objects.listed()))
        return self.annotate(latest_act_on=latest).order_by(models.F("latest_act_on").desc(nulls_last=True), "slug")


def docket_without_marks() -> Upper:
    """A docket number in capitals, with nothing but letters and digits; an index has it (``Case.Meta``)."""
    marks = [F("docket_number"), Value("[^0-9A-Za-z]"), Value(""), Value("g")]
    return Upper(Func(*marks, function="regexp_replace", output_field=models.CharField()))


class CaseQuerySet(models.QuerySet):
    """Cases."""

    def with_docket(self, closed_up: str) -> Self:
        """Cases with this docket number, given in capitals, without anything but letters and digits."""
        return self.with_dockets([closed_up])

    def with_dockets(self, closed_up: list[str]) -> Self:
        """Cases with one of these docket numbers, each given as ``with_docket`` takes it."""
        return self.alias(closed_docket=docket_without_marks()).filter(closed_docket__in=closed_up)

    def published(self) -> Self:
        """Cases the public may read (a sealed one as a tombstone)."""
        return self.filter(editorial_state=Editorial.PUBLISHED)

    def listed(self) -> Self:
        """Published cases that lists, counts and searches may name: not the sealed ones."""
        return self.published().exclude(visibility=Visibility.SEALED)

    def latest_first(self) -> Self:
        """By the day of the latest act, newest first; ties by address, so that pages are stable."""
        return self.order_by(models.F("latest_act_on").desc(nulls_last=True), "slug")


class CorrectionQuerySet(models.QuerySet):
    """Corrections."""

    def public(self) -> Self:
        """Corrections whose cases and matters, each of them, the public may read, and that tell of nobody sealed.

        A sentence may still hold a name that was hidden since: ``cases.withheld`` knows.
        """
        from cases.models import Case, Charge, CorrectionPlace, Defendant, Event, Matter, Outcome, SentencePart

        places = CorrectionPlace.objects.filter(correction=OuterRef("pk"))
        unlisted = places.filter(case__isnull=False).exclude(case__in=Case.objects.listed())
        unpublished = places.filter(matter__isnull=False).exclude(matter__in=Matter.objects.published())
        told = self.filter(Exists(places)).exclude(Exists(unlisted)).exclude(Exists(unpublished))
        sealed = Q(visibility=Visibility.SEALED) | Q(person__visibility=Visibility.SEALED)
        hidden = Defendant.objects.filter(sealed)
        about = {"event__correction_places__correction": OuterRef("pk")}
        for rows in (
            hidden.filter(acts__correction_places__correction=OuterRef("pk")),
            hidden.filter(person__acts__correction_places__correction=OuterRef("pk")),
            Charge.objects.filter(defendant__in=hidden, created_by__correction_places__correction=OuterRef("pk")),
            Outcome.objects.filter(charge__defendant__in=hidden, **about),
            SentencePart.objects.filter(charge__defendant__in=hidden, **about),
            Event.objects.filter(actor__visibility=Visibility.SEALED, correction_places__correction=OuterRef("pk")),
        ):
            told = told.exclude(Exists(rows))
        return told

    def latest_first(self) -> Self:
        """Newest first; ties by their number, so that pages are stable."""
        return self.order_by("-made_at", "-pk")


DECIDING = ("ruling", "verdict", "judgment", "sentence", "appellate", "clemency_or_relief")


class EventQuerySet(models.QuerySet):
    """Acts."""

    def deciding(self) -> Self:
        """Acts that decide something: rulings, verdicts, judgments, sentences, appellate decisions, clemency."""
        return self.filter(category__in=DECIDING)

    def published(self) -> Self:
        """Acts the public may read, whatever the state of their case."""
        return self.filter(editorial_state=Editorial.PUBLISHED)

    def not_of_sealed_alone(self) -> Self:
        """Without the acts that name, charge, decide on or sentence sealed defendants, and nobody else."""
        from cases.models import Defendant

        sealed = Q(visibility=Visibility.SEALED) | Q(person__visibility=Visibility.SEALED)
        paths = ("acts", "charges__created_by", "charges__outcomes__event", "charges__sentence_parts__event")

        def touch(rows: models.QuerySet) -> Q:
            found = Q()
            for path in paths:
                found |= Q(Exists(rows.filter(**{path: OuterRef("pk")})))
            return found

        return self.exclude(touch(Defendant.objects.filter(sealed)) & ~touch(Defendant.objects.exclude(sealed)))


def published_defendants() -> models.QuerySet:
    """Defendants the public may read: a published act of a published case charges or names them.

    Sealed defendants are not among them; neither are those of a sealed case.
    """
    from cases.models import Case

    return _told_defendants().filter(case__in=Case.objects.listed()).exclude(visibility=Visibility.SEALED)


def _told_defendants() -> models.QuerySet:
    """Defendants whom a published act charges or names, whatever hides them."""
    from cases.models import Defendant

    return _told_of(Defendant.objects.all())


def _told_of(defendants: models.QuerySet) -> models.QuerySet:
    """Those of the defendants whom a published act charges or names."""
    from cases.models import Charge, Event

    charged = Charge.objects.filter(defendant=OuterRef("pk"), created_by__editorial_state=Editorial.PUBLISHED)
    named = Event.objects.published().filter(defendants=OuterRef("pk"))
    return defendants.filter(Q(Exists(charged)) | Q(Exists(named)))


def kept_defendants() -> models.QuerySet:
    """Defendants whom a published act charges or names, and who are to be kept out of search engines, or hidden."""
    public = Visibility.PUBLIC
    return _told_defendants().exclude(visibility=public, person__visibility=public)


def published_participants() -> models.QuerySet:
    """Roles the public may read: those whose showing act is published, in a published case or matter."""
    from cases.models import Case, Matter, Participant

    return Participant.objects.filter(
        Q(case__in=Case.objects.listed()) | Q(matter__in=Matter.objects.published()),
        shown_by__editorial_state=Editorial.PUBLISHED,
    )


def gives_away() -> ExpressionWrapper:
    """Whether a relation between two cases would tell whose name one of them hides: the other names that person."""
    from cases.models import Defendant

    named = Defendant.objects.filter(person=OuterRef("person"), visibility__in=NAMED)

    def hidden_in(here: str, *, named_in: str) -> Exists:
        told = Exists(named.filter(case=OuterRef(OuterRef(named_in))))
        return Exists(Defendant.objects.filter(told, case=OuterRef(here)).exclude(visibility__in=NAMED))

    either = Q(hidden_in("case", named_in="target")) | Q(hidden_in("target", named_in="case"))
    return ExpressionWrapper(either, output_field=models.BooleanField())


def nameable_defendants() -> models.QuerySet:
    """Defendants of published cases of whom nothing hides the name: neither they, their person nor their case withhold
    it. Whether a published act tells of them is not asked.
    """
    from cases.models import Defendant

    return Defendant.objects.filter(
        visibility__in=NAMED,
        person__visibility__in=NAMED,
        case__visibility__in=NAMED,
        case__editorial_state=Editorial.PUBLISHED,
    )


def named_defendants() -> models.QuerySet:
    """Published defendants whose names the public may read and search: neither they, their person nor their case
    withhold it.
    """
    return _told_of(nameable_defendants())


def named_participants() -> models.QuerySet:
    """Published roles under a name the public may read and search, and for nobody whose record is sealed."""
    return (
        published_participants()
        .filter(Q(case__isnull=True) | Q(case__visibility__in=NAMED), person__visibility__in=NAMED)
        .exclude(represents__visibility=Visibility.SEALED)
        .exclude(represents__person__visibility=Visibility.SEALED)
    )


def published_charges() -> models.QuerySet:
    """Charges the public may read: brought by a published act against somebody who is not sealed."""
    from cases.models import Case, Charge

    # Whom it charges is told by the very act that brought it: to ask that again of each defendant takes seconds.
    found = Charge.objects.filter(
        created_by__editorial_state=Editorial.PUBLISHED, defendant__case__in=Case.objects.listed()
    )
    return found.exclude(defendant__visibility=Visibility.SEALED).exclude(
        defendant__person__visibility=Visibility.SEALED
    )

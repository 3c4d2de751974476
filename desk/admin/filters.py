"""The filters beside the lists that Django has not: who has it, when it was verified, what it rests on, what is due."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases import choices, editing
from cases.choices import PARTICIPANT_ROLES, SourceKind, Stance
from cases.guard.sources import PRESS
from cases.models import Charge, Citation, Defendant, Outcome, Participant
from desk.queue import due

Narrow = Callable[[QuerySet], QuerySet]
MOST_OFFERED = 30


class Choice(admin.SimpleListFilter):
    """One question with a few answers. What is no answer narrows nothing."""

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        """Return the rows for an answer that was offered."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        offered = {str(answer) for answer, _ in self.lookup_choices}
        return self.narrow(request, queryset, str(value)) if value in offered else queryset


class Assigned(Choice):
    """Who is asked to see to it."""

    title, parameter_name = "assigned", "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        people = model_admin.model._base_manager.filter(assigned_to__isnull=False)
        names = people.order_by("assigned_to__username").values_list("assigned_to", "assigned_to__username").distinct()
        return [("me", "To me"), ("nobody", "To nobody"), *((str(pk), name) for pk, name in names[:MOST_OFFERED])]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        if value == "nobody":
            return rows.filter(assigned_to__isnull=True)
        return rows.filter(assigned_to=request.user.pk if value == "me" else int(value))


class Writer(Choice):
    """Who last changed its content."""

    title, parameter_name = "last changed", "writer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("me", "By me"), ("others", "By others")]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        mine = Q(changed_by=request.user.pk)
        return rows.filter(mine) if value == "me" else rows.exclude(mine)


class SecondLook(Choice):
    """What a second person said, or has still to say."""

    title, parameter_name = "second person", "second"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [
            ("unseen", "Changed after publication, not seen"),
            ("sent_back", "Sent back"),
            ("despite", "Published against advice"),
        ]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        asked = {
            "unseen": Q(editorial_state=choices.Editorial.PUBLISHED) & ~Q(unseen=""),
            "sent_back": Q(editorial_state=choices.Editorial.DRAFT, sent_back_by__isnull=False),
            "despite": ~Q(published_despite=""),
        }
        return rows.filter(asked[value])


class UnseenWords(Choice):
    """People or sources whose words wait for a second person."""

    title, parameter_name = "second person", "second"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("unseen", "Changed, not seen")]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        looks = editing.waiting_looks().filter(noun=rows.model._meta.model_name)
        return rows.filter(pk__in=looks.values("row_id"))


class Verified(Choice):
    """How long ago a case was verified."""

    title, parameter_name = "last verified", "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("never", "Never"), *((str(days), f"More than {days} days ago") for days in (30, 90, 365))]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        if value == "never":
            return rows.filter(verified_on__isnull=True)
        return rows.filter(verified_on__lt=timezone.localdate() - timedelta(days=int(value)))


class CaseDue(Choice):
    """What the queue says is due about cases."""

    title, parameter_name = "due", "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("ended", "A window to appeal has ended"), ("unverified", "Not verified for 90 days")]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        asked = due.ended if value == "ended" else due.unverified
        return rows.filter(pk__in=asked(timezone.localdate()).values("pk"))


class ActDue(Choice):
    """What the queue says is due about acts."""

    title, parameter_name = "due", "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("passed", "Its scheduled date has passed")]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(pk__in=due.passed(timezone.localdate()).values("pk"))


class Sources(Choice):
    """What an act rests on."""

    title, parameter_name = "sources", "sources"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [
            ("none", "None that supports it"),
            ("press", "Press reports only"),
            ("court", "A court record"),
            ("contradicted", "One contradicts it"),
        ]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        cited = Citation.objects.filter(event=OuterRef("pk")).exclude(source__kind=SourceKind.TIP)
        supporting = cited.filter(stance=Stance.SUPPORTS)
        other = supporting.exclude(source__kind__in=PRESS)
        asked = {
            "none": ~Exists(supporting),
            "press": Exists(supporting) & ~Exists(other),
            "court": Exists(supporting.filter(source__kind=SourceKind.COURT_RECORD)),
            "contradicted": Exists(cited.filter(stance=Stance.CONTRADICTS)),
        }
        return rows.filter(asked[value])


class ActOutcome(Choice):
    """What an act did to charges."""

    title, parameter_name = "outcome", "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("any", "Any"), ("none", "None"), *choices.CHARGE_CLASSES]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        given = Outcome.objects.filter(event=OuterRef("pk"))
        if value in ("any", "none"):
            return rows.filter(Exists(given) if value == "any" else ~Exists(given))
        return rows.filter(Exists(given.filter(disposition__cls=value)))


class CaseOutcome(Choice):
    """What has become of a charge of the case."""

    title, parameter_name = "a charge that is", "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return choices.CHARGE_CLASSES

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(Exists(Charge.objects.filter(defendant__case=OuterRef("pk"), derived_class=value)))


class DefendantOutcome(Choice):
    """What has become of a charge against the defendant."""

    title, parameter_name = "a charge that is", "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("none", "No charge at all"), *choices.CHARGE_CLASSES]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        charges = Charge.objects.filter(defendant=OuterRef("pk"))
        if value == "none":
            return rows.filter(~Exists(charges))
        return rows.filter(Exists(charges.filter(derived_class=value)))


class PersonRole(Choice):
    """What somebody is in some case or matter."""

    title, parameter_name = "role", "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        roles = [one for _, group in PARTICIPANT_ROLES for one in group]
        return [("defendant", "Accused or sued"), *roles, ("none", "None yet")]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        accused = Exists(Defendant.objects.filter(person=OuterRef("pk")))
        roles = Participant.objects.filter(person=OuterRef("pk"))
        if value == "none":
            return rows.filter(~accused, ~Exists(roles))
        return rows.filter(accused if value == "defendant" else Exists(roles.filter(role=value)))


class Cited(Choice):
    """Whether an act cites the source."""

    title, parameter_name = "cited", "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("yes", "By an act"), ("no", "By none")]

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        cited = Exists(Citation.objects.filter(source=OuterRef("pk")))
        return rows.filter(cited if value == "yes" else ~cited)


class MostUsed(Choice):
    """Something the rows point to, the most frequent first: a list of all courts would be longer than the page."""

    column: ClassVar[str] = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        # Of acts and defendants, the courts that have the most cases: to go to the case of each takes a second.
        *path, last = self.column.split("__")
        holder = model_admin.model
        for part in path:
            holder = holder._meta.get_field(part).related_model
        rows = holder._base_manager.filter(**{f"{last}__isnull": False})
        counted = rows.values_list(last).annotate(rows=Count("pk")).order_by("-rows", last)
        ids = [pk for pk, _ in counted[:MOST_OFFERED]]
        asked = self.used_parameters.get(self.parameter_name or "", "")
        if str(asked).isdecimal() and len(str(asked)) < 19:
            ids.append(int(asked))
        named = holder._meta.get_field(last).related_model._base_manager.in_bulk(ids)
        return sorted(((str(pk), str(row)) for pk, row in named.items()), key=lambda one: one[1])

    def narrow(self, request: HttpRequest, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(**{self.column: int(value)})


def most_used(title: str, column: str) -> type[MostUsed]:
    """Return the filter by what ``column`` points to: ``most_used("court", "case__court")``."""
    return type("MostUsed", (MostUsed,), {"title": title, "parameter_name": title, "column": column})

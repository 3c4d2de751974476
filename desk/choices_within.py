"""Which rows may be chosen on an act's page: those of its case, and of the cases it acts on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from cases.editing.standing import cases_acted_on, defendants_within_reach
from cases.models import Case, Charge, Defendant, Event, Matter


def parent_act(request_data: Any, act: Event) -> Event:
    """Return ``act`` with the case or matter that the form in hand says, when it has none of its own yet."""
    if act.case_id is None and act.matter_id is None:
        for name in ("case", "matter"):
            value = str(request_data.get(name, ""))
            if value.isdecimal() and len(value) < 19:
                setattr(act, f"{name}_id", int(value))
                break
    return act


def defendants_of(act: Event) -> QuerySet[Defendant]:
    """Return whom the act may concern."""
    found = defendants_within_reach(act)
    return found.select_related("person", "case").order_by("case", "position", "pk")


def charges_of(act: Event) -> QuerySet[Charge]:
    """Return the charges that the act may decide about."""
    if act.case_id is None:
        return Charge.objects.none()
    within = [act.case_id, *cases_acted_on(act.case_id)]
    rows = Charge.objects.filter(defendant__case__in=within).select_related("defendant__person", "defendant__case")
    return rows.order_by("defendant__case", "defendant__position", "count", "pk")


def charges_in_case(act: Event) -> QuerySet[Charge]:
    """Return the charges in the act's own case."""
    return charges_of(act).filter(defendant__case=act.case_id)


def charges_of_same_people(act: Event) -> QuerySet[Charge]:
    """Return the charges, in whatever case, against the people of this case: what a new charge may follow."""
    if act.case_id is None:
        return Charge.objects.none()
    people = Defendant.objects.filter(case=act.case_id).values("person")
    rows = Charge.objects.filter(defendant__person__in=people).select_related("defendant__person", "defendant__case")
    return rows.order_by("defendant__case", "defendant__position", "count", "pk")


def acts_within_reach(act: Event) -> QuerySet[Event]:
    """Return the other acts of the case or matter, and of the cases this one acts on."""
    if act.case_id is not None:
        where = Q(case__in=[act.case_id, *cases_acted_on(act.case_id)])
    elif act.matter_id is not None:
        where = Q(matter=act.matter_id)
    else:
        return Event.objects.none()
    return Event.objects.filter(where).exclude(pk=act.pk).order_by("on", "sequence", "pk")


def acts_that_show(home: Case | Matter) -> QuerySet[Event]:
    """Return the acts that may show a role in a case or in a matter."""
    if isinstance(home, Case):
        where = Q(case=home) | Q(matter__isnull=False, matter=home.matter_id)
    else:
        where = Q(matter=home) | Q(case__matter=home)
    return Event.objects.filter(where).order_by("on", "sequence", "pk")


def defendants_in(home: Case | Matter) -> QuerySet[Defendant]:
    """Return the defendants of a case, or of every case of a matter."""
    where = Q(case=home) if isinstance(home, Case) else Q(case__matter=home)
    return Defendant.objects.filter(where).select_related("person", "case").order_by("case", "position", "pk")


def name_charge(charge: Charge) -> str:
    """Return a charge as one line of a list, with whose it is and in which case."""
    return f"{charge.defendant.person}: {charge} ({charge.defendant.case.docket_number or charge.defendant.case.slug})"


def name_defendant(defendant: Defendant) -> str:
    """Return a defendant as one line of a list."""
    return f"{defendant.person} ({defendant.case.docket_number or defendant.case.slug})"


def limit(form: forms.BaseForm, name: str, rows: QuerySet[Any], label: Callable[[Any], str] = str) -> None:
    """Offer only ``rows`` in a field of a form, without the links that would add or change one in another window.

    Forms that share ``rows`` ask the database once.
    """
    field = form.fields.get(name)
    if not isinstance(field, forms.ModelChoiceField):
        return
    field.queryset = rows
    empty = [] if isinstance(field, forms.ModelMultipleChoiceField) else [("", field.empty_label or "Choose")]
    field.choices = [*empty, *((row.pk, label(row)) for row in rows)]
    for link in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
        if hasattr(field.widget, link):
            setattr(field.widget, link, False)

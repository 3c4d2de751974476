"""What is stored against what is derived: every column that repeats something else, compared with its origin."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model

from cases.dossier import Dossier, load_cases
from cases.law.answers import CaseAnswer, ChargeAnswer
from cases.law.vocabulary import CaseStatus, ChargeClass, Finality, Occurrence
from cases.models import Case, Charge, Defendant
from people.choices import Visibility
from people.fields import FoldedField

NO_CASE: dict[str, Any] = {
    "derived_status": CaseStatus.UNKNOWN.value,
    "derived_finality": Finality.UNKNOWN.value,
    "derived_wording": "",
    "derived_deadline": None,
    "derived_until": None,
    "first_act_on": None,
    "latest_act_on": None,
}
NO_DEFENDANT: dict[str, Any] = {"derived_wording": ""}
NO_CHARGE: dict[str, Any] = {
    "derived_class": ChargeClass.UNKNOWN.value,
    "derived_term": "",
    "derived_finality": "",
    "derived_wording": "",
}


@dataclass(frozen=True)
class Difference:
    """One stored value that is not what its origin gives."""

    row: Model
    column: str
    stored: object
    derived: object

    def __str__(self) -> str:
        noun = self.row._meta.verbose_name
        return f"{noun} {self.row.pk} “{self.row}”, {self.column}: stored {self.stored!r}, derived {self.derived!r}"


def status_differences(case: Case, *, on: date) -> list[Difference]:
    """Return the derived columns of a case, its defendants and charges that differ from the law's answer ``on``."""
    return status_differences_of([case], on=on)[case.pk]


def status_differences_of(cases: Sequence[Case], *, on: date) -> dict[int, list[Difference]]:
    """Return the same for several cases as they are stored, by their ids, in a fixed number of queries."""
    ids = [case.pk for case in cases]
    dossiers = {dossier.case.pk: dossier for dossier in load_cases(Case.objects.published().filter(pk__in=ids))}
    defendants: dict[int, list[Defendant]] = {pk: [] for pk in ids}
    charges: dict[int, list[Charge]] = {pk: [] for pk in ids}
    accused = {row.pk: row for row in Defendant.objects.filter(case__in=ids).order_by("pk").select_related("person")}
    for defendant in accused.values():
        defendants[defendant.case_id].append(defendant)
    for charge in Charge.objects.filter(defendant__in=accused).order_by("pk"):
        charge.defendant = accused[charge.defendant_id]
        charges[charge.defendant.case_id].append(charge)
    return {
        case.pk: _differences(case, dossiers.get(case.pk), defendants[case.pk], charges[case.pk], on) for case in cases
    }


def _differences(
    case: Case, dossier: Dossier | None, accused: list[Defendant], charged: list[Charge], on: date
) -> list[Difference]:
    answer = dossier.answer(on) if dossier is not None and not case.is_sealed else None
    if dossier is None or answer is None:
        sealed = {"derived_status": CaseStatus.SEALED.value} if case.is_sealed and dossier is not None else {}
        found = _compare(case, NO_CASE | sealed)
        charges: dict[Any, dict[str, Any]] = {}
        defendants: dict[Any, dict[str, Any]] = {}
    else:
        found = _compare(case, _of_case(dossier, answer))
        charges = {ours.charge.id: _of_charge(ours) for them in answer.defendants for ours in them.charges}
        defendants = {them.defendant.id: {"derived_wording": them.wording} for them in answer.defendants}
    for defendant in accused:
        defendant.case = case
        hidden = defendant.visibility == Visibility.SEALED
        found += _compare(defendant, NO_DEFENDANT if hidden else defendants.get(defendant.pk, NO_DEFENDANT))
    for charge in charged:
        hidden = charge.defendant.visibility == Visibility.SEALED
        found += _compare(charge, NO_CHARGE if hidden else charges.get(charge.pk, NO_CHARGE))
    return found


def bring_up_to_date(cases: Iterable[Case], *others: Defendant | Charge, on: date) -> None:
    """Give loaded ``cases``, and loaded defendants and charges of theirs, the answers of the day ``on``, if what is
    stored of them has lapsed by then. Nothing is written. No query where nothing has lapsed.
    """
    rows = list(cases)
    lapsed = [row for row in {row.pk: row for row in rows}.values() if has_lapsed(row, on=on)]
    if not lapsed:
        return
    derived: dict[Model, dict[str, object]] = {}
    for differences in status_differences_of(lapsed, on=on).values():
        for one in differences:
            derived.setdefault(one.row, {})[one.column] = one.derived
    for row in (*rows, *others):
        for column, value in derived.get(row, {}).items():
            setattr(row, column, value)


def has_lapsed(case: Case, *, on: date) -> bool:
    """Whether time has changed what is stored of the case: a time to appeal ended, an announced day came."""
    return case.derived_until is not None and case.derived_until < on


def folded_differences() -> Iterator[Difference]:
    """Yield each folded name or sorting key that is not what its text folds to."""
    for label in ("people", "cases"):
        for model in apps.get_app_config(label).get_models():
            if model._meta.proxy:
                continue
            columns = [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]
            if not columns:
                continue
            for row in model._base_manager.order_by("pk").iterator():
                for field in columns:
                    if field.compute is not None:
                        derived = field.compute(row)[: field.max_length]
                        yield from _compare(row, {field.attname: derived})


def _compare(row: Model, wanted: dict[str, Any]) -> list[Difference]:
    pairs = ((column, getattr(row, column), value) for column, value in wanted.items())
    return [Difference(row, column, stored, value) for column, stored, value in pairs if stored != value]


def _of_case(dossier: Dossier, answer: CaseAnswer) -> dict[str, Any]:
    days = sorted(
        act.on.start
        for act in dossier.facts.acts
        if act.case == dossier.case.pk and act.occurrence is Occurrence.HELD and act.on.is_known and act.on.start
    )
    return {
        "derived_status": str(answer.status.value),
        "derived_finality": str(answer.finality.value.value),
        "derived_wording": answer.wording,
        "derived_deadline": answer.finality.deadline.on if answer.finality.deadline else None,
        "derived_until": answer.until,
        "first_act_on": days[0] if days else None,
        "latest_act_on": days[-1] if days else None,
    }


def _of_charge(answer: ChargeAnswer) -> dict[str, Any]:
    return {
        "derived_class": str(answer.cls.value),
        "derived_term": answer.term,
        "derived_finality": str(answer.finality.value.value) if answer.finality is not None else "",
        "derived_wording": answer.wording,
    }

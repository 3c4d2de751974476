"""What an accepted change does to a row that the record has: the values the source changed, and no others."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models

from cases import editing
from cases.law.vocabulary import Relation
from cases.models import Case, CaseRelation, Defendant, Disposition, Event, Outcome
from imports import rows
from imports.choices import Kind
from imports.models import Batch, FormerNumber, Proposal
from imports.rights import brought_by

REMOVED = "An editor removed this from the record meanwhile."
NAME = "The source spells the name differently now: “{}”. Change it, or add it, on the person's own page."
ROLE = "The source gives this party another role now: “{}”. Enter that role by hand; the charges stay as they are."
FORMERLY = "{} (an earlier number of this case)"


def change(one: Proposal, *, batch: Batch, by: User, there: Mapping[str, models.Model]) -> models.Model:
    """Bring one row to what the source says now, through the verbs. Raises ``ValidationError``.

    ``there`` are rows of the record by the source's keys: whom an act concerns that only now says what it is.
    """
    model = rows.model_of(one.kind, one.new)
    row = rows.load(one.kind, model, [one.row or 0]).get(one.row or 0)
    if row is None:
        raise ValidationError(REMOVED)
    names = list(one.old or {})
    if "name" in names:
        raise ValidationError(NAME.format(one.new["name"]))
    if "role" in names:
        raise ValidationError(ROLE.format(one.new["role"]))
    before = row.docket_number if isinstance(row, Case) else ""
    columns: dict[str, Any] = rows.columns_of(one.kind, one.new)
    for name in names:
        if name == "disposition" and isinstance(row, Outcome):
            row.disposition = Disposition.objects.get(slug=one.new["disposition"])
        else:
            setattr(row, name, columns[name])
    editing.save(row, by=by)
    editing.credit_words(row, writers=brought_by(batch), by=by, what="what a file says")
    if isinstance(row, Event) and "kind" in names and not row.defendants.exists():
        concerned = [person for key in one.new.get("about", ()) if isinstance(person := there.get(key), Defendant)]
        editing.concern(row, defendants=concerned, by=by)
    if isinstance(row, Case) and one.kind == Kind.CASE and before and before != row.docket_number:
        _keep_number(row, before, one, by=by)
    return row


def _keep_number(case: Case, number: str, one: Proposal, *, by: User) -> None:
    """Keep a number that a case had before: a later file may still come with it, and readers may look for it."""
    FormerNumber.objects.get_or_create(case=case, docket_number=number, defaults={"proposal": one})
    told = FORMERLY.format(number)
    if not case.relations.filter(target_text=told).exists():
        editing.save(CaseRelation(case=case, kind=Relation.SUPERSEDES, target_text=told), by=by)

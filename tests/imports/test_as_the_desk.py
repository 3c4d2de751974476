"""No import writes what the desk would refuse: the same rules, in the same words, for many rows at once."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from cases import editing
from cases.editing.entering import ORDER
from cases.models import Case, Court, Event
from cases.models.case import IS_A_NUMBER
from imports.accepting import accept
from imports.proposing import propose
from people.models import Person
from tests.imports.files import docket, file, with_act

pytestmark = pytest.mark.django_db


def test_what_an_import_wrote_the_desk_would_take(ida: User) -> None:
    numbered = replace(docket("12"), caption="Withheld")
    alone = replace(docket(""), key="dcd:none", caption="Withheld")
    accept(propose(file(docket(), numbered, alone), by=ida), by=ida)
    assert list(Case.objects.order_by("pk").values_list("slug", flat=True)) == [
        "united-states-v-quillfeather-1-21-cr-00007", "case-withheld-12", "case-withheld",
    ]  # fmt: skip
    rows = [row for model in ORDER for row in model._base_manager.order_by("pk")]
    assert len(rows) > 60
    for row in rows:
        row.full_clean()


def test_the_verb_beneath_refuses_what_a_form_would(ida: User) -> None:
    court = Court.objects.get(slug="dcd")
    with pytest.raises(ValidationError, match=IS_A_NUMBER):
        editing.enter([Case(slug="withheld-12", caption="Withheld", court=court)], by=ida)
    with pytest.raises(ValidationError, match="single hyphens"):
        editing.enter([Person(slug="Ada--Q", name="Ada Q")], by=ida)
    assert (Case.objects.count(), Person.objects.count()) == (0, 0)


def test_a_row_that_the_desk_would_refuse_stays_listed_with_the_reason(ida: User) -> None:
    wrong = with_act(docket("1:21-cr-8"), "2", kind="conviction_entered", category="filing")
    batch = propose(file(docket(), wrong), by=ida)
    told = accept(batch, by=ida)
    (reason,) = told.reasons
    assert reason == "act “Notice of appearance”: kind: This kind does not belong to that category."
    listed = batch.proposals.filter(within="dcd:1:21-cr-8", decision="open").values_list("reason", flat=True)
    assert (set(listed), Event.objects.filter(case__docket_number="1:21-cr-8").count()) == ({reason}, 0)

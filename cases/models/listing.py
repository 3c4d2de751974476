"""The index of the lists of cases: two tables that only SQL writes (migration 0015), and anybody may read.

A row for each case that lists may name, and for each combination of what lists are filtered by how many have it: so a
page of a list, its count and its choices cost the same however many cases there are. Triggers on cases, persons and
names, and ``cases.editing.refresh_status``, keep it in the transaction of whatever changed; ``check_record`` compares.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func


class ListCell(models.Model):
    """One combination of court, kind, status, finality and outcomes, and how many listed cases have it.

    ``outcomes`` are the classes of the charges that the public may read, each once, in order. A court that has gone
    may be left in a cell that counts nothing.
    """

    court = models.ForeignKey(
        "cases.Court", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=40)
    finality = models.CharField(max_length=40)
    outcomes = ArrayField(models.CharField(max_length=40))
    listed = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["court", "kind", "status", "finality", "outcomes"], name="listcell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.listed} in court {self.court_id}: {self.kind}, {self.status}, {self.finality}, {self.outcomes}"


class ListedCase(models.Model):
    """One case that is published and not sealed, as lists look for it. No row for any other.

    ``latest`` is the day of its latest act, ``years`` are those in which an act took place. ``words`` are the folded
    words of its caption, its docket number and the names of its named defendants, each once, between spaces, if names
    may be told; and always the docket number without marks, after a number sign.
    """

    case = models.OneToOneField(
        "cases.Case", on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="+"
    )
    cell = models.ForeignKey(
        ListCell, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    latest = models.DateField(null=True)
    slug = models.CharField(max_length=120, db_collation="C")
    years = ArrayField(models.IntegerField())
    words = models.TextField(db_collation="C")

    class Meta:
        default_permissions = ()
        indexes = [
            # All that a page of the list needs: no row is looked at for the pages before it.
            models.Index(F("latest").desc(nulls_last=True), F("slug"), include=["case", "cell"], name="listed_latest"),
            # Should cases_word_keys ever be changed, the index has to be made anew.
            GinIndex(
                Func("words", function="cases_word_keys", output_field=ArrayField(models.IntegerField())),
                F("years"),
                name="listed_words",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.slug


LISTED_BY = (
    *("editorial_state", "visibility", "court_id", "kind", "docket_number", "slug", "folded"),
    *("derived_status", "derived_finality", "latest_act_on"),
)


def list_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers on Case that keep the index in step with it; a draft costs nothing."""

    def keeps(name: str, operation: pgtrigger.Operation, row: str, condition: pgtrigger.Condition) -> pgtrigger.Trigger:
        func = f"PERFORM cases_list_cases(ARRAY[{row}.id]); RETURN NULL;"
        return pgtrigger.Trigger(name=name, operation=operation, when=pgtrigger.After, condition=condition, func=func)

    was, is_now = pgtrigger.Q(old__editorial_state="published"), pgtrigger.Q(new__editorial_state="published")
    return [
        keeps("list_new_case", pgtrigger.Insert, "NEW", is_now),
        keeps("list_changed_case", pgtrigger.UpdateOf(*LISTED_BY), "NEW", was | is_now),
        keeps("unlist_case", pgtrigger.Delete, "OLD", was),
    ]

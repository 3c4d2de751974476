"""The search index of names: two tables that only triggers and ``people.indexing`` write, and anybody may read.

The functions that fill them are SQL (migration 0002), so that a bulk load, an ``update`` and a saved form
all pass the same way, in their own transaction. Python never writes a row here.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Standing(models.IntegerChoices):
    """What the public may read of a person's part in cases; ``cases.finding`` writes it."""

    NOTHING = 0, "Nothing published"
    ROLE = 1, "A published role"
    DEFENDANT = 2, "A published defendant"


class NameToken(models.Model):
    """One distinct folded word of a searchable name: the dictionary in which misspelt words are looked up.

    It is indexed by the keys of the word without any one or two of its letters; to hold them in the row would make
    the row five times as wide, and a search looks at a thousand. ``frequency`` is how many names held the word when
    it was last counted: it orders the work of a search, and never decides who is found.
    """

    token = models.CharField(max_length=400, primary_key=True, db_collation="C")
    frequency = models.IntegerField(default=1)

    class Meta:
        indexes = [
            # Should people_deletions ever be changed, the index has to be made anew.
            GinIndex(
                models.Func("token", function="people_deletions", output_field=ArrayField(models.IntegerField())),
                name="nametoken_deletions",
                fastupdate=False,
            )
        ]

    def __str__(self) -> str:
        return self.token


class IndexedName(models.Model):
    """One searchable name of a visible person: the published one (``name`` is null) or another.

    ``keys`` are the keys of its folded words, and of their first one to four letters. No row for a person whose
    name is withheld or sealed. References are not enforced: the triggers on Person and Name remove what has gone.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    name = models.ForeignKey(
        "people.Name", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+"
    )
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    folded = models.CharField(max_length=400, db_collation="C")
    sorted = models.CharField(max_length=400, db_collation="C")
    standing = models.SmallIntegerField(choices=Standing.choices)
    keys = ArrayField(models.IntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], nulls_distinct=False, name="indexedname_once"),
        ]
        indexes = [
            # Readers never wait for a pending list: an editor's few writes pay at once.
            GinIndex(fields=["keys"], name="indexedname_keys", fastupdate=False),
            models.Index(fields=["standing", "sorted", "person"], name="indexedname_by_surname"),
            models.Index(fields=["standing", "folded", "person"], name="indexedname_by_given_name"),
        ]

    def __str__(self) -> str:
        return self.text


def _keeps_index(name: str, operation: pgtrigger.Operation, *calls: str) -> pgtrigger.Trigger:
    steps = "\n".join(f"PERFORM people_index_person({call});" for call in calls)
    return pgtrigger.Trigger(name=name, operation=operation, when=pgtrigger.After, func=f"{steps}\nRETURN NULL;")


INDEXED = ("name", "folded", "sort_name", "visibility", "derived_standing")


def person_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers that keep the index in step with Person."""
    return [
        _keeps_index("index_new_person", pgtrigger.Insert, "NEW.id"),
        _keeps_index("index_changed_person", pgtrigger.UpdateOf(*INDEXED), "NEW.id"),
        _keeps_index("unindex_person", pgtrigger.Delete, "OLD.id"),
    ]


def name_triggers() -> list[pgtrigger.Trigger]:
    """Return the triggers that keep the index in step with Name."""
    return [
        _keeps_index("index_new_name", pgtrigger.Insert, "NEW.person_id"),
        _keeps_index("index_changed_name", pgtrigger.Update, "OLD.person_id", "NEW.person_id"),
        _keeps_index("unindex_name", pgtrigger.Delete, "OLD.person_id"),
    ]

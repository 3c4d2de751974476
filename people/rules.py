"""The rules of a row, asked of the database in one question: Django asks one by one, with a savepoint around each."""

from collections.abc import Collection
from functools import cache

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import CheckConstraint, Model, Q

# As wide as it gets, so that the question itself can not fail: whether a value fits its column is not asked here.
_WIDE = {"CharField": "text", "SlugField": "text"} | dict.fromkeys(
    ("BigAutoField", "DecimalField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"), "numeric"
)
Question = tuple[str, tuple[models.Field, ...], tuple[frozenset[str], ...]]


class RulesAtOnce(models.Model):
    """A model whose check constraints are looked at together before a row is written.

    What is refused, and in which words, is as in Django: where anything is amiss, Django is asked.
    """

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ``ValidationError`` where a constraint does not hold that rests on no field in ``exclude``."""
        if not (rules_hold(self, frozenset(exclude or ())) and _others_hold(self, set(exclude or ()))):
            super().validate_constraints(exclude=exclude)


def rules_hold(row: Model, exclude: frozenset[str]) -> bool:
    """Return whether every check constraint of a row holds that rests on no field in ``exclude``, in one query."""
    sql, fields, rests_on = _question(type(row)._meta.concrete_model or type(row))
    if not rests_on:
        return True
    values = []
    for field in fields:
        value = None if field.name in exclude else getattr(row, field.attname)
        if hasattr(value, "resolve_expression"):
            return False  # a value that the database computes: not known here
        values.append(field.get_db_prep_value(value, connection))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        answers = cursor.fetchone()
    return all(holds or not exclude.isdisjoint(names) for holds, names in zip(answers, rests_on, strict=True))


def _others_hold(row: Model, exclude: set[str] | None) -> bool:
    """Return whether what is no check constraint holds: that a combination is in the record only once."""
    try:
        for model, constraints in row.get_constraints():
            for constraint in constraints:
                if not isinstance(constraint, CheckConstraint):
                    constraint.validate(model, row, exclude=exclude)
    except ValidationError:
        return False
    return True


@cache
def _question(model: type[Model]) -> Question:
    """Return the query, the fields whose values it takes, and the names of the fields that each answer rests on."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]
    rests_on = tuple(frozenset(Q(rule.condition).referenced_base_fields) for rule in rules)
    fields = tuple(field for field in model._meta.concrete_fields if any(field.name in names for names in rests_on))
    editor = connection.schema_editor(collect_sql=True, atomic=False)  # writes nothing: it words each rule as it stands
    conditions = [rule._get_check_sql(model, editor) for rule in rules]  # type: ignore[attr-defined]  # not in the stubs
    asked = ", ".join(f"COALESCE({condition}, true)" for condition in conditions)
    values = ", ".join(f"%s::{_wide(field)} AS {editor.quote_name(str(field.column))}" for field in fields)
    return f"SELECT {asked} FROM (SELECT {values}) AS asked", fields, rests_on  # noqa: S608 - names and rules of ours


def _wide(field: models.Field) -> str:
    own = field.target_field if isinstance(field, models.ForeignKey) else field
    return _WIDE.get(own.get_internal_type(), str(own.db_type(connection)))

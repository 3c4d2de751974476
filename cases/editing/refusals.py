"""What the database refuses, in the sentence of the rule that was broken, for an editor to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError

from people.addresses import ADDRESS_RULE, TAKEN_FOR_EVER

TRIGGERS = {
    ADDRESS_RULE: TAKEN_FOR_EVER,
    "charge_needs_held_act": "Only a held act can bring a charge. Set the act to “Held”, or choose another act.",
    "event_held_while_it_has_outcomes": (
        "This act carries charges, outcomes or a sentence, so it was held. Remove them first."
    ),
    "outcome_needs_held_act": "Only a held act can have an outcome. Set the act to “Held”, or remove the outcome.",
    "sentence_needs_held_act": "Only a held act can have a sentence. Set the act to “Held”, or remove the sentence.",
}
GONE = "Something that this refers to was removed meanwhile. Reload the page, and choose again."
TAKEN = "Somebody recorded the same meanwhile. Reload the page, and look for it."
INCOMPLETE = "Something that must be filled in is empty."
UNFIT = "A value is too long, or out of range."
_BY_CODE = {"23503": GONE, "23505": TAKEN, "23502": INCOMPLETE}


@cache
def constraint_sentences() -> dict[str, str]:
    """Return the sentence of every named rule of the record: constraints and triggers."""
    found = dict(TRIGGERS)
    for label in ("people", "cases"):
        for model in apps.get_app_config(label).get_models():
            found |= {rule.name: str(rule.violation_error_message) for rule in model._meta.constraints}
    return found


def sentence_for(error: Exception) -> str:
    """Return the sentence for what the database said."""
    told = getattr(error.__cause__, "diag", None)
    named = constraint_sentences().get(getattr(told, "constraint_name", None) or "")
    return named or _BY_CODE.get(getattr(error.__cause__, "pgcode", None) or "", UNFIT)


@contextmanager
def told_in_words() -> Iterator[None]:
    """Run a write in a savepoint; what the database refuses is raised as a ``ValidationError``."""
    try:
        with transaction.atomic():
            yield
    except ProtectedError as refusal:
        raise ValidationError(_what_rests_on_it(refusal)) from refusal
    except (IntegrityError, DataError) as refusal:
        raise ValidationError(sentence_for(refusal)) from refusal


def _what_rests_on_it(refusal: ProtectedError) -> str:
    rows = sorted(refusal.protected_objects, key=lambda row: (row._meta.verbose_name or "", row.pk))
    named = [f"{row._meta.verbose_name} “{row}”" for row in rows[:5]]
    if len(rows) > 5:
        named.append(f"{len(rows) - 5} more")
    return f"This can not be removed: others rest on it. Remove or change these first: {'; '.join(named)}."

"""Column shapes that several nouns share: texts without NUL, permanent slugs, constraints with a message."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import Q

from people.models import slug_validator


def line(length: int = 300, **kwargs: Any) -> models.CharField:
    """One line of text, empty by default."""
    kwargs.setdefault("blank", True)
    kwargs.setdefault("default", "" if kwargs["blank"] else models.NOT_PROVIDED)
    return models.CharField(max_length=length, validators=[ProhibitNullCharactersValidator()], **kwargs)


def prose(**kwargs: Any) -> models.TextField:
    """Text of any length, empty by default."""
    kwargs.setdefault("blank", True)
    kwargs.setdefault("default", "")
    return models.TextField(validators=[ProhibitNullCharactersValidator()], **kwargs)


def choice(options: Iterable[Any], **kwargs: Any) -> models.CharField:
    """One slug of a fixed vocabulary."""
    return models.CharField(max_length=40, choices=list(options), **kwargs)


def address(**kwargs: Any) -> models.SlugField:
    """The permanent last part of a public address."""
    kwargs.setdefault("help_text", "The last part of the page's address. It is permanent: it can not be changed later.")
    return models.SlugField(max_length=120, unique=True, validators=[slug_validator], **kwargs)


def rule(name: str, condition: Q, message: str) -> models.CheckConstraint:
    """A rule that the database keeps, with the sentence an editor reads when it is broken."""
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def once(name: str, fields: list[str], message: str, condition: Q | None = None) -> models.UniqueConstraint:
    """A combination that may stand in the record only once, with its sentence for an editor."""
    return models.UniqueConstraint(fields=fields, name=name, condition=condition, violation_error_message=message)


def one_of(field: str, options: Iterable[tuple[str, Any]]) -> Q:
    """The condition that ``field`` holds one of the slugs in ``options``."""
    return Q(**{f"{field}__in": [slug for slug, _ in options]})


def needs_held_act(name: str, *, act: str = "event_id") -> pgtrigger.Trigger:
    """The trigger that refuses a row on an act (in column ``act``) that was not held."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
            PERFORM 1 FROM cases_event e WHERE e.id = NEW.{act} AND e.occurrence = 'held' FOR SHARE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'Only a held act can have an outcome.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
            END IF;
            RETURN NEW;
        """,
    )

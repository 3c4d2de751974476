"""What the tests of the verbs ask again and again: what is stored, and with which sentence a verb refuses."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from cases.models import (
    Case,
    Charge,
)


def stored(case: Case) -> tuple[str, str]:
    """The status and the class of the only charge, as stored."""
    row = Case.objects.get(pk=case.pk)
    return row.derived_status, Charge.objects.get(defendant__case=row).derived_class


def refusal(verb: Callable[..., object], *args: object, **kwargs: object) -> list[str]:
    """The sentences with which a verb refuses."""
    with pytest.raises(ValidationError) as refused:
        verb(*args, **kwargs)
    return refused.value.messages

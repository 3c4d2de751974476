"""Columns that follow another column: the folded form of a name, written whenever the row is saved."""

from collections.abc import Callable
from typing import Any

from django.db import models


class FoldedField(models.CharField):
    """A text column computed from other attributes of the row by ``compute(row)`` before each write.

    ``QuerySet.update`` does not pass here; ``check_record`` finds rows that went out of step.
    """

    def __init__(self, *args: Any, compute: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        kwargs["editable"] = False
        self.compute = compute
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["editable"]
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        if self.compute is None:
            return str(getattr(model_instance, self.attname))
        value = self.compute(model_instance)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value

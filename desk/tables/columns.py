"""The columns of the record's tables: how a value is written in a cell, and what a cell may say to be taken in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from import_export.fields import Field
from import_export.widgets import Widget

from cases.models import Court, Defendant, Event
from people.models import Name, Person
from people.names import fold


class Text(Widget):
    """A text as it is."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value or "")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class Number(Widget):
    """A whole number, or nothing. ``at_least`` is its default for an empty cell, unless it is None."""

    def __init__(self, *, default: int | None = None) -> None:
        super().__init__()
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return self.default
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise ValueError(f"“{text[:40]}” is not a whole number.")
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class Choice(Widget):
    """One word of a fixed vocabulary, as it is stored; its label is taken too."""

    def __init__(self, options: Iterable[tuple[str, str]], *, default: str = "") -> None:
        super().__init__()
        self.by_word = {str(word).lower(): str(word) for word, _ in options}
        self.by_label = {str(label).lower(): str(word) for word, label in options}
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = str(value or "").strip().lower()
        if not text:
            return self.default
        found = self.by_word.get(text, self.by_label.get(text))
        if found is None:
            known = ", ".join(word for word in self.by_word.values() if word)
            raise ValueError(f"“{text[:40]}” is none of: {known}.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class Reference(Widget):
    """Another row of the record, by its address."""

    def __init__(self, model: type[Model], noun: str, *, needed: bool = False) -> None:
        super().__init__()
        self.model, self.noun, self.needed = model, noun, needed

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            if self.needed:
                raise ValueError(f"Name the {self.noun} by its address.")
            return None
        found = self.model._base_manager.filter(slug=text).first()
        return found if found is not None else self.missing(text)

    def missing(self, text: str) -> Any:
        """Say that there is none."""
        raise ValueError(f"There is no {self.noun} with the address “{text[:80]}”.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value is not None else ""


class CourtReference(Reference):
    """A court, by its address or by its exact name."""

    def __init__(self) -> None:
        super().__init__(Court, "court", needed=True)

    def missing(self, text: str) -> Any:
        """Look for the name; of several courts of one name, ask which."""
        found = list(Court.objects.filter(name=text).order_by("slug")[:10])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"Several courts are called so. Choose one: {', '.join(one.slug for one in found)}.")
        raise ValueError(f"There is no court with the address or the exact name “{text[:80]}”.")


class DefendantReference(Widget):
    """A defendant, by the address of the person in the case that the same row names."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Defendant:
        case, person = row["case"], str(value or "").strip()
        found = Defendant.objects.filter(case__slug=case, person__slug=person).select_related("case", "person").first()
        if found is None:
            raise ValueError(
                f"“{person[:80]}” is no defendant of the case “{case[:80]}”. Give both by their addresses."
            )
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.person.slug if value is not None else ""


class ActReference(Widget):
    """An act, by its number in the record: the last part of its address on its case's page."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Event:
        number = Number().clean(value)
        found = Event.objects.filter(pk=number).first() if number is not None else None
        if found is None:
            raise ValueError("Give the number of the act that brings the charge.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value.pk if value is not None else ""


def persons_called(name: str) -> list[Person]:
    """Return everybody who has a name, whatever its accents and marks, at most ten."""
    folded = fold(name)
    if not folded:
        return []
    others = Name.objects.filter(folded=folded).values("person")
    return list((Person.objects.filter(folded=folded) | Person.objects.filter(pk__in=others)).order_by("slug")[:10])


def column(name: str, widget: Widget, attribute: str | None = None, **kwargs: Any) -> Field:
    """A column that is taken in."""
    return Field(attribute=attribute or name, column_name=name, widget=widget, **kwargs)

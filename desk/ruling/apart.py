"""What is said of one charge and not of the whole act: of which it may be said, and to which outcomes it goes."""

from collections.abc import Iterable, Sequence
from typing import Any

from cases.models import Outcome
from desk.ruling.forms import ApartForm
from desk.ruling.rows import Group

OF_ALL = "of-"  # what leads the id of a defendant, where it is said of all of their charges
NO_OUTCOME = "Choose an outcome for this charge first."
TWICE = "Of this charge it is said twice. Say it once."
CONTRADICTS = "This contradicts the outcome that you chose for it."


def options(groups: Sequence[Group], noun: str) -> list[Any]:
    """Return of what it may be said: each charge; or, of several defendants, all that are theirs."""
    found: list[Any] = [("", "Choose")]
    for group in groups:
        rows: list[Any] = [(row.charge.pk, str(row.charge)) for row in group.rows]
        if len(groups) > 1:
            every = [(f"{OF_ALL}{group.defendant.pk}", f"Every {noun} against {group.defendant.person}")]
            rows = [(str(group.defendant.person), [*(every if len(rows) > 1 else []), *rows])]
        found += rows
    return found


def apply(forms: Iterable[ApartForm], outcomes: Sequence[Outcome]) -> None:
    """Say it of the outcomes. What can not be said becomes an error beside its field."""
    said: set[int] = set()
    for form in forms:
        if form.is_blank or not form.is_valid():
            continue
        chosen = form.cleaned_data["charge"]
        about = [row for row in outcomes if chosen in (str(row.charge_id), f"{OF_ALL}{row.charge.defendant_id}")]
        if not about:
            form.add_error("charge", NO_OUTCOME)
        elif said & {row.charge_id for row in about}:
            form.add_error("charge", TWICE)
        elif _contradicts(form, about):
            form.add_error("prejudice", CONTRADICTS)
        else:
            for row in about:
                for name, value in form.said.items():
                    setattr(row, name, value)
        said |= {row.charge_id for row in about}


def _contradicts(form: ApartForm, about: Sequence[Outcome]) -> bool:
    """Whether an outcome itself says otherwise about bringing the charge again."""
    told = form.said.get("prejudice")
    return bool(told) and any(row.prejudice in ("with", "without") and row.prejudice != told for row in about)

"""What the count of keys promises: the fewest keys in a list, one pace for both, the same facts asked of both."""

import pytest

from bench.desk_keys import Tally, _shortest
from bench.desk_stock import stock
from bench.desk_tasks import TASKS
from cases.models import Event

LIST = ["---------", "Ruling", "Sentence", "Statement", "State v. Quint", "Verdict", "Withdrawn", "Other", "Zoning"]


@pytest.mark.parametrize(
    ("at", "goal", "jump", "arrows"),
    [
        (0, 1, [], 1),  # the next one: an arrow
        (3, 2, [], -1),
        (0, 8, ["End"], 0),
        (8, 0, ["Home"], 0),
        (0, 5, ["V"], 0),
        (0, 4, ["S", "S", "S"], 0),  # or three arrows after a letter: no fewer
        (8, 4, ["S"], 2),
        (4, 4, [], 0),
    ],
)
def test_a_list_is_chosen_from_with_the_fewest_keys(at: int, goal: int, jump: list[str], arrows: int) -> None:
    found = _shortest(LIST, at, goal)
    assert len(found[0]) + abs(found[1]) == len(jump) + abs(arrows)


def test_both_are_paced_alike_and_the_stock_admin_is_django_s_own() -> None:
    assert Tally(keys=10, thoughts=2, pages=1, waited=99).seconds == pytest.approx(10 * 0.2 + 3 * 1.2)
    assert {task.case for task in TASKS} == {"baldwin", "gutierrez-reed"}
    screen = stock._registry[Event]
    ours = [one for one in type(screen).__mro__ if one.__module__.startswith(("desk", "cases", "people"))]
    assert (ours, screen.form.__module__, [inline.formset.__module__ for inline in screen.inlines]) == (
        [], "django.forms.models", ["django.forms.models"] * 4,
    )  # fmt: skip

"""The scenario ids of the README, the tests and the design are the same 37: none is lost, none untested."""

import ast
import re
from pathlib import Path

import cases.law

HERE = Path(__file__).parent
README = Path(cases.law.__file__).parent / "README.md"


def marked() -> set[str]:
    """The ids that ``@scenario("...")`` names on the tests of this folder."""
    found = set()
    for path in HERE.glob("test_scenarios_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "scenario":
                        found.add(ast.literal_eval(mark.args[0]))
    return found


def written() -> list[str]:
    """The ids in the first column of the README's table of scenarios."""
    table = README.read_text().split("\n## Scenarios\n", 1)[1]
    return re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)


def test_each_scenario_of_the_readme_has_a_test_and_each_test_its_row() -> None:
    assert sorted(written()) == sorted(marked())


def test_no_scenario_is_lost() -> None:
    assert len(written()) == 37

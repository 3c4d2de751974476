"""Tests about the repository itself: its documents say what is there, and its files keep the house's habits."""

import ast
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
ROOMS = ("config", "people", "cases", "public", "desk", "imports")


MADE = {".git", ".venv", ".local", "__pycache__", "staticfiles", "htmlcov", ".hypothesis", "node_modules"}


def _files() -> list[Path]:
    """Return every file of the project, without what tools and the running site have made."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE and not name.endswith("_cache")]
        found += [Path(folder, name) for name in names]
    return sorted(found)


FILES = _files()
PYTHON = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]
TEXTS = [
    path for path in FILES if path.suffix in {".py", ".md", ".html", ".css", ".js", ".toml", ".yml", ".yaml", ".sh"}
]
TEXTS += [path for path in FILES if path.name in {"Makefile", "Dockerfile", ".dockerignore"} or ".ci" in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- documents ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\[[^\]]*\]\(([^)\s#]+)", document.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert missing == []


def test_every_command_in_a_document_exists() -> None:
    ours = {name for name, app in get_commands().items() if app in ROOMS}
    said = {
        (named(document), command)
        for document in DOCUMENTS
        for command in re.findall(r"manage\.py ([a-z][a-z_]+)", document.read_text(encoding="utf-8"))
    }
    assert {(document, command) for document, command in said if command not in get_commands()} == set()
    told = " ".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert {command for command in ours if command not in told} == set()


def test_every_make_target_in_a_document_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"(?:^|`|\d )make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert said - targets == set()


def test_the_settings_told_are_the_settings_read() -> None:
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/running.md").read_text(encoding="utf-8"), re.MULTILINE))
    read = set()
    for path in (ROOT / "config").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"\b(?:flag|number|words|contact)\(\s*\"([A-Z_]+)\"", text))
        read |= set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", text))
    for name in ("docker-compose.yml", "Dockerfile"):
        read |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert told == read - {"DJANGO_SETTINGS_MODULE"}


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs/decisions"
    titles = {}
    for path in folder.glob("[0-9]*.md"):
        number, title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(". ", 1)
        assert int(number) == int(path.name[:4])
        titles[path.name] = f"| {number} | [{title}]({path.name}) |"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert sorted(line for line in index.splitlines() if "](" in line) == sorted(titles.values())


def test_the_data_model_names_every_noun() -> None:
    text = (ROOT / "docs/data-model.md").read_text(encoding="utf-8")
    models = [model for room in ("people", "cases", "imports") for model in apps.get_app_config(room).get_models()]
    nouns = {model.__name__ for model in models if not hasattr(model, "pgh_tracked_model")}  # told by their noun
    assert {noun for noun in nouns if not re.search(rf"\b{noun}\b", text)} == set()
    drawn = {noun for pair in re.findall(r"^    (\w+) \S+ (\w+) :", text, re.MULTILINE) for noun in pair}
    # the same rows as others; an index, or two; a desk table; a memory that no row points to
    seen_elsewhere = {
        "Ruling",
        "IndexedName",
        "NameToken",
        "Concern",
        "Entry",
        "UsedAddress",
        "SecondLook",
        "ListCell",
        "ListedCase",
    }
    assert (drawn - nouns, nouns - drawn - seen_elsewhere) == (set(), set())


# --- files --------------------------------------------------------------------------------------------------------


def test_every_module_says_what_belongs_there() -> None:
    silent = []
    for path in PYTHON:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(named(path))
    assert silent == []


def test_every_public_function_of_the_rules_and_verbs_says_what_it_means() -> None:
    silent = []
    for path in PYTHON:
        if path.parts[len(ROOT.parts) :][:2] not in {("cases", "law"), ("cases", "editing")}:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named_so = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named_so and not ast.get_docstring(node):
                silent.append(f"{named(path)}: {node.name}")
    assert silent == []


def test_no_file_is_longer_than_can_be_held_in_the_head() -> None:
    long = {named(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for path in PYTHON:
        if path.parts[len(ROOT.parts)] not in ROOMS:
            continue
        functions = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.FunctionDef))
        long += [f"{named(path)}: {f.name}" for f in functions if (f.end_lineno or 0) - f.lineno >= 50]
    assert long == []


def test_there_is_no_room_without_a_question() -> None:
    junk = {"common", "core", "utils", "util", "helpers", "services", "misc"}
    assert [
        named(path) for path in PYTHON if junk & {part.removesuffix(".py") for part in path.parts[len(ROOT.parts) :]}
    ] == []


def test_nothing_is_inline_in_a_template() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    templates = [path for path in FILES if path.suffix == ".html"]
    assert [named(path) for path in templates if inline.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_names_a_machine_or_an_index_of_packages() -> None:
    """Whoever installs chooses where from; nobody's paths are ours."""
    here = re.escape(f"{ROOT}/")  # a path of this checkout, wherever it lies
    elsewhere = re.compile(rf"{here}|(?<!no-emit-)index-url|/simple/?\b", re.IGNORECASE)
    told = [named(path) for path in TEXTS if path != Path(__file__) and elsewhere.search(path.read_text("utf-8"))]
    assert told == []


def test_nothing_unfinished_is_left() -> None:
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [named(path) for path in TEXTS if marks.search(path.read_text(encoding="utf-8"))] == []


def test_what_a_checker_passes_over_says_why() -> None:
    """A rule by its code, and a reason on its line. Tests are not checked for types, so nothing there says so."""
    bare = re.compile(r"# (?:noqa|type: ignore)(?!(?:\[[a-z, -]+\]|: [A-Z0-9, ]++)\W*\w)")
    told = [
        f"{named(path)}:{number}"
        for path in PYTHON
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line) or ("tests" in path.parts and "# type: ignore" in line)
    ]
    assert told == []


def test_licences_lie_beside_what_is_not_ours() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Free Law Project" in (ROOT / "cases/data/courts/LICENSE").read_text(encoding="utf-8")

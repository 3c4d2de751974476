"""What the decisions say of the repository is so: its top level, its dependencies, its rooms."""

import re
import shutil
import subprocess
import tomllib

import pytest

from tests.config.conftest import CHECKOUT

DECISIONS = CHECKOUT / "docs" / "decisions"


def pins(name: str) -> dict[str, str]:
    """Package -> version, with its marker, of a lock file."""
    lines = re.findall(r"^([a-z0-9-]+)==(.+?) \\$", (CHECKOUT / name).read_text(), re.MULTILINE)
    return dict(lines)


def asked_for(name: str) -> set[str]:
    lines = (CHECKOUT / name).read_text().splitlines()
    return {re.split(r"[~=<>\[]", line)[0] for line in lines if line and not line.startswith(("#", "-"))}


def test_every_room_has_its_place_in_the_order_of_imports() -> None:
    rooms = {found.parent.name for found in CHECKOUT.glob("*/__init__.py")} - {"tests", "bench"}
    linter = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
    order = " | ".join(linter["contracts"][0]["layers"]).split(" | ")
    assert rooms == set(order) == set(linter["root_packages"])


@pytest.mark.skipif(not (CHECKOUT / ".git").exists() or not shutil.which("git"), reason="not a checkout")
def test_everything_at_the_top_level_is_accounted_for() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    top = {f"{path.split('/')[0]}/" if "/" in path else path for path in tracked.splitlines()}
    named = set(re.findall(r"`([^` ]+)`", (DECISIONS / "0004-top-level.md").read_text()))
    patterns = [re.escape(name).replace(r"\*", ".*") for name in named]
    assert {entry for entry in top if not any(re.fullmatch(pattern, entry) for pattern in patterns)} == set()


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_dependency_has_its_reason(name: str) -> None:
    reasons = (DECISIONS / "0002-dependencies.md").read_text().lower()
    assert {package for package in asked_for(name) if package.lower() not in reasons} == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_versions_and_hashes_and_no_place_to_download_from(name: str) -> None:
    text = (CHECKOUT / name).read_text()
    assert len(pins(name)) > 20
    assert {line.split("=")[0].strip() for line in text.splitlines() if line.startswith(" ")} == {"--hash"}
    assert not re.search(r"https?:|file:|--index|--find-links|--extra|/wheels", text)


def test_what_is_tested_is_what_runs() -> None:
    site, everything = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: everything.get(name) for name in site} == site

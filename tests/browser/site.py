"""The site under test: `make demo` in a process of its own, with a database that goes away with it."""

import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.config.conftest import CHECKOUT, House, free_port

STARTS_WITHIN = 300  # seconds, on a machine that is busy with everything else; it only ends a hang


@dataclass(frozen=True)
class Site:
    """Where the site is, how its editor signs in, and the home of its database."""

    address: str
    editor: str
    passwords: dict[str, str]
    house: House

    @property
    def password(self) -> str:
        """The password of its editor."""
        return self.passwords[self.editor]


@contextmanager
def serving(log: Path) -> Iterator[Site]:
    """Start the demonstration, with its record, on a free port; stop it and delete its database afterwards."""
    house = House(Path("/tmp") / f"docketline-browser-{secrets.token_hex(6)}")  # noqa: S108 - see its own fixture
    environment = house.environment | {"PORT": str(free_port()), "DEBUG": "0"}
    with log.open("w") as output:
        demo = subprocess.Popen(
            [sys.executable, "-m", "config.demo"], cwd=CHECKOUT, env=environment, stdout=output, stderr=output
        )
    try:
        told = wait_for_the_address(demo, log)
        passwords = dict(re.findall(r"^  (\w+) +password: (\S+)", told, re.MULTILINE))
        address = re.search(r"Docketline is at (http://127\.0\.0\.1:\d+)/", told)
        assert list(passwords) == ["administrator", "editor", "contributor"], told
        assert address, told
        yield Site(address[1], "editor", passwords, house)
    finally:
        demo.terminate()
        try:
            demo.wait(60)  # it takes its database along
        except subprocess.TimeoutExpired:
            demo.kill()
            house.clear()
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")


def wait_for_the_address(demo: subprocess.Popen[bytes], log: Path) -> str:
    """Return what it said when it began to serve."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and demo.poll() is None:
        if "Docketline is at" in (told := log.read_text(encoding="utf-8")):
            return told
        time.sleep(0.05)
    raise AssertionError(f"The demonstration did not start:\n{log.read_text(encoding='utf-8')}")

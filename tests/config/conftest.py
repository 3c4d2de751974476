"""Embedded servers of the tests' own, each in a folder that goes away with it."""

import contextlib
import os
import queue
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NEVER = 120  # seconds after which something never comes; it only ends a hang, and nobody waits for it where all is well


def free_port() -> int:
    """Return a port of this machine that nobody listens on.

    Not one that the system gives to whoever connects somewhere: such a one is taken between the choice and its use.
    """
    while True:
        port = random.randrange(15_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Participant:
    """A process that uses the database of one home."""

    def __init__(self, environment: dict[str, str], *, checkout: Path = CHECKOUT) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.config.participant"],
            cwd=checkout,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._answers.put(line.rstrip("\n"))

    def send(self, statement: str) -> None:
        self.process.stdin.write(statement + "\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        return self._answers.get(timeout=NEVER)

    def ask(self, statement: str = "SELECT 1") -> str:
        self.send(statement)
        return self.answer()

    def leave(self) -> None:
        self.process.stdin.close()
        self.process.wait(NEVER)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(NEVER)


class House:
    """One embedded server's folder, and what a test wants to know of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.participants: list[Participant] = []

    @property
    def environment(self) -> dict[str, str]:
        # Nothing of this test run's own server. Not durable, and no lingering: both only cost time here.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("EMBEDDED_", "DATABASE_"))}
        return {
            **kept,
            "EMBEDDED_POSTGRES_DIR": str(self.folder),
            "EMBEDDED_POSTGRES_DURABLE": "0",
            "EMBEDDED_POSTGRES_EPHEMERAL": "1",
            "EMBEDDED_POSTGRES_LINGER": "0.2",
            "DEMO_INVESTIGATIONS": "0",  # tests/imports looks at that record; here it would only cost time
        }

    def enter(self, **environment: str) -> Participant:
        self.participants.append(Participant(self.environment | environment))
        return self.participants[-1]

    def postmaster_number(self) -> int | None:
        try:
            return int((self.folder / "data/postmaster.pid").read_text().splitlines()[0])
        except FileNotFoundError:
            return None

    def postmaster(self) -> psutil.Process:
        return psutil.Process(self.postmaster_number())

    def keeper(self) -> psutil.Process:
        return psutil.Process(int((self.folder / "keeper").read_text()))

    def clear(self) -> None:
        for participant in self.participants:
            participant.kill()
        with contextlib.suppress(OSError, ValueError, psutil.Error):
            self.keeper().send_signal(signal.SIGTERM)  # do not linger


@pytest.fixture
def house() -> Iterator[House]:
    # Under /tmp itself: as root, the account that runs the server has to get there.
    made = House(Path("/tmp") / f"docketline-test-{secrets.token_hex(6)}")  # noqa: S108 - said above
    yield made
    made.clear()
    eventually(lambda: not made.folder.exists(), within=10)
    shutil.rmtree(made.folder, ignore_errors=True)


def eventually(holds: Callable[[], bool], *, within: float = NEVER) -> bool:
    """Whether it comes true in time (in seconds)."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def is_alive(process: psutil.Process) -> bool:
    """A zombie is not; how soon it is collected is up to the machine."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False

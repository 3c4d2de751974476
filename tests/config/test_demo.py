"""`make demo`, as a newcomer starts and stops it."""

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

from tests.config.conftest import CHECKOUT, NEVER, House, eventually, free_port, is_alive


def start(environment: dict[str, str], stderr: int | TextIO = subprocess.PIPE) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "config.demo"],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=NEVER) as answer:  # noqa: S310 - it is our own
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_it_serves_heals_and_ends_quietly(house: House, tmp_path: Path) -> None:
    port = free_port()
    complaints = tmp_path / "stderr"  # a pipe that nobody reads would fill up and stop it
    with complaints.open("w") as stderr:
        demo = start(house.environment | {"PORT": str(port)}, stderr)
    try:
        lines = iter(demo.stdout.readline, "")
        address = next((found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))), None)
        assert address == f"http://127.0.0.1:{port}/", complaints.read_text()

        with ThreadPoolExecutor(8) as readers:
            assert set(readers.map(status, [address, f"{address}desk/login/"] * 8)) == {200}
        assert status(f"{address}static/admin/css/base.css") == 200
        assert status(f"{address}no-such-page/") == 404

        postmaster = house.postmaster()
        postmaster.kill()
        assert eventually(lambda: status(address) == 200 and house.postmaster_number() != postmaster.pid)
        healed = house.postmaster()

        demo.send_signal(signal.SIGINT)
        demo.wait(NEVER)
        assert demo.returncode == 0
        assert not is_alive(healed), "the database has ended before the demo does"
        assert "Traceback" not in complaints.read_text()
    finally:
        demo.kill()
        demo.wait()


def test_a_taken_port_is_named_before_anything_is_started(house: House) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        demo = start(house.environment | {"PORT": str(port)})
        _, complaint = demo.communicate(timeout=NEVER)
    assert demo.returncode == 1
    assert complaint.startswith(f"Port {port} can not be used")
    assert f"make demo PORT={port + 1}" in complaint
    assert "Traceback" not in complaint
    assert not house.folder.exists()


def test_it_does_not_touch_a_real_database(house: House) -> None:
    demo = start(house.environment | {"DATABASE_URL": "postgres://localhost/real"})
    _, complaint = demo.communicate(timeout=NEVER)
    assert demo.returncode == 1
    assert complaint.startswith("DATABASE_URL is set.")
    assert not house.folder.exists()

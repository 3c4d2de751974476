"""The search pages over HTTP: how many requests a second the site answers, and Datasette on the same names."""

import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urlencode

CONNECTIONS = 4
SECONDS, ROUNDS = 8.0, 3  # each is asked for so long, in turn, so many times
HOST = "127.0.0.1"
DATASETTE = "DATASETTE"  # the environment variable that says where the program is


def find_datasette(given: str = "") -> str | None:
    """Return the path of the program datasette, if there is one."""
    return which(given or os.environ.get(DATASETTE, "") or "datasette")


def measure_pages(folder: Path, size: int, texts: list[str], datasette: str | None) -> dict[str, Any]:
    """Return for each of the two the requests a second of every round, the milliseconds of each, and the failures."""
    with _site(folder, size) as ours:
        asked = {"ours": (ours, "/people/?{}", "q")}
        if datasette is None:
            return _in_turn(asked, texts)
        with _datasette(datasette, folder / f"{size}.sqlite3") as theirs:
            asked["Datasette"] = (theirs, f"/{size}/names?{{}}", "_search")
            return _in_turn(asked, texts)


def _in_turn(asked: dict[str, tuple[int, str, str]], texts: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: {"a_second": [], "ms": [], "failed": 0} for name in asked}
    for port, path, word in asked.values():
        _load(port, [path.format(urlencode({word: text})) for text in texts], SECONDS / 2)  # so that both are warm
    for _ in range(ROUNDS):
        for name, (port, path, word) in asked.items():
            ms, failed, took = _load(port, [path.format(urlencode({word: text})) for text in texts], SECONDS)
            found[name]["a_second"].append(len(ms) / took)
            found[name]["ms"] += ms
            found[name]["failed"] += failed
    for answers in found.values():
        answers["median_a_second"] = statistics.median(answers["a_second"])
    return found


def _load(port: int, paths: list[str], seconds: float) -> tuple[list[float], int, float]:
    """Ask for the paths in turn over several connections that are kept open. Only answers of 200 count."""
    began = time.perf_counter()
    until = began + seconds
    at = count()
    times: list[float] = []
    failed: list[int] = []

    def ask() -> None:
        opened = HTTPConnection(HOST, port, timeout=30)
        while time.perf_counter() < until:
            sent = time.perf_counter()
            try:
                opened.request("GET", paths[next(at) % len(paths)])
                answer = opened.getresponse()
                answer.read()
                good = answer.status == 200
            except (HTTPException, OSError):
                opened.close()
                good = False
            if good:
                times.append((time.perf_counter() - sent) * 1000)
            else:
                failed.append(1)
        opened.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failed), time.perf_counter() - began


@contextmanager
def _site(folder: Path, size: int) -> Iterator[int]:
    """The site as its container serves it (two workers), on this size's database."""
    env = os.environ | {
        "DEBUG": "0", "DEMO": "1", "EMBEDDED_POSTGRES_DIR": str(folder / str(size)), "EMBEDDED_POSTGRES_DURABLE": "0",
        "ALLOWED_HOSTS": HOST,
    }  # fmt: skip
    env.pop("DATABASE_URL", None)
    port = _free_port()
    serve = ["-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "8"]
    with _running([sys.executable, *serve, "--keep-alive", "30", "--log-level", "error"], port, env):
        yield port


@contextmanager
def _datasette(program: str, names: Path) -> Iterator[int]:
    """Datasette with its own settings, on the SQLite file of the names."""
    port = _free_port()
    with _running([program, "serve", str(names), "--host", HOST, "--port", str(port)], port, dict(os.environ)):
        yield port


@contextmanager
def _running(command: list[str], port: int, env: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, env=env, stdout=sys.stderr, stderr=sys.stderr) as served:
        try:
            _wait_for(port, served)
            yield
        finally:
            served.terminate()


def _wait_for(port: int, served: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if served.poll() is not None:
            raise RuntimeError(f"{served.args!r} ended with {served.returncode}.")
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{served.args!r} does not answer.")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])

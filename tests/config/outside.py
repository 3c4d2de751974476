"""A site as an operator has it: PostgreSQL on TCP, the files of the image, gunicorn, and a browser behind a proxy.

Nothing of the embedded database has a hand in it; only the programs of PostgreSQL are the ones that come with it.
"""

import contextlib
import http.client
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg2

from config.embedded.binaries import programs
from config.embedded.home import Home
from tests.config.conftest import CHECKOUT, NEVER, eventually, free_port

HOST = "cases.example.org"


class Database:
    """A PostgreSQL server that somebody else runs: reached by TCP, with a password, as a role that is no superuser."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.make()
        self.bin = programs(self.home)
        self.data = folder / "data"
        self.port = free_port()
        self.administrator = secrets.token_hex(12)
        self.password = secrets.token_hex(12)
        self.data.mkdir()
        if self.home.account:
            os.chown(self.data, self.home.account.uid, self.home.account.gid)
        passwords = folder / "passwords"
        passwords.write_text(self.administrator, encoding="ascii")
        passwords.chmod(0o644)
        self._run("initdb", f"--pgdata={self.data}", "--username=postgres", f"--pwfile={passwords}",
                  "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip
        self.start()

    @property
    def environment(self) -> dict[str, str]:
        """What PostgreSQL's own programs need to know to reach it as its administrator."""
        return {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGUSER": "postgres", "PGPASSWORD": self.administrator}

    def url(self, name: str = "docketline") -> str:
        return f"postgres://docketline:{self.password}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        log = self.home.folder / "log"
        log.touch()
        log.chmod(0o666)
        self._run("pg_ctl", "start", "--wait", f"--pgdata={self.data}", f"--options={options}", f"--log={log}")

    def stop(self) -> None:
        """Stop it as a restart of its service does: who is connected is cut off."""
        self._run("pg_ctl", "stop", "--wait", "--mode=fast", f"--pgdata={self.data}")

    def ask(self, statement: str, *, name: str = "docketline") -> list[tuple[Any, ...]]:
        """Run a statement as the site's role."""
        with (
            contextlib.closing(psycopg2.connect(self.url(name))) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str) -> None:
        account = self.home.account
        run_as: dict[str, Any] = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
        with (self.home.folder / "output").open("w+") as output:  # not a pipe, which a server would keep open
            run = subprocess.run(
                [str(self.bin / program), *arguments], cwd="/", env={"PATH": os.defpath}, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, check=False, **run_as,
            )  # fmt: skip
            output.seek(0)
            assert run.returncode == 0, output.read()


@dataclass
class Installation:
    """The files of the image in a folder of their own, and the settings of docs/running.md."""

    folder: Path
    database: Database
    settings: dict[str, str]
    bin: Path = field(default_factory=lambda: Path(sys.executable).parent)

    def lay_out(self) -> None:
        """Copy what the image has, and nothing else."""
        shown = (CHECKOUT / ".dockerignore").read_text(encoding="utf-8")
        for name in re.findall(r"^!(.+)$", shown, re.MULTILINE):
            source, target = CHECKOUT / name, self.folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)

    def run(self, line: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a line of docs/running.md in a shell."""
        return subprocess.run(["bash", "-c", self.shell(line)], cwd=self.folder, env=self._environment(more),
                              capture_output=True, text=True, check=False)  # fmt: skip

    def shell(self, line: str) -> str:
        """Return a line of the page with this machine's programs."""
        return line.replace(".venv/bin/", f"{self.bin}/")

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return {"PATH": f"{self.database.bin}:{os.defpath}", "LC_ALL": "C.UTF-8", **self.settings, **more}

    @contextlib.contextmanager
    def served(self, line: str, port: int) -> Iterator["Served"]:
        """Serve the site as the line of the page does, at another port."""
        assert "127.0.0.1:8000" in line
        log = (self.folder / "gunicorn.log").open("w+")
        # The proxy is on another machine, as it is for a container: gunicorn itself believes none of its headers.
        surroundings = self._environment({"FORWARDED_ALLOW_IPS": "192.0.2.254"})
        command = f"exec {self.shell(line.replace('8000', str(port)))}"
        process = subprocess.Popen(["bash", "-c", command], cwd=self.folder, env=surroundings, stdout=log, stderr=log)
        served = Served(process, port, self.folder / "gunicorn.log")
        try:
            assert eventually(served.answers), served.log.read_text()
            yield served
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(40)
            process.kill()
            process.wait()
            log.close()


@dataclass
class Served:
    """A running gunicorn."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return Browser(self.port).get("/robots.txt").status == 200
        return False


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def where(self) -> str:
        return self.headers["Location"] or ""


@dataclass
class Browser:
    """A reader behind a proxy that ends TLS: it says so on every request, and keeps cookies as a browser does."""

    port: int
    address: str = "192.0.2.1"
    scheme: str = "https"
    host: str = HOST
    cookies: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)  # each cookie with its attributes, as it was set

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, said: dict[str, str]) -> Answer:
        """Send a form with the token of the page before."""
        fields = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **said}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"{self.scheme}://{self.host}"}
        return self.ask("POST", path, body=urlencode(fields), headers=headers)

    def ask(self, method: str, path: str, *, body: str | None = None, headers: dict[str, str]) -> Answer:
        """Ask as the proxy of docs/running.md passes it on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=NEVER)
        told = {"Host": self.host, "X-Forwarded-Proto": self.scheme, "X-Forwarded-For": f"10.9.9.9, {self.address}"}
        kept = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers={**told, **kept, **headers})
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = cookie.partition("=")
                self.written[name] = cookie
                self.cookies[name] = rest.partition(";")[0]
            return Answer(answer.status, answer.headers, answer.read())


def blocks(page: str, heading: str) -> list[list[str]]:
    """Return the lines of each block of code under a heading of docs/running.md."""
    text = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [found.strip().splitlines() for found in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)]

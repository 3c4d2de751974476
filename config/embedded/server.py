"""One PostgreSQL server: made, started, asked whether it answers, and stopped. The keeper says when."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg2
from psycopg2 import sql

from config.embedded.binaries import programs
from config.embedded.home import LONGEST_SOCKET_PATH, PORT, EmbeddedServerError, Home, make_folder

SUPERUSER = "postgres"
OWNER = DATABASE = "docketline"
SHORT_FOLDER = Path("/tmp/docketline-")  # noqa: S108 - a random ending is added, and nobody else may enter
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# A server of tests sweeps between them, see tests/conftest.py. Were it to count rows by itself, while a test's
# transaction is open, it would find the tables empty, and questions be planned for that: for 15 seconds and more.
EPHEMERAL = {"autovacuum": "off"}
LEAST_BUFFERS, MOST_BUFFERS = 128, 1024  # megabytes; the least is PostgreSQL's own default
MEMORY_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container


def _buffers() -> int:
    """Return how many megabytes of pages the server may keep: an eighth of the memory, of which it takes what it uses.

    The indexes of a large record then stay at hand: a search among a million persons takes a seventh less work.
    """
    memory: int = psutil.virtual_memory().total
    with contextlib.suppress(OSError, ValueError):  # no container, or one without a limit
        memory = min(memory, int(MEMORY_LIMIT.read_text(encoding="ascii")))
    return max(LEAST_BUFFERS, min(MOST_BUFFERS, memory // 8 // 2**20))


class Server:
    """The server over a home's data, whoever started it: a keeper may have died and left it running."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._postmaster: psutil.Process | None = None
        self._child: subprocess.Popen[bytes] | None = None
        # Tells our processes from every other PostgreSQL's: it is a part of their titles.
        self._mark = "docketline_" + hashlib.sha256(os.fsencode(home.data)).hexdigest()[:16]

    # --- made ---------------------------------------------------------------------------------------------------

    def initialise(self) -> None:
        """Make the data folder, whole or not at all."""
        if self.home.data.exists():
            return
        draft, password = self.home.folder / "data.draft", self.home.folder / "password.draft"
        shutil.rmtree(draft, ignore_errors=True)
        make_folder(draft, 0o700)
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(self.home.password(), encoding="ascii")
        self._give_to_account(draft, password)
        command = [
            str(programs(self.home) / "initdb"),
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-instructions",
            *([] if self.home.durable else ["--no-sync"]),
        ]
        try:
            made = subprocess.run(
                command,
                **self._as_account(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            raise EmbeddedServerError(self._cannot_run(error)) from error
        finally:
            password.unlink()
        if made.returncode != 0:
            raise EmbeddedServerError(f"The embedded database could not be made in {draft}: {made.stderr.strip()}")
        draft.rename(self.home.data)

    def furnish(self) -> bool:
        """Make the site's role and database where they are missing; False if the server went away over it.

        The role is no superuser: a hole in the site must not become a shell on the machine.
        """
        try:
            with contextlib.closing(self._connect(SUPERUSER)) as connection:
                connection.autocommit = True
                self._furnish(connection.cursor())
        except psycopg2.OperationalError:
            return False
        return True

    def _furnish(self, cursor: "psycopg2.extensions.cursor") -> None:
        owner, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER])
        if not cursor.fetchone():
            create = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD %s").format(owner)
            cursor.execute(create, [self.home.password()])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))

    # --- started ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the server, or take over the one that runs. It may need a while until it answers."""
        if self.is_running():
            return
        self._clear_the_way()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._make_socket_folder()),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "cluster_name": self._mark,
            "timezone": "UTC",
            "log_timezone": "UTC",
            **({} if self.home.ephemeral else {"shared_buffers": f"{_buffers()}MB"}),
            **({} if self.home.durable else NOT_DURABLE),
            **(EPHEMERAL if self.home.ephemeral else {}),
        }
        command = [str(programs(self.home) / "postgres"), "-D", str(self.home.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.home.log.open("ab") as log:
            try:
                self._child = subprocess.Popen(
                    command,
                    **self._as_account(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            except OSError as error:
                raise EmbeddedServerError(self._cannot_run(error)) from error
        self._postmaster = psutil.Process(self._child.pid)

    def is_running(self) -> bool:
        """Whether there is a server process. Whether it answers is another question."""
        if self._child is not None and self._child.poll() is not None:
            self._child = self._postmaster = None
        if self._postmaster is None:
            self._postmaster = self._found()
        if self._postmaster is not None and not _is_alive(self._postmaster):
            self._postmaster = None
        return self._postmaster is not None

    def answers(self) -> bool:
        """Whether a real connection can be made."""
        try:
            self._connect(SUPERUSER).close()
        except (psycopg2.Error, EmbeddedServerError):
            return False
        return True

    # --- stopped ------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Stop in good order; by force only where that takes far too long."""
        sockets = self.home.socket_folder()
        for order, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if not self.is_running() or self._postmaster is None:
                break
            with contextlib.suppress(psutil.NoSuchProcess):
                self._postmaster.send_signal(order)
            deadline = time.monotonic() + patience
            while self.is_running() and time.monotonic() < deadline:
                time.sleep(0.02)
        self._remove(sockets)

    def kill(self) -> None:
        """End it at once; the next start recovers what was committed."""
        if self.is_running() and self._postmaster is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                self._postmaster.kill()
                self._postmaster.wait(10)
        self._kill_orphans()

    # --- the parts ----------------------------------------------------------------------------------------------

    def _connect(self, user: str) -> "psycopg2.extensions.connection":
        folder = self.home.socket_folder()
        if folder is None:
            raise EmbeddedServerError("There is no server.")
        return psycopg2.connect(
            host=str(folder), port=PORT, user=user, password=self.home.password(), dbname="postgres", connect_timeout=5
        )

    def _found(self) -> psutil.Process | None:
        """The live process that postmaster.pid names, if it is a server over our data and not a stranger who was
        given the number of a dead one."""
        try:
            pid = int(self.home.postmaster_pid.read_text(encoding="utf-8").split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = process.name() == "postgres" and str(self.home.data) in process.cmdline()
        except (OSError, ValueError, psutil.Error):
            return None
        return process if ours else None

    def _clear_the_way(self) -> None:
        """Remove what a killed server left behind: children that hold its memory, its socket, its number. The number
        may belong to a stranger by now, or to a zombie: PostgreSQL would take either for a living server."""
        self._kill_orphans()
        self._remove(self.home.socket_folder())
        shutil.rmtree(self._usual_sockets, ignore_errors=True)
        self.home.postmaster_pid.unlink(missing_ok=True)

    def _kill_orphans(self) -> None:
        orphans = [process for process in psutil.process_iter(["name", "cmdline"]) if self._is_marked(process.info)]
        for orphan in orphans:
            with contextlib.suppress(psutil.NoSuchProcess):
                orphan.kill()
        psutil.wait_procs(orphans, timeout=5)

    def _is_marked(self, info: dict[str, Any]) -> bool:
        return info["name"] == "postgres" and any(self._mark in word for word in info["cmdline"] or ())

    @property
    def _usual_sockets(self) -> Path:
        return self.home.folder / "run"

    def _make_socket_folder(self) -> Path:
        folder = self._usual_sockets
        if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET_PATH:
            folder = Path(tempfile.mkdtemp(prefix=SHORT_FOLDER.name, dir=SHORT_FOLDER.parent))
        make_folder(folder, 0o700)
        self._give_to_account(folder)
        return folder

    def _remove(self, sockets: Path | None) -> None:
        """Remove a socket's folder that was made outside of the home."""
        if sockets and sockets.parent == SHORT_FOLDER.parent and sockets.name.startswith(SHORT_FOLDER.name):
            shutil.rmtree(sockets, ignore_errors=True)

    def _give_to_account(self, *paths: Path) -> None:
        if account := self.home.account:
            try:
                for path in paths:
                    os.chown(path, account.uid, account.gid)
            except OSError as error:
                raise EmbeddedServerError(self._cannot_run(error)) from error

    def _as_account(self) -> dict[str, Any]:
        """How a program of PostgreSQL is started: as nobody in particular, and with nothing of our environment."""
        options: dict[str, Any] = {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        if account := self.home.account:
            options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
        return options

    def _cannot_run(self, error: OSError) -> str:
        account = self.home.account
        if account is None:
            return f"PostgreSQL can not be started: {error}. Run `make setup` again, or set DATABASE_URL."
        return (
            f"PostgreSQL does not run as root, and can not be started as {account.name}: {error.strerror}. Start the "
            f"site as an ordinary user, set EMBEDDED_POSTGRES_DIR to a folder which {account.name} can enter (now "
            f"{self.home.folder}), or set DATABASE_URL."
        )


def _is_alive(process: psutil.Process) -> bool:
    """A zombie is not: in a container nobody may ever collect it."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False

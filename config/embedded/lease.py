"""Taking part: a process that uses the embedded server holds a lease on it, and sees to it that there is a keeper."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from functools import cache

import psycopg2

from config.embedded.home import CHECKOUT, PORT, EmbeddedServerError, Home, home_from_environment
from config.embedded.server import DATABASE, OWNER

PATIENCE = 15.0  # seconds to wait for a server that starts or recovers
PATIENCE_AT_FIRST = 90.0  # and for one that is just being made, on a slow machine
PAUSE = 0.05


class Lease:
    """This process's share in one server. A forked child holds its parent's share too, until both have ended."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._handle: int | None = None
        self._mutex = threading.Lock()
        os.register_at_fork(after_in_child=self._after_fork)

    def take(self) -> None:
        """Hold the lease, and start a keeper where there is none. Cheap when both are so."""
        with self._mutex:
            if self._handle is None or not self._is_current(self._handle):
                self._take_anew()
            if not self._keeper_is_there():
                self._start_keeper()

    def address(self) -> dict[str, str | int]:
        """How psycopg2 reaches the server that runs now."""
        folder = self.home.socket_folder()
        if folder is None:
            raise EmbeddedServerError("The embedded database is not up.")
        return {"host": str(folder), "port": PORT, "user": OWNER, "password": self.home.password()}

    def wait_until_it_answers(self) -> None:
        """Wait for a start, a restart or a recovery; give up with the reason, in words."""
        patience = PATIENCE if self.home.data.exists() else PATIENCE_AT_FIRST
        deadline = time.monotonic() + patience
        while True:
            self.take()
            if self._answers():
                return
            if failure := self._failure():
                raise EmbeddedServerError(failure)
            if time.monotonic() > deadline:
                raise EmbeddedServerError(
                    f"The embedded database did not answer in {patience:g} s: see {self.home.log}"
                )
            time.sleep(PAUSE)

    def give_back(self, *, patience: float = 30.0) -> None:
        """Leave. If nobody else is there, the server is stopped without lingering, and this waits for it."""
        with self._mutex:
            if self._handle is None:
                return
            os.close(self._handle)
            self._handle = None
        deadline = time.monotonic() + patience
        others_seen = 0  # in a row: the keeper, too, locks the lease for a moment when it looks
        while self._keeper_is_there() and others_seen < 3 and time.monotonic() < deadline:
            self._hurry_keeper()
            others_seen = others_seen + 1 if self._others_are_there() else 0
            time.sleep(PAUSE)

    # --- the parts ----------------------------------------------------------------------------------------------

    def _after_fork(self) -> None:
        self._mutex = threading.Lock()  # another thread of the parent may have held it

    def _is_current(self, handle: int) -> bool:
        """False once somebody has deleted the folder: then the lease is on nothing."""
        try:
            return os.path.samestat(self.home.lease.stat(), os.fstat(handle))
        except FileNotFoundError:
            return False

    def _take_anew(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        while self._handle is None:
            self.home.make()
            handle = os.open(self.home.lease, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(handle, fcntl.LOCK_SH)  # waits while a keeper is stopping the server
            if self._is_current(handle):
                self._handle = handle
            else:
                os.close(handle)

    def _keeper_is_there(self) -> bool:
        return _is_locked(self.home.keeper)

    def _others_are_there(self) -> bool:
        """Whether it is shared by somebody; while the keeper stops the server, it alone holds it."""
        return _is_locked(self.home.lease, shared=False) and not _is_locked(self.home.lease)

    def _start_keeper(self) -> None:
        handle = os.open(self.home.starting, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if self._keeper_is_there():
                return
            self.home.failure.unlink(missing_ok=True)
            log = os.open(self.home.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(log, "ab"):
                subprocess.run(
                    [sys.executable, "-m", "config.embedded.keeper"],
                    cwd=CHECKOUT,
                    env={**os.environ, **self.home.environment()},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is not meant for it
                    check=True,
                )
            deadline = time.monotonic() + 5
            while not self._keeper_is_there() and not self._failure() and time.monotonic() < deadline:
                time.sleep(0.01)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedServerError(f"The embedded database's keeper does not start: see {self.home.log}") from error
        finally:
            os.close(handle)

    def _hurry_keeper(self) -> None:
        try:
            os.kill(int(self.home.keeper.read_text(encoding="ascii")), signal.SIGTERM)
        except (OSError, ValueError):
            return

    def _failure(self) -> str:
        try:
            return self.home.failure.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def _answers(self) -> bool:
        try:
            psycopg2.connect(**self.address(), dbname=DATABASE, connect_timeout=5).close()
        except (psycopg2.OperationalError, EmbeddedServerError):
            return False
        return True


def _is_locked(path: os.PathLike[str], *, shared: bool = True) -> bool:
    """Whether somebody holds this file exclusively (or, with shared=False, at all)."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)


@cache
def lease() -> Lease:
    """This process's lease, on the home that the environment names."""
    return Lease(home_from_environment())

"""The keeper: one small process beside each embedded server, which starts it, heals it, and stops it.

It outlives whoever started it, and goes once no participant holds a lease any more. How a participant ends does not
matter: the operating system takes a lease back even from a killed process.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import time

from config.embedded.home import EmbeddedServerError, Home, home_from_environment
from config.embedded.server import Server

TICK = 0.1  # seconds between two looks at a server that works
SHORT_TICK = 0.02  # and at one that is coming up
LOOK_EVERY = 5.0  # seconds between two real connections to a server that works
HUNG_AFTER = 15.0  # seconds without an answer after which a server that worked before is killed
LONGEST_BACKOFF = 5.0
TRIES_BEFORE_FAILURE = 3
LARGEST_LOG = 10_000_000  # bytes


class Keeper:
    def __init__(self, home: Home, keeper_lock: int) -> None:
        self.home = home
        self.server = Server(home)
        self.keeper_lock = keeper_lock
        self.lease = os.open(home.lease, os.O_RDWR | os.O_CREAT, 0o600)
        self.linger = home.linger
        self.unleased_since: float | None = None
        self.ready = False
        self.attempts = 0
        self.next_attempt = 0.0
        self.last_answer = self.next_look = 0.0

    def run(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._hurry)
        try:
            self.server.initialise()
            while self._home_is_there() and not self._everyone_has_left():
                self._look_after_server(time.monotonic())
                time.sleep(TICK if self.ready else SHORT_TICK)
        except (EmbeddedServerError, OSError) as error:
            self._tell_failure(str(error))
        finally:
            self._end()

    def _hurry(self, *_: object) -> None:
        """SIGTERM: do not linger. A server that is in use stays."""
        self.linger = 0.0

    def _home_is_there(self) -> bool:
        """False once somebody has deleted the folder below us: then there is nothing left to keep."""
        try:
            return os.path.samestat(self.home.keeper.stat(), os.fstat(self.keeper_lock))
        except FileNotFoundError:
            return False

    def _everyone_has_left(self) -> bool:
        """True when nobody holds a lease, and has not for a while; from then on nobody can take one until we end."""
        try:
            fcntl.flock(self.lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.unleased_since = None
            return False
        now = time.monotonic()
        if self.unleased_since is None:
            self.unleased_since = now
        if now - self.unleased_since >= self.linger:
            return True
        fcntl.flock(self.lease, fcntl.LOCK_UN)
        return False

    def _look_after_server(self, now: float) -> None:
        if not self.server.is_running():
            self._start_again(now)
        elif not self.ready:
            if self.server.answers() and self.server.furnish():
                self.ready, self.attempts = True, 0
                self.last_answer, self.next_look = now, now + LOOK_EVERY
                self.home.failure.unlink(missing_ok=True)
        elif now >= self.next_look:
            self.next_look = now + LOOK_EVERY
            if self.server.answers():
                self.last_answer = time.monotonic()
            elif now - self.last_answer > HUNG_AFTER:
                self.server.kill()

    def _start_again(self, now: float) -> None:
        """At once when a working server died; with growing pauses when it does not come up."""
        self.ready = False
        if now < self.next_attempt:
            return
        if self.attempts >= TRIES_BEFORE_FAILURE:
            self._tell_failure(f"The embedded database does not start. The end of {self.home.log}:\n{self._log_end()}")
        self.next_attempt = now + min(0.2 * 2**self.attempts, LONGEST_BACKOFF)
        self.attempts += 1
        self.server.start()

    def _log_end(self) -> str:
        lines = self.home.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-5:])

    def _tell_failure(self, why: str) -> None:
        with contextlib.suppress(OSError):  # the folder may be gone, the disk full
            self.home.failure.write_text(why, encoding="utf-8")

    def _end(self) -> None:
        if self._home_is_there():
            self.server.stop()
            if self.home.ephemeral:
                shutil.rmtree(self.home.folder, ignore_errors=True)
        else:
            self.server.kill()


def become_keeper(home: Home) -> int | None:
    """The lock that makes this process the only keeper, or None where there is one already."""
    handle = os.open(home.keeper, os.O_RDWR | os.O_CREAT, 0o600)
    for _ in range(100):  # a participant who looks whether there is a keeper holds the lock for a moment
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        else:
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
            return handle
    os.close(handle)
    return None


def main() -> None:
    """Leave the family of the process that called, say so by ending, and go on alone."""
    os.umask(0o077)
    home = home_from_environment()
    if home.log.exists() and home.log.stat().st_size > LARGEST_LOG:
        home.log.rename(home.log.with_suffix(".log.1"))
    if os.fork():
        os._exit(0)
    os.chdir("/")
    keeper_lock = become_keeper(home)
    if keeper_lock is not None:
        Keeper(home, keeper_lock).run()


if __name__ == "__main__":
    main()

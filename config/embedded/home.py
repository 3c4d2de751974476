"""The folder in which an embedded server lives: where it is, what lies in it, and which account runs the server.

Nothing here imports Django: the keeper starts in a fraction of a second.
"""

import hashlib
import os
import pwd
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from config.private import write_private

CHECKOUT = Path(__file__).resolve().parents[2]
ROOTS_HOMES = Path("/var/lib/docketline")

# A Unix socket's path may have 107 bytes, on some systems 103; "/.s.PGSQL.5432" is a part of it.
LONGEST_SOCKET_PATH = 103
PORT = 5432


class EmbeddedServerError(RuntimeError):
    """The embedded server can not run here, or does not answer; the text tells a person what to do."""


@dataclass(frozen=True)
class Account:
    """Who runs the server when we are root, because PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Home:
    """One server's folder, and how it is kept there.

    durable: survives a power cut. ephemeral: deleted once the last participant has left. linger: for so many seconds
    the server waits for a next command before it is stopped.
    """

    folder: Path
    durable: bool = True
    ephemeral: bool = False
    linger: float = 2.0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def postmaster_pid(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def failure(self) -> Path:
        """Why the server does not come up, in words; absent while all is well."""
        return self.folder / "failure"

    @property
    def lease(self) -> Path:
        """Every participant holds a shared lock on this file for as long as it lives."""
        return self.folder / "lease"

    @property
    def keeper(self) -> Path:
        """The keeper holds an exclusive lock on this file, which tells its process id."""
        return self.folder / "keeper"

    @property
    def starting(self) -> Path:
        """Held by a participant while it starts a keeper."""
        return self.folder / "starting"

    @cached_property
    def account(self) -> Account | None:
        return unprivileged_account() if os.geteuid() == 0 else None

    def make(self) -> None:
        """Create the folder. A folder that was there before keeps its mode, and so do all above it."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            make_folder(self.folder, 0o711 if self.account else 0o700)
        except OSError as error:
            raise EmbeddedServerError(
                f"The embedded database can not be kept in {self.folder} ({error.strerror}). "
                "Set EMBEDDED_POSTGRES_DIR to a folder that may be written, or DATABASE_URL to a database."
            ) from error
        if self.folder.stat().st_uid != os.geteuid():
            raise EmbeddedServerError(f"{self.folder} belongs to another account; set EMBEDDED_POSTGRES_DIR.")
        (self.folder / "checkout").write_text(str(CHECKOUT), encoding="utf-8")

    def password(self) -> str:
        """The password of the database, made at the first call, readable by this account alone."""
        path = self.folder / "password"
        try:
            return path.read_text(encoding="ascii")
        except FileNotFoundError:
            if self.data.exists():
                raise EmbeddedServerError(f"{path} is gone, and {self.data} can not be opened without it.") from None
        write_private(path, secrets.token_urlsafe(32))
        return path.read_text(encoding="ascii")

    def socket_folder(self) -> Path | None:
        """Where the running server listens, as it says itself; None while there is no server."""
        try:
            lines = self.postmaster_pid.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return Path(lines[4]) if len(lines) > 4 and lines[4] else None

    def environment(self) -> dict[str, str]:
        """What a keeper has to be told to find this very home."""
        return {
            "EMBEDDED_POSTGRES_DIR": str(self.folder),
            "EMBEDDED_POSTGRES_DURABLE": str(int(self.durable)),
            "EMBEDDED_POSTGRES_EPHEMERAL": str(int(self.ephemeral)),
            "EMBEDDED_POSTGRES_LINGER": str(self.linger),
        }


def home_from_environment() -> Home:
    folder = os.environ.get("EMBEDDED_POSTGRES_DIR", "")
    return Home(
        Path(folder).absolute() if folder else _usual_folder(),
        durable=os.environ.get("EMBEDDED_POSTGRES_DURABLE", "1") != "0",
        ephemeral=os.environ.get("EMBEDDED_POSTGRES_EPHEMERAL", "0") == "1",
        linger=float(os.environ.get("EMBEDDED_POSTGRES_LINGER", "2")),
    )


def _usual_folder() -> Path:
    """In the checkout; for root outside of it, because the server's account may not be able to enter the checkout."""
    if os.geteuid() != 0:
        return CHECKOUT / ".local" / "postgres"
    make_folder(ROOTS_HOMES, 0o755)
    identity = CHECKOUT / ".local" / "postgres-id"
    identity.parent.mkdir(exist_ok=True)
    if not identity.exists():
        write_private(identity, f"{CHECKOUT.name}-{secrets.token_hex(6)}")
    if _belongs_to_the_original(identity):
        digest = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
        identity.unlink(missing_ok=True)
        write_private(identity, f"{CHECKOUT.name}-{digest}")
    return ROOTS_HOMES / identity.read_text(encoding="utf-8")


def _belongs_to_the_original(identity: Path) -> bool:
    """Tell a copied checkout, which must not share the original's records, from a moved one, which keeps them."""
    name = identity.read_text(encoding="utf-8")
    try:
        original = Path((ROOTS_HOMES / name / "checkout").read_text(encoding="utf-8"))
        return original != CHECKOUT and (original / ".local" / identity.name).read_text(encoding="utf-8") == name
    except OSError:
        return False


def unprivileged_account() -> Account:
    wanted = os.environ.get("EMBEDDED_POSTGRES_ACCOUNT", "")
    for name in [wanted] if wanted else ["postgres", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedServerError(
        "PostgreSQL does not run as root, and there is no account to run it. Set EMBEDDED_POSTGRES_ACCOUNT to one, "
        "start the site as an ordinary user, or set DATABASE_URL."
    )


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder with exactly this mode, whatever the umask; leave one that exists as it is."""
    try:
        folder.mkdir()
    except FileExistsError:
        return
    folder.chmod(mode)

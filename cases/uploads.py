"""Files that somebody brought for the record and has yet to say something of: for nobody else, an hour at most."""

import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from os import getuid
from pathlib import Path
from threading import Timer
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError

KEPT_FOR = 3600  # seconds
LONGEST_NAME = 150  # bytes of a file's name: folders take 255
NOT_OURS = "The folder for files that wait is not ours. Tell an administrator."


class Uploads:
    """A folder of files that wait, each under a name nobody can choose. ``too_old`` is said of one that is not there.

    A file goes by itself after ``KEPT_FOR`` seconds, whether or not anybody comes back, and once it is taken.
    """

    def __init__(self, name: str, *, too_old: str) -> None:
        self.name = name
        self.too_old = too_old
        self._salt = f"uploads.{name}"

    def keep(self, chunks: Iterable[bytes], *, user: int, name: str = "") -> str:
        """Keep a file, and return the word under which ``user`` can ask for it again."""
        self.sweep()
        own = uuid4().hex
        place = self._folder() / own
        place.mkdir(mode=0o700)
        called = plain_name(name)
        with (place / called).open("wb") as copy:
            for chunk in chunks:
                copy.write(chunk)
        _drop_in(KEPT_FOR, place / called)
        return signing.dumps([own, called, user], salt=self._salt)

    def kept(self, word: str, *, user: int) -> Path:
        """Return where a kept file lies. Raises ``ValidationError`` if it is gone, too old, or somebody else's."""
        try:
            own, called, owner = signing.loads(word, salt=self._salt, max_age=KEPT_FOR)
        except signing.BadSignature as refusal:
            raise ValidationError(self.too_old) from refusal
        self.sweep()
        place = self._folder() / own / called
        if owner != user or not place.is_file():
            raise ValidationError(self.too_old)
        return place

    def take(self, word: str, *, user: int) -> bytes:
        """Return a kept file, once: it is gone then, for whoever asks at the same time, too. Raises as ``kept``."""
        place = self.kept(word, user=user)
        taken = place.parent.with_name(uuid4().hex)
        try:
            place.parent.rename(taken)
            data = (taken / place.name).read_bytes()
        except OSError as refusal:
            raise ValidationError(self.too_old) from refusal
        else:
            return data
        finally:
            drop(taken / place.name)

    def sweep(self) -> None:
        """Let go whatever was kept longer than it may be: what a process that has ended since could not."""
        for old in self._folder().iterdir():
            if _age(old) > KEPT_FOR:
                _let_go(old)

    def take_over(self) -> None:
        """Let go in its time what a process kept that has ended since; for one that begins."""
        with suppress(OSError, ValidationError):
            for own in self._folder().iterdir():
                _drop_in(max(KEPT_FOR - _age(own), 0), own / "file")

    def _folder(self) -> Path:
        """The folder of this installation's account, which nobody else on the machine may read."""
        folder = Path(tempfile.gettempdir()) / f"docketline-{self.name}-{getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid != getuid() or folder.is_symlink():
            raise ValidationError(NOT_OURS)
        return folder


def drop(place: Path) -> None:
    """Let a kept file go."""
    _let_go(place.parent)


def _let_go(own: Path) -> None:
    """Let a kept file's folder go; or a file without one, as an earlier version of the program kept it."""
    if own.is_dir():
        shutil.rmtree(own, ignore_errors=True)
    else:
        with suppress(OSError):
            own.unlink(missing_ok=True)


def plain_name(name: str) -> str:
    """Return what an uploaded file is called, without folders or anything odd."""
    plain = Path(name.replace("\\", "/").replace("\0", "")).name
    return plain.encode(errors="ignore")[:LONGEST_NAME].decode(errors="ignore") or "file"


def _drop_in(seconds: float, place: Path) -> None:
    until = Timer(seconds, drop, [place])
    until.daemon = True
    until.start()


def _age(place: Path) -> float:
    """Return for how many seconds something has been kept; 0 if another process let it go just now."""
    try:
        return time.time() - place.stat().st_mtime
    except FileNotFoundError:
        return 0

"""A table whose columns somebody is saying: kept for an hour at most, for nobody else, and gone once it is read."""

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
TOO_OLD = "This file was read already, was brought more than an hour ago, or not by you. Choose it again."
_SALT = "imports.keeping"


def keep(chunks: Iterable[bytes], *, name: str, user: int) -> str:
    """Keep a file, and return the word under which ``user`` can ask for it again."""
    sweep()
    own = uuid4().hex
    place = _folder() / own
    place.mkdir(mode=0o700)
    called = plain_name(name)
    with (place / called).open("wb") as copy:
        for chunk in chunks:
            copy.write(chunk)
    _drop_in(KEPT_FOR, place / called)  # it goes by itself, whether or not anybody comes back
    return signing.dumps([own, called, user], salt=_SALT)


def kept(word: str, *, user: int) -> Path:
    """Return where a kept file lies. Raises ``ValidationError`` if it is gone, too old, or somebody else's."""
    try:
        own, called, owner = signing.loads(word, salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature as refusal:
        raise ValidationError(TOO_OLD) from refusal
    sweep()
    place = _folder() / own / called
    if owner != user or not place.is_file():
        raise ValidationError(TOO_OLD)
    return place


def drop(place: Path) -> None:
    """Let a kept file go."""
    shutil.rmtree(place.parent, ignore_errors=True)


def sweep() -> None:
    """Let go whatever was kept longer than it may be: what a process that has ended since could not."""
    for old in _folder().iterdir():
        if _age(old) > KEPT_FOR:
            shutil.rmtree(old, ignore_errors=True)


def take_over() -> None:
    """Let go in its time what a process kept that has ended since; for one that begins."""
    with suppress(OSError, ValidationError):
        for own in _folder().iterdir():
            _drop_in(max(KEPT_FOR - _age(own), 0), own / "file")


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


def plain_name(name: str) -> str:
    """Return what an uploaded file is called, without folders or anything odd."""
    plain = Path(name.replace("\\", "/").replace("\0", "")).name
    return plain.encode(errors="ignore")[:LONGEST_NAME].decode(errors="ignore") or "file"


def _folder() -> Path:
    """The folder of this installation's account, which nobody else on the machine may read."""
    folder = Path(tempfile.gettempdir()) / f"docketline-imports-{getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != getuid() or folder.is_symlink():
        raise ValidationError("The folder for files that are being read is not ours. Tell an administrator.")
    return folder

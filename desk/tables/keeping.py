"""The file of a preview, kept for its confirmation: under a name nobody can choose, for whoever brought it."""

import tempfile
import time
from pathlib import Path
from uuid import uuid4

from django.core import signing
from django.core.exceptions import ValidationError

KEPT_FOR = 3600  # seconds
TOO_OLD = "This preview was confirmed already, is older than an hour, or is not yours. Choose the file again."
_SALT = "desk.tables"


def keep(data: bytes, *, user: int) -> str:
    """Keep a file that was previewed, and return the word under which ``user`` can ask for it again."""
    folder = _folder()
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_FOR:
            old.unlink(missing_ok=True)
    name = uuid4().hex
    (folder / name).write_bytes(data)
    return signing.dumps([name, user], salt=_SALT)


def take(word: str, *, user: int) -> bytes:
    """Return a kept file, once: it is gone then. Raises ``ValidationError``."""
    try:
        name, owner = signing.loads(word, salt=_SALT, max_age=KEPT_FOR)
        if owner != user:
            raise ValidationError(TOO_OLD)
        place = _folder() / name
        data = place.read_bytes()
        place.unlink()
    except (signing.BadSignature, OSError) as refusal:
        raise ValidationError(TOO_OLD) from refusal
    return data


def _folder() -> Path:
    """The folder of this installation's account, which nobody else on the machine may read."""
    from os import getuid

    folder = Path(tempfile.gettempdir()) / f"docketline-tables-{getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != getuid() or folder.is_symlink():
        raise ValidationError("The folder for previews is not ours. Tell an administrator.")
    return folder

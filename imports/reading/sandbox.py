"""The readers' one door: any file is read in a child process with bounded memory and time.

What a hostile file does to a parser, it does to the child. The answer is cases, or ``NotReadableError`` with one plain
sentence; never a traceback, and nothing of a file that is not read whole.
"""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from imports.reading.child import BROKEN, TOO_BIG
from imports.reading.columns import Columns
from imports.reading.found import Ending, Found, FoundCase, NoMappingError, NotReadableError
from imports.reading.limits import DEFAULT, Limits
from imports.reading.wire import built

_ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 3  # the child's seconds are of its own work; a busy machine may take so many times as long over them
_KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")


class Reading:
    """One file, read: what it is, and its cases one after another. ``ending`` is there once they are through.

    The cases wait in a temporary file that goes when the reading is closed, so that a large file costs little memory.
    """

    def __init__(self, answer: IO[bytes], file_name: str) -> None:
        self._answer = answer
        self.file_name = file_name
        self.ending = Ending({})
        self._cases = 0
        head = self._check()
        self.source_kind: str = head["source_kind"]
        self.mapping: str = head["mapping"]
        self.credit: str = head["credit"]
        self.sha256: str = head["sha256"]

    def __enter__(self) -> "Reading":
        return self

    def __exit__(self, *_: object) -> None:
        self._answer.close()

    def __len__(self) -> int:
        return self._cases

    def _check(self) -> dict[str, Any]:
        """Return the head of a whole answer. Raises ``NotReadableError`` if the child refused or did not finish."""
        first, last = b"", b""
        self._answer.seek(0)
        for line in self._answer:
            first = first or line
            last = line
            self._cases += line.startswith(b'{"case":')
        head, end = _value(first), _value(last)
        _refuse(end)
        if "head" not in head or "end" not in end:
            raise NotReadableError(BROKEN)
        self.ending = built(Ending, end["end"])
        return {name: str(head["head"].get(name, "")) for name in ("source_kind", "mapping", "credit", "sha256")}

    def __iter__(self) -> Iterator[FoundCase]:
        self._answer.seek(0)
        for line in self._answer:
            if line.startswith(b'{"case":'):
                yield built(FoundCase, _value(line)["case"])

    def found(self) -> Found:
        """Return everything at once. For files with thousands of cases, go through them one by one instead."""
        return Found(
            source_kind=self.source_kind,
            file_name=self.file_name,
            sha256=self.sha256,
            cases=tuple(self),
            totals=self.ending.totals,
            not_understood=self.ending.not_understood,
            left_out=self.ending.left_out,
            mapping=self.mapping,
            credit=self.credit,
        )


def read(
    path: str | Path, *, kind: str | None = None, mapping: str | None = None, limits: Limits = DEFAULT,
    file_name: str | None = None, kept: str = "",
) -> Found:  # fmt: skip
    """Return what a file holds. Raises ``NotReadableError`` with one sentence if it can not be read.

    ``kind`` (pacer_json, pacer_html, table, old_bailey, timelinejs) is recognised from the content if it is not given;
    so is a table's ``mapping`` (a name, or the path of a TOML file): ``NoMappingError`` if none fits. ``kept`` is a
    folder of mappings beside those that come with the program. ``file_name`` is what an upload was called.
    """
    with opened(path, kind=kind, mapping=mapping, limits=limits, file_name=file_name, kept=kept) as reading:
        return reading.found()


def opened(
    path: str | Path, *, kind: str | None = None, mapping: str | None = None, limits: Limits = DEFAULT,
    file_name: str | None = None, kept: str = "",
) -> Reading:  # fmt: skip
    """Read a file to its end and return its cases to go through one by one; use it as a context manager."""
    name = file_name if file_name is not None else Path(path).name
    asked = {"kind": kind, "mapping": _absolute(mapping), "file_name": name, "kept": kept}
    answer = _answered(path, asked, limits)
    try:
        return Reading(answer, name)
    except BaseException:
        answer.close()
        raise


def columns(path: str | Path, *, limits: Limits = DEFAULT) -> Columns:
    """Return what the columns of a table are called and hold. Raises ``NotReadableError`` if it is no table."""
    asked = {"kind": None, "mapping": None, "file_name": "", "columns": True}
    with _answered(path, asked, limits) as answer:
        answer.seek(0)
        told = _value(answer.readline())
    _refuse(told)
    if "columns" not in told:
        raise NotReadableError(BROKEN)
    return built(Columns, told["columns"])


def _answered(path: str | Path, asked: dict[str, Any], limits: Limits) -> IO[bytes]:
    """Return the child's answer to what it is asked of a file."""
    answer = tempfile.TemporaryFile()  # noqa: SIM115 (who asked closes it)
    try:
        with _file(path, limits) as stream:
            _run(json.dumps(asked | {"limits": asdict(limits)}), stream, answer, limits)
    except BaseException:
        answer.close()
        raise
    return answer


def _refuse(told: dict[str, Any]) -> None:
    """Raise what the child refused with, if it did."""
    if "unmapped" in told:
        raise NoMappingError(str(told["unmapped"]))
    if "refused" in told:
        raise NotReadableError(str(told["refused"]))


def _absolute(mapping: str | None) -> str | None:
    return str(Path(mapping).resolve()) if mapping and mapping.endswith(".toml") else mapping


def _file(path: str | Path, limits: Limits) -> IO[bytes]:
    """Open a plain file of a size that may be read; anything else is refused in words."""
    try:
        kept = Path(path).stat()
        if stat.S_ISDIR(kept.st_mode):
            raise NotReadableError("This is a folder and not a file. Name the files inside it.")
        if not stat.S_ISREG(kept.st_mode):
            raise NotReadableError("This is not a plain file.")
        if kept.st_size > limits.file_bytes:
            raise NotReadableError(f"This file is larger than {limits.file_bytes / 1_000_000:g} MB. Split it.")
        if kept.st_size == 0:
            raise NotReadableError("This file is empty.")
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise NotReadableError("There is no such file.") from error
    except PermissionError as error:
        raise NotReadableError("This program may not read this file: it has no permission.") from error
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        raise NotReadableError("This file can not be opened.") from error


def _run(arguments: str, stream: IO[bytes], answer: IO[bytes], limits: Limits) -> None:
    """Let the child read ``stream`` and write to ``answer``; end it with all it started when its time is up."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.Popen(  # noqa: S603 (our own interpreter and module; the file comes by its standard input)
        [sys.executable, "-s", "-m", "imports.reading.child", arguments],
        stdin=stream,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        code = child.wait(limits.seconds * PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise NotReadableError(_too_slow(limits)) from error
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if code == -signal.SIGXCPU:
        raise NotReadableError(_too_slow(limits))
    if code == -signal.SIGXFSZ:
        raise NotReadableError("What this file holds is too much to bring in at once. Split it.")
    if code in (-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT):
        raise NotReadableError(TOO_BIG.format(megabytes=limits.memory_mb))


def _too_slow(limits: Limits) -> str:
    return f"Reading this file takes longer than {limits.seconds} seconds: it is not read."


def _value(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}

"""The process that reads one file from its standard input and writes what it found, as lines of JSON.

It is started by ``imports.reading.sandbox`` and by nobody else. It gives up its own memory and time before it looks at
the first byte; its answer is cases and an ending, or one sentence of refusal.
"""

import json
import sys
from contextlib import suppress
from hashlib import sha256
from typing import IO

from imports.reading.found import NoMappingError, NotReadableError
from imports.reading.limits import Limits
from imports.reading.wire import line

TOO_BIG = "Reading this file takes more than {megabytes} MB of memory: it is not read."
BROKEN = "This file can not be read: its content is not what its kind of file should hold."


def main(arguments: str, stdin: IO[bytes], stdout: IO[bytes]) -> None:
    """Read the file on ``stdin`` and answer on ``stdout``."""
    asked = json.loads(arguments)
    limits = Limits(**asked.pop("limits"))
    _bound(limits)
    try:
        _answer(stdin, stdout, limits, **asked)
    except NoMappingError as refusal:
        stdout.write(line("unmapped", str(refusal)))
    except NotReadableError as refusal:
        stdout.write(line("refused", str(refusal)))
    except MemoryError:
        stdout.write(line("refused", TOO_BIG.format(megabytes=limits.memory_mb)))
    except Exception as error:  # noqa: BLE001 (whatever a file provokes in a reader, an editor gets one sentence)
        sys.stderr.write(f"{type(error).__name__}\n")  # its kind only: its words may be the file's
        stdout.write(line("refused", BROKEN))
    stdout.flush()


def _bound(limits: Limits) -> None:
    """Set the limits of this process. Systems without them rely on the parent's clock alone."""
    with suppress(ImportError):
        import resource

        memory = limits.memory_mb * 1024 * 1024
        for what, soft, hard in (
            (resource.RLIMIT_AS, memory, memory),
            (resource.RLIMIT_CPU, limits.seconds, limits.seconds + 5),  # SIGXCPU first, so that it can be told
            (resource.RLIMIT_CORE, 0, 0),
            (resource.RLIMIT_FSIZE, memory, memory),
        ):
            with suppress(OSError, ValueError):
                resource.setrlimit(what, (soft, hard))


def _answer(
    stdin: IO[bytes], stdout: IO[bytes], limits: Limits, *, kind: str | None, mapping: str | None, file_name: str,
    kept: str = "", columns: bool = False,
) -> None:  # fmt: skip
    from imports.reading.recognising import columns_of, reader_for  # after the limits are set

    data = stdin.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise NotReadableError(f"This file is larger than {limits.file_bytes / 1_000_000:g} MB. Split it.")
    if columns:
        stdout.write(line("columns", columns_of(data, limits)))
        return
    digest = sha256(data).hexdigest()
    reader = reader_for(data, limits, kind=kind, mapping=mapping, file_name=file_name, sha256=digest, kept=kept)
    head = {"source_kind": reader.kind, "mapping": reader.mapping, "credit": reader.credit, "sha256": digest}
    stdout.write(line("head", head))
    cases = reader.cases
    while True:
        try:
            case = next(cases)
        except StopIteration as last:
            stdout.write(line("end", last.value))
            return
        stdout.write(line("case", case))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)

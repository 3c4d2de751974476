"""How much one file may take, before it is refused. An operator may raise each limit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for reading one file.

    ``memory_mb`` and ``seconds`` (of its own work) bound the child process; ``rows`` the rows of a table or the lines
    of trials; ``json_bytes`` a JSON file; ``file_bytes`` any file; ``unpacked_bytes`` what a compressed file may
    unfold to.
    """

    memory_mb: int = 1024
    seconds: int = 30
    rows: int = 50_000
    json_bytes: int = 5_000_000
    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000


DEFAULT = Limits()

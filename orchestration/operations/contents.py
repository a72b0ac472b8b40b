"""What of a home goes into a backup: all that the program cannot make again, and nothing half-written."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from orchestration.settings import Settings
from orchestration.sources.inbox import fingerprint

# A home without a build gets a full one; what spills, waits or is temporary belongs to a process.
LEFT_OUT = (
    "landing/.tmp", "landing/.tmp/*", "*/.tmp-*", "warehouse/*.duckdb*", "warehouse/spill*",
    "warehouse/dbt*", "warehouse/*.lock", "dagster_home/*-wal", "dagster_home/*-shm",
    "dagster_home/*-journal", "dagster_home/.tmp*", ".doctor-*",
)  # fmt: skip
# Others write here while a backup is made: deliveries, and Dagster's own services.
LIVE = ("inbox", "dagster_home")
SECRETS = "secrets"


@dataclass(frozen=True)
class Entry:
    """A file, folder or link of the home, by its path below it; `link` is a link's target."""

    name: str
    path: Path
    link: str | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, kept for its rights even when it is empty."""
        return self.link is None and self.path.is_dir()


def entries(settings: Settings, *, with_key: bool) -> Iterator[Entry]:
    """The entries of a backup in order of their names; links only where publication makes them."""
    for folder, folders, files in os.walk(settings.home):
        folders.sort()
        place = Path(folder)
        for path in sorted(place / name for name in [*folders, *files]):
            name = path.relative_to(settings.home).as_posix()
            if any(fnmatchcase(name, pattern) for pattern in LEFT_OUT):
                if path.name in folders:
                    folders.remove(path.name)
            elif path.is_symlink():
                if name.startswith("published/"):
                    yield Entry(name, path, str(path.readlink()))
            elif (path.is_dir() or path.is_file()) and (with_key or not name.startswith(f"{SECRETS}/")):
                yield Entry(name, path)


def still_copy(entry: Entry, target: Path) -> bool:
    """Copy a file that others may be writing; False when it changed meanwhile or is gone.

    SQLite's databases are copied by SQLite itself, as of one moment, whoever has them open.
    """
    try:
        if entry.name.startswith("dagster_home/") and entry.path.suffix == ".db":
            _copy_database(entry.path, target)
            return True
        before = fingerprint(entry.path)
        shutil.copyfile(entry.path, target)
        return fingerprint(entry.path) == before
    except FileNotFoundError:
        return False


def _copy_database(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source, timeout=60)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)

"""Durable file operations of publication: hashes, synced writes, atomic links, one publisher at a time."""

import fcntl
import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.crash_points import crash_point

TEMPORARY_PREFIX = ".tmp-"


class PublicationError(RuntimeError):
    """Nothing was published; the message says why and what to do next."""


def sha256_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Flush a file or a directory to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[Path]) -> None:
    """Flush many files and directories; side by side, because the disk commits waiting ones together."""
    with ThreadPoolExecutor(max_workers=16) as pool:
        list(pool.map(sync, paths))


def write_synced(path: Path, content: str) -> None:
    """Write a new UTF-8 file that others may read, and flush it."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def point_link(link: Path, target: str) -> None:
    """Make `link` a symbolic link to `target` in one step, whatever it was before."""
    temporary = link.with_name(f"{TEMPORARY_PREFIX}{uuid.uuid4().hex}")
    temporary.symlink_to(target)
    crash_point("publication: before a link is moved")
    temporary.replace(link)
    crash_point("publication: after a link is moved")
    sync(link.parent)


def make_readable(directory: Path) -> None:
    """Give everybody the right to read a tree that its maker's umask may have closed."""
    directory.chmod(0o755)
    for path in directory.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def make_directory(path: Path) -> Path:
    """Make a directory that everybody can enter, with its parents."""
    for directory in [*reversed(path.parents), path]:
        if not directory.exists():
            directory.mkdir(exist_ok=True)
            directory.chmod(0o755)
    return path


def remove_temporary(directory: Path) -> list[str]:
    """Remove what dead runs left in `directory`; only for the holder of the lock. Returns the names."""
    leftovers = sorted(directory.glob(f"{TEMPORARY_PREFIX}*"))
    for path in leftovers:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return [path.name for path in leftovers]


@contextmanager
def publishing_alone(published: Path, wait_seconds: float = 60) -> Iterator[None]:
    """Hold the lock on the published tree: the directory itself is locked, so no lock file is left behind.

    Raises PublicationError when another process holds it for longer than `wait_seconds`, and in the place
    of the system's errors (no space, no right, no such file) inside.
    """
    descriptor = os.open(make_directory(published), os.O_RDONLY)
    try:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise PublicationError(
                        f"Another process is publishing to {published}; run again when it is done."
                    ) from error
                time.sleep(0.1)
        yield
    except (OSError, duckdb.OperationalError) as error:
        raise PublicationError(f"Nothing new is served from {published}: {error}") from error
    finally:
        os.close(descriptor)

"""Files on disk: hashing, private folders, and writing so that a file is either whole or not there."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.crash_points import crash_point
from orchestration.sources.rejection import LandingError

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


@contextmanager
def telling_place(folder: Path) -> Iterator[None]:
    """Tell the system's errors (no space, no right) as one LandingError that names the place and the way out.

    Most of them name no path: `folder` is then what is written to.
    """
    try:
        yield
    except OSError as error:
        raise LandingError(
            f"Landing stopped: {error.filename or folder}: {error.strerror or error}; make room or give the"
            " right to write, then run again: what has landed stays"
        ) from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as 64 hex digits. Raises OSError for a symlink."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def private_folder(path: Path) -> Path:
    """Make a folder (and its parents) that only the owner can enter; returns it."""
    path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    path.chmod(PRIVATE_FOLDER)
    return path


def empty_folder(path: Path) -> Path:
    """A private folder without content: what a killed run left there is removed."""
    shutil.rmtree(path, ignore_errors=True)
    return private_folder(path)


def put_in_place(temporary: Path, final: Path) -> None:
    """Move a finished file to its name for good: private, on disk, in one step, replacing an older one."""
    private_folder(final.parent)
    temporary.chmod(PRIVATE_FILE)
    _to_disk(temporary)
    crash_point("landing: before a file is renamed")
    temporary.replace(final)
    crash_point("landing: after a file is renamed")
    _to_disk(final.parent)


def write_in_place(text: str, temporary: Path, final: Path) -> None:
    """Write UTF-8 text and put it in place."""
    temporary.write_text(text, encoding="utf-8")
    put_in_place(temporary, final)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

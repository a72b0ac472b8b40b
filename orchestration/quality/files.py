"""JSON files that are either whole or absent: written beside their place, synced, then renamed into it."""

import fcntl
import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

from orchestration.crash_points import crash_point

T = TypeVar("T")


class StoredFileError(RuntimeError):
    """A stored result or verdict cannot be read; the message names the file and what to do."""


def write_json(path: Path, payload: object) -> None:
    """Write `payload` to `path` atomically and durably; a crash leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            json.dump(payload, file, ensure_ascii=False, indent=1, sort_keys=True, default=_text_of_date)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        crash_point("stored results: before the rename")
        temporary.replace(path)
        crash_point("stored results: after the rename")
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        # A full disk names no file by itself.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)
    _sync_directory(path.parent)


def remove_unfinished(folder: Path, pattern: str = "**/.*.tmp") -> None:
    """Remove what processes that died while they wrote left below a folder; living ones hold a lock on it."""
    for path in folder.glob(pattern):
        with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def read_json(path: Path, parse: Callable[[dict[str, object]], T]) -> T:
    """Read `path` and give its object to `parse`; raises StoredFileError where either fails."""
    try:
        payload = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(payload, dict):
            raise TypeError("not an object")
        return parse(payload)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoredFileError(
            f"{path.name} of build {path.parent.name} is damaged ({type(error).__name__});"
            " run the build again."
        ) from error


def _text_of_date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be stored")


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

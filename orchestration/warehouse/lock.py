"""One writer and one refresh at a time: file locks over Dagster runs and the shell that name their holder.

A step writes under the writer lock. A refresh is many steps on one build file, so its process also claims the
warehouse from its first landing on: a second one would begin another build under its feet.
"""

import errno
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

NOT_WRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)
AGAIN = "try again when it is done."


class WarehouseLockedError(RuntimeError):
    """Another process writes the warehouse; the message names it."""


class WarehouseNotWritableError(OSError):
    """The disk is full or refuses to be written; the message names the place and what to do."""


_claims: dict[Path, TextIO] = {}  # by folder; a claim ends with its process, if not before


def claim_refresh(
    warehouse: Path, *, holder: str, wait_seconds: float = 0, told: Callable[[str], None] | None = None
) -> None:
    """Claim the warehouse for a whole refresh of this process; does nothing where it has the claim.

    A step must not wait: it would keep the slot that the refresh before it needs for its next step. `told`
    gets the holder's name once when there is something to wait for. Raises WarehouseLockedError.
    """
    if warehouse in _claims:
        return
    warehouse.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (warehouse / "refresh.lock").open("a+", encoding="utf-8")
    try:
        _wait_for(file, f"The warehouse is being refreshed by {{}}; {AGAIN}", wait_seconds, told)
    except WarehouseLockedError:
        file.close()
        raise
    _name_holder(file, holder)
    _claims[warehouse] = file


def release_refresh(warehouse: Path) -> None:
    """Give the claim of this process back, where it has one."""
    file = _claims.pop(warehouse, None)
    if file is not None:
        file.truncate(0)
        file.close()


@contextmanager
def writer_lock(warehouse: Path, *, holder: str, wait_seconds: float = 600) -> Iterator[None]:
    """Hold the warehouse for writing; wait for another writer, at most `wait_seconds`.

    The operating system frees the lock of a process that dies, so no lock is ever left behind.
    Raises WarehouseLockedError with the holder's name when the time is over, and, in the place of the
    system's errors that name no path (no space, no right), WarehouseNotWritableError.
    """
    warehouse.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (warehouse / "writer.lock").open("a+", encoding="utf-8") as file:
        _wait_for(file, f"The warehouse is being written by {{}}; {AGAIN}", wait_seconds)
        _name_holder(file, holder)
        try:
            yield
        except OSError as error:
            if error.errno not in NOT_WRITABLE or isinstance(error, WarehouseNotWritableError):
                raise
            raise WarehouseNotWritableError(
                f"{error.filename or warehouse}: {error.strerror}; make room there or give the right to"
                " write, then run again. What is published stays as it was."
            ) from error
        finally:
            with suppress(OSError):  # the lock itself is the system's, its holder's name a courtesy
                file.truncate(0)


def _wait_for(
    file: TextIO, refusal: str, wait_seconds: float, told: Callable[[str], None] | None = None
) -> None:
    deadline = time.monotonic() + wait_seconds
    while not _acquired(file.fileno()):
        if time.monotonic() >= deadline:
            raise WarehouseLockedError(refusal.format(_holder(file.name)))
        if told is not None:
            told(f"Waiting for {_holder(file.name)}, which refreshes the warehouse.")
            told = None
        time.sleep(0.2)


def _name_holder(file: TextIO, holder: str) -> None:
    file.truncate(0)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    file.write(json.dumps({"holder": holder, "process": os.getpid(), "since": started}))
    file.flush()


def _acquired(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: str) -> str:
    text = Path(path).read_text(encoding="utf-8")
    if not text:
        return "another process"
    holder = json.loads(text)
    return f"{holder['holder']} (process {holder['process']}, since {holder['since']})"

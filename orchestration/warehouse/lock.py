"""One writer at a time: a file lock that covers Dagster runs and the command line, and names its holder."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path


class WarehouseLockedError(RuntimeError):
    """Another process writes the warehouse; the message names it."""


@contextmanager
def writer_lock(warehouse: Path, *, holder: str, wait_seconds: float = 600) -> Iterator[None]:
    """Hold the warehouse for writing; wait for another writer, at most `wait_seconds`.

    The operating system frees the lock of a process that dies, so no lock is ever left behind.
    Raises WarehouseLockedError with the holder's name when the time is over.
    """
    warehouse.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (warehouse / "writer.lock").open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + wait_seconds
        while not _acquired(file.fileno()):
            if time.monotonic() >= deadline:
                raise WarehouseLockedError(
                    f"The warehouse is being written by {_holder(file.name)}; try again later."
                )
            time.sleep(0.2)
        file.truncate(0)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        file.write(json.dumps({"holder": holder, "process": os.getpid(), "since": started}))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


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

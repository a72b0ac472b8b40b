"""Processes beside the run, for libraries that take seconds to import: started early, gone with the run.

Each does one thing after the other, in the order in which it was asked.
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import Literal, ParamSpec, TypeVar

Given = ParamSpec("Given")
Returned = TypeVar("Returned")
Name = Literal["dbt", "suites", "aside"]


class ProcessDiedError(RuntimeError):
    """A process beside the run was killed, as a rule for want of memory."""


@cache
def _process(name: Name) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_stand_beside, initargs=(name,))


def begin(
    name: Name, function: Callable[Given, Returned], *args: Given.args, **kwargs: Given.kwargs
) -> "Future[Returned]":
    """Have a process do something while this one goes on; the first call starts the process.

    `function`, its arguments and its result are pickled. `wait_for` gives the result.
    """
    try:
        return _process(name).submit(function, *args, **kwargs)
    except BrokenProcessPool:
        _process.cache_clear()
        return _process(name).submit(function, *args, **kwargs)


def wait_for(future: "Future[Returned]") -> Returned:
    """The result; raises what the function raised, or ProcessDiedError when its process was killed."""
    try:
        return future.result()
    except BrokenProcessPool as error:
        _process.cache_clear()
        raise ProcessDiedError("a process beside the run died; was memory short?") from error


def _stand_beside(name: Name) -> None:
    with suppress(OSError):  # a courtesy to who looks at the machine: so `top` and the kernel's log call it
        Path("/proc/self/comm").write_text(f"quality-{name}", encoding="utf-8")
    # A run that is killed must not leave a process behind that still writes.
    threading.Thread(target=_exit_without_parent, name="exit-without-parent", daemon=True).start()
    # Without a main file DuckDB takes a process for somebody's terminal and draws progress bars into the log.
    sys.modules["__main__"].__file__ = __file__


def _exit_without_parent() -> None:
    run = parent_process()
    if run is not None:
        wait([run.sentinel])
        os._exit(1)

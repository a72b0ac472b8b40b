"""Runs whose process is gone: closed as failed, their slot freed, so that nothing waits for them.

While the code server lives it closes them itself. After a power cut, or a kill of both, nobody else would for
hours: Dagster's own monitoring asks launchers that know their workers, and the default one does not.
"""

import os
import socket
import time
from pathlib import Path

import dagster as dg

from orchestration.settings import Settings
from orchestration.warehouse.lock import WarehouseLockedError, writer_lock

CLOCK_SLACK_SECONDS = 2.0
SETTLE_SECONDS = 15.0
CLOSED = "Closed: its process is gone, so it was killed or the power was cut."
STARTED = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED])


def close_dead_runs(instance: dg.DagsterInstance, settings: Settings) -> list[str]:
    """Close the runs that are started and whose process on this machine is gone; returns their ids.

    Does nothing while somebody writes the warehouse: that run may be of a machine or container whose
    processes cannot be seen from here. With retries on, the daemon repeats what is closed here.
    """
    started = instance.get_runs(filters=STARTED)
    if not started:
        return []
    try:
        with writer_lock(settings.warehouse, holder="a look for dead runs", wait_seconds=0):
            dead = [run for run in started if not _lives(instance, run.run_id)]
            for run in dead:
                instance.report_run_failed(run, CLOSED)
                instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    except WarehouseLockedError:
        return []
    return [run.run_id for run in dead]


def close_dead_runs_of_home(settings: Settings) -> list[str]:
    """The same in the home's own instance; nothing where there is none."""
    if not (settings.dagster_home / "dagster.yaml").exists():
        return []
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        return close_dead_runs(instance, settings)


def wait_for_code_server(port: int, seconds: float, settle_seconds: float = SETTLE_SECONDS) -> bool:
    """Wait until the code server listens, then until the daemon has seen it; False when the time is over.

    The daemon tries once to repeat a run that was closed: while the code cannot be reached that try is lost.
    """
    deadline = time.monotonic() + seconds
    while not _listens(port):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.5)
    time.sleep(settle_seconds)
    return True


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            return True
    except OSError:
        return False


def _lives(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Whether the process that wrote the start of a run is there still; without such an event it is not."""
    begun = instance.all_logs(run_id, of_type=dg.DagsterEventType.RUN_START)
    return any(
        entry.dagster_event is not None
        and entry.dagster_event.pid is not None
        and process_lives(entry.dagster_event.pid, entry.timestamp)
        for entry in begun
    )


def process_lives(process: int, since: float) -> bool:
    """Whether the process that had a number at a time (seconds since 1970) still has it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # another user's: it is there
    status = Path(f"/proc/{process}/stat")
    if not status.exists():  # a system without /proc
        return True
    state, *numbers = status.read_text(encoding="utf-8").rpartition(")")[2].split()
    return state not in "ZX" and _boot_time() + int(numbers[18]) / os.sysconf("SC_CLK_TCK") <= (
        since + CLOCK_SLACK_SECONDS
    )


def _boot_time() -> float:
    lines = Path("/proc/stat").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("btime"))

"""Measure a command from outside: seconds on the clock and of processor, and the peak memory of its tree."""

import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = resource.getpagesize()
_PAUSE = 0.2


class BenchError(RuntimeError):
    """A measured command failed; the message is the end of what it said."""


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock, seconds of processor, MiB at the peak (resident, summed), and what was said."""

    wall: float
    cpu: float
    peak_mib: float
    output: str


def measure(command: Sequence[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end. Raises BenchError when it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        peak = _Peak(process.pid)
        output, _ = process.communicate()
        peak.stop()
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        raise BenchError(" ".join(output.split())[-400:])
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Measured(round(wall, 2), round(cpu, 2), round(peak.mib, 1), output)


class _Peak:
    """Samples the resident memory of a process and all below it until it is stopped."""

    def __init__(self, pid: int) -> None:
        self.mib = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the sampling."""
        self._stopped.set()
        self._thread.join()

    def _sample(self, pid: int) -> None:
        while not self._stopped.wait(_PAUSE):
            self.mib = max(self.mib, sum(map(_resident, _tree(pid))) / 2**20)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [below for child in task.read_text().split() for below in _tree(int(child))]
        except OSError:
            continue  # it ended while it was looked at
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0

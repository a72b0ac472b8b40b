"""Measure a command from outside: seconds on the clock and of processor, and the peak memory of its tree.

A shared machine is twice as fast in one hour as in the next. So the pace is measured with every command: how
long a fixed loop takes while the command runs. Seconds of two commands compare when their paces are alike.
"""

import resource
import statistics
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

_PAGE = resource.getpagesize()
_PAUSE = 0.2  # seconds between two looks at the memory
_PACE_EVERY = 10  # looks; the loop takes a hundredth of that time
_LOOP = 100_000


class BenchError(RuntimeError):
    """A measured command failed; the message is what it said."""


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock, seconds of processor, resident MiB by process at the peak, and what was said.

    `pace_ms` is the mean of the milliseconds of processor that the fixed loop took meanwhile.
    """

    wall: float
    cpu: float
    at_peak: dict[str, float]
    pace_ms: float
    output: str

    @property
    def peak_mib(self) -> float:
        """MiB of all processes at the peak."""
        return round(sum(self.at_peak.values()), 1)

    def figures(self) -> dict[str, Any]:
        """All but the output."""
        return {
            "wall": self.wall,
            "cpu": self.cpu,
            "peak_mib": self.peak_mib,
            "at_peak": self.at_peak,
            "pace_ms": self.pace_ms,
        }


def measure(command: Sequence[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end. Raises BenchError when it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        watch = _Watch(process.pid)
        output, _ = process.communicate()
        watch.stop()
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        raise BenchError(output.strip())
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    pace = 1000 * statistics.mean(watch.paces)
    at_peak = {name: round(mib, 1) for name, mib in watch.at_peak.items()}
    return Measured(round(wall, 2), round(cpu, 2), at_peak, round(pace, 1), output)


class _Watch:
    """Samples the memory of a process and all below it, and the machine's pace, until it is stopped."""

    def __init__(self, pid: int) -> None:
        self.at_peak: dict[str, float] = {}
        self.paces = [_pace()]
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._sample, args=(pid,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the sampling."""
        self._stopped.set()
        self._thread.join()

    def _sample(self, pid: int) -> None:
        for look in count(1):
            if self._stopped.wait(_PAUSE):
                return
            self.at_peak = max(self.at_peak, _resident(_tree(pid)), key=lambda found: sum(found.values()))
            if look % _PACE_EVERY == 0:
                self.paces.append(_pace())


def _pace() -> float:
    """Seconds of processor that a fixed piece of work takes now."""
    started = time.thread_time()
    sum(number * number for number in range(_LOOP))
    return time.thread_time() - started


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [below for child in task.read_text().split() for below in _tree(int(child))]
        except OSError:
            continue  # it ended while it was looked at
    return found


def _resident(pids: list[int]) -> dict[str, float]:
    """MiB of processes by their names; those of one name are added up."""
    found: dict[str, float] = defaultdict(float)
    for pid in pids:
        with suppress(OSError):  # it may end while it is looked at
            name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
            found[name] += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
    return found

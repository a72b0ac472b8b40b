"""Processes beside the run: one per name, in order, replaced when they die, gone with the run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.warehouse.processes import ProcessDiedError, begin, wait_for
from tests.warehouse.slow import die, own_pid

pytestmark = pytest.mark.xdist_group("processes")


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition: object, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(condition) and condition():
            return True
        time.sleep(0.05)
    return False


def test_one_process_serves_a_name_again_and_again() -> None:
    first = wait_for(begin("suites", own_pid))
    assert first not in {os.getpid(), wait_for(begin("dbt", own_pid))}
    assert wait_for(begin("suites", own_pid)) == first


def test_a_process_has_the_name_that_top_shows() -> None:
    comm = Path(f"/proc/{wait_for(begin('suites', own_pid))}/comm")
    assert comm.read_text(encoding="utf-8") == "quality-suites\n"


def test_a_process_that_died_is_told_and_replaced() -> None:
    before = wait_for(begin("suites", own_pid))
    with pytest.raises(ProcessDiedError, match="memory"):
        wait_for(begin("suites", die))
    assert wait_for(begin("suites", own_pid)) != before


def test_the_engine_draws_no_progress_bars_into_the_log() -> None:
    asked = "print(begin('aside', draws_progress_bars).result())"
    run = f"from tests.warehouse.slow import begin, draws_progress_bars; {asked}"
    assert subprocess.check_output([sys.executable, "-c", run], text=True) == "False\n"


def test_a_process_ends_with_the_run_that_started_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    run = subprocess.Popen([sys.executable, "-m", "tests.warehouse.slow", str(note)])
    assert until(lambda: note.exists() and note.read_text(encoding="utf-8"))
    worker = int(note.read_text(encoding="utf-8"))
    assert alive(worker)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert until(lambda: not alive(worker), seconds=5)

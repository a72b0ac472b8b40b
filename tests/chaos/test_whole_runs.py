"""The long part: whole runs, killed, doubled and starved, each followed by one that must be whole."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.chaos.arena import Arena
from tests.chaos.disks import disk_at, full, needs_mounts, read_only
from tests.chaos.invariants import audit_problems, broken_invariants
from tests.chaos.kills import kill_seeds, summary
from tests.chaos.points import of_a_build, points
from tests.chaos.test_disks import Fault

pytestmark = [pytest.mark.chaos, pytest.mark.end_to_end]


def served_build(arena: Arena) -> str:
    return (arena.project.published / "current").resolve().name


@pytest.mark.parametrize("point", [point for point in points() if of_a_build(point)])
def test_a_build_that_crashed_is_followed_by_a_whole_one(arena: Arena, point: str, tmp_path: Path) -> None:
    arena.fresh_home()
    before = served_build(arena)
    run = arena.start(tmp_path / "log", WAREHOUSE_CRASH_AT=point)
    assert run.wait(1800) != 0, "the point was not reached"
    assert served_build(arena) == before
    assert list(audit_problems(arena.settings)) == []
    assert arena.broken_after_next_run() == []


def test_seeds_of_kill_9(arena: Arena, seeds: int) -> None:
    outcomes = kill_seeds(arena, range(1, seeds + 1))
    print("\n".join(summary(outcomes)))
    assert [outcome for outcome in outcomes if outcome.inconsistent or outcome.broken] == []


def twice(arena: Arena, seed: int, folder: Path) -> list[str]:
    """Begin two runs, the second at a random moment of the first; what is wrong afterwards."""
    arena.fresh_home()
    logs = [folder / "first.log", folder / "second.log"]
    runs = [arena.start(logs[0])]
    time.sleep(random.Random(seed).uniform(0, arena.seconds * 0.8))
    runs.append(arena.start(logs[1]))
    codes = [run.wait(3600) for run in runs]
    said = [log.read_text(encoding="utf-8") for log in logs]
    wrong = [
        f"run {number} ended with {code}: {text[-500:]}"
        for number, (code, text) in enumerate(zip(codes, said, strict=True), start=1)
        if code and "refreshed by" not in text
    ]
    if codes == [1, 1]:
        wrong.append("both refused")
    return wrong + broken_invariants(arena.settings, arena.expected, arena.canaries)


def test_of_two_runs_at_once_one_waits_or_refuses(arena: Arena, seeds: int, tmp_path: Path) -> None:
    for seed in range(1, max(1, seeds // 5) + 1):
        wrong = twice(arena, seed, tmp_path)
        waited = "Waiting for" in (tmp_path / "second.log").read_text(encoding="utf-8")
        print(f"two runs, seed {seed}: {'the second waited' if waited else 'one after the other'}; {wrong}")
        assert wrong == []


@pytest.mark.parametrize("fault", [full, read_only])
@pytest.mark.parametrize("place", ["landing", "warehouse", "published", "dagster_home"])
def test_a_disk_that_cannot_be_written_is_named_and_heals(arena: Arena, place: str, fault: Fault) -> None:
    needs_mounts()
    arena.fresh_home()
    before, folder = served_build(arena), arena.project.home / place
    with disk_at(folder, megabytes=600):
        with fault(folder):
            done = arena.project.run()
        assert done.returncode in (1, 2)
        lines = [line for line in done.stdout.splitlines() if str(folder) in line or f"home/{place}" in line]
        assert lines, done.stdout[-3000:] + done.stderr[-3000:]
        assert "Traceback" not in done.stdout + done.stderr
        assert served_build(arena) == before
        assert list(audit_problems(arena.settings)) == []
        assert arena.broken_after_next_run() == []


def test_a_run_without_memory_says_so_and_the_next_one_is_whole(arena: Arena, tmp_path: Path) -> None:
    arena.fresh_home()
    before = served_build(arena)
    limited = ["/usr/bin/prlimit", f"--as={900 << 20}", sys.executable, "-m", "orchestration", "run"]
    done = subprocess.run(
        limited, cwd=arena.project.root, env=arena.project.process_environment, capture_output=True,
        text=True, check=False, timeout=3600,
    )  # fmt: skip
    assert done.returncode != 0
    assert "emory" in done.stdout + done.stderr
    assert served_build(arena) == before
    assert arena.broken_after_next_run() == []

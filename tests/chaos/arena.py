"""A prepared home that every seed gets a copy of: one build is served, one file more is delivered."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from orchestration.settings import Settings
from tests.chaos.invariants import Undisturbed, broken_invariants, undisturbed
from tests.end_to_end.project import Finished, Project, new_project

TICKETS, MONTHS = "600", "2"
EVERY_CANARY = 16  # the search for personal values takes as long as their number; make test looks for all
READER = Path(__file__).parents[1] / "end_to_end" / "reader.py"
LAST_MONTH, NEXT_MONTH = "complaint_events_202610.csv", "complaint_events_202611.csv"


@dataclass
class Arena:
    """The project, the home to copy, and what a run that nobody disturbs makes of it in how many seconds."""

    project: Project
    prepared: Path
    expected: Undisturbed
    seconds: float
    canaries: list[str]

    @property
    def settings(self) -> Settings:
        """The settings of the project's home."""
        return Settings(home=self.project.home)

    def fresh_home(self) -> None:
        """Put the prepared home in place of what the seed before left."""
        shutil.rmtree(self.project.home, ignore_errors=True)
        shutil.copytree(self.prepared, self.project.home, symlinks=True)

    def start(self, log: Path, **environment: str) -> "subprocess.Popen[bytes]":
        """Begin a run, in a group of processes of its own; what it prints goes to a file."""
        with log.open("wb") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "orchestration", "run"],
                cwd=self.project.root, env=self.project.process_environment | environment,
                stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def broken_after_next_run(self) -> list[str]:
        """Run again, undisturbed; what is broken then, a run that is not green before all."""
        started = time.monotonic()
        done = self.project.run()
        self.seconds = time.monotonic() - started  # the machine may be busier or idler than before
        if done.returncode:
            return [f"the next run failed: {last_lines(done)}"]
        return broken_invariants(self.settings, self.expected, self.canaries)


def last_lines(done: Finished) -> str:
    """The end of what a run printed."""
    return " | ".join((done.stdout + done.stderr).strip().splitlines()[-6:])


def make_arena(root: Path) -> Arena:
    """Prepare the home in a copy of the project below `root`; some minutes."""
    project = new_project(root / "project")
    made = project.execute(
        "-m", "orchestration.demo", "--home", str(project.home), "--tickets", TICKETS, "--months", MONTHS
    )
    assert made.returncode == 0, made.stderr
    project.run_green()
    earlier = (project.home / "inbox" / "complaint" / LAST_MONTH).read_bytes()
    lines = earlier.splitlines(keepends=True)[:4]
    project.write(f"home/inbox/complaint/{NEXT_MONTH}", b"".join(lines))
    prepared = root / "prepared"
    shutil.copytree(project.home, prepared, symlinks=True)
    canaries = project.truth()["canaries"][::EVERY_CANARY]
    started = time.monotonic()
    project.run_green()
    seconds = time.monotonic() - started
    settings = Settings(home=project.home)
    arena = Arena(project, prepared, undisturbed(settings), seconds, canaries)
    assert broken_invariants(settings, arena.expected, canaries) == []
    return arena


@dataclass(frozen=True)
class Looks:
    """What a reader saw: how often it looked, and what was not one build."""

    looks: int
    wrong: tuple[str, ...]


@dataclass
class Readers:
    """One that holds the snapshot open and one that opens it again and again, each a process of its own."""

    stop: Path
    processes: "dict[str, subprocess.Popen[str]]"

    def end(self) -> Looks:
        """Let them end and say what they saw."""
        self.stop.touch()
        total, wrong = 0, []
        for name, process in self.processes.items():
            printed, errors = process.communicate(timeout=120)
            if process.returncode:
                wrong.append(f"{name} failed: {errors.strip().splitlines()[-1]}")
                continue
            looks = [sorted(map(tuple, look)) for look in json.loads(printed)]
            builds = [{build for _, build in look} for look in looks]
            wrong += [f"{name} saw {sorted(build)}" for build in builds if len(build) != 1]
            wrong += [f"{name} missed a table" for look in looks if len({table for table, _ in look}) != 2]
            changes = sum(before != after for before, after in pairwise(builds))
            if changes > (1 if name == "poll" else 0):
                wrong.append(f"{name} saw {changes} changes of the build")
            total += len(looks)
        return Looks(total, tuple(wrong))


def readers_of(arena: Arena, stop: Path, pause: float = 0.5) -> Readers:
    """Attach both readers to what is served."""
    stop.unlink(missing_ok=True)
    snapshot = str(arena.project.published / "warehouse.duckdb")
    processes = {
        behaviour: subprocess.Popen(
            [sys.executable, str(READER), behaviour, snapshot, str(stop), str(pause)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for behaviour in ("poll", "hold")
    }  # fmt: skip
    return Readers(stop, processes)


def step_of(log: Path) -> str:
    """Where a run was when it ended: the last step that it told to be done."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    steps = [line.split()[1] for line in lines if line.startswith(("  done ", "  FAILED "))]
    jobs = [line.split()[0] for line in lines if line.startswith(("refresh_", "publish_"))]
    return f"{(jobs or ['start'])[-1]} after {(steps or ['nothing'])[-1]}"

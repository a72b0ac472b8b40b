"""Seeds of `kill -9`: a run dies at a random moment while readers look, and the next run must be whole.

`python -m tests.chaos.kills --root FOLDER --seeds 100` is what `make chaos` does first.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.arena import Arena, make_arena, readers_of, step_of


@dataclass(frozen=True)
class Outcome:
    """What became of one seed; `where` is the step that the kill fell into."""

    seed: int
    where: str
    looks: int
    inconsistent: tuple[str, ...]
    broken: tuple[str, ...]


def kill(process: "subprocess.Popen[bytes]", whole_group: bool) -> None:
    """`kill -9`: as a power cut does, or to the run alone, whose other processes must then end themselves."""
    if process.poll() is None:
        if whole_group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def one_seed(arena: Arena, seed: int) -> Outcome:
    """Copy the prepared home, attach readers, begin a run, kill it, run again, ask the invariants."""
    moment = random.Random(seed)
    arena.fresh_home()
    log = arena.project.root / "killed.log"
    readers = readers_of(arena, arena.project.root / "stop")
    try:
        run = arena.start(log)
        time.sleep(moment.uniform(0, arena.seconds))
        finished = run.poll() is not None
        kill(run, whole_group=moment.random() < 0.5)
        where = "finished before" if finished else step_of(log)
        broken = arena.broken_after_next_run()
    finally:
        seen = readers.end()
    if broken or seen.wrong:
        shutil.copytree(arena.project.home, arena.project.root.parent / f"failed-{seed}", symlinks=True)
    return Outcome(seed, where, seen.looks, seen.wrong, tuple(broken))


def told(outcome: Outcome) -> str:
    """A line of progress."""
    state = "; ".join((*outcome.inconsistent, *outcome.broken)) or "whole"
    return f"seed {outcome.seed}: killed in {outcome.where}; {outcome.looks} looks; {state}"


def summary(outcomes: Iterable[Outcome]) -> list[str]:
    """Seeds, where they were killed, inconsistent reads, broken invariants."""
    listed = list(outcomes)
    where = Counter(outcome.where for outcome in listed)
    return [
        f"{len(listed)} seeds; {sum(outcome.looks for outcome in listed)} looks of readers,"
        f" {sum(len(outcome.inconsistent) for outcome in listed)} inconsistent;"
        f" {sum(bool(outcome.broken) for outcome in listed)} seeds with a broken invariant",
        *(f"{times:>5} killed in {place}" for place, times in where.most_common()),
    ]


def kill_seeds(arena: Arena, seeds: Iterable[int]) -> list[Outcome]:
    """Run the seeds one after the other, each with a line of progress."""
    outcomes = []
    for seed in seeds:
        outcomes.append(one_seed(arena, seed))
        print(told(outcomes[-1]), flush=True)
    return outcomes


def main() -> int:
    """The command line; returns 1 when a read was inconsistent or an invariant broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True, help="an empty folder for homes")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--first", type=int, default=1)
    options = parser.parse_args()
    arena = make_arena(options.root)
    print(f"An undisturbed run takes {arena.seconds:.0f} s.", flush=True)
    outcomes = kill_seeds(arena, range(options.first, options.first + options.seeds))
    print("\n".join(summary(outcomes)))
    return int(any(outcome.inconsistent or outcome.broken for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())

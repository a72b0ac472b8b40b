"""`kill -9` at random moments of landing, verdicts, publication, scorecards, without dbt, under readers."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.operations.recovery import recover_home
from orchestration.settings import Settings
from orchestration.warehouse.lock import writer_lock
from tests.chaos.invariants import Undisturbed, broken_invariants, undisturbed
from tests.chaos.small_home import CONTEXT, copy_of, judge, land, make_home, scorecards
from tests.publishing.synthetic import NOW, publish
from tests.publishing.test_readers import hold, poll

FEW = 4


@dataclass(frozen=True)
class Prepared:
    """The home to copy, what a run that nobody disturbs makes of it, and in how many seconds."""

    settings: Settings
    expected: Undisturbed
    seconds: float


def whole_run(settings: Settings) -> None:
    """All steps that need no dbt; older builds are kept, because readers look at them."""
    with writer_lock(settings.warehouse, holder="a run"):
        recover_home(settings, NOW)
    land(settings)
    judge(settings)
    with writer_lock(settings.warehouse, holder="a run"):
        publish(settings, "b2")
    scorecards(settings)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    original = make_home(tmp_path_factory.mktemp("prepared") / "home")
    settings = copy_of(original, tmp_path_factory.mktemp("undisturbed") / "home")
    started = time.monotonic()
    whole_run(settings)
    return Prepared(original, undisturbed(settings), time.monotonic() - started)


def one_seed(prepared: Prepared, seed: int, home: Path) -> tuple[int, list[str]]:
    """Kill a run at a random moment under readers, run again; the looks of the poller and what is wrong."""
    settings = copy_of(prepared.settings, home)
    stop, results = CONTEXT.Event(), CONTEXT.Queue()
    readers = [
        CONTEXT.Process(target=role, args=(settings.published, stop, results)) for role in (hold, poll)
    ]
    run = CONTEXT.Process(target=whole_run, args=(settings,))
    for process in (*readers, run):
        process.start()
    time.sleep(random.Random(seed).uniform(0, prepared.seconds))
    run.kill()
    run.join()
    whole_run(settings)
    stop.set()
    seen = dict(results.get(timeout=60) for _ in readers)
    for reader in readers:
        reader.join(timeout=60)
    polls, _, mixed = seen["poller"]
    wrong = [f"a reader saw {found}" for found in mixed]
    wrong += [] if seen["holder"] == [("b1",)] else [f"the holder saw {seen['holder']}"]
    return polls, wrong + broken_invariants(settings, prepared.expected)


def many_seeds(prepared: Prepared, seeds: int, folder: Path) -> int:
    """Run seeds and insist that nothing is wrong; the looks of readers in all."""
    looks = 0
    for seed in range(1, seeds + 1):
        polls, wrong = one_seed(prepared, seed, folder / str(seed))
        looks += polls
        print(f"seed {seed}: {polls} looks; {'; '.join(wrong) or 'whole'}", flush=True)
        assert wrong == [], seed
    return looks


def test_a_few_seeds_of_kill_9_without_dbt(prepared: Prepared, tmp_path: Path) -> None:
    assert many_seeds(prepared, FEW, tmp_path) >= FEW


@pytest.mark.chaos
def test_many_seeds_of_kill_9_without_dbt(prepared: Prepared, seeds: int, tmp_path: Path) -> None:
    print(f"{seeds} seeds, {many_seeds(prepared, seeds, tmp_path)} looks of the poller, none inconsistent")

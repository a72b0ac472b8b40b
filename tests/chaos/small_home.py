"""A home without dbt: a few delivered files, a synthetic build that is served, the next one ready."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from orchestration import crash_points
from orchestration.operations.recovery import recover_home
from orchestration.publishing.serving import roll_back
from orchestration.scorecards.publish import publish_scorecards
from orchestration.settings import Settings
from orchestration.sources.contract import load_contracts
from orchestration.sources.landing import land_source
from orchestration.warehouse.lock import writer_lock
from tests.publishing.synthetic import (
    NOW,
    build_and_publish,
    publish,
    settings_in,
    write_build,
    write_verdicts,
)
from tests.sources.landing_room import HEADER, LandingRoom, row, rows

Action = Callable[[Settings], object]
CONTEXT = multiprocessing.get_context("fork")


def settings_of(home: Path) -> Settings:
    """The settings of a small home: its key and its own contract."""
    return replace(settings_in(home), contracts_dir=home / "contracts")


def make_home(home: Path) -> Settings:
    """Build b1 is served, build b2 is ready, and four files are delivered: two good, two bad."""
    settings = settings_of(home)
    build_and_publish(settings, "b1")
    write_build(settings, "b2")
    room = LandingRoom(home)
    room.contract()
    room.deliver("tickets_1.csv", HEADER + rows(40))
    room.deliver("tickets_2.csv", HEADER + row(41) + "T42\n" + row(43, score="many") + rows(3))
    room.deliver("tickets_3.csv", "nonsense\n1\n")
    return settings


def copy_of(original: Settings, home: Path) -> Settings:
    """The same home in another place."""
    shutil.copytree(original.home, home, symlinks=True)
    return settings_of(home)


def land(settings: Settings) -> None:
    """Land the inbox, as a landing step does."""
    (contract,) = load_contracts(settings.contracts_dir).values()
    with writer_lock(settings.warehouse, holder="a run"):
        land_source(
            contract, inbox=settings.inbox, landing=settings.landing, quarantine=settings.quarantine,
            vault=settings.vault, key=settings.secret_key(),
        )  # fmt: skip


def publish_next(settings: Settings) -> None:
    """Publish build b2 and retire b1."""
    with writer_lock(settings.warehouse, holder="a run"):
        publish(settings, "b2", builds_kept=1)


def scorecards(settings: Settings) -> None:
    """Publish the monthly scorecards."""
    with writer_lock(settings.warehouse, holder="a run"):
        publish_scorecards(settings, "monthly", NOW)


def judge(settings: Settings) -> None:
    """Write the verdicts anew."""
    write_verdicts(settings, "b2")


def go_back(settings: Settings) -> None:
    """Publish b2, keep b1, and serve b1 again."""
    publish(settings, "b2")
    roll_back(settings, "b1", NOW)


def next_run(settings: Settings) -> None:
    """What a run does that nobody disturbs: recovery, landing, verdicts, publication, scorecards."""
    with writer_lock(settings.warehouse, holder="a run"):
        recover_home(settings, NOW + timedelta(minutes=5))
    for step in (land, judge, publish_next, scorecards):
        step(settings)


def exit_code_of(action: Action, settings: Settings, armed: str | None = None) -> int:
    """Do something in a process of its own, killed at the armed crash point; returns its exit code."""

    def work() -> None:
        crash_points.ARMED = armed
        action(settings)
        os._exit(0)

    process = CONTEXT.Process(target=work)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def killed_at(point: str, action: Action, settings: Settings) -> bool:
    """Whether the action came to the point and died there."""
    return exit_code_of(action, settings, point) == -signal.SIGKILL

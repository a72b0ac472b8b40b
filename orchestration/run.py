"""`make run`: the Dagster jobs themselves, in this process, recorded in the instance that `make ui` shows."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import dagster as dg
from sqlalchemy.exc import SQLAlchemyError

from orchestration.operations.dead_runs import close_dead_runs
from orchestration.operations.layout import LayoutError, ensure_layout
from orchestration.operations.recovery import recover_home
from orchestration.progress import say
from orchestration.publishing.files import PublicationError
from orchestration.settings import PROJECT_ROOT, Settings
from orchestration.summary import summary_lines
from orchestration.warehouse.dbt_beside import start_dbt_process
from orchestration.warehouse.dbt_build import ensure_manifest
from orchestration.warehouse.lock import (
    WarehouseLockedError,
    claim_refresh,
    release_refresh,
    writer_lock,
)
from orchestration.warehouse.suite_runs import start_suite_process

REFRESH = "refresh_warehouse"
JOBS = (REFRESH, "publish_scorecards_monthly", "publish_scorecards_weekly")

WAIT_SECONDS = 3600  # for a refresh that somebody else began


class DemoError(RuntimeError):
    """The demo company could not be made; the message is the generator's own."""


def prepare(settings: Settings) -> None:
    """Make the home's folders, its Dagster instance and the dbt manifest, where they are missing.

    Raises LayoutError for a home that this program cannot use.
    """
    ensure_layout(settings)
    for folder in (settings.inbox, settings.landing, settings.published, settings.dagster_home):
        folder.mkdir(parents=True, exist_ok=True)
    for folder in (settings.quarantine, settings.vault, settings.warehouse):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    instance_file = settings.dagster_home / "dagster.yaml"
    if not instance_file.exists():
        shutil.copyfile(PROJECT_ROOT / "orchestration" / "dagster.yaml", instance_file)
    ensure_manifest(settings)


def prepare_only(settings: Settings) -> int:
    """Prepare the home; returns the exit code, 2 when it cannot be used, with the reason printed."""
    try:
        prepare(settings)
    except (LayoutError, WarehouseLockedError) as error:
        say(str(error))
        return 2
    return 0


def nothing_was_delivered(settings: Settings) -> bool:
    """Whether the home is new: an inbox that was cleared after landing must not get a demo company."""
    was_delivered = any(path.is_file() for path in settings.inbox.glob("*/*"))
    return not was_delivered and not any((settings.landing / "manifest").glob("*/*.json"))


@contextmanager
def demo_delivered(
    settings: Settings, *, tickets: int, months: int, ground_truth: bool = False
) -> Iterator[None]:
    """Deliver the demo company into an empty inbox, in a process of its own, while the body runs.

    Raises DemoError with what that process said when it failed.
    """
    if not nothing_was_delivered(settings):
        yield
        return
    say(f"The inbox is empty: making a demo company ({tickets:,} tickets, {months} months).")
    wanted = ["--tickets", str(tickets), "--months", str(months)]
    wanted += [] if ground_truth else ["--files-only"]
    command = [sys.executable, "-m", "orchestration.demo", "--home", str(settings.home), *wanted]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield
        said, _ = process.communicate()
    if process.returncode != 0:
        raise DemoError(f"The demo company could not be made: {said.strip().splitlines()[-1]}")


def load_definitions() -> dg.Definitions:
    """The code location; seconds, because Dagster and dbt are imported."""
    from orchestration.definitions import definitions  # noqa: PLC0415 - after the manifest exists

    return definitions()


def run_config(job: str, wish: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration of a job's run: what is wished of the build goes to the step that begins it."""
    config: dict[str, Any] = {"loggers": {"progress": {}}}
    given = {name: value for name, value in wish.items() if value}
    if job == REFRESH and given:
        config["ops"] = {"begin_build": {"config": given}}
    return config


def execute_jobs(settings: Settings, loaded: dg.Definitions, wish: Mapping[str, Any]) -> bool:
    """Run the jobs one after the other; stops at the first that fails. Returns whether all succeeded."""
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        for run_id in close_dead_runs(instance, settings):
            say(f"Run {run_id} had died; it is closed as failed.")
        return all(_execute(loaded, name, instance, run_config(name, wish)) for name in JOBS)


def _execute(loaded: dg.Definitions, name: str, instance: dg.DagsterInstance, config: dict[str, Any]) -> bool:
    started = time.monotonic()
    say(f"{name}")
    result = loaded.resolve_job_def(name).execute_in_process(
        instance=instance,
        raise_on_error=False,
        run_config=config,
    )
    word = "done" if result.success else "FAILED"
    say(f"{name} {word} in {time.monotonic() - started:.1f} s (run {result.run_id})")
    return bool(result.success)


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keep other refreshes out; what dead runs left is mended first. Raises WarehouseLockedError."""
    holder = "a run from the shell"
    claim_refresh(settings.warehouse, holder=holder, wait_seconds=WAIT_SECONDS, told=say)
    try:
        with writer_lock(settings.warehouse, holder=holder):
            recover_home(settings, datetime.now(UTC))
        yield
    finally:
        release_refresh(settings.warehouse)


def run(
    settings: Settings,
    *,
    tickets: int,
    months: int,
    ground_truth: bool = False,
    wish: Mapping[str, Any] = MappingProxyType({}),
) -> int:
    """Everything from the inbox to the scorecards; returns the exit code.

    `wish` is the configuration of the step that begins the build: `full_refresh`, or the days (ISO)
    `touched_from` and `touched_until`.
    """
    try:
        return _run(settings, tickets=tickets, months=months, ground_truth=ground_truth, wish=wish)
    except OSError as error:
        place, what = error.filename or settings.home, error.strerror or error
    except SQLAlchemyError as error:  # Dagster's records; the rest of the message would be SQL
        place, what = settings.dagster_home, getattr(error, "orig", None) or type(error).__name__
    say(f"The run stopped: {place}: {what}. Make room there or give the right to write, then run again.")
    say("What is published stays as it was.")
    return 2


def _run(
    settings: Settings, *, tickets: int, months: int, ground_truth: bool, wish: Mapping[str, Any]
) -> int:
    started = time.monotonic()
    say(f"Warehouse home: {_shown(settings.home)}")
    if refused := prepare_only(settings):
        return refused
    start_dbt_process(settings)
    try:
        with demo_delivered(settings, tickets=tickets, months=months, ground_truth=ground_truth):
            loaded = load_definitions()
        start_suite_process()
    except DemoError as error:
        say(str(error))
        return 2
    try:
        with alone(settings):
            succeeded = execute_jobs(settings, loaded, wish)
    except (WarehouseLockedError, PublicationError) as refusal:
        say(str(refusal))
        return 2
    for line in summary_lines(settings, succeeded=succeeded):
        say(line)
    say(f"Took {time.monotonic() - started:.0f} s.")
    return 0 if succeeded else 1


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

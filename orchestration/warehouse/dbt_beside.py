"""dbt in a process beside the run: its import and parse take seconds, which then pass beside the landing."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from orchestration.settings import Settings
from orchestration.warehouse.dbt_build import DbtError, DbtResults, parsed, run_dbt
from orchestration.warehouse.processes import ProcessDiedError, begin, wait_for

DbtOutcome = tuple[DbtResults, list[str]]  # what dbt left behind, and its warnings


def start_dbt_process(settings: Settings) -> None:
    """Start the process, and dbt's import and parse in it."""
    begin("dbt", _parse_ahead, settings)


def begin_dbt(settings: Settings, arguments: list[str], target: Path) -> "Future[DbtOutcome]":
    """Begin what `run_dbt` does; `outcome_of` gives the results."""
    return begin("dbt", _run_and_collect, settings, arguments, target)


def outcome_of(running: "Future[DbtOutcome]", warn: Callable[[str], None]) -> DbtResults:
    """Wait for dbt; `warn` gets its warnings. Raises DbtError, also when the process died."""
    try:
        results, warnings = wait_for(running)
    except ProcessDiedError as error:
        raise DbtError(f"dbt did not finish: {error}") from error
    for warning in warnings:
        warn(warning)
    return results


def _parse_ahead(settings: Settings) -> None:
    parsed(settings)


def _run_and_collect(settings: Settings, arguments: list[str], target: Path) -> DbtOutcome:
    warnings: list[str] = []
    return run_dbt(settings, arguments, target, warnings.append), warnings

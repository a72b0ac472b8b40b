"""Run one suite where its table is: raw suites on what has landed, core suites on the build.

Suites run in one process of their own, as soon as their tables are there: Great Expectations takes seconds to
import, which then pass beside the landing, and a suite that runs out of memory does not take the run with it.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from dataclasses import replace

from orchestration.crash_points import crash_point
from orchestration.publishing.tables import in_memory
from orchestration.quality.engine import preload
from orchestration.quality.results import CheckResult, add_results
from orchestration.quality.runner import run_suite
from orchestration.quality.suite import Suite
from orchestration.settings import Settings
from orchestration.sources.raw_schema import register_raw
from orchestration.warehouse.build_files import opened_build
from orchestration.warehouse.judge import leave_red_verdict, red_checks
from orchestration.warehouse.prepare import EPOCH, build_id_in, contracts_in
from orchestration.warehouse.processes import ProcessDiedError, begin, wait_for

Run = Callable[[Settings, Suite, str], list[CheckResult]]

LANDED = "landed"  # raw suites run before a build has an id; their results are kept under this word


_begun: dict[tuple[str, str], "Future[list[CheckResult]]"] = {}


def start_suite_process() -> None:
    """Start the process that runs suites, and its import of Great Expectations."""
    begin("suites", _import_engine)


def _import_engine() -> None:
    preload().join()


def begin_suites(run: Run, settings: Settings, suites: Iterable[Suite], run_id: str) -> None:
    """Begin suites whose tables are ready; `run_beside` of the same run then waits for what was begun."""
    for suite in suites:
        _begun[run_id, suite.table] = begin("suites", run, settings, suite, run_id)


def wait_for_suites(run_id: str) -> None:
    """Wait until no begun suite of a run reads any more: the build file then is another writer's."""
    wait([suite for (begun_by, _), suite in _begun.items() if begun_by == run_id])


def run_beside(run: Run, settings: Settings, suite: Suite, run_id: str) -> list[CheckResult]:
    """The results of `run`, from the suite process; every expectation is `crashed` when that process died."""
    begun = _begun.pop((run_id, suite.table), None)
    try:
        return wait_for(begun or begin("suites", run, settings, suite, run_id))
    except ProcessDiedError:
        return [
            CheckResult(suite.table, item.check, item.severity, "crashed", "the suite's process died")
            for item in suite.expectations
        ]


def run_raw_suite(settings: Settings, suite: Suite, run_id: str) -> list[CheckResult]:
    """The suite of a delivered table against its current deliveries; results are kept for the scorecards."""
    contracts = contracts_in(settings.contracts_dir)
    only = {
        name: replace(contract, tables={table.table: table})
        for name, contract in contracts.items()
        for table in contract.tables.values()
        if table.raw_name == suite.name
    }
    with in_memory(settings) as connection:
        register_raw(
            connection,
            only,
            settings.landing,
            build_id=LANDED,
            as_of=EPOCH,
            reporting_time_zone=settings.reporting_time_zone,
            minimum_n=settings.minimum_n,
        )
        results = run_suite(connection, suite)
    crash_point("suite: raw results not kept")
    add_results(settings.warehouse, LANDED, "raw", run_id, results)
    return results


def run_core_suite(settings: Settings, suite: Suite, run_id: str) -> list[CheckResult]:
    """The suite of a core table against the build; results are kept for gate 1."""
    with opened_build(settings) as connection:  # a suite asks the layers below whether rows were due
        build_id = build_id_in(connection)
        results = run_suite(connection, suite)
    crash_point("suite: core results not kept")
    add_results(settings.warehouse, build_id, "core", run_id, results)
    if red_checks(settings, results):
        leave_red_verdict(settings, "core", run_id=run_id)
    return results

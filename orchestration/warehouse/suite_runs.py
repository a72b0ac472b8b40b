"""Run one suite where its table is: raw suites on what has landed, core suites on the build.

Suites run in one process of their own: Great Expectations takes seconds to import, which then pass beside the
landing, and a suite that runs out of memory does not take the run with it.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

import duckdb

from orchestration.quality.engine import preload
from orchestration.quality.results import CheckResult, add_results
from orchestration.quality.runner import run_suite
from orchestration.quality.suite import Suite
from orchestration.settings import Settings
from orchestration.sources.raw_schema import register_raw
from orchestration.warehouse.judge import leave_red_verdict, red_checks
from orchestration.warehouse.prepare import EPOCH, build_id_in, contracts_in

Run = Callable[[Settings, Suite, str], list[CheckResult]]

LANDED = "landed"  # raw suites run before a build has an id; their results are kept under this word


@cache
def suite_process() -> ProcessPoolExecutor:
    """The process that runs suites; the first call starts it, and its import of Great Expectations."""
    pool = ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
    pool.submit(_import_engine)
    return pool


def _import_engine() -> None:
    preload().join()


def run_beside(run: Run, settings: Settings, suite: Suite, run_id: str) -> list[CheckResult]:
    """The results of `run`, from the suite process; every expectation is `crashed` when that process died."""
    try:
        return suite_process().submit(run, settings, suite, run_id).result()
    except BrokenProcessPool:
        suite_process.cache_clear()
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
    with duckdb.connect() as connection:
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
    add_results(settings.warehouse, LANDED, "raw", run_id, results)
    return results


def run_core_suite(settings: Settings, suite: Suite, run_id: str) -> list[CheckResult]:
    """The suite of a core table against the build; results are kept for gate 1."""
    with duckdb.connect(str(settings.build_file), read_only=True) as connection:
        build_id = build_id_in(connection)
        results = run_suite(connection, suite)
    add_results(settings.warehouse, build_id, "core", run_id, results)
    if red_checks(settings, results):
        leave_red_verdict(settings, "core", run_id=run_id)
    return results

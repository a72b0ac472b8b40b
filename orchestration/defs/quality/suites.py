"""One factory: suites become one multi-asset-check, a spec and a result per expectation."""

from collections.abc import Iterator, Sequence

import dagster as dg

from expectations import core_suites, raw_suites
from orchestration.defs.resources import Warehouse
from orchestration.quality.results import CheckResult
from orchestration.quality.suite import Expect, Suite
from orchestration.settings import load_settings
from orchestration.sources.contract import load_contracts
from orchestration.warehouse.suite_runs import Run, run_beside, run_core_suite, run_raw_suite


def check_spec(suite: Suite, expectation: Expect) -> dg.AssetCheckSpec:
    """The check in the UI. All checks block, so that later steps wait for them; only an error stops them."""
    return dg.AssetCheckSpec(
        name=expectation.check,
        asset=[suite.schema, suite.name],
        description=expectation.check.replace("_", " "),
        blocking=True,
        metadata={"severity": expectation.severity},
    )


def check_result(suite: Suite, result: CheckResult, *, may_block: bool) -> dg.AssetCheckResult:
    """A result in the UI: counts and the reason, never a value of the data."""
    blocks = may_block and result.severity == "critical"
    return dg.AssetCheckResult(
        asset_key=[suite.schema, suite.name],
        check_name=result.check,
        passed=result.passed,
        severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
        description=result.detail,
        metadata={
            "status": result.status,
            "rows_seen": result.rows_seen if result.rows_seen is not None else "unknown",
            "rows_total": result.rows_total if result.rows_total is not None else "unknown",
        },
    )


def build_suite_checks(
    name: str, suites: Sequence[Suite], run: Run, *, may_block: bool
) -> dg.AssetChecksDefinition:
    """The checks of tables that are there at the same time, as one step: a step takes longer than a suite.

    A suite always runs whole; of a part that somebody asks for only the results are told.
    """

    @dg.multi_asset_check(
        name=name,
        specs=[check_spec(suite, expectation) for suite in suites for expectation in suite.expectations],
        can_subset=True,
        pool="warehouse",
    )
    def check(context: dg.AssetCheckExecutionContext, warehouse: Warehouse) -> Iterator[dg.AssetCheckResult]:
        wanted = context.selected_asset_check_keys
        for suite in suites:
            key = dg.AssetKey([suite.schema, suite.name])
            names = {check.name for check in wanted if check.asset_key == key}
            results = run_beside(run, warehouse.settings(), suite, context.run.run_id) if names else []
            for result in results:
                if result.check in names:
                    yield check_result(suite, result, may_block=may_block)

    return check


@dg.definitions
def suites() -> dg.Definitions:
    """The checks of all delivered and core tables.

    A red expectation about a delivered table is a warning: it must not stop the other sources. What a
    delivery may block on is judged by the landing checks.
    """
    checks = [build_suite_checks("check_core", core_suites(), run_core_suite, may_block=True)]
    for source, contract in load_contracts(load_settings().contracts_dir).items():
        tables = {table.raw_name for table in contract.tables.values()}
        own = [suite for suite in raw_suites() if suite.name in tables]
        if own:
            checks.append(build_suite_checks(f"check_{source}", own, run_raw_suite, may_block=False))
    return dg.Definitions(asset_checks=checks)

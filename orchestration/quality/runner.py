"""Runs a suite against its table and answers for every expectation, whatever happens."""

import duckdb

from orchestration.quality.engine import CheckCrashError, FrameValidator
from orchestration.quality.results import CheckResult, Status
from orchestration.quality.suite import Expect, Suite
from orchestration.quality.table import ROW_LIMIT, LoadedTable, count_rows, load_table, rows_are_due

# GX fails an aggregate and passes a rule when no row has a value; neither is a finding, except for these.
_JUDGES_ABSENCE = (
    "ExpectColumnProportionOfNonNullValuesToBeBetween",
    "ExpectColumnUniqueValueCountToBeBetween",
    "ExpectColumnValuesToNotBeNull",
)


def run_suite(
    connection: duckdb.DuckDBPyConnection, suite: Suite, row_limit: int = ROW_LIMIT
) -> list[CheckResult]:
    """One result per expectation of the suite, always, in the suite's order.

    An empty table is `no_data` where nothing was due and fails every check where rows were due; a column
    without a single value is `no_data` for a rule about values. Above `row_limit` rows the column checks see
    a sample; row counts are always the true ones. Results hold counts, never values of the data.
    """
    try:
        rows_total = count_rows(connection, suite)
        if rows_total == 0:
            return _without_rows(suite, rows_are_due(connection, suite))
        loaded = load_table(connection, suite, rows_total, row_limit)
    except duckdb.Error as error:
        reason = f"{suite.table} could not be read ({type(error).__name__})"
        return [_result(suite, spec, "crashed", reason) for spec in suite.expectations]
    return _evaluate(suite, loaded)


def _without_rows(suite: Suite, due: bool) -> list[CheckResult]:
    status: Status = "failed" if due else "no_data"
    detail = "no rows where rows were due" if due else "nothing was delivered"
    return [_result(suite, spec, status, detail, seen=0, total=0) for spec in suite.expectations]


def _evaluate(suite: Suite, loaded: LoadedTable) -> list[CheckResult]:
    validators = {True: FrameValidator(loaded.frame), False: FrameValidator(loaded.whole())}
    results = []
    for spec in suite.expectations:
        seen = len(loaded.frame) if spec.columns else loaded.rows_total
        try:
            status, detail = _outcome(spec, loaded, validators[bool(spec.columns)])
        except CheckCrashError as error:
            status, detail, seen = "crashed", str(error), 0
        results.append(_result(suite, spec, status, detail, seen=seen, total=loaded.rows_total))
    return results


def _outcome(spec: Expect, loaded: LoadedTable, validator: FrameValidator) -> tuple[Status, str]:
    for column in spec.columns:
        if column in loaded.missing:
            raise CheckCrashError(loaded.missing[column])
    if spec.columns and spec.kind not in _JUDGES_ABSENCE and not loaded.has_values(spec.columns):
        return "no_data", "no row has a value"
    outcome = validator.validate(spec)
    return "passed" if outcome.passed else "failed", outcome.detail


def _result(
    suite: Suite,
    spec: Expect,
    status: Status,
    detail: str,
    *,
    seen: int | None = None,
    total: int | None = None,
) -> CheckResult:
    return CheckResult(suite.table, spec.check, spec.severity, status, detail, seen, total)

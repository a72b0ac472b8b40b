"""Checks of what landed, for the gate: the row identity, minimums, staleness and the pseudonym key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestration.sources.contract import SourceContract, TableContract
from orchestration.sources.manifest import (
    Delivery,
    all_tables,
    current_deliveries,
    is_stale,
    parquet_path,
    read_deliveries,
)
from orchestration.sources.personal import key_fingerprint


@dataclass(frozen=True)
class CheckResult:
    """One check of one table; `critical` blocks when it has not passed, `warning` is shown."""

    table: str
    check_name: str
    severity: Literal["critical", "warning"]
    passed: bool
    detail: str


def landing_checks(
    contracts: Mapping[str, SourceContract], landing: Path, *, key: bytes
) -> list[CheckResult]:
    """Judge the landing as it is: the same four checks for every contracted table, in contract order.

    A table that never landed passes: no data is no fault.
    """
    tables = all_tables(contracts)
    deliveries = read_deliveries(landing, [table.raw_name for table in tables])
    return [result for table in tables for result in _table_checks(table, deliveries, landing, key)]


def _table_checks(
    table: TableContract, deliveries: list[Delivery], landing: Path, key: bytes
) -> Iterator[CheckResult]:
    current = current_deliveries(table, deliveries)
    yield _rows_are_accounted_for(table, current, landing)
    yield _rows_reach_minimum(table, current)
    yield _newest_file_has_landed(table, deliveries)
    yield _key_is_the_same(table, current, key)


def _rows_are_accounted_for(table: TableContract, current: list[Delivery], landing: Path) -> CheckResult:
    """delivered = landed + quarantined, with the landed rows counted in the Parquet files themselves."""
    wrong = [
        f"{item.file_name}: {item.delivered_rows:,} delivered,"
        f" {rows:,} landed, {item.quarantined_rows:,} quarantined"
        for item in current
        for rows in [_parquet_rows(parquet_path(landing, item))]
        if item.delivered_rows != rows + item.quarantined_rows or rows != item.landed_rows
    ]
    delivered = sum(item.delivered_rows for item in current)
    detail = (
        "; ".join(wrong) or f"{delivered:,} delivered rows of {len(current)} files are landed or quarantined"
    )
    return CheckResult(table.raw_name, "delivered_is_landed_plus_quarantined", "critical", not wrong, detail)


def _parquet_rows(path: Path) -> int:
    """Rows by the file's own footer; -1 when it cannot be read."""
    import pyarrow.parquet  # noqa: PLC0415 - Dagster's definitions need not wait for it

    try:
        return int(pyarrow.parquet.read_metadata(path).num_rows)
    except (OSError, pyarrow.ArrowException):
        return -1


def _rows_reach_minimum(table: TableContract, current: list[Delivery]) -> CheckResult:
    rows = sum(item.landed_rows for item in current)
    passed = not current or rows >= table.minimum_rows
    detail = f"{rows:,} current rows, at least {table.minimum_rows:,} expected" if current else "no data yet"
    return CheckResult(table.raw_name, "current_rows_reach_minimum", "critical", passed, detail)


def _newest_file_has_landed(table: TableContract, deliveries: list[Delivery]) -> CheckResult:
    own = sorted((item for item in deliveries if item.table == table.raw_name), key=lambda item: item.order)
    stale = is_stale(table, own)
    detail = f"{own[-1].file_name} was rejected: {own[-1].reason}" if stale else "the newest file is in use"
    return CheckResult(table.raw_name, "newest_file_has_landed", "warning", not stale, detail)


def _key_is_the_same(table: TableContract, current: list[Delivery], key: bytes) -> CheckResult:
    expected = key_fingerprint(key)
    others = [item for item in current if item.key_fingerprint not in ("", expected)]
    detail = (
        f"{len(others)} of {len(current)} files were pseudonymised with another key, which would split"
        " customers in two; restore the key, or land all files anew"
        if others
        else "one key for all pseudonyms"
    )
    return CheckResult(table.raw_name, "pseudonym_key_is_unchanged", "critical", not others, detail)

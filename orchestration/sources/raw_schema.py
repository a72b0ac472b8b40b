"""The raw schema of the build file: typed views over exactly the current landed files, and their status."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.sources.contract import SourceContract, TableContract
from orchestration.sources.deletions import removed_rows, without_deleted
from orchestration.sources.files import sha256_of
from orchestration.sources.loaded import sql_text
from orchestration.sources.manifest import (
    Delivery,
    all_tables,
    current_by_table,
    is_stale,
    parquet_path,
    read_deliveries,
)
from orchestration.sources.rejection import LandingError

LINEAGE = {"_extra": "varchar", "_batch_id": "varchar", "_source_file": "varchar", "_row_number": "bigint"}
DELIVERY_COLUMNS = {
    "batch_id": "varchar",
    "source_system": "varchar",
    "table_name": "varchar",
    "file_name": "varchar",
    "file_sha256": "varchar",
    "file_bytes": "bigint",
    "status": "varchar",
    "reason": "varchar",
    "contract_version": "bigint",
    "delivered_rows": "bigint",
    "landed_rows": "bigint",
    "quarantined_rows": "bigint",
}
STATUS_COLUMNS = {
    "source_system": "varchar",
    "table_name": "varchar",
    "current_rows": "bigint",
    "minimum_rows": "bigint",
    "is_stale": "boolean",
    "has_landed": "boolean",
    "data_from": "timestamp",
    "data_until": "timestamp",
}


def register_raw(
    connection: duckdb.DuckDBPyConnection,
    contracts: Mapping[str, SourceContract],
    landing: Path,
    *,
    build_id: str,
    as_of: datetime,
    reporting_time_zone: str,
    minimum_n: int,
) -> None:
    """Create schema `raw` anew: a view per contracted table, `removed_rows`, and the tables about the build.

    Those are `run_parameters`, `deliveries` and `source_status`; `as_of` is naive UTC. Rows stand as
    delivered, without those that a mark of their feed deletes (`removed_rows` names them); repeated keys are
    the business of the intermediate layer. Raises LandingError when a landed file is missing or not the one
    that was landed.
    """
    tables = all_tables(contracts)
    deliveries = read_deliveries(landing, [table.raw_name for table in tables])
    current = current_by_table(contracts, deliveries)
    connection.execute("drop schema if exists raw cascade")
    connection.execute("create schema raw")
    delivered = {}
    for table in tables:
        paths = [_verified(landing, delivery) for delivery in current[table.raw_name]]
        delivered[table.raw_name] = table, _view(table, paths)
        rows_that_count = without_deleted(*delivered[table.raw_name])
        connection.execute(f"create view raw.{table.raw_name} as {rows_that_count}")
    connection.execute(f"create view raw.removed_rows as {removed_rows(delivered)}")
    connection.execute(
        "create table raw.run_parameters as select ?::varchar as build_id, ?::timestamp as as_of,"
        " ?::varchar as reporting_time_zone, ?::bigint as minimum_n",
        [build_id, as_of, reporting_time_zone, minimum_n],
    )
    _create(connection, "raw.deliveries", DELIVERY_COLUMNS, [_delivery_row(item) for item in deliveries])
    rows = [_status_row(table, current[table.raw_name], deliveries) for table in tables]
    _create(connection, "raw.source_status", STATUS_COLUMNS, rows)


def _verified(landing: Path, delivery: Delivery) -> Path:
    """A bit flip in Parquet otherwise reads as a wrong number."""
    path = parquet_path(landing, delivery)
    if not path.is_file() or sha256_of(path) != delivery.parquet_sha256:
        state = "is not the file that was landed" if path.exists() else "is missing"
        raise LandingError(
            f"{path} {state}; remove it if it is there, and deliver {delivery.file_name} again"
        )
    return path.resolve()


def _view(table: TableContract, paths: list[Path]) -> str:
    """The landed columns under the current contract; one that an older batch does not have is null there."""
    types = {column.landed_name: column.sql_type for column in table.columns} | LINEAGE
    empty = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in types.items())
    query = f"select {empty} where false"
    if paths:
        files = ", ".join(sql_text(str(path)) for path in paths)
        query += f" union all by name select * from read_parquet([{files}], union_by_name = true)"
    columns = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
    return f"select {columns} from ({query})"


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], rows: list[list[object]]
) -> None:
    declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    connection.execute(f"create table {name} ({declared})")
    if rows:
        connection.executemany(f"insert into {name} values ({', '.join('?' * len(columns))})", rows)


def _delivery_row(delivery: Delivery) -> list[object]:
    values = {"source_system": delivery.source, "table_name": delivery.table}
    return [values.get(name) or getattr(delivery, name) for name in DELIVERY_COLUMNS]


def _status_row(table: TableContract, current: list[Delivery], deliveries: list[Delivery]) -> list[object]:
    firsts = [item.data_from for item in current if item.data_from]
    lasts = [item.data_until for item in current if item.data_until]
    return [
        table.source,
        table.raw_name,
        sum(item.landed_rows for item in current),
        table.minimum_rows,
        is_stale(table, deliveries),
        bool(current),
        min(firsts, default=None),
        max(lasts, default=None),
    ]

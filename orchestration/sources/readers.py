"""Which reader takes a file: by the format that its contract names.

Each is imported with the first file of its format: Dagster's definitions need not wait for any of them.
"""

from pathlib import Path

import duckdb

from orchestration.sources.contract import TableContract
from orchestration.sources.loaded import Loaded
from orchestration.sources.quarantine import RowQuarantine


def load(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: TableContract,
    quarantine: RowQuarantine,
    temporary: Path,
) -> Loaded:
    """Read a file into the table `delivered`, all as text. Raises FileRejectedError."""
    match table.format:
        case "csv" | "tsv":
            from orchestration.sources.read_delimited import read_delimited  # noqa: PLC0415 - as said above

            return read_delimited(connection, path, table, quarantine, temporary)
        case "jsonl":
            from orchestration.sources.read_json_lines import read_json_lines  # noqa: PLC0415 - as said above

            return read_json_lines(connection, path, table, quarantine, temporary)
        case "xlsx":
            from orchestration.sources.read_workbook import read_workbook  # noqa: PLC0415 - as said above

            return read_workbook(connection, path, table, quarantine, temporary)
        case "parquet":
            from orchestration.sources.read_parquet import read_parquet  # noqa: PLC0415 - as said above

            return read_parquet(connection, path, table)

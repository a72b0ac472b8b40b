"""Which reader takes a file: by the format that its contract names."""

from pathlib import Path

import duckdb

from orchestration.sources.contract import TableContract
from orchestration.sources.loaded import Loaded
from orchestration.sources.quarantine import RowQuarantine
from orchestration.sources.read_delimited import read_delimited
from orchestration.sources.read_json_lines import read_json_lines
from orchestration.sources.read_parquet import read_parquet
from orchestration.sources.read_workbook import read_workbook


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
            return read_delimited(connection, path, table, quarantine, temporary)
        case "jsonl":
            return read_json_lines(connection, path, table, quarantine, temporary)
        case "xlsx":
            return read_workbook(connection, path, table, quarantine, temporary)
        case "parquet":
            return read_parquet(connection, path, table)

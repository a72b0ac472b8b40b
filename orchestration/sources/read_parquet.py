"""Parquet: columns matched by name and taken as text, to meet the same typing rules as any other file."""

from pathlib import Path

import duckdb
import pyarrow
import pyarrow.parquet

from orchestration.sources.contract import TableContract
from orchestration.sources.header import bind_header
from orchestration.sources.loaded import Loaded, execute_in_order, extra_json, one_number
from orchestration.sources.rejection import FileRejectedError


def read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, contract: TableContract) -> Loaded:
    """Load a Parquet file as text. Raises FileRejectedError when it is damaged or has no rows."""
    try:
        metadata = pyarrow.parquet.read_metadata(path)
        header = [str(name) for name in metadata.schema.to_arrow_schema().names]
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise FileRejectedError("is not a whole Parquet file (cut off or damaged)") from error
    binding = bind_header(contract, header)
    if len({name.casefold() for name in header}) < len(header):
        raise FileRejectedError("has column names that differ only in upper and lower case")
    if not metadata.num_rows:
        raise FileRejectedError("has a header but no rows")
    columns = ", ".join(
        f"cast({_quoted(name)} as varchar) as c{position}" for position, name in enumerate(header)
    )
    try:
        query = f"create temp table delivered as select {columns} from read_parquet(?)"
        execute_in_order(connection, query, [str(path)])
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException) or "space left" in str(error):
            raise
        raise FileRejectedError("is not a readable Parquet file (damaged)") from error
    if one_number(connection, "select count(*) from delivered") != metadata.num_rows:
        raise FileRejectedError("holds other rows than its footer says")
    extra = extra_json(binding.extra)
    return Loaded(header, binding, metadata.num_rows, "rowid + 1", extra, has_iso_stamps=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

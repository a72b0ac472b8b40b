"""The clean copy: what a careful reader has taken, handed to the engine without a second parsing of text."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow
import pyarrow.parquet

from orchestration.sources.loaded import execute_in_order, one_number
from orchestration.sources.rejection import LandingError

BATCH_ROWS = 20_000


class CleanCopy:
    """Writes rows of text with their row numbers to a temporary Parquet file, in batches.

    The columns are `row_number` and the given names; an empty text and a missing one are both null.
    """

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        fields = [pyarrow.field("row_number", pyarrow.int64())]
        self._schema = pyarrow.schema(fields + [pyarrow.field(name, pyarrow.string()) for name in names])
        self._path = path
        self.width = len(names)
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="lz4")
        self._numbers: list[int] = []
        self._rows: list[Sequence[str | None]] = []
        self._written = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        self._writer.close()

    def add(self, row_number: int, values: Sequence[str | None]) -> None:
        """Take one row; `values` runs parallel to the names."""
        self._numbers.append(row_number)
        self._rows.append(values)
        if len(self._rows) >= BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            columns = [self._numbers, *map(list, zip(*self._rows, strict=True))]
            arrays = [
                pyarrow.array(column, kind) for column, kind in zip(columns, self._schema.types, strict=True)
            ]
            self._writer.write_table(pyarrow.table(arrays, schema=self._schema))
        self._written += len(self._rows)
        self._numbers, self._rows = [], []

    def load(self, connection: duckdb.DuckDBPyConnection, others: str | None = None) -> None:
        """Fill table `delivered` after closing. Raises LandingError if a row got lost.

        `others` is a query for rows that stand among these, by their numbers; it may read `delivered`.
        """
        rows, expected = "from read_parquet(?)", self._written
        if others:
            rows = f"from ({others} union all {rows}) order by row_number"
            expected += one_number(connection, f"select count(*) from ({others})")
        execute_in_order(connection, f"create temp table loaded as {rows}", [str(self._path)])
        connection.execute("drop table if exists delivered")
        connection.execute("alter table loaded rename to delivered")
        loaded = one_number(connection, "select count(*) from delivered")
        if loaded != expected:
            raise LandingError(f"{loaded:,} of {expected:,} readable rows were loaded: a fault of landing")

"""Loads what a suite reads of its table: the true row count, and its columns of all rows or a sample."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from orchestration.quality.hashing import quoted
from orchestration.quality.suite import Suite

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]

ROW_LIMIT = 200_000
_ROW_IDENTITY = ("_batch_id", "_row_number")


@dataclass(frozen=True)
class LoadedTable:
    """The rows that a suite looks at, how many there are in all, and why some columns are not there."""

    frame: "pd.DataFrame"
    rows_total: int
    missing: dict[str, str]

    def has_values(self, columns: tuple[str, ...]) -> bool:
        """Whether some row has a value in each of the columns."""
        return bool(self.frame[list(columns)].notna().all(axis=1).any())

    def whole(self) -> "pd.DataFrame":
        """A frame that has only its true length, for expectations about the whole table."""
        return type(self.frame)(index=range(self.rows_total))


def count_rows(connection: duckdb.DuckDBPyConnection, suite: Suite) -> int:
    """The true number of rows; raises duckdb.CatalogException when there is no such table."""
    row = connection.execute(f"select count(*) from {_relation(suite)}").fetchone()
    return int(row[0]) if row else 0


def rows_are_due(connection: duckdb.DuckDBPyConnection, suite: Suite) -> bool:
    """Whether the table may not be empty.

    A raw table's source has landed (a contract with `minimum_rows: 0` allows an accepted file without rows),
    or is under no contract; what feeds another table has rows.
    """
    if suite.fed_by is not None:
        row = connection.execute(f"select exists (select 1 from {suite.fed_by} as feeding)").fetchone()
    else:
        row = connection.execute(
            "select coalesce(bool_or(has_landed and (minimum_rows > 0 or current_rows > 0)), true)"
            " from raw.source_status where table_name = ?",
            [suite.name],
        ).fetchone()
    return bool(row and row[0])


def load_table(
    connection: duckdb.DuckDBPyConnection, suite: Suite, rows_total: int, row_limit: int = ROW_LIMIT
) -> LoadedTable:
    """Load the suite's columns of all rows, or of a sample of about `row_limit` rows.

    The sample is drawn by a hash of the row's identity, so the same rows give the same sample in any order.
    """
    available = [row[0] for row in connection.execute(f"describe {_relation(suite)}").fetchall()]
    selected, missing = _expressions(connection, suite, available)
    query = f"select {', '.join(selected) or '1 as nothing'} from {_relation(suite)} as t"
    if rows_total > row_limit:
        identity = ", ".join(_ROW_IDENTITY) if set(_ROW_IDENTITY) <= set(available) else "t"
        query += f" where hash({identity}) % {rows_total} < {row_limit}"
    return LoadedTable(connection.execute(query).df(), rows_total, missing)


def _expressions(
    connection: duckdb.DuckDBPyConnection, suite: Suite, available: list[str]
) -> tuple[list[str], dict[str, str]]:
    """The select list, and the columns that cannot be in it with the reason."""
    selected, missing = [], {}
    for column in suite.columns:
        if column not in suite.derived and column not in available:
            missing[column] = f"the column {column} does not exist"
            continue
        expression = f"{suite.derived.get(column, quoted(column))} as {quoted(column)}"
        try:
            connection.execute(f"select {expression} from {_relation(suite)} as t limit 0")
            selected.append(expression)
        except duckdb.Error as error:
            missing[column] = f"{type(error).__name__} in the expression of {column}"
    return selected, missing


def _relation(suite: Suite) -> str:
    return f"{quoted(suite.schema)}.{quoted(suite.name)}"

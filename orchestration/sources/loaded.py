"""The table that every reader leaves behind: all values as text, in the order of the file."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.sources.header import Binding

MAXIMUM_LINE = 8 << 20


@dataclass(frozen=True)
class Loaded:
    """Temporary table `delivered` with text columns c0, c1 ... by position in `header`.

    `rows` is the number of delivered rows, quarantined ones included; `row_number` and `extra` are SQL over
    the table: the number of a row (1 = first data row) and the JSON of its undeclared columns.
    `has_iso_stamps` says that the format has its own dates: they arrive as ISO text, whatever the formats.
    """

    header: list[str]
    binding: Binding
    rows: int
    row_number: str
    extra: str
    has_iso_stamps: bool = False


def sql_text(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def load_csv(
    connection: duckdb.DuckDBPyConnection, path: Path, delimiter: str, width: int
) -> tuple[int, int]:
    """Fill table `delivered` from a UTF-8 file with a header, all as text; returns (rows, errors).

    Names are ours, never the file's: the reader binds by position, and the header was matched by name before.
    """
    columns = ", ".join(f"c{position}: 'varchar'" for position in range(width))
    execute_in_order(
        connection,
        f"create temp table delivered as select * from read_csv(?, columns = {{{columns}}},"
        f" auto_detect = false, header = true, delim = {sql_text(delimiter)},"
        " quote = '\"', escape = '\"', strict_mode = true,"
        " store_rejects = true, rejects_table = 'csv_rejects', rejects_scan = 'csv_scans',"
        f" max_line_size = {MAXIMUM_LINE}, buffer_size = {2 * MAXIMUM_LINE})",
        [str(path)],
    )
    loaded = one_number(connection, "select count(*) from delivered")
    return loaded, one_number(connection, "select count(*) from csv_rejects")


def execute_in_order(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[str]) -> None:
    """Run a query whose result must keep the order of its input.

    Several threads may swap the row groups of a large table, whatever preserve_insertion_order says.
    """
    connection.execute("set threads = 1")
    try:
        connection.execute(query, parameters)
    finally:
        connection.execute("reset threads")


def one_number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The single whole number that a query returns."""
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def extra_json(extra: tuple[tuple[int, str], ...]) -> str:
    """SQL for the JSON of undeclared columns, or null when there are none."""
    if not extra:
        return "cast(null as varchar)"
    pairs = ", ".join(f"{sql_text(name)}, c{position}" for position, name in extra)
    return f"cast(json_object({pairs}) as varchar)"

"""The hash of a table's content, by which a verdict names exactly what it judged.

Every row becomes a JSON array of its columns in name order (null, '' and nested values stay distinct,
decimals keep their digits) and then a SHA-256; the table's hash is the SHA-256 over the columns' names and
types and the sorted row digests. Sorting makes it independent of the physical order without the weakness of
sums and xors, which chosen rows can cancel. DuckDB digests in bulk and sorts; a large table range by range of
the digests, as the engine's sort does not keep to its memory (docs/decisions/0057).
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import duckdb

_ROWS_PER_FETCH = 100_000
_ROWS_PER_SORT = 4_000_000  # 1 GB
_DIGEST = hashlib.sha256().digest_size * 2  # hex digits


class MissingTableError(LookupError):
    """The table to be hashed is not in the database."""


@dataclass(frozen=True)
class TableHash:
    """Number of rows and SHA-256 (64 hex digits) of a table's canonical content."""

    rows: int
    hash: str


def table_hash(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> TableHash:
    """Hash a table of the connection's current database.

    Equal for equal column names, types and rows (duplicates count), whatever the order of rows and columns
    and whichever file holds them. Raises MissingTableError.
    """
    columns = _columns(connection, schema, table)
    if not columns:
        raise MissingTableError(f"{schema}.{table} does not exist")
    digest = hashlib.sha256(json.dumps(columns, ensure_ascii=False).encode())
    cells = ", ".join(_cell(name, data_type) for name, data_type in columns)
    place = f"{quoted(schema)}.{quoted(table)}"
    ((rows,),) = connection.execute(f"select count(*) from {place}").fetchall()
    digests = f"select sha256(cast(json_array({cells}) as varchar)) as digest from {place}"
    for batch in _sorted(connection, digests, rows):
        digest.update(batch)
    return TableHash(rows, digest.hexdigest())


def _sorted(connection: duckdb.DuckDBPyConnection, digests: str, rows: int) -> Iterator[memoryview]:
    """The digests of a query in order, as text without separators, in batches."""
    ranges = -(-rows // _ROWS_PER_SORT)
    if ranges <= 1:
        yield from _batches(connection, f"{digests} order by digest")
        return
    connection.execute(f"create or replace temporary table row_digests as {digests}")
    # The digests are spread evenly, so 32 bits of them make ranges of one size; above them all is 'g'.
    bounds = [f"{number * 2**32 // ranges:08x}" for number in range(ranges)]
    for low, high in pairwise([*bounds, "g"]):
        within = f"digest >= {_text(low)} and digest < {_text(high)}"
        yield from _batches(connection, f"select digest from row_digests where {within} order by digest")
    connection.execute("drop table row_digests")


def _batches(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[memoryview]:
    for batch in connection.execute(query).to_arrow_reader(_ROWS_PER_FETCH):
        digests = batch.column(0)
        _, _, text = digests.buffers()  # the texts of a column lie one after the other
        yield memoryview(text)[digests.offset * _DIGEST : (digests.offset + len(digests)) * _DIGEST]


def quick_mark(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> str:
    """Rows and sum of the engine's 64-bit row hashes of a table, `<rows>:<sum>`.

    A thirtieth of the work of `table_hash`. It tells every change that happens, not one that is contrived;
    another version of the engine may mark the same rows otherwise. Raises MissingTableError.
    """
    try:
        return marked_rows(connection, f"from {quoted(schema)}.{quoted(table)}")
    except duckdb.CatalogException as error:
        raise MissingTableError(f"{schema}.{table} does not exist") from error


def marked_rows(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The `quick_mark` of a query's rows."""
    row = connection.execute(f"select count(*) || ':' || coalesce(sum(hash(r)), 0) from ({query}) as r")
    return str(row.fetchall()[0][0])


def quoted(identifier: str) -> str:
    """The identifier as SQL text."""
    return '"' + identifier.replace('"', '""') + '"'


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[tuple[str, str]]:
    # Text instead of parameters: binding the first parameter imports pandas, which takes a second.
    return connection.execute(
        "select column_name, data_type from duckdb_columns() where database_name = current_database()"
        f" and schema_name = {_text(schema)} and table_name = {_text(table)} order by column_name"
    ).fetchall()


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _cell(name: str, data_type: str) -> str:
    column = quoted(name)
    if data_type in ("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"):
        # A stamp with zone would print in the session's zone; microseconds are the instant, and print faster.
        # Infinite stamps have none: their own text keeps them apart from null.
        return f"coalesce(cast(epoch_us({column}) as varchar), cast({column} as varchar))"
    return column

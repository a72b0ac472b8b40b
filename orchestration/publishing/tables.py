"""The marts as files: read from one DuckDB file, copied into another and into Parquet, with comments."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.publishing.files import make_directory

SCHEMAS = ("core", "kpis", "scorecards")


@dataclass(frozen=True, order=True)
class Table:
    """A relation of the marts: its schema and its name."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    def sql(self, catalog: str) -> str:
        """The quoted name in a catalog."""
        return ".".join(quoted(part) for part in (catalog, self.schema, self.name))


def quoted(identifier: str) -> str:
    """An SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB file, read only; its stamps are UTC."""
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


@contextmanager
def in_memory(spill: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own to attach others to; what does not fit into memory goes to `spill`."""
    with duckdb.connect(config={"temp_directory": "" if spill is None else str(spill)}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def list_tables(
    connection: duckdb.DuckDBPyConnection, catalog: str, schemas: tuple[str, ...] | None = SCHEMAS
) -> list[Table]:
    """The tables of some schemas, or of all, in the order of their names.

    A view of those schemas counts as one too, unless a reader can use it as it is (`portable_views`).
    """
    portable = {view for view, _ in portable_views(connection, catalog)}
    rows = connection.execute(
        "select table_schema, table_name from information_schema.tables where table_catalog = ?"
        " and case when ? is null then table_type = 'BASE TABLE' else list_contains(?, table_schema) end"
        " order by all",
        [catalog, schemas, schemas],
    ).fetchall()
    return [table for table in (Table(*row) for row in rows) if table not in portable]


def portable_views(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[tuple[Table, str]]:
    """The views of the marts that name no database, with their SQL: they mean the file that they are in."""
    rows = connection.execute(
        "select schema_name, view_name, sql from duckdb_views() where database_name = ?"
        " and list_contains(?, schema_name) and not regexp_matches(sql, ?) order by all",
        [catalog, SCHEMAS, rf'(^|\W){catalog}"?\.'],
    ).fetchall()
    return [(Table(schema, name), sql) for schema, name, sql in rows]


def copy_views(connection: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Make the portable views of one attached catalog in another; what they read is there already."""
    connection.execute(f"use {quoted(target)}")
    for _, sql in portable_views(connection, source):
        connection.execute(sql)
    connection.execute("use memory")


def copy_tables(
    connection: duckdb.DuckDBPyConnection, source: str, target: str, tables: Collection[Table]
) -> None:
    """Copy marts from one attached catalog to another, with the comments of tables and columns."""
    connection.execute("begin")
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {quoted(target)}.{quoted(schema)}")
    for table in tables:
        connection.execute(f"create table {table.sql(target)} as select * from {table.sql(source)}")
    for table, column, comment in _comments(connection, source):
        if table in tables:
            subject = "table" if column is None else "column"
            place = table.sql(target) + ("" if column is None else f".{quoted(column)}")
            connection.execute(f"comment on {subject} {place} is {literal(comment)}")
    connection.execute("commit")


def _comments(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[tuple[Table, str | None, str]]:
    """The comments of tables, views and columns, as table, column (null for the table's own) and text."""
    rows = connection.execute(
        """
        select schema_name, table_name, null, comment from duckdb_tables() where database_name = $catalog
        union all
        select schema_name, view_name, null, comment from duckdb_views() where database_name = $catalog
        union all
        select schema_name, table_name, column_name, comment from duckdb_columns()
        where database_name = $catalog
        """,
        {"catalog": catalog},
    ).fetchall()
    return [(Table(schema, name), column, text) for schema, name, column, text in rows if text]


def parquet_path(directory: Path, table: Table) -> Path:
    """Where the Parquet file of a table lies: `<schema>/<table>.parquet`."""
    return directory / table.schema / f"{table.name}.parquet"


def write_parquet(connection: duckdb.DuckDBPyConnection, catalog: str, table: Table, directory: Path) -> None:
    """Write one mart as a Parquet file below `directory`."""
    path = parquet_path(directory, table)
    make_directory(path.parent)
    # Parquet has no 128-bit integer; DuckDB would write one as a double and lose its last digits.
    casts = ", ".join(
        f"{quoted(name)}::decimal(38, 0) as {quoted(name)}" if kind == "HUGEINT" else quoted(name)
        for name, kind in _columns(connection, table.sql(catalog))
    )
    rows = f"select {casts} from {table.sql(catalog)}"
    connection.execute(f"copy ({rows}) to {literal(str(path))} (format parquet, compression zstd)")


def read_parquet(connection: duckdb.DuckDBPyConnection, relation: str, path: Path) -> str:
    """A query that gives a Parquet file's rows with the types of the relation that it was written from."""
    columns = _columns(connection, relation)
    casts = ", ".join(f"{quoted(name)}::{kind} as {quoted(name)}" for name, kind in columns)
    return f"select {casts} from read_parquet({literal(str(path))})"


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"describe {relation}").fetchall()]

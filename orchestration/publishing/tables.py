"""The marts as files: copied into DuckDB and Parquet with their comments, and fingerprinted."""

import hashlib
from collections.abc import Iterator
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


@dataclass(frozen=True)
class Fingerprint:
    """How many rows a table has, and a hash of their content that does not depend on their order."""

    rows: int
    hash: str


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
def attached(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection with a DuckDB file attached, read only, under its stem: its views name that stem."""
    with duckdb.connect(config={"temp_directory": str(path.parent / "spill")}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {literal(str(path))} as {quoted(path.stem)} (read_only)")
        yield connection, path.stem


def list_tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Table]:
    """The marts' tables and views, in the order of their names."""
    rows = connection.execute(
        "select table_schema, table_name from information_schema.tables"
        " where table_catalog = ? and list_contains(?, table_schema) order by all",
        [catalog, list(SCHEMAS)],
    ).fetchall()
    return [Table(schema, name) for schema, name in rows]


def copy_tables(connection: duckdb.DuckDBPyConnection, source: str, target: str) -> list[Table]:
    """Copy every mart from one attached catalog to another, with the comments of tables and columns."""
    tables = list_tables(connection, source)
    for schema in SCHEMAS:
        connection.execute(f"create schema if not exists {quoted(target)}.{quoted(schema)}")
    for table in tables:
        connection.execute(f"create table {table.sql(target)} as select * from {table.sql(source)}")
        _copy_comments(connection, table, source, target)
    return tables


def _copy_comments(connection: duckdb.DuckDBPyConnection, table: Table, source: str, target: str) -> None:
    place = [source, table.schema, table.name]
    for kind in ("table", "view"):
        row = connection.execute(
            f"select comment from duckdb_{kind}s()"
            f" where database_name = ? and schema_name = ? and {kind}_name = ?",
            place,
        ).fetchone()
        if row and row[0]:
            connection.execute(f"comment on table {table.sql(target)} is {literal(row[0])}")
    columns = connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = ? and schema_name = ?"
        " and table_name = ? and comment is not null order by column_index",
        place,
    ).fetchall()
    for name, comment in columns:
        connection.execute(f"comment on column {table.sql(target)}.{quoted(name)} is {literal(comment)}")


def write_parquet(connection: duckdb.DuckDBPyConnection, catalog: str, table: Table, directory: Path) -> Path:
    """Write one mart as `<directory>/<schema>/<table>.parquet`."""
    path = make_directory(directory / table.schema) / f"{table.name}.parquet"
    columns = connection.execute(f"describe {table.sql(catalog)}").fetchall()
    # Parquet has no 128-bit integer; DuckDB would write one as a double and lose its last digits.
    casts = ", ".join(
        f"{quoted(name)}::decimal(38, 0) as {quoted(name)}" if kind == "HUGEINT" else quoted(name)
        for name, kind, *_ in columns
    )
    rows = f"select {casts} from {table.sql(catalog)}"
    connection.execute(f"copy ({rows}) to {literal(str(path))} (format parquet, compression zstd)")
    return path


def fingerprint(connection: duckdb.DuckDBPyConnection, relation: str) -> Fingerprint:
    """Rows and content hash of a relation (`"db"."schema"."table"` or a `read_parquet(...)` call).

    Sums of the two halves of each row's MD5, as exact integers: one pass, no sort, any row order.
    """
    names = [row[0] for row in connection.execute(f"describe select * from {relation}").fetchall()]
    cells = ", ".join(f"coalesce({quoted(name)}::varchar, chr(0))" for name in names)
    row = connection.execute(
        "select count(*), sum(md5_number_lower(cells)), sum(md5_number_upper(cells))"
        f" from (select concat_ws(chr(31), {cells}) as cells from {relation})"
    ).fetchone()
    assert row is not None  # an aggregate without groups always has its row
    text = "\n".join([*names, *(str(part) for part in row)])
    return Fingerprint(rows=row[0], hash=hashlib.sha256(text.encode()).hexdigest())

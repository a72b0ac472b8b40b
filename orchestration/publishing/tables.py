"""The marts as files: one DuckDB file, copied whole, and Parquet."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

import duckdb

from orchestration.publishing.files import make_directory
from orchestration.settings import Settings

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
def opened(path: Path, settings: Settings, *, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB file; its stamps are UTC. A reader has its share of the memory, a writer all of it.

    What does not fit is spilled into a folder of the connection's own.
    """
    memory = settings.reading_memory if read_only else settings.memory
    # Connections of one process to one file share an engine, which can spill to one place only.
    own = own_spill(settings.warehouse, _engine_of(os.getpid(), path))
    with duckdb.connect(str(path), read_only=read_only, config={"temp_directory": own}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"set memory_limit = {literal(memory)}")
        yield connection


@contextmanager
def in_memory(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of its own to attach others to, with a reader's share; otherwise as `opened`."""
    with duckdb.connect(
        config={"memory_limit": settings.reading_memory, "temp_directory": own_spill(settings.warehouse)}
    ) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield connection


def own_spill(folder: Path, engine: str | None = None) -> str:
    """A folder in `folder` to spill into that no other engine has; it is made when it is needed.

    Two that spill into the same folder overwrite each other's blocks and go on with what they find there; by
    default all processes that open the same file do (docs/decisions/0058).
    """
    return str(folder / f"spill-{engine or uuid4().hex}")


@cache
def _engine_of(_process: int, _path: Path) -> str:
    return uuid4().hex


def list_tables(
    connection: duckdb.DuckDBPyConnection, catalog: str, schemas: tuple[str, ...] | None = SCHEMAS
) -> list[Table]:
    """The tables of some schemas, or of all, in the order of their names."""
    rows = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = ?"
        " and (? is null or list_contains(?, schema_name)) order by all",
        [catalog, schemas, schemas],
    ).fetchall()
    return [Table(*row) for row in rows]


def bound_views(connection: duckdb.DuckDBPyConnection, catalog: str, named: str) -> list[Table]:
    """The views of the marts that name the database `named`: they would not read the file they are in."""
    rows = connection.execute(
        "select schema_name, view_name from duckdb_views() where database_name = ?"
        " and list_contains(?, schema_name) and regexp_matches(sql, ?) order by all",
        [catalog, SCHEMAS, rf'(^|\W){named}"?\.'],
    ).fetchall()
    return [Table(*row) for row in rows]


def copy_file(source: Path, target: Path) -> None:
    """Copy a DuckDB file, what stands in its log included."""
    if source.with_name(f"{source.name}.wal").exists():
        with duckdb.connect(str(source)) as connection:
            connection.execute("checkpoint")
    shutil.copyfile(source, target)


def free_share(connection: duckdb.DuckDBPyConnection, catalog: str) -> float:
    """The share of an attached file's blocks in which nothing stands: what was dropped or replaced there."""
    found = connection.execute(
        "select free_blocks / greatest(total_blocks, 1) from pragma_database_size() where database_name = ?",
        [catalog],
    ).fetchall()
    return float(found[0][0])


def write_anew(connection: duckdb.DuckDBPyConnection, catalog: str, path: Path) -> None:
    """Replace the attached file by one without free blocks."""
    anew = path.with_name(f"{path.name}.anew")
    connection.execute(f"attach {literal(str(anew))} as anew")
    connection.execute(f"copy from database {quoted(catalog)} to anew")
    connection.execute("detach anew")
    connection.execute(f"detach {quoted(catalog)}")
    anew.replace(path)
    connection.execute(f"attach {literal(str(path))} as {quoted(catalog)}")


def drop_other_schemas(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Drop whatever lies beside the marts in an attached database."""
    rows = connection.execute(
        "select schema_name from duckdb_schemas() where database_name = ? and not internal"
        " and not list_contains(?, schema_name)",
        [catalog, SCHEMAS],
    ).fetchall()
    for (schema,) in rows:
        connection.execute(f"drop schema {quoted(catalog)}.{quoted(schema)} cascade")


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

"""The snapshot's files: a copy of the build file, then judged as a reader will find it."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.crash_points import crash_point
from orchestration.publishing.files import PublicationError
from orchestration.publishing.manifest import GATES, SNAPSHOT
from orchestration.publishing.tables import (
    SCHEMAS,
    Table,
    bound_views,
    copy_file,
    drop_other_schemas,
    free_share,
    in_memory,
    list_tables,
    literal,
    parquet_path,
    quoted,
    read_parquet,
    write_anew,
    write_parquet,
)
from orchestration.quality.hashing import TableHash, marked_rows
from orchestration.quality.verdict import GateName, Verdict
from orchestration.settings import Settings

MOST_FREE = 0.25  # of a file; beyond, writing it anew is worth its seconds

# `quality.verdict.require`: the passing verdict of a gate on these tables as they are now, or GateRefused.
RequireVerdict = Callable[[Path, GateName, str, duckdb.DuckDBPyConnection, Collection[str]], Verdict]


def copy_build(settings: Settings, directory: Path) -> None:
    """Copy the build file as the snapshot, and its marts as Parquet files, into `directory`.

    Raises PublicationError for a view that would read another file, or none, where readers open the copy.
    """
    build_file = settings.build_file
    copy_file(build_file, directory / SNAPSHOT)
    with in_memory(settings) as connection:
        connection.execute(f"attach {literal(str(directory / SNAPSHOT))} as snapshot")
        if bound := bound_views(connection, "snapshot", build_file.stem):
            raise PublicationError(f"The view {bound[0]} names a database; `of_this_file` names none.")
        drop_other_schemas(connection, "snapshot")
        crash_point("publication: snapshot copied, not closed")
        connection.execute("checkpoint snapshot")
        if free_share(connection, "snapshot") > MOST_FREE:
            write_anew(connection, "snapshot", directory / SNAPSHOT)
        for table in list_tables(connection, "snapshot"):
            write_parquet(connection, "snapshot", table, directory / "parquet")


def require_gates(
    settings: Settings, require: RequireVerdict, build_id: str, snapshot: Path
) -> dict[Table, TableHash]:
    """Ask every gate whether it passed exactly the tables that a reader finds in the snapshot.

    Returns rows and hash of every table as it was judged; raises what `require` raises, and PublicationError
    when the snapshot holds no marts.
    """
    judged: dict[str, TableHash] = {}
    with _as_judged(snapshot, settings) as (connection, tables):
        for gate, schemas in GATES.items():
            names = [str(table) for table in tables if table.schema in schemas]
            if not names:
                raise PublicationError(
                    f"The build holds no tables of {' and '.join(schemas)}; build it first."
                )
            verdict = require(settings.warehouse, gate, build_id, connection, names)
            judged.update({table.table: TableHash(table.rows, table.hash) for table in verdict.tables})
    return {table: judged[str(table)] for table in tables}


@contextmanager
def _as_judged(snapshot: Path, settings: Settings) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Table]]]:
    """The marts as they are in the snapshot, beside what else the gates judged as it is in the build file."""
    with in_memory(settings) as connection:
        build_file = settings.build_file
        build = build_file.stem
        connection.execute(f"attach {literal(str(snapshot))} as snapshot (read_only)")
        connection.execute(f"attach {literal(str(build_file))} as {quoted(build)} (read_only)")
        marts = list_tables(connection, "snapshot")
        others = [table for table in list_tables(connection, build, None) if table.schema not in SCHEMAS]
        for table in [*marts, *others]:
            origin = table.sql(build if table in others else "snapshot")
            connection.execute(f"create schema if not exists memory.{quoted(table.schema)}")
            connection.execute(f"create view {table.sql('memory')} as select * from {origin}")
        yield connection, marts


def verify_parquet(settings: Settings, directory: Path) -> None:
    """Read every Parquet file back and compare it with its table in the snapshot.

    Raises PublicationError naming the first table that differs.
    """
    with in_memory(settings) as connection:
        connection.execute(f"attach {literal(str(directory / SNAPSHOT))} as snapshot (read_only)")
        tables = list_tables(connection, "snapshot")
        for table in tables:
            rows = read_parquet(connection, table.sql("snapshot"), parquet_path(directory / "parquet", table))
            if marked_rows(connection, rows) != marked_rows(connection, f"from {table.sql('snapshot')}"):
                raise PublicationError(f"The Parquet file of {table} does not hold the rows of the snapshot.")
